//! Parameters as mail programs write them, and in how many ways they are read.

use super::*;
use crate::DefectKind::{NamesDiffer, ParameterDoubtful, RawHeader, SeveralBoundaries};

/// A value, its word, its parameters as `name=value` (`*` marks the extended form), and the defects.
type Case<'a> = (&'a [u8], &'a str, &'a [&'a str], &'a [DefectKind]);

fn check(cases: &[Case]) {
    for (raw, word, parameters, expected) in cases {
        let mut defects = Vec::new();
        let read = parse(raw, &mut defects);
        let shown = format!("{}", raw.escape_ascii());
        assert_eq!(read.word, *word, "{shown}");
        let found: Vec<String> = read
            .parameters
            .iter()
            .map(|one| format!("{}{}={}", one.name, if one.extended { "*" } else { "" }, one.value))
            .collect();
        assert_eq!(found, *parameters, "{shown}");
        assert_eq!(defects, *expected, "{shown}");
    }
}

#[test]
fn the_grammar_and_what_is_near_it() {
    check(&[
        (b"text/plain", "text/plain", &[], &[]),
        (b"", "", &[], &[]),
        (b"TEXT/Plain; charset=UTF-8", "text/plain", &["charset=UTF-8"], &[]),
        (
            b"text/plain; charset=\"utf-8\"; format=flowed",
            "text/plain",
            &["charset=utf-8", "format=flowed"],
            &[],
        ),
        (b"text/plain;charset=utf-8;", "text/plain", &["charset=utf-8"], &[]),
        (b"text/plain;; charset=utf-8", "text/plain", &["charset=utf-8"], &[]),
        (b"text / plain (a comment); charset=utf-8", "text/plain", &["charset=utf-8"], &[]),
        (b"text/plain; charset = \"utf-8\"", "text/plain", &["charset=utf-8"], &[]),
        (b"multipart/mixed; boundary = \"x\"", "multipart/mixed", &["boundary=x"], &[]),
        (b"multipart/mixed; boundary=\"a b;c\"", "multipart/mixed", &["boundary=a b;c"], &[]),
        (b"multipart/mixed; boundary=\"a\\\"b\"", "multipart/mixed", &["boundary=a\"b"], &[]),
        (b"multipart/mixed;\tBOUNDARY=x", "multipart/mixed", &["boundary=x"], &[]),
        (b"text/plain charset=utf-8", "text/plain", &["charset=utf-8"], &[ParameterDoubtful]),
        (b"charset=utf-8", "", &["charset=utf-8"], &[ParameterDoubtful]),
        (b"attachment; filename=a.doc", "attachment", &["filename=a.doc"], &[]),
        (b"attachment; filename=\"a.doc\" (final)", "attachment", &["filename=a.doc"], &[]),
        (b"attachment; filename=", "attachment", &["filename="], &[]),
        (b"attachment; filename", "attachment", &[], &[ParameterDoubtful]),
        (b"attachment; filename=\"\"", "attachment", &["filename="], &[]),
    ]);
}

#[test]
fn values_with_more_than_one_reading() {
    check(&[
        (
            b"multipart/mixed; boundary=a; boundary=b",
            "multipart/mixed",
            &["boundary=a", "boundary=b"],
            &[ParameterDoubtful, SeveralBoundaries],
        ),
        (b"multipart/mixed; boundary=a; boundary=a", "multipart/mixed", &["boundary=a"], &[]),
        (
            b"multipart/mixed; boundary=a; boundary*=us-ascii''b",
            "multipart/mixed",
            &["boundary*=b", "boundary=a"],
            &[SeveralBoundaries],
        ),
        (
            b"multipart/mixed; boundary=a b",
            "multipart/mixed",
            &["boundary=a b", "boundary=a"],
            &[ParameterDoubtful],
        ),
        (
            b"multipart/mixed; boundary=\"a\"b",
            "multipart/mixed",
            &["boundary=a", "boundary=ab"],
            &[ParameterDoubtful],
        ),
        (b"multipart/mixed; boundary=\"a", "multipart/mixed", &["boundary=a"], &[ParameterDoubtful]),
        (b"multipart/mixed; bound(x)ary=a", "multipart/mixed", &["boundary=a"], &[ParameterDoubtful]),
        (
            b"attachment; name=(x)\"a.doc\"",
            "attachment",
            &["name=a.doc", "name=(x)\"a.doc\""],
            &[ParameterDoubtful],
        ),
    ]);
}

#[test]
fn names_with_more_than_one_reading() {
    check(&[
        (
            b"attachment; filename=my file.doc",
            "attachment",
            &["filename=my file.doc", "filename=my"],
            &[ParameterDoubtful],
        ),
        (
            b"attachment; filename=report(1).doc",
            "attachment",
            &["filename=report(1).doc", "filename=report.doc"],
            &[ParameterDoubtful],
        ),
        (
            b"attachment; filename=\"a.txt\".exe",
            "attachment",
            &["filename=a.txt", "filename=a.txt.exe"],
            &[ParameterDoubtful],
        ),
        (
            b"attachment; filename=\"a;b.doc; size=3",
            "attachment",
            &["filename=a", "filename=a;b.doc; size=3", "size=3"],
            &[ParameterDoubtful],
        ),
        (
            b"attachment; filename=\"C:\\dir\\a.doc\"",
            "attachment",
            &["filename=C:dira.doc", "filename=C:\\dir\\a.doc"],
            &[],
        ),
        (
            b"application/pdf; name=\"a.pdf\" filename=\"b.pdf\"",
            "application/pdf",
            &["name=a.pdf", "filename=b.pdf"],
            &[ParameterDoubtful],
        ),
        (b"attachment; filename='a.doc'", "attachment", &["filename='a.doc'", "filename=a.doc"], &[]),
        (
            b"attachment; filename=\"a.txt\"; filename=\"b.exe\"",
            "attachment",
            &["filename=a.txt", "filename=b.exe"],
            &[ParameterDoubtful],
        ),
    ]);
}

#[test]
fn the_extended_form() {
    check(&[
        (b"attachment; filename*=utf-8''%E8%A6%8B%E7%A9%8D.doc", "attachment", &["filename*=見積.doc"], &[]),
        (b"attachment; filename*=UTF-8'ja'%E8%A6%8B.doc", "attachment", &["filename*=見.doc"], &[]),
        (
            b"attachment; filename*=iso-2022-jp''%1B%24B8%2B%40Q%1B%28B.doc",
            "attachment",
            &["filename*=見積.doc"],
            &[],
        ),
        (b"attachment; filename*=shift_jis''%8C%A9%90%CF.doc", "attachment", &["filename*=見積.doc"], &[]),
        (
            b"attachment; filename*0=\"long \"; filename*1=\"name.doc\"",
            "attachment",
            &["filename*=long name.doc"],
            &[],
        ),
        (
            b"attachment; filename*0*=utf-8''%E8%A6; filename*1*=%8B.doc",
            "attachment",
            &["filename*=見.doc"],
            &[],
        ),
        (
            b"attachment; filename*1*=%8B.doc; filename*0*=utf-8''%E8%A6",
            "attachment",
            &["filename*=見.doc"],
            &[],
        ),
        (
            b"attachment; filename*0*=utf-8''%E8%A6%8B; filename*1=\".doc\"",
            "attachment",
            &["filename*=見.doc"],
            &[],
        ),
        (
            b"attachment; filename*0=a; filename*2=.exe",
            "attachment",
            &["filename*=a", "filename*=a.exe"],
            &[ParameterDoubtful],
        ),
        (
            b"attachment; filename*1=a; filename*2=.exe",
            "attachment",
            &["filename*=a.exe"],
            &[ParameterDoubtful],
        ),
        (b"attachment; filename*=a.doc", "attachment", &["filename*=a.doc"], &[ParameterDoubtful]),
        (b"attachment; filename*=utf-8''100%.doc", "attachment", &["filename*=100%.doc"], &[]),
        (b"attachment; filename*=\"utf-8''%E8%A6%8B.doc\"", "attachment", &["filename*=見.doc"], &[]),
    ]);
}

#[test]
fn the_extended_form_beside_others() {
    check(&[
        (
            b"attachment; filename=\"__.doc\"; filename*=utf-8''%E8%A6%8B%E7%A9%8D.doc",
            "attachment",
            &["filename*=見積.doc", "filename=__.doc"],
            &[],
        ),
        (
            b"attachment; filename=\"a.txt\"; filename*=utf-8''a.exe",
            "attachment",
            &["filename*=a.exe", "filename=a.txt"],
            &[NamesDiffer],
        ),
        (
            b"attachment; filename=\"=?UTF-8?B?6KaL?=.doc\"; filename*=utf-8''%E8%A6%8B.doc",
            "attachment",
            &["filename*=見.doc"],
            &[],
        ),
        (
            b"attachment; filename*0=\"=?UTF-8?B?6KaL?=\"; filename*1=\".doc\"",
            "attachment",
            &["filename*=見.doc"],
            &[],
        ),
    ]);
}

#[test]
fn japanese_names_as_mail_programs_write_them() {
    check(&[
        (
            b"attachment; filename=\"=?ISO-2022-JP?B?GyRCOCtAURsoQi5kb2M=?=\"",
            "attachment",
            &["filename=見積.doc"],
            &[],
        ),
        (b"attachment; filename==?UTF-8?B?6KaL56mNLmRvYw==?=", "attachment", &["filename=見積.doc"], &[]),
        (
            b"attachment; filename=\"=?UTF-8?B?6KaL?= =?UTF-8?B?56mNLmRvYw==?=\"",
            "attachment",
            &["filename=見積.doc"],
            &[],
        ),
        (
            "attachment; filename=\"見積 表.doc\"".as_bytes(),
            "attachment",
            &["filename=見積 表.doc"],
            &[RawHeader],
        ),
        // The second byte of 表 and ソ is a backslash.
        (
            b"attachment; filename=\"\x8c\xa9\x90\xcf\x95\\.doc\"; size=3",
            "attachment",
            &["filename=見積表.doc", "size=3"],
            &[RawHeader],
        ),
        (
            b"attachment; filename=\"\x83\\\x83t\x83g\x95\\\"; size=3",
            "attachment",
            &["filename=ソフト表", "size=3"],
            &[RawHeader],
        ),
        // `"`, `\` and `;` as bytes of two-byte characters.
        (
            b"attachment; filename=\"\x1b$B$\"%\\;v;;\x1b(B.doc\"; size=3",
            "attachment",
            &["filename=あボ事算.doc", "size=3"],
            &[RawHeader],
        ),
        (
            b"attachment; filename=\x1b$B8+@Q;q\x1b(B.doc; size=3",
            "attachment",
            &["filename=見積資.doc", "size=3"],
            &[RawHeader],
        ),
        (
            b"attachment; filename=\"\xb8\xab\xc0\xd1\xa4\xce\xb7\xef.doc\"",
            "attachment",
            &["filename=見積の件.doc"],
            &[RawHeader],
        ),
    ]);
}

#[test]
fn long_values_are_read_in_bounded_time() {
    for unit in ["(", "\"", "a=\"", ";", "a=(", " ", " name", "a*0=b;", "\\", "=?utf-8?b?", "a=b c(;"] {
        let raw = format!("x/y; {}", unit.repeat(200_000 / unit.len()));
        let read = parse(raw.as_bytes(), &mut Vec::new());
        assert!(read.parameters.len() <= PARAMETERS_MAX * 4);
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_give_bounded_parameters(raw: Vec<u8>) {
        let read = parse(&raw, &mut Vec::new());
        proptest::prop_assert!(read.parameters.iter().all(|one| one.value.len() <= raw.len() * 3));
    }

    #[test]
    fn any_mixture_gives_bounded_parameters(
        raw in "(name|\\*|0|=|;|\"|\\\\|\\(|\\)| |utf-8''|%E3|\\x1b\\$B|\\x1b\\(B|あ|=\\?utf-8\\?b\\?|\\?=){0,40}",
    ) {
        let read = parse(raw.as_bytes(), &mut Vec::new());
        proptest::prop_assert!(read.parameters.iter().all(|one| one.value.len() <= raw.len() * 3));
    }
}

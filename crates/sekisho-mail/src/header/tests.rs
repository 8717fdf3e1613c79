//! Header blocks as they come: every line end, broken lines, missing ends.

use super::*;
use crate::DefectKind::{
    BareCr, HeaderLineBroken, LimitReached, MixedLineEnds, Nul, RawHeader, SpaceBeforeColon,
};

/// A block, its fields as `name=text`, the body, and the defects.
type Case<'a> = (&'a [u8], &'a [&'a str], &'a [u8], &'a [DefectKind]);

fn check(cases: &[Case]) {
    for (bytes, fields, body, defects) in cases {
        let block = split(bytes, &Limits::default());
        let shown = format!("{}", bytes.escape_ascii());
        let found: Vec<String> =
            block.fields.iter().map(|field| format!("{}={}", field.name, field.text)).collect();
        assert_eq!(found, *fields, "{shown}");
        assert_eq!(bytes.get(block.body_at..).unwrap_or_default(), *body, "{shown}");
        assert_eq!(block.defects, *defects, "{shown}");
    }
}

#[test]
fn blocks_as_they_come() {
    let two = &["Subject=a", "To=b"][..];
    check(&[
        (b"Subject: a\r\nTo: b\r\n\r\nbody", two, b"body", &[]),
        (b"Subject: a\nTo: b\n\nbody", two, b"body", &[]),
        (b"Subject: a\rTo: b\r\rbody", two, b"body", &[BareCr]),
        (b"Subject: a\r\nTo: b\n\nbody", two, b"body", &[MixedLineEnds]),
        (b"Subject: a\r\r\nTo: b\r\r\n\r\r\nbody", two, b"body", &[BareCr]),
        (b"Subject: a\rTo: b\n\nbody", two, b"body", &[BareCr]),
        (b"Subject: a\r\nX: b\rc\r\n\r\n", &["Subject=a", "X=b c"], b"", &[]),
        (b"Subject:a\n\tb\n  c\n\nbody", &["Subject=a b  c"], b"body", &[]),
        (b"Subject: a\r\n b\r\n\r\n", &["Subject=a b"], b"", &[]),
        (b"Subject:\r\n a\r\n\r\n", &["Subject=a"], b"", &[]),
        (b"Subject: a\n \nTo: b\n\nbody", two, b"body", &[]),
        (b"Subject: a\nTo: b\n \nbody", two, b" \nbody", &[HeaderLineBroken]),
        (b"Subject : a\nTo: b\n\n", two, b"", &[SpaceBeforeColon]),
        (b"Subject: a\nbroken line\nTo: b\n\nbody", two, b"body", &[HeaderLineBroken]),
        (
            b"Subject: a\nTo: b\nDear all,\nas said: no.\n",
            two,
            b"Dear all,\nas said: no.\n",
            &[HeaderLineBroken],
        ),
        (b"Subject: a\nTo: b\nhttp://a.example/\n", two, b"http://a.example/\n", &[HeaderLineBroken]),
        (b"From a@b.example Wed Sep 23 11:00:00 2020\nSubject: a\nTo: b\n\nbody", two, b"body", &[]),
        (b">From a@b.example Wed Sep 23 11:00:00 2020\nSubject: a\nTo: b\n\n", two, b"", &[]),
        (b"Subject: a\n>From a@b.example\nTo: b\n\n", two, b"", &[HeaderLineBroken]),
        (b"Subject: a\nTo: b", two, b"", &[]),
        (b"Subject: a\nTo: b\n", two, b"", &[]),
        (b"\r\nbody", &[], b"body", &[]),
        (b"\nSubject: a\n", &[], b"Subject: a\n", &[]),
        (b"only text\nhere: and there\n", &[], b"only text\nhere: and there\n", &[]),
        (b"", &[], b"", &[]),
        (b"Subject: a\0b\n\n", &["Subject=ab"], b"", &[Nul]),
        (b"Subject: \x82\xb1\x82\xf1\x82\xc9\n\n", &["Subject=こんに"], b"", &[RawHeader]),
        (b"Subject: =?UTF-8?B?44GT?=\n =?UTF-8?B?44KT?=\n\n", &["Subject=こん"], b"", &[]),
        (b": a\n\n", &[], b": a\n\n", &[]),
    ]);
}

#[test]
fn limits_hold() {
    let limits = Limits { fields_max: 2, field_bytes_max: 4, ..Limits::default() };
    let block = split(b"A: 123456\n 7\nB: x\nC: y\n z\n\nbody", &limits);
    let found: Vec<&str> = block.fields.iter().map(|field| field.text.as_str()).collect();
    assert_eq!(found, ["1234", "x"]);
    assert_eq!(block.defects, [LimitReached]);
    assert_eq!(block.body_at, 27);
}

#[test]
fn long_blocks_are_read_in_linear_time() {
    for unit in [
        "\r",
        "\n",
        "a",
        ":",
        "a:",
        "a:\n",
        "\ra",
        "a\r",
        "A: b\n broken\r",
        "A: b\nx\n",
        "x\n",
        " \n",
        "A:\n \n",
    ] {
        let bytes = format!("A: b\n{}", unit.repeat(1_000_000 / unit.len()));
        let block = split(bytes.as_bytes(), &Limits::default());
        assert!(block.body_at <= bytes.len());
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_give_a_block(bytes: Vec<u8>) {
        let block = split(&bytes, &Limits::default());
        proptest::prop_assert!(block.body_at <= bytes.len());
    }

    #[test]
    fn any_lines_give_a_block(bytes in "(Subject|To|:| |\r|\n|\r\n|a|\t|From |\u{0}){0,60}") {
        let block = split(bytes.as_bytes(), &Limits::default());
        let kept: usize = block.fields.iter().map(|field| field.raw.len()).sum();
        proptest::prop_assert!(block.body_at <= bytes.len() && kept <= bytes.len());
    }
}

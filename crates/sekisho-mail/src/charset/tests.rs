//! Texts in every charset that Japanese mail was written in, labelled rightly, wrongly and not at all.

use super::*;
use crate::DefectKind::CharsetWrong;

const HELLO: &str = "こんにちは、見積書をお送りします。";
const SJIS: &[u8] =
    b"\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd\x81A\x8c\xa9\x90\xcf\x8f\x91\x82\xf0\x82\xa8\x91\x97\
\x82\xe8\x82\xb5\x82\xdc\x82\xb7\x81B";
const EUC: &[u8] =
    b"\xa4\xb3\xa4\xf3\xa4\xcb\xa4\xc1\xa4\xcf\xa1\xa2\xb8\xab\xc0\xd1\xbd\xf1\xa4\xf2\xa4\xaa\xc1\xf7\
\xa4\xea\xa4\xb7\xa4\xde\xa4\xb9\xa1\xa3";
const JIS: &[u8] = b"\x1b$B$3$s$K$A$O!\"8+@Q=q$r$*Aw$j$7$^$9!#\x1b(B";

/// Bytes, label, text, charset used, and whether the label was wrong.
type Case<'a> = (&'a [u8], Option<&'a str>, &'a str, &'a str, bool);

fn check(cases: &[Case]) {
    for (bytes, label, text, charset, wrong) in cases {
        let decoded = decode(bytes, *label);
        let shown = format!("{label:?} {}", bytes.escape_ascii());
        assert_eq!(decoded.text, *text, "{shown}");
        assert_eq!(decoded.charset, *charset, "{shown}");
        assert_eq!(decoded.defect, wrong.then_some(CharsetWrong), "{shown}");
    }
}

#[test]
fn right_labels() {
    let utf8 = HELLO.as_bytes();
    check(&[
        (utf8, Some("utf-8"), HELLO, "utf-8", false),
        (utf8, Some("\"UTF8\""), HELLO, "utf-8", false),
        (b"\xef\xbb\xbfabc", Some("utf-8"), "abc", "utf-8", false),
        (SJIS, Some("Shift_JIS"), HELLO, "shift_jis", false),
        (SJIS, Some("cp932"), HELLO, "shift_jis", false),
        (SJIS, Some("Windows-31J"), HELLO, "shift_jis", false),
        (SJIS, Some("x-sjis"), HELLO, "shift_jis", false),
        (EUC, Some("euc-jp"), HELLO, "euc-jp", false),
        (EUC, Some("eucJP-ms"), HELLO, "euc-jp", false),
        (EUC, Some("cp51932"), HELLO, "euc-jp", false),
        (JIS, Some("iso-2022-jp"), HELLO, "iso-2022-jp", false),
        (JIS, Some("ISO-2022-JP-MS"), HELLO, "iso-2022-jp", false),
        (JIS, Some("iso-2022-jp-2004"), HELLO, "iso-2022-jp", false),
        (JIS, Some("cp50220"), HELLO, "iso-2022-jp", false),
        (JIS, Some("_iso-2022-jp$esc"), HELLO, "iso-2022-jp", false),
        (b"plain", Some("us-ascii"), "plain", "us-ascii", false),
        (b"plain", Some("iso-2022-jp"), "plain", "iso-2022-jp", false),
        (b"caf\xe9", Some("iso-8859-1"), "café", "windows-1252", false),
        (b"\x93quoted\x94 \x80 5", Some("windows-1252"), "“quoted” € 5", "windows-1252", false),
        (b"\xcf\xf0\xe8\xe2\xe5\xf2", Some("cp1251"), "Привет", "windows-1251", false),
        (b"\xc4\xe3\xba\xc3", Some("gb2312"), "你好", "gb18030", false),
        (b"\xc4\xe3\xba\xc3", Some("GBK"), "你好", "gb18030", false),
        (b"\xa7A\xa6n", Some("big5"), "你好", "big5", false),
        (b"\xbe\xc8\xb3\xe7", Some("ks_c_5601-1987"), "안녕", "euc-kr", false),
        (b"Hi +MFMwkzBr-!", Some("utf-7"), "Hi こんに!", "utf-7", false),
        (b"a+-b", Some("unicode-1-1-utf-7"), "a+b", "utf-7", false),
        (b"~{<:Ky2;~}ok", Some("hz-gb-2312"), "己所不ok", "hz-gb-2312", false),
        (b"\x1b$)C\x0e>H3g\x0f ok", Some("iso-2022-kr"), "안녕 ok", "iso-2022-kr", false),
        (b"\0a\x30\x53", Some("utf-16"), "aこ", "utf-16be", false),
        (b"a\0\x53\x30", Some("utf-16le"), "aこ", "utf-16le", false),
        (b"\xff\xfea\0\x53\x30", Some("utf-16"), "aこ", "utf-16le", false),
        (b"\0\0\0a\0\0\x30\x53", Some("utf-32"), "aこ", "utf-32be", false),
        (b"a\0\0\0\x53\x30\0\0", Some("utf-32le"), "aこ", "utf-32le", false),
    ]);
}

#[test]
fn iso_2022_jp_as_real_mail_has_it() {
    let jp = Some("iso-2022-jp");
    check(&[
        // The old JIS of 1978, Roman instead of ASCII, all that CP50220 and its kin add.
        (b"\x1b$@$3$s\x1b(J", jp, "こん", "iso-2022-jp", false),
        (b"a\x1b$B$3\x1b(Bb\x1b$B$s\x1b(Jc", jp, "aこbんc", "iso-2022-jp", false),
        (b"\x1b(I1234\x1b(B", jp, "ｱｲｳｴ", "iso-2022-jp", false),
        (b"\x0e1234\x0f ok", jp, "ｱｲｳｴ ok", "iso-2022-jp", false),
        (b"\x1b$B$3\x1b(B\xb1\xb2", jp, "こｱｲ", "iso-2022-jp", true),
        (b"\x1b$B-!-j-b\x1b(B", jp, "①㈱№", "iso-2022-jp", false),
        // 髙 and 﨑 in the rows that NEC chose, and as IBM placed them behind row 94.
        (b"\x1b$B|byu\x1b(B", jp, "髙﨑", "iso-2022-jp", false),
        (b"\x1b$B\x96~\x1b(B", jp, "髙", "iso-2022-jp", true),
        // JIS X 0212 and other sets.
        (b"\x1b$(D0!\x1b(B", jp, "丂", "iso-2022-jp", false),
        (b"\x1b$(B$3\x1b(B", jp, "こ", "iso-2022-jp", false),
        (b"\x1b$(Q$3\x1b(B", Some("iso-2022-jp-3"), "こ", "iso-2022-jp", false),
        (b"\x1b$A<:\x1b(B", Some("iso-2022-jp-2"), "己", "iso-2022-jp", false),
        (b"\x1b$(C>H\x1b(B", Some("iso-2022-jp-2"), "안", "iso-2022-jp", false),
        (b"\x1b&@\x1b$B$3\x1b(B", jp, "こ", "iso-2022-jp", false),
        // Left open at the end, at a line's end, and over a line's end.
        (b"\x1b$B$3$s", jp, "こん", "iso-2022-jp", false),
        (b"\x1b$B$3$s\nplain text", jp, "こん\nplain text", "iso-2022-jp", false),
        (b"\x1b$B$3$s\n$K$A\x1b(Bab", jp, "こん\nにちab", "iso-2022-jp", false),
        (b"\x1b$B$3$s\r\n$K$A$O\r\nok", jp, "こん\r\nにちは\r\nok", "iso-2022-jp", false),
        // A byte lost, an escape that is none, spaces within the two-byte state.
        (b"\x1b$B$3$\x1b(Bab", jp, "こ$ab", "iso-2022-jp", true),
        (b"\x1b$B$3\x1bX$s\x1b(B", jp, "こ悗s", "iso-2022-jp", true),
        (b"\x1b$B$3 $s\x1b(B", jp, "こ ん", "iso-2022-jp", false),
        // ESC stripped by a relay.
        (b"$B$3$s(B", jp, "こん", "iso-2022-jp", true),
        (b"Re: $B$3$s$K$A$O(B!", None, "Re: こんにちは!", "iso-2022-jp", true),
        (b"$BIG money (B)", None, "$BIG money (B)", "us-ascii", false),
        (b"costs $BILL(B", None, "costs $BILL(B", "us-ascii", false),
        // Wave dash and minus, mapped as Windows does.
        (b"\x1b$B!A!]\x1b(B", jp, "～－", "iso-2022-jp", false),
        (b"\x81`\x81|", Some("shift_jis"), "～－", "shift_jis", false),
        (b"\xa1\xc1\xa1\xdd", Some("euc-jp"), "～－", "euc-jp", false),
    ]);
}

#[test]
fn extensions_in_shift_jis_and_euc() {
    check(&[
        (b"\x87@\x87\x8a\x87\x82", Some("shift_jis"), "①㈱№", "shift_jis", false),
        (b"\xad\xa1\xad\xea\xad\xe2", Some("euc-jp"), "①㈱№", "euc-jp", false),
        (b"\xfb\xfc\xfa\xb1", Some("cp932"), "髙﨑", "shift_jis", false),
        (b"\xee\xe0\xed\x95", Some("cp932"), "髙﨑", "shift_jis", false),
        (b"\xfc\xe2\xf9\xf5", Some("cp51932"), "髙﨑", "euc-jp", false),
        (b"\x8f\xb0\xa1", Some("euc-jp"), "丂", "euc-jp", false),
        (b"\xb1\xb2\xb3", Some("shift_jis"), "ｱｲｳ", "shift_jis", false),
        (b"\x8e\xb1\x8e\xb2", Some("euc-jp"), "ｱｲ", "euc-jp", false),
        (b"\x95\\\x83\\", Some("shift_jis"), "表ソ", "shift_jis", false),
    ]);
}

#[test]
fn wrong_labels() {
    let utf8 = HELLO.as_bytes();
    check(&[
        (SJIS, Some("iso-2022-jp"), HELLO, "shift_jis", true),
        (EUC, Some("iso-2022-jp"), HELLO, "euc-jp", true),
        (utf8, Some("iso-2022-jp"), HELLO, "utf-8", true),
        (SJIS, Some("utf-8"), HELLO, "shift_jis", true),
        (EUC, Some("utf-8"), HELLO, "euc-jp", true),
        (JIS, Some("utf-8"), HELLO, "iso-2022-jp", true),
        (SJIS, Some("iso-8859-1"), HELLO, "shift_jis", true),
        (EUC, Some("iso-8859-1"), HELLO, "euc-jp", true),
        (utf8, Some("iso-8859-1"), HELLO, "utf-8", true),
        (JIS, Some("iso-8859-1"), HELLO, "iso-2022-jp", true),
        (JIS, Some("us-ascii"), HELLO, "iso-2022-jp", true),
        (SJIS, Some("us-ascii"), HELLO, "shift_jis", true),
        (utf8, Some("us-ascii"), HELLO, "utf-8", true),
        (EUC, Some("shift_jis"), HELLO, "euc-jp", true),
        (SJIS, Some("euc-jp"), HELLO, "shift_jis", true),
        (utf8, Some("shift_jis"), HELLO, "utf-8", true),
        (utf8, Some("euc-jp"), HELLO, "utf-8", true),
        (utf8, Some("klingon"), HELLO, "utf-8", true),
        (SJIS, Some("klingon"), HELLO, "shift_jis", true),
        (b"plain text, really", Some("utf-16"), "plain text, really", "us-ascii", true),
        // One byte astray is no reason to give up the label.
        (b"na\xefve", Some("utf-8"), "na\u{fffd}ve", "utf-8", true),
        // Western text stays Western.
        ("Größe für Mädchen".as_bytes(), None, "Größe für Mädchen", "utf-8", false),
        (b"Gr\xf6\xdfe f\xfcr M\xe4dchen", Some("iso-8859-1"), "Größe für Mädchen", "windows-1252", false),
        (
            b"\xc9t\xe9, c\xf4t\xe9 \xe0 c\xf4t\xe9",
            Some("iso-8859-1"),
            "Été, côté à côté",
            "windows-1252",
            false,
        ),
    ]);
}

#[test]
fn no_label() {
    let utf8 = HELLO.as_bytes();
    check(&[
        (utf8, None, HELLO, "utf-8", false),
        (SJIS, None, HELLO, "shift_jis", false),
        (EUC, None, HELLO, "euc-jp", false),
        (JIS, None, HELLO, "iso-2022-jp", false),
        (SJIS, Some("default"), HELLO, "shift_jis", false),
        (EUC, Some("x-unknown"), HELLO, "euc-jp", false),
        (b"\x90\xbf\x8b\x81\x8f\x91.pdf", None, "請求書.pdf", "shift_jis", false),
        (b"\xb8\xab\xc0\xd1\xbd\xf1\xa4\xce\xb7\xef.pdf", None, "見積書の件.pdf", "euc-jp", false),
        (b"\x8e\x52\x93\x63\x91\xbe\x98\x59", None, "山田太郎", "shift_jis", false),
        (b"\xbb\xb3\xc5\xc4\xc2\xc0\xcf\xba", None, "山田太郎", "euc-jp", false),
        (b"\xb6\xc0\xb6\xc5\xd2\xb0\xd9", None, "ｶﾀｶﾅﾒｰﾙ", "shift_jis", false),
        // Chinese, Korean and Western text stays what it is.
        (b"\xb1\xe8\xc3\xb6\xbc\xf6", None, "김철수", "euc-kr", false),
        (b"\xc6\xfb\xb3\xb5\xa1\xa2\xbd\xbb\xcd\xa8\xd0\xd0\xd2\xb5", None, "汽车、交通行业", "gbk", false),
        (b"\xa6n\xae\xf8\xae\xa7", None, "好消息", "big5", false),
        (b"only \xa37,000 today", None, "only £7,000 today", "windows-1252", false),
        (b"gef\xe4llig", None, "gefällig", "windows-1252", false),
    ]);
}

#[test]
fn split_characters_are_noticed() {
    assert!(is_split(b"\xe3\x81", "utf-8"));
    assert!(!is_split("こ".as_bytes(), "utf-8"));
    assert!(is_split(b"\x82", "shift_jis"));
    assert!(!is_split(b"abc", "shift_jis"));
    assert!(!is_split(b"\x1b$B$3", "iso-2022-jp"));
}

#[test]
fn a_long_text_without_end_is_read_in_linear_time() {
    for unit in ["$B", "$B$3", "\x1b$B", "\x1b$B$3\n", "\x0e", "+A", "~{"] {
        let bytes = unit.repeat(1_000_000 / unit.len()).into_bytes();
        for label in ["iso-2022-jp", "utf-7", "hz", "x-unknown"] {
            assert!(decode(&bytes, Some(label)).text.len() <= bytes.len() * 3);
        }
    }
}

const LABELS: &[&str] = &[
    "utf-8",
    "iso-2022-jp",
    "shift_jis",
    "euc-jp",
    "utf-7",
    "utf-16",
    "utf-32",
    "hz",
    "iso-2022-kr",
    "us-ascii",
    "gb18030",
    "big5",
    "euc-kr",
    "iso-8859-1",
    "koi8-r",
    "klingon",
    "",
    "replacement",
    "x-user-defined",
];

proptest::proptest! {
    #[test]
    fn any_bytes_give_bounded_text(bytes: Vec<u8>, at in 0..LABELS.len()) {
        let decoded = decode(&bytes, LABELS.get(at).copied());
        proptest::prop_assert!(decoded.text.len() <= bytes.len() * 3 + 3);
        detect(&bytes);
    }

    #[test]
    fn any_escapes_give_bounded_text(pieces in proptest::collection::vec(0..ESCAPES.len(), 0..40)) {
        let bytes: Vec<u8> = pieces.iter().filter_map(|&at| ESCAPES.get(at)).flat_map(|p| p.iter().copied()).collect();
        let decoded = decode(&bytes, Some("iso-2022-jp"));
        proptest::prop_assert!(decoded.text.len() <= bytes.len() * 3 + 3);
    }

    #[test]
    fn any_label_is_understood_or_not(label: String) {
        decode(b"a\xe3\x81\x93", Some(&label));
    }
}

const ESCAPES: &[&[u8]] = &[
    b"\x1b$B",
    b"\x1b(B",
    b"\x1b$(D",
    b"\x1b(I",
    b"\x0e",
    b"\x0f",
    b"$3",
    b"\xb1",
    b"\n",
    b"a",
    b"\x96C",
    b"\x82\xb1",
    b"\x1b",
    b"$B",
    b"(B",
    b" ",
];

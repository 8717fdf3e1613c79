//! Encoded words and raw header text, as mail programs write them.

use super::*;
use crate::DefectKind::{CharsetWrong, EncodedWordBroken, Nul, RawHeader};

#[test]
fn headers_as_mails_write_them() {
    let cases: &[(&[u8], &str, &[DefectKind])] = &[
        (b"plain text", "plain text", &[]),
        (b"", "", &[]),
        (b"=?UTF-8?B?44GT44KT44Gr44Gh44Gv?=", "こんにちは", &[]),
        (b"=?utf-8?b?44GT44KT44Gr44Gh44Gv?=", "こんにちは", &[]),
        (b"=?utf-8?q?=E3=81=93=E3=82=93?=", "こん", &[]),
        (b"=?UTF-8?Q?a_b=20c?=", "a b c", &[]),
        (b"=?ISO-2022-JP?B?GyRCO0U7dhsoQg==?=", "仕事", &[]),
        (b"Re: =?ISO-2022-JP?B?GyRCOCtAURsoQg==?=", "Re: 見積", &[]),
        (b"=?UTF-8?B?44GT44KT?= =?UTF-8?B?44Gr44Gh44Gv?=", "こんにちは", &[]),
        (b"=?UTF-8?B?44GT44KT?=\t =?UTF-8?B?44Gr44Gh44Gv?=", "こんにちは", &[]),
        (b"=?UTF-8?B?44GT?= a =?UTF-8?B?44KT?=", "こ a ん", &[]),
        (b"a =?UTF-8?B?44GT?= b", "a こ b", &[]),
        (b"=?UTF-8?B?44GT?= ", "こ ", &[]),
        // A character split over two words.
        (b"=?UTF-8?B?44GT44I=?= =?UTF-8?B?kw==?=", "こん", &[EncodedWordBroken]),
        (b"=?UTF-8?Q?=E3=81?= =?UTF-8?Q?=93?=", "こ", &[EncodedWordBroken]),
        (b"=?Shift_JIS?B?g0s=?= =?Shift_JIS?B?gw==?= =?Shift_JIS?B?Sw==?=", "ガガ", &[EncodedWordBroken]),
        // The state of ISO-2022-JP goes on in the next word.
        (b"=?ISO-2022-JP?B?GyRCJDMk?= =?ISO-2022-JP?B?cxsoQg==?=", "こん", &[]),
        (b"=?ISO-2022-JP?B?GyRCJDMkcw==?= =?ISO-2022-JP?B?JEsbKEI=?=", "こんに", &[]),
        // Padding missing, or in the middle.
        (b"=?UTF-8?B?44GT44KT44I?=", "こん\u{fffd}", &[EncodedWordBroken]),
        (b"=?UTF-8?B?YQ?=", "a", &[]),
        (b"=?UTF-8?B?YQ==YQ==?=", "aa", &[]),
        // Spaces inside, no space around, quotes around.
        (b"=?UTF-8?Q?a b c?=", "a b c", &[]),
        (b"=?UTF-8?B?44GT 44KT?=", "こん", &[]),
        (b"=?UTF-8?B?44GT?==?UTF-8?B?44KT?=", "こん", &[]),
        (b"Re:=?UTF-8?B?44GT?=desu", "Re:こdesu", &[]),
        (b"\"=?UTF-8?B?44GT?=\"", "\"こ\"", &[]),
        (b"[=?UTF-8?B?44GT?=]", "[こ]", &[]),
        // A language (RFC 2231), labels with junk.
        (b"=?utf-8*ja?B?44GT?=", "こ", &[]),
        (b"=?utf8?B?44GT?=", "こ", &[]),
        (b"=?cp932?B?grE=?=", "こ", &[]),
        (b"=?eucJP-ms?B?pLM=?=", "こ", &[]),
        (b"=?cp51932?B?pLM=?=", "こ", &[]),
        (b"=?cp50221?B?GyRCJDMbKEI=?=", "こ", &[]),
        (b"=?x-unknown?B?44GT?=", "こ", &[]),
        (b"=?klingon?B?44GT?=", "こ", &[CharsetWrong]),
        // The label lies.
        (b"=?iso-2022-jp?B?grGC8YLJgr+CzQ==?=", "こんにちは", &[CharsetWrong]),
        (b"=?utf-8?B?grGC8YLJgr+CzQ==?=", "こんにちは", &[CharsetWrong]),
        (b"=?us-ascii?B?44GT?=", "こ", &[CharsetWrong]),
        // Broken words stay as they are written.
        (b"=?UTF-8?B?44GT", "=?UTF-8?B?44GT", &[EncodedWordBroken]),
        (b"=?UTF-8?X?abc?=", "=?UTF-8?X?abc?=", &[]),
        (b"=?UTF-8?B?44GT =?UTF-8?B?44KT?=", "=?UTF-8?B?44GT ん", &[EncodedWordBroken]),
        (b"=?UTF-8?Q?100=?=", "100=", &[EncodedWordBroken]),
        (b"what=?", "what=?", &[]),
        (b"=?=?=?", "=?=?=?", &[]),
        // Raw 8-bit and raw ISO-2022-JP, alone and mixed with words.
        ("こんにちは".as_bytes(), "こんにちは", &[RawHeader]),
        (b"\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd", "こんにちは", &[RawHeader]),
        (b"\xa4\xb3\xa4\xf3\xa4\xcb\xa4\xc1\xa4\xcf", "こんにちは", &[RawHeader]),
        (b"\x1b$B$3$s$K$A$O\x1b(B", "こんにちは", &[RawHeader]),
        (b"\x82\xb1\x82\xf1 =?UTF-8?B?44GT?= \x82\xc9\x82\xbf", "こん こ にち", &[RawHeader]),
        ("é à côté".as_bytes(), "é à côté", &[RawHeader]),
        (b"=?UTF-8?Q?a=00b?=", "ab", &[Nul]),
        (b"=?UTF-8?Q?a=0D=0Ab?=", "a  b", &[]),
        (b"tab\there", "tab here", &[]),
    ];
    for (raw, expected, expected_defects) in cases {
        let mut defects = Vec::new();
        let text = decode(raw, &mut defects);
        let shown = String::from_utf8_lossy(raw);
        assert_eq!(text, *expected, "{shown}");
        assert_eq!(defects, *expected_defects, "{shown}");
    }
}

#[test]
fn long_input_is_read_in_linear_time() {
    for unit in
        ["=?", "=?a?b?", "=?a?b?x =?", "=?utf-8?q?=?= ", "?=", "=?utf-8?B?44GT?= ", "\x1b$", "\x1b$B=?"]
    {
        let raw = unit.repeat(1_000_000 / unit.len());
        let text = decode(raw.as_bytes(), &mut Vec::new());
        assert!(text.len() <= raw.len() * 3);
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_give_bounded_text(raw: Vec<u8>) {
        let mut defects = Vec::new();
        let text = decode(&raw, &mut defects);
        proptest::prop_assert!(text.len() <= raw.len() * 3);
        proptest::prop_assert!(!text.contains(|c: char| c.is_control()));
    }

    #[test]
    fn any_mixture_gives_bounded_text(raw in "(=\\?|\\?=|\\?B\\?|\\?q\\?|utf-8|iso-2022-jp|[ -~]|\\x1b|\\$B|こ){0,40}") {
        let text = decode(raw.as_bytes(), &mut Vec::new());
        proptest::prop_assert!(text.len() <= raw.len() * 3);
    }
}

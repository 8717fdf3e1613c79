//! The same text has the same letters whatever charset, transfer encoding, wrapping or mark-up a mail program sends it in.

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};
use proptest::prelude::*;
use sekisho_mail::Limits;
use sekisho_store::{Letters, texts};

/// The charsets of Japanese mail, by the labels that mail programs write.
const CHARSETS: &[(&str, &Encoding)] = &[
    ("utf-8", UTF_8),
    ("ISO-2022-JP", ISO_2022_JP),
    ("iso-2022-jp-ms", ISO_2022_JP),
    ("cp50221", ISO_2022_JP),
    ("Shift_JIS", SHIFT_JIS),
    ("CP932", SHIFT_JIS),
    ("Windows-31J", SHIFT_JIS),
    ("EUC-JP", EUC_JP),
    ("eucJP-ms", EUC_JP),
];

/// How the bytes travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transfer {
    AsTheyAre,
    QuotedPrintable,
    Base64,
}

const TRANSFERS: &[Transfer] = &[Transfer::AsTheyAre, Transfer::QuotedPrintable, Transfer::Base64];

/// Sentences of letters that every one of the charsets has: kana, kanji, Latin letters of both widths, numbers, marks.
fn sentence() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[ぁ-んァ-ヶー、]{2,12}",
        4 => "[見積書請求納品会議確認添付送付予定日時本件御社弊社願致申上変更担当部長様打合工事図面現場価格金額振込口座]{1,8}",
        2 => "[a-zA-Z]{1,10}",
        1 => "[0-9]{1,6}",
        1 => "[Ａ-Ｚａ-ｚ０-９]{1,6}",
        1 => "[（）「」・／：！？＆＋]{1,2}",
    ];
    proptest::collection::vec(word, 4..20).prop_map(|words| words.concat() + "。")
}

/// A text of some lines that nobody takes for a quotation or a signature.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(sentence(), 1..6).prop_map(|sentences| sentences.join("\n"))
}

fn letters(text: &str) -> String {
    Letters::of(text).all().iter().map(|letter| letter.letter).collect()
}

/// The letters of the text that a mail's sender wrote.
fn of_mail(mail: &[u8]) -> String {
    letters(&texts(&sekisho_mail::read(mail, &Limits::default())).own)
}

fn mail(
    media: &str,
    label: &str,
    charset: &'static Encoding,
    transfer: Transfer,
    text: &str,
) -> Option<Vec<u8>> {
    let (bytes, _, has_unmappable) = charset.encode(text);
    if has_unmappable {
        return None;
    }
    let bytes = bytes.split(|byte| *byte == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..]);
    let (name, body) = match transfer {
        Transfer::AsTheyAre => (if charset == ISO_2022_JP { "7bit" } else { "8bit" }, bytes),
        Transfer::QuotedPrintable => ("quoted-printable", quoted_printable(&bytes)),
        Transfer::Base64 => ("base64", base64(&bytes)),
    };
    let head = format!(
        "From: yamada@kita.example\r\nTo: sato@midori.example\r\nSubject: test\r\nMIME-Version: 1.0\r\n\
         Content-Type: {media}; charset={label}\r\nContent-Transfer-Encoding: {name}\r\n\r\n"
    );
    Some([head.as_bytes(), &body, b"\r\n"].concat())
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut column = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if bytes[at..].starts_with(b"\r\n") || (at > 0 && bytes[at - 1..].starts_with(b"\r\n")) {
            out.push(*byte);
            column = 0;
            continue;
        }
        if column > 70 {
            out.extend(b"=\r\n");
            column = 0;
        }
        let written =
            if byte.is_ascii_alphanumeric() { vec![*byte] } else { format!("={byte:02X}").into_bytes() };
        column += written.len();
        out.extend(written);
    }
    out
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    let text = data_encoding::BASE64.encode(bytes);
    text.as_bytes().chunks(76).collect::<Vec<_>>().join(&b"\r\n"[..])
}

/// As `format=flowed` (RFC 3676) sends it: lines cut at some width, those that go on end in a space; with `delsp` the space is no part of it.
fn flowed(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.split('\n') {
        let chars: Vec<char> = line.chars().collect();
        let cut: Vec<String> = chars.chunks(width).map(|piece| piece.iter().collect()).collect();
        out += &(cut.join(" \n") + "\n");
    }
    out
}

fn wrapped(text: &str, width: usize) -> String {
    flowed(text, width).replace(" \n", "\n")
}

fn html(text: &str, breaks: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<html><head><title></title></head><body><div>{}</div></body></html>",
        escaped.replace('\n', breaks)
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn charsets_and_transfer_encodings_change_no_letter(text in text()) {
        let wanted = letters(&text);
        for (label, charset) in CHARSETS {
            for transfer in TRANSFERS {
                let mail = mail("text/plain", label, charset, *transfer, &text).expect("every charset has these letters");
                prop_assert_eq!(&of_mail(&mail), &wanted, "{} {:?}", label, transfer);
            }
        }
    }

    #[test]
    fn wrapping_changes_no_letter(text in text(), width in 10_usize..80) {
        let wanted = letters(&text);
        for (label, charset) in CHARSETS {
            let sent = mail("text/plain; format=flowed; delsp=yes", label, charset, Transfer::AsTheyAre, &flowed(&text, width)).unwrap();
            prop_assert_eq!(&of_mail(&sent), &wanted, "flowed, {}", label);
            let sent = mail("text/plain", label, charset, Transfer::AsTheyAre, &wrapped(&text, width)).unwrap();
            prop_assert_eq!(&of_mail(&sent), &wanted, "wrapped, {}", label);
        }
    }

    #[test]
    fn mark_up_changes_no_letter(text in text()) {
        let wanted = letters(&text);
        for (label, charset) in CHARSETS {
            for breaks in ["<br>\n", "</div>\n<div>", "</p><p style=\"margin:0\">"] {
                let sent = mail("text/html", label, charset, Transfer::QuotedPrintable, &html(&text, breaks)).unwrap();
                prop_assert_eq!(&of_mail(&sent), &wanted, "{} {}", label, breaks);
            }
        }
        // Everything as numbers, as some programs write what is not ASCII.
        let numbers: String = text.chars().map(|c| if c == '\n' { "<br>".to_owned() } else { format!("&#{};", u32::from(c)) }).collect();
        let sent = mail("text/html", "us-ascii", UTF_8, Transfer::AsTheyAre, &numbers).unwrap();
        prop_assert_eq!(of_mail(&sent), wanted);
    }

    #[test]
    fn a_quotation_in_another_charset_has_the_letters_of_its_original(text in text(), width in 20_usize..60) {
        let original = letters(&text);
        for (label, charset) in CHARSETS {
            let quoted = wrapped(&text, width).lines().map(|line| format!("> {line}\n")).collect::<String>();
            let answer = format!("承知しました。\n\n{quoted}");
            let sent = mail("text/plain", label, charset, Transfer::Base64, &answer).unwrap();
            let read = texts(&sekisho_mail::read(&sent, &Limits::default()));
            prop_assert_eq!(letters(&read.quoted.concat()), original.clone(), "{}", label);
            prop_assert_eq!(letters(&read.own), "承知しました", "{}", label);
        }
    }
}

/// Letters that only Microsoft's and NEC's tables have, those that tables disagree about, and half-width kana.
#[test]
fn letters_that_charsets_disagree_about_are_one() {
    for text in [
        "①㈱№℡㍻",
        "髙橋様と﨑山様",
        "9:00〜17:00まで",
        "9:00～17:00まで",
        "A－B",
        "A−B",
        "∥‖",
        "ﾃｽﾄﾒｰﾙﾃﾞｽ",
        "Ⅲ期工事",
    ] {
        let text = format!("本日の件ですが{text}の通りです");
        let wanted = letters(&text);
        let mut tried = 0;
        for (label, charset) in CHARSETS {
            let Some(sent) = mail("text/plain", label, charset, Transfer::AsTheyAre, &text) else { continue };
            assert_eq!(of_mail(&sent), wanted, "{text} {label}");
            tried += 1;
        }
        assert!(tried >= 1, "{text}");
    }
}

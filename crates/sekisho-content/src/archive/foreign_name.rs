//! The bytes of a name in a format that does not say its encoding → every name that it could be shown with.
//!
//! Japanese Windows wrote and reads such names in CP932, UNIX in EUC-JP or UTF-8, the rest of the world in a Latin page.

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, WINDOWS_1252};

use crate::limits::NAME_CHARACTERS_MAX;

/// Readings of the name, the likeliest first; a name in ASCII has one.
pub(crate) fn names(bytes: &[u8]) -> Vec<String> {
    // Four bytes hold any character of these encodings.
    let bytes = bytes.get(..NAME_CHARACTERS_MAX * 4).unwrap_or(bytes);
    if bytes.is_empty() {
        return Vec::new();
    }
    let unicode = std::str::from_utf8(bytes).ok().map(str::to_owned);
    // Characters of three bytes are no accident; those of two may be one of EUC-JP.
    if let Some(text) = &unicode
        && (text.is_ascii() || text.chars().any(|character| character >= '\u{800}'))
    {
        return vec![text.clone()];
    }
    let mut readings: Vec<String> =
        [SHIFT_JIS, EUC_JP].into_iter().filter_map(|encoding| reading(bytes, encoding)).collect();
    // In CP932 each byte of EUC-JP is a half-width kana or half of a rare character.
    if let [windows, unix] = readings.as_slice()
        && unlikely(windows) > unlikely(unix)
    {
        readings.reverse();
    }
    if let Some(text) = unicode {
        readings.insert(0, text);
        return readings;
    }
    readings.push(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned());
    readings
}

fn reading(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    (!errors).then(|| text.into_owned())
}

/// Half-width kana, and the private characters that undefined bytes become.
fn unlikely(text: &str) -> usize {
    text.chars()
        .filter(|character| matches!(character, '\u{ff61}'..='\u{ff9f}' | '\u{e000}'..='\u{f8ff}'))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_its_writer_meant_it() {
        for name in ["請求書.exe", "漢字.txt", "表.txt", "見積書_2026年.xlsx", "ﾃｽﾄ.txt", "report.pdf"]
        {
            for encoding in [encoding_rs::UTF_8, SHIFT_JIS, EUC_JP] {
                let bytes = encoding.encode(name).0;
                let names = names(&bytes);
                assert!(names.contains(&name.to_owned()), "{name} in {}: {names:?}", encoding.name());
                if !matches!(name, "ﾃｽﾄ.txt" | "表.txt") {
                    assert_eq!(names[0], name, "{}", encoding.name());
                }
            }
        }
        assert_eq!(names(b"caf\xe9.txt").last().map(String::as_str), Some("café.txt"));
    }
}

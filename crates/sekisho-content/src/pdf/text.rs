//! Strings of a PDF → text, in every encoding in which they may have been meant (ISO 32000-1, section 7.9.2).

use encoding_rs::{SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

/// A string as text: by its byte order mark, else in PDFDocEncoding.
pub(super) fn text(bytes: &[u8]) -> String {
    marked(bytes).unwrap_or_else(|| bytes.iter().map(|byte| letter(*byte)).collect())
}

/// What a file name may be shown as: older writers put names in their own code page.
pub(super) fn names(bytes: &[u8]) -> Vec<String> {
    if let Some(marked) = marked(bytes) {
        return vec![marked];
    }
    let mut names = vec![text(bytes)];
    if !bytes.is_ascii() {
        for encoding in [UTF_8, SHIFT_JIS] {
            names.extend(encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into));
        }
        // Bytes that are UTF-8 or Shift_JIS throughout hardly ever mean anything else.
        names.reverse();
    }
    names
}

fn marked(bytes: &[u8]) -> Option<String> {
    let (encoding, rest) = match bytes {
        [0xfe, 0xff, rest @ ..] => (UTF_16BE, rest),
        [0xff, 0xfe, rest @ ..] => (UTF_16LE, rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => (UTF_8, rest),
        _ => return None,
    };
    let (text, _) = encoding.decode_without_bom_handling(rest);
    // A language mark between two escapes is no part of the text.
    Some(text.split('\u{1b}').step_by(2).collect())
}

/// PDFDocEncoding (annex D.2).
fn letter(byte: u8) -> char {
    const FROM_18: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const FROM_80: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ',
        'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    let at = |table: &[char], from: u8| table.get(usize::from(byte - from)).copied();
    match byte {
        0x18..=0x1f => at(&FROM_18, 0x18),
        0x80..=0xa0 => at(&FROM_80, 0x80),
        _ => None,
    }
    .unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        assert_eq!(text(b"\xfe\xff\x8a\xcb\x6c\x42"), "請求");
        assert_eq!(text(b"\xef\xbb\xbf\xe8\xab\x8b"), "請");
        assert_eq!(text(b"a\x80\xa0"), "a•€");
        assert_eq!(names(b"\x90\xbf\x8b\x81.exe")[0], "請求.exe");
        assert_eq!(names(b"plain.txt"), ["plain.txt"]);
    }
}

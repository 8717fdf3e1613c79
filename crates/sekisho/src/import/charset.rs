//! Bytes of an exported address book → text: UTF-8 or UTF-16 by their marks, UTF-8 where it is valid, else CP932 as programs in Japan write it.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

/// The text.
pub fn text(bytes: &[u8]) -> String {
    let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(|| without_mark(bytes));
    encoding.unwrap_or(UTF_8).decode(bytes).0.into_owned()
}

/// The text of a value whose character set is named; a name that nobody knows counts as none.
pub fn named(bytes: &[u8], label: &str) -> String {
    match Encoding::for_label(label.trim().trim_matches('"').as_bytes()) {
        // Phones name UTF-8 and write CP932, and the other way round.
        Some(encoding) if encoding != UTF_8 || std::str::from_utf8(bytes).is_ok() => {
            encoding.decode(bytes).0.into_owned()
        }
        _ => text(bytes),
    }
}

fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    // ASCII letters of UTF-16 are half zeros, and no other text has any.
    let zeros = |at: usize| bytes.iter().skip(at).step_by(2).take(200).filter(|byte| **byte == 0).count();
    let half = bytes.len().min(400) / 2;
    if half > 0 && zeros(1) * 4 > half {
        Some(UTF_16LE)
    } else if half > 0 && zeros(0) * 4 > half {
        Some(UTF_16BE)
    } else if std::str::from_utf8(bytes).is_ok() {
        None
    } else {
        Some(SHIFT_JIS)
    }
}

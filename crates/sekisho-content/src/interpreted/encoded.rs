//! Scripts encoded by Microsoft's Script Encoder (`.jse`, `.vbe`, and blocks in pages) → their source.
//!
//! The encoding is a substitution: three alphabets take turns in a fixed order of 64. A block is `#@~^`, its length and
//! `==`, the letters, a checksum and `==^#~@`. Tables as published with the first decoders of 2001.

use crate::limits::SCRIPT_ENCODED_BLOCKS_MAX;

/// The text with every encoded block decoded; `None` where there is none.
pub(super) fn decoded(text: &str) -> Option<String> {
    const BEGIN: &str = "#@~^";
    const END: &str = "^#~@";
    const LENGTH: usize = 8;
    const CHECKSUM: usize = 8;
    let mut rest = text;
    let mut out = String::new();
    let mut found = false;
    for _ in 0..SCRIPT_ENCODED_BLOCKS_MAX {
        let Some((before, behind)) = rest.split_once(BEGIN) else { break };
        found = true;
        out.push_str(before);
        let body = behind.get(LENGTH..).unwrap_or_default();
        let (block, after) = body.split_once(END).unwrap_or((body, ""));
        let block = block.len().checked_sub(CHECKSUM).and_then(|end| block.get(..end)).unwrap_or(block);
        out.push_str(&decode(block));
        rest = after;
    }
    out.push_str(rest);
    found.then_some(out)
}

fn decode(block: &str) -> String {
    let mut out = String::with_capacity(block.len());
    let mut place = 0_usize;
    let mut characters = block.chars();
    while let Some(c) = characters.next() {
        if c == '@' {
            // Letters that would end a line or a tag have names of their own.
            let named = match characters.clone().next() {
                Some('&') => Some('\n'),
                Some('#') => Some('\r'),
                Some('*') => Some('>'),
                Some('!') => Some('<'),
                Some('$') => Some('@'),
                _ => None,
            };
            if let Some(named) = named {
                characters.next();
                out.push(named);
                place += 1;
                continue;
            }
        }
        out.push(letter(c, place).unwrap_or(c));
        place += usize::from(c.is_ascii());
    }
    out
}

fn letter(c: char, place: usize) -> Option<char> {
    let row = match u32::from(c) {
        9 => 0,
        code @ 32..=127 if !matches!(c, '<' | '>' | '@') => usize::try_from(code).ok()? - 31,
        _ => return None,
    };
    let alphabet = ORDER.get(place % ORDER.len()).map(|digit| usize::from(digit - b'0'))?;
    LETTERS.get(row)?.get(alphabet).map(|byte| char::from(*byte))
}

/// Which alphabet stands at which of 64 places.
const ORDER: &[u8; 64] = b"0120121221210212021200122102122100212120200120210212001220012021";

/// Tabulator, then 32 to 127: the letter in each of the three alphabets. 60, 62 and 64 are never used.
#[rustfmt::skip]
const LETTERS: [[u8; 3]; 97] = [
    *b"\x57\x6e\x7b",
    *b"\x2e\x2d\x32", *b"\x47\x75\x30", *b"\x7a\x52\x21", *b"\x56\x60\x29", *b"\x42\x71\x5b", *b"\x6a\x5e\x38",
    *b"\x2f\x49\x33", *b"\x26\x5c\x3d", *b"\x49\x62\x58", *b"\x41\x7d\x3a", *b"\x34\x29\x35", *b"\x32\x36\x65",
    *b"\x5b\x20\x39", *b"\x76\x7c\x5c", *b"\x72\x7a\x56", *b"\x43\x7f\x73", *b"\x38\x6b\x66", *b"\x39\x63\x4e",
    *b"\x70\x33\x45", *b"\x45\x2b\x6b", *b"\x68\x68\x62", *b"\x71\x51\x59", *b"\x4f\x66\x78", *b"\x09\x76\x5e",
    *b"\x62\x31\x7d", *b"\x44\x64\x4a", *b"\x23\x54\x6d", *b"\x75\x43\x71", *b"\x00\x00\x00", *b"\x7e\x3a\x60",
    *b"\x00\x00\x00", *b"\x5e\x7e\x53", *b"\x00\x00\x00", *b"\x77\x45\x42", *b"\x4a\x2c\x27", *b"\x61\x2a\x48",
    *b"\x5d\x74\x72", *b"\x22\x27\x75", *b"\x4b\x37\x31", *b"\x6f\x44\x37", *b"\x4e\x79\x4d", *b"\x3b\x59\x52",
    *b"\x4c\x2f\x22", *b"\x50\x6f\x54", *b"\x67\x26\x6a", *b"\x2a\x72\x47", *b"\x7d\x6a\x64", *b"\x74\x39\x2d",
    *b"\x54\x7b\x20", *b"\x2b\x3f\x7f", *b"\x2d\x38\x2e", *b"\x2c\x77\x4c", *b"\x30\x67\x5d", *b"\x6e\x53\x7e",
    *b"\x6b\x47\x6c", *b"\x66\x34\x6f", *b"\x35\x78\x79", *b"\x25\x5d\x74", *b"\x21\x30\x43", *b"\x64\x23\x26",
    *b"\x4d\x5a\x76", *b"\x52\x5b\x25", *b"\x63\x6c\x24", *b"\x3f\x48\x2b", *b"\x7b\x55\x28", *b"\x78\x70\x23",
    *b"\x29\x69\x41", *b"\x28\x2e\x34", *b"\x73\x4c\x09", *b"\x59\x21\x2a", *b"\x33\x24\x44", *b"\x7f\x4e\x3f",
    *b"\x6d\x50\x77", *b"\x55\x09\x3b", *b"\x53\x56\x55", *b"\x7c\x73\x69", *b"\x3a\x35\x61", *b"\x5f\x61\x63",
    *b"\x65\x4b\x50", *b"\x46\x58\x67", *b"\x58\x3b\x51", *b"\x31\x57\x49", *b"\x69\x22\x4f", *b"\x6c\x6d\x46",
    *b"\x5a\x4d\x68", *b"\x48\x25\x7c", *b"\x27\x28\x36", *b"\x5c\x46\x70", *b"\x3d\x4a\x6e", *b"\x24\x32\x7a",
    *b"\x79\x41\x2f", *b"\x37\x3d\x5f", *b"\x60\x5f\x4b", *b"\x51\x4f\x5a", *b"\x20\x42\x2c", *b"\x36\x65\x57",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_alphabet_has_each_letter_once() {
        for alphabet in 0..3 {
            let mut letters: Vec<u8> =
                LETTERS.iter().map(|row| row[alphabet]).filter(|letter| *letter != 0).collect();
            letters.sort_unstable();
            let expected: Vec<u8> =
                std::iter::once(9).chain(32..=127).filter(|b| !matches!(b, 60 | 62 | 64)).collect();
            assert_eq!(letters, expected, "{alphabet}");
        }
    }

    #[test]
    fn what_is_encoded_is_read() {
        // The beginning as the encoder of Windows writes it.
        assert_eq!(decode("\\ko$K6,J"), "MsgBox \"");
        let source = "MsgBox \"Hello\"\r\nIf a < b @ c > d Then\tx = \"漢字\"";
        let text = encode(source);
        assert_eq!(decoded(&text).as_deref(), Some(source));
        assert_eq!(decoded("plain"), None);
        for (end, _) in text.char_indices() {
            let _ = decoded(&text[..end]);
        }
    }

    fn encode(source: &str) -> String {
        let mut out = String::from("#@~^AAAAAA==");
        let mut place = 0;
        for c in source.chars() {
            match c {
                '\n' => out.push_str("@&"),
                '\r' => out.push_str("@#"),
                '>' => out.push_str("@*"),
                '<' => out.push_str("@!"),
                '@' => out.push_str("@$"),
                c if c.is_ascii() => {
                    let alphabet = usize::from(ORDER[place % 64] - b'0');
                    let row = LETTERS.iter().position(|row| char::from(row[alphabet]) == c).unwrap();
                    out.push(if row == 0 { '\t' } else { char::from(row as u8 + 31) });
                }
                c => out.push(c),
            }
            place += usize::from(c.is_ascii());
        }
        out + "AAAAAA==^#~@"
    }
}

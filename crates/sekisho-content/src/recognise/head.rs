//! The beginning of a file as text, if it is text: UTF-8, UTF-16, Shift_JIS, EUC-JP, ISO-2022-JP or a Latin page.

use crate::limits::HEAD_BYTES_MAX;

/// The beginning of a file, decoded as far as telling text kinds apart needs it.
pub(crate) struct Head {
    /// Decoded text without a byte order mark.
    pub(crate) text: String,
    /// The same with ASCII letters in lower case.
    pub(crate) lower: String,
    /// Whether it is text throughout.
    pub(crate) texture: Texture,
}

/// What the bytes at the beginning look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Texture {
    /// Only text.
    Text,
    /// Control or undecodable bytes among it. Programs that read markup and scripts forgive some of them.
    Binary,
}

impl Head {
    /// The first 4 KiB of `bytes`.
    pub(crate) fn of(bytes: &[u8]) -> Head {
        let head = bytes.get(..HEAD_BYTES_MAX).unwrap_or(bytes);
        let (text, texture) = decode(head, bytes.len() > head.len());
        let lower = text.to_ascii_lowercase();
        Head { text, lower, texture }
    }

    /// Lines of the text, white space around them removed, empty ones left out; a last line cut by the limit too.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines().map(str::trim).filter(|line| !line.is_empty())
    }

    /// The lower-case text from its first character that is not white space.
    pub(crate) fn start(&self) -> &str {
        self.lower.trim_start_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}')
    }
}

/// A whole text, decoded in the same way.
pub(super) fn text(bytes: &[u8]) -> String {
    decode(bytes, false).0
}

fn decode(head: &[u8], cut: bool) -> (String, Texture) {
    if let Some(rest) = head.strip_prefix(&[0xff, 0xfe]) {
        // `cmd` passes over a mark that promises UTF-16, and runs what is written behind it.
        let plain = rest.is_ascii() && !rest.contains(&0) && rest.windows(2).any(|pair| pair == b"\r\n");
        if plain {
            return (latin(rest), Texture::Text);
        }
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = head.strip_prefix(&[0xfe, 0xff]) {
        return utf16(rest, u16::from_be_bytes);
    }
    if looks_like_utf16_le(head) {
        return utf16(head, u16::from_le_bytes);
    }
    let head = head.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(head);
    let controls = head.iter().filter(|byte| is_control(**byte)).count();
    if controls > 0 {
        let texture = if is_stained(head, controls) { Texture::Text } else { Texture::Binary };
        return (latin(head), texture);
    }
    if let Some(text) = utf8(head, cut) {
        return (text, Texture::Text);
    }
    for encoding in [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP] {
        if let Some(text) = legacy(head, cut, encoding) {
            return (text, Texture::Text);
        }
    }
    let high = head.iter().filter(|byte| **byte >= 0x80).count();
    // Western text has a third of accented letters at most; Chinese and Korean pages have nothing but high pairs; any
    // other binary file of this length has a control byte somewhere.
    const LONG: usize = 256;
    let texture = if high * 3 <= head.len() || paired(head) || head.len() >= LONG {
        Texture::Text
    } else {
        Texture::Binary
    };
    (latin(head), texture)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, Texture) {
    let units = bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(unit);
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    let odd = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER || *c == '\0').count();
    let texture = if odd > 2 { Texture::Binary } else { Texture::Text };
    (text, texture)
}

/// UTF-16 without a byte order mark: ASCII letters with a zero behind each.
fn looks_like_utf16_le(head: &[u8]) -> bool {
    const UNITS: usize = 16;
    let pairs = head.chunks_exact(2).take(UNITS);
    head.len() >= UNITS * 2
        && pairs.into_iter().all(|pair| matches!(pair, [0x20..=0x7e | b'\r' | b'\n' | b'\t', 0]))
}

fn utf8(head: &[u8], cut: bool) -> Option<String> {
    match std::str::from_utf8(head) {
        Ok(text) => Some(text.to_owned()),
        Err(error) if cut && error.error_len().is_none() => {
            let valid = head.get(..error.valid_up_to())?;
            std::str::from_utf8(valid).ok().map(str::to_owned)
        }
        Err(_) => None,
    }
}

fn legacy(head: &[u8], cut: bool, encoding: &'static encoding_rs::Encoding) -> Option<String> {
    let whole = |bytes: &[u8]| {
        let (text, errors) = encoding.decode_without_bom_handling(bytes);
        (!errors).then(|| text.into_owned())
    };
    whole(head).or_else(|| {
        let shorter = head.get(..head.len().checked_sub(1)?)?;
        if cut { whole(shorter) } else { None }
    })
}

/// Western text with a stray control byte, as word processors leave in mail.
fn is_stained(head: &[u8], controls: usize) -> bool {
    let high = head.iter().filter(|byte| **byte >= 0x80).count();
    controls * 128 <= head.len() && high * 3 <= head.len()
}

/// Whether high bytes come in pairs, as in GBK, Big5 and EUC-KR.
fn paired(head: &[u8]) -> bool {
    let mut high = 0_usize;
    let mut alone = 0_usize;
    let mut rest = head.iter();
    while let Some(byte) = rest.next() {
        if *byte >= 0x81 {
            high += 1;
            match rest.next() {
                Some(0x40..=0xfe) if *byte != 0xff => {}
                _ => alone += 1,
            }
        }
    }
    high > 0 && alone * 20 <= high
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// Control bytes that text does not have; escape opens ISO-2022-JP, 0x1a ends DOS files.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=0x06 | 0x0e..=0x19 | 0x1c..=0x1f | 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_encodings_are_text() {
        let text = "お世話になっております。請求書をお送りします。\r\n";
        for encoding in [
            encoding_rs::UTF_8,
            encoding_rs::SHIFT_JIS,
            encoding_rs::EUC_JP,
            encoding_rs::ISO_2022_JP,
            encoding_rs::GBK,
        ] {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(Head::of(&bytes).texture, Texture::Text, "{}", encoding.name());
        }
        let utf16: Vec<u8> =
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(Head::of(&utf16).text, text);
    }

    #[test]
    fn a_character_cut_by_the_limit_is_no_fault() {
        for encoding in [encoding_rs::UTF_8, encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP] {
            for shift in 0..3 {
                let text = "a".repeat(shift) + &"漢字かな".repeat(1000);
                let (bytes, _, _) = encoding.encode(&text);
                assert_eq!(Head::of(&bytes).texture, Texture::Text, "{} {shift}", encoding.name());
            }
        }
    }

    #[test]
    fn binary_is_not_text() {
        assert_eq!(Head::of(b"abc\0def").texture, Texture::Binary);
        assert_eq!(Head::of(&[0xff; 64]).texture, Texture::Binary);
    }
}

//! Base64 (RFC 4648, section 4) → bytes, as leniently as those who decode it: what is no digit is passed over.

/// Decodes every digit of `text`.
pub(crate) fn decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for value in text.iter().filter_map(|byte| digit(*byte)) {
        bits = (bits << 6 | value) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    out
}

/// The digits and the white space between them at the beginning of `text`.
pub(crate) fn beginning(text: &[u8]) -> &[u8] {
    let ends = |byte: &u8| digit(*byte).is_none() && !byte.is_ascii_whitespace();
    let end = text.iter().position(ends).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// The value of a digit.
pub(crate) fn digit(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_count_and_others_are_passed_over() {
        for (text, bytes) in [
            (&b"c2VraXNobw=="[..], &b"sekisho"[..]),
            (b"c2Vr\r\n aXNo bw", b"sekisho"),
            (b"c2VraX!Nobw", b"sekisho"),
            (b"c", b""),
            (b"", b""),
        ] {
            assert_eq!(decode(text), bytes, "{text:?}");
        }
        assert_eq!(beginning(b"c2Vr\r\naXNo<end>c2Vr"), b"c2Vr\r\naXNo");
    }
}

//! Percent-encoded and base64 text → text.

/// Decodes `%41`; what is no escape stays, and bytes that are no UTF-8 become U+FFFD.
pub(super) fn percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escape = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        bytes.push(escape.unwrap_or(first));
        rest = if escape.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Decodes base64 of either alphabet, padded or not; `None` where another character stands or it is no UTF-8.
pub(super) fn base64(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0u32, 0);
    for c in text.trim_end_matches('=').bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' | b' ' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes() {
        assert_eq!(percent("a%3A%2f%zz%4"), "a:/%zz%4");
        assert_eq!(percent("%E3%81%82%FF"), "あ\u{fffd}");
        assert_eq!(base64("aHR0cA=="), Some("http".to_owned()));
        assert_eq!(base64("44GC"), Some("あ".to_owned()));
        assert_eq!(base64("a.b"), None);
        assert_eq!(base64("_w"), None);
        assert_eq!(base64(""), Some(String::new()));
    }
}

//! Constants in scripts and pages → the bytes they stand for.

use std::io::Read;

/// Base64 being read, leniently: white space and other marks are passed over, both alphabets are known (RFC 4648).
pub(crate) struct Base64<'t> {
    text: std::slice::Iter<'t, u8>,
}

impl<'t> Base64<'t> {
    pub(crate) fn new(text: &'t [u8]) -> Self {
        Self { text: text.iter() }
    }

    fn group(&mut self) -> ([u8; 3], usize) {
        let mut bits = 0_u32;
        let mut count = 0;
        while count < 4 {
            let Some(byte) = self.text.next() else { break };
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' | b'-' => 62,
                b'/' | b'_' => 63,
                _ => continue,
            };
            bits = bits << 6 | u32::from(value);
            count += 1;
        }
        let [_, bytes @ ..] = (bits << (6 * (4 - count))).to_be_bytes();
        (bytes, usize::saturating_sub(count as usize, 1))
    }
}

impl Read for Base64<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut filled = 0;
        for place in buffer.chunks_exact_mut(3) {
            let (bytes, count) = self.group();
            for (place, byte) in place.iter_mut().zip(bytes).take(count) {
                *place = byte;
            }
            filled += count;
            if count < 3 {
                break;
            }
        }
        Ok(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_in_both_alphabets() {
        for (text, plain) in
            [("aGVsbG8=", "hello"), ("aGVs\r\nbG8", "hello"), ("", ""), ("_-8", "\u{ff}\u{ef}")]
        {
            let mut bytes = Vec::new();
            Base64::new(text.as_bytes()).read_to_end(&mut bytes).unwrap();
            let plain: Vec<u8> = plain.chars().map(|letter| letter as u8).collect();
            assert_eq!(bytes, plain, "{text}");
        }
    }
}

//! Base64 (RFC 2045 section 6.8) → bytes, in the readings that mail programs have of broken base64: go on after
//! padding (pieces put together), or stop at it; skip foreign characters, or take `-` and `_` as the URL alphabet.

use std::borrow::Cow;

use super::Decoded;
use crate::DefectKind;

/// Decodes `raw`; `others` holds what a stricter program makes of it where that differs.
pub(super) fn decode(raw: &[u8]) -> Decoded<'_> {
    let mut run = Run::over(raw, &STANDARD);
    let mut others = Vec::new();
    if let Some(stop) = run.first_padding
        && stop < run.bytes.len()
    {
        others.push(run.bytes.get(..stop).unwrap_or_default().to_vec());
    }
    if run.url_alphabet {
        others.push(Run::over(raw, &URL).bytes);
    }
    let broken = run.foreign || run.rest || !others.is_empty();
    Decoded {
        bytes: Cow::Owned(std::mem::take(&mut run.bytes)),
        others,
        defect: broken.then_some(DefectKind::Base64Broken),
    }
}

/// Whether the byte is one of the 64 characters.
pub(super) fn is_in_alphabet(byte: u8) -> bool {
    STANDARD.get(usize::from(byte)).is_some_and(|&value| value < 64)
}

const FOREIGN: u8 = 0xff;
const SPACE: u8 = 0xfe;
const PADDING: u8 = 0xfd;

const STANDARD: [u8; 256] = table(b'+', b'/');
const URL: [u8; 256] = table(b'-', b'_');

const fn table(sixty_two: u8, sixty_three: u8) -> [u8; 256] {
    let mut table = [FOREIGN; 256];
    let mut value = 0;
    while value < 26 {
        table[b'A' as usize + value] = value as u8;
        table[b'a' as usize + value] = value as u8 + 26;
        value += 1;
    }
    value = 0;
    while value < 10 {
        table[b'0' as usize + value] = value as u8 + 52;
        value += 1;
    }
    table[b'+' as usize] = 62;
    table[b'/' as usize] = 63;
    table[sixty_two as usize] = 62;
    table[sixty_three as usize] = 63;
    table[b'=' as usize] = PADDING;
    table[b' ' as usize] = SPACE;
    table[b'\t' as usize] = SPACE;
    table[b'\r' as usize] = SPACE;
    table[b'\n' as usize] = SPACE;
    table
}

/// One pass over the characters.
struct Run {
    bytes: Vec<u8>,
    /// Length of the output at the first padding.
    first_padding: Option<usize>,
    foreign: bool,
    url_alphabet: bool,
    /// Characters left over that make no whole byte, or padding that does not fit.
    rest: bool,
}

impl Run {
    fn over(raw: &[u8], table: &[u8; 256]) -> Self {
        let mut run = Run {
            bytes: Vec::with_capacity(raw.len() / 4 * 3 + 3),
            first_padding: None,
            foreign: false,
            url_alphabet: false,
            rest: false,
        };
        let (mut held, mut count) = (0u32, 0u8);
        let mut input = raw;
        loop {
            // Almost everything is whole groups of four; they are taken together while nothing is held.
            if count == 0 {
                input = run.whole_groups(input, table);
            }
            let Some((&byte, after)) = input.split_first() else { break };
            input = after;
            match table[usize::from(byte)] {
                SPACE => {}
                PADDING => {
                    run.flush(held, count);
                    (held, count) = (0, 0);
                    run.first_padding.get_or_insert(run.bytes.len());
                }
                FOREIGN => {
                    run.foreign = true;
                    run.url_alphabet |= matches!(byte, b'-' | b'_');
                }
                value => {
                    held = held << 6 | u32::from(value);
                    count += 1;
                    if count == 4 {
                        run.bytes.extend_from_slice(&[(held >> 16) as u8, (held >> 8) as u8, held as u8]);
                        (held, count) = (0, 0);
                    }
                }
            }
        }
        run.rest |= count != 0;
        run.flush(held, count);
        run
    }

    /// Takes groups of four characters off the front while each is in the alphabet.
    fn whole_groups<'a>(&mut self, input: &'a [u8], table: &[u8; 256]) -> &'a [u8] {
        let mut taken = 0;
        for group in input.chunks_exact(4) {
            let [a, b, c, d] = [group[0], group[1], group[2], group[3]].map(|byte| table[usize::from(byte)]);
            if (a | b | c | d) >= 64 {
                break;
            }
            let held = u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d);
            self.bytes.extend_from_slice(&[(held >> 16) as u8, (held >> 8) as u8, held as u8]);
            taken += 4;
        }
        input.get(taken..).unwrap_or_default()
    }

    /// Writes the whole bytes of an unfinished group.
    fn flush(&mut self, held: u32, count: u8) {
        match count {
            2 => self.bytes.push((held >> 4) as u8),
            3 => self.bytes.extend_from_slice(&[(held >> 10) as u8, (held >> 2) as u8]),
            1 => self.rest = true,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(raw: &str) -> (String, Vec<String>, bool) {
        let decoded = decode(raw.as_bytes());
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&decoded.bytes), decoded.others.iter().map(|o| text(o)).collect(), decoded.defect.is_some())
    }

    #[test]
    fn well_formed_has_one_reading() {
        assert_eq!(both("QUJD\r\nREVGRw==\r\n"), ("ABCDEFG".into(), vec![], false));
        assert_eq!(both(""), (String::new(), vec![], false));
        assert_eq!(both("QU JD\tRE\n\n=="), ("ABCD".into(), vec![], false));
    }

    #[test]
    fn pieces_put_together_are_read_to_the_end_and_to_the_first_padding() {
        assert_eq!(both("QQ==QkI=Q0ND"), ("ABBCCC".into(), vec!["A".into()], true));
    }

    #[test]
    fn foreign_characters_and_rests_are_skipped_and_named() {
        assert_eq!(both("QU!JD"), ("ABC".into(), vec![], true));
        assert_eq!(both("QUJDRA"), ("ABCD".into(), vec![], true));
        assert_eq!(both("QUJDR"), ("ABC".into(), vec![], true));
    }

    #[test]
    fn url_alphabet_is_a_second_reading() {
        let decoded = decode(b"-_-_QUJD");
        assert_eq!(decoded.bytes.as_ref(), b"ABC");
        assert_eq!(decoded.others, vec![vec![0xfb, 0xff, 0xbf, b'A', b'B', b'C']]);
    }
}

//! One block of LZO1X → its bytes ("LZO stream format as understood by Linux' LZO decompressor", Linux documentation).

use crate::archive::lz4::repeat;

/// Unpacks `packed` into `window`, at most `bytes_max`; false where it is damaged. What came out stays.
pub(super) fn unpack(packed: &[u8], window: &mut Vec<u8>, bytes_max: usize) -> bool {
    let mut lzo = Lzo { rest: packed, window, bytes_max, state: 0 };
    lzo.first().and_then(|()| lzo.instructions()).is_some()
}

struct Lzo<'a, 'w> {
    rest: &'a [u8],
    window: &'w mut Vec<u8>,
    bytes_max: usize,
    /// How many literals went before, up to three; four stands for a longer run.
    state: usize,
}

const LONG_RUN: usize = 4;

impl Lzo<'_, '_> {
    /// The first byte may be a run of literals.
    fn first(&mut self) -> Option<()> {
        if let Some(count @ 18..) = self.rest.first().copied() {
            self.byte()?;
            let count = usize::from(count) - 17;
            self.literals(count)?;
            self.state = count.min(LONG_RUN);
        }
        Some(())
    }

    fn instructions(&mut self) -> Option<()> {
        loop {
            let instruction = self.byte()?;
            let bits = usize::from(instruction);
            let (distance, length, literals) = match instruction {
                0..=15 if self.state == 0 => {
                    let count = self.length(bits, 15)?.checked_add(3)?;
                    self.literals(count)?;
                    self.state = LONG_RUN;
                    continue;
                }
                0..=15 => {
                    let near = (usize::from(self.byte()?) << 2) + (bits >> 2);
                    let long = self.state == LONG_RUN;
                    if long { (near + 2049, 3, bits & 3) } else { (near + 1, 2, bits & 3) }
                }
                16..=31 => {
                    let length = self.length(bits & 7, 7)? + 2;
                    let word = self.word()?;
                    let distance = 16_384 + ((bits & 8) << 11) + (word >> 2);
                    if distance == 16_384 {
                        // The mark of the end.
                        return Some(());
                    }
                    (distance, length, word & 3)
                }
                32..=63 => {
                    let length = self.length(bits & 31, 31)? + 2;
                    let word = self.word()?;
                    ((word >> 2) + 1, length, word & 3)
                }
                64..=127 => (self.near(bits)?, 3 + (bits >> 5 & 1), bits & 3),
                128..=255 => (self.near(bits)?, 5 + (bits >> 5 & 3), bits & 3),
            };
            if self.window.len().checked_add(length)? > self.bytes_max
                || !repeat(self.window, distance, length)
            {
                return None;
            }
            self.literals(literals)?;
            self.state = literals;
        }
    }

    fn near(&mut self, bits: usize) -> Option<usize> {
        Some((usize::from(self.byte()?) << 3) + (bits >> 2 & 7) + 1)
    }

    fn literals(&mut self, count: usize) -> Option<()> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        if self.window.len().checked_add(count)? > self.bytes_max {
            return None;
        }
        self.window.extend_from_slice(taken);
        self.rest = rest;
        Some(())
    }

    /// A length of zero means that bytes follow: zeros count 255 each, then one that does not.
    fn length(&mut self, bits: usize, full: usize) -> Option<usize> {
        if bits != 0 {
            return Some(bits);
        }
        let mut length = full;
        loop {
            match self.byte()? {
                0 => length = length.checked_add(255)?,
                last => return length.checked_add(usize::from(last)),
            }
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn word(&mut self) -> Option<usize> {
        Some(usize::from(self.byte()?) | usize::from(self.byte()?) << 8)
    }
}

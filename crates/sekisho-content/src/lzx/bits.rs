//! Bits of an LZX stream: words of 16 bits, the low byte first, their high bit first.

use super::Broken;

/// What is left of a frame's input.
pub(super) struct Bits<'i> {
    input: &'i [u8],
    at: usize,
    held: u64,
    count: u32,
}

impl<'i> Bits<'i> {
    pub(super) fn new(input: &'i [u8]) -> Self {
        Bits { input, at: 0, held: 0, count: 0 }
    }

    /// Takes up to 32 bits.
    pub(super) fn read(&mut self, count: u32) -> Result<u32, Broken> {
        let value = self.peek(count);
        self.skip(count)?;
        Ok(value)
    }

    /// The next bits, zeros behind the end.
    pub(super) fn peek(&mut self, count: u32) -> u32 {
        while self.count < count {
            let word = crate::number::u16_le(self.input, self.at);
            let Some(word) = word else {
                let missing = count - self.count;
                return ((self.held << missing) & mask(count)) as u32;
            };
            self.at += 2;
            self.held = (self.held << 16 | u64::from(word)) & mask(48);
            self.count += 16;
        }
        (self.held >> (self.count - count) & mask(count)) as u32
    }

    /// Passes bits that were looked at.
    pub(super) fn skip(&mut self, count: u32) -> Result<(), Broken> {
        self.count = self.count.checked_sub(count).ok_or(Broken)?;
        self.held &= mask(self.count);
        Ok(())
    }

    /// Up to the next word; a whole word where one begins.
    pub(super) fn align(&mut self) {
        if self.count.is_multiple_of(16) {
            self.at += 2;
        }
        // Whole words that were taken early go back.
        self.at -= (self.count / 16 * 2) as usize;
        self.held = 0;
        self.count = 0;
    }

    /// Bytes as they stand.
    pub(super) fn raw(&mut self, length: usize) -> Result<&'i [u8], Broken> {
        let end = self.at.checked_add(length).ok_or(Broken)?;
        let bytes = self.input.get(self.at..end).ok_or(Broken)?;
        self.at = end;
        Ok(bytes)
    }
}

fn mask(count: u32) -> u64 {
    (1_u64 << count) - 1
}

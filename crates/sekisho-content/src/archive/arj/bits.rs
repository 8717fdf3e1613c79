//! Packed bytes → bits, the highest first; garbled bytes are cleared on the way.

pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    modifier: u8,
    password: Option<&'a [u8]>,
    /// The next bit.
    at: usize,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8], modifier: u8, password: Option<&'a [u8]>) -> Self {
        Self { bytes, modifier, password, at: 0 }
    }

    /// The next `count` bits, up to sixteen, without taking them. Behind the end there are zeros.
    pub(super) fn peek(&self, count: u32) -> u16 {
        let first = self.at / 8;
        let word =
            (first..first + 3).fold(0_u32, |word, at| word << 8 | u32::from(self.clear(at).unwrap_or(0)));
        let shifted = word >> (24 - count - (self.at % 8) as u32);
        (shifted & ((1 << count) - 1)) as u16
    }

    /// Takes bits; `None` where fewer are there.
    pub(super) fn take(&mut self, count: u32) -> Option<u16> {
        let bits = self.peek(count);
        self.skip(count)?;
        Some(bits)
    }

    pub(super) fn skip(&mut self, count: u32) -> Option<()> {
        self.at += count as usize;
        (self.at <= self.bytes.len() * 8).then_some(())
    }

    fn clear(&self, at: usize) -> Option<u8> {
        let byte = *self.bytes.get(at)?;
        match self.password {
            Some(password) if !password.is_empty() => {
                Some(byte ^ self.modifier.wrapping_add(*password.get(at % password.len())?))
            }
            _ => Some(byte),
        }
    }
}

//! Hexadecimal digits with other things between them → bytes, as Word reads the data of an object.

/// Bytes under way.
#[derive(Default)]
pub(super) struct Digits {
    bytes: Vec<u8>,
    half: Option<u8>,
}

impl Digits {
    /// A character: a digit counts, anything else is passed over.
    pub(super) fn push(&mut self, character: u8) {
        let Some(digit) = char::from(character).to_digit(16) else { return };
        let digit = digit as u8;
        match self.half.take() {
            Some(high) => self.bytes.push(high << 4 | digit),
            None => self.half = Some(digit),
        }
    }

    /// `\'` and the two characters behind it are passed over, and Word forgets the half byte in front of them.
    pub(super) fn escape(&mut self) {
        self.half = None;
    }

    /// Raw bytes count as two digits each.
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match self.half {
                Some(high) => {
                    self.bytes.push(high << 4 | byte >> 4);
                    self.half = Some(byte & 0x0f);
                }
                None => self.bytes.push(*byte),
            }
        }
    }

    /// What they are; half a byte at the end is dropped.
    pub(super) fn bytes(self) -> Vec<u8> {
        self.bytes
    }
}

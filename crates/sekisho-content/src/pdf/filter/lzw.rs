//! LZW codes of 9 to 12 bits → bytes (ISO 32000-1, section 7.4.4).

use std::io::{BufReader, Read};

use super::super::object::{Dictionary, Object};

const CLEAR: u16 = 256;
const END: u16 = 257;
const CODES_MAX: usize = 4096;

/// An LZW stream being read.
pub(super) struct Lzw {
    from: std::io::Bytes<BufReader<Box<dyn Read>>>,
    bits: u32,
    bits_count: u32,
    /// For each code from 258 on: the code before its last byte, and that byte.
    table: Vec<(u16, u8)>,
    last: Option<u16>,
    out: Vec<u8>,
    /// 1 where codes grow one code early, as nearly all do.
    early: usize,
    is_ended: bool,
}

impl Lzw {
    pub(super) fn new(from: Box<dyn Read>, parameters: &Dictionary) -> Self {
        let late = parameters.get("EarlyChange").and_then(Object::number) == Some(0.0);
        Self {
            from: BufReader::new(from).bytes(),
            bits: 0,
            bits_count: 0,
            table: Vec::new(),
            last: None,
            out: Vec::new(),
            early: usize::from(!late),
            is_ended: false,
        }
    }

    fn code(&mut self) -> std::io::Result<Option<u16>> {
        let width = match self.table.len() + 258 + self.early {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        while self.bits_count < width {
            let Some(byte) = self.from.next().transpose()? else { return Ok(None) };
            self.bits = self.bits << 8 | u32::from(byte);
            self.bits_count += 8;
        }
        self.bits_count -= width;
        Ok(Some((self.bits >> self.bits_count & ((1 << width) - 1)) as u16))
    }

    /// Puts what a code stands for on `out`, last byte first, and tells its first byte.
    fn spell(&mut self, code: u16) -> Option<u8> {
        let mut code = code;
        // A code always stands for a shorter one and a byte, so that this ends.
        for _ in 0..CODES_MAX {
            if let Ok(byte) = u8::try_from(code) {
                self.out.push(byte);
                return Some(byte);
            }
            let (before, byte) = *self.table.get(usize::from(code).checked_sub(258)?)?;
            self.out.push(byte);
            code = before;
        }
        None
    }

    fn step(&mut self) -> std::io::Result<()> {
        let Some(code) = self.code()? else {
            self.is_ended = true;
            return Ok(());
        };
        match code {
            END => self.is_ended = true,
            CLEAR => {
                self.table.clear();
                self.last = None;
            }
            _ => {
                let first = if usize::from(code) < self.table.len() + 258 {
                    self.spell(code)
                } else {
                    // A code that is only now being made: what the last one stood for, and its first byte again.
                    let place = self.out.len();
                    let first = self.last.and_then(|last| self.spell(last));
                    if let Some(first) = first {
                        self.out.insert(place, first);
                    }
                    first
                };
                let first = first.ok_or(std::io::ErrorKind::InvalidData)?;
                if let Some(last) = self.last.filter(|_| self.table.len() + 258 < CODES_MAX) {
                    self.table.push((last, first));
                }
                self.last = Some(code);
            }
        }
        Ok(())
    }
}

impl Read for Lzw {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut filled = 0;
        while let Some(place) = buffer.get_mut(filled) {
            while self.out.is_empty() && !self.is_ended {
                self.step()?;
            }
            let Some(byte) = self.out.pop() else { break };
            *place = byte;
            filled += 1;
        }
        Ok(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification() {
        let packed: &[u8] = &[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        let mut bytes = Vec::new();
        Lzw::new(Box::new(packed), &Dictionary::default()).read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
    }
}

//! Streams written as text or in runs → bytes (ISO 32000-1, sections 7.4.2, 7.4.3, 7.4.5).

use std::io::{BufReader, Read};

use super::super::object::is_white;
use crate::number::slice;

type Source = std::io::Bytes<BufReader<Box<dyn Read>>>;

/// Two digits a byte (7.4.2).
pub(super) struct Hexadecimal {
    from: Source,
    is_ended: bool,
}

impl Hexadecimal {
    pub(super) fn new(from: Box<dyn Read>) -> Self {
        Self { from: BufReader::new(from).bytes(), is_ended: false }
    }
}

impl Read for Hexadecimal {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut filled = 0;
        while let Some(place) = buffer.get_mut(filled).filter(|_| !self.is_ended) {
            let mut digits = [None; 2];
            for digit in &mut digits {
                *digit = loop {
                    match self.from.next().transpose()? {
                        None | Some(b'>') => break None,
                        Some(byte) => match char::from(byte).to_digit(16) {
                            Some(value) => break Some(value),
                            None if is_white(byte) => {}
                            None => return Err(damaged()),
                        },
                    }
                };
                if digit.is_none() {
                    break;
                }
            }
            self.is_ended = digits.contains(&None);
            let [Some(high), low] = digits else { break };
            *place = (high << 4 | low.unwrap_or(0)) as u8;
            filled += 1;
        }
        Ok(filled)
    }
}

/// Five characters for four bytes (7.4.3).
pub(super) struct Ascii85 {
    from: Source,
    out: Vec<u8>,
    is_ended: bool,
}

impl Ascii85 {
    pub(super) fn new(from: Box<dyn Read>) -> Self {
        Self { from: BufReader::new(from).bytes(), out: Vec::new(), is_ended: false }
    }

    fn group(&mut self) -> std::io::Result<()> {
        let mut digits = [84_u32; 5];
        let mut count = 0;
        while count < 5 {
            match self.from.next().transpose()? {
                None | Some(b'~') => {
                    self.is_ended = true;
                    break;
                }
                Some(b'z') if count == 0 => {
                    self.out = vec![0; 4];
                    return Ok(());
                }
                Some(byte @ b'!'..=b'u') => {
                    if let Some(digit) = digits.get_mut(count) {
                        *digit = u32::from(byte - b'!');
                    }
                    count += 1;
                }
                // `<~` may stand in front.
                Some(byte) if is_white(byte) || byte == b'<' => {}
                Some(_) => return Err(damaged()),
            }
        }
        let value = digits.iter().fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(*digit));
        let bytes = value.to_be_bytes();
        self.out = slice(&bytes, 0, usize::saturating_sub(count, 1)).iter().rev().copied().collect();
        Ok(())
    }
}

impl Read for Ascii85 {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut filled = 0;
        while let Some(place) = buffer.get_mut(filled) {
            if self.out.is_empty() && !self.is_ended {
                self.group()?;
            }
            let Some(byte) = self.out.pop() else { break };
            *place = byte;
            filled += 1;
        }
        Ok(filled)
    }
}

/// Runs of the same byte (7.4.5).
pub(super) struct RunLength {
    from: Source,
    out: Vec<u8>,
    is_ended: bool,
}

impl RunLength {
    pub(super) fn new(from: Box<dyn Read>) -> Self {
        Self { from: BufReader::new(from).bytes(), out: Vec::new(), is_ended: false }
    }
}

impl Read for RunLength {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut filled = 0;
        while let Some(place) = buffer.get_mut(filled) {
            if self.out.is_empty() && !self.is_ended {
                match self.from.next().transpose()? {
                    None | Some(128) => self.is_ended = true,
                    Some(length @ 0..=127) => {
                        for _ in 0..=length {
                            self.out.push(self.from.next().transpose()?.ok_or_else(damaged)?);
                        }
                        self.out.reverse();
                    }
                    Some(length) => {
                        let byte = self.from.next().transpose()?.ok_or_else(damaged)?;
                        self.out = vec![byte; 257 - usize::from(length)];
                    }
                }
            }
            let Some(byte) = self.out.pop() else { break };
            *place = byte;
            filled += 1;
        }
        Ok(filled)
    }
}

fn damaged() -> std::io::Error {
    std::io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut reader: impl Read) -> Vec<u8> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn boxed(bytes: &'static [u8]) -> Box<dyn Read> {
        Box::new(bytes)
    }

    #[test]
    fn text_filters() {
        assert_eq!(all(Hexadecimal::new(boxed(b"4 142 4>zz"))), b"AB@");
        let ascii85 = Ascii85::new(boxed(b"87cURDZ~>"));
        assert_eq!(all(ascii85), b"Hello");
        let runs = RunLength::new(boxed(&[1, b'a', b'b', 254, b'c', 128, 9]));
        assert_eq!(all(runs), b"abccc");
    }
}

//! Imploded bytes → their content: Shannon-Fano codes over a window of 4 or 8 KiB (PKWARE APPNOTE 5.3).

use std::io::{Error, ErrorKind, Read, Result};

use super::Header;

/// Unpacks what is read through it. Nothing marks the end: the stated size does.
pub(super) struct Imploded<R> {
    bits: Bits<R>,
    literals: Option<Tree>,
    lengths: Tree,
    distances: Tree,
    low_bits: u32,
    window: Vec<u8>,
    written: usize,
    /// Bytes still to be copied, and from how far back.
    copy: (usize, usize),
    left_bytes: u64,
}

const WINDOW_BYTES: usize = 8192;

impl<R: Read> Imploded<R> {
    /// Reads the trees in front of the stream. Bit 1 of the flags tells the window, bit 2 whether literals have a tree.
    pub(super) fn new(header: &Header, packed: R) -> Result<Self> {
        let mut bits = Bits::of(packed);
        let has_literals = header.flags & 4 != 0;
        let literals = if has_literals { Some(Tree::read(&mut bits, 256)?) } else { None };
        Ok(Self {
            literals,
            lengths: Tree::read(&mut bits, 64)?,
            distances: Tree::read(&mut bits, 64)?,
            bits,
            low_bits: if header.flags & 2 == 0 { 6 } else { 7 },
            window: vec![0; WINDOW_BYTES],
            written: 0,
            copy: (0, 1),
            left_bytes: header.size,
        })
    }

    fn next(&mut self) -> Result<u8> {
        if self.copy.0 == 0 && self.bits.take(1)? == 1 {
            return match &self.literals {
                Some(tree) => tree.decode(&mut self.bits),
                None => self.bits.take(8).map(|byte| byte as u8),
            };
        }
        if self.copy.0 == 0 {
            let low = self.bits.take(self.low_bits)?;
            let distance = u32::from(self.distances.decode(&mut self.bits)?) << self.low_bits | low;
            let length = u32::from(self.lengths.decode(&mut self.bits)?);
            let more = if length == 63 { self.bits.take(8)? } else { 0 };
            let least = if self.literals.is_some() { 3 } else { 2 };
            self.copy = ((length + more + least) as usize, distance as usize + 1);
        }
        self.copy.0 -= 1;
        // What lies in front of the content is zero.
        let at = (self.written + WINDOW_BYTES - self.copy.1) % WINDOW_BYTES;
        Ok(self.window.get(at).copied().unwrap_or(0))
    }
}

impl<R: Read> Read for Imploded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let mut count = 0;
        for place in buffer {
            if self.left_bytes == 0 {
                break;
            }
            let byte = match self.next() {
                Ok(byte) => byte,
                // What came out before stays; the next call meets the error again.
                Err(_) if count > 0 => break,
                Err(error) => return Err(error),
            };
            if let Some(kept) = self.window.get_mut(self.written) {
                *kept = byte;
            }
            self.written = (self.written + 1) % WINDOW_BYTES;
            self.left_bytes -= 1;
            *place = byte;
            count += 1;
        }
        Ok(count)
    }
}

/// Bits, the lowest of each byte first.
pub(super) struct Bits<R> {
    from: R,
    held: u32,
    count: u32,
}

impl<R: Read> Bits<R> {
    pub(super) fn of(from: R) -> Self {
        Self { from, held: 0, count: 0 }
    }

    /// At most sixteen bits.
    pub(super) fn take(&mut self, count: u32) -> Result<u32> {
        while self.count < count {
            let mut byte = [0];
            self.from.read_exact(&mut byte)?;
            self.held |= u32::from(byte[0]) << self.count;
            self.count += 8;
        }
        let bits = self.held & ((1 << count) - 1);
        self.held >>= count;
        self.count -= count;
        Ok(bits)
    }
}

const CODE_BITS_MAX: usize = 16;

/// A Shannon-Fano tree: for each length the first code and the values from there on.
struct Tree {
    levels: Vec<(u32, Vec<u8>)>,
}

impl Tree {
    /// A byte says how many follow; each of them how many values have codes of which length.
    fn read<R: Read>(bits: &mut Bits<R>, values: usize) -> Result<Self> {
        let mut lengths = Vec::new();
        for _ in 0..=bits.take(8)? {
            let run = bits.take(8)?;
            lengths.extend(std::iter::repeat_n((run & 15) as usize + 1, (run >> 4) as usize + 1));
        }
        if lengths.len() != values {
            return Err(damaged());
        }
        let mut levels = vec![(0, Vec::new()); CODE_BITS_MAX + 1];
        // Codes are given to the longest first, and among those of a length to the highest value.
        let mut code = 0_u32;
        for length in (1..=CODE_BITS_MAX).rev() {
            let step = 1_u32 << (CODE_BITS_MAX - length);
            let with: Vec<u8> = (0..values)
                .rev()
                .filter(|value| lengths.get(*value) == Some(&length))
                .map(|value| value as u8)
                .collect();
            if !with.is_empty() && !code.is_multiple_of(step) {
                return Err(damaged());
            }
            if let Some(level) = levels.get_mut(length) {
                let first = code / step;
                code += step * with.len() as u32;
                *level = (first, with);
            }
        }
        if code != 1 << CODE_BITS_MAX { Err(damaged()) } else { Ok(Self { levels }) }
    }

    fn decode<R: Read>(&self, bits: &mut Bits<R>) -> Result<u8> {
        let mut code = 0;
        for (first, values) in self.levels.iter().skip(1) {
            code = code << 1 | bits.take(1)?;
            let place = code.checked_sub(*first).and_then(|place| values.get(place as usize));
            if let Some(value) = place {
                return Ok(*value);
            }
        }
        Err(damaged())
    }
}

fn damaged() -> Error {
    Error::new(ErrorKind::InvalidData, "no such code")
}

//! Packed bytes → their content: stored (0), with codes for bytes, lengths and distances (1 to 3), or with numbers whose
//! first bits say how long they are (4).

use std::io::{ErrorKind, Read, Result};

use super::bits::Bits;
use super::huffman::Codes;

/// How far back a match may reach.
const WINDOW_BYTES: usize = 26_624;

/// The shortest match that has a code.
const MATCH_MIN: usize = 3;

pub(super) struct Method<'a> {
    number: u8,
    bits: Bits<'a>,
    block: Block,
    window: Vec<u8>,
    at: usize,
    copy_distance: usize,
    copy_left: usize,
}

/// The codes in use, and how many symbols they are still good for.
#[derive(Default)]
struct Block {
    left: u16,
    symbols: Codes,
    distances: Codes,
}

impl<'a> Method<'a> {
    pub(super) fn new(number: u8, packed: &'a [u8], modifier: u8, password: Option<&'a [u8]>) -> Self {
        Self {
            number,
            bits: Bits::new(packed, modifier, password),
            block: Block::default(),
            window: vec![0; WINDOW_BYTES],
            at: 0,
            copy_distance: 0,
            copy_left: 0,
        }
    }

    fn byte(&mut self) -> Option<u8> {
        if self.copy_left == 0 {
            let step = match self.number {
                0 => Step::Byte(u8::try_from(self.bits.take(8)?).ok()?),
                4 => self.numbers()?,
                _ => self.codes()?,
            };
            match step {
                Step::Byte(byte) => return self.keep(byte),
                Step::Match { distance, length } => {
                    (self.copy_distance, self.copy_left) = (distance, length);
                }
            }
        }
        self.copy_left -= 1;
        let from = (self.at + WINDOW_BYTES).checked_sub(self.copy_distance)? % WINDOW_BYTES;
        let byte = *self.window.get(from)?;
        self.keep(byte)
    }

    fn keep(&mut self, byte: u8) -> Option<u8> {
        *self.window.get_mut(self.at)? = byte;
        self.at = (self.at + 1) % WINDOW_BYTES;
        Some(byte)
    }

    /// Methods 1 to 3: below 256 a byte, above it the length of a match.
    fn codes(&mut self) -> Option<Step> {
        if self.block.left == 0 {
            self.block = Block::read(&mut self.bits)?;
        }
        self.block.left = self.block.left.checked_sub(1)?;
        let symbol = self.block.symbols.read(&mut self.bits)?;
        if let Ok(byte) = u8::try_from(symbol) {
            return Some(Step::Byte(byte));
        }
        let length = usize::from(symbol) - 256 + MATCH_MIN;
        let distance = match self.block.distances.read(&mut self.bits)? {
            0 => 0,
            width => {
                let width = u32::from(width) - 1;
                (1_usize << width) + usize::from(self.bits.take(width)?)
            }
        };
        Some(Step::Match { distance: distance + 1, length })
    }

    /// Method 4: a length of zero is a byte.
    fn numbers(&mut self) -> Option<Step> {
        let length = self.number(0, 7)?;
        if length == 0 {
            return Some(Step::Byte(u8::try_from(self.bits.take(8)?).ok()?));
        }
        let distance = self.number(9, 13)? + 1;
        Some(Step::Match { distance, length: length - 1 + MATCH_MIN })
    }

    /// Each one in front makes the number wider by a bit, and larger by all that fit into fewer.
    fn number(&mut self, from: u32, to: u32) -> Option<usize> {
        let mut width = from;
        let mut plus = 0;
        while width < to && self.bits.take(1)? == 1 {
            plus += 1_usize << width;
            width += 1;
        }
        Some(usize::from(self.bits.take(width)?) + plus)
    }
}

enum Step {
    Byte(u8),
    Match { distance: usize, length: usize },
}

impl Read for Method<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.number > 4 {
            return Err(ErrorKind::Unsupported.into());
        }
        let mut count = 0;
        for place in into {
            let Some(byte) = self.byte() else { break };
            *place = byte;
            count += 1;
        }
        Ok(count)
    }
}

impl Block {
    const SYMBOLS: usize = 510;
    const DISTANCES: usize = 17;
    const LENGTHS: usize = 19;

    /// The number of symbols, then the lengths of the codes, those of the symbols' packed by codes of their own.
    fn read(bits: &mut Bits<'_>) -> Option<Self> {
        let left = bits.take(16)?;
        let lengths = Self::short_table(bits, Self::LENGTHS, Some(3))?;
        let symbols = Self::symbol_table(bits, &lengths)?;
        let distances = Self::short_table(bits, Self::DISTANCES, None)?;
        Some(Self { left, symbols, distances })
    }

    /// Three bits a length; seven means that each one that follows adds one. After the third, some may be left out.
    fn short_table(bits: &mut Bits<'_>, size: usize, gap_at: Option<usize>) -> Option<Codes> {
        let count = usize::from(bits.take(5)?);
        if count == 0 {
            return Some(Codes::only(bits.take(5)?));
        }
        let mut lengths = Vec::new();
        while lengths.len() < count {
            let mut length = bits.take(3)?;
            while length >= 7 && bits.take(1)? == 1 {
                length += 1;
            }
            lengths.push(u8::try_from(length).ok()?);
            if gap_at == Some(lengths.len()) {
                let gap = usize::from(bits.take(2)?);
                lengths.resize(lengths.len() + gap, 0);
            }
        }
        if lengths.len() > size { None } else { Codes::new(&lengths) }
    }

    /// Nought, one and two stand for one, some and many lengths of zero; others for a length, two more than it.
    fn symbol_table(bits: &mut Bits<'_>, lengths_by: &Codes) -> Option<Codes> {
        let count = usize::from(bits.take(9)?);
        if count == 0 {
            return Some(Codes::only(bits.take(9)?));
        }
        let mut lengths: Vec<u8> = Vec::new();
        while lengths.len() < count {
            let zeros = match lengths_by.read(bits)? {
                0 => 1,
                1 => usize::from(bits.take(4)?) + 3,
                2 => usize::from(bits.take(9)?) + 20,
                length => {
                    lengths.push(u8::try_from(length - 2).ok()?);
                    continue;
                }
            };
            lengths.resize(lengths.len() + zeros, 0);
        }
        if lengths.len() > Self::SYMBOLS { None } else { Codes::new(&lengths) }
    }
}

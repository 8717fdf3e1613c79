//! UNIX `compress` (`.Z`) → its content: LZW with codes of 9 to 16 bits, in groups of eight (the sources of `compress` 4.0).
//!
//! The format has neither length nor checksum: a file cut at the end of a code looks whole.

use std::io::{ErrorKind, Read, Result};

use super::frames::{Frame, Frames, damaged};
use crate::open::Look;

pub(super) fn look(look: &mut Look<'_>) {
    Frames::<Lzw<'_>>::new(look.bytes).unpack(look, Vec::new());
}

/// The code that empties the table, where the header says that there is one.
const CLEAR: usize = 256;

const BITS_MIN: u32 = 9;
const BITS_MAX: u32 = 16;

struct Lzw<'a> {
    bytes: &'a [u8],
    /// Where the group of eight codes begins that the next code belongs to.
    group_at: usize,
    /// Codes taken from that group.
    taken: usize,
    bits: u32,
    bits_max: u32,
    has_clear: bool,
    /// Entry → the entry that it prolongs, and by which byte. Entries below 256 are the bytes themselves.
    prefixes: Vec<(u16, u8)>,
    previous: Option<(usize, u8)>,
    /// What the last code stands for, last byte first.
    pending: Vec<u8>,
    failed: bool,
}

impl<'a> Frame<'a> for Lzw<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self> {
        const METHOD_LZH: u8 = 0xa0;
        if bytes.get(1) == Some(&METHOD_LZH) {
            return Err(ErrorKind::Unsupported.into());
        }
        let flags = *bytes.get(2).ok_or_else(damaged)?;
        let bits_max = u32::from(flags & 0x1f);
        if !(BITS_MIN..=BITS_MAX).contains(&bits_max) {
            return Err(damaged());
        }
        let has_clear = flags & 0x80 != 0;
        let mut lzw = Self {
            bytes,
            group_at: 3,
            taken: 0,
            bits: BITS_MIN,
            bits_max,
            has_clear,
            prefixes: Vec::new(),
            previous: None,
            pending: Vec::new(),
            failed: false,
        };
        lzw.empty_table();
        Ok(lzw)
    }

    fn follows(_: &[u8]) -> bool {
        false
    }

    fn finish(self) -> Result<&'a [u8]> {
        if self.failed { Err(damaged()) } else { Ok(&[]) }
    }
}

impl Lzw<'_> {
    fn empty_table(&mut self) {
        self.prefixes.clear();
        if self.has_clear {
            self.prefixes.push((0, 0));
        }
    }

    /// The number that the next new entry gets.
    fn next_entry(&self) -> usize {
        CLEAR + self.prefixes.len()
    }

    fn code(&mut self) -> Option<usize> {
        let bit = self.taken * self.bits as usize;
        let at = self.group_at + bit / 8;
        let wanted = (bit % 8 + self.bits as usize).div_ceil(8);
        let bytes = self.bytes.get(at..at + wanted)?;
        let number = bytes.iter().rev().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        self.taken += 1;
        if self.taken == 8 {
            self.group_at += self.bits as usize;
            self.taken = 0;
        }
        Some((number >> (bit % 8)) as usize & ((1 << self.bits) - 1))
    }

    /// The rest of a group is skipped whenever the width of the codes changes.
    fn widen(&mut self, bits: u32) {
        if self.taken > 0 {
            self.group_at += self.bits as usize;
            self.taken = 0;
        }
        self.bits = bits;
    }

    /// Takes one code and puts what it stands for into `pending`; false at the end.
    fn step(&mut self) -> Result<bool> {
        if self.next_entry() > (1 << self.bits) - 1 && self.bits < self.bits_max {
            self.widen(self.bits + 1);
        }
        let Some(code) = self.code() else { return Ok(false) };
        if code == CLEAR && self.has_clear {
            self.empty_table();
            self.widen(BITS_MIN);
            self.previous = None;
            return Ok(true);
        }
        let next = self.next_entry();
        let is_new = code == next;
        let mut at = match self.previous {
            None if code < CLEAR => code,
            Some((previous, first)) if is_new => {
                // The entry that is about to be made: the previous one and its own first byte.
                self.pending.push(first);
                previous
            }
            Some(_) if code < next => code,
            _ => return Err(damaged()),
        };
        while at >= CLEAR {
            // Each entry prolongs an earlier one, so this comes down to a byte.
            let (prefix, byte) = self.prefixes.get(at - CLEAR).copied().ok_or_else(damaged)?;
            self.pending.push(byte);
            at = usize::from(prefix);
        }
        let first = u8::try_from(at).map_err(|_| damaged())?;
        self.pending.push(first);
        if let Some((previous, _)) = self.previous
            && next < 1 << self.bits_max
        {
            self.prefixes.push((u16::try_from(previous).map_err(|_| damaged())?, first));
        }
        self.previous = Some((code, first));
        Ok(true)
    }
}

impl Read for Lzw<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let mut count = 0;
        for place in into.iter_mut() {
            while self.pending.is_empty() && !self.failed {
                match self.step() {
                    Ok(true) => {}
                    Ok(false) => return Ok(count),
                    Err(_) => self.failed = true,
                }
            }
            let Some(byte) = self.pending.pop() else { break };
            *place = byte;
            count += 1;
        }
        Ok(count)
    }
}

//! Shrunk bytes → their content: LZW with codes of 9 to 13 bits, whose leaves are cleared now and then (PKWARE APPNOTE
//! 5.1).

use std::io::{Error, ErrorKind, Read, Result};

use super::Header;
use super::implode::Bits;

/// Unpacks what is read through it. Nothing marks the end: the stated size does.
pub(super) struct Shrunk<R> {
    bits: Bits<R>,
    code_bits: u32,
    /// What each code adds to which other; `None` where the code is free.
    codes: Vec<Option<Code>>,
    last_given: usize,
    previous: Option<usize>,
    first_byte: u8,
    /// Bytes of the last code that are still to be handed out, the next one last.
    waiting: Vec<u8>,
    left_bytes: u64,
    /// Codes read since the last clearing, or since the beginning.
    read_codes: usize,
}

#[derive(Clone, Copy)]
struct Code {
    prefix: Option<usize>,
    byte: u8,
}

const CODES: usize = 1 << 13;

/// A clearing looks at all codes. Writers clear when none is free, and then most are leaves; who clears at every step
/// wants to keep the reader busy.
const CODES_BETWEEN_CLEARINGS_MIN: usize = 64;

/// The code that says what to do with the codes.
const CONTROL: usize = 256;

impl<R: Read> Shrunk<R> {
    pub(super) fn new(header: &Header, packed: R) -> Self {
        let literal = |code: usize| u8::try_from(code).ok().map(|byte| Code { prefix: None, byte });
        Self {
            bits: Bits::of(packed),
            code_bits: 9,
            codes: (0..CODES).map(literal).collect(),
            last_given: CONTROL,
            previous: None,
            first_byte: 0,
            waiting: Vec::new(),
            left_bytes: header.size,
            read_codes: 0,
        }
    }

    /// Reads the next code, and what it stands for.
    fn fill(&mut self) -> Result<()> {
        let code = loop {
            let code = self.bits.take(self.code_bits)? as usize;
            if code != CONTROL {
                break code;
            }
            match self.bits.take(self.code_bits)? {
                1 if self.code_bits < 13 => self.code_bits += 1,
                2 if self.read_codes >= CODES_BETWEEN_CLEARINGS_MIN => self.clear_leaves(),
                _ => return Err(damaged()),
            }
        };
        self.read_codes += 1;
        let is_free = self.codes.get(code).is_none_or(Option::is_none);
        let mut at = Some(code);
        if is_free {
            // The code is the one that it makes itself: the previous, and its first byte again.
            self.waiting.push(self.first_byte);
            at = Some(self.previous.ok_or_else(damaged)?);
        }
        // A prefix may have been cleared and given anew, and then lead back to itself.
        while let Some(place) = at {
            let Some(Some(code)) = self.codes.get(place) else { return Err(damaged()) };
            if self.waiting.len() >= CODES {
                return Err(damaged());
            }
            self.waiting.push(code.byte);
            at = code.prefix;
        }
        self.first_byte = self.waiting.last().copied().unwrap_or(0);
        if let Some(previous) = self.previous {
            self.give(previous);
        }
        self.previous = Some(code);
        Ok(())
    }

    /// Gives the next free code to the previous one with this one's first byte.
    fn give(&mut self, previous: usize) {
        let free = self.codes.iter().skip(self.last_given + 1).position(Option::is_none);
        let free = free.map_or(CODES, |free| self.last_given + 1 + free);
        if let Some(place) = self.codes.get_mut(free) {
            *place = Some(Code { prefix: Some(previous), byte: self.first_byte });
        }
        self.last_given = free;
    }

    /// Frees every code that is no prefix of another.
    fn clear_leaves(&mut self) {
        let mut is_prefix = vec![false; CODES];
        for prefix in self.codes.iter().flatten().filter_map(|code| code.prefix) {
            if let Some(place) = is_prefix.get_mut(prefix) {
                *place = true;
            }
        }
        for (place, is_prefix) in self.codes.iter_mut().zip(is_prefix).skip(CONTROL + 1) {
            if !is_prefix {
                *place = None;
            }
        }
        self.last_given = CONTROL;
        self.read_codes = 0;
    }
}

impl<R: Read> Read for Shrunk<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.left_bytes == 0 || buffer.is_empty() {
            return Ok(0);
        }
        if self.waiting.is_empty() {
            self.fill()?;
        }
        let mut count = 0;
        for place in buffer {
            if self.left_bytes == 0 {
                break;
            }
            let Some(byte) = self.waiting.pop() else { break };
            *place = byte;
            self.left_bytes -= 1;
            count += 1;
        }
        Ok(count)
    }
}

fn damaged() -> Error {
    Error::new(ErrorKind::InvalidData, "no such code")
}

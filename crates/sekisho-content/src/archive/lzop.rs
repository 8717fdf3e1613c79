//! LZOP → its content under the name in its header (the sources of `lzop` 1.04; no other specification exists).

mod block;

use std::io::{ErrorKind, Read, Result};

use flate2::Crc;

use super::foreign_name;
use super::frames::{Frame, Frames, damaged};
use crate::limits::DICTIONARY_BYTES_MAX;
use crate::number::slice;
use crate::open::Look;

const MAGIC: &[u8] = &[0x89, b'L', b'Z', b'O', 0, 0x0d, 0x0a, 0x1a, 0x0a];

/// Flags of the header: which checksums stand before a block, and what follows the header.
const ADLER_PLAIN: u32 = 0x0001;
const ADLER_PACKED: u32 = 0x0002;
const EXTRA_FIELD: u32 = 0x0040;
const CRC_PLAIN: u32 = 0x0100;
const CRC_PACKED: u32 = 0x0200;
const FILTER: u32 = 0x0800;

pub(super) fn look(look: &mut Look<'_>) {
    let names = Header::parse(look.bytes).map(|header| foreign_name::names(header.name));
    Frames::<Lzop<'_>>::new(look.bytes).unpack(look, names.unwrap_or_default());
}

struct Header<'a> {
    flags: u32,
    name: &'a [u8],
    length: usize,
}

impl<'a> Header<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        const WITH_LEVEL: u16 = 0x0940;
        let mut rest = Numbers { rest: bytes.strip_prefix(MAGIC)? };
        let version = rest.short()?;
        rest.short()?;
        let is_new = version >= WITH_LEVEL;
        if is_new {
            rest.short()?;
        }
        rest.take(if is_new { 2 } else { 1 })?;
        let flags = rest.long()?;
        if flags & FILTER != 0 {
            rest.long()?;
        }
        rest.take(if is_new { 12 } else { 8 })?;
        let name_bytes = usize::from(*rest.take(1)?.first()?);
        let name = rest.take(name_bytes)?;
        rest.long()?;
        if flags & EXTRA_FIELD != 0 {
            let extra = rest.long()? as usize;
            rest.take(extra)?;
            rest.long()?;
        }
        Some(Self { flags, name, length: bytes.len() - rest.rest.len() })
    }
}

struct Lzop<'a> {
    numbers: Numbers<'a>,
    flags: u32,
    block: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<'a> Frame<'a> for Lzop<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self> {
        let header = Header::parse(bytes).ok_or_else(damaged)?;
        if header.flags & FILTER != 0 {
            return Err(ErrorKind::Unsupported.into());
        }
        let numbers = Numbers { rest: slice(bytes, header.length, usize::MAX) };
        Ok(Self { numbers, flags: header.flags, block: Vec::new(), at: 0, ended: false })
    }

    fn follows(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    fn finish(self) -> Result<&'a [u8]> {
        Ok(self.numbers.rest)
    }
}

impl Lzop<'_> {
    fn next_block(&mut self) -> Result<()> {
        let plain_bytes = self.numbers.long().ok_or_else(damaged)? as usize;
        self.block.clear();
        self.at = 0;
        if plain_bytes == 0 {
            self.ended = true;
            return Ok(());
        }
        if plain_bytes > DICTIONARY_BYTES_MAX as usize {
            return Err(ErrorKind::OutOfMemory.into());
        }
        let packed_bytes = self.numbers.long().ok_or_else(damaged)? as usize;
        let is_stored = packed_bytes >= plain_bytes;
        let mut checksum = |flag: u32, wanted: bool| match wanted && self.flags & flag != 0 {
            true => self.numbers.long().map(Some),
            false => Some(None),
        };
        let adler = checksum(ADLER_PLAIN, true).ok_or_else(damaged)?;
        let crc = checksum(CRC_PLAIN, true).ok_or_else(damaged)?;
        checksum(ADLER_PACKED, !is_stored).ok_or_else(damaged)?;
        checksum(CRC_PACKED, !is_stored).ok_or_else(damaged)?;
        let packed = self.numbers.take(packed_bytes).ok_or_else(damaged)?;
        let right = if is_stored {
            self.block.extend_from_slice(packed);
            true
        } else {
            block::unpack(packed, &mut self.block, plain_bytes) && self.block.len() == plain_bytes
        };
        let sums = adler.is_none_or(|stated| stated == adler32(&self.block))
            && crc.is_none_or(|stated| stated == crc32(&self.block));
        if right && sums { Ok(()) } else { Err(damaged()) }
    }
}

impl Read for Lzop<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        while self.at == self.block.len() && !self.ended {
            self.next_block()?;
        }
        let fresh = self.block.get(self.at..).unwrap_or_default();
        let count = fresh.len().min(into.len());
        if let (Some(from), Some(to)) = (fresh.get(..count), into.get_mut(..count)) {
            to.copy_from_slice(from);
        }
        self.at += count;
        Ok(count)
    }
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// RFC 1950, section 8.2; as many bytes at a time as no sum can overflow with.
fn adler32(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    const STEP_BYTES: usize = 5552;
    let (mut low, mut high) = (1_u32, 0_u32);
    for step in bytes.chunks(STEP_BYTES) {
        for byte in step {
            low += u32::from(*byte);
            high += low;
        }
        low %= MODULUS;
        high %= MODULUS;
    }
    high << 16 | low
}

/// Numbers with the highest byte first.
struct Numbers<'a> {
    rest: &'a [u8],
}

impl<'a> Numbers<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    fn long(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }
}

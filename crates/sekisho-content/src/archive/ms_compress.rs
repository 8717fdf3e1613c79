//! Files packed by Microsoft's COMPRESS.EXE → their content: SZDD, and KWAJ stored, inverted or packed the same way
//! (the formats as described by the authors of `libmspack`).

use std::io::{ErrorKind, Read, Result};

use super::foreign_name;
use crate::Unread;
use crate::number::{place, slice, u16_le};
use crate::open::{Hold, Look, Member};

pub(super) fn look(look: &mut Look<'_>) {
    let opened = if look.bytes.starts_with(b"SZDD") { szdd(look) } else { kwaj(look) };
    if opened.is_none() {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
}

/// Where the first byte goes in the ring of 4,096: so that the longest match fits behind it.
const START: usize = 4096 - 16;

/// The same in the older format.
const START_OLD: usize = 4096 - 18;

/// The header has the last character of the name, which the packed file's own name lacks, and the size.
fn szdd(look: &mut Look<'_>) -> Option<()> {
    let bytes = look.bytes;
    let size = place(bytes, 10)?;
    let packed = bytes.get(14..)?;
    look.unpack(Vec::new(), &mut Lzss::new(packed, START, Some(size)), Hold::Archived);
    Some(())
}

fn kwaj(look: &mut Look<'_>) -> Option<()> {
    let bytes = look.bytes;
    let method = u16_le(bytes, 8)?;
    let data = bytes.get(usize::from(u16_le(bytes, 10)?)..)?;
    let header = Kwaj::parse(bytes)?;
    let names = foreign_name::names(&header.name);
    match method {
        0 => look.unpack(names, &mut &*data, Hold::Archived),
        1 => look.unpack(names, &mut Inverted(data), Hold::Archived),
        2 => look.unpack(names, &mut Lzss::new(data, START_OLD, header.size), Hold::Archived),
        _ => look.hand(Member::unread(
            names,
            header.size.unwrap_or_default() as u64,
            Unread::Unsupported,
            Hold::Archived,
        )),
    };
    Some(())
}

struct Kwaj {
    name: Vec<u8>,
    size: Option<usize>,
}

impl Kwaj {
    /// What the flags announce, in the order of their bits.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let flags = u16_le(bytes, 12)?;
        let has = |bit: u16| flags & 1 << bit != 0;
        let mut at = 14_usize;
        let size = if has(0) { Some(place(bytes, at)?) } else { None };
        at += if has(0) { 4 } else { 0 };
        at += if has(1) { 2 } else { 0 };
        if has(2) {
            at += 2 + usize::from(u16_le(bytes, at)?);
        }
        let mut name = Vec::new();
        for (bit, length_max) in [(3, 9), (4, 4)] {
            if has(bit) {
                let field = slice(bytes, at, length_max);
                let text = field.split(|byte| *byte == 0).next().unwrap_or_default();
                if bit == 4 && !text.is_empty() {
                    name.push(b'.');
                }
                name.extend_from_slice(text);
                at += (text.len() + 1).min(length_max);
            }
        }
        Some(Self { name, size })
    }
}

/// Every bit turned over.
struct Inverted<'a>(&'a [u8]);

impl Read for Inverted<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let count = self.0.read(into)?;
        into.iter_mut().take(count).for_each(|byte| *byte = !*byte);
        Ok(count)
    }
}

/// Eight flags, then a byte or a match for each: 12 bits of place, 4 bits of length.
struct Lzss<'a> {
    packed: &'a [u8],
    ring: Box<[u8; 4096]>,
    at: usize,
    flags: u8,
    flag_count: u8,
    copy_from: usize,
    copy_left: usize,
    left: Option<usize>,
}

impl<'a> Lzss<'a> {
    fn new(packed: &'a [u8], start: usize, size: Option<usize>) -> Self {
        Self {
            packed,
            ring: Box::new([b' '; 4096]),
            at: start,
            flags: 0,
            flag_count: 0,
            copy_from: 0,
            copy_left: 0,
            left: size,
        }
    }

    fn packed_byte(&mut self) -> Option<u8> {
        let (first, rest) = self.packed.split_first()?;
        self.packed = rest;
        Some(*first)
    }

    fn byte(&mut self) -> Option<u8> {
        if self.copy_left == 0 {
            if self.flag_count == 0 {
                self.flags = self.packed_byte()?;
                self.flag_count = 8;
            }
            let literal = self.flags & 1 != 0;
            self.flags >>= 1;
            self.flag_count -= 1;
            let low = self.packed_byte()?;
            if literal {
                return Some(low);
            }
            let high = self.packed_byte()?;
            self.copy_from = usize::from(low) | usize::from(high & 0xf0) << 4;
            self.copy_left = usize::from(high & 0x0f) + 3;
        }
        self.copy_left -= 1;
        let byte = self.ring.get(self.copy_from % 4096).copied();
        self.copy_from += 1;
        byte
    }
}

impl Read for Lzss<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let mut count = 0;
        for place in into {
            if self.left == Some(0) {
                break;
            }
            let Some(byte) = self.byte() else {
                if count == 0 && self.left.is_some() {
                    return Err(ErrorKind::UnexpectedEof.into());
                }
                break;
            };
            if let Some(cell) = self.ring.get_mut(self.at % 4096) {
                *cell = byte;
            }
            self.at += 1;
            self.left = self.left.map(|left| left - 1);
            *place = byte;
            count += 1;
        }
        Ok(count)
    }
}

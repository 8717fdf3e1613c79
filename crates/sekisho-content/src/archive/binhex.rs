//! BinHex 4.0 → the file written in it, and its resource fork where it has one (RFC 1741, appendix A).

use std::io::{ErrorKind, Read, Result};

use super::foreign_name;
use crate::Unread;
use crate::open::{Hold, Look};

pub(super) fn look(look: &mut Look<'_>) {
    if Reader::find(look.bytes).and_then(|reader| forks(look, reader)).is_none() {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
}

/// Header, data fork and resource fork, each followed by its checksum.
fn forks(look: &mut Look<'_>, mut reader: Reader<'_>) -> Option<()> {
    let mut length = [0];
    reader.read_exact(&mut length).ok()?;
    // The name, a zero, type, creator, flags, and the lengths of both forks.
    let mut header = vec![0; usize::from(*length.first()?) + 19];
    reader.read_exact(&mut header).ok()?;
    let checksum = checksum(checksum(0, &length), &header);
    let (name, fields) = header.split_at_checked(usize::from(*length.first()?))?;
    let number = |at: usize| Some(u32::from_be_bytes(fields.get(at..at + 4)?.try_into().ok()?));
    let sizes = [number(11)?, number(15)?];
    let mut stated = [0; 2];
    reader.read_exact(&mut stated).ok()?;
    if u16::from_be_bytes(stated) != checksum {
        look.opened.note(Unread::Damaged, "checksum");
    }
    for (index, size) in sizes.into_iter().enumerate() {
        if index == 1 && size == 0 {
            break;
        }
        let mut fork = Fork { reader: &mut reader, left: u64::from(size), checksum: 0, checked: false };
        if !look.unpack(foreign_name::names(name), &mut fork, Hold::Archived) {
            break;
        }
    }
    Some(())
}

/// CRC-CCITT, polynomial 0x1021, as the format's appendix computes it.
fn checksum(start: u16, bytes: &[u8]) -> u16 {
    const POLYNOMIAL: u16 = 0x1021;
    bytes.iter().fold(start, |sum, byte| {
        (0..8).fold(sum ^ u16::from(*byte) << 8, |sum, _| {
            if sum & 0x8000 == 0 { sum << 1 } else { sum << 1 ^ POLYNOMIAL }
        })
    })
}

struct Fork<'r, 'a> {
    reader: &'r mut Reader<'a>,
    left: u64,
    checksum: u16,
    checked: bool,
}

impl Read for Fork<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.left == 0 && !self.checked {
            self.checked = true;
            let mut stated = [0; 2];
            self.reader.read_exact(&mut stated)?;
            if u16::from_be_bytes(stated) != self.checksum {
                return Err(ErrorKind::InvalidData.into());
            }
        }
        if self.left == 0 || into.is_empty() {
            return Ok(0);
        }
        let count = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        let Some(place) = into.get_mut(..count) else { return Ok(0) };
        let count = self.reader.read(place)?;
        if count == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.checksum = checksum(self.checksum, place.get(..count).unwrap_or_default());
        self.left -= count as u64;
        Ok(count)
    }
}

/// The bytes between the colons: six bits a character, then runs (0x90) written out.
struct Reader<'a> {
    text: std::slice::Iter<'a, u8>,
    bits: u32,
    bit_count: u32,
    last: u8,
    repeats: u8,
}

impl<'a> Reader<'a> {
    /// Begins at the line that starts with a colon, behind the words that name the format.
    fn find(bytes: &'a [u8]) -> Option<Self> {
        let words = memchr::memmem::find(bytes, b"BinHex").unwrap_or(0);
        let rest = bytes.get(words..)?;
        let colon = (0..rest.len()).find(|at| {
            rest.get(*at) == Some(&b':')
                && at.checked_sub(1).is_none_or(|before| matches!(rest.get(before), Some(b'\n' | b'\r')))
        })?;
        Some(Self { text: rest.get(colon + 1..)?.iter(), bits: 0, bit_count: 0, last: 0, repeats: 0 })
    }

    fn packed_byte(&mut self) -> Option<u8> {
        while self.bit_count < 8 {
            let byte = self.text.next()?;
            if byte.is_ascii_whitespace() {
                continue;
            }
            let value = ALPHABET.iter().position(|letter| letter == byte)?;
            self.bits = self.bits << 6 | u32::try_from(value).ok()?;
            self.bit_count += 6;
        }
        self.bit_count -= 8;
        u8::try_from(self.bits >> self.bit_count & 0xff).ok()
    }

    fn byte(&mut self) -> Option<u8> {
        const RUN: u8 = 0x90;
        if self.repeats == 0 {
            let byte = self.packed_byte()?;
            if byte != RUN {
                self.last = byte;
                return Some(byte);
            }
            match self.packed_byte()? {
                0 => {
                    self.last = RUN;
                    return Some(RUN);
                }
                // The byte before it counts too; one of them means nothing more.
                1 => return self.byte_after_empty_run(),
                count => self.repeats = count - 1,
            }
        }
        self.repeats -= 1;
        Some(self.last)
    }

    fn byte_after_empty_run(&mut self) -> Option<u8> {
        let byte = self.packed_byte()?;
        self.last = byte;
        Some(byte)
    }
}

impl Read for Reader<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let mut count = 0;
        for place in into {
            let Some(byte) = self.byte() else { break };
            *place = byte;
            count += 1;
        }
        Ok(count)
    }
}

const ALPHABET: &[u8; 64] = b"!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";

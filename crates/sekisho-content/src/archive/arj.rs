//! ARJ → its files, stored or packed by its four methods, garbled or not (ARJ's technical note; the sources of `unarj`).

mod bits;
mod huffman;
mod methods;

use std::io::{ErrorKind, Read, Result};

use flate2::Crc;

use super::foreign_name;
use crate::Unread;
use crate::limits::ARJ_HEADER_BYTES_MAX;
use crate::number::{slice, u16_le, u32_le};
use crate::open::{Cost, Hold, Look, Member, Unpacked};
use methods::Method;

pub(super) fn look(look: &mut Look<'_>) {
    let bytes = look.bytes;
    let mut at = 0_usize;
    let mut is_first = true;
    while look.pays(Cost::Work(1)) {
        let header = match Header::parse(bytes, at) {
            Next::Header(header) => header,
            Next::End => return,
            Next::Nonsense => {
                look.opened.note(Unread::Damaged, look.kind.id());
                return;
            }
        };
        let packed = slice(bytes, header.end, if is_first { 0 } else { header.packed_bytes });
        at = header.end.saturating_add(packed.len());
        if !header.is_right {
            look.opened.note(Unread::Damaged, "checksum");
        }
        if std::mem::take(&mut is_first) || header.is_folder_or_label() {
            continue;
        }
        if header.is_in_several() {
            look.opened.note(Unread::Unsupported, "volume");
        }
        if !file(look, &header, packed) {
            return;
        }
    }
}

fn file(look: &mut Look<'_>, header: &Header<'_>, packed: &[u8]) -> bool {
    let names = foreign_name::names(header.name);
    if packed.len() < header.packed_bytes {
        // What is there is read, and misses its end.
        return look.unpack(names, &mut Content::new(header, packed, None), Hold::Archived);
    }
    if !header.is_garbled() {
        return look.unpack(names, &mut Content::new(header, packed, None), Hold::Archived);
    }
    for (number, password) in look.keys.iter() {
        let unpacked =
            Unpacked::read(&mut Content::new(header, packed, Some(password.as_bytes())), look.budget);
        if unpacked.unread.is_none() {
            look.opened.key = Some(number);
            return look.hand(unpacked.member(names, Hold::Archived));
        }
        if unpacked.unread == Some(Unread::TooLarge) {
            return look.hand(unpacked.member(names, Hold::Archived));
        }
    }
    look.opened.note(Unread::Locked, names.first().map_or("", String::as_str));
    look.hand(Member::unread(names, u64::from(header.size_bytes), Unread::Locked, Hold::Archived))
}

struct Header<'a> {
    flags: u8,
    method: u8,
    file_type: u8,
    /// What is added to each byte of a password.
    modifier: u8,
    packed_bytes: usize,
    size_bytes: u32,
    checksum: u32,
    name: &'a [u8],
    end: usize,
    is_right: bool,
}

enum Next<'a> {
    Header(Header<'a>),
    End,
    Nonsense,
}

impl<'a> Header<'a> {
    fn parse(bytes: &'a [u8], at: usize) -> Next<'a> {
        match (slice(bytes, at, 2), u16_le(bytes, at.saturating_add(2))) {
            ([0x60, 0xea], Some(0)) => Next::End,
            ([0x60, 0xea], Some(length)) if length <= ARJ_HEADER_BYTES_MAX => {
                Self::fields(bytes, at, usize::from(length)).map_or(Next::Nonsense, Next::Header)
            }
            _ => Next::Nonsense,
        }
    }

    fn fields(bytes: &'a [u8], at: usize, length: usize) -> Option<Self> {
        let from = at.checked_add(4)?;
        let basic = bytes.get(from..from.checked_add(length)?)?;
        let mut end = from + length + 4;
        // Further headers, each with a checksum behind it.
        while let Some(length @ 1..) = u16_le(bytes, end) {
            end = end.checked_add(usize::from(length))?.checked_add(6)?;
        }
        let mut checksum = Crc::new();
        checksum.update(basic);
        let name = basic.get(usize::from(*basic.first()?)..)?;
        Some(Self {
            flags: *basic.get(4)?,
            method: *basic.get(5)?,
            file_type: *basic.get(6)?,
            modifier: *basic.get(7)?,
            packed_bytes: u32_le(basic, 12)? as usize,
            size_bytes: u32_le(basic, 16)?,
            checksum: u32_le(basic, 20)?,
            name: name.split(|byte| *byte == 0).next().unwrap_or_default(),
            end: end + 2,
            is_right: u32_le(bytes, from + length) == Some(checksum.sum()),
        })
    }

    fn is_garbled(&self) -> bool {
        self.flags & 0x01 != 0
    }

    fn is_in_several(&self) -> bool {
        self.flags & 0x0c != 0
    }

    fn is_folder_or_label(&self) -> bool {
        matches!(self.file_type, 3..=5)
    }
}

/// The content of a file, with its length and checksum compared at the end.
struct Content<'a> {
    method: Method<'a>,
    left: u32,
    checksum: Crc,
    stated: u32,
}

impl<'a> Content<'a> {
    fn new(header: &Header<'_>, packed: &'a [u8], password: Option<&'a [u8]>) -> Self {
        let method = Method::new(header.method, packed, header.modifier, password);
        Self { method, left: header.size_bytes, checksum: Crc::new(), stated: header.checksum }
    }
}

impl Read for Content<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.left == 0 {
            let right = self.checksum.sum() == self.stated;
            return if right { Ok(0) } else { Err(ErrorKind::InvalidData.into()) };
        }
        let count = into.len().min(self.left as usize);
        let Some(place) = into.get_mut(..count) else { return Ok(0) };
        let count = self.method.read(place)?;
        if count == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.checksum.update(place.get(..count).unwrap_or_default());
        self.left -= count as u32;
        Ok(count)
    }
}

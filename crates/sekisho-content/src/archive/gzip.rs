//! GZIP → its content under the name in its header (RFC 1952). Several members are one content, as `gunzip` writes it.

use std::io::{Read, Result};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::foreign_name;
use super::frames::{Frame, Frames, damaged};
use crate::number::{slice, u16_le, u32_le};
use crate::open::Look;

pub(super) fn look(look: &mut Look<'_>) {
    let names = Header::parse(look.bytes).and_then(|header| header.name).map(foreign_name::names);
    Frames::<Gzip<'_>>::new(look.bytes).unpack(look, names.unwrap_or_default());
}

struct Header<'a> {
    name: Option<&'a [u8]>,
    length: usize,
}

impl<'a> Header<'a> {
    /// Section 2.3: the fixed ten bytes, then what the flags announce.
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        const HEADER_CHECKSUM: u8 = 2;
        const EXTRA: u8 = 4;
        const NAME: u8 = 8;
        const COMMENT: u8 = 16;
        let flags = *bytes.get(3)?;
        let mut length = 10_usize;
        if flags & EXTRA != 0 {
            length += 2 + usize::from(u16_le(bytes, length)?);
        }
        let mut text = |present: bool| {
            let rest = bytes.get(length..)?;
            if !present {
                return Some(None);
            }
            let end = memchr::memchr(0, rest)?;
            length += end + 1;
            Some(rest.get(..end))
        };
        let name = text(flags & NAME != 0)?;
        text(flags & COMMENT != 0)?;
        if flags & HEADER_CHECKSUM != 0 {
            length += 2;
        }
        Some(Self { name, length })
    }
}

struct Gzip<'a> {
    inflate: DeflateDecoder<&'a [u8]>,
    checksum: Crc,
}

impl<'a> Frame<'a> for Gzip<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self> {
        let header = Header::parse(bytes).ok_or_else(damaged)?;
        let packed = bytes.get(header.length..).ok_or_else(damaged)?;
        Ok(Self { inflate: DeflateDecoder::new(packed), checksum: Crc::new() })
    }

    fn follows(bytes: &[u8]) -> bool {
        bytes.starts_with(&[0x1f, 0x8b, 0x08])
    }

    fn finish(self) -> Result<&'a [u8]> {
        let behind = self.inflate.into_inner();
        let told = (u32_le(behind, 0), u32_le(behind, 4));
        if told != (Some(self.checksum.sum()), Some(self.checksum.amount())) {
            return Err(damaged());
        }
        Ok(slice(behind, 8, usize::MAX))
    }
}

impl Read for Gzip<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let count = self.inflate.read(into)?;
        self.checksum.update(into.get(..count).unwrap_or_default());
        Ok(count)
    }
}

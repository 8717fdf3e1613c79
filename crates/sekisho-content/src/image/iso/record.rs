//! The bytes of a folder → its records (ECMA-119, 9.1). Numbers are stored in both byte orders; the first is read.

use super::SECTOR_BYTES;
use crate::number::{slice, u32_le};

/// One record.
pub(super) struct Record<'a> {
    pub(super) first_block: u64,
    /// Blocks of extended attributes in front of the content.
    pub(super) attribute_blocks: u64,
    pub(super) size_bytes: u64,
    flags: u8,
    interleave: u8,
    pub(super) name: &'a [u8],
    /// What stands behind the name: Rock Ridge's entries.
    pub(super) system_use: &'a [u8],
}

impl<'a> Record<'a> {
    /// The record at the start of `bytes`, no longer than its first byte says.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        const FIXED_BYTES: usize = 33;
        let bytes = bytes.get(..usize::from(*bytes.first()?)).filter(|bytes| bytes.len() > FIXED_BYTES)?;
        let name_bytes = usize::from(*bytes.get(32)?);
        let name = bytes.get(FIXED_BYTES..FIXED_BYTES + name_bytes)?;
        // The name and what follows it stand on even places.
        let behind = FIXED_BYTES + name_bytes + (1 - name_bytes % 2);
        Some(Self {
            first_block: u64::from(u32_le(bytes, 2)?),
            attribute_blocks: u64::from(*bytes.get(1)?),
            size_bytes: u64::from(u32_le(bytes, 10)?),
            flags: *bytes.get(25)?,
            interleave: *bytes.get(27)?,
            name,
            system_use: slice(bytes, behind, usize::MAX),
        })
    }

    pub(super) fn is_self(&self) -> bool {
        self.name == [0]
    }

    pub(super) fn is_parent(&self) -> bool {
        self.name == [1]
    }

    pub(super) fn is_folder(&self) -> bool {
        self.flags & 0x02 != 0
    }

    pub(super) fn has_more_extents(&self) -> bool {
        self.flags & 0x80 != 0
    }

    pub(super) fn is_interleaved(&self) -> bool {
        self.interleave != 0
    }
}

/// The records of a folder; no record crosses a sector, a zero says that the next one begins in the next sector.
pub(super) struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }
}

impl<'a> Iterator for Records<'a> {
    /// `None` inside is a record that makes no sense.
    type Item = Option<Record<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let sector = SECTOR_BYTES as usize;
        loop {
            let length = usize::from(*self.bytes.get(self.at)?);
            if length == 0 {
                self.at = (self.at / sector + 1) * sector;
                continue;
            }
            let record = Record::parse(slice(self.bytes, self.at, length));
            self.at += length;
            return Some(record);
        }
    }
}

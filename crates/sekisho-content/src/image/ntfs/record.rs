//! One record of the master file table → its attributes, with the ends of its sectors put back (the "fixup").

use super::attribute::Attribute;
use crate::limits::NTFS_ATTRIBUTES_MAX;
use crate::number::{place, slice, u16_le, u32_le, u64_le};

pub(super) struct Record {
    bytes: Vec<u8>,
}

impl Record {
    /// `None` where the bytes are none, or were torn while they were written.
    pub(super) fn parse(mut bytes: Vec<u8>) -> Option<Self> {
        const SECTOR_BYTES: usize = 512;
        if !bytes.starts_with(b"FILE") {
            return None;
        }
        let array_at = usize::from(u16_le(&bytes, 4)?);
        let count = usize::from(u16_le(&bytes, 6)?);
        let array = slice(&bytes, array_at, count * 2).to_vec();
        let mark = array.get(..2)?.to_vec();
        for (index, right) in array.chunks_exact(2).skip(1).enumerate() {
            let end = (index + 1) * SECTOR_BYTES;
            let place = bytes.get_mut(end - 2..end)?;
            if place != mark {
                return None;
            }
            place.copy_from_slice(right);
        }
        Some(Self { bytes })
    }

    pub(super) fn is_in_use(&self) -> bool {
        self.flags() & 0x01 != 0
    }

    pub(super) fn is_folder(&self) -> bool {
        self.flags() & 0x02 != 0
    }

    /// Whether it is a file's first record and not one that holds the rest of its attributes.
    pub(super) fn is_base(&self) -> bool {
        u64_le(&self.bytes, 32) == Some(0)
    }

    fn flags(&self) -> u16 {
        u16_le(&self.bytes, 22).unwrap_or(0)
    }

    pub(super) fn attributes(&self) -> Vec<Attribute> {
        const END: u32 = u32::MAX;
        let mut attributes = Vec::new();
        let mut at = usize::from(u16_le(&self.bytes, 20).unwrap_or(0));
        while attributes.len() < NTFS_ATTRIBUTES_MAX {
            let length = place(&self.bytes, at + 4).filter(|length| *length >= 16);
            let Some(length) = length.filter(|_| u32_le(&self.bytes, at) != Some(END)) else { break };
            attributes.extend(Attribute::parse(slice(&self.bytes, at, length)));
            at = at.saturating_add(length).min(self.bytes.len());
        }
        attributes
    }
}

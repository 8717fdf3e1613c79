//! A file entry → where its content lies (ECMA-167, 14.9 and 14.17).

use super::Address;
use super::allocation::{self, Form};
use super::volume::Volume;
use crate::Unread;
use crate::image::disk::{Disk, Extents, Run};
use crate::number::{place, u16_le, u32_le, u64_le};

pub(super) struct Entry {
    file_type: u8,
    pub(super) size_bytes: u64,
    pub(super) runs: Vec<Run>,
    /// The folder of its named streams.
    pub(super) streams: Option<Address>,
}

/// Tags of the two kinds of entry.
const FILE_ENTRY: u16 = 261;
const EXTENDED_FILE_ENTRY: u16 = 266;

impl Entry {
    pub(super) fn read(disk: &Disk<'_>, volume: &Volume, address: Address) -> Result<Self, Unread> {
        const STRATEGY_SIMPLE: u16 = 4;
        let at = volume.place(address).ok_or(Unread::Damaged)?;
        let block = usize::try_from(volume.block_bytes).map_err(|_| Unread::Damaged)?;
        let bytes = disk.read(at, block).ok_or(Unread::Damaged)?;
        let (attributes_at, fixed_bytes) = match u16_le(&bytes, 0) {
            Some(FILE_ENTRY) => (168, 176),
            Some(EXTENDED_FILE_ENTRY) => (208, 216),
            _ => return Err(Unread::Damaged),
        };
        if u16_le(&bytes, 20) != Some(STRATEGY_SIMPLE) {
            return Err(Unread::Unsupported);
        }
        let lengths = place(&bytes, attributes_at).zip(place(&bytes, attributes_at + 4));
        let (attributes, allocated) = lengths.ok_or(Unread::Damaged)?;
        let from = attributes.checked_add(fixed_bytes).ok_or(Unread::Damaged)?;
        let to = from.checked_add(allocated).ok_or(Unread::Damaged)?;
        let descriptors = bytes.get(from..to).ok_or(Unread::Damaged)?;
        let size_bytes = u64_le(&bytes, 56).ok_or(Unread::Damaged)?;
        let runs = match u16_le(&bytes, 34).ok_or(Unread::Damaged)? & 7 {
            0 => allocation::runs(disk, volume, Form::Short(address.partition), descriptors)?,
            1 => allocation::runs(disk, volume, Form::Long, descriptors)?,
            // The content stands in the entry itself.
            3 => vec![Run::at(at + from as u64, allocated as u64)],
            _ => return Err(Unread::Unsupported),
        };
        let is_extended = fixed_bytes == 216;
        let streams =
            bytes.get(152..168).filter(|field| is_extended && u32_le(field, 0).is_some_and(|it| it > 0));
        let file_type = bytes.get(27).copied().ok_or(Unread::Damaged)?;
        Ok(Self { file_type, size_bytes, runs, streams: streams.and_then(Address::parse) })
    }

    /// A symbolic link has a path for content; devices have none.
    pub(super) fn is_link(&self) -> bool {
        const BLOCK_DEVICE: u8 = 6;
        const CHARACTER_DEVICE: u8 = 7;
        const FIFO: u8 = 9;
        const SYMBOLIC_LINK: u8 = 12;
        matches!(self.file_type, BLOCK_DEVICE | CHARACTER_DEVICE | FIFO | SYMBOLIC_LINK)
    }

    pub(super) fn content<'a>(&self, disk: &Disk<'a>) -> Extents<'a> {
        Extents::new(disk, self.runs.clone(), self.size_bytes)
    }
}

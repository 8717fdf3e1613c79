//! The anchor of a UDF disc → its partitions and the root folder (ECMA-167, parts 3 and 4; UDF 2.2).

use super::Address;
use super::entry::Entry;
use crate::Unread;
use crate::image::disk::{Disk, Run};
use crate::number::{place, slice, u16_le, u32_le};

/// What the volume's descriptors say.
pub(super) struct Volume {
    pub(super) block_bytes: u64,
    partitions: Vec<Partition>,
    pub(super) root: Address,
}

enum Partition {
    /// From this byte of the disk on.
    Physical { start: u64, size_bytes: u64 },
    /// In the stretches of a file (UDF 2.2.10).
    Metadata { runs: Vec<Run> },
}

/// Tags of descriptors.
const ANCHOR: u16 = 2;
const PARTITION: u16 = 5;
const LOGICAL_VOLUME: u16 = 6;
const TERMINATOR: u16 = 8;
const FILE_SET: u16 = 256;

/// Descriptors of a volume looked at; a sequence has sixteen sectors.
const DESCRIPTORS_MAX: u64 = 64;

/// Rows of the table of partitions; discs have one or two.
const MAPS_MAX: usize = 16;

impl Volume {
    /// `None` where no anchor stands in its place.
    pub(super) fn find(disk: &Disk<'_>) -> Option<Result<Self, Unread>> {
        [2048, 512, 4096, 1024].into_iter().find_map(|sector_bytes| {
            let sectors = disk.size_bytes() / sector_bytes;
            let places = [256, sectors.saturating_sub(1), sectors.saturating_sub(257), 512];
            let mut anchors = places.into_iter().filter_map(|sector| {
                let bytes = disk.read(sector.checked_mul(sector_bytes)?, 512)?;
                let right = u16_le(&bytes, 0)? == ANCHOR && u32_le(&bytes, 12)? as u64 == sector;
                right.then_some(bytes)
            });
            let anchor = anchors.next()?;
            // The main sequence, or the reserve where that one makes no sense.
            let main = Self::parse(disk, &anchor, 16, sector_bytes);
            Some(main.or_else(|unread| Self::parse(disk, &anchor, 24, sector_bytes).map_err(|_| unread)))
        })
    }

    fn parse(disk: &Disk<'_>, anchor: &[u8], extent_at: usize, sector_bytes: u64) -> Result<Self, Unread> {
        let extent = u32_le(anchor, extent_at).zip(u32_le(anchor, extent_at + 4));
        let (length, first) = extent.ok_or(Unread::Damaged)?;
        let mut physical = Vec::new();
        let mut logical = None;
        for index in 0..(u64::from(length) / sector_bytes).min(DESCRIPTORS_MAX) {
            let at = (u64::from(first) + index) * sector_bytes;
            let size = sector_bytes.min(disk.size_bytes().saturating_sub(at));
            let Some(bytes) = disk.read(at, usize::try_from(size).unwrap_or(0)) else { break };
            match u16_le(&bytes, 0) {
                Some(PARTITION) => physical.extend(physical_partition(&bytes, sector_bytes)),
                Some(LOGICAL_VOLUME) => logical = Some(bytes),
                Some(TERMINATOR) => break,
                _ => {}
            }
        }
        let logical = logical.ok_or(Unread::Damaged)?;
        let block_bytes = u64::from(u32_le(&logical, 212).ok_or(Unread::Damaged)?);
        if !matches!(block_bytes, 512 | 1024 | 2048 | 4096) {
            return Err(Unread::Damaged);
        }
        let set = Address::parse(slice(&logical, 248, 16)).ok_or(Unread::Damaged)?;
        let mut volume = Self { block_bytes, partitions: Vec::new(), root: set };
        volume.take_maps(disk, &logical, &physical)?;
        let at = volume.place(set).ok_or(Unread::Damaged)?;
        let bytes = disk.read(at, 512).ok_or(Unread::Damaged)?;
        if u16_le(&bytes, 0) != Some(FILE_SET) {
            return Err(Unread::Damaged);
        }
        volume.root = Address::parse(slice(&bytes, 400, 16)).ok_or(Unread::Damaged)?;
        Ok(volume)
    }

    /// The partition maps (10.7): of type 1, and those of UDF's own.
    fn take_maps(
        &mut self,
        disk: &Disk<'_>,
        logical: &[u8],
        physical: &[(u16, u64, u64)],
    ) -> Result<(), Unread> {
        let mut maps = slice(logical, 440, place(logical, 264).unwrap_or(0));
        let of_number = |number: Option<u16>| {
            let known = physical.iter().find(|(known, _, _)| Some(*known) == number);
            known.map(|(_, start, size_bytes)| Partition::Physical { start: *start, size_bytes: *size_bytes })
        };
        for _ in 0..MAPS_MAX {
            let Some(length) = maps.get(1).map(|length| usize::from(*length)).filter(|length| *length >= 6)
            else {
                break;
            };
            let map = slice(maps, 0, length);
            maps = slice(maps, length, usize::MAX);
            let identifier = slice(map, 5, 23);
            let partition = if map.first() == Some(&1) {
                of_number(u16_le(map, 4))
            } else if identifier.starts_with(b"*UDF Virtual Partition") {
                return Err(Unread::Unsupported);
            } else {
                of_number(u16_le(map, 38))
            };
            self.partitions.push(partition.ok_or(Unread::Damaged)?);
            if identifier.starts_with(b"*UDF Metadata Partition") {
                let partition = u16::try_from(self.partitions.len() - 1).map_err(|_| Unread::Damaged)?;
                let block = u32_le(map, 40).ok_or(Unread::Damaged)?;
                let runs = Entry::read(disk, self, Address { partition, block })?.runs;
                self.partitions.pop();
                self.partitions.push(Partition::Metadata { runs });
            }
        }
        Ok(())
    }

    /// The byte of the disk where a block of a partition begins.
    pub(super) fn place(&self, address: Address) -> Option<u64> {
        let offset = u64::from(address.block) * self.block_bytes;
        match self.partitions.get(usize::from(address.partition))? {
            Partition::Physical { start, size_bytes } => {
                (offset < *size_bytes).then(|| start.checked_add(offset))?
            }
            Partition::Metadata { runs } => {
                let mut before = 0_u64;
                for run in runs {
                    let within = offset.checked_sub(before)?;
                    if within < run.length {
                        return run.start?.checked_add(within);
                    }
                    before = before.checked_add(run.length)?;
                }
                None
            }
        }
    }
}

/// Number, first byte and size of a partition on the medium.
fn physical_partition(bytes: &[u8], sector_bytes: u64) -> Option<(u16, u64, u64)> {
    let start = u64::from(u32_le(bytes, 188)?) * sector_bytes;
    Some((u16_le(bytes, 22)?, start, u64::from(u32_le(bytes, 192)?) * sector_bytes))
}

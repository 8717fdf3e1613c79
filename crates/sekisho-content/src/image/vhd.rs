//! Virtual hard disks → the disk in them: VHD, fixed and growing (Microsoft's Virtual Hard Disk Image Format
//! Specification 1.0). One that only holds the differences to another disk can't be read alone.

use super::disk::{Blocks, Disk};
use crate::Unread;
use crate::limits::VIRTUAL_BLOCKS_MAX;
use crate::number::slice;

const FOOTER_BYTES: usize = 512;

/// The place of a block that is not there.
const ABSENT: u32 = u32::MAX;

pub(super) fn disk(bytes: &[u8]) -> Result<Disk<'_>, Unread> {
    const FIXED: u32 = 2;
    const GROWING: u32 = 3;
    const DIFFERENCES: u32 = 4;
    let end = bytes.len().saturating_sub(FOOTER_BYTES);
    // A growing disk keeps a copy of the footer at its beginning.
    let footer = [slice(bytes, end, FOOTER_BYTES), slice(bytes, 0, FOOTER_BYTES)]
        .into_iter()
        .find(|footer| footer.starts_with(b"conectix"))
        .ok_or(Unread::Damaged)?;
    match number(footer, 60) {
        Some(FIXED) => Ok(Disk::flat(slice(bytes, 0, end))),
        Some(GROWING) => growing(bytes, footer).ok_or(Unread::Damaged)?,
        Some(DIFFERENCES) => Err(Unread::Unsupported),
        _ => Err(Unread::Damaged),
    }
}

/// Each block begins with a map of its sectors; those that it does not have are zeros in the file too.
fn growing<'a>(bytes: &'a [u8], footer: &[u8]) -> Option<Result<Disk<'a>, Unread>> {
    const SECTOR_BYTES: u64 = 512;
    let header = bytes.get(usize::try_from(long(footer, 16)?).ok()?..)?;
    if !header.starts_with(b"cxsparse") {
        return None;
    }
    let table_at = usize::try_from(long(header, 16)?).ok()?;
    let count = usize::try_from(number(header, 28)?).ok()?;
    let block_bytes = u64::from(number(header, 32)?);
    let size_bytes = long(footer, 48)?;
    if count > VIRTUAL_BLOCKS_MAX {
        return Some(Err(Unread::TooLarge));
    }
    if !block_bytes.is_power_of_two() || block_bytes < SECTOR_BYTES {
        return None;
    }
    let map_bytes = (block_bytes / SECTOR_BYTES).div_ceil(8).next_multiple_of(SECTOR_BYTES);
    let table = bytes.get(table_at..table_at.checked_add(count.checked_mul(4)?)?)?;
    let place = |row: &[u8]| {
        let sector = number(row, 0).filter(|sector| *sector != ABSENT)?;
        Some(u64::from(sector) * SECTOR_BYTES + map_bytes)
    };
    let places = table.chunks_exact(4).map(place).collect();
    Some(Ok(Disk::of_blocks(bytes, Blocks { block_bytes, places }, size_bytes)))
}

/// Numbers of this format have the highest byte first.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

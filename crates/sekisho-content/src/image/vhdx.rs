//! Virtual hard disks of the second format → the disk in them ([MS-VHDX] 2.2 to 2.6).
//!
//! Writes that wait in the log are not replayed: that is noted, and the disk read as it stands.

use super::disk::{Blocks, Disk};
use crate::Unread;
use crate::limits::VIRTUAL_BLOCKS_MAX;
use crate::number::{place, slice, u16_le, u32_le, u64_le};

const REGION_TABLES_AT: [usize; 2] = [192 * 1024, 256 * 1024];
const HEADERS_AT: [usize; 2] = [64 * 1024, 128 * 1024];

const BLOCK_TABLE: [u8; 16] =
    guid(0x2dc2_7766, 0xf623, 0x4200, [0x9d, 0x64, 0x11, 0x5e, 0x9b, 0xfd, 0x4a, 0x08]);
const METADATA: [u8; 16] =
    guid(0x8b7c_a206, 0x4790, 0x4b9a, [0xb8, 0xfe, 0x57, 0x5f, 0x05, 0x0f, 0x88, 0x6e]);
const PARAMETERS: [u8; 16] =
    guid(0xcaa1_6737, 0xfa36, 0x4d43, [0xb3, 0xb6, 0x33, 0xf0, 0xaa, 0x44, 0xe7, 0x6b]);
const DISK_SIZE: [u8; 16] =
    guid(0x2fa5_4224, 0xcd1b, 0x4876, [0xb2, 0x11, 0x5d, 0xbe, 0xd8, 0x3b, 0xf4, 0xb8]);
const SECTOR_SIZE: [u8; 16] =
    guid(0x8141_bf1d, 0xa96f, 0x4709, [0xba, 0x47, 0xf2, 0x33, 0xa8, 0xfa, 0xab, 0x5f]);

/// The disk, and whether writes wait in the log.
pub(super) fn disk(bytes: &[u8]) -> Result<(Disk<'_>, bool), Unread> {
    const HAS_PARENT: u32 = 2;
    let regions = REGION_TABLES_AT
        .into_iter()
        .map(|at| slice(bytes, at, 64 * 1024))
        .find(|table| table.starts_with(b"regi"))
        .ok_or(Unread::Damaged)?;
    let region = |id: &[u8; 16]| {
        let row = slice(regions, 16, usize::MAX).chunks_exact(32).find(|row| row.starts_with(id))?;
        let at = usize::try_from(u64_le(row, 16)?).ok()?;
        Some(slice(bytes, at, place(row, 24)?))
    };
    let (table, metadata) = region(&BLOCK_TABLE).zip(region(&METADATA)).ok_or(Unread::Damaged)?;
    let parameters = item(metadata, &PARAMETERS).ok_or(Unread::Damaged)?;
    if u32_le(parameters, 4).is_some_and(|flags| flags & HAS_PARENT != 0) {
        return Err(Unread::Unsupported);
    }
    let block_bytes = u32_le(parameters, 0).map(u64::from).ok_or(Unread::Damaged)?;
    let size_bytes = item(metadata, &DISK_SIZE).and_then(|item| u64_le(item, 0)).ok_or(Unread::Damaged)?;
    let sector_bytes =
        item(metadata, &SECTOR_SIZE).and_then(|item| u32_le(item, 0)).ok_or(Unread::Damaged)?;
    let places = places(table, block_bytes, size_bytes, u64::from(sector_bytes))?;
    let disk = Disk::of_blocks(bytes, Blocks { block_bytes, places }, size_bytes);
    Ok((disk, log_waits(bytes)))
}

/// Section 2.5.1: after every so many blocks of data there is a row for the map of their sectors.
fn places(
    table: &[u8],
    block_bytes: u64,
    size_bytes: u64,
    sector_bytes: u64,
) -> Result<Vec<Option<u64>>, Unread> {
    const MIB: u64 = 1024 * 1024;
    const SECTORS_A_CHUNK: u64 = 1 << 23;
    const FULLY_PRESENT: u64 = 6;
    const PARTLY_PRESENT: u64 = 7;
    if !(MIB..=256 * MIB).contains(&block_bytes) || !block_bytes.is_power_of_two() || sector_bytes == 0 {
        return Err(Unread::Damaged);
    }
    let chunk = (SECTORS_A_CHUNK * sector_bytes / block_bytes).max(1);
    let count = size_bytes.div_ceil(block_bytes);
    if count > VIRTUAL_BLOCKS_MAX as u64 {
        return Err(Unread::TooLarge);
    }
    let mut places = Vec::new();
    for index in 0..count {
        let row = usize::try_from(index + index / chunk).map_err(|_| Unread::Damaged)?;
        let row = u64_le(table, row.saturating_mul(8)).ok_or(Unread::Damaged)?;
        let there = matches!(row & 7, FULLY_PRESENT | PARTLY_PRESENT);
        places.push(there.then_some(row >> 20 << 20));
    }
    Ok(places)
}

/// An item of the metadata table (2.6.1).
fn item<'a>(metadata: &'a [u8], id: &[u8; 16]) -> Option<&'a [u8]> {
    let count = usize::from(u16_le(metadata, 10)?);
    let mut rows = slice(metadata, 32, usize::MAX).chunks_exact(32).take(count);
    let row = rows.find(|row| row.starts_with(id))?;
    Some(slice(metadata, place(row, 16)?, place(row, 20)?))
}

/// The newer of the two headers names a log that is still to be replayed (2.2.2).
fn log_waits(bytes: &[u8]) -> bool {
    let headers = HEADERS_AT.into_iter().map(|at| slice(bytes, at, 4096));
    let newest = headers.filter(|header| header.starts_with(b"head")).max_by_key(|header| u64_le(header, 8));
    newest.is_some_and(|header| slice(header, 48, 16).iter().any(|byte| *byte != 0))
}

/// A GUID as it is written: three numbers with the lowest byte first, then eight bytes.
const fn guid(first: u32, second: u16, third: u16, rest: [u8; 8]) -> [u8; 16] {
    let (a, b, c) = (first.to_le_bytes(), second.to_le_bytes(), third.to_le_bytes());
    [
        a[0], a[1], a[2], a[3], b[0], b[1], c[0], c[1], rest[0], rest[1], rest[2], rest[3], rest[4], rest[5],
        rest[6], rest[7],
    ]
}

//! A disk → its partitions (the MBR, its chain of extended ones, and GPT: UEFI 2.10, section 5), and the file system on each.

use super::disk::Disk;
use super::{exfat, fat, ntfs};
use crate::Unread;
use crate::limits::PARTITIONS_MAX;
use crate::number::{place, slice, u16_le, u32_le, u64_le};
use crate::open::Look;

/// Hands out the files on a whole disk: of its one file system, or of each partition.
pub(super) fn look(look: &mut Look<'_>, disk: &Disk<'_>) {
    if volume(look, disk) {
        return;
    }
    // Disks with sectors of 4 KiB have the table of the others, in larger steps.
    let gpt = [512, 4096].into_iter().find_map(|sector| gpt(disk, sector));
    let partitions = gpt.or_else(|| mbr(look, disk));
    let Some(partitions) = partitions.filter(|partitions| !partitions.is_empty()) else {
        look.opened.note(Unread::Unsupported, "no partition table");
        return;
    };
    if partitions.len() >= PARTITIONS_MAX {
        look.opened.note(Unread::TooLarge, "partitions");
    }
    for partition in partitions {
        let part = disk.part(partition.start, partition.size_bytes);
        if part.size_bytes() < partition.size_bytes {
            look.opened.note(Unread::Damaged, "partition");
        }
        if !volume(look, &part) && !is_blank(&part) {
            look.opened.note(Unread::Unsupported, "file system");
        }
    }
}

struct Partition {
    start: u64,
    size_bytes: u64,
}

/// Reads the file system that begins with the disk; false where none is known there.
fn volume(look: &mut Look<'_>, disk: &Disk<'_>) -> bool {
    let Some(sector) = disk.read(0, 512) else { return false };
    if slice(&sector, 510, 2) != [0x55, 0xaa] && slice(&sector, 3, 4) != b"NTFS" {
        return false;
    }
    match slice(&sector, 3, 8) {
        b"NTFS    " => ntfs::look(look, disk, &sector),
        b"EXFAT   " => exfat::look(look, disk, &sector),
        b"-FVE-FS-" => look.opened.note(Unread::Locked, "BitLocker"),
        _ => {
            let Some(parameters) = fat::Parameters::parse(&sector) else { return false };
            fat::look(look, disk, &parameters);
        }
    }
    true
}

/// Reserved partitions and fresh ones have nothing at their beginning.
fn is_blank(disk: &Disk<'_>) -> bool {
    const LOOKED_AT_BYTES: u64 = 64 * 1024;
    let length = usize::try_from(disk.size_bytes().min(LOOKED_AT_BYTES)).unwrap_or(0);
    disk.read(0, length).is_some_and(|bytes| bytes.iter().all(|byte| *byte == 0))
}

/// Four rows of 16 bytes from 446 on; an extended partition is a chain of such tables.
fn mbr(look: &mut Look<'_>, disk: &Disk<'_>) -> Option<Vec<Partition>> {
    const SECTOR_BYTES: u64 = 512;
    let mut partitions = Vec::new();
    let mut tables = vec![(0_u64, 0_u64)];
    let mut seen = 0;
    while let Some((at, extended)) = tables.pop() {
        seen += 1;
        if seen > PARTITIONS_MAX || partitions.len() >= PARTITIONS_MAX {
            break;
        }
        let Some(sector) = disk.read(at, 512).filter(|sector| slice(sector, 510, 2) == [0x55, 0xaa]) else {
            look.opened.note(Unread::Damaged, "partition table");
            continue;
        };
        for row in slice(&sector, 446, 64).chunks_exact(16) {
            let (Some(kind), Some(first), Some(count)) = (row.get(4), u32_le(row, 8), u32_le(row, 12)) else {
                continue;
            };
            let start = u64::from(first) * SECTOR_BYTES;
            match kind {
                _ if count == 0 => {}
                0 => {}
                // The first extended partition is the base of all further tables.
                0x05 | 0x0f | 0x85 if at == 0 => tables.push((start, start)),
                0x05 | 0x0f | 0x85 => tables.push((extended.saturating_add(start), extended)),
                _ => partitions.push(Partition {
                    start: at.saturating_add(start),
                    size_bytes: u64::from(count) * SECTOR_BYTES,
                }),
            }
        }
    }
    (seen > 0).then_some(partitions)
}

fn gpt(disk: &Disk<'_>, sector_bytes: u64) -> Option<Vec<Partition>> {
    let header = disk.read(sector_bytes, 512).filter(|header| header.starts_with(b"EFI PART"))?;
    let table_at = u64_le(&header, 72)?.checked_mul(sector_bytes)?;
    let count = place(&header, 80)?.min(PARTITIONS_MAX);
    let row_bytes = place(&header, 84).filter(|size| (128..=4096).contains(size))?;
    let mut partitions = Vec::new();
    for index in 0..count {
        let Some(row) = disk.read(table_at.checked_add((index * row_bytes) as u64)?, row_bytes) else {
            break;
        };
        let (first, last) = (u64_le(&row, 32)?, u64_le(&row, 40)?);
        if slice(&row, 0, 16).iter().all(|byte| *byte == 0) {
            continue;
        }
        let sectors = last.saturating_sub(first).saturating_add(1);
        partitions.push(Partition {
            start: first.saturating_mul(sector_bytes),
            size_bytes: sectors.saturating_mul(sector_bytes),
        });
    }
    Some(partitions)
}

/// The size of a sector, where a boot sector states one that exists.
pub(super) fn sector_bytes(sector: &[u8]) -> Option<u64> {
    u16_le(sector, 11).filter(|size| matches!(size, 512 | 1024 | 2048 | 4096)).map(u64::from)
}

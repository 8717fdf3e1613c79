//! The boot catalogue of a disc → the images that it starts from (El Torito 1.0, section 2).

use super::SECTOR_BYTES;
use crate::image::disk::{Disk, Run};
use crate::image::file::{Files, Found};
use crate::number::{slice, u16_le, u32_le};
use crate::open::Look;

/// The sector of the catalogue, from a boot record.
pub(super) fn catalogue(sector: &[u8]) -> Option<u64> {
    sector.get(7..)?.starts_with(b"EL TORITO SPECIFICATION").then(|| u32_le(sector, 71).map(u64::from))?
}

/// Adds the images that are no files of the disc.
pub(super) fn collect(look: &mut Look<'_>, disk: &Disk<'_>, files: &mut Files, sector: u64) {
    let Some(catalogue) = disk.read(sector.saturating_mul(SECTOR_BYTES), SECTOR_BYTES as usize) else {
        look.opened.note(crate::Unread::Damaged, "boot catalogue");
        return;
    };
    // The validation entry, the default entry, then headers of sections and their entries.
    for entry in catalogue.chunks_exact(32).skip(1) {
        const BOOTABLE: u8 = 0x88;
        let (Some(indicator), Some(media)) = (entry.first(), entry.get(1)) else { continue };
        let Some(start) = u32_le(entry, 8).map(|block| u64::from(block) * SECTOR_BYTES) else { continue };
        let is_entry = *indicator == BOOTABLE || *indicator == 0 && start > 0;
        if !is_entry || start == 0 || files.begins_at(start) {
            continue;
        }
        let loaded = size_bytes(media & 0x0f, u64::from(u16_le(entry, 6).unwrap_or(0)));
        let size_bytes = loaded.max(file_system_bytes(disk, start));
        let size_bytes = size_bytes.min(disk.size_bytes().saturating_sub(start));
        if slice(entry, 0, 32).iter().all(|byte| *byte == 0) {
            continue;
        }
        files.add(
            look,
            Found { names: Vec::new(), runs: vec![Run::at(start, size_bytes)], size_bytes, unread: None },
        );
    }
}

/// The size of the FAT system that an image for UEFI is, however few sectors of it are said to be loaded.
fn file_system_bytes(disk: &Disk<'_>, start: u64) -> u64 {
    let Some(sector) = disk.read(start, 512) else { return 0 };
    let is_fat = matches!(&*sector, [0xeb | 0xe9, ..]) && slice(&sector, 510, 2) == [0x55, 0xaa];
    let sectors = match u16_le(&sector, 19) {
        Some(0) | None => u32_le(&sector, 32).unwrap_or(0),
        Some(sectors) => u32::from(sectors),
    };
    if is_fat { u64::from(sectors) * u64::from(u16_le(&sector, 11).unwrap_or(0)) } else { 0 }
}

/// Diskettes have the size of their kind, others as many sectors as are loaded; a hard disk's own table says more, so
/// that all that follows belongs to it.
fn size_bytes(media: u8, sectors: u64) -> u64 {
    const WHOLE_DISK: u8 = 4;
    match media {
        1 => 1200 * 1024,
        2 => 1440 * 1024,
        3 => 2880 * 1024,
        WHOLE_DISK => u64::MAX,
        _ => sectors * 512,
    }
}

//! Disk images → which file system or container, by boot sectors, volume descriptors and footers
//! (ECMA-119, ECMA-167, Microsoft's VHD and FAT specifications).

use super::magic::stands_at;
use crate::Kind;
use crate::number::{slice, u16_le};

/// The kind of a disk image, asked where no signature at the beginning decided.
pub(crate) fn kind(bytes: &[u8]) -> Option<Kind> {
    footer(bytes).or_else(|| optical(bytes)).or_else(|| boot_sector(bytes))
}

/// Fixed virtual disks and Mac images carry their header in the last sector.
pub(crate) fn footer(bytes: &[u8]) -> Option<Kind> {
    const FOOTER_BYTES: usize = 512;
    let footer = bytes.get(bytes.len().checked_sub(FOOTER_BYTES)?..)?;
    if footer.starts_with(b"conectix") {
        return Some(Kind::Vhd);
    }
    footer.starts_with(b"koly\0\0\0\x04").then_some(Kind::Dmg)
}

/// Volume descriptors begin in sector 16; a disc with both systems is read as ISO 9660 by whatever opens it.
fn optical(bytes: &[u8]) -> Option<Kind> {
    const FIRST_DESCRIPTOR: usize = 16 * 2048;
    const DESCRIPTORS: usize = 16;
    // Raw images keep 16 bytes of header in front of each sector of 2,352 bytes, or 24 in the second mode.
    const RAW: [usize; 2] = [16 * 2352 + 16, 16 * 2352 + 24];
    if std::iter::once(FIRST_DESCRIPTOR).chain(RAW).any(|at| stands_at(bytes, at + 1, b"CD001")) {
        return Some(Kind::Iso);
    }
    let mut descriptors = (0..DESCRIPTORS).map(|index| slice(bytes, FIRST_DESCRIPTOR + index * 2048 + 1, 5));
    descriptors.any(|name| matches!(name, b"NSR02" | b"NSR03" | b"BEA01")).then_some(Kind::Udf)
}

fn boot_sector(bytes: &[u8]) -> Option<Kind> {
    if slice(bytes, 510, 2) != [0x55, 0xaa] {
        return None;
    }
    let jumps = matches!(bytes, [0xeb, _, 0x90, ..] | [0xe9, ..]);
    if jumps && stands_at(bytes, 3, b"NTFS    ") {
        return Some(Kind::ImgNtfs);
    }
    if jumps && (stands_at(bytes, 3, b"EXFAT   ") || is_fat(bytes)) {
        return Some(Kind::ImgFat);
    }
    is_partition_table(bytes).then_some(Kind::ImgPartitioned)
}

/// A FAT parameter block: sizes are powers of two, one or two tables, a media byte from 0xF0 on.
fn is_fat(bytes: &[u8]) -> bool {
    let named = stands_at(bytes, 54, b"FAT1") || stands_at(bytes, 82, b"FAT32");
    let sector = u16_le(bytes, 11).is_some_and(|size| matches!(size, 512 | 1024 | 2048 | 4096));
    let cluster = bytes.get(13).is_some_and(|size| size.is_power_of_two());
    let tables = bytes.get(16).is_some_and(|count| matches!(count, 1 | 2));
    named || (sector && cluster && tables && bytes.get(21).is_some_and(|media| *media >= 0xf0))
}

/// Four rows of 16 bytes from 446 on: each is active or not, and at least one has a type.
fn is_partition_table(bytes: &[u8]) -> bool {
    if stands_at(bytes, 512, b"EFI PART") {
        return true;
    }
    let rows: Vec<&[u8]> = slice(bytes, 446, 64).chunks_exact(16).collect();
    let plain = rows.iter().all(|row| matches!(row, [0x00 | 0x80, ..]));
    let used = rows
        .iter()
        .any(|row| row.get(4).is_some_and(|kind| *kind != 0) && row.iter().skip(12).any(|b| *b != 0));
    bytes.len() > 512 && plain && used
}

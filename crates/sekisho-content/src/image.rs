//! Disk images → the files on them.
//!
//! An image is a disk ([`disk`]), whichever way it is packed; on it lie partitions, on these file systems, one file here
//! each. What is a disk of a kind that is not read is noted with the kind's word.

pub(crate) mod disk;
mod exfat;
mod fat;
pub(crate) mod file;
mod folders;
mod iso;
mod ntfs;
mod partition;
mod udf;
mod vhd;
mod vhdx;

use crate::open::Look;
use crate::{Kind, Unread};
use disk::{Blocks, Disk};
use file::Files;

/// Hands out the files of a disk image, where it is one of the kinds read here.
pub(crate) fn look(look: &mut Look<'_>) {
    match look.kind {
        Kind::Iso | Kind::Udf => optical(look),
        Kind::ImgFat | Kind::ImgNtfs | Kind::ImgPartitioned => {
            let disk = Disk::flat(look.bytes);
            partition::look(look, &disk);
        }
        Kind::Vhd => match vhd::disk(look.bytes) {
            Ok(disk) => partition::look(look, &disk),
            Err(unread) => look.opened.note(unread, look.kind.id()),
        },
        Kind::Vhdx => match vhdx::disk(look.bytes) {
            Ok((disk, log_waits)) => {
                if log_waits {
                    look.opened.note(Unread::Unsupported, "log");
                }
                partition::look(look, &disk);
            }
            Err(unread) => look.opened.note(unread, look.kind.id()),
        },
        _ => {}
    }
}

/// Whether all that can hide in a file of this kind is looked at.
pub(crate) fn reads(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Iso | Kind::Udf | Kind::ImgFat | Kind::ImgNtfs | Kind::ImgPartitioned | Kind::Vhd | Kind::Vhdx
    )
}

/// A disc may have a UDF and an ISO 9660 system over the same contents; Windows shows UDF's.
fn optical(look: &mut Look<'_>) {
    let disk = sectors(look.bytes);
    let mut files = Files::default();
    let is_udf = udf::collect(look, &disk, &mut files);
    if look.kind == Kind::Iso || !is_udf {
        iso::collect(look, &disk, &mut files);
    }
    files.hand(look, &disk);
}

/// The sectors of a disc: as they are, or out of raw ones of 2,352 bytes with their headers (ECMA-130, section 14).
fn sectors(bytes: &[u8]) -> Disk<'_> {
    const RAW_BYTES: usize = 2352;
    const SYNC: &[u8] = &[0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0];
    if !bytes.starts_with(SYNC) {
        return Disk::flat(bytes);
    }
    // The mode in the first header says how long the headers are.
    let header = if bytes.get(15) == Some(&2) { 24 } else { 16 };
    let count = bytes.len() / RAW_BYTES;
    let places = (0..count).map(|index| Some((index * RAW_BYTES + header) as u64)).collect();
    Disk::of_blocks(
        bytes,
        Blocks { block_bytes: iso::SECTOR_BYTES, places },
        count as u64 * iso::SECTOR_BYTES,
    )
}

//! Allocation descriptors → the stretches of a file (ECMA-167, 14.14; continued in extents of their own, 14.5).

use super::Address;
use super::volume::Volume;
use crate::Unread;
use crate::image::disk::{Disk, Run};
use crate::limits::{IMAGE_RUNS_MAX, UDF_CONTINUATIONS_MAX};
use crate::number::{place, slice, u16_le, u32_le};

/// How the descriptors are written.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// Eight bytes, all in the partition of the entry.
    Short(u16),
    /// Sixteen bytes with a partition.
    Long,
}

pub(super) fn runs(
    disk: &Disk<'_>,
    volume: &Volume,
    form: Form,
    descriptors: &[u8],
) -> Result<Vec<Run>, Unread> {
    let mut runs = Vec::new();
    let mut next = take(volume, form, descriptors, &mut runs)?;
    for _ in 0..UDF_CONTINUATIONS_MAX {
        let Some((address, length)) = next else { return Ok(runs) };
        let more = continuation(disk, volume, address, length).ok_or(Unread::Damaged)?;
        next = take(volume, form, &more, &mut runs)?;
    }
    Err(Unread::TooLarge)
}

/// The descriptors in an allocation extent, behind its header.
fn continuation(disk: &Disk<'_>, volume: &Volume, address: Address, length: u32) -> Option<Vec<u8>> {
    const TAG: u16 = 258;
    const HEADER_BYTES: usize = 24;
    const BYTES_MAX: u32 = 1024 * 1024;
    let bytes = disk.read(volume.place(address)?, length.min(BYTES_MAX) as usize)?;
    let right = u16_le(&bytes, 0)? == TAG;
    right.then(|| slice(&bytes, HEADER_BYTES, place(&bytes, 20).unwrap_or(0)).to_vec())
}

/// Adds the runs of some descriptors; gives where they go on, if they do.
fn take(
    volume: &Volume,
    form: Form,
    descriptors: &[u8],
    runs: &mut Vec<Run>,
) -> Result<Option<(Address, u32)>, Unread> {
    const RECORDED: u32 = 0;
    const CONTINUED: u32 = 3;
    let size = if matches!(form, Form::Short(_)) { 8 } else { 16 };
    for descriptor in descriptors.chunks_exact(size) {
        let word = u32_le(descriptor, 0).ok_or(Unread::Damaged)?;
        let length = word & 0x3fff_ffff;
        if length == 0 {
            break;
        }
        let address = match form {
            Form::Short(partition) => u32_le(descriptor, 4).map(|block| Address { partition, block }),
            Form::Long => Address::parse(descriptor),
        };
        let address = address.ok_or(Unread::Damaged)?;
        match word >> 30 {
            CONTINUED => return Ok(Some((address, length))),
            RECORDED => {
                let start = volume.place(address).ok_or(Unread::Damaged)?;
                runs.push(Run::at(start, u64::from(length)));
            }
            // Space that is kept for it, or nothing at all: zeros.
            _ => runs.push(Run::hole(u64::from(length))),
        }
        if runs.len() > IMAGE_RUNS_MAX {
            return Err(Unread::TooLarge);
        }
    }
    Ok(None)
}

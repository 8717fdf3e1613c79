//! The system use area of a record → its Rock Ridge name and what it is (IEEE P1281 SUSP 1.12, P1282 RRIP 1.12).

use crate::image::disk::Disk;
use crate::limits::{ISO_CONTINUATIONS_MAX, NAME_CHARACTERS_MAX};
use crate::number::{slice, u32_le};

/// What Rock Ridge says of a record.
#[derive(Default)]
pub(super) struct Extra {
    pub(super) name: Option<Vec<u8>>,
    /// The block of the folder that this record stands for (`CL`).
    pub(super) child: Option<u64>,
    /// Whether it is a folder that is shown elsewhere (`RE`).
    pub(super) is_relocated: bool,
    /// Whether it is a symbolic link (`SL`).
    pub(super) is_link: bool,
    /// Whether its content is packed (`ZF`).
    pub(super) is_packed: bool,
}

pub(super) fn read(disk: &Disk<'_>, block_bytes: u64, area: &[u8]) -> Extra {
    let mut extra = Extra::default();
    let mut next = take(area, &mut extra);
    for _ in 0..ISO_CONTINUATIONS_MAX {
        let Some((block, offset, length)) = next else { break };
        let at = block.saturating_mul(block_bytes).saturating_add(offset);
        let Some(area) = disk.read(at, length) else { break };
        next = take(&area, &mut extra);
    }
    extra
}

/// Takes the entries of an area in; gives where they go on, if they do.
fn take(area: &[u8], extra: &mut Extra) -> Option<(u64, u64, usize)> {
    const CONTINUATION_BYTES_MAX: u32 = 2048;
    let mut rest = area;
    let mut next = None;
    while let [first, second, length, _version, ..] = rest {
        let entry = slice(rest, 0, usize::from(*length));
        match (first, second) {
            _ if entry.len() < 4 => break,
            (b'N', b'M') => name(entry, extra),
            (b'C', b'L') => extra.child = u32_le(entry, 4).map(u64::from),
            (b'R', b'E') => extra.is_relocated = true,
            (b'S', b'L') => extra.is_link = true,
            (b'Z', b'F') => extra.is_packed = true,
            (b'C', b'E') => {
                next = u32_le(entry, 4)
                    .zip(u32_le(entry, 12))
                    .zip(u32_le(entry, 20).filter(|length| *length <= CONTINUATION_BYTES_MAX))
                    .map(|((block, offset), length)| (u64::from(block), u64::from(offset), length as usize));
            }
            (b'S', b'T') => break,
            _ => {}
        }
        rest = rest.get(entry.len()..).unwrap_or_default();
    }
    next
}

/// A name may come in pieces; flags say that it is the folder itself or its parent.
fn name(entry: &[u8], extra: &mut Extra) {
    const SELF_OR_PARENT: u8 = 0x06;
    if entry.get(4).is_none_or(|flags| flags & SELF_OR_PARENT != 0) {
        return;
    }
    let name = extra.name.get_or_insert_default();
    let room = (NAME_CHARACTERS_MAX * 4).saturating_sub(name.len());
    name.extend_from_slice(slice(entry, 5, room));
}

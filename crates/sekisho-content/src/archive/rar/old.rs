//! The names in an archive of RAR 1.4 and before (`RE~^`). Nothing writes it since 1995; its content is not read.

use super::entry::{Content, Entry, Extent, Method, Packed, Walked};
use crate::Unread;
use crate::archive::foreign_name;
use crate::limits::RAR_BLOCKS_MAX;
use crate::number::{slice, u16_le, u32_le};

/// Walks through the headers.
pub(super) fn walk(bytes: &[u8]) -> Walked<'_> {
    let mut walked = Walked::default();
    let mut at = usize::from(u16_le(bytes, 4).unwrap_or(7)).max(7);
    for _ in 0..RAR_BLOCKS_MAX {
        let Some((packed, unpacked)) = u32_le(bytes, at).zip(u32_le(bytes, at.saturating_add(4))) else {
            break;
        };
        let header = bytes.get(at..).unwrap_or_default();
        let header_bytes = usize::from(u16_le(header, 10).unwrap_or(0)).max(21);
        let name = slice(header, 21, usize::from(header.get(19).copied().unwrap_or(0)));
        let method = header.get(20).copied().unwrap_or(0);
        let data = header.get(header_bytes..).unwrap_or_default();
        walked.entries.push(Entry {
            names: foreign_name::names(name).iter().map(|name| name.replace('\\', "/")).collect(),
            size_bytes: Some(u64::from(unpacked)),
            content: Content::Packed(Packed {
                bytes: slice(data, 0, packed as usize),
                extent: Extent::Whole,
                method: Method::Other(method),
                is_solid: false,
                lock: None,
                crc: None,
                blake2sp: None,
            }),
        });
        at = at.saturating_add(header_bytes).saturating_add(packed as usize);
    }
    walked.note(Unread::Unsupported, "rar 1.4");
    walked
}

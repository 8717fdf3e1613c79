//! The files kept in a store ([MS-ONESTORE] 2.6.13), with the extensions that their declarations give them (2.5.27, 2.5.21).

use std::collections::BTreeMap;

use memchr::memmem;

use super::properties::counted;
use crate::number::{slice, u16_le, u32_le, u64_le};

/// What begins a stored file.
pub(super) const HEADER: [u8; 16] =
    [0xe7, 0x16, 0xe3, 0xbd, 0x65, 0x26, 0x11, 0x45, 0xa4, 0xc4, 0x8d, 0x4d, 0x0b, 0x7a, 0x9e, 0xac];

/// Files and declarations looked at in one section.
const FILES_MAX: usize = 10_000;

/// A file in a section.
pub(super) struct Stored<'b> {
    pub(super) content: &'b [u8],
    /// As stated.
    pub(super) size_bytes: u64,
    /// Lower case, without the dot; empty where no declaration leads to the file.
    pub(super) extension: String,
    pub(super) names: Vec<String>,
}

/// The files, in the order of their bytes.
pub(super) fn files(bytes: &[u8]) -> Vec<Stored<'_>> {
    let extensions = extensions(bytes);
    memmem::find_iter(bytes, &HEADER)
        .take(FILES_MAX)
        .filter_map(|at| {
            let size_bytes = u64_le(bytes, at + 16)?;
            let size = usize::try_from(size_bytes).unwrap_or(usize::MAX);
            let content = slice(bytes, at + 36, size);
            let extension = extensions.get(&(at as u64)).cloned().unwrap_or_default();
            Some(Stored { content, size_bytes, extension, names: Vec::new() })
        })
        .collect()
}

/// Place of a stored file → its extension. A declaration names the file by an id in words, with the extension behind
/// it; a reference elsewhere has the same id in bytes, with the place in front of it.
fn extensions(bytes: &[u8]) -> BTreeMap<u64, String> {
    let mark: Vec<u8> = "<ifndf>{".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut by_id: BTreeMap<String, String> = BTreeMap::new();
    for at in memmem::find_iter(bytes, &mark).take(FILES_MAX) {
        const ID_BYTES: usize = 36 * 2;
        let id = slice(bytes, at + mark.len(), ID_BYTES);
        let id = encoding_rs::UTF_16LE.decode_without_bom_handling(id).0.to_ascii_uppercase();
        let behind = at + mark.len() + ID_BYTES + 2;
        let extension = counted(bytes, behind).unwrap_or_default().trim_start_matches('.').to_lowercase();
        by_id.insert(id, extension);
    }
    let mut by_place = BTreeMap::new();
    if by_id.is_empty() {
        return by_place;
    }
    // References are nodes with the number 0x94 in ten bits of a header that also says how place and size are written.
    for at in memchr::memchr_iter(0x94, bytes) {
        let Some((place, id)) = reference(bytes, at) else { continue };
        if let Some(extension) = by_id.get(&id) {
            by_place.insert(place, extension.clone());
        }
    }
    by_place
}

fn reference(bytes: &[u8], at: usize) -> Option<(u64, String)> {
    let header = u32_le(bytes, at)?;
    if header & 0x3ff != 0x94 {
        return None;
    }
    let behind = at + 4;
    let (place, place_bytes) = match header >> 23 & 3 {
        0 => (u64_le(bytes, behind)?, 8),
        1 => (u64::from(u32_le(bytes, behind)?), 4),
        2 => (u64::from(u16_le(bytes, behind)?) * 8, 2),
        _ => (u64::from(u32_le(bytes, behind)?) * 8, 4),
    };
    let size_bytes = match header >> 25 & 3 {
        0 => 4,
        1 => 8,
        2 => 1,
        _ => 2,
    };
    let id: &[u8; 16] = slice(bytes, behind + place_bytes + size_bytes, 16).try_into().ok()?;
    Some((place, guid_text(id)))
}

/// An id as words write it, without braces.
pub(super) fn guid_text(id: &[u8; 16]) -> String {
    let [a, b, c, d, e, f, g, h, rest @ ..] = id;
    let rest: String = rest.iter().map(|byte| format!("{byte:02X}")).collect();
    let (node, tail) = rest.split_at_checked(4).unwrap_or((&rest, ""));
    format!("{d:02X}{c:02X}{b:02X}{a:02X}-{f:02X}{e:02X}-{h:02X}{g:02X}-{node}-{tail}")
}

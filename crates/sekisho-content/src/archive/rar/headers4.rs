//! The headers of RAR 1.5 to 4 → entries (the technical note that RAR 2 and 3 were shipped with).

use super::entry::{Content, Entry, Extent, Lock, Method, Packed, Walked};
use super::keys::Ring;
use super::unicode_name;
use super::{FORMAT, SPLIT};
use crate::Unread;
use crate::archive::foreign_name;
use crate::limits::RAR_BLOCKS_MAX;
use crate::number::{place, slice, u16_le, u32_le};
use crate::open::Budget;

mod kind {
    pub(super) const MAIN: u8 = 0x73;
    pub(super) const FILE: u8 = 0x74;
    pub(super) const SERVICE: u8 = 0x7a;
    pub(super) const END: u8 = 0x7b;
    pub(super) const FIRST: u8 = 0x72;
}

mod flag {
    pub(super) const HAS_DATA: u16 = 0x8000;
    pub(super) const MAIN_VOLUME: u16 = 0x0001;
    pub(super) const MAIN_COMMENT: u16 = 0x0002;
    pub(super) const MAIN_SOLID: u16 = 0x0008;
    pub(super) const MAIN_ENCRYPTED: u16 = 0x0080;
    pub(super) const FILE_SPLIT: u16 = 0x0003;
    pub(super) const FILE_ENCRYPTED: u16 = 0x0004;
    pub(super) const FILE_COMMENT: u16 = 0x0008;
    pub(super) const FILE_SOLID: u16 = 0x0010;
    pub(super) const FILE_DIRECTORY: u16 = 0x00e0;
    pub(super) const FILE_LARGE: u16 = 0x0100;
    pub(super) const FILE_UNICODE: u16 = 0x0200;
    pub(super) const FILE_SALT: u16 = 0x0400;
    pub(super) const END_NEXT_VOLUME: u16 = 0x0001;
}

/// The shortest header.
const HEADER_BYTES_MIN: usize = 7;

/// Walks through the headers; encrypted ones are opened with `ring`.
pub(super) fn walk<'a>(bytes: &'a [u8], ring: &mut Ring<'_>, budget: &mut Budget) -> Walked<'a> {
    let mut walked = Walked::default();
    let mut archive = Archive::default();
    let mut at = HEADER_BYTES_MIN;
    for _ in 0..RAR_BLOCKS_MAX {
        if at >= bytes.len() {
            // Before RAR 3, archives simply ended.
            if archive.needs_end || walked.entries.is_empty() {
                walked.note(Unread::Damaged, FORMAT);
            }
            return walked;
        }
        let block = if archive.is_encrypted {
            opened(bytes, at, ring, budget, &mut walked)
        } else {
            plain(bytes, at)
        };
        let Some((header, data_at)) = block else {
            if !walked.notes.iter().any(|(unread, _)| *unread == Unread::Locked) {
                walked.note(Unread::Damaged, FORMAT);
            }
            return walked;
        };
        let kind = header.get(2).copied().unwrap_or(0);
        let flags = u16_le(&header, 3).unwrap_or(0);
        if !checksum_agrees(&header, kind, flags) {
            walked.note(Unread::Damaged, FORMAT);
        }
        let data_bytes = data_bytes(&header, kind, flags);
        let data = slice(bytes, data_at, data_bytes);
        match kind {
            kind::MAIN => archive.main(flags),
            kind::FILE => {
                let entry = archive.file(&header, flags, data, data_bytes);
                walked.entries.push(entry);
            }
            kind::SERVICE => {
                let name = walked.entries.last().and_then(|entry| entry.names.first().cloned());
                walked.entries.extend(archive.stream(&header, flags, data, data_bytes, name));
            }
            kind::END => {
                if flags & flag::END_NEXT_VOLUME != 0 {
                    walked.note(Unread::Unsupported, SPLIT);
                }
                return walked;
            }
            _ => {}
        }
        at = data_at.saturating_add(data_bytes);
    }
    walked.note(Unread::TooLarge, FORMAT);
    walked
}

/// Whether the first header, of the archive, agrees with its checksum.
pub(super) fn begins(bytes: &[u8]) -> bool {
    plain(bytes, HEADER_BYTES_MIN).is_some_and(|(header, _)| {
        let flags = u16_le(&header, 3).unwrap_or(0);
        header.get(2) == Some(&kind::MAIN) && checksum_agrees(&header, kind::MAIN, flags)
    })
}

/// A header in the open, and where its data begin.
fn plain(bytes: &[u8], at: usize) -> Option<(Vec<u8>, usize)> {
    let size = usize::from(u16_le(bytes, at.checked_add(5)?)?);
    let end = at.checked_add(size.max(HEADER_BYTES_MIN))?;
    Some((bytes.get(at..end)?.to_vec(), end))
}

/// An encrypted header: eight bytes of salt, then whole blocks of the cipher.
fn opened(
    bytes: &[u8],
    at: usize,
    ring: &mut Ring<'_>,
    budget: &mut Budget,
    walked: &mut Walked<'_>,
) -> Option<(Vec<u8>, usize)> {
    const SALT_BYTES: usize = 8;
    const BLOCK_BYTES: usize = 16;
    let salt: [u8; SALT_BYTES] = slice(bytes, at, SALT_BYTES).try_into().ok()?;
    let at = at.checked_add(SALT_BYTES)?;
    let mut first: [u8; BLOCK_BYTES] = slice(bytes, at, BLOCK_BYTES).try_into().ok()?;
    let encrypted_first = first;
    for (number, password) in ring.passwords() {
        let Some(mut cipher) = ring.rar30((number, password), Some(salt), budget) else { continue };
        first = encrypted_first;
        cipher.decrypt_in_place(&mut first).ok()?;
        let kind = *first.get(2)?;
        let size = usize::from(u16_le(&first, 5)?);
        if !(kind::FIRST..=kind::END).contains(&kind) || size < HEADER_BYTES_MIN {
            continue;
        }
        let padded = size.next_multiple_of(BLOCK_BYTES);
        let rest_at = at + BLOCK_BYTES;
        let Some(rest) = bytes.get(rest_at..at.checked_add(padded)?) else { continue };
        let mut rest = rest.to_vec();
        cipher.decrypt_in_place(&mut rest).ok()?;
        let mut header = [first.as_slice(), &rest].concat();
        header.truncate(size);
        let flags = u16_le(&header, 3)?;
        if checksum_agrees(&header, kind, flags) {
            ring.remember(number);
            walked.opened_by = Some(number);
            return Some((header, at + padded));
        }
    }
    // Behind a header that was opened, it is damage that the next one is not.
    if walked.opened_by.is_none() {
        let detail = if ring.is_out_of_derivation { "derivation" } else { FORMAT };
        walked.note(Unread::Locked, detail);
    }
    None
}

/// The checksum covers the header without a comment inside it, which only versions before 3 wrote.
fn checksum_agrees(header: &[u8], kind: u8, flags: u16) -> bool {
    let has_comment = match kind {
        kind::MAIN => flags & flag::MAIN_COMMENT != 0,
        kind::FILE => flags & flag::FILE_COMMENT != 0,
        // Comments, signatures and other old blocks check their content with it.
        kind::SERVICE | kind::END => false,
        _ => true,
    };
    let sum = crc32fast::hash(header.get(2..).unwrap_or_default()) & 0xffff;
    has_comment || u16_le(header, 0).map(u32::from) == Some(sum)
}

fn data_bytes(header: &[u8], kind: u8, flags: u16) -> usize {
    let is_file = matches!(kind, kind::FILE | kind::SERVICE);
    if !is_file && flags & flag::HAS_DATA == 0 {
        return 0;
    }
    let low = place(header, 7).unwrap_or(0);
    let high = if is_file && flags & flag::FILE_LARGE != 0 { place(header, 32).unwrap_or(0) } else { 0 };
    high.checked_shl(32).unwrap_or(0) | low
}

/// What the main header says, and the files so far.
#[derive(Default)]
struct Archive {
    is_encrypted: bool,
    is_solid: bool,
    is_volume: bool,
    needs_end: bool,
    has_files: bool,
}

impl Archive {
    fn main(&mut self, flags: u16) {
        self.is_encrypted = flags & flag::MAIN_ENCRYPTED != 0;
        self.is_solid = flags & flag::MAIN_SOLID != 0;
        self.is_volume = flags & flag::MAIN_VOLUME != 0;
    }

    fn file<'a>(&mut self, header: &[u8], flags: u16, data: &'a [u8], data_bytes: usize) -> Entry<'a> {
        let names = names(header, flags);
        let version = header.get(24).copied().unwrap_or(0);
        // RAR 3 and later end an archive with a block of its own.
        self.needs_end |= version >= 29 || self.is_volume || self.is_encrypted;
        let size_bytes = size_bytes(header, flags);
        if flags & flag::FILE_DIRECTORY == flag::FILE_DIRECTORY {
            return Entry { names, size_bytes, content: Content::Directory };
        }
        let mut packed = packed(header, flags, version, data, data_bytes);
        if version < 20 {
            packed.is_solid = self.is_solid && self.has_files;
        }
        self.has_files = true;
        Entry { names, size_bytes, content: Content::Packed(packed) }
    }

    /// A service block: only one that holds a further stream of the file before it is content.
    fn stream<'a>(
        &mut self,
        header: &[u8],
        flags: u16,
        data: &'a [u8],
        data_bytes: usize,
        of: Option<String>,
    ) -> Option<Entry<'a>> {
        let (name, rest) = name_and_rest(header, flags);
        if name != b"STM" {
            return None;
        }
        let rest = if flags & flag::FILE_SALT == 0 { rest } else { rest.get(..rest.len().checked_sub(8)?)? };
        let units = rest.chunks_exact(2).filter_map(|unit| u16_le(unit, 0)).take_while(|unit| *unit != 0);
        let stream: String =
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        let version = header.get(24).copied().unwrap_or(0);
        Some(Entry {
            names: vec![format!("{}{stream}", of.unwrap_or_default()).replace('\\', "/")],
            size_bytes: size_bytes(header, flags),
            content: Content::Packed(packed(header, flags, version, data, data_bytes)),
        })
    }
}

fn packed<'a>(header: &[u8], flags: u16, version: u8, data: &'a [u8], data_bytes: usize) -> Packed<'a> {
    const STORED: u8 = 0x30;
    let method = match (header.get(25).copied().unwrap_or(0), version) {
        (STORED, _) => Method::Stored,
        (_, ..=15) => Method::Lz15,
        (_, 20 | 26) => Method::Lz20,
        (_, 29 | 36) => Method::Lz29,
        (_, other) => Method::Other(other),
    };
    let salt = (flags & flag::FILE_SALT != 0).then(|| {
        let (_, behind) = name_and_rest(header, flags);
        behind.get(..8).and_then(|salt| salt.try_into().ok()).unwrap_or_default()
    });
    let lock = (flags & flag::FILE_ENCRYPTED != 0).then_some(match version {
        ..=15 => Lock::Rar15,
        16..=26 => Lock::Rar20,
        _ => Lock::Rar30 { salt },
    });
    let extent = match (flags & flag::FILE_SPLIT, data.len() < data_bytes) {
        (0, false) => Extent::Whole,
        (0, true) => Extent::Cut,
        _ => Extent::Split,
    };
    let is_solid = flags & flag::FILE_SOLID != 0;
    Packed { bytes: data, extent, method, is_solid, lock, crc: u32_le(header, 16), blake2sp: None }
}

fn size_bytes(header: &[u8], flags: u16) -> Option<u64> {
    let low = u64::from(u32_le(header, 11)?);
    let high = if flags & flag::FILE_LARGE == 0 { 0 } else { u64::from(u32_le(header, 36)?) };
    Some(high << 32 | low)
}

fn name_and_rest(header: &[u8], flags: u16) -> (&[u8], &[u8]) {
    let at = if flags & flag::FILE_LARGE == 0 { 32 } else { 40 };
    let length = usize::from(u16_le(header, 26).unwrap_or(0));
    let behind = header.get(at..).unwrap_or_default();
    behind.split_at_checked(length).unwrap_or((behind, &[]))
}

fn names(header: &[u8], flags: u16) -> Vec<String> {
    let (name, _) = name_and_rest(header, flags);
    let (plain, packed) = match name.iter().position(|byte| *byte == 0) {
        Some(zero) => (name.get(..zero).unwrap_or_default(), name.get(zero + 1..)),
        None => (name, None),
    };
    let mut names = Vec::new();
    if flags & flag::FILE_UNICODE != 0 {
        match packed {
            Some(packed) => names.push(unicode_name::unpacked(plain, packed)),
            None => names.push(String::from_utf8_lossy(plain).into_owned()),
        }
    }
    // Where the 8-bit name lost characters it is nobody's name.
    if names.is_empty() || plain.is_ascii() && !plain.iter().any(|byte| matches!(byte, b'?' | b'_')) {
        names.extend(foreign_name::names(plain));
    }
    let mut names: Vec<String> = names.iter().map(|name| name.replace('\\', "/")).collect();
    names.dedup();
    names
}

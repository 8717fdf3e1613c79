//! The headers of RAR 5 and 7 → entries ("RAR 5.0 archive format", the technical note of its maker).

use rars::crypto::rar50::{Rar50Cipher, Rar50Keys};
use sha2::{Digest, Sha256};

use super::entry::{Content, Derivation, Entry, Extent, Lock, Method, Packed, Walked};
use super::keys::Ring;
use super::{FORMAT, SPLIT};
use crate::Unread;
use crate::limits::RAR_BLOCKS_MAX;
use crate::number::{rar5_number, slice, u32_le};
use crate::open::Budget;

mod kind {
    pub(super) const FILE: u64 = 2;
    pub(super) const SERVICE: u64 = 3;
    pub(super) const ENCRYPTION: u64 = 4;
    pub(super) const END: u64 = 5;
}

mod flag {
    pub(super) const HAS_EXTRA: u64 = 0x01;
    pub(super) const HAS_DATA: u64 = 0x02;
    pub(super) const SPLIT: u64 = 0x18;
    pub(super) const FILE_DIRECTORY: u64 = 0x01;
    pub(super) const FILE_TIME: u64 = 0x02;
    pub(super) const FILE_CRC: u64 = 0x04;
    pub(super) const FILE_SIZE_UNKNOWN: u64 = 0x08;
    pub(super) const END_NEXT_VOLUME: u64 = 0x01;
    pub(super) const HAS_CHECK: u64 = 0x01;
    pub(super) const SUMS_ARE_KEYED: u64 = 0x02;
}

/// Walks through the headers; encrypted ones are opened with `ring`.
pub(super) fn walk<'a>(bytes: &'a [u8], ring: &mut Ring<'_>, budget: &mut Budget) -> Walked<'a> {
    let mut walked = Walked::default();
    let mut locked: Option<Derivation> = None;
    let mut at = 8;
    for _ in 0..RAR_BLOCKS_MAX {
        let block = match &locked {
            None => plain(bytes, at),
            Some(derivation) => opened(bytes, at, derivation, ring, budget, &mut walked),
        };
        let Some((header, data_at)) = block else {
            if !walked.notes.iter().any(|(unread, _)| *unread == Unread::Locked) {
                walked.note(Unread::Damaged, FORMAT);
            }
            return walked;
        };
        if !checksum_agrees(&header) {
            walked.note(Unread::Damaged, FORMAT);
        }
        let Some(block) = Block::parse(&header) else {
            walked.note(Unread::Damaged, FORMAT);
            return walked;
        };
        let data_bytes = usize::try_from(block.data_bytes).unwrap_or(usize::MAX);
        let data = slice(bytes, data_at, data_bytes);
        match block.kind {
            kind::FILE => walked.entries.extend(file(&block, data)),
            kind::SERVICE => {
                let of = walked.entries.last().and_then(|entry| entry.names.first().cloned());
                walked.entries.extend(stream(&block, data, of));
            }
            kind::ENCRYPTION => {
                locked = encryption(block.fields);
                if locked.is_none() {
                    walked.note(Unread::Damaged, FORMAT);
                    return walked;
                }
            }
            kind::END => {
                if rar5_number(block.fields).is_some_and(|(flags, _)| flags & flag::END_NEXT_VOLUME != 0) {
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

/// Whether the first header agrees with its checksum.
pub(super) fn begins(bytes: &[u8]) -> bool {
    plain(bytes, 8).is_some_and(|(header, _)| checksum_agrees(&header))
}

/// A header in the open (checksum, size and what it says), and where its data begin.
fn plain(bytes: &[u8], at: usize) -> Option<(Vec<u8>, usize)> {
    let header = bytes.get(at..)?;
    let length = length(header)?;
    Some((header.get(..length)?.to_vec(), at.checked_add(length)?))
}

/// The length of a header with its checksum and size.
fn length(header: &[u8]) -> Option<usize> {
    /// Of the technical note.
    const HEADER_BYTES_MAX: u64 = 2 * 1024 * 1024;
    let behind_crc = header.get(4..)?;
    let (size, rest) = rar5_number(behind_crc)?;
    if size == 0 || size > HEADER_BYTES_MAX {
        return None;
    }
    (4 + behind_crc.len() - rest.len()).checked_add(usize::try_from(size).ok()?)
}

fn checksum_agrees(header: &[u8]) -> bool {
    u32_le(header, 0) == Some(crc32fast::hash(header.get(4..).unwrap_or_default()))
}

/// An encrypted header: sixteen bytes to begin the cipher with, then whole blocks of it.
fn opened(
    bytes: &[u8],
    at: usize,
    derivation: &Derivation,
    ring: &mut Ring<'_>,
    budget: &mut Budget,
    walked: &mut Walked<'_>,
) -> Option<(Vec<u8>, usize)> {
    const BLOCK_BYTES: usize = 16;
    let iv: [u8; BLOCK_BYTES] = slice(bytes, at, BLOCK_BYTES).try_into().ok()?;
    let at = at.checked_add(BLOCK_BYTES)?;
    for (number, password) in ring.passwords() {
        let Some(keys) = ring.rar50((number, password), derivation, budget) else { continue };
        let Some((header, padded)) = decrypted(bytes.get(at..)?, &keys, iv) else { continue };
        if checksum_agrees(&header) {
            ring.remember(number);
            walked.opened_by = Some(number);
            return Some((header, at.checked_add(padded)?));
        }
    }
    // Behind a header that was opened, it is damage that the next one is not.
    if walked.opened_by.is_none() {
        let detail = if ring.is_out_of_derivation { "derivation" } else { FORMAT };
        walked.note(Unread::Locked, detail);
    }
    None
}

fn decrypted(bytes: &[u8], keys: &Rar50Keys, iv: [u8; 16]) -> Option<(Vec<u8>, usize)> {
    const BLOCK_BYTES: usize = 16;
    let mut cipher = Rar50Cipher::new(keys.key, iv);
    let mut header = bytes.get(..BLOCK_BYTES)?.to_vec();
    cipher.decrypt_in_place(&mut header).ok()?;
    let length = length(&header)?;
    let padded = length.next_multiple_of(BLOCK_BYTES);
    let mut rest = bytes.get(BLOCK_BYTES..padded)?.to_vec();
    cipher.decrypt_in_place(&mut rest).ok()?;
    header.extend(rest);
    header.truncate(length);
    Some((header, padded))
}

/// A header taken apart.
struct Block<'h> {
    kind: u64,
    flags: u64,
    data_bytes: u64,
    fields: &'h [u8],
    extra: &'h [u8],
}

impl<'h> Block<'h> {
    fn parse(header: &'h [u8]) -> Option<Self> {
        let (_, rest) = rar5_number(header.get(4..)?)?;
        let (kind, rest) = rar5_number(rest)?;
        let (flags, rest) = rar5_number(rest)?;
        let (extra_bytes, rest) = if flags & flag::HAS_EXTRA == 0 { (0, rest) } else { rar5_number(rest)? };
        let (data_bytes, rest) = if flags & flag::HAS_DATA == 0 { (0, rest) } else { rar5_number(rest)? };
        let fields_bytes = rest.len().checked_sub(usize::try_from(extra_bytes).ok()?)?;
        let (fields, extra) = rest.split_at_checked(fields_bytes)?;
        Some(Self { kind, flags, data_bytes, fields, extra })
    }
}

/// What the records behind the fields of a file say.
#[derive(Default)]
struct Extra<'h> {
    lock: Option<Lock>,
    blake2sp: Option<[u8; 32]>,
    /// Kind and target.
    redirection: Option<(u64, &'h [u8])>,
    service: &'h [u8],
}

impl<'h> Extra<'h> {
    fn parse(mut rest: &'h [u8]) -> Self {
        const RECORDS_MAX: usize = 64;
        let mut extra = Self::default();
        for _ in 0..RECORDS_MAX {
            let record =
                rar5_number(rest).and_then(|(size, rest)| rest.split_at_checked(usize::try_from(size).ok()?));
            let Some((record, behind)) = record else { break };
            rest = behind;
            let Some((kind, record)) = rar5_number(record) else { continue };
            match kind {
                1 => extra.lock = lock(record),
                2 => extra.blake2sp = record.strip_prefix(&[0]).and_then(|hash| hash.try_into().ok()),
                5 => extra.redirection = redirection(record),
                7 => extra.service = record,
                _ => {}
            }
        }
        extra
    }
}

/// The record of a file's encryption.
fn lock(record: &[u8]) -> Option<Lock> {
    let (_version, rest) = rar5_number(record)?;
    let (flags, rest) = rar5_number(rest)?;
    let (power, rest) = rest.split_first()?;
    let (salt, rest) = rest.split_first_chunk::<16>()?;
    let (iv, rest) = rest.split_first_chunk::<16>()?;
    let check = if flags & flag::HAS_CHECK == 0 { None } else { check_value(rest) };
    let derivation = Derivation { power: *power, salt: *salt, check };
    Some(Lock::Rar50 { derivation, iv: *iv, sums_are_keyed: flags & flag::SUMS_ARE_KEYED != 0 })
}

/// The header that says that all headers behind it are encrypted.
fn encryption(fields: &[u8]) -> Option<Derivation> {
    let (_version, rest) = rar5_number(fields)?;
    let (flags, rest) = rar5_number(rest)?;
    let (power, rest) = rest.split_first()?;
    let (salt, rest) = rest.split_first_chunk::<16>()?;
    let check = if flags & flag::HAS_CHECK == 0 { None } else { check_value(rest) };
    Some(Derivation { power: *power, salt: *salt, check })
}

/// Eight bytes with four of their own SHA-256. Some versions left the eight zero: that tells nothing.
fn check_value(bytes: &[u8]) -> Option<[u8; 8]> {
    let (check, rest) = bytes.split_first_chunk::<8>()?;
    let is_whole = Sha256::digest(check).get(..4) == rest.get(..4);
    (is_whole && *check != [0; 8]).then_some(*check)
}

fn redirection(record: &[u8]) -> Option<(u64, &[u8])> {
    let (kind, rest) = rar5_number(record)?;
    let (_flags, rest) = rar5_number(rest)?;
    let (length, rest) = rar5_number(rest)?;
    Some((kind, rest.get(..usize::try_from(length).ok()?)?))
}

/// The fields of a file or service header.
struct Fields {
    flags: u64,
    size_bytes: Option<u64>,
    crc: Option<u32>,
    method: Method,
    is_solid: bool,
    name: String,
}

impl Fields {
    fn parse(fields: &[u8]) -> Option<Self> {
        let (flags, rest) = rar5_number(fields)?;
        let (size, rest) = rar5_number(rest)?;
        let (_attributes, rest) = rar5_number(rest)?;
        let rest = if flags & flag::FILE_TIME == 0 { rest } else { rest.get(4..)? };
        let (crc, rest) =
            if flags & flag::FILE_CRC == 0 { (None, rest) } else { (Some(u32_le(rest, 0)?), rest.get(4..)?) };
        let (packing, rest) = rar5_number(rest)?;
        let (_host, rest) = rar5_number(rest)?;
        let (name_bytes, rest) = rar5_number(rest)?;
        let name = rest.get(..usize::try_from(name_bytes).ok()?)?;
        Some(Self {
            flags,
            size_bytes: (flags & flag::FILE_SIZE_UNKNOWN == 0).then_some(size),
            crc,
            method: method(packing),
            is_solid: packing & 0x40 != 0,
            name: String::from_utf8_lossy(name).replace('\\', "/"),
        })
    }
}

fn method(packing: u64) -> Method {
    const DICTIONARY_BYTES_MIN: u64 = 128 * 1024;
    let algorithm = (packing & 0x3f) as u8;
    if packing >> 7 & 7 == 0 {
        return Method::Stored;
    }
    match algorithm {
        0 => Method::Lz50 { algorithm, dictionary_bytes: DICTIONARY_BYTES_MIN << (packing >> 10 & 0x0f) },
        1 => {
            let whole = DICTIONARY_BYTES_MIN << (packing >> 10 & 0x1f);
            let dictionary_bytes = whole + whole / 32 * (packing >> 15 & 0x1f);
            // The dictionary may be of RAR 7 while the rest is of RAR 5.
            let algorithm = if packing & 1 << 20 == 0 { 1 } else { 0 };
            Method::Lz50 { algorithm, dictionary_bytes }
        }
        other => Method::Other(other),
    }
}

fn file<'a>(block: &Block<'_>, data: &'a [u8]) -> Option<Entry<'a>> {
    const HARD_LINK: u64 = 4;
    const COPY: u64 = 5;
    let fields = Fields::parse(block.fields)?;
    let extra = Extra::parse(block.extra);
    let content = match extra.redirection {
        Some((HARD_LINK | COPY, target)) => {
            Content::SameAs(String::from_utf8_lossy(target).replace('\\', "/"))
        }
        Some((_, target)) => Content::Link(target.to_vec()),
        None if fields.flags & flag::FILE_DIRECTORY != 0 => Content::Directory,
        None => Content::Packed(packed(block, &fields, extra, data)),
    };
    Some(Entry { names: vec![fields.name], size_bytes: fields.size_bytes, content })
}

/// A further stream of the file before it. Its name is the sender's, with whatever path is in it.
fn stream<'a>(block: &Block<'_>, data: &'a [u8], of: Option<String>) -> Option<Entry<'a>> {
    let fields = Fields::parse(block.fields)?;
    if fields.name != "STM" {
        return None;
    }
    let extra = Extra::parse(block.extra);
    let stream = String::from_utf8_lossy(extra.service).replace('\\', "/");
    let names = vec![format!("{}{stream}", of.unwrap_or_default())];
    let size_bytes = fields.size_bytes;
    Some(Entry { names, size_bytes, content: Content::Packed(packed(block, &fields, extra, data)) })
}

fn packed<'a>(block: &Block<'_>, fields: &Fields, extra: Extra<'_>, data: &'a [u8]) -> Packed<'a> {
    let extent = match (block.flags & flag::SPLIT, (data.len() as u64) < block.data_bytes) {
        (0, false) => Extent::Whole,
        (0, true) => Extent::Cut,
        _ => Extent::Split,
    };
    Packed {
        bytes: data,
        extent,
        method: fields.method,
        is_solid: fields.is_solid,
        lock: extra.lock,
        crc: fields.crc,
        blake2sp: extra.blake2sp,
    }
}

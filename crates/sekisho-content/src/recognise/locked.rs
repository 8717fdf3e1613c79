//! Bytes and their kind → whether a password stands in front of the content, where flags in the open say so.
//!
//! Sources: PKWARE APPNOTE 4.4.4, 7-Zip's `7zFormat.txt`, the RAR 5.0 technical note and `unrar`'s list of RAR 4 header
//! flags, ARJ's technical note, PDF 1.7 section 7.6, RFC 5652.
//!
//! A PDF that only restricts printing is encrypted too, under an empty password; it counts as locked as long as
//! nothing here decrypts.

use std::io::Read;

use memchr::memmem;

use super::magic::stands_at;
use super::{ole, package};
use crate::Kind;
use crate::limits::{ARCHIVE_BLOCKS_MAX, SEVEN_ZIP_HEADER_BYTES_MAX};
use crate::number::{rar5_number, seven_zip_number, slice, u16_le, u32_le, u64_le};
use crate::office::compound;
use crate::zip::Zip;

/// Whether the content needs a password.
pub(crate) fn is_locked(bytes: &[u8], kind: Kind) -> bool {
    match kind {
        Kind::Pdf => is_pdf_encrypted(bytes),
        Kind::SevenZip => is_seven_zip_encrypted(bytes),
        Kind::Rar => is_rar_encrypted(bytes),
        Kind::Arj => is_arj_garbled(bytes),
        Kind::Alz => bytes.get(19).is_some_and(|flags| flags & 1 != 0),
        Kind::Egg => memmem::find(slice(bytes, 0, 4096), &[0x0f, 0x47, 0xd1, 0x08]).is_some(),
        Kind::Dmg => bytes.starts_with(b"encrcdsa"),
        Kind::Smime => is_enveloped(bytes),
        Kind::PgpMessage => true,
        _ if bytes.starts_with(&compound::SIGNATURE) => ole::is_encrypted(bytes, kind),
        _ if kind == Kind::Zip => {
            Zip::at_start(bytes).or_else(|| Zip::behind_prefix(bytes)).is_some_and(encrypted)
        }
        _ => Zip::at_start(bytes).is_some_and(encrypted),
    }
}

fn encrypted(zip: Zip<'_>) -> bool {
    package::is_encrypted(&zip)
}

/// The trailer, or the dictionary of a cross-reference stream, has an `/Encrypt` entry: a reference or a dictionary.
fn is_pdf_encrypted(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"/Encrypt";
    memmem::find_iter(bytes, KEY).any(|at| {
        let value = slice(bytes, at + KEY.len(), 32).trim_ascii_start();
        value.starts_with(b"<<") || value.first().is_some_and(u8::is_ascii_digit)
    })
}

/// A header that is encrypted names the AES coder in the open; one that is only packed has to be unpacked first.
fn is_seven_zip_encrypted(bytes: &[u8]) -> bool {
    const AES: &[u8] = &[0x06, 0xf1, 0x07, 0x01];
    let whole = || {
        let offset = usize::try_from(u64_le(bytes, 12)?).ok()?.checked_add(32)?;
        let size = usize::try_from(u64_le(bytes, 20)?).ok()?;
        Some(slice(bytes, offset, size.min(SEVEN_ZIP_HEADER_BYTES_MAX)))
    };
    let Some(header) = whole() else { return false };
    let names_aes = |header: &[u8]| memmem::find(header, AES).is_some();
    names_aes(header) || unpacked_header(bytes, header).is_some_and(|unpacked| names_aes(&unpacked))
}

/// The header inside an encoded header of the usual shape: one stream, one LZMA coder.
fn unpacked_header(bytes: &[u8], header: &[u8]) -> Option<Vec<u8>> {
    const LZMA_WITH_PROPERTIES: &[u8] = &[0x03, 0x01, 0x01, 0x05];
    let packed_at = header.strip_prefix(&[0x17, 0x06])?;
    let (position, _) = seven_zip_number(packed_at)?;
    let coder = memmem::find(header, LZMA_WITH_PROPERTIES)? + LZMA_WITH_PROPERTIES.len();
    let properties = *header.get(coder)?;
    let dictionary = u32_le(header, coder + 1)?;
    let (size, _) = seven_zip_number(header.get(coder + 5..)?.strip_prefix(&[0x0c])?)?;
    let size = size.min(SEVEN_ZIP_HEADER_BYTES_MAX as u64);
    let packed = bytes.get(usize::try_from(position).ok()?.checked_add(32)?..)?;
    // The dictionary never needs to be larger than what comes out.
    let dictionary = dictionary.min(SEVEN_ZIP_HEADER_BYTES_MAX as u32);
    let reader = lzma_rust2::LzmaReader::new_with_props(packed, size, properties, dictionary, None).ok()?;
    let mut unpacked = Vec::new();
    let _ = reader.take(size).read_to_end(&mut unpacked);
    Some(unpacked)
}

fn is_rar_encrypted(bytes: &[u8]) -> bool {
    match bytes.strip_prefix(b"Rar!\x1a\x07") {
        Some([0x01, 0x00, ..]) => is_rar5_encrypted(bytes),
        Some([0x00, ..]) => is_rar4_encrypted(bytes),
        _ => false,
    }
}

fn is_rar4_encrypted(bytes: &[u8]) -> bool {
    const ARCHIVE_HEADER: u8 = 0x73;
    const FILE_HEADER: u8 = 0x74;
    const HEADERS_ENCRYPTED: u16 = 0x0080;
    const FILE_ENCRYPTED: u16 = 0x0004;
    const HAS_DATA: u16 = 0x8000;
    let mut at = 7_usize;
    for _ in 0..ARCHIVE_BLOCKS_MAX {
        let (Some(kind), Some(flags), Some(size)) =
            (bytes.get(at + 2), u16_le(bytes, at + 3), u16_le(bytes, at + 5))
        else {
            return false;
        };
        let encrypted = match *kind {
            ARCHIVE_HEADER => flags & HEADERS_ENCRYPTED != 0,
            FILE_HEADER => flags & FILE_ENCRYPTED != 0,
            _ => false,
        };
        if encrypted {
            return true;
        }
        let data = if flags & HAS_DATA == 0 { 0 } else { u32_le(bytes, at + 7).unwrap_or(u32::MAX) };
        at = at.saturating_add(usize::from(size).max(7)).saturating_add(data as usize).min(bytes.len());
    }
    false
}

fn is_rar5_encrypted(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(8..).unwrap_or_default();
    for _ in 0..ARCHIVE_BLOCKS_MAX {
        let Some(block) = Rar5Block::parse(rest) else { return false };
        if block.encrypted {
            return true;
        }
        rest = block.rest;
    }
    false
}

struct Rar5Block<'a> {
    encrypted: bool,
    rest: &'a [u8],
}

impl<'a> Rar5Block<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Rar5Block<'a>> {
        const FILE: u64 = 2;
        const SERVICE: u64 = 3;
        const ENCRYPTION: u64 = 4;
        let (size, after_size) = rar5_number(bytes.get(4..)?)?;
        let (header, behind) = split(after_size, size)?;
        let (kind, fields) = rar5_number(header)?;
        let (flags, mut fields) = rar5_number(fields)?;
        let mut field = |present: bool| {
            let Some((number, rest)) = present.then(|| rar5_number(fields)).flatten() else { return 0 };
            fields = rest;
            number
        };
        let extra_bytes = field(flags & 1 != 0);
        let data_bytes = field(flags & 2 != 0);
        let extra_at = header.len().checked_sub(usize::try_from(extra_bytes).ok()?)?;
        let secret = matches!(kind, FILE | SERVICE) && has_encryption_record(header.get(extra_at..)?);
        let (_, rest) = split(behind, data_bytes)?;
        Some(Rar5Block { encrypted: kind == ENCRYPTION || secret, rest })
    }
}

fn has_encryption_record(extra: &[u8]) -> bool {
    const ENCRYPTION: u64 = 1;
    let mut rest = extra;
    for _ in 0..ARCHIVE_BLOCKS_MAX {
        let Some((record, behind)) = rar5_number(rest).and_then(|(size, after)| split(after, size)) else {
            return false;
        };
        if rar5_number(record).is_some_and(|(kind, _)| kind == ENCRYPTION) {
            return true;
        }
        rest = behind;
    }
    false
}

fn split(bytes: &[u8], length: u64) -> Option<(&[u8], &[u8])> {
    bytes.split_at_checked(usize::try_from(length).ok()?)
}

/// The first file header follows the header of the archive; bit 0 of its flags says garbled.
fn is_arj_garbled(bytes: &[u8]) -> bool {
    const GARBLED: u8 = 1;
    let first_file = 4 + usize::from(u16_le(bytes, 2).unwrap_or(0)) + 4 + 2;
    stands_at(bytes, first_file, &[0x60, 0xea])
        && bytes.get(first_file + 8).is_some_and(|flags| flags & GARBLED != 0)
}

/// `id-envelopedData` or `id-authEnvelopedData`, in DER or behind text armour that says nothing of it.
fn is_enveloped(bytes: &[u8]) -> bool {
    const ENVELOPED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03];
    const AUTH_ENVELOPED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17];
    let start = slice(bytes, 0, 64);
    memmem::find(start, ENVELOPED).is_some() || memmem::find(start, AUTH_ENVELOPED).is_some()
}

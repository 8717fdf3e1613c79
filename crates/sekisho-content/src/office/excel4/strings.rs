//! The strings of BIFF records, by version ([MS-XLS] 2.5.293, 2.5.294, 2.5.240; [MS-XLSB] 2.5.166).

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::number::{place, slice, u16_le};

/// Versions of the record format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    Biff2,
    Biff3,
    Biff4,
    /// Excel 5 and 95.
    Biff5,
    /// Excel 97 to 2003.
    Biff8,
    /// Excel binary workbooks.
    Biff12,
}

/// The string of a token, and what is behind it.
pub(super) fn token(bytes: &[u8], version: Version) -> Option<(String, &[u8])> {
    match version {
        Version::Biff12 => wide(bytes, usize::from(u16_le(bytes, 0)?), 2),
        _ => short(bytes, version),
    }
}

/// A string behind a count of one byte.
pub(super) fn short(bytes: &[u8], version: Version) -> Option<(String, &[u8])> {
    let (count, rest) = bytes.split_first()?;
    counted(rest, usize::from(*count), version)
}

/// A string behind a count of two bytes.
pub(super) fn long(bytes: &[u8], version: Version) -> Option<(String, &[u8])> {
    counted(bytes.get(2..)?, usize::from(u16_le(bytes, 0)?), version)
}

/// A string of `count` characters: bytes in the writer's code page, or behind a byte that says how wide they are.
pub(super) fn counted(bytes: &[u8], count: usize, version: Version) -> Option<(String, &[u8])> {
    if version < Version::Biff8 {
        let (text, rest) = bytes.split_at_checked(count)?;
        return Some((narrow(text), rest));
    }
    const WIDE: u8 = 0x01;
    let (flags, rest) = bytes.split_first()?;
    if flags & WIDE != 0 {
        return wide(rest, count, 0);
    }
    let (text, rest) = rest.split_at_checked(count)?;
    Some((text.iter().map(|byte| char::from(*byte)).collect(), rest))
}

/// A string behind a count of four bytes, as binary workbooks have it; a count of all ones is no string.
pub(super) fn counted_wide(bytes: &[u8]) -> Option<(String, &[u8])> {
    match place(bytes, 0)? {
        0xffff_ffff => Some((String::new(), bytes.get(4..)?)),
        count => wide(bytes, count, 4),
    }
}

/// Bytes in a code page of before Unicode. Which one is seldom said truly: Japanese where it can be, else Western.
pub(super) fn narrow(bytes: &[u8]) -> String {
    if bytes.is_ascii() {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let japanese: &'static Encoding = encoding_rs::SHIFT_JIS;
    let (text, broken) = japanese.decode_without_bom_handling(bytes);
    if broken { WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned() } else { text.into_owned() }
}

fn wide(bytes: &[u8], count: usize, at: usize) -> Option<(String, &[u8])> {
    let end = at.checked_add(count.checked_mul(2)?)?;
    let rest = bytes.get(end..)?;
    let units = slice(bytes, at, count * 2).chunks_exact(2).filter_map(|unit| u16_le(unit, 0));
    let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Some((text, rest))
}

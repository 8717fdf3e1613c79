//! Bytes → the local and central headers of a ZIP archive's members, with what their extra fields add (PKWARE APPNOTE
//! 4.3.7, 4.3.12, 4.5.3; WinZip's AES encryption information, section II).

use std::ops::Range;

use crate::limits::ZIP_EXTRA_FIELDS_MAX;
use crate::number::{slice, u16_le, u32_le, u64_le};

pub(super) const LOCAL: &[u8] = b"PK\x03\x04";
pub(super) const CENTRAL: &[u8] = b"PK\x01\x02";

/// Bytes of a local header in front of the name.
pub(super) const LOCAL_BYTES: usize = 30;

/// Bytes of a central header in front of the name.
pub(super) const CENTRAL_BYTES: usize = 46;

/// What one header says of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// Where it stands.
    pub(super) at: usize,
    pub(super) flags: u16,
    /// How the member is packed, under its encryption.
    pub(crate) method: u16,
    /// The time of its last change, as DOS writes it; half of it checks a password.
    pub(crate) time: u16,
    /// CRC-32 of the content.
    pub(crate) crc: u32,
    pub(super) compressed: u64,
    /// The size of the content in bytes.
    pub(crate) size: u64,
    pub(super) name: Range<usize>,
    pub(super) extra: Range<usize>,
    /// Where the local header is said to stand, without what is in front of the archive.
    pub(super) local: u64,
    /// The number of the volume that holds it.
    pub(super) disk: u16,
    /// Whether its attributes are those of a folder.
    pub(super) is_folder: bool,
    /// WinZip's AES.
    pub(crate) aes: Option<Aes>,
}

/// What the AES field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Aes {
    /// AE-1 keeps a true CRC, AE-2 none.
    pub(crate) version: u16,
    /// 1, 2 or 3: 128, 192 or 256 bits.
    pub(crate) strength: u8,
}

impl Header {
    pub(super) fn local(bytes: &[u8], at: usize) -> Option<Header> {
        let field = |offset: usize| u16_le(bytes, at + offset);
        let number = |offset: usize| u32_le(bytes, at + offset);
        let name = at + LOCAL_BYTES..at + LOCAL_BYTES + usize::from(field(26)?);
        let header = Header {
            at,
            flags: field(6)?,
            method: field(8)?,
            time: field(10)?,
            crc: number(14)?,
            compressed: u64::from(number(18)?),
            size: u64::from(number(22)?),
            extra: name.end..name.end + usize::from(field(28)?),
            name,
            local: at as u64,
            disk: 0,
            is_folder: false,
            aes: None,
        };
        Some(header.with_extra(bytes))
    }

    pub(super) fn central(bytes: &[u8], at: usize) -> Option<Header> {
        let field = |offset: usize| u16_le(bytes, at + offset);
        let number = |offset: usize| u32_le(bytes, at + offset);
        let name = at + CENTRAL_BYTES..at + CENTRAL_BYTES + usize::from(field(28)?);
        let header = Header {
            at,
            flags: field(8)?,
            method: field(10)?,
            time: field(12)?,
            crc: number(16)?,
            compressed: u64::from(number(20)?),
            size: u64::from(number(24)?),
            extra: name.end..name.end + usize::from(field(30)?),
            name,
            local: u64::from(number(42)?),
            disk: field(34)?,
            is_folder: number(38)? & FOLDER != 0,
            aes: None,
        };
        Some(header.with_extra(bytes))
    }

    /// Takes the 64-bit numbers and the encryption from the extra field.
    fn with_extra(mut self, bytes: &[u8]) -> Header {
        const FULL: u64 = 0xffff_ffff;
        let zip64 = self.extra_field(bytes, 0x0001).unwrap_or_default();
        let mut at = 0;
        for number in [&mut self.size, &mut self.compressed, &mut self.local] {
            if *number == FULL
                && let Some(long) = u64_le(zip64, at)
            {
                *number = long;
                at += 8;
            }
        }
        if let Some(field) = self.extra_field(bytes, 0x9901).filter(|_| self.method == AES_METHOD)
            && let (Some(version), Some(strength), Some(method)) =
                (u16_le(field, 0), field.get(4), u16_le(field, 5))
        {
            self.aes = Some(Aes { version, strength: *strength });
            self.method = method;
        }
        self
    }

    /// Bytes of the extra field with this number.
    pub(super) fn extra_field<'a>(&self, bytes: &'a [u8], id: u16) -> Option<&'a [u8]> {
        let mut rest = slice(bytes, self.extra.start, self.extra.len());
        for _ in 0..ZIP_EXTRA_FIELDS_MAX {
            let (found, length) = (u16_le(rest, 0)?, u16_le(rest, 2)?);
            let (field, behind) = rest.get(4..)?.split_at_checked(usize::from(length))?;
            if found == id {
                return Some(field);
            }
            rest = behind;
        }
        None
    }

    /// Bit 0: a password stands in front of it.
    pub(super) fn is_encrypted(&self) -> bool {
        self.flags & 1 != 0
    }

    /// Bit 6 or 13: PKWARE's strong encryption, of the content or of the names as well (APPNOTE 7).
    pub(crate) fn is_strongly_encrypted(&self) -> bool {
        self.flags & (1 << 6 | 1 << 13) != 0
    }

    /// Bit 13: the names and sizes of the local headers are masked, because the directory is encrypted.
    pub(super) fn is_masked(&self) -> bool {
        self.flags & 1 << 13 != 0
    }

    /// Bit 3: sizes and CRC stand behind the content.
    pub(crate) fn is_followed_by_sizes(&self) -> bool {
        self.flags & (1 << 3) != 0
    }

    /// Bit 1: LZMA ends by a mark of its own.
    pub(crate) fn has_end_mark(&self) -> bool {
        self.flags & (1 << 1) != 0
    }

    /// Bit 11: the name is UTF-8.
    pub(super) fn is_utf8(&self) -> bool {
        self.flags & (1 << 11) != 0
    }
}

/// The attribute of DOS, which writers on other systems set as well.
const FOLDER: u32 = 0x10;

const AES_METHOD: u16 = 99;

//! XZ, LZMA alone and LZIP → their content (the `.xz` file format 1.2, the LZMA specification, the lzip manual).
//!
//! The dictionary grows with the content, up to what is stated; where more is stated than is allowed here, the stream is
//! read as far as the smaller dictionary carries.

use std::io::{ErrorKind, Read, Result};

use flate2::Crc;
use lzma_rust2::{LzmaReader, XzReader};

use super::frames::{Frame, Frames, damaged};
use crate::limits::DICTIONARY_BYTES_MAX;
use crate::number::{slice, u32_le, u64_le};
use crate::open::Look;

pub(super) fn look_xz(look: &mut Look<'_>) {
    Frames::<Xz<'_>>::new(look.bytes).unpack(look, Vec::new());
}

pub(super) fn look_alone(look: &mut Look<'_>) {
    Frames::<Alone<'_>>::new(look.bytes).unpack(look, Vec::new());
}

pub(super) fn look_lzip(look: &mut Look<'_>) {
    Frames::<Lzip<'_>>::new(look.bytes).unpack(look, Vec::new());
}

struct Xz<'a>(XzReader<&'a [u8]>);

impl<'a> Frame<'a> for Xz<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self> {
        // The decoder's own tables come on top of the dictionary.
        const TABLES_KIB: u32 = 256;
        let memory_kib = DICTIONARY_BYTES_MAX / 1024 + TABLES_KIB;
        Ok(Self(XzReader::new_mem_limit(bytes, false, memory_kib)))
    }

    fn follows(bytes: &[u8]) -> bool {
        bytes.starts_with(&[0xfd, b'7', b'z', b'X', b'Z', 0])
    }

    fn finish(self) -> Result<&'a [u8]> {
        Ok(self.0.into_inner())
    }
}

impl Read for Xz<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        self.0.read(into)
    }
}

/// One LZMA stream with the dictionary that is allowed here.
struct Lzma<'a> {
    reader: LzmaReader<&'a [u8]>,
    bytes: &'a [u8],
    stated_bytes: u32,
}

impl<'a> Lzma<'a> {
    fn open(bytes: &'a [u8], size: u64, properties: u8, stated_bytes: u32) -> Result<Self> {
        let dictionary = stated_bytes.min(DICTIONARY_BYTES_MAX);
        let mut reader = LzmaReader::new_with_props(bytes, size, properties, dictionary, None)?;
        reader.set_defer_errors(true);
        Ok(Self { reader, bytes, stated_bytes })
    }

    /// What stands behind the stream: it was read ahead of the decoder, a piece at a time.
    fn behind(self) -> &'a [u8] {
        let (unread, ahead) = self.reader.into_parts();
        let taken = self.bytes.len().saturating_sub(unread.len()).saturating_sub(ahead.len());
        self.bytes.get(taken..).unwrap_or_default()
    }
}

impl Read for Lzma<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let too_small = self.stated_bytes > DICTIONARY_BYTES_MAX;
        self.reader.read(into).map_err(|error| {
            if too_small && error.kind() != ErrorKind::UnexpectedEof {
                ErrorKind::OutOfMemory.into()
            } else {
                error
            }
        })
    }
}

struct Alone<'a>(Lzma<'a>);

impl<'a> Frame<'a> for Alone<'a> {
    /// Properties, size of the dictionary, size of the content or all ones.
    fn open(bytes: &'a [u8]) -> Result<Self> {
        let header = (bytes.first(), u32_le(bytes, 1), u64_le(bytes, 5));
        let (Some(properties), Some(dictionary), Some(size)) = header else { return Err(damaged()) };
        Lzma::open(slice(bytes, 13, usize::MAX), size, *properties, dictionary).map(Self)
    }

    fn follows(_: &[u8]) -> bool {
        false
    }

    fn finish(self) -> Result<&'a [u8]> {
        Ok(self.0.behind())
    }
}

impl Read for Alone<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        self.0.read(into)
    }
}

/// Members of the lzip format, version 1.
struct Lzip<'a> {
    lzma: Lzma<'a>,
    checksum: Crc,
    size_bytes: u64,
}

impl<'a> Frame<'a> for Lzip<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self> {
        /// `lc` 3, `lp` 0, `pb` 2: the only ones that lzip writes.
        const PROPERTIES: u8 = 93;
        const VERSION: u8 = 1;
        let (Some(version), Some(coded)) = (bytes.get(4), bytes.get(5)) else { return Err(damaged()) };
        if *version != VERSION {
            return Err(ErrorKind::Unsupported.into());
        }
        let base = 1_u32.checked_shl(u32::from(coded & 0x1f)).ok_or_else(damaged)?;
        let dictionary = base - base / 16 * u32::from(coded >> 5);
        let lzma = Lzma::open(slice(bytes, 6, usize::MAX), u64::MAX, PROPERTIES, dictionary)?;
        Ok(Self { lzma, checksum: Crc::new(), size_bytes: 0 })
    }

    fn follows(bytes: &[u8]) -> bool {
        bytes.starts_with(b"LZIP")
    }

    fn finish(self) -> Result<&'a [u8]> {
        /// Checksum, size of the content, size of the member.
        const TRAILER_BYTES: usize = 20;
        let behind = self.lzma.behind();
        let told = (u32_le(behind, 0), u64_le(behind, 4));
        let rest = behind.get(TRAILER_BYTES..).ok_or_else(damaged)?;
        let right = told == (Some(self.checksum.sum()), Some(self.size_bytes));
        if right { Ok(rest) } else { Err(damaged()) }
    }
}

impl Read for Lzip<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let count = self.lzma.read(into)?;
        self.checksum.update(into.get(..count).unwrap_or_default());
        self.size_bytes = self.size_bytes.saturating_add(count as u64);
        Ok(count)
    }
}

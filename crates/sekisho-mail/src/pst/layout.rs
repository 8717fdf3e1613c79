//! The header of a data file ([MS-PST] section 2.2.2.6) → which of its three forms it has, and where its two trees begin.
//!
//! | form | written by | numbers | pages | blocks end at |
//! |---|---|---|---|---|
//! | ANSI | Outlook 97 to 2002 | 4 bytes | 512 | 64 |
//! | Unicode | since Outlook 2003 | 8 bytes | 512 | 64 |
//! | large pages | offline files since Outlook 2013; not in [MS-PST] | 8 bytes | 4,096 | 512 |

use super::encoding::Encoding;
use super::source::ReadAt;
use crate::ole::{u16_at, u32_at};

/// The form of a data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Numbers of 4 bytes; text in a code page.
    Ansi,
    /// Numbers of 8 bytes; text in UTF-16.
    Unicode,
    /// The same, in larger pages, with blocks that may be compressed.
    LargePages,
}

/// Why a file cannot be read as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Refused {
    /// It is no data file of Outlook.
    NotOne,
    /// Its version is none that is known; the number.
    Version(u16),
    /// It is encoded with a key that is not in it.
    Locked,
    /// Its header breaks off, or reading failed.
    Damaged,
}

/// What the header says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) form: Form,
    pub(super) encoding: Encoding,
    /// Where the root page of the tree of nodes is.
    pub(super) nodes: u64,
    /// Where the root page of the tree of blocks is.
    pub(super) blocks: u64,
}

/// Bytes of the header that are read.
const HEADER_BYTES: usize = 564;
/// How a data file begins (`dwMagic`).
pub const SIGNATURE: &[u8] = b"!BDN";
const VERSION_AT: usize = 10;

impl Layout {
    /// Reads the header.
    pub(super) fn of(source: &dyn ReadAt) -> Result<Self, Refused> {
        let mut header = [0; HEADER_BYTES];
        let read = source.read_full(0, &mut header).map_err(|_| Refused::Damaged)?;
        let header = header.get(..read).unwrap_or_default();
        if !header.starts_with(SIGNATURE) {
            return Err(Refused::NotOne);
        }
        let version = u16_at(header, VERSION_AT).ok_or(Refused::Damaged)?;
        let form = match version {
            14 | 15 => Form::Ansi,
            21 | 23 => Form::Unicode,
            36 => Form::LargePages,
            version => return Err(Refused::Version(version)),
        };
        // In the root structure, an id stands before each place.
        let (nodes_at, blocks_at, encoding_at) = match form {
            Form::Ansi => (164 + 24, 164 + 32, 461),
            Form::Unicode | Form::LargePages => (180 + 44, 180 + 60, 513),
        };
        let number = |at| form.id_at(header, at).ok_or(Refused::Damaged);
        let (nodes, blocks) = (number(nodes_at)?, number(blocks_at)?);
        let encoding = *header.get(encoding_at).ok_or(Refused::Damaged)?;
        let encoding = Encoding::of(encoding).ok_or(Refused::Locked)?;
        Ok(Self { form, encoding, nodes, blocks })
    }
}

impl Form {
    /// Bytes of an id or a place.
    pub(super) fn id_bytes(self) -> usize {
        if self == Form::Ansi { 4 } else { 8 }
    }

    /// An id or a place.
    pub(super) fn id_at(self, bytes: &[u8], at: usize) -> Option<u64> {
        match self {
            Form::Ansi => u32_at(bytes, at).map(u64::from),
            Form::Unicode | Form::LargePages => {
                bytes.get(at..)?.first_chunk().map(|eight| u64::from_le_bytes(*eight))
            }
        }
    }

    pub(super) fn page_bytes(self) -> usize {
        if self == Form::LargePages { 4_096 } else { 512 }
    }

    /// Bytes behind the content of a page or block: its kind or size, a checksum, its id.
    pub(super) fn trailer_bytes(self) -> usize {
        match self {
            Form::Ansi => 12,
            Form::Unicode => 16,
            Form::LargePages => 24,
        }
    }

    /// Blocks with their trailer take a multiple of this.
    pub(super) fn block_unit_bytes(self) -> usize {
        if self == Form::LargePages { 512 } else { 64 }
    }

    /// The largest block on the disk, trailer included.
    pub(super) fn block_bytes_max(self) -> usize {
        if self == Form::LargePages { 65_536 } else { 8_192 }
    }
}

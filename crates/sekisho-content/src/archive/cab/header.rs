//! The header, folders and files of a cabinet ([MS-CAB] 2.1 to 2.4).

use crate::archive::foreign_name;
use crate::limits::CAB_NAME_BYTES_MAX;
use crate::number::{place, slice, u16_le, u32_le};

/// A cabinet's lists. Both are as long as sixteen bits count.
pub(super) struct Cabinet {
    pub(super) folders: Vec<Folder>,
    pub(super) files: Vec<File>,
    /// Bytes reserved in front of each block of data.
    pub(super) data_reserve: usize,
    /// Whether other cabinets belong to it.
    pub(super) is_part: bool,
    /// Whether it is shorter than it says, or its lists are.
    pub(super) is_damaged: bool,
}

/// Files packed together.
pub(super) struct Folder {
    pub(super) data_at: usize,
    pub(super) blocks: u16,
    pub(super) packing: u16,
}

/// A file's entry.
pub(super) struct File {
    pub(super) names: Vec<String>,
    pub(super) size_bytes: u32,
    /// Where its content begins in the unpacked folder.
    pub(super) offset: u32,
    pub(super) place: Place,
}

/// Where a file's content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Folder(usize),
    /// Partly in another cabinet.
    Split,
}

impl Cabinet {
    /// Reads the lists. `None` where there is no header.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        const HAS_PREVIOUS: u16 = 1;
        const HAS_NEXT: u16 = 2;
        const HAS_RESERVE: u16 = 4;
        let stated_bytes = place(bytes, 8)?;
        let files_at = place(bytes, 16)?;
        let folders = u16_le(bytes, 26)?;
        let files = u16_le(bytes, 28)?;
        let flags = u16_le(bytes, 30)?;
        let mut at = 36;
        let mut folder_reserve = 0;
        let mut data_reserve = 0;
        if flags & HAS_RESERVE != 0 {
            folder_reserve = usize::from(*bytes.get(at + 2)?);
            data_reserve = usize::from(*bytes.get(at + 3)?);
            at += 4 + usize::from(u16_le(bytes, at)?);
        }
        // The names of the cabinet before and behind it, and of their disks.
        let texts = 2 * (u32::from(flags & HAS_PREVIOUS != 0) + u32::from(flags & HAS_NEXT != 0));
        for _ in 0..texts {
            at += text(bytes, at)?.len() + 1;
        }
        let mut cabinet = Self {
            folders: Vec::new(),
            files: Vec::new(),
            data_reserve,
            is_part: flags & (HAS_PREVIOUS | HAS_NEXT) != 0,
            is_damaged: bytes.len() < stated_bytes,
        };
        for _ in 0..folders {
            let Some(folder) = Folder::parse(bytes, at) else { break };
            cabinet.folders.push(folder);
            at += 8 + folder_reserve;
        }
        let mut at = files_at;
        for _ in 0..files {
            let Some((file, end)) = File::parse(bytes, at) else { break };
            cabinet.files.push(file);
            at = end;
        }
        cabinet.is_damaged |=
            cabinet.folders.len() < usize::from(folders) || cabinet.files.len() < usize::from(files);
        Some(cabinet)
    }
}

impl Folder {
    fn parse(bytes: &[u8], at: usize) -> Option<Self> {
        Some(Self {
            data_at: place(bytes, at)?,
            blocks: u16_le(bytes, at.checked_add(4)?)?,
            packing: u16_le(bytes, at.checked_add(6)?)?,
        })
    }
}

impl File {
    /// Reads an entry; gives where the next one stands.
    fn parse(bytes: &[u8], at: usize) -> Option<(Self, usize)> {
        const NAME_IS_UTF8: u16 = 0x80;
        const CONTINUED_FROM: u16 = 0xfffd;
        let entry = bytes.get(at..)?;
        let attributes = u16_le(entry, 14)?;
        let name = text(entry, 16)?;
        let names = if attributes & NAME_IS_UTF8 == 0 {
            foreign_name::names(name)
        } else {
            vec![String::from_utf8_lossy(name).into_owned()]
        };
        let folder = u16_le(entry, 8)?;
        let file = Self {
            names: names.iter().map(|name| name.replace('\\', "/")).collect(),
            size_bytes: u32_le(entry, 0)?,
            offset: u32_le(entry, 4)?,
            place: if folder >= CONTINUED_FROM { Place::Split } else { Place::Folder(usize::from(folder)) },
        };
        Some((file, at + 16 + name.len() + 1))
    }
}

/// A text that ends with a zero.
fn text(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let within = slice(bytes, at, CAB_NAME_BYTES_MAX);
    within.get(..memchr::memchr(0, within)?)
}

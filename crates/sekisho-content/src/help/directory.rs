//! The head and the directory of compiled help → its entries: name, section, place, length.

use crate::limits::CHM_ENTRIES_MAX;
use crate::number::{place, slice, u64_le};

/// What a help file lists.
pub(super) struct Directory {
    pub(super) entries: Vec<Entry>,
    /// Where the content begins.
    pub(super) content: usize,
    /// Whether the whole directory was there.
    pub(super) whole: bool,
}

/// One file in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    /// 0 as it is, 1 compressed.
    pub(super) section: u64,
    pub(super) offset: u64,
    pub(super) length: u64,
}

impl Entry {
    /// What the help program keeps for itself: indexes and tables, and the compressed content as such.
    pub(super) fn is_internal(&self) -> bool {
        const TABLES: &[&str] = &[
            "/#SYSTEM",
            "/#STRINGS",
            "/#TOPICS",
            "/#URLSTR",
            "/#URLTBL",
            "/#IDXHDR",
            "/#ITBITS",
            "/#WINDOWS",
            "/#IVB",
            "/#TOCIDX",
            "/#SUBSETS",
            "/#BSSC",
            "/$OBJINST",
            "/$FIftiMain",
            "/$TitleMap",
        ];
        self.name.starts_with("::")
            || self.name.ends_with('/') && self.length == 0
            || TABLES.contains(&self.name.as_str())
            || self.name.starts_with("/$WWKeywordLinks/")
            || self.name.starts_with("/$WWAssociativeLinks/")
    }
}

impl Directory {
    /// Reads the directory; `None` if there is none.
    pub(super) fn read(bytes: &[u8]) -> Option<Directory> {
        bytes.strip_prefix(b"ITSF")?;
        let far = |offset| u64_le(bytes, offset).and_then(|number| usize::try_from(number).ok());
        let at = far(0x48)?;
        let length = far(0x50)?;
        let table = slice(bytes, at, length);
        table.strip_prefix(b"ITSP")?;
        // The oldest version does not say where the content begins: behind the directory.
        let version = place(bytes, 4)?;
        let content = if version >= 3 { far(0x58)? } else { at.checked_add(length)? };
        let mut directory = Directory { entries: Vec::new(), content, whole: table.len() == length };
        let header = place(table, 8)?;
        let chunk_bytes = place(table, 0x10).filter(|bytes| (64..=0x10_0000).contains(bytes))?;
        let chunks = table.get(header..)?.chunks(chunk_bytes);
        for chunk in chunks {
            if chunk.starts_with(b"PMGL") {
                directory.whole &= chunk.len() == chunk_bytes;
                directory.chunk(chunk);
            }
        }
        Some(directory)
    }

    fn chunk(&mut self, chunk: &[u8]) {
        const HEADER: usize = 0x14;
        let free = place(chunk, 4).unwrap_or(0);
        let mut rest = slice(chunk, HEADER, chunk.len().saturating_sub(free).saturating_sub(HEADER));
        while !rest.is_empty() {
            let Some((entry, after)) = entry(rest) else {
                self.whole = false;
                return;
            };
            rest = after;
            if self.entries.len() >= CHM_ENTRIES_MAX {
                self.whole = false;
                return;
            }
            self.entries.push(entry);
        }
    }
}

fn entry(bytes: &[u8]) -> Option<(Entry, &[u8])> {
    let (length, rest) = number(bytes)?;
    let (name, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    let (section, rest) = number(rest)?;
    let (offset, rest) = number(rest)?;
    let (length, rest) = number(rest)?;
    let name = match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::SHIFT_JIS.decode_without_bom_handling(name).0.into_owned(),
    };
    Some((Entry { name, section, offset, length }, rest))
}

/// A number of 7 bits a byte, the high ones first.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    const BYTES_MAX: usize = 9;
    let mut value = 0_u64;
    for (place, byte) in bytes.iter().enumerate().take(BYTES_MAX) {
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(place + 1..)?));
        }
    }
    None
}

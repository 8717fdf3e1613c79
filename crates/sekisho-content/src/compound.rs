//! An OLE2 compound file → its directory and the beginnings of its streams ([MS-CFB] sections 2.2 to 2.6).
//!
//! Written for hostile files: chains that run in circles, sectors outside the file and absurd counts end the walk, and
//! what was read so far stands.

use crate::limits::{OLE_CHAIN_SECTORS_MAX, OLE_ENTRIES_MAX, OLE_FAT_SECTORS_MAX, OLE_STREAM_BYTES_MAX};
use crate::number::{place, slice, u16_le, u32_le};

/// The signature of a compound file.
pub(crate) const SIGNATURE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// A compound file, its allocation table and directory read.
pub(crate) struct Compound<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    mini_cutoff: u32,
    mini_fat_start: u32,
    fat: Vec<u32>,
    entries: Vec<Entry>,
}

/// A directory entry.
pub(crate) struct Entry {
    /// The name, in lower case since names are compared without case.
    pub(crate) name: String,
    /// The class of a storage, as stored.
    pub(crate) class: [u8; 16],
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u32,
}

impl<'a> Compound<'a> {
    /// Reads header, allocation table and directory; `None` if the signature is not there.
    pub(crate) fn parse(bytes: &'a [u8]) -> Option<Compound<'a>> {
        bytes.strip_prefix(&SIGNATURE)?;
        let shift = u16_le(bytes, 0x1e).unwrap_or(9);
        let sector_bytes = if shift == 12 { 4096 } else { 512 };
        let mut compound = Compound {
            bytes,
            sector_bytes,
            mini_cutoff: u32_le(bytes, 0x38).unwrap_or(4096),
            mini_fat_start: u32_le(bytes, 0x3c).unwrap_or(END),
            fat: Vec::new(),
            entries: Vec::new(),
        };
        compound.fat = compound.read_fat();
        compound.entries = compound.read_directory(u32_le(bytes, 0x30).unwrap_or(END));
        Some(compound)
    }

    /// The root entry.
    pub(crate) fn root(&self) -> Option<&Entry> {
        self.entries.first()
    }

    /// The entries directly under the root; all entries if the tree of names leads nowhere.
    pub(crate) fn top(&self) -> Vec<&Entry> {
        let mut found = Vec::new();
        let mut seen = vec![false; self.entries.len()];
        let mut open = vec![self.root().map_or(END, |root| root.child)];
        while let Some(id) = open.pop() {
            let Ok(index) = usize::try_from(id) else { continue };
            let (Some(entry), Some(seen)) = (self.entries.get(index), seen.get_mut(index)) else { continue };
            if !std::mem::replace(seen, true) {
                found.push(entry);
                open.extend([entry.left, entry.right]);
            }
        }
        if found.is_empty() { self.entries.iter().skip(1).collect() } else { found }
    }

    /// The first `OLE_STREAM_BYTES_MAX` bytes of a stream, or what can be read of them.
    pub(crate) fn stream(&self, entry: &Entry) -> Vec<u8> {
        let size = usize::try_from(entry.size).unwrap_or(usize::MAX).min(OLE_STREAM_BYTES_MAX);
        if entry.size >= self.mini_cutoff {
            return self.chain_bytes(entry.start, size);
        }
        self.mini_stream(entry.start, size)
    }

    fn mini_stream(&self, start: u32, size: usize) -> Vec<u8> {
        const MINI_SECTOR_BYTES: usize = 64;
        let Some(root) = self.root() else { return Vec::new() };
        let mini_fat = self.chain(self.mini_fat_start);
        let next = |mini: usize| -> Option<usize> {
            let each = self.sector_bytes / 4;
            let sector = self.sector(*mini_fat.get(mini / each)?);
            place(sector, (mini % each) * 4)
        };
        let container = self.chain(root.start);
        let mut found = Vec::new();
        let mut mini = usize::try_from(start).ok();
        for _ in 0..=size / MINI_SECTOR_BYTES {
            let Some(current) = mini else { break };
            let offset = current.saturating_mul(MINI_SECTOR_BYTES);
            let Some(sector) = container.get(offset / self.sector_bytes) else { break };
            found.extend_from_slice(slice(
                self.sector(*sector),
                offset % self.sector_bytes,
                MINI_SECTOR_BYTES,
            ));
            mini = next(current);
        }
        found.truncate(size);
        found
    }

    fn chain_bytes(&self, start: u32, size: usize) -> Vec<u8> {
        let mut found = Vec::new();
        for sector in self.chain(start) {
            if found.len() >= size {
                break;
            }
            found.extend_from_slice(self.sector(sector));
        }
        found.truncate(size);
        found
    }

    /// The sectors of a chain; it ends at an end mark, outside the table, or at the limit.
    fn chain(&self, start: u32) -> Vec<u32> {
        let mut sectors = Vec::new();
        let mut sector = start;
        let longest = self.fat.len().min(OLE_CHAIN_SECTORS_MAX);
        while sectors.len() < longest {
            let Some(next) = usize::try_from(sector).ok().and_then(|index| self.fat.get(index)) else {
                break;
            };
            sectors.push(sector);
            sector = *next;
        }
        sectors
    }

    fn sector(&self, number: u32) -> &'a [u8] {
        let start =
            usize::try_from(number).ok().and_then(|number| (number + 1).checked_mul(self.sector_bytes));
        start.map_or(&[], |start| slice(self.bytes, start, self.sector_bytes))
    }

    fn read_fat(&self) -> Vec<u32> {
        let mut fat = Vec::new();
        for sector in self.fat_sectors() {
            let sector = self.sector(sector);
            if sector.is_empty() {
                break;
            }
            fat.extend(sector.chunks_exact(4).filter_map(|entry| u32_le(entry, 0)));
        }
        fat
    }

    /// The sectors that hold the allocation table: 109 are listed in the header, more in a chain of their own.
    fn fat_sectors(&self) -> Vec<u32> {
        let in_file = (self.bytes.len() / self.sector_bytes).min(OLE_FAT_SECTORS_MAX);
        let listed = slice(self.bytes, 0x4c, 109 * 4).chunks_exact(4).filter_map(|entry| u32_le(entry, 0));
        let mut sectors: Vec<u32> = listed.take_while(|sector| *sector < RESERVED).collect();
        let mut more = u32_le(self.bytes, 0x44).unwrap_or(END);
        // Each sector of the chain is visited once at most, whatever it lists and wherever it leads.
        for _ in 0..in_file {
            if more >= RESERVED || sectors.len() >= in_file {
                break;
            }
            let mut entries: Vec<u32> =
                self.sector(more).chunks_exact(4).filter_map(|entry| u32_le(entry, 0)).collect();
            let Some(next) = entries.pop() else { break };
            sectors.extend(entries.into_iter().take_while(|sector| *sector < RESERVED));
            more = next;
        }
        sectors.truncate(in_file);
        sectors
    }

    fn read_directory(&self, start: u32) -> Vec<Entry> {
        const ENTRY_BYTES: usize = 128;
        let mut sectors = self.chain(start);
        if sectors.is_empty() {
            // A broken allocation table still leaves the first directory sector where the header says.
            sectors.push(start);
        }
        let entries = sectors.into_iter().flat_map(|sector| self.sector(sector).chunks_exact(ENTRY_BYTES));
        entries.take(OLE_ENTRIES_MAX).filter_map(Entry::parse).collect()
    }
}

impl Entry {
    fn parse(bytes: &[u8]) -> Option<Entry> {
        let units = slice(bytes, 0, 64).chunks_exact(2).filter_map(|unit| u16_le(unit, 0));
        let name = char::decode_utf16(units.take_while(|unit| *unit != 0));
        let name: String = name.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        Some(Entry {
            name: name.to_lowercase(),
            class: bytes.get(80..96)?.try_into().ok()?,
            left: u32_le(bytes, 68)?,
            right: u32_le(bytes, 72)?,
            child: u32_le(bytes, 76)?,
            start: u32_le(bytes, 116)?,
            size: u32_le(bytes, 120)?,
        })
    }
}

/// The mark of a chain's end; numbers from `RESERVED` on are marks, not sectors.
const END: u32 = 0xffff_fffe;
const RESERVED: u32 = 0xffff_fffa;

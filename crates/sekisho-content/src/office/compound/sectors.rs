//! The sectors of a compound file and the table that chains them ([MS-CFB] 2.2, 2.3, 2.5).

use super::{State, Stream};
use crate::limits::OLE_FAT_SECTORS_MAX;
use crate::number::{slice, u16_le, u32_le};

/// The mark of a chain's end; numbers from `RESERVED` on are marks, not sectors.
pub(super) const END: u32 = 0xffff_fffe;
const RESERVED: u32 = 0xffff_fffa;

/// The file as sectors, and its allocation table.
pub(super) struct Sectors<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    fat: Vec<u32>,
}

/// The sectors of a chain, in order.
pub(super) struct Chain {
    pub(super) sectors: Vec<u32>,
    pub(super) state: State,
    /// How many of them the table itself listed; the rest is a guess.
    listed: usize,
}

impl Chain {
    /// Without the guess.
    pub(super) fn listed(mut self) -> Vec<u32> {
        self.sectors.truncate(self.listed);
        self.sectors
    }
}

impl<'a> Sectors<'a> {
    /// Reads the allocation table of a file whose sectors have `1 << shift` bytes.
    pub(super) fn new(bytes: &'a [u8], shift: u16) -> Sectors<'a> {
        let sector_bytes = if (7..=16).contains(&shift) { 1 << shift } else { 512 };
        let mut sectors = Sectors { bytes, sector_bytes, fat: Vec::new() };
        sectors.fat = sectors.read_fat();
        sectors
    }

    pub(super) fn file_bytes(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn sector_bytes(&self) -> usize {
        self.sector_bytes
    }

    /// A sector; shorter at the file's end, empty outside.
    pub(super) fn sector(&self, number: u32) -> &'a [u8] {
        let start = usize::try_from(number)
            .ok()
            .and_then(|number| number.checked_add(1)?.checked_mul(self.sector_bytes));
        start.map_or(&[], |start| slice(self.bytes, start, self.sector_bytes))
    }

    /// Where a sector stands in the file.
    pub(super) fn offset(&self, number: u32) -> usize {
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        number.saturating_add(1).saturating_mul(self.sector_bytes)
    }

    /// A sector as numbers.
    pub(super) fn numbers(&self, number: u32) -> impl Iterator<Item = u32> + use<'a> {
        self.sector(number).chunks_exact(4).filter_map(|entry| u32_le(entry, 0))
    }

    /// At most `wanted` sectors from `start`.
    pub(super) fn chain(&self, start: u32, wanted: usize) -> Chain {
        chain(&self.fat, start, wanted, self.in_file())
    }

    /// The first `size` bytes of a chain.
    pub(super) fn content(&self, start: u32, size: usize) -> Stream {
        let chain = self.holding(start, size);
        let mut bytes = Vec::with_capacity(size);
        for sector in chain.sectors {
            bytes.extend_from_slice(self.sector(sector));
        }
        bytes.truncate(size);
        Stream { bytes, state: chain.state }
    }

    /// The sectors of the first `size` bytes of a chain; mended where they hold less.
    pub(super) fn holding(&self, start: u32, size: usize) -> Chain {
        let mut chain = self.chain(start, size.div_ceil(self.sector_bytes));
        let held: usize = chain.sectors.iter().map(|sector| self.sector(*sector).len()).sum();
        if held < size {
            chain.state = State::Mended;
        }
        chain
    }

    /// The sectors from the first that begins with a root entry on, as long as each looks like a directory's.
    pub(super) fn directory_like(&self, most: usize) -> Vec<u32> {
        const ROOT: &[u8] = b"R\0o\0o\0t\0 \0E\0n\0t\0r\0y\0\0\0";
        let numbers = || (0..self.in_file()).filter_map(|number| u32::try_from(number).ok());
        let Some(first) = numbers().find(|number| self.sector(*number).starts_with(ROOT)) else {
            return Vec::new();
        };
        let like = |number: &u32| {
            // Of each entry: the length of its name, its object type and its colour.
            let plausible = |entry: &[u8]| {
                u16_le(entry, 64).is_some_and(|length| length <= 64)
                    && matches!((entry.get(66), entry.get(67)), (Some(0 | 1 | 2 | 5), Some(0 | 1)))
            };
            let sector = self.sector(*number);
            !sector.is_empty() && sector.chunks_exact(128).all(plausible)
        };
        numbers().filter(|number| *number >= first).filter(like).take(most).collect()
    }

    /// Whether the allocation table speaks of sectors that the file does not have: its end is missing.
    pub(super) fn end_is_missing(&self) -> bool {
        const FREE: u32 = u32::MAX;
        // The last sector may be short.
        let held = self.bytes.len().saturating_sub(self.sector_bytes).div_ceil(self.sector_bytes);
        let is_used = |(index, next): (usize, &u32)| index >= held && *next != FREE;
        let listed = slice(self.bytes, 0x4c, 109 * 4).chunks_exact(4).filter_map(|entry| u32_le(entry, 0));
        let is_outside = |sector: u32| usize::try_from(sector).is_ok_and(|sector| sector >= held);
        self.fat.iter().enumerate().any(is_used)
            || listed.take_while(|sector| *sector < RESERVED).any(is_outside)
    }

    fn in_file(&self) -> usize {
        self.bytes.len() / self.sector_bytes
    }

    fn read_fat(&self) -> Vec<u32> {
        let mut fat = Vec::new();
        for sector in self.fat_sectors() {
            // The place of a sector that is missing stays, or all behind it would chain wrongly.
            let before = fat.len();
            fat.extend(self.numbers(sector));
            fat.resize(before + self.sector_bytes / 4, u32::MAX);
            if fat.len() > self.in_file() {
                break;
            }
        }
        fat
    }

    /// The sectors that hold the allocation table: 109 are listed in the header, more in a chain of their own.
    fn fat_sectors(&self) -> Vec<u32> {
        let in_file = self.in_file().min(OLE_FAT_SECTORS_MAX);
        let listed = slice(self.bytes, 0x4c, 109 * 4).chunks_exact(4).filter_map(|entry| u32_le(entry, 0));
        let mut sectors: Vec<u32> = listed.take_while(|sector| *sector < RESERVED).collect();
        let mut more = u32_le(self.bytes, 0x44).unwrap_or(END);
        // Each sector of the chain is visited once at most, whatever it lists and wherever it leads.
        for _ in 0..in_file {
            if more >= RESERVED || sectors.len() >= in_file {
                break;
            }
            let mut entries: Vec<u32> = self.numbers(more).collect();
            let Some(next) = entries.pop() else { break };
            sectors.extend(entries.into_iter().take_while(|sector| *sector < RESERVED));
            more = next;
        }
        sectors.truncate(in_file);
        sectors
    }
}

/// Follows a table from `start`. A chain that breaks off, or comes back to where it was, before `wanted` sectors goes on
/// in the one behind: most files are written in one piece. There are `held` sectors.
pub(super) fn chain(table: &[u32], start: u32, wanted: usize, held: usize) -> Chain {
    let most = wanted.min(held.saturating_add(1));
    let mut sectors = Vec::new();
    let mut seen = vec![0_u64; if most > 1 { held / 64 + 1 } else { 0 }];
    let mut state = State::Whole;
    let mut listed = 0;
    let mut sector = start;
    while sectors.len() < most {
        let index = usize::try_from(sector).unwrap_or(usize::MAX);
        if index >= held {
            break;
        }
        if let Some(bits) = seen.get_mut(index / 64) {
            if *bits >> (index % 64) & 1 == 1 {
                break;
            }
            *bits |= 1 << (index % 64);
        }
        sectors.push(sector);
        if state == State::Whole {
            listed = sectors.len();
        }
        sector = match table.get(index) {
            Some(&END) => break,
            Some(next) if usize::try_from(*next).is_ok_and(|next| next < held && next != index) => *next,
            _ => {
                state = State::Mended;
                sector.saturating_add(1)
            }
        };
    }
    Chain { sectors, state, listed }
}

//! An OLE2 compound file → its directory and its streams ([MS-CFB] sections 2.2 to 2.6).
//!
//! Written for hostile files, and more lenient than the programs that open them: chains that run in circles, sectors
//! outside the file and absurd counts end a walk, and what was read so far stands; a chain that breaks off goes on in
//! the sectors behind it; entries that the tree of names does not lead to are listed too.
//!
//! How to use it: [`Compound::parse`], then [`Compound::entries`] for paths, sizes and classes, and
//! [`Compound::stream`] (by path, without case) or [`Compound::read`] (by entry) for content paid from the budget.

mod directory;
mod rebuild;
mod sectors;

pub(crate) use directory::{Entry, Object, Reach};
pub(crate) use rebuild::rebuild;
#[cfg(test)]
pub(crate) use rebuild::written;

use crate::limits::{OLE_ENTRIES_MAX, OLE_STREAM_BYTES_MAX};
use crate::number::{slice, u16_le, u32_le};
use crate::{Budget, Cost, Unread};
use sectors::{Chain, END, Sectors};

/// The signature of a compound file.
pub(crate) const SIGNATURE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// A compound file, its allocation tables and directory read.
pub(crate) struct Compound<'a> {
    sectors: Sectors<'a>,
    mini_cutoff: u64,
    /// The sectors that hold the short streams.
    mini_container: Vec<u32>,
    /// Short sector → the next one of its chain.
    mini_fat: Vec<u32>,
    entries: Vec<Entry>,
}

/// What a stream holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stream {
    /// Its bytes, as many of them as the file still has.
    pub(crate) bytes: Vec<u8>,
    /// Whether they are all there.
    pub(crate) state: State,
}

/// Whether a stream could be read whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Its chain has all the bytes that its entry promises.
    Whole,
    /// The chain broke off, ran in a circle or left the file; a guess was made or an end is missing.
    Mended,
}

impl<'a> Compound<'a> {
    /// Reads header, allocation tables and directory; `None` if the signature is not there.
    pub(crate) fn parse(bytes: &'a [u8]) -> Option<Compound<'a>> {
        const CUTOFF: u32 = 4096;
        bytes.strip_prefix(&SIGNATURE)?;
        let sectors = Sectors::new(bytes, u16_le(bytes, 0x1e).unwrap_or(9));
        let cutoff = u32_le(bytes, 0x38).filter(|cutoff| (64..=0x1_0000).contains(cutoff)).unwrap_or(CUTOFF);
        let mut compound = Compound {
            sectors,
            mini_cutoff: u64::from(cutoff),
            mini_container: Vec::new(),
            mini_fat: Vec::new(),
            entries: Vec::new(),
        };
        compound.entries = compound.directory(u32_le(bytes, 0x30).unwrap_or(END));
        compound.read_mini_tables(u32_le(bytes, 0x3c).unwrap_or(END));
        Some(compound)
    }

    /// Whether the file's end is missing.
    pub(crate) fn is_cut(&self) -> bool {
        self.sectors.end_is_missing()
    }

    /// The root entry.
    pub(crate) fn root(&self) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.object == Object::Root)
    }

    /// All entries, each once: the root, what the tree of names leads to, then orphans.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries directly under the root; all entries if the tree of names leads nowhere.
    pub(crate) fn top(&self) -> Vec<&Entry> {
        let under_root = |entry: &&Entry| {
            entry.object != Object::Root && entry.reach == Reach::Tree && !entry.path.contains('/')
        };
        let found: Vec<&Entry> = self.entries.iter().filter(under_root).collect();
        if found.is_empty() {
            return self.entries.iter().filter(|entry| entry.object != Object::Root).collect();
        }
        found
    }

    /// The entry at a path, folders divided by `/`, without case.
    pub(crate) fn find(&self, path: &str) -> Option<&Entry> {
        let path = path.to_lowercase();
        self.entries.iter().find(|entry| entry.object != Object::Root && entry.path.to_lowercase() == path)
    }

    /// The content of the stream at a path, as [`Compound::read`] gives it; `None` where there is none.
    pub(crate) fn stream(&self, path: &str, budget: &mut Budget) -> Option<Result<Stream, Unread>> {
        self.find(path).map(|entry| self.read(entry, budget))
    }

    /// The content of a stream; `TooLarge` where the budget does not reach.
    pub(crate) fn read(&self, entry: &Entry, budget: &mut Budget) -> Result<Stream, Unread> {
        let size = self.believable(entry.size_bytes);
        budget.pay(Cost::Bytes(size as u64)).map_err(|_| Unread::TooLarge)?;
        let mut stream = self.first(entry, size);
        if entry.size_bytes > size as u64 {
            stream.state = State::Mended;
        }
        Ok(stream)
    }

    /// Whether a stream could be read whole, without its bytes; paid as if it were read.
    pub(crate) fn state(&self, entry: &Entry, budget: &mut Budget) -> Result<State, Unread> {
        let size = self.believable(entry.size_bytes);
        budget.pay(Cost::Bytes(size as u64)).map_err(|_| Unread::TooLarge)?;
        Ok(if entry.size_bytes > size as u64 {
            State::Mended
        } else if entry.size_bytes >= self.mini_cutoff {
            self.sectors.holding(entry.start, size).state
        } else {
            self.short(entry.start, size).state
        })
    }

    /// The first `OLE_STREAM_BYTES_MAX` bytes of a stream, or what can be read of them: for flags and first records.
    pub(crate) fn beginning(&self, entry: &Entry) -> Vec<u8> {
        self.first(entry, self.believable(entry.size_bytes).min(OLE_STREAM_BYTES_MAX)).bytes
    }

    /// Where the bytes of a stream stand in the file, in its order: offsets and lengths.
    pub(crate) fn places(&self, entry: &Entry) -> Vec<(usize, usize)> {
        let size = self.believable(entry.size_bytes);
        let sector_bytes = self.sectors.sector_bytes();
        if entry.size_bytes >= self.mini_cutoff {
            let chain = self.sectors.chain(entry.start, size.div_ceil(sector_bytes));
            return chain
                .sectors
                .into_iter()
                .map(|sector| (self.sectors.offset(sector), sector_bytes))
                .collect();
        }
        let shorts = self.shorts(entry.start, size).sectors.into_iter().map(short_offset);
        let place = |offset: usize| {
            let sector = self.mini_container.get(offset / sector_bytes)?;
            Some((self.sectors.offset(*sector).saturating_add(offset % sector_bytes), SHORT_SECTOR_BYTES))
        };
        shorts.map_while(place).collect()
    }

    /// No stream is larger than the file.
    fn believable(&self, size_bytes: u64) -> usize {
        usize::try_from(size_bytes).unwrap_or(usize::MAX).min(self.sectors.file_bytes())
    }

    fn first(&self, entry: &Entry, size: usize) -> Stream {
        if entry.size_bytes >= self.mini_cutoff {
            return self.sectors.content(entry.start, size);
        }
        self.short(entry.start, size)
    }

    /// A stream in short sectors of the container that the root owns.
    fn short(&self, start: u32, size: usize) -> Stream {
        let sector_bytes = self.sectors.sector_bytes();
        let Chain { sectors, state, .. } = self.shorts(start, size);
        let mut bytes = Vec::with_capacity(size);
        for short in sectors {
            let offset = short_offset(short);
            let Some(sector) = self.mini_container.get(offset / sector_bytes) else { break };
            let sector = self.sectors.sector(*sector);
            bytes.extend_from_slice(slice(sector, offset % sector_bytes, SHORT_SECTOR_BYTES));
        }
        bytes.truncate(size);
        let state = if bytes.len() < size { State::Mended } else { state };
        Stream { bytes, state }
    }

    /// The short sectors of a stream of `size` bytes.
    fn shorts(&self, start: u32, size: usize) -> Chain {
        let each = self.sectors.sector_bytes() / SHORT_SECTOR_BYTES;
        let held = self.mini_container.len().saturating_mul(each);
        sectors::chain(&self.mini_fat, start, size.div_ceil(SHORT_SECTOR_BYTES), held)
    }

    fn read_mini_tables(&mut self, mini_fat_start: u32) {
        let Some(root) = self.root() else { return };
        let (start, size) = (root.start, self.believable(root.size_bytes));
        // Some writers leave the root's size at nothing; its chain still tells.
        let size = if size == 0 { self.sectors.file_bytes() } else { size };
        let needed = size.div_ceil(self.sectors.sector_bytes());
        self.mini_container = self.sectors.chain(start, needed).sectors;
        let each = self.sectors.sector_bytes() / 4;
        let needed = (size / 64).div_ceil(each).max(1);
        let table = self.sectors.chain(mini_fat_start, needed).sectors;
        self.mini_fat = table.into_iter().flat_map(|sector| self.sectors.numbers(sector)).collect();
    }

    fn directory(&self, start: u32) -> Vec<Entry> {
        let most = (OLE_ENTRIES_MAX * directory::ENTRY_BYTES).div_ceil(self.sectors.sector_bytes());
        let mut sectors = self.sectors.chain(start, most).listed();
        if sectors.is_empty() {
            // A broken allocation table still leaves the first directory sector where the header says.
            sectors.push(start);
        }
        let content = |sectors: &[u32]| -> Vec<u8> {
            sectors.iter().flat_map(|sector| self.sectors.sector(*sector).iter().copied()).collect()
        };
        let mut entries = directory::parse(&content(&sectors));
        let has_streams = |entries: &[Entry]| entries.iter().any(|entry| entry.object == Object::Stream);
        if !has_streams(&entries) {
            // The chain leads past the directory: it is looked for, and followed as far as it looks like one.
            let searched = directory::parse(&content(&self.sectors.directory_like(most)));
            if has_streams(&searched) {
                entries = searched;
            }
        }
        entries
    }
}

const SHORT_SECTOR_BYTES: usize = 64;

/// Where a short sector stands in the container.
fn short_offset(short: u32) -> usize {
    usize::try_from(short).unwrap_or(usize::MAX).saturating_mul(SHORT_SECTOR_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, sample};

    fn budget() -> Budget {
        Budget::default()
    }

    fn word() -> Vec<u8> {
        sample(Kind::OfficeWord97).unwrap()
    }

    fn word_stream(bytes: &[u8]) -> Option<Stream> {
        Compound::parse(bytes)?.stream("worddocument", &mut budget())?.ok()
    }

    #[test]
    fn a_stream_is_read_by_its_path_and_paid() {
        let bytes = word();
        let mut budget = budget();
        let before = budget.expanded_bytes_left;
        let compound = Compound::parse(&bytes).unwrap();
        let stream = compound.stream("WordDocument", &mut budget).unwrap().unwrap();
        assert_eq!((stream.bytes.len(), stream.state), (4096, State::Whole));
        assert_eq!(before - budget.expanded_bytes_left, 4096);
        assert!(compound.stream("Nothing", &mut budget).is_none());
        budget.expanded_bytes_left = 10;
        assert_eq!(compound.stream("WordDocument", &mut budget), Some(Err(Unread::TooLarge)));
    }

    #[test]
    fn a_chain_that_breaks_off_goes_on_behind() {
        let mut bytes = word();
        let whole = word_stream(&bytes).unwrap();
        // The allocation table is the first sector; the stream's chain begins behind the directory.
        for entry in bytes[512 + 3 * 4..1024].chunks_exact_mut(4) {
            entry.copy_from_slice(&[0xff; 4]);
        }
        let mended = word_stream(&bytes).unwrap();
        assert_eq!((mended.bytes, mended.state), (whole.bytes, State::Mended));
    }

    #[test]
    fn an_entry_outside_the_tree_is_an_orphan() {
        let mut bytes = word();
        // The root's child: no entry.
        bytes[1024 + 76..1024 + 80].fill(0xff);
        let compound = Compound::parse(&bytes).unwrap();
        let entry = compound.find("WordDocument").unwrap();
        assert_eq!(entry.reach, Reach::Orphan);
        assert!(compound.read(entry, &mut budget()).is_ok());
    }

    #[test]
    fn a_directory_that_the_header_does_not_lead_to_is_searched() {
        let mut bytes = word();
        bytes[0x30..0x34].copy_from_slice(&7_u32.to_le_bytes());
        assert_eq!(word_stream(&bytes).unwrap().bytes.len(), 4096);
    }

    #[test]
    fn cut_and_changed_files_end() {
        let bytes = word();
        for end in (0..bytes.len()).step_by(37) {
            let _ = word_stream(&bytes[..end]);
        }
        let mut seed = 7_u32;
        for _ in 0..3000 {
            let mut changed = bytes.clone();
            for _ in 0..4 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (seed >> 8) as usize % 1536;
                changed[at] = (seed & 0xff) as u8;
            }
            let Some(compound) = Compound::parse(&changed) else { continue };
            for entry in compound.entries() {
                let _ = compound.read(entry, &mut budget());
            }
        }
    }
}

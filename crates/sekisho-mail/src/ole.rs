//! An OLE2 compound file ([MS-CFB]) → its storages and streams. Read only, and never further than the bytes go: chains
//! that run in circles, entries that point nowhere and sizes that lie end early.

/// How one begins ([MS-CFB] section 2.2).
pub(crate) const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const ENTRY_BYTES: usize = 128;
/// Sector numbers from here on are marks, not sectors.
const SECTOR_MAX: u32 = 0xffff_fffa;
const NO_ENTRY: u32 = 0xffff_ffff;

/// An open compound file.
pub(crate) struct Ole<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
}

/// A storage or stream.
struct Entry {
    name: String,
    is_stream: bool,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size_bytes: usize,
}

impl<'a> Ole<'a> {
    /// Opens `bytes`; `None` where they are no compound file. At most `entries_max` entries are read.
    pub(crate) fn open(bytes: &'a [u8], entries_max: usize) -> Option<Self> {
        if !bytes.starts_with(SIGNATURE) {
            return None;
        }
        let shift = u16_at(bytes, 30)?;
        let sector_bytes = if matches!(shift, 9 | 12) { 1usize << shift } else { return None };
        let mut ole = Self {
            bytes,
            sector_bytes,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
        };
        ole.fat = ole.read_fat()?;
        let directory = ole.chain(u32_at(bytes, 48)?, entries_max.saturating_mul(ENTRY_BYTES));
        ole.entries = directory.chunks_exact(ENTRY_BYTES).filter_map(entry).collect();
        let mini_fat = ole.chain(u32_at(bytes, 60)?, bytes.len());
        ole.mini_fat = numbers(&mini_fat);
        let root = ole.entries.first()?;
        ole.mini_stream = ole.chain(root.start, root.size_bytes);
        Some(ole)
    }

    /// The number of the root storage.
    pub(crate) const ROOT: usize = 0;

    /// What a storage holds: number and name of each entry.
    pub(crate) fn children(&self, storage: usize) -> Vec<(usize, &str)> {
        let mut found = Vec::new();
        let mut seen = vec![false; self.entries.len()];
        let mut waiting: Vec<u32> = self.entries.get(storage).map(|entry| entry.child).into_iter().collect();
        while let Some(number) = waiting.pop() {
            let Some(at) = usize::try_from(number).ok().filter(|_| number != NO_ENTRY) else { continue };
            let (Some(entry), Some(seen)) = (self.entries.get(at), seen.get_mut(at)) else { continue };
            if std::mem::replace(seen, true) {
                continue;
            }
            found.push((at, entry.name.as_str()));
            waiting.extend([entry.left, entry.right]);
        }
        found.sort_unstable();
        found
    }

    /// Whether the entry is a stream.
    pub(crate) fn is_stream(&self, number: usize) -> bool {
        self.entries.get(number).is_some_and(|entry| entry.is_stream)
    }

    /// The size that a stream claims, at most what the file holds.
    pub(crate) fn size_bytes(&self, number: usize) -> usize {
        self.entries.get(number).map_or(0, |entry| entry.size_bytes.min(self.bytes.len()))
    }

    /// The bytes of a stream; short where its chain breaks.
    pub(crate) fn stream(&self, number: usize) -> Vec<u8> {
        const MINI_STREAM_CUTOFF_BYTES: usize = 4096;
        const MINI_SECTOR_BYTES: usize = 64;
        let Some(entry) = self.entries.get(number).filter(|entry| entry.is_stream) else { return Vec::new() };
        if entry.size_bytes >= MINI_STREAM_CUTOFF_BYTES {
            return self.chain(entry.start, entry.size_bytes);
        }
        let mut content = Vec::with_capacity(entry.size_bytes);
        let mut sector = entry.start;
        while sector < SECTOR_MAX && content.len() < entry.size_bytes {
            let at = (sector as usize).saturating_mul(MINI_SECTOR_BYTES);
            let end = at.saturating_add(MINI_SECTOR_BYTES).min(self.mini_stream.len());
            let Some(piece) = self.mini_stream.get(at..end) else { break };
            if piece.is_empty() {
                break;
            }
            content.extend_from_slice(piece);
            let Some(next) = self.mini_fat.get(sector as usize) else { break };
            sector = *next;
        }
        content.truncate(entry.size_bytes);
        content
    }

    /// Follows a chain of sectors, at most `bytes_max` bytes and never more than the file has.
    fn chain(&self, start: u32, bytes_max: usize) -> Vec<u8> {
        let bytes_max = bytes_max.min(self.bytes.len());
        let mut content = Vec::new();
        let mut sector = start;
        while sector < SECTOR_MAX && content.len() < bytes_max {
            let Some(piece) = self.sector(sector) else { break };
            content.extend_from_slice(piece);
            let Some(next) = self.fat.get(sector as usize) else { break };
            sector = *next;
        }
        content.truncate(bytes_max);
        content
    }

    /// One sector; the last of a file may be short.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let at = (number as usize).checked_add(1)?.checked_mul(self.sector_bytes)?;
        let end = at.checked_add(self.sector_bytes)?.min(self.bytes.len());
        self.bytes.get(at..end).filter(|piece| !piece.is_empty())
    }

    fn read_fat(&self) -> Option<Vec<u32>> {
        let sectors_max = self.bytes.len() / self.sector_bytes + 1;
        let mut sectors = numbers(self.bytes.get(76..512)?);
        let mut difat = u32_at(self.bytes, 68)?;
        let mut steps = 0;
        while difat < SECTOR_MAX && steps < sectors_max {
            let mut more = numbers(self.sector(difat).unwrap_or_default());
            let Some(next) = more.pop() else { break };
            sectors.extend(more);
            difat = next;
            steps += 1;
        }
        let mut fat = Vec::new();
        for sector in sectors.into_iter().filter(|sector| *sector < SECTOR_MAX) {
            if fat.len() > sectors_max {
                break;
            }
            fat.extend(numbers(self.sector(sector).unwrap_or_default()));
        }
        Some(fat)
    }
}

/// A little-endian number of 16 bits.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

/// A little-endian number of 32 bits.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect()
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let name_bytes = usize::from(u16_at(bytes, 64)?).clamp(2, 64) - 2;
    let units: Vec<u16> =
        bytes.get(..name_bytes)?.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        is_stream: bytes.get(66) == Some(&2),
        left: u32_at(bytes, 68)?,
        right: u32_at(bytes, 72)?,
        child: u32_at(bytes, 76)?,
        start: u32_at(bytes, 116)?,
        size_bytes: u32_at(bytes, 120)? as usize,
    })
}

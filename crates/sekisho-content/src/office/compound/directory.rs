//! The directory of a compound file → entries with their paths ([MS-CFB] 2.6).

use crate::limits::OLE_ENTRIES_MAX;
use crate::number::{slice, u16_le, u32_le};

/// The size of an entry.
pub(super) const ENTRY_BYTES: usize = 128;

/// A storage or stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its name as written.
    pub(crate) name: String,
    /// Its name in lower case, since names are compared without case.
    pub(crate) key: String,
    /// Its path, storages divided by `/`; of an orphan, from the storage that itself is not reached.
    pub(crate) path: String,
    /// What it is.
    pub(crate) object: Object,
    /// Whether the tree of names leads to it.
    pub(crate) reach: Reach,
    /// The class of a storage, as stored.
    pub(crate) class: [u8; 16],
    /// The size of a stream as stated.
    pub(crate) size_bytes: u64,
    pub(super) start: u32,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    /// The root storage.
    Root,
    /// A storage.
    Storage,
    /// A stream.
    Stream,
}

/// Whether the tree of names leads to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// It does.
    Tree,
    /// It does not, but the entry is there.
    Orphan,
}

/// The entries of a directory in the tree's order, then those that the tree does not lead to.
pub(super) fn parse(directory: &[u8]) -> Vec<Entry> {
    let records = directory.chunks_exact(ENTRY_BYTES).take(OLE_ENTRIES_MAX);
    let mut records: Vec<Option<Record>> = records.map(Record::parse).collect();
    if let Some(root) = records.first_mut() {
        // The first entry is the root, whatever its type says.
        *root = directory.get(..ENTRY_BYTES).and_then(|bytes| Record::of(bytes, Object::Root));
    }
    let mut walk = Walk { seen: vec![false; records.len()], records: &records, entries: Vec::new() };
    let child = match records.first() {
        Some(Some(root)) => {
            walk.seen.iter_mut().take(1).for_each(|seen| *seen = true);
            walk.entries.push(Entry { object: Object::Root, path: String::new(), ..root.entry.clone() });
            root.child
        }
        _ => NONE,
    };
    walk.from(child, "", Reach::Tree);
    // Storages first, so that what stands in an orphaned one keeps its path.
    for wanted in [Object::Storage, Object::Stream] {
        for (index, record) in records.iter().enumerate() {
            let Some(record) = record.as_ref().filter(|record| record.entry.object == wanted) else {
                continue;
            };
            if walk.visit(index) {
                let path = record.entry.name.clone();
                walk.entries.push(Entry { reach: Reach::Orphan, path: path.clone(), ..record.entry.clone() });
                walk.from(record.child, &path, Reach::Orphan);
            }
        }
    }
    walk.entries
}

const NONE: u32 = u32::MAX;

/// An entry with its links.
struct Record {
    entry: Entry,
    left: u32,
    right: u32,
    child: u32,
}

struct Walk<'r> {
    records: &'r [Option<Record>],
    seen: Vec<bool>,
    entries: Vec<Entry>,
}

impl Walk<'_> {
    /// Marks a record as seen; whether it was not before.
    fn visit(&mut self, index: usize) -> bool {
        self.seen.get_mut(index).is_some_and(|seen| !std::mem::replace(seen, true))
    }

    /// Walks a tree of siblings and what is under each; every record once.
    fn from(&mut self, id: u32, folder: &str, reach: Reach) {
        let mut open = vec![(id, folder.to_owned())];
        while let Some((id, folder)) = open.pop() {
            let index = usize::try_from(id).unwrap_or(usize::MAX);
            let Some(Some(record)) = self.records.get(index) else { continue };
            if !self.visit(index) {
                continue;
            }
            let name = &record.entry.name;
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            open.push((record.right, folder.clone()));
            // A chain of storages each in the other would make paths that grow without end.
            if record.entry.object == Object::Storage && path.len() <= PATH_BYTES_MAX {
                open.push((record.child, path.clone()));
            }
            open.push((record.left, folder));
            self.entries.push(Entry { reach, path, ..record.entry.clone() });
        }
    }
}

/// Storages nested deeper than this in names are listed as orphans.
const PATH_BYTES_MAX: usize = 1024;

impl Record {
    fn parse(bytes: &[u8]) -> Option<Record> {
        let object = match bytes.get(66)? {
            1 => Object::Storage,
            2 => Object::Stream,
            5 => Object::Root,
            _ => return None,
        };
        Record::of(bytes, object)
    }

    fn of(bytes: &[u8], object: Object) -> Option<Record> {
        let units = slice(bytes, 0, 64).chunks_exact(2).filter_map(|unit| u16_le(unit, 0));
        let name = char::decode_utf16(units.take_while(|unit| *unit != 0));
        let name: String = name.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        let (low, high) = (u32_le(bytes, 120)?, u32_le(bytes, 124)?);
        // The upper half is not used with 512-byte sectors, and old writers leave anything there.
        let size_bytes = if high < 0x100 { u64::from(high) << 32 | u64::from(low) } else { u64::from(low) };
        Some(Record {
            entry: Entry {
                key: name.to_lowercase(),
                path: String::new(),
                name,
                object,
                reach: Reach::Tree,
                class: bytes.get(80..96)?.try_into().ok()?,
                size_bytes,
                start: u32_le(bytes, 116)?,
            },
            left: u32_le(bytes, 68)?,
            right: u32_le(bytes, 72)?,
            child: u32_le(bytes, 76)?,
        })
    }
}

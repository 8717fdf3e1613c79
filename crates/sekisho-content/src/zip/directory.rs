//! Bytes → the central directories of a ZIP archive, by each end record that may count (PKWARE APPNOTE 4.3.14 to
//! 4.3.16), and what those records say of the archive as a whole.

use std::collections::BTreeSet;

use memchr::memmem;

use super::header::{CENTRAL, CENTRAL_BYTES, Header};
use crate::limits::{ZIP_DIRECTORIES_MAX, ZIP_END_WITHIN_BYTES, ZIP_MEMBERS_MAX};
use crate::number::{slice, u16_le, u32_le, u64_le};

pub(super) const END: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;

/// An end record and what its central directory lists.
pub(super) struct Directory {
    /// Where the end record stands.
    pub(super) end: usize,
    /// Where the archive ends by what that says of its comment.
    pub(super) archive_end: usize,
    /// The headers, with the number of bytes by which the archive stands later than they say.
    pub(super) headers: Vec<(Header, isize)>,
    /// Whether the archive has no members at all.
    pub(super) is_of_nothing: bool,
    /// Whether fewer members are listed than the end record counts.
    pub(super) is_short: bool,
    /// Whether the end record names another volume.
    pub(super) is_split: bool,
    /// Whether there were more members than are looked at.
    pub(super) is_cut: bool,
}

impl Directory {
    /// All directories, that of the last end record first: programs differ in which end record they take, and in whether
    /// they find the directory by its size or by its place.
    pub(super) fn all(bytes: &[u8]) -> Vec<Directory> {
        let mut starts = BTreeSet::new();
        let mut room = ZIP_MEMBERS_MAX;
        let mut directories = Vec::new();
        for at in end_records(bytes) {
            let Some(record) = Record::parse(bytes, at) else { continue };
            let places: Vec<(usize, isize)> =
                record.places(bytes).into_iter().filter(|(start, _)| starts.insert(*start)).collect();
            // A record without its directory is none, unless the directory stands in another volume.
            if places.is_empty() && !record.is_split {
                continue;
            }
            let mut directory = Directory {
                end: at,
                archive_end: at + END_BYTES + usize::from(u16_le(bytes, at + 20).unwrap_or(0)),
                headers: Vec::new(),
                is_of_nothing: record.members == 0,
                is_short: places.is_empty(),
                is_split: record.is_split,
                is_cut: false,
            };
            for (start, prefix) in places {
                directory.list(bytes, start, prefix, room);
            }
            // Writers that know no 64-bit numbers count on from zero.
            let listed = directory.headers.len() as u64;
            directory.is_short |= listed < record.members && listed & 0xffff != record.members;
            room = room.saturating_sub(directory.headers.len());
            directories.push(directory);
        }
        directories
    }

    fn list(&mut self, bytes: &[u8], start: usize, prefix: isize, room: usize) {
        let mut at = start;
        while slice(bytes, at, 4) == CENTRAL {
            if self.headers.len() >= room {
                self.is_cut = true;
                return;
            }
            let Some(header) = Header::central(bytes, at) else { break };
            let comment = usize::from(u16_le(bytes, at + 32).unwrap_or(0));
            at = at.saturating_add(CENTRAL_BYTES + header.name.len() + header.extra.len() + comment);
            self.headers.push((header, prefix));
        }
    }
}

/// Places of end records, the last first: within reach of the end, and else the last of the whole file.
fn end_records(bytes: &[u8]) -> Vec<usize> {
    let tail_at = bytes.len().saturating_sub(ZIP_END_WITHIN_BYTES);
    let tail = bytes.get(tail_at..).unwrap_or_default();
    let near: Vec<usize> = if memmem::find(tail, END).is_some() {
        memmem::rfind_iter(tail, END).take(ZIP_DIRECTORIES_MAX).map(|at| tail_at + at).collect()
    } else {
        Vec::new()
    };
    // Most files that are asked have none at all, which a search from the front says soonest.
    if near.is_empty() && memmem::find(bytes, END).is_some() {
        return memmem::rfind(bytes, END).into_iter().collect();
    }
    near
}

/// What an end record says, its 64-bit companion taken in.
struct Record {
    /// Where the directory must end.
    directory_end: usize,
    size: u64,
    offset: u64,
    members: u64,
    is_split: bool,
}

impl Record {
    fn parse(bytes: &[u8], at: usize) -> Option<Record> {
        let mut record = Record {
            directory_end: at,
            size: u64::from(u32_le(bytes, at + 12)?),
            offset: u64::from(u32_le(bytes, at + 16)?),
            members: u64::from(u16_le(bytes, at + 10)?),
            is_split: is_other_volume(u16_le(bytes, at + 4)?) || is_other_volume(u16_le(bytes, at + 6)?),
        };
        let _ = record.widen(bytes, at);
        Some(record)
    }

    /// The locator of the 64-bit end record stands right in front.
    fn widen(&mut self, bytes: &[u8], at: usize) -> Option<()> {
        const LOCATOR_BYTES: usize = 20;
        const RECORD_BYTES: usize = 56;
        let locator = at.checked_sub(LOCATOR_BYTES)?;
        if slice(bytes, locator, 4) != b"PK\x06\x07" {
            return None;
        }
        let stated = usize::try_from(u64_le(bytes, locator + 8)?).ok()?;
        let near = locator.checked_sub(RECORD_BYTES);
        let places = [Some(stated), near];
        let record = places.into_iter().flatten().find(|place| slice(bytes, *place, 4) == b"PK\x06\x06")?;
        self.directory_end = record;
        self.members = u64_le(bytes, record + 32)?;
        self.size = u64_le(bytes, record + 40)?;
        self.offset = u64_le(bytes, record + 48)?;
        self.is_split |= u32_le(bytes, locator + 16)? > 1;
        Some(())
    }

    /// Where its directory may begin, with the bytes in front of the archive: by its size, and by its place.
    fn places(&self, bytes: &[u8]) -> Vec<(usize, isize)> {
        let offset = usize::try_from(self.offset).ok();
        let by_size = usize::try_from(self.size).ok().and_then(|size| self.directory_end.checked_sub(size));
        let is_there = |at: usize| slice(bytes, at, 4) == CENTRAL || self.members == 0 && self.size == 0;
        let mut places = Vec::new();
        if let Some(start) = by_size.filter(|start| is_there(*start)) {
            let stated = offset.and_then(|offset| isize::try_from(offset).ok());
            let prefix = isize::try_from(start).ok().zip(stated).map_or(0, |(start, stated)| start - stated);
            places.push((start, prefix));
        }
        if let Some(start) = offset.filter(|start| is_there(*start) && *start <= self.directory_end) {
            places.push((start, 0));
        }
        places
    }
}

fn is_other_volume(number: u16) -> bool {
    // All ones: the number stands in the 64-bit record.
    !matches!(number, 0 | 0xffff)
}

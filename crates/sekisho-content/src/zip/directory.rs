//! Bytes → the central directories of a ZIP archive, by each end record that may count (PKWARE APPNOTE 4.3.14 to
//! 4.3.16), and what those records say of the archive as a whole.

use std::collections::BTreeSet;

use memchr::memmem;

use super::header::{CENTRAL, CENTRAL_BYTES, Header};
use crate::limits::{ZIP_DIRECTORIES_MAX, ZIP_END_WITHIN_BYTES, ZIP_MEMBERS_MAX};
use crate::number::{slice, u16_le, u32_le, u64_le};

pub(super) const END: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;

/// All that the central directories list.
#[derive(Default)]
pub(super) struct Directory {
    /// The headers, with the number of bytes by which the archive stands later than they say.
    pub(super) headers: Vec<(Header, isize)>,
    /// The last end record whose directory is there.
    pub(super) end: Option<End>,
    /// Whether a directory lists fewer members than its end record counts.
    pub(super) is_short: bool,
    /// Whether an end record names another volume.
    pub(super) is_split: bool,
    /// Whether there were more members than are looked at.
    pub(super) is_cut: bool,
}

/// An end record.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    /// Where the archive ends by what it says of its comment.
    pub(super) archive_end: usize,
    members: u64,
}

impl Directory {
    /// Programs differ in which end record they take, and in whether they find the directory by its size or by its
    /// place: all of them are read.
    pub(super) fn read(bytes: &[u8]) -> Directory {
        let mut directory = Directory::default();
        let mut starts = BTreeSet::new();
        for at in end_records(bytes) {
            let Some(record) = Record::parse(bytes, at) else { continue };
            directory.is_split |= record.is_split;
            let places = record.places(bytes);
            if !places.is_empty() && directory.end.is_none() {
                let comment = usize::from(u16_le(bytes, at + 20).unwrap_or(0));
                let archive_end = at + END_BYTES + comment;
                directory.end = Some(End { archive_end, members: record.members });
            }
            for (start, prefix) in places {
                if starts.insert(start) {
                    directory.list(bytes, start, prefix, record.members);
                }
            }
        }
        directory
    }

    fn list(&mut self, bytes: &[u8], start: usize, prefix: isize, counted: u64) {
        let mut at = start;
        let mut listed = 0_u64;
        while slice(bytes, at, 4) == CENTRAL {
            if self.headers.len() >= ZIP_MEMBERS_MAX {
                self.is_cut = true;
                return;
            }
            let Some(header) = Header::central(bytes, at) else { break };
            let comment = usize::from(u16_le(bytes, at + 32).unwrap_or(0));
            at = at.saturating_add(CENTRAL_BYTES + header.name.len() + header.extra.len() + comment);
            self.headers.push((header, prefix));
            listed += 1;
        }
        // Writers that know no 64-bit numbers count on from zero.
        self.is_short |= listed < counted && listed & 0xffff != counted;
    }
}

impl End {
    /// Whether it is the end of an archive without members.
    pub(super) fn is_of_nothing(&self) -> bool {
        self.members == 0
    }
}

/// Places of end records, the last first: within reach of the end, and else the last of the whole file.
fn end_records(bytes: &[u8]) -> Vec<usize> {
    let tail_at = bytes.len().saturating_sub(ZIP_END_WITHIN_BYTES);
    let tail = bytes.get(tail_at..).unwrap_or_default();
    let near: Vec<usize> =
        memmem::rfind_iter(tail, END).take(ZIP_DIRECTORIES_MAX).map(|at| tail_at + at).collect();
    if near.is_empty() { memmem::rfind(bytes, END).into_iter().collect() } else { near }
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

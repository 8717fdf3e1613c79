//! Bytes → the local headers that no central directory lists (PKWARE APPNOTE 4.3.7), with the sizes that stand behind
//! the content instead (4.3.9). Programs that read from the front believe these.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use super::header::{Header, LOCAL, LOCAL_BYTES};
use crate::limits::{ZIP_DESCRIPTORS_MAX, ZIP_MEMBERS_MAX, ZIP_NAME_BYTES_MAX};
use crate::number::{slice, u16_le, u32_le, u64_le};

/// The headers outside of `known` ranges, at most `limit` of them; and whether there were more.
pub(super) fn unlisted(bytes: &[u8], known: Vec<Range<usize>>, limit: usize) -> (Vec<Header>, bool) {
    let known = merged(known);
    let mut descriptors: Option<BTreeMap<usize, Descriptor>> = None;
    let mut headers = Vec::new();
    let (mut at, mut expected) = (0_usize, 0_usize);
    // The next header is searched for, since a member's size may stand only behind it, or be false.
    while let Some(found) = bytes.get(at..).and_then(|rest| memmem::find(rest, LOCAL)).map(|found| at + found)
    {
        if let Some(range) = holding(&known, found) {
            (at, expected) = (range.end, range.end);
            continue;
        }
        let Some(mut header) = Header::local(bytes, found) else { break };
        if found != expected && !is_plausible(bytes, found, &header) {
            at = found + LOCAL.len();
            continue;
        }
        if headers.len() >= limit.min(ZIP_MEMBERS_MAX) {
            return (headers, true);
        }
        let data = header.extra.end;
        let mut behind = data;
        if header.is_followed_by_sizes() && header.compressed == 0 {
            let descriptors = descriptors.get_or_insert_with(|| all_descriptors(bytes));
            if let Some(descriptor) = descriptors.get(&data) {
                header.crc = descriptor.crc;
                header.compressed = descriptor.compressed;
                header.size = descriptor.size;
                behind = descriptor.behind;
            }
        } else {
            behind = usize::try_from(header.compressed).map_or(data, |length| data.saturating_add(length));
        }
        // A size that leads out of the file is false.
        at = if behind <= bytes.len() { behind } else { data };
        expected = at;
        headers.push(header);
    }
    (headers, false)
}

/// Sizes behind a content.
struct Descriptor {
    crc: u32,
    compressed: u64,
    size: u64,
    behind: usize,
}

/// All that could be one, by the place where the content in front of it would begin.
fn all_descriptors(bytes: &[u8]) -> BTreeMap<usize, Descriptor> {
    let mut found = BTreeMap::new();
    for at in memmem::find_iter(bytes, b"PK\x07\x08").take(ZIP_DESCRIPTORS_MAX) {
        let Some(crc) = u32_le(bytes, at + 4) else { break };
        let short = u32_le(bytes, at + 8).map(u64::from).zip(u32_le(bytes, at + 12).map(u64::from));
        let long = u64_le(bytes, at + 8).zip(u64_le(bytes, at + 16));
        for (sizes, behind) in [(long, at + 24), (short, at + 16)] {
            // One layout may be read as the other, but then no header follows.
            let is_followed = behind == bytes.len() || slice(bytes, behind, 2) == b"PK";
            let Some((compressed, size)) = sizes.filter(|_| is_followed) else { continue };
            if let Some(start) = usize::try_from(compressed).ok().and_then(|length| at.checked_sub(length)) {
                found.entry(start).or_insert(Descriptor { crc, compressed, size, behind });
            }
        }
    }
    found
}

/// Whether a header that stands where none is expected is one, and no chance.
fn is_plausible(bytes: &[u8], at: usize, header: &Header) -> bool {
    const VERSION_MAX: u8 = 100;
    let version = u16_le(bytes, at + 4).unwrap_or(u16::MAX).to_le_bytes()[0];
    let name = slice(bytes, header.name.start, header.name.len());
    version <= VERSION_MAX
        && (header.method <= 20 || (93..=99).contains(&header.method))
        && (1..=ZIP_NAME_BYTES_MAX).contains(&header.name.len())
        && name.len() == header.name.len()
        && !name.iter().any(u8::is_ascii_control)
        && at + LOCAL_BYTES < bytes.len()
}

fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// The range that holds a place; ranges are sorted and apart.
fn holding(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let behind = ranges.partition_point(|range| range.start <= at);
    ranges.get(behind.checked_sub(1)?).filter(|range| range.contains(&at))
}

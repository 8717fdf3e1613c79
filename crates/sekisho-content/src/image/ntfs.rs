//! NTFS → its files and their named streams, by the master file table (no public specification; the structures as the
//! Linux-NTFS project documents them).
//!
//! Records that are not in use are passed by, as are the system's own files. Packed and encrypted contents are not read.

mod attribute;
mod record;
mod table;

use std::collections::{BTreeMap, HashMap};

use super::disk::{Disk, Run};
use super::file::{Found, hand};
use super::partition::sector_bytes;
use crate::Unread;
use crate::limits::{IMAGE_DEPTH_MAX, IMAGE_FOLDERS_MAX, IMAGE_PATH_BYTES_MAX};
use crate::number::{slice, u16_le, u32_le, u64_le};
use crate::open::{Cost, Hold, Look};
use attribute::{Attribute, Body};
use table::Table;

/// Records of the system itself; users' files come behind them.
const FIRST_FREE_RECORD: u64 = 16;

/// The record of the root folder.
const ROOT: u64 = 5;

/// Types of attributes.
const FILE_NAME: u32 = 0x30;
const DATA: u32 = 0x80;
const REPARSE_POINT: u32 = 0xc0;

pub(super) fn look(look: &mut Look<'_>, disk: &Disk<'_>, sector: &[u8]) {
    let Some(table) = Table::find(look.budget, disk, sector) else {
        look.opened.note(Unread::Damaged, "ntfs");
        return;
    };
    let mut walk = Walk { look, disk, table, paths: HashMap::new() };
    for number in 0..walk.table.count() {
        if !walk.look.pays(Cost::Work(1)) || !walk.record(number) {
            return;
        }
    }
}

struct Walk<'w, 'l, 'a> {
    look: &'w mut Look<'l>,
    disk: &'w Disk<'a>,
    table: Table<'a>,
    /// Paths of folders, with a slash at the end.
    paths: HashMap<u64, String>,
}

impl Walk<'_, '_, '_> {
    fn record(&mut self, number: u64) -> bool {
        if number < FIRST_FREE_RECORD && number != ROOT {
            return true;
        }
        let record = match self.table.record(number) {
            Ok(Some(record)) if record.is_base() => record,
            Ok(_) => return true,
            Err(unread) => {
                self.look.opened.note(unread, "record");
                return true;
            }
        };
        let attributes = match self.table.attributes(self.look.budget, number, &record) {
            Ok(attributes) => attributes,
            Err(unread) => {
                self.look.opened.note(unread, "attributes");
                return true;
            }
        };
        let has_streams = attributes.iter().any(|attribute| attribute.kind == DATA);
        if record.is_folder() && !has_streams {
            return true;
        }
        let names = self.names(number, &attributes);
        if names.iter().any(|name| name.starts_with("$Extend/")) {
            return true;
        }
        let is_packed_elsewhere = attributes.iter().any(is_system_compressed);
        for (stream, parts) in streams(&attributes) {
            if record.is_folder() && stream.is_empty() {
                continue;
            }
            let suffix = if stream.is_empty() { String::new() } else { format!(":{stream}") };
            let names = names.iter().map(|name| format!("{name}{suffix}")).collect();
            if !self.stream(names, &parts, is_packed_elsewhere) {
                return false;
            }
        }
        true
    }

    fn stream(&mut self, names: Vec<String>, parts: &[&Attribute], is_packed_elsewhere: bool) -> bool {
        const PACKED: u16 = 0x00ff;
        const ENCRYPTED: u16 = 0x4000;
        let Some(first) = parts.first() else { return true };
        let (size_bytes, valid_bytes) = match &first.body {
            Body::Resident(bytes) => {
                return self.look.unpack(names, &mut bytes.as_slice(), Hold::Archived);
            }
            Body::Elsewhere { size_bytes, valid_bytes, .. } => (*size_bytes, *valid_bytes),
        };
        let cannot = first.flags & (PACKED | ENCRYPTED) != 0 || is_packed_elsewhere;
        if cannot {
            let unread = Some(Unread::Unsupported);
            return hand(self.look, self.disk, Found { names, runs: Vec::new(), size_bytes, unread });
        }
        let runs = parts.iter().filter_map(|part| match &part.body {
            Body::Elsewhere { runs, .. } => Some(runs.iter().copied()),
            Body::Resident(_) => None,
        });
        let runs = written(runs.flatten(), size_bytes, valid_bytes.min(size_bytes));
        hand(self.look, self.disk, Found { names, runs, size_bytes, unread: None })
    }

    /// Its paths, one a hard link; the names that only DOS shows last.
    fn names(&mut self, number: u64, attributes: &[Attribute]) -> Vec<String> {
        if number == ROOT {
            return vec![String::new()];
        }
        let mut names: Vec<FileName> = attributes.iter().filter_map(FileName::parse).collect();
        names.sort_by_key(|name| name.is_short);
        names.into_iter().map(|name| format!("{}{}", self.path(name.parent), name.text)).collect()
    }

    /// The path of a folder, found by going up; where that goes in a circle or nowhere, it begins there.
    fn path(&mut self, number: u64) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut passed = Vec::new();
        let mut start = String::new();
        let mut at = number;
        let mut left = IMAGE_PATH_BYTES_MAX;
        while at != ROOT
            && left > 0
            && parts.len() < IMAGE_DEPTH_MAX
            && !passed.contains(&at)
            && self.look.pays(Cost::Work(1))
        {
            if let Some(known) = self.paths.get(&at) {
                start.clone_from(known);
                break;
            }
            passed.push(at);
            let record = self.table.record(at).ok().flatten();
            let attributes = record.map(|record| record.attributes()).unwrap_or_default();
            let mut names: Vec<FileName> = attributes.iter().filter_map(FileName::parse).collect();
            names.sort_by_key(|name| name.is_short);
            let Some(name) = names.into_iter().next() else { break };
            left = left.saturating_sub(name.text.len());
            parts.push(name.text);
            at = name.parent;
        }
        let path = parts.iter().rev().fold(start, |path, part| path + part + "/");
        if self.paths.len() < IMAGE_FOLDERS_MAX {
            self.paths.insert(number, path.clone());
        }
        path
    }
}

struct FileName {
    parent: u64,
    text: String,
    is_short: bool,
}

impl FileName {
    fn parse(attribute: &Attribute) -> Option<Self> {
        const DOS: u8 = 2;
        let Body::Resident(bytes) = &attribute.body else { return None };
        if attribute.kind != FILE_NAME {
            return None;
        }
        let length = usize::from(*bytes.get(64)?);
        let units: Vec<u16> =
            slice(bytes, 66, length * 2).chunks_exact(2).filter_map(|unit| u16_le(unit, 0)).collect();
        Some(Self {
            // The upper 16 bits count how often the record was used again.
            parent: u64_le(bytes, 0)? & 0xffff_ffff_ffff,
            text: String::from_utf16_lossy(&units),
            is_short: *bytes.get(65)? == DOS,
        })
    }
}

/// The data attributes by name; the parts of each in the order of their place in the file.
fn streams(attributes: &[Attribute]) -> BTreeMap<&str, Vec<&Attribute>> {
    let mut streams: BTreeMap<&str, Vec<&Attribute>> = BTreeMap::new();
    for attribute in attributes.iter().filter(|attribute| attribute.kind == DATA) {
        streams.entry(attribute.name.as_str()).or_default().push(attribute);
    }
    for parts in streams.values_mut() {
        parts.sort_by_key(|part| part.first_cluster());
    }
    streams
}

/// The runs up to what was written, then zeros.
fn written(runs: impl Iterator<Item = Run>, size_bytes: u64, valid_bytes: u64) -> Vec<Run> {
    let mut left = valid_bytes;
    let mut kept = Vec::new();
    for run in runs {
        let length = run.length.min(left);
        left -= length;
        kept.push(Run { length, ..run });
    }
    if left == 0 {
        kept.push(Run::hole(size_bytes - valid_bytes));
    }
    kept
}

/// Files that Windows itself has packed (`compact /exe`): what they hold stands in a stream of another form.
fn is_system_compressed(attribute: &Attribute) -> bool {
    const WINDOWS_OVERLAY: u32 = 0x8000_0017;
    matches!(&attribute.body, Body::Resident(bytes) if attribute.kind == REPARSE_POINT
        && u32_le(bytes, 0) == Some(WINDOWS_OVERLAY))
}

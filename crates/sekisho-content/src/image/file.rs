//! Files found on a disk → members; a file that two systems of a disc list is one, with both names.

use std::collections::{HashMap, HashSet};

use super::disk::{Disk, Extents, Run};
use crate::Unread;
use crate::limits::{IMAGE_FILES_MAX, IMAGE_NAME_BYTES_MAX, IMAGE_RUNS_MAX};
use crate::open::{Hold, Look, Member};

/// A file on a disk.
pub(super) struct Found {
    pub(super) names: Vec<String>,
    pub(super) runs: Vec<Run>,
    pub(super) size_bytes: u64,
    /// Why its content can't be read.
    pub(super) unread: Option<Unread>,
}

/// Hands a file out; says whether more may follow.
pub(super) fn hand(look: &mut Look<'_>, disk: &Disk<'_>, found: Found) -> bool {
    match found.unread {
        Some(unread) => look.hand(Member::unread(found.names, found.size_bytes, unread, Hold::Archived)),
        None => unpack(look, disk, found.names, found.runs, found.size_bytes),
    }
}

/// Unpacks the runs of a file. Where holes alone would use up what the other files need, they are left out, and noted.
pub(crate) fn unpack(
    look: &mut Look<'_>,
    disk: &Disk<'_>,
    names: Vec<String>,
    mut runs: Vec<Run>,
    mut size_bytes: u64,
) -> bool {
    let is_hole = |run: &&Run| run.start.is_none();
    let holes = runs.iter().filter(is_hole).fold(0_u64, |sum, run| sum.saturating_add(run.length));
    if holes.min(size_bytes) > look.budget.expanded_bytes_left / 2 {
        look.opened.note(Unread::TooLarge, names.first().map_or("", String::as_str));
        runs.retain(|run| run.start.is_some());
        size_bytes = runs.iter().fold(0, |sum: u64, run| sum.saturating_add(run.length)).min(size_bytes);
    }
    look.unpack(names, &mut Extents::new(disk, runs, size_bytes), Hold::Archived)
}

/// The files of an optical disc, whose systems share their contents.
#[derive(Default)]
pub(super) struct Files {
    files: Vec<Found>,
    by_place: HashMap<(u64, u64), usize>,
    empty: HashSet<String>,
    name_bytes: usize,
    runs: usize,
}

impl Files {
    /// Adds a file, or its names to the one with the same content; false where there are too many, which is noted.
    pub(super) fn add(&mut self, look: &mut Look<'_>, found: Found) -> bool {
        self.name_bytes += found.names.iter().map(String::len).sum::<usize>();
        self.runs += found.runs.len();
        if self.files.len() >= IMAGE_FILES_MAX
            || self.name_bytes > IMAGE_NAME_BYTES_MAX
            || self.runs > IMAGE_RUNS_MAX
        {
            look.opened.note(Unread::TooLarge, "files");
            return false;
        }
        let start = found.runs.iter().find_map(|run| run.start);
        let Some(key) = start.filter(|_| found.size_bytes > 0).map(|start| (start, found.size_bytes)) else {
            // Empty files have no place; those that another system of the disc has shown already say nothing new.
            let names: Vec<String> = found.names.iter().map(|name| name.to_uppercase()).collect();
            if !names.iter().any(|name| self.empty.contains(name)) {
                self.empty.extend(names);
                self.files.push(found);
            }
            return true;
        };
        let known = self.by_place.get(&key).and_then(|at| self.files.get_mut(*at));
        let Some(known) = known else {
            self.by_place.insert(key, self.files.len());
            self.files.push(found);
            return true;
        };
        for name in found.names {
            if !known.names.contains(&name) && known.names.len() < NAMES_MAX {
                known.names.push(name);
            }
        }
        true
    }

    /// Whether a file begins here.
    pub(super) fn begins_at(&self, start: u64) -> bool {
        self.files.iter().any(|found| found.runs.first().is_some_and(|run| run.start == Some(start)))
    }

    pub(super) fn hand(self, look: &mut Look<'_>, disk: &Disk<'_>) {
        for found in self.files {
            if !hand(look, disk, found) {
                return;
            }
        }
    }
}

/// Names kept of one content: a disc has three systems, and copies of a file may share it.
const NAMES_MAX: usize = 16;

//! Folders of a disk that wait to be looked into: each place once, in bounds, and what is left out is noted.

use std::collections::HashSet;
use std::hash::Hash;

use crate::Unread;
use crate::limits::{IMAGE_DEPTH_MAX, IMAGE_FOLDERS_MAX, IMAGE_NAME_BYTES_MAX, IMAGE_PATH_BYTES_MAX};
use crate::open::{Cost, Look};

/// A folder: where its list lies, and its paths by each kind of name, with a slash at the end.
pub(super) struct Folder<P> {
    pub(super) place: P,
    pub(super) paths: Vec<String>,
    depth: usize,
}

/// Folders that wait, and those that were looked into.
pub(super) struct Folders<P> {
    waiting: Vec<Folder<P>>,
    last: Vec<Folder<P>>,
    seen: HashSet<P>,
    name_bytes: usize,
}

impl<P: Copy + Eq + Hash> Folders<P> {
    /// Begins with the root.
    pub(super) fn new(root: P) -> Self {
        let root = Folder { place: root, paths: vec![String::new()], depth: 0 };
        Self { waiting: vec![root], last: Vec::new(), seen: HashSet::new(), name_bytes: 0 }
    }

    /// Adds a folder in `parent` under its paths, given without the slash.
    pub(super) fn push(&mut self, look: &mut Look<'_>, parent: &Folder<P>, place: P, paths: Vec<String>) {
        if let Some(folder) = self.within_bounds(look, parent, place, paths) {
            self.waiting.push(folder);
        }
    }

    /// Adds a folder that comes after all others, and only if no other path leads to it.
    pub(super) fn push_last(
        &mut self,
        look: &mut Look<'_>,
        parent: &Folder<P>,
        place: P,
        paths: Vec<String>,
    ) {
        if let Some(folder) = self.within_bounds(look, parent, place, paths) {
            self.last.push(folder);
        }
    }

    /// The next folder. One that was looked into already is a folder in itself.
    pub(super) fn next(&mut self, look: &mut Look<'_>) -> Option<Folder<P>> {
        while let Some(folder) = self.waiting.pop() {
            if self.seen.insert(folder.place) {
                return Some(folder);
            }
            look.opened.note(Unread::Damaged, "folder in itself");
        }
        while let Some(folder) = self.last.pop() {
            if self.seen.insert(folder.place) {
                return Some(folder);
            }
        }
        None
    }

    fn within_bounds(
        &mut self,
        look: &mut Look<'_>,
        parent: &Folder<P>,
        place: P,
        mut paths: Vec<String>,
    ) -> Option<Folder<P>> {
        paths.iter_mut().for_each(|path| path.push('/'));
        let depth = parent.depth + 1;
        let count = self.seen.len() + self.waiting.len() + self.last.len();
        self.name_bytes += paths.iter().map(String::len).sum::<usize>();
        let long = paths.iter().any(|path| path.len() > IMAGE_PATH_BYTES_MAX);
        if long
            || depth > IMAGE_DEPTH_MAX
            || count > IMAGE_FOLDERS_MAX
            || self.name_bytes > IMAGE_NAME_BYTES_MAX
        {
            look.opened.note(Unread::TooLarge, "folders");
            return None;
        }
        Some(Folder { place, paths, depth })
    }
}

impl<P> Folder<P> {
    /// The path that is shown.
    pub(super) fn path(&self) -> &str {
        self.paths.first().map_or("", String::as_str)
    }
}

/// Pays for the list of a folder; false where the purse is empty, which is noted.
pub(super) fn pays_for_list(look: &mut Look<'_>, size_bytes: u64) -> bool {
    const BYTES_A_UNIT: u64 = 64;
    look.pays(Cost::Work(1 + size_bytes / BYTES_A_UNIT))
}

//! Reports that have counted → whether one comes again. Only digests are kept, 64 bits each; two different reports among a
//! million have the same one with a chance of 1 in 10 millions.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::reports::limits::REPORTS_REMEMBERED_MAX;

/// The reports remembered.
#[derive(Debug, Default)]
pub(super) struct Seen {
    digests: HashSet<u64>,
    full: bool,
}

impl Seen {
    /// Whether no report with these names and this range came before; it is remembered.
    pub fn is_new(&mut self, names: &[&str], begin: Option<i64>, end: Option<i64>) -> bool {
        let mut hasher = DefaultHasher::new();
        names.iter().for_each(|name| name.trim().to_lowercase().hash(&mut hasher));
        (begin, end).hash(&mut hasher);
        let digest = hasher.finish();
        if self.digests.contains(&digest) {
            return false;
        }
        if self.digests.len() >= REPORTS_REMEMBERED_MAX {
            self.full = true;
        } else {
            self.digests.insert(digest);
        }
        true
    }

    /// Whether some could not be remembered.
    pub fn is_full(&self) -> bool {
        self.full
    }
}

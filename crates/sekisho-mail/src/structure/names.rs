//! The names of a part, in order of likelihood, without doubles.

use crate::{NameSource, PartName};

/// Names while they are gathered.
#[derive(Default)]
pub(crate) struct Names {
    list: Vec<PartName>,
}

impl Names {
    /// Adds a name unless it is empty or known.
    pub(crate) fn add(&mut self, value: &str, source: NameSource) {
        // A part has at most a handful of names; a hostile header with thousands must not make this quadratic.
        const NAMES_MAX: usize = 16;
        let value = value.trim_matches('\0');
        if value.trim().is_empty() || self.list.len() >= NAMES_MAX {
            return;
        }
        if self.list.iter().all(|known| known.value != value) {
            self.list.push(PartName { value: value.to_owned(), source });
        }
    }

    /// The finished list.
    pub(crate) fn into_list(self) -> Vec<PartName> {
        self.list
    }
}

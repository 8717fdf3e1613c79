//! Names that come again and again → small numbers, and back. Bounded: beyond, all new names are one.

use std::collections::HashMap;

use crate::reports::limits::NAMES_MAX;

/// A name by its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name(u32);

/// All names met so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    ids: HashMap<Box<str>, Name>,
    texts: Vec<Box<str>>,
}

impl Name {
    /// The empty name.
    pub const NONE: Name = Name(0);
    /// All names beyond the limit.
    pub const OTHERS: Name = Name(u32::MAX);
}

impl Names {
    /// The number of a name.
    pub fn id(&mut self, text: &str) -> Name {
        if text.is_empty() {
            return Name::NONE;
        }
        if let Some(known) = self.ids.get(text) {
            return *known;
        }
        if self.texts.len() >= NAMES_MAX {
            return Name::OTHERS;
        }
        self.texts.push(text.into());
        let name = u32::try_from(self.texts.len()).map_or(Name::OTHERS, Name);
        self.ids.insert(text.into(), name);
        name
    }

    /// The text of a name; `…` for those beyond the limit.
    pub fn text(&self, name: Name) -> &str {
        match name {
            Name::NONE => "",
            Name::OTHERS => "…",
            Name(number) => self.texts.get(number as usize - 1).map_or("", |text| text),
        }
    }
}

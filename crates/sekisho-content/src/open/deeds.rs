//! What is found to be done, place by place → deeds: those of one kind and danger are told as one.

use super::{Danger, Deed, DeedKind};

/// Values kept in each list of a deed, and their length.
const VALUES_MAX: usize = 20;
const VALUE_CHARACTERS_MAX: usize = 200;

/// Deeds being gathered: those of one kind and danger are one, with every place in it.
#[derive(Default)]
pub(crate) struct Deeds {
    list: Vec<Deed>,
}

/// One thing that was found to be done.
#[derive(Default)]
pub(crate) struct Done {
    pub(crate) starts: Vec<String>,
    pub(crate) does: Vec<String>,
    pub(crate) links: Vec<String>,
    pub(crate) strings: Vec<String>,
}

impl Deeds {
    pub(crate) fn add(&mut self, kind: DeedKind, danger: Danger, place: &str, done: Done) {
        let known = self.list.iter().position(|deed| deed.kind == kind && deed.danger == danger);
        let at = known.unwrap_or(self.list.len());
        if known.is_none() {
            self.list.push(Deed {
                kind,
                danger,
                place: place.to_owned(),
                starts: Vec::new(),
                does: Vec::new(),
                links: Vec::new(),
                strings: Vec::new(),
            });
        }
        let Some(deed) = self.list.get_mut(at) else { return };
        // A few places are enough to find them by.
        if known.is_some()
            && deed.place.len() < VALUE_CHARACTERS_MAX
            && !deed.place.split(", ").any(|one| one == place)
        {
            deed.place = format!("{}, {place}", deed.place);
        }
        let lists = [
            (&mut deed.starts, done.starts),
            (&mut deed.does, done.does),
            (&mut deed.links, done.links),
            (&mut deed.strings, done.strings),
        ];
        for (list, values) in lists {
            for value in values {
                let value: String = value.chars().take(VALUE_CHARACTERS_MAX).collect();
                if list.len() < VALUES_MAX && !value.is_empty() && !list.contains(&value) {
                    list.push(value);
                }
            }
        }
    }

    /// Whether a deed that reaches out tells of this address already.
    pub(crate) fn leads_to(&self, address: &str) -> bool {
        self.list
            .iter()
            .any(|deed| deed.danger >= Danger::Active && deed.links.iter().any(|link| link == address))
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn list(self) -> Vec<Deed> {
        self.list
    }
}

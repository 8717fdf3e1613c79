//! What was found in a command or script, as a deed will show it: each thing once, cut and counted.

use crate::{Danger, Deed, DeedKind};

/// How heavily something weighs. Light things are ordinary in offices where a person asks for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// It reaches outside the document or starts something.
    Light,
    /// It runs what was not there, fetches, changes the machine for good, or hides.
    Heavy,
}

/// Evidence shown of each sort.
const SHOWN_MAX: usize = 20;

/// Characters shown of one text.
const SHOWN_CHARACTERS_MAX: usize = 200;

/// Found so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Evidence {
    /// What it does, in the format's own words.
    pub(crate) does: Vec<String>,
    /// The heaviest of it.
    pub(crate) weight: Option<Weight>,
    /// Links.
    pub(crate) links: Vec<String>,
    /// Commands and other texts worth showing.
    pub(crate) strings: Vec<String>,
}

impl Evidence {
    /// Adds a word for what is done.
    pub(crate) fn add(&mut self, word: &str, weight: Weight) {
        self.weight = self.weight.max(Some(weight));
        if self.does.len() < SHOWN_MAX && !self.does.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            self.does.push(cut(word));
        }
    }

    /// Adds a text to show; runs of white space are one space.
    pub(crate) fn show(&mut self, text: &str) {
        let words = text.split_whitespace().take(SHOWN_CHARACTERS_MAX);
        let text = cut(&words.collect::<Vec<_>>().join(" "));
        if !text.is_empty() && self.strings.len() < SHOWN_MAX && !self.strings.contains(&text) {
            self.strings.push(text);
        }
    }

    /// Adds one link.
    pub(crate) fn link(&mut self, link: &str) {
        let link = cut(link.trim());
        if !link.is_empty() && self.links.len() < SHOWN_MAX && !self.links.contains(&link) {
            self.links.push(link);
        }
    }

    /// Adds the links in a text.
    pub(crate) fn links_of(&mut self, text: &str) {
        // ASCII keeps its places, so that what is found in one is there in the other.
        let lower = text.to_ascii_lowercase();
        for scheme in ["http://", "https://", "ftp://", "ftps://", "sftp://"] {
            for (at, _) in lower.match_indices(scheme).take(SHOWN_MAX) {
                let inside_word =
                    lower.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphabetic()));
                let ends =
                    |c: char| c.is_whitespace() || c.is_control() || "\"'`<>|)}];,^\u{3000}".contains(c);
                let link = text.get(at..).and_then(|link| link.split(ends).next()).unwrap_or_default();
                if link.len() > scheme.len() && !(inside_word && scheme.starts_with("ftp")) {
                    self.link(link);
                }
            }
        }
    }

    /// The deed that it is.
    pub(crate) fn deed(self, kind: DeedKind, danger: Danger, place: &str) -> Deed {
        Deed {
            kind,
            danger,
            place: cut(place),
            starts: Vec::new(),
            does: self.does,
            links: self.links,
            strings: self.strings,
        }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(SHOWN_CHARACTERS_MAX).collect()
}

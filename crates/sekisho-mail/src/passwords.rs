//! A mail → the passwords that its reader would try on the locked files in it, the likeliest first.
//!
//! A word for password is looked for in every line of the subject and the texts, then the value near it: behind a colon
//! or 「は」, in quotation marks, on the next line, before 「がパスワードです」. Wordings that tell a rule instead of a value
//! (the last four digits of our telephone number, today's date) are followed. Too many are better than too few:
//! a candidate is believed only once it opens a file.

mod derived;
mod line;
mod near;
mod token;
mod vocabulary;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{Message, Source, View};
use line::Line;

/// A password to try, and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordCandidate {
    /// The password as it would be typed.
    pub value: String,
    /// Where it was found.
    pub found_in: FoundIn,
}

/// Where a password was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FoundIn {
    /// In the subject.
    Subject,
    /// In a plain text.
    Text,
    /// In an HTML text.
    Html,
    /// It is the end of a telephone number that stands in the mail, as the text says.
    Signature,
    /// It is the day of the mail, as the text says.
    Date,
    /// Given by whoever asked for the reading.
    Given,
}

impl FoundIn {
    /// The word used in JSON and documents.
    pub fn id(self) -> &'static str {
        match self {
            FoundIn::Subject => "subject",
            FoundIn::Text => "text",
            FoundIn::Html => "html",
            FoundIn::Signature => "signature",
            FoundIn::Date => "date",
            FoundIn::Given => "given",
        }
    }
}

/// At most this many candidates: each may cost a second of key derivation.
pub(crate) const CANDIDATES_MAX: usize = 64;

/// Lines of one text that are looked at. A password stands in the letter, not in a log behind it.
const LINES_MAX: usize = 2_000;

/// Added to the rank of what stands in a quotation: the conversation's older passwords are tried later.
const RANK_QUOTED: u8 = 10;

/// The passwords that this mail tells for its files, the likeliest first, at most 64.
pub fn passwords(message: &Message) -> Vec<PasswordCandidate> {
    let mut found = Ranked::default();
    let subject = [Line::of(&message.subject)];
    for (value, rank) in near::values(&subject) {
        found.add(value, FoundIn::Subject, rank);
    }
    let mut rules = Vec::new();
    for (_, view) in message.texts() {
        let found_in = if view.source == Source::Html { FoundIn::Html } else { FoundIn::Text };
        for (lines, rank_more) in regions(view) {
            for (value, rank) in near::values(&lines) {
                found.add(value, found_in, rank.saturating_add(rank_more));
            }
            rules.extend(derived::rules(&lines));
        }
    }
    for (value, found_in, rank) in derived::follow(&rules, message) {
        found.add(value, found_in, rank);
    }
    found.into_list()
}

/// The lines of a text: the own ones, then those quoted.
fn regions(view: &View) -> [(Vec<Line>, u8); 2] {
    let (mut own, mut quoted) = (Vec::new(), Vec::new());
    let mut at = 0;
    for line in view.text.split('\n').take(LINES_MAX) {
        let is_quoted = view.quotes.iter().any(|quote| quote.range.contains(&at));
        if is_quoted { &mut quoted } else { &mut own }.push(Line::of(line));
        at += line.len() + 1;
    }
    [(own, 0), (quoted, RANK_QUOTED)]
}

/// Candidates while they are gathered.
#[derive(Default)]
struct Ranked {
    found: Vec<(u8, PasswordCandidate)>,
}

impl Ranked {
    fn add(&mut self, value: String, found_in: FoundIn, rank: u8) {
        // So many are gathered before the likeliest are taken: a text of nothing but passwords stays cheap.
        const GATHERED_MAX: usize = 1_000;
        if self.found.len() < GATHERED_MAX {
            self.found.push((rank, PasswordCandidate { value, found_in }));
        }
    }

    fn into_list(mut self) -> Vec<PasswordCandidate> {
        self.found.sort_by_key(|(rank, _)| *rank);
        let mut list: Vec<PasswordCandidate> = Vec::new();
        for (_, candidate) in self.found {
            if list.len() < CANDIDATES_MAX && list.iter().all(|known| known.value != candidate.value) {
                list.push(candidate);
            }
        }
        list
    }
}

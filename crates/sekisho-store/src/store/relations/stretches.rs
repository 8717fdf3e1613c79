//! Where a mail's texts are remembered → stretches of it: each with the text that it repeats, and how much of it which mails hold.

use std::collections::BTreeSet;
use std::ops::Range;

use sekisho_facts::{Quoted, Region};

use super::holdings::Held;
use super::knowers::Holding;
use crate::letters::Letters;
use crate::matching::Run;
use crate::store::texts::Search;

/// Stretches of which it is asked who knows them, the heaviest; so many conversations may be told of one mail.
const FOUND_MAX: usize = 12;

/// A mail holds what is looked at where it holds this share of it.
const SHARE_PERCENT: i64 = 50;

/// A stretch covers another where it has this share of it.
const COVER_PERCENT: usize = 80;

/// A stretch lighter than this (40 Latin letters) is a phrase where it stands in a heavier one: that one tells whose words they are.
const PHRASE_WEIGHT: u32 = 400;

/// A stretch found so near the beginning of a text is taken to begin there.
const NEAR_LETTERS: usize = 24;

/// Characters shown of a stretch.
const EXCERPT_CHARS: usize = 80;

/// An unmarked stretch lighter than this (60 Latin letters) is a sentence, of which everybody repeats some: so many are looked into, and only
/// where nothing heavier was found.
const SENTENCE_WEIGHT: u32 = 600;
const SENTENCES_MAX: usize = 2;

/// Parts told of one stretch, those of ours and of our contacts first, then the longest: what different mails hold of it.
const PARTS_MAX: usize = 4;

/// A stretch of the mail that is remembered.
pub(super) struct Stretch {
    pub(super) run: Run,
    /// Which of the mail's texts it stands in.
    pub(super) place: usize,
    pub(super) region: Region,
    pub(super) excerpt: String,
}

/// The stretches that are remembered: each text once, from the region that has most of it.
pub(super) fn stretches(search: Search, places: &[(usize, String, Region)]) -> Vec<Stretch> {
    let mut all: Vec<(Stretch, &str)> = Vec::new();
    for ((place, text, region), runs) in places.iter().zip(search.found()) {
        let of = |run| Stretch { run, place: *place, region: *region, excerpt: String::new() };
        all.extend(runs.into_iter().map(|run| (of(run), text.as_str())));
    }
    all.sort_by_key(|(found, _)| std::cmp::Reverse((found.run.weight_of_language, found.run.weight)));
    let mut texts = BTreeSet::new();
    let mut told: Vec<Stretch> = Vec::new();
    let mut sentences = 0;
    for (mut found, text) in all.into_iter().filter(|(found, _)| texts.insert(found.run.text)) {
        let has_room = !found.is_sentence() || (sentences < SENTENCES_MAX && told.len() == sentences);
        if has_room && told.len() < FOUND_MAX && !told.iter().any(|by| found.is_phrase_of(by)) {
            sentences += usize::from(found.is_sentence());
            found.excerpt = excerpt(text, found.run.letters.start);
            told.push(found);
        }
    }
    told
}

impl Stretch {
    /// The mails that hold enough of it.
    pub(super) fn held_by<'h>(&self, held: &'h [Held]) -> Vec<&'h Holding> {
        let there = i64::from(self.run.there.start)..i64::from(self.run.there.end);
        let of_it = held.iter().filter(|held| held.text == self.run.text as i64);
        of_it.filter(|held| holds(&held.letters, &there)).map(|held| &held.holding).collect()
    }

    /// What different mails hold of a stretch of which nobody is sure to have written the most: whoever quotes two conversations in one text
    /// joins them, and each is still its own people's. `text` is what it stands in.
    pub(super) fn parts(
        &self,
        text: &str,
        held: &[Held],
        is_from_us: impl Fn(&Holding) -> bool,
    ) -> Vec<Self> {
        let there = &self.run.there;
        let at = |letter: i64| u32::try_from(letter).unwrap_or(0);
        let within =
            |held: &Held| there.start.max(at(held.letters.start))..there.end.min(at(held.letters.end));
        let of_it = held.iter().filter(|held| held.text == self.run.text as i64);
        let mut all: Vec<(bool, Range<u32>)> =
            of_it.map(|held| (is_from_us(&held.holding), within(held))).collect();
        all.retain(|(_, part)| !part.is_empty());
        // However a stranger cuts it, what we and our contacts hold of it comes first.
        all.sort_by_key(|(is_ours, part)| std::cmp::Reverse((*is_ours, part.len(), part.end)));
        let mut parts: Vec<Range<u32>> = Vec::new();
        for (_, part) in all {
            if parts.len() < PARTS_MAX && !parts.iter().chain([there]).any(|other| is_most_of(&part, other)) {
                parts.push(part);
            }
        }
        let letters = if parts.is_empty() { Letters::default() } else { Letters::of(text) };
        let told = |part: Range<u32>| {
            let run = self.run.part(&letters, &part)?;
            let excerpt = excerpt(text, run.letters.start);
            (run.weight_of_language >= PHRASE_WEIGHT).then_some(Self {
                run,
                place: self.place,
                region: self.region,
                excerpt,
            })
        };
        parts.into_iter().filter_map(told).collect()
    }

    fn is_in(&self, other: &Stretch) -> bool {
        let (one, other_letters) = (&self.run.letters, &other.run.letters);
        let shared = one.end.min(other_letters.end).saturating_sub(one.start.max(other_letters.start));
        self.place == other.place && shared * 100 >= one.len() * COVER_PERCENT
    }

    /// Whether it is a sentence among the mail's own words.
    pub(super) fn is_sentence(&self) -> bool {
        self.region == Region::Unmarked && self.run.weight_of_language < SENTENCE_WEIGHT
    }

    /// Whether it is a phrase in a stretch at least twice as heavy.
    fn is_phrase_of(&self, other: &Stretch) -> bool {
        let (one, other_weight) = (self.run.weight_of_language, other.run.weight_of_language);
        one < PHRASE_WEIGHT && other_weight >= one * 2 && self.is_in(other)
    }
}

/// Leaves out what stands in a stretch of our words or a contact's that the sender knows: a formula that several conversations have is no
/// theft. A stranger's words excuse nothing: he may have brought stolen ones piece by piece.
pub(super) fn without_covered(all: Vec<(&Stretch, Quoted, bool)>) -> Vec<Quoted> {
    let is_known = |(_, quoted, is_sure): &&(&Stretch, Quoted, bool)| *is_sure && quoted.sender_was_party;
    let known: Vec<&Stretch> = all.iter().filter(is_known).map(|(stretch, _, _)| *stretch).collect();
    let is_told = |(stretch, quoted, _): &(&Stretch, Quoted, bool)| {
        quoted.sender_was_party || !known.iter().any(|by| stretch.is_in(by))
    };
    all.into_iter().filter(is_told).map(|(_, quoted, _)| quoted).collect()
}

/// Whether a part has nearly the whole of another, or lies nearly whole in it and says no more than it.
fn is_most_of(part: &Range<u32>, other: &Range<u32>) -> bool {
    let shared = part.end.min(other.end).saturating_sub(part.start.max(other.start)) as usize;
    shared * 100 >= part.len().max(other.len()) * COVER_PERCENT
}

/// Whether a holder's letters are enough of those looked at.
fn holds(held: &Range<i64>, there: &Range<i64>) -> bool {
    let shared = held.end.min(there.end) - held.start.max(there.start);
    shared * 100 >= (there.end - there.start) * SHARE_PERCENT && shared > 0
}

/// The text from about its letter `start` on, on one line, without quote marks: a stretch is found some letters behind its beginning.
fn excerpt(text: &str, start: usize) -> String {
    let start = if start <= NEAR_LETTERS { 0 } else { start };
    let mut letters = 0;
    let from = text.char_indices().find(|(_, c)| {
        let is_letter = c.is_alphanumeric();
        let is_there = is_letter && letters >= start;
        letters += usize::from(is_letter);
        is_there
    });
    let rest = from.and_then(|(at, _)| text.get(at..)).unwrap_or(text);
    let is_mark = |word: &&str| word.chars().all(|c| matches!(c, '>' | '＞' | '|' | '》'));
    let words: Vec<&str> =
        rest.split_whitespace().filter(|word| !is_mark(word)).take(EXCERPT_CHARS).collect();
    words.join(" ").chars().take(EXCERPT_CHARS).collect()
}

//! Where a mail's texts are remembered → stretches of it: each with the text that it repeats, and how much of it which mails hold.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use sekisho_facts::{Quoted, Region};

use super::excerpt::excerpt;
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

/// An unmarked stretch lighter than this (60 Latin letters) is a sentence, of which everybody repeats some: so many are looked into, and only
/// where nothing heavier was found.
const SENTENCE_WEIGHT: u32 = 600;
const SENTENCES_MAX: usize = 2;

/// Parts told of one stretch, those of ours and of our contacts first, then the longest: what different mails hold of it.
const PARTS_MAX: usize = 4;

/// Stretches of one text beside its heaviest that are looked at, of all texts together.
const FURTHER_MAX: usize = 64;

/// Letters between stretches that follow each other. Between two that another's words stand between in the remembered text, a gram and a
/// window are lost on either side.
const BETWEEN_LETTERS_MAX: usize = 40;

/// A stretch of the mail that is remembered.
#[derive(Clone)]
pub(super) struct Stretch {
    pub(super) run: Run,
    /// What follows it, where the same mails hold that too.
    rest: Vec<Run>,
    /// Which of the mail's texts it stands in.
    pub(super) place: usize,
    pub(super) region: Region,
    pub(super) excerpt: String,
}

/// The stretches that are remembered: each text once, from the region that has most of it; and further ones of the same texts.
pub(super) fn stretches(search: Search, places: &[(usize, String, Region)]) -> (Vec<Stretch>, Vec<Stretch>) {
    let mut all: Vec<(Stretch, &str)> = Vec::new();
    for ((place, text, region), runs) in places.iter().zip(search.found()) {
        let of =
            |run| Stretch { run, rest: Vec::new(), place: *place, region: *region, excerpt: String::new() };
        all.extend(runs.into_iter().map(|run| (of(run), text.as_str())));
    }
    all.sort_by_key(|(found, _)| std::cmp::Reverse((found.run.weight_of_language, found.run.weight)));
    let mut texts = BTreeSet::new();
    let (mut told, mut further): (Vec<Stretch>, Vec<Stretch>) = (Vec::new(), Vec::new());
    let mut sentences = 0;
    for (mut found, text) in all {
        if !texts.insert(found.run.text) {
            further.push(found);
            continue;
        }
        let has_room = !found.is_sentence() || (sentences < SENTENCES_MAX && told.len() == sentences);
        if has_room && told.len() < FOUND_MAX && !told.iter().any(|by| found.is_phrase_of(by)) {
            sentences += usize::from(found.is_sentence());
            found.excerpt = excerpt(text, &found.run.letters).text;
            told.push(found);
        }
    }
    further.retain(|one| told.iter().any(|other| other.run.text == one.run.text));
    further.truncate(FURTHER_MAX);
    show_more_than_closings(&mut told, &further, places);
    (told, further)
}

/// Of a stretch that begins with no more than what closes letters, another one of the same text is shown where there is one.
fn show_more_than_closings(told: &mut [Stretch], further: &[Stretch], places: &[(usize, String, Region)]) {
    let shown = |one: &Stretch| {
        let text = places.iter().find(|(place, ..)| *place == one.place).map(|(_, text, _)| text)?;
        Some(excerpt(text, &one.run.letters))
    };
    for one in told {
        if shown(one).is_some_and(|shown| shown.is_closing) {
            let others = further.iter().filter(|other| other.run.text == one.run.text);
            let better = others.filter_map(shown).find(|shown| !shown.is_closing);
            one.excerpt = better.map_or(std::mem::take(&mut one.excerpt), |shown| shown.text);
        }
    }
}

/// Stretches that follow each other in the mail and are the own words of the same mails: whoever sent these words before, cut and mixed with others, has
/// them remembered in pieces, of which each proves less.
pub(super) fn joined(pieces: &[&Stretch], held: &[Held], places: &[(usize, String, Region)]) -> Vec<Stretch> {
    let mut by_mail: BTreeMap<i64, Vec<&Held>> = BTreeMap::new();
    for one in held.iter().filter(|held| held.holding.is_own) {
        by_mail.entry(one.holding.mail).or_default().push(one);
    }
    let mut chains: Vec<Stretch> = Vec::new();
    for rows in by_mail.values() {
        let is_theirs = |piece: &&&Stretch| piece.is_proof() && piece.is_held_in(rows);
        let mut pieces: Vec<&Stretch> = pieces.iter().filter(is_theirs).copied().collect();
        pieces.sort_by_key(|piece| (piece.place, piece.run.letters.start));
        let mut open: Option<Stretch> = None;
        for piece in pieces {
            match &mut open {
                Some(chain) if chain.is_followed_by(piece) => chain.rest.push(piece.run.clone()),
                Some(chain) if piece.is_in(chain) => {}
                _ => chains.extend(open.replace(piece.clone())),
            }
        }
        chains.extend(open);
    }
    chains.retain(|chain| !chain.rest.is_empty());
    chains.sort_by_key(|chain| std::cmp::Reverse(chain.weight_of_language()));
    let mut heaviest: Vec<Stretch> = Vec::new();
    for chain in chains {
        if heaviest.len() < PARTS_MAX && !heaviest.iter().any(|other| chain.is_in(other)) {
            heaviest.push(chain);
        }
    }
    for chain in &mut heaviest {
        let text = places.iter().find(|(place, ..)| *place == chain.place).map(|(_, text, _)| text);
        chain.excerpt = excerpt(text.map_or("", String::as_str), &chain.run.letters).text;
    }
    heaviest
}

impl Stretch {
    /// The mails that hold enough of it, of all its runs.
    pub(super) fn held_by<'h>(&self, held: &'h [Held]) -> Vec<&'h Holding> {
        let holding = |held: &'h Held| self.runs().any(|run| holds(held, run)).then_some(&held.holding);
        let mut all: Vec<&Holding> = held.iter().filter_map(holding).collect();
        if !self.rest.is_empty() {
            let rows = |mail: i64| held.iter().filter(move |held| held.holding.mail == mail);
            all.retain(|one| self.runs().all(|run| rows(one.mail).any(|held| holds(held, run))));
        }
        all
    }

    fn runs(&self) -> impl Iterator<Item = &Run> {
        std::iter::once(&self.run).chain(&self.rest)
    }

    pub(super) fn weight(&self) -> u32 {
        self.runs().map(|run| run.weight).sum()
    }

    pub(super) fn weight_of_language(&self) -> u32 {
        self.runs().map(|run| run.weight_of_language).sum()
    }

    /// From its first letter to its last.
    fn letters(&self) -> Range<usize> {
        let end = self.runs().map(|run| run.letters.end).max();
        self.run.letters.start..end.unwrap_or_default()
    }

    fn is_held_in(&self, rows: &[&Held]) -> bool {
        rows.iter().any(|held| holds(held, &self.run))
    }

    /// Whether it says something beside others. Among a mail's own words, phrases do not.
    fn is_proof(&self) -> bool {
        self.region == Region::Quotation || self.run.weight_of_language >= PHRASE_WEIGHT
    }

    fn is_followed_by(&self, next: &Stretch) -> bool {
        let (end, start) = (self.letters().end, next.run.letters.start);
        let overlap = end.saturating_sub(start);
        self.place == next.place
            && start <= end + BETWEEN_LETTERS_MAX
            && overlap * 100 < next.run.letters.len() * (100 - COVER_PERCENT)
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
            let excerpt = excerpt(text, &run.letters).text;
            (run.weight_of_language >= PHRASE_WEIGHT).then_some(Self {
                run,
                rest: Vec::new(),
                place: self.place,
                region: self.region,
                excerpt,
            })
        };
        parts.into_iter().filter_map(told).collect()
    }

    fn is_in(&self, other: &Stretch) -> bool {
        let (one, other_letters) = (self.letters(), other.letters());
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

/// Leaves out the pieces of what is told as one, and what stands in a stretch of our words or a contact's that the sender knows: a formula that several conversations have is no
/// theft. A stranger's words excuse nothing: he may have brought stolen ones piece by piece.
pub(super) fn without_covered(all: &[(&Stretch, Quoted, bool)]) -> Vec<Quoted> {
    let is_known = |(_, quoted, is_sure): &&(&Stretch, Quoted, bool)| *is_sure && quoted.sender_was_party;
    let known: Vec<&Stretch> = all.iter().filter(is_known).map(|(stretch, _, _)| *stretch).collect();
    let is_same = |one: &Quoted, other: &Quoted| {
        let of = |one: &Quoted| (one.sender_was_party, one.sender_may_know, one.held_by);
        of(one) == of(other)
    };
    let is_piece = |stretch: &Stretch, quoted: &Quoted| {
        let of_it = |(other, whole, _): &(&Stretch, Quoted, bool)| {
            !other.rest.is_empty() && stretch.is_in(other) && is_same(quoted, whole)
        };
        stretch.rest.is_empty() && all.iter().any(of_it)
    };
    let is_told = |(stretch, quoted, _): &&(&Stretch, Quoted, bool)| {
        let is_known = !quoted.sender_was_party && known.iter().any(|by| stretch.is_in(by));
        !is_known && !is_piece(stretch, quoted)
    };
    all.iter().filter(is_told).map(|(_, quoted, _)| quoted.clone()).collect()
}

/// Whether a part has nearly the whole of another, or lies nearly whole in it and says no more than it.
fn is_most_of(part: &Range<u32>, other: &Range<u32>) -> bool {
    let shared = part.end.min(other.end).saturating_sub(part.start.max(other.start)) as usize;
    shared * 100 >= part.len().max(other.len()) * COVER_PERCENT
}

/// Whether a holder's letters are enough of a run.
fn holds(holder: &Held, run: &Run) -> bool {
    if holder.text != run.text as i64 {
        return false;
    }
    let (held, there) = (&holder.letters, i64::from(run.there.start)..i64::from(run.there.end));
    let shared = held.end.min(there.end) - held.start.max(there.start);
    shared * 100 >= (there.end - there.start) * SHARE_PERCENT && shared > 0
}

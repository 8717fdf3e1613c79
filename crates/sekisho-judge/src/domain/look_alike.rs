//! A strange domain and the protected ones → which of these it pretends to be, and how.
//!
//! Quiet by rule: protected names are never look-alikes of each other, short labels and ordinary words must be
//! confusable letter by letter, and what real firms do too (the same word under another suffix, a trade word
//! added) is weak.

mod added;

use std::collections::HashMap;

use self::added::take_word;
use super::edit::{EditKind, edit_between, first_letters};
use super::romaji::is_romaji;
use super::{DomainSet, registrable, skeleton, to_ascii, to_unicode};

/// Labels at least this long are unlikely to meet by chance.
const DISTINCTIVE_CHARS: usize = 5;
/// From here one slip in a label is a sign; shorter words have too many neighbours.
const EDIT_CHARS: usize = 6;
/// From here any slip is a strong sign.
const LONG_CHARS: usize = 8;
/// Names shorter than this are not looked for with hyphens in place of their dots.
const HYPHENATED_NAME_BYTES: usize = 7;
/// Labels looked at in a candidate, from its right, and words in a label, from its left.
const PARTS_MAX: usize = 24;
/// Words taken off a label, one after the other.
const ADDED_WORDS_MAX: usize = 4;

/// A strange domain that looks like a protected one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// The protected domain, in U-labels.
    pub protected: String,
    /// By what it looks like it.
    pub how: How,
    /// How surely it is no accident.
    pub strength: Strength,
}

/// By what means a domain looks like another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// The whole protected name stands left of a strange one: `midori.co.jp.evil.example`.
    Subdomain,
    /// Letters of another alphabet or with accents: `mіdori.example`.
    Punycode,
    /// Characters that look the same: `rnidori.example`, `midor1.example`.
    Confusable,
    /// The protected name and a word: `midori-support.example`, `midori-co-jp.example`.
    AddedWord,
    /// Only hyphens differ: `mi-dori.example`.
    Hyphens,
    /// Only dots differ: `midori-co.jp` for `midori.co.jp`.
    Dots,
    /// So many letters were inserted, left out, changed or swapped (always 1).
    Edit(u8),
    /// The same label under another suffix: `midori.test` for `midori.example`.
    OtherTld,
}

/// How surely a likeness is no accident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Strength {
    /// True companies have such names too.
    Weak,
    /// Hardly ever an accident.
    Strong,
}

/// Domains that others may pretend to be, made ready for comparing.
#[derive(Clone, Debug, Default)]
pub struct Protected {
    entries: Vec<Entry>,
    known: DomainSet,
    by_skeleton: HashMap<String, Vec<usize>>,
    /// Those that one slip may lead to, by the first letter of the skeleton.
    by_first: HashMap<char, Vec<usize>>,
    by_domain: HashMap<String, usize>,
    /// By the name with hyphens for its dots.
    by_hyphens: HashMap<String, usize>,
    /// By the name without its dots and hyphens.
    by_letters: HashMap<String, usize>,
}

#[derive(Clone, Debug)]
struct Entry {
    domain: String,
    label: String,
    suffix: String,
    skeleton: Vec<char>,
    weight: usize,
    word: Word,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// Short, or a word of everyday language.
    Ordinary,
    Distinctive,
}

/// The strongest likeness of `candidate` to a domain of the first set to which it has any; `None` for protected domains themselves and all
/// below them.
pub fn look_alike(candidate: &str, sets: &[&Protected]) -> Option<LookAlike> {
    let candidate = Candidate::new(candidate)?;
    sets.iter().find_map(|protected| protected.likeness(&candidate))
}

impl Protected {
    /// `ordinary` are labels that are words of everyday language (`apple`); they are compared like short ones.
    pub fn new<'a>(
        domains: impl IntoIterator<Item = &'a str>,
        ordinary: impl IntoIterator<Item = &'a str>,
    ) -> Protected {
        let ordinary: Vec<&str> = ordinary.into_iter().collect();
        let mut protected = Protected::default();
        let domains: Vec<String> = domains.into_iter().map(to_ascii).collect();
        protected.known = DomainSet::new(domains.iter().map(|domain| (0, domain.as_str())));
        for domain in domains {
            let Some((label, suffix)) = registrable(&domain).and_then(|name| name.split_once('.')) else {
                continue;
            };
            let skeleton = skeleton(label);
            let weight = weight(&skeleton);
            let is_ordinary = weight < DISTINCTIVE_CHARS || ordinary.contains(&label);
            let at = protected.entries.len();
            protected.by_skeleton.entry(skeleton.clone()).or_default().push(at);
            if let Some(first) = skeleton.chars().next().filter(|_| !is_ordinary) {
                protected.by_first.entry(first).or_default().push(at);
            }
            protected.by_domain.entry(format!("{label}.{suffix}")).or_insert(at);
            protected.by_hyphens.entry(format!("{label}.{suffix}").replace('.', "-")).or_insert(at);
            protected.by_letters.entry(letters_of(&to_unicode(label), suffix)).or_insert(at);
            protected.entries.push(Entry {
                weight,
                domain: to_unicode(&domain),
                label: to_unicode(label),
                suffix: suffix.to_owned(),
                skeleton: skeleton.chars().collect(),
                word: if is_ordinary { Word::Ordinary } else { Word::Distinctive },
            });
        }
        protected
    }

    /// As the function of this name, for this set.
    pub fn look_alike(&self, candidate: &str) -> Option<LookAlike> {
        self.likeness(&Candidate::new(candidate)?)
    }

    fn likeness(&self, candidate: &Candidate) -> Option<LookAlike> {
        if self.known.holds(&candidate.ascii) {
            return None;
        }
        let mut found = Vec::new();
        self.whole_names(candidate, &mut found);
        self.same_skeleton(candidate, &mut found);
        self.moved_dots(candidate, &mut found);
        self.added_words(candidate, &mut found);
        self.one_edit(candidate, &mut found);
        let best = found.into_iter().max_by_key(|(_, how, strength)| (*strength, std::cmp::Reverse(*how)))?;
        let protected = self.entries.get(best.0)?.domain.clone();
        Some(LookAlike { protected, how: best.1, strength: best.2 })
    }

    /// A protected name as labels left of the registered part, or with hyphens for its dots anywhere.
    fn whole_names(&self, candidate: &Candidate, found: &mut Vec<Likeness>) {
        let labels = candidate.labels.as_str();
        for name in stretches(labels, '.') {
            found.extend(self.by_domain.get(name).map(|&at| (at, How::Subdomain, Strength::Strong)));
        }
        for name in labels.split('.').flat_map(|label| stretches(label, '-')) {
            // "x-com" and "t-co" are too often parts of something else.
            if name.len() >= HYPHENATED_NAME_BYTES {
                found.extend(self.by_hyphens.get(name).map(|&at| (at, How::AddedWord, Strength::Strong)));
            }
        }
    }

    fn same_skeleton(&self, candidate: &Candidate, found: &mut Vec<Likeness>) {
        for &at in self.by_skeleton.get(&candidate.skeleton).into_iter().flatten() {
            let Some(entry) = self.entries.get(at) else { continue };
            let same_suffix = entry.suffix == candidate.suffix;
            let strong_if = |is: bool| if is { Strength::Strong } else { Strength::Weak };
            let distinctive = entry.word == Word::Distinctive;
            // Between short words only what no person types counts: a digit or a foreign letter.
            let typed = candidate.label.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
            let strength = strong_if(distinctive || (same_suffix && !typed));
            if !distinctive && !same_suffix && typed && entry.label != candidate.label {
                continue;
            }
            if entry.label == candidate.label {
                if distinctive {
                    found.push((at, How::OtherTld, Strength::Weak));
                }
            } else if entry.label.replace('-', "") == candidate.label.replace('-', "") {
                if distinctive || same_suffix {
                    found.push((at, How::Hyphens, strong_if(distinctive && same_suffix)));
                }
            } else if candidate.label.is_ascii() {
                found.push((at, How::Confusable, strength));
            } else {
                found.push((at, How::Punycode, strength));
            }
        }
    }

    /// `midori-co.jp` and `midorico.jp` for `midori.co.jp`.
    fn moved_dots(&self, candidate: &Candidate, found: &mut Vec<Likeness>) {
        let letters = letters_of(&candidate.label, &candidate.suffix);
        let Some(&at) = self.by_letters.get(&letters).filter(|_| letters.len() >= HYPHENATED_NAME_BYTES)
        else {
            return;
        };
        if self.entries.get(at).is_some_and(|entry| entry.suffix != candidate.suffix) {
            found.push((at, How::Dots, Strength::Strong));
        }
    }

    /// Takes bait and trade words off both ends of the label until a protected one is left.
    fn added_words(&self, candidate: &Candidate, found: &mut Vec<Likeness>) {
        let mut rest = candidate.label.as_str();
        let mut strength = Strength::Weak;
        for _ in 0..ADDED_WORDS_MAX {
            let Some(taken) = take_word(rest) else { break };
            rest = taken.rest;
            strength = strength.max(taken.strength);
            for &at in self.by_skeleton.get(&skeleton(rest)).into_iter().flatten() {
                match self.entries.get(at).map(|entry| entry.word) {
                    Some(Word::Distinctive) => found.push((at, How::AddedWord, strength)),
                    Some(Word::Ordinary)
                        if taken.hyphen && rest.len() > 2 && strength == Strength::Strong =>
                    {
                        found.push((at, How::AddedWord, Strength::Weak));
                    }
                    _ => {}
                }
            }
        }
    }

    fn one_edit(&self, candidate: &Candidate, found: &mut Vec<Likeness>) {
        let letters: Vec<char> = candidate.skeleton.chars().collect();
        let of = |first: char| self.by_first.get(&first).into_iter().flatten();
        let is_as_long = |at: &&usize| {
            self.entries.get(**at).is_some_and(|entry| letters.len().abs_diff(entry.skeleton.len()) <= 1)
        };
        let mut near: Vec<usize> =
            first_letters(&letters).into_iter().flat_map(of).filter(is_as_long).copied().collect();
        near.sort_unstable();
        for at in near {
            let Some(entry) = self.entries.get(at) else { continue };
            let Some(kind) = edit_between(&entry.skeleton, &letters) else { continue };
            let kind = match kind {
                EditKind::Slip | EditKind::Letter | EditKind::End if are_words(entry, candidate) => {
                    EditKind::Spelling
                }
                kind => kind,
            };
            let same_hyphens = hyphens(&entry.label) == hyphens(&candidate.label);
            let strength = match (entry.weight, kind) {
                (..DISTINCTIVE_CHARS, _) => continue,
                // A hyphen more or less is a second difference.
                (LONG_CHARS.., EditKind::Slip) if !same_hyphens => Strength::Weak,
                _ if !same_hyphens => continue,
                (..EDIT_CHARS, EditKind::Slip) if entry.suffix == candidate.suffix => Strength::Weak,
                (..EDIT_CHARS, _) => continue,
                (_, EditKind::Slip) => Strength::Strong,
                (LONG_CHARS.., EditKind::Letter) if entry.label.is_ascii() => Strength::Strong,
                (..LONG_CHARS, EditKind::First) => continue,
                _ => Strength::Weak,
            };
            found.push((at, How::Edit(1), strength));
        }
    }
}

/// Whether both read as Japanese words and not only neighbours were swapped: other people have such names by right.
fn are_words(entry: &Entry, candidate: &Candidate) -> bool {
    let is_swap = entry.label.len() == candidate.label.len() && is_anagram(&entry.label, &candidate.label);
    !is_swap && is_romaji(&entry.label) && is_romaji(&candidate.label)
}

fn is_anagram(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

/// How much a label tells: a Japanese character as much as two letters.
fn weight(label: &str) -> usize {
    label.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// A name without its dots and hyphens.
fn letters_of(label: &str, suffix: &str) -> String {
    label.chars().chain(suffix.chars()).filter(|c| !matches!(c, '-' | '.')).collect()
}

/// The stretches of two or more parts of a text, of its first [`PARTS_MAX`].
fn stretches(text: &str, between: char) -> impl Iterator<Item = &str> {
    let starts = std::iter::once(0).chain(text.match_indices(between).map(|(at, _)| at + 1)).take(PARTS_MAX);
    starts.flat_map(move |start| {
        let rest = text.get(start..).unwrap_or_default();
        let ends = rest.match_indices(between).map(|(at, _)| at).chain([rest.len()]).skip(1);
        ends.take(PARTS_MAX).filter_map(move |end| rest.get(..end))
    })
}

fn hyphens(label: &str) -> usize {
    label.matches('-').count()
}

type Likeness = (usize, How, Strength);

/// A candidate taken apart.
struct Candidate {
    ascii: String,
    /// All labels left of the public suffix, the last [`PARTS_MAX`].
    labels: String,
    /// The registered label, in U-labels.
    label: String,
    suffix: String,
    skeleton: String,
}

impl Candidate {
    fn new(domain: &str) -> Option<Candidate> {
        let ascii = to_ascii(domain);
        let (label, suffix) = registrable(&ascii)?.split_once('.')?;
        let left = ascii.strip_suffix(suffix)?;
        let left = left.strip_suffix('.').unwrap_or(left);
        let first = left.rmatch_indices('.').nth(PARTS_MAX - 1).map_or(0, |(at, _)| at + 1);
        let labels = left.get(first..).unwrap_or_default().to_owned();
        let (label, suffix) = (to_unicode(label), suffix.to_owned());
        let skeleton = skeleton(&label);
        Some(Candidate { labels, label, suffix, skeleton, ascii })
    }
}

#[cfg(test)]
mod tests;

//! Fingerprints of a text and of remembered ones → the stretches that they share.
//!
//! A shared phrase proves nothing; a *run* does: fingerprints that follow each other in both texts at the same distance, so that every
//! letter between them is the same (see `fingerprint`). A run is weighed, and so is the part of it that is language.

use std::collections::HashMap;
use std::ops::Range;

use crate::fingerprint::Fingerprint;
use crate::letters::Letters;
use crate::marks::{HASH_BITS, Mark};

/// Gaps in a run, in letters: a word that a charset could not carry does not end it.
const GAP_LETTERS_MAX: i64 = 24;

/// Places of one fingerprint in the text looked at that are compared: a text that repeats itself says nothing new.
const REPEATS_MAX: usize = 4;

/// Runs of one text followed at a time: a text that repeats itself has many diagonals.
const OPEN_MAX: usize = 32;

/// Runs kept of one text.
const RUNS_MAX: usize = 64;

/// A fingerprint of the text that a remembered text has too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Where it stands in the text looked at.
    pub here: Fingerprint,
    /// The remembered text.
    pub text: u64,
    /// The first letter there.
    pub start_there: u32,
}

/// A stretch that a remembered text has too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The remembered text.
    pub text: u64,
    /// The letters, in the text looked at.
    pub letters: Range<usize>,
    /// The letters, in the remembered text.
    pub there: Range<u32>,
    /// What the letters that are certainly the same weigh, in tenths of a Latin letter.
    pub weight: u32,
    /// What those of them weigh that are language, and no formula.
    pub weight_of_language: u32,
    /// What of it is formulas, in tenths of a Latin letter.
    pub(crate) formal: u32,
    /// Which letters of the remembered text are formulas: in order, not overlapping.
    pub(crate) formulas: Vec<Range<u32>>,
    /// The letters that are certainly the same, and how much further on they are in the remembered text.
    pub(crate) same: Vec<(Range<usize>, i64)>,
}

impl Run {
    /// Takes letters out of the weight of language that are formulas in the remembered text: ranges in order that do not overlap.
    pub(crate) fn pass_over(&mut self, looked_at: &Letters, formulas: &[Range<u32>]) {
        let mut formal = 0;
        for (same, shift) in &self.same {
            for formula in formulas {
                let here = |there: u32| (i64::from(there) - shift).max(0) as usize;
                let (start, end) = (same.start.max(here(formula.start)), same.end.min(here(formula.end)));
                if start < end {
                    formal += looked_at.weight_of_language(start..end);
                }
            }
        }
        self.formal += formal;
        self.formulas = formulas.to_vec();
        self.weight_of_language = self.weight_of_language.saturating_sub(formal);
    }

    /// The part of it that is within some letters of the remembered text.
    pub(crate) fn part(&self, looked_at: &Letters, there: &Range<u32>) -> Option<Self> {
        let within = |(same, shift): &(Range<usize>, i64)| {
            let here = |at: u32| (i64::from(at) - shift).max(0) as usize;
            let letters = same.start.max(here(there.start))..same.end.min(here(there.end));
            (!letters.is_empty()).then_some((letters, *shift))
        };
        let same: Vec<(Range<usize>, i64)> = self.same.iter().filter_map(within).collect();
        let letters = same.first()?.0.start..same.last()?.0.end;
        let there = self.there.start.max(there.start)..self.there.end.min(there.end);
        let mut part = Self::of(self.text, looked_at, letters, there, same);
        part.pass_over(looked_at, &self.formulas);
        Some(part)
    }

    /// A run of letters that are the same, weighed. What of it is formulas is not known yet.
    fn of(
        text: u64,
        looked_at: &Letters,
        letters: Range<usize>,
        there: Range<u32>,
        same: Vec<(Range<usize>, i64)>,
    ) -> Self {
        let weigh = |what: fn(&Letters, Range<usize>) -> u32| {
            same.iter().map(|(letters, _)| what(looked_at, letters.clone())).sum()
        };
        Self {
            text,
            letters,
            there,
            weight: weigh(Letters::weight),
            weight_of_language: weigh(Letters::weight_of_language),
            formal: 0,
            formulas: Vec::new(),
            same,
        }
    }
}

/// Bits of a hash by which its bucket is found, at most.
const BUCKET_BITS_MAX: u32 = 14;

/// Bits of a hash by which it is known, before any bucket is opened, that nothing of the text has it.
const SIEVE_BITS: u32 = 16;

/// The places of a text's fingerprints, in buckets by what of their hashes is kept of remembered texts.
pub(crate) struct Places<'m> {
    marks: &'m [Fingerprint],
    bucket_bits: u32,
    /// A bit for each of the beginnings of hashes, set where the text has it: most marks of other texts fall through.
    sieve: Vec<u64>,
    /// Where each bucket begins in `places`, and where the last one ends.
    begins: Vec<u32>,
    /// Those hashes and places, bucket by bucket, in each in the order of the text.
    places: Vec<(u32, u32)>,
}

impl<'m> Places<'m> {
    pub(crate) fn of(marks: &'m [Fingerprint]) -> Self {
        // At least twice as many buckets as fingerprints, up to a limit: most marks of other texts meet an empty one.
        let bucket_bits = (marks.len().max(1).ilog2() + 2).min(BUCKET_BITS_MAX);
        let places = vec![(0, 0); marks.len()];
        let (begins, sieve) =
            (vec![0; (1 << bucket_bits) + 1], vec![0; 1 << (SIEVE_BITS - u64::BITS.ilog2())]);
        let mut all = Self { marks, bucket_bits, sieve, begins, places };
        let hashes = || marks.iter().map(|mark| Mark::from(mark).hash);
        for hash in hashes() {
            let (word, bit) = Self::in_sieve(hash);
            if let Some(word) = all.sieve.get_mut(word) {
                *word |= bit;
            }
            let bucket = all.bucket(hash);
            if let Some(count) = all.begins.get_mut(bucket + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for begin in &mut all.begins {
            sum += *begin;
            *begin = sum;
        }
        let mut next = all.begins.clone();
        for (hash, place) in hashes().zip(0..) {
            if let Some(next) = next.get_mut(all.bucket(hash))
                && let Some(at) = all.places.get_mut(*next as usize)
            {
                *at = (hash, place);
                *next += 1;
            }
        }
        all
    }

    /// The word of the sieve in which a hash has its bit, and that bit.
    fn in_sieve(hash: u32) -> (usize, u64) {
        let bit = hash >> (HASH_BITS - SIEVE_BITS);
        ((bit / u64::BITS) as usize, 1 << (bit % u64::BITS))
    }

    fn bucket(&self, hash: u32) -> usize {
        (hash >> (HASH_BITS - self.bucket_bits)) as usize
    }

    /// The fingerprints that a remembered text has too: at most [`REPEATS_MAX`] for each of its marks.
    pub(crate) fn shared(&self, text: u64, marks: impl Iterator<Item = Mark>) -> Vec<Shared> {
        let mut shared = Vec::new();
        for mark in marks {
            let (word, bit) = Self::in_sieve(mark.hash);
            if self.sieve.get(word).is_none_or(|word| word & bit == 0) {
                continue;
            }
            let Some([begin, end]) = self.begins.get(self.bucket(mark.hash)..).and_then(<[u32]>::first_chunk)
            else {
                continue;
            };
            let bucket = self.places.get(*begin as usize..*end as usize).unwrap_or_default();
            let same = bucket.iter().filter(|(hash, _)| *hash == mark.hash).take(REPEATS_MAX);
            let here = same.filter_map(|(_, place)| self.marks.get(*place as usize));
            shared.extend(here.map(|here| Shared { here: *here, text, start_there: mark.start }));
        }
        shared
    }
}

/// The heaviest run with each remembered text, heaviest first.
pub fn runs(looked_at: &Letters, shared: &[Shared]) -> Vec<Run> {
    let mut by_text: HashMap<u64, Vec<Shared>> = HashMap::new();
    for one in shared {
        by_text.entry(one.text).or_default().push(*one);
    }
    let mut runs: Vec<Run> = by_text
        .into_values()
        .filter_map(|shared| {
            runs_with_one(looked_at, shared)
                .into_iter()
                .max_by_key(|run| (run.weight_of_language, run.weight))
        })
        .collect();
    heaviest_first(&mut runs);
    runs
}

/// Puts the heaviest run first; of equal ones that with the oldest text.
pub(crate) fn heaviest_first(runs: &mut [Run]) {
    runs.sort_by(|a, b| {
        (b.weight_of_language, b.weight, a.text, a.letters.start).cmp(&(
            a.weight_of_language,
            a.weight,
            b.text,
            b.letters.start,
        ))
    });
}

/// The runs with one text: neighbours on one diagonal (the same distance in both texts), with small gaps.
pub(crate) fn runs_with_one(looked_at: &Letters, mut shared: Vec<Shared>) -> Vec<Run> {
    let shift = |one: &Shared| i64::from(one.start_there) - i64::from(one.here.start);
    shared.sort_by_key(|one| (one.here.start, one.start_there));
    let mut open: Vec<Growing> = Vec::new();
    let mut done: Vec<Run> = Vec::new();
    for one in &shared {
        let (start, end) = (i64::from(one.here.start), i64::from(one.here.start + one.here.letters));
        open.retain_mut(|run| {
            let is_over = start - run.end > GAP_LETTERS_MAX;
            if is_over {
                keep(&mut done, run.done(looked_at));
            }
            !is_over
        });
        let has_room = open.len() < OPEN_MAX;
        // An edit moves the diagonal a little; the nearest is the same run.
        let near = open
            .iter_mut()
            .filter(|run| (run.shift - shift(one)).abs() <= GAP_LETTERS_MAX && start > run.last_start);
        match near.min_by_key(|run| (run.shift - shift(one)).abs()) {
            Some(run) => run.grow(start, end, shift(one)),
            None if has_room => open.push(Growing::new(one.text, start, end, shift(one))),
            None => {}
        }
    }
    open.iter_mut().for_each(|run| keep(&mut done, run.done(looked_at)));
    done
}

/// Keeps a run; where there is no room, in the place of the lightest.
fn keep(done: &mut Vec<Run>, run: Run) {
    if done.len() < RUNS_MAX {
        done.push(run);
    } else if let Some(lightest) = done.iter_mut().min_by_key(|run| run.weight)
        && lightest.weight < run.weight
    {
        *lightest = run;
    }
}

struct Growing {
    text: u64,
    start_there: i64,
    last_start: i64,
    end: i64,
    shift: i64,
    /// Stretches of letters that are the same, in order, not overlapping.
    same: Vec<(Range<usize>, i64)>,
}

impl Growing {
    fn new(text: u64, start: i64, end: i64, shift: i64) -> Self {
        let same = vec![(start as usize..end as usize, shift)];
        Self { text, start_there: start + shift, last_start: start, end, shift, same }
    }

    fn grow(&mut self, start: i64, end: i64, shift: i64) {
        match self.same.last_mut() {
            Some((last, at)) if start as usize <= last.end && *at == shift => {
                last.end = last.end.max(end as usize);
            }
            // Letters that two diagonals share are counted once.
            last => {
                let from = last.map_or(0, |(last, _)| last.end).max(start as usize);
                if from < end as usize {
                    self.same.push((from..end as usize, shift));
                }
            }
        }
        self.last_start = start;
        self.end = self.end.max(end);
        self.shift = shift;
    }

    /// It is over.
    fn done(&mut self, looked_at: &Letters) -> Run {
        let first = self.same.first().map_or(0, |(range, _)| range.start);
        let letters = first..self.end as usize;
        let there = |at: i64| u32::try_from(at).unwrap_or(0);
        let there = there(self.start_there)..there(self.end + self.shift);
        Run::of(self.text, looked_at, letters, there, std::mem::take(&mut self.same))
    }
}

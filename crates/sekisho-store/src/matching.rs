//! Fingerprints of a text and of remembered ones → the stretches that they share.
//!
//! A shared phrase proves nothing; a *run* does: fingerprints that follow each other in both texts at the same distance, so that every
//! letter between them is the same (see `fingerprint`). A run is weighed, and so is the part of it that is language.

use std::collections::HashMap;
use std::ops::Range;

use crate::fingerprint::Fingerprint;
use crate::letters::Letters;
use crate::marks::Mark;

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
        self.weight_of_language = self.weight_of_language.saturating_sub(formal);
    }
}

/// Bits of the hashes by which most marks of other texts are passed over at once.
const SIEVE_BITS: u32 = 16;

/// The places of a text's fingerprints, by what of their hashes is kept of remembered texts.
pub(crate) struct Places<'m> {
    marks: &'m [Fingerprint],
    /// Those hashes in order, each with the place of its fingerprint in the lower half.
    in_order: Vec<u64>,
    /// A bit for the upper bits of each hash.
    sieve: Vec<u64>,
}

impl<'m> Places<'m> {
    pub(crate) fn of(marks: &'m [Fingerprint]) -> Self {
        let numbered = marks.iter().zip(0_u64..);
        let mut in_order: Vec<u64> =
            numbered.map(|(mark, place)| u64::from(Mark::from(mark).hash) << 32 | place).collect();
        in_order.sort_unstable();
        let mut sieve = vec![0; 1 << (SIEVE_BITS - 6)];
        for one in &in_order {
            let (word, bit) = place_in_sieve((*one >> 32) as u32);
            if let Some(word) = sieve.get_mut(word) {
                *word |= bit;
            }
        }
        Self { marks, in_order, sieve }
    }

    /// The fingerprints that a remembered text has too: at most [`REPEATS_MAX`] for each of its marks.
    pub(crate) fn shared(&self, text: u64, marks: impl Iterator<Item = Mark>) -> Vec<Shared> {
        let mut shared = Vec::new();
        for mark in marks {
            let (word, bit) = place_in_sieve(mark.hash);
            if self.sieve.get(word).is_none_or(|word| word & bit == 0) {
                continue;
            }
            let hash = u64::from(mark.hash);
            let first = self.in_order.partition_point(|one| *one >> 32 < hash);
            let same = self.in_order.iter().skip(first).take_while(|one| **one >> 32 == hash);
            let here = same.take(REPEATS_MAX).filter_map(|one| self.marks.get(*one as u32 as usize));
            shared.extend(here.map(|here| Shared { here: *here, text, start_there: mark.start }));
        }
        shared
    }
}

fn place_in_sieve(hash: u32) -> (usize, u64) {
    let number = hash >> (crate::marks::HASH_BITS - SIEVE_BITS);
    ((number >> 6) as usize, 1 << (number & 63))
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
        open.retain(|run| {
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
    open.iter().for_each(|run| keep(&mut done, run.done(looked_at)));
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

    fn done(&self, looked_at: &Letters) -> Run {
        let weigh = |what: fn(&Letters, Range<usize>) -> u32| {
            self.same.iter().map(|(range, _)| what(looked_at, range.clone())).sum()
        };
        let first = self.same.first().map_or(0, |(range, _)| range.start);
        let there = |at: i64| u32::try_from(at).unwrap_or(0);
        Run {
            text: self.text,
            letters: first..self.end as usize,
            there: there(self.start_there)..there(self.end + self.shift),
            weight: weigh(Letters::weight),
            weight_of_language: weigh(Letters::weight_of_language),
            formal: 0,
            same: self.same.clone(),
        }
    }
}

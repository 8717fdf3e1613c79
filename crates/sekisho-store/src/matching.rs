//! Fingerprints of a text and of remembered ones → the stretches that they share.
//!
//! A shared phrase proves nothing; a *run* does: fingerprints that follow each other in both texts at the same distance, so that every
//! letter between them is the same (see `fingerprint`). A run is weighed, and so is the part of it that is language.

use std::collections::BTreeMap;

use crate::fingerprint::Fingerprint;
use crate::letters::Letters;

/// Gaps in a run, in letters: a word that a charset could not carry does not end it.
const GAP_LETTERS_MAX: i64 = 24;

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
    pub letters: std::ops::Range<usize>,
    /// What the letters that are certainly the same weigh, in tenths of a Latin letter.
    pub weight: u32,
    /// What those of them weigh that are language.
    pub weight_of_language: u32,
}

/// The heaviest run with each remembered text, heaviest first.
pub fn runs(looked_at: &Letters, shared: &[Shared]) -> Vec<Run> {
    let mut by_text: BTreeMap<u64, Vec<&Shared>> = BTreeMap::new();
    for one in shared {
        by_text.entry(one.text).or_default().push(one);
    }
    let heaviest = by_text.into_values().filter_map(|shared| heaviest(looked_at, shared));
    let mut runs: Vec<Run> = heaviest.collect();
    runs.sort_by(|a, b| {
        (b.weight_of_language, b.weight, a.text).cmp(&(a.weight_of_language, a.weight, b.text))
    });
    runs
}

/// The heaviest run with one text: neighbours on one diagonal (the same distance in both texts), with small gaps.
fn heaviest(looked_at: &Letters, mut shared: Vec<&Shared>) -> Option<Run> {
    let shift = |one: &Shared| i64::from(one.start_there) - i64::from(one.here.start);
    shared.sort_by_key(|one| (one.here.start, one.start_there));
    let mut open: Vec<Growing> = Vec::new();
    let mut best: Option<Run> = None;
    for one in shared {
        let (start, end) = (i64::from(one.here.start), i64::from(one.here.start + one.here.letters));
        open.retain(|run| {
            let is_over = start - run.end > GAP_LETTERS_MAX;
            if is_over {
                better(&mut best, run.done(looked_at));
            }
            !is_over
        });
        let mut fresh = None;
        // An edit moves the diagonal a little; the nearest is the same run.
        let near = open
            .iter_mut()
            .filter(|run| (run.shift - shift(one)).abs() <= GAP_LETTERS_MAX && start > run.last_start);
        match near.min_by_key(|run| (run.shift - shift(one)).abs()) {
            Some(run) => run.grow(start, end, shift(one)),
            None => fresh = Some(Growing::new(one.text, start, end, shift(one))),
        }
        if open.len() < OPEN_MAX {
            open.extend(fresh);
        }
    }
    for run in open {
        better(&mut best, run.done(looked_at));
    }
    best
}

/// Runs of one text followed at a time: a text that repeats itself has many diagonals.
const OPEN_MAX: usize = 32;

struct Growing {
    text: u64,
    last_start: i64,
    end: i64,
    shift: i64,
    /// Stretches of letters that are the same, in order, not overlapping.
    same: Vec<std::ops::Range<usize>>,
}

impl Growing {
    fn new(text: u64, start: i64, end: i64, shift: i64) -> Self {
        Self {
            text,
            last_start: start,
            end,
            shift,
            same: std::iter::once(start as usize..end as usize).collect(),
        }
    }

    fn grow(&mut self, start: i64, end: i64, shift: i64) {
        match self.same.last_mut() {
            Some(last) if start as usize <= last.end => last.end = last.end.max(end as usize),
            _ => self.same.push(start as usize..end as usize),
        }
        self.last_start = start;
        self.end = self.end.max(end);
        self.shift = shift;
    }

    fn done(&self, looked_at: &Letters) -> Run {
        let weigh = |what: fn(&Letters, std::ops::Range<usize>) -> u32| {
            self.same.iter().map(|range| what(looked_at, range.clone())).sum()
        };
        let first = self.same.first().map_or(0, |range| range.start);
        Run {
            text: self.text,
            letters: first..self.end as usize,
            weight: weigh(Letters::weight),
            weight_of_language: weigh(Letters::weight_of_language),
        }
    }
}

fn better(best: &mut Option<Run>, run: Run) {
    if best
        .as_ref()
        .is_none_or(|best| (best.weight_of_language, best.weight) < (run.weight_of_language, run.weight))
    {
        *best = Some(run);
    }
}

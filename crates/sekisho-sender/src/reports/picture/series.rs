//! Counts of one day → the picture of a domain over time, and, reporter by reporter, what a rise is found in.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;

use super::names::Name;
use super::take;
use crate::reports::limits::{DAYS_A_DOMAIN_MAX, FAILING_A_DAY_MAX};
use crate::reports::{Day, Row};

/// What was reported for one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Series {
    /// Mails in all.
    pub messages: u64,
    /// Mails that pass.
    pub passed: u64,
    /// Mails that fail and that nobody passed on: from services of ours set up badly, and from strangers.
    pub failed: u64,
}

/// Days of one domain.
#[derive(Debug, Default)]
pub(super) struct Days {
    pub series: BTreeMap<Day, Series>,
    pub cells: BTreeMap<Day, BTreeMap<Name, Cell>>,
    failing: BTreeMap<Day, Failing>,
}

/// What one reporter saw on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Mails in all.
    pub messages: u64,
    /// Strangers' mails that fail though they authenticate as somebody.
    pub foreign: u64,
    /// Strangers' mails that authenticate as nobody.
    pub nameless: u64,
}

/// Whose mails fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fails {
    /// They do not.
    No,
    /// Somebody passed them on.
    PassedOn,
    /// A service of ours.
    Ours,
    /// A stranger who authenticates as somebody else.
    Foreign,
    /// A stranger without a name.
    Nameless,
}

/// Digests of addresses and networks that failed on one day.
#[derive(Debug, Default)]
struct Failing {
    addresses: HashSet<u64>,
    networks: HashSet<u64>,
    more: bool,
}

/// How many addresses in how many networks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spread {
    pub addresses: u64,
    pub networks: u64,
    pub more: bool,
}

impl Days {
    /// Adds a row to its days, a like share to each.
    pub fn add(
        &mut self,
        row: &Row,
        (first, count): (Day, i32),
        fails: Fails,
        reporter: Option<Name>,
        cells: &mut usize,
    ) {
        let days = u64::try_from(count).unwrap_or(1).max(1);
        let mut left = row.messages;
        for (at, offset) in (0..count).enumerate() {
            let share = left / (days - (at as u64).min(days - 1));
            left -= share;
            let day = first.plus(offset);
            if self.series.len() >= DAYS_A_DOMAIN_MAX && !self.series.contains_key(&day) {
                continue;
            }
            self.series.entry(day).or_default().add(share, fails);
            if let Some(reporter) = reporter {
                self.cell(day, reporter, share, fails, cells);
            }
        }
    }

    fn cell(&mut self, day: Day, reporter: Name, share: u64, fails: Fails, cells: &mut usize) {
        let of_day = self.cells.entry(day).or_default();
        if !of_day.contains_key(&reporter) && !take(cells) {
            return;
        }
        let cell = of_day.entry(reporter).or_default();
        cell.messages = cell.messages.saturating_add(share);
        match fails {
            Fails::Foreign => cell.foreign = cell.foreign.saturating_add(share),
            Fails::Nameless => cell.nameless = cell.nameless.saturating_add(share),
            Fails::No | Fails::PassedOn | Fails::Ours => {}
        }
    }

    /// Notes where failing mails came from.
    pub fn failing(&mut self, row: &Row, day: Day, room: &mut usize) {
        if self.failing.len() >= DAYS_A_DOMAIN_MAX && !self.failing.contains_key(&day) {
            return;
        }
        let failing = self.failing.entry(day).or_default();
        let Failing { addresses, networks, more } = failing;
        *more |= !insert(networks, digest(&row.network), room);
        for address in &row.addresses {
            *more |= !insert(addresses, digest(address), room);
        }
    }

    /// From how many places failing mails came in these days.
    pub fn spread(&self, since: Day, until: Day) -> Spread {
        let mut addresses: HashSet<u64> = HashSet::new();
        let mut networks: HashSet<u64> = HashSet::new();
        let mut more = false;
        for failing in self.failing.range(since..=until).map(|(_, failing)| failing) {
            addresses.extend(&failing.addresses);
            networks.extend(&failing.networks);
            more |= failing.more;
        }
        Spread { addresses: addresses.len() as u64, networks: networks.len() as u64, more }
    }
}

impl Series {
    fn add(&mut self, messages: u64, fails: Fails) {
        self.messages = self.messages.saturating_add(messages);
        match fails {
            Fails::No => self.passed = self.passed.saturating_add(messages),
            Fails::PassedOn => {}
            Fails::Ours | Fails::Foreign | Fails::Nameless => {
                self.failed = self.failed.saturating_add(messages)
            }
        }
    }
}

/// Whether it is among them now.
fn insert(set: &mut HashSet<u64>, digest: u64, room: &mut usize) -> bool {
    set.contains(&digest) || (set.len() < FAILING_A_DAY_MAX && take(room) && set.insert(digest))
}

fn digest(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

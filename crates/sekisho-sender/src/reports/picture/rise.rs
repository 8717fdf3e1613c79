//! Failing mails day by day → days on which strangers suddenly sent much more in a domain's name.
//!
//! A day is compared with the quiet days before it, and with how much was sent at all. The rule must stay silent on a stream
//! that is steady or noisy, on a newsletter (more mail, so more that fails on its way), on a reporter that joins (more is seen,
//! not sent), and on mail that somebody passed on or a known service sends badly; those are no strangers.

use std::collections::BTreeMap;

use super::names::Name;
use super::series::{Cell, Days};
use crate::reports::Day;

/// Days on which much more failed than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rise {
    /// The first such day.
    pub since: Day,
    /// The last one.
    pub until: Day,
    /// Whether it lasts: it reaches to the last days reported.
    pub lasts: bool,
    /// Strangers' failing mails in these days.
    pub failed: u64,
    /// Those among them that authenticate as somebody else.
    pub foreign: u64,
    /// How many failed on a usual day before.
    pub usual_a_day: u64,
    /// Addresses from which they came.
    pub addresses: u64,
    /// Networks from which they came.
    pub networks: u64,
    /// Whether there are more addresses or networks than were told apart.
    pub more: bool,
}

/// Quiet days that must be known before a rise can be told: a week has weekdays and a weekend.
const QUIET_DAYS_MIN: usize = 7;

/// Quiet days that a day is compared with: the last four weeks. Older ones say little about today.
const QUIET_DAYS_MAX: usize = 28;

/// Failing mails beyond the expected that a rise has at least. Below, a scanner, a test or one forgotten device explains it.
const EXCESS_MIN: u64 = 20;

/// A rise has so many times the expected number beyond it: three times as many in all. Weekends, holidays and campaigns double honest numbers.
const EXCESS_FACTOR: u64 = 2;

/// A rise stands so many median deviations above the median: beyond four, no day in ten thousand of a normal noise.
const DEVIATIONS: u64 = 6;

/// A rise is half more than the worst quiet day: whoever has such days now and then knows them.
const WORST_FACTOR: (u64, u64) = (3, 2);

/// A reporter is new for so many days: what it sees was most likely there before it told us.
const JOINING_DAYS: i32 = 7;

/// Of a new reporter, failing mails count beyond so many times the usual share; a share below this one in so many is taken for it.
const JOINING_FACTOR: u64 = 3;
const JOINING_SHARE_MIN: u64 = 20;

/// Days between two days of one rise: forgers rest at weekends too.
const GAP_DAYS_MAX: i32 = 3;

/// A rise lasts if it reached into so many last days; reports come a day late.
const LAST_DAYS: i32 = 2;

/// All rises, the earliest first; `None` where no day has enough quiet days before it.
pub(super) fn rises(days: &Days) -> Option<Vec<Rise>> {
    let mut looked = false;
    let mut rises: Vec<Rise> = Vec::new();
    let mut quiet: Vec<Day> = Vec::new();
    let first_days = first_days(&days.cells);
    let last_day = *days.cells.keys().next_back()?;
    for (day, cells) in &days.cells {
        let window = quiet.get(quiet.len().saturating_sub(QUIET_DAYS_MAX)..).unwrap_or_default();
        let strange = (window.len() >= QUIET_DAYS_MIN)
            .then(|| Usual::of(window, *day, &days.cells, &first_days))
            .and_then(|usual| {
                looked = true;
                usual.excess(cells)
            });
        match strange {
            Some(usual_a_day) => extend(&mut rises, *day, usual_a_day, cells),
            None => quiet.push(*day),
        }
    }
    for rise in &mut rises {
        let spread = days.spread(rise.since, rise.until);
        (rise.addresses, rise.networks, rise.more) = (spread.addresses, spread.networks, spread.more);
        rise.lasts = last_day.since(rise.until) < LAST_DAYS;
    }
    looked.then_some(rises)
}

/// Adds a day to the rise before it, or begins a new one.
fn extend(rises: &mut Vec<Rise>, day: Day, usual_a_day: u64, cells: &BTreeMap<Name, Cell>) {
    let foreign = sum(cells.values().map(|cell| cell.foreign));
    let failed = foreign.saturating_add(sum(cells.values().map(|cell| cell.nameless)));
    match rises.last_mut() {
        Some(rise) if day.since(rise.until) <= GAP_DAYS_MAX => {
            rise.until = day;
            rise.failed = rise.failed.saturating_add(failed);
            rise.foreign = rise.foreign.saturating_add(foreign);
        }
        _ => rises.push(Rise {
            since: day,
            until: day,
            lasts: false,
            failed,
            foreign,
            usual_a_day,
            addresses: 0,
            networks: 0,
            more: false,
        }),
    }
}

/// The first day of each reporter.
fn first_days(cells: &BTreeMap<Day, BTreeMap<Name, Cell>>) -> BTreeMap<Name, Day> {
    let mut first = BTreeMap::new();
    for (day, of_day) in cells {
        for name in of_day.keys() {
            first.entry(*name).or_insert(*day);
        }
    }
    first
}

/// What was usual before a day.
struct Usual {
    /// Reporters that are not new on this day.
    old: BTreeMap<Name, Day>,
    /// Failing mails of a day that they saw.
    median: u64,
    /// How far days usually are from that.
    deviation: u64,
    /// The worst quiet day.
    worst: u64,
    /// Failing mails and others of the quiet days: what usually fails beside them.
    share: (u64, u64),
}

impl Usual {
    fn of(
        window: &[Day],
        day: Day,
        cells: &BTreeMap<Day, BTreeMap<Name, Cell>>,
        first_days: &BTreeMap<Name, Day>,
    ) -> Self {
        let old: BTreeMap<Name, Day> = first_days
            .iter()
            .filter(|(_, first)| day.since(**first) >= JOINING_DAYS)
            .map(|(name, first)| (*name, *first))
            .collect();
        let of = |quiet: Day, name: Name| cells.get(&quiet).and_then(|of_day| of_day.get(&name)).copied();
        // Before a reporter joined, it would have seen what it usually sees.
        let usual: BTreeMap<Name, u64> = old
            .iter()
            .map(|(name, first)| {
                let seen = window.iter().filter(|quiet| **quiet >= *first);
                let counts = seen.map(|quiet| of(*quiet, *name).map_or(0, Cell::failed)).collect();
                (*name, median(counts))
            })
            .collect();
        let counts: Vec<u64> = window
            .iter()
            .map(|quiet| {
                sum(old.iter().map(|(name, first)| {
                    if quiet < first {
                        usual.get(name).copied().unwrap_or(0)
                    } else {
                        of(*quiet, *name).map_or(0, Cell::failed)
                    }
                }))
            })
            .collect();
        let middle = median(counts.clone());
        let deviation = median(counts.iter().map(|count| count.abs_diff(middle)).collect());
        let all = || window.iter().filter_map(|quiet| cells.get(quiet)).flat_map(BTreeMap::values);
        let share = (sum(all().map(|cell| cell.failed())), sum(all().map(|cell| cell.others())));
        Self { old, median: middle, deviation, worst: counts.into_iter().max().unwrap_or(0), share }
    }

    /// How many failing mails a usual day has, where this day is none.
    fn excess(&self, cells: &BTreeMap<Name, Cell>) -> Option<u64> {
        let is_old = |name: &Name| self.old.contains_key(name);
        let old = || cells.iter().filter(|(name, _)| is_old(name)).map(|(_, cell)| cell);
        let joined = cells.iter().filter(|(name, _)| !is_old(name)).map(|(_, cell)| cell);
        // A newcomer's mailing lists fail from the first day; only mail that is nobody's, and much of it, says more.
        let joined = joined.map(|cell| cell.nameless.saturating_sub(self.usual_of_newcomer(cell.others())));
        let failed = sum(old().map(|cell| cell.failed())).saturating_add(sum(joined));
        let expected = self.median.max(self.usual_part(sum(old().map(|cell| cell.others()))));
        let noise = DEVIATIONS.saturating_mul(self.deviation);
        let excess = EXCESS_MIN.max(expected.saturating_mul(EXCESS_FACTOR)).max(noise);
        let worst = self.worst.saturating_mul(WORST_FACTOR.0) / WORST_FACTOR.1;
        (failed >= expected.saturating_add(excess) && failed > worst).then_some(self.median)
    }

    /// So many usually fail beside so many others; nothing is known of a domain that sends nothing.
    fn usual_part(&self, others: u64) -> u64 {
        let (failed, all) = self.share;
        let part = (u128::from(others) * u128::from(failed)).checked_div(u128::from(all)).unwrap_or(0);
        u64::try_from(part).unwrap_or(u64::MAX)
    }

    fn usual_of_newcomer(&self, others: u64) -> u64 {
        self.usual_part(others).max(others / JOINING_SHARE_MIN).saturating_mul(JOINING_FACTOR)
    }
}

impl Cell {
    fn failed(self) -> u64 {
        self.foreign.saturating_add(self.nameless)
    }

    fn others(self) -> u64 {
        self.messages.saturating_sub(self.failed())
    }
}

fn sum(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0, u64::saturating_add)
}

/// The number in the middle; the higher of two, so that a doubt makes it quieter.
fn median(mut numbers: Vec<u64>) -> u64 {
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied().unwrap_or(0)
}

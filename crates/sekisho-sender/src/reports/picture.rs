//! Any number of reports → one picture: who sends in our name, domain by domain, in memory that does not grow with their
//! number. Reports are added up and let go; the same report counts once, however often it comes.

mod domain;
mod names;
mod rise;
mod seen;
mod senders;
mod series;
mod transport;

use std::collections::BTreeMap;

use super::limits::{CELLS_MAX, DOMAINS_MAX, FAILING_MAX, FAILURES_KEPT_MAX, RANGE_DAYS_MAX, SOURCES_MAX};
use super::network::Block;
use super::{Aggregate, Day, Doubt, Failure, Report, Tls, day, is_below};
use names::{Name, Names};
use seen::Seen;
use transport::Transport;

pub use domain::{Domain, Reporter};
pub use rise::Rise;
pub use senders::{AddressCount, Mark, Sender, Sums};
pub use series::Series;
pub use transport::{TlsDomain, TlsFailure};

/// What is known of ourselves.
#[derive(Clone, Debug, Default)]
pub struct Known {
    services: Vec<String>,
    networks: Vec<Block>,
}

/// Which reports are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only about this domain and those below it, in lower case.
    pub domain: Option<String>,
    /// Only about this day and later ones.
    pub since: Option<Day>,
    /// Only about this day and earlier ones.
    pub until: Option<Day>,
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It counts.
    Counted,
    /// It has counted before.
    Duplicate,
    /// It is about another domain or other days.
    Unwanted,
}

/// Everything added up so far.
#[derive(Debug, Default)]
pub struct Picture {
    known: Known,
    filter: Filter,
    names: Names,
    seen: Seen,
    domains: BTreeMap<Name, domain::Tally>,
    transport: Transport,
    failures: Vec<Failure>,
    /// Failure reports in all.
    pub failures_count: u64,
    /// Reports with each doubt.
    pub doubts: BTreeMap<Doubt, u64>,
    /// What may still be told apart.
    room: Room,
}

/// What may still be told apart, of all domains together.
#[derive(Debug)]
struct Room {
    sources: usize,
    cells: usize,
    failing: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { sources: SOURCES_MAX, cells: CELLS_MAX, failing: FAILING_MAX }
    }
}

/// Takes one from what is left; whether there was one.
fn take(left: &mut usize) -> bool {
    left.checked_sub(1).map(|rest| *left = rest).is_some()
}

impl Known {
    /// Own services and hosts, as configured: domains (with those below them), addresses and networks (`192.0.2.0/24`), mixed.
    pub fn new(entries: impl IntoIterator<Item = String>) -> Self {
        let mut known = Self::default();
        for entry in entries {
            match Block::parse(&entry) {
                Some(block) => known.networks.push(block),
                None => known.services.push(super::domain(entry.trim().trim_start_matches(['@', '.']))),
            }
        }
        known
    }

    fn is_service(&self, name: &str) -> bool {
        self.services.iter().any(|service| is_below(name, service))
    }

    fn is_own_address(&self, address: std::net::IpAddr) -> bool {
        self.networks.iter().any(|block| block.holds(address))
    }
}

impl Picture {
    /// An empty picture.
    pub fn new(known: Known, filter: Filter) -> Self {
        Self { known, filter, ..Self::default() }
    }

    /// Adds one report.
    pub fn add(&mut self, report: Report) -> Added {
        let doubts = report.doubts().to_vec();
        let added = match report {
            Report::Aggregate(report) => self.aggregate(&report),
            Report::Tls(report) => self.tls(&report),
            Report::Failure(failure) => self.failure(*failure),
        };
        if added == Added::Counted {
            for doubt in doubts {
                *self.doubts.entry(doubt).or_default() += 1;
            }
        }
        added
    }

    /// Every domain reported on, by name.
    pub fn domains(&self) -> Vec<Domain> {
        self.domains.iter().map(|(name, tally)| tally.finish(*name, &self.names, &self.known)).collect()
    }

    /// What was reported about encrypted transport, by domain.
    pub fn transport(&self) -> Vec<TlsDomain> {
        self.transport.finish(&self.names)
    }

    /// Failure reports, as they came, at most [`FAILURES_KEPT_MAX`].
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// Whether there came more reports than are remembered, so that some may have counted twice.
    pub fn forgot(&self) -> bool {
        self.seen.is_full()
    }

    fn aggregate(&mut self, report: &Aggregate) -> Added {
        let days = range(report.begin, report.end);
        if !self.filter.wants(&report.domain, days) {
            return Added::Unwanted;
        }
        if !self.seen.is_new(&[&report.reporter, &report.id, &report.domain], report.begin, report.end) {
            return Added::Duplicate;
        }
        let mut name = self.names.id(&report.domain);
        if self.domains.len() >= DOMAINS_MAX && !self.domains.contains_key(&name) {
            name = Name::OTHERS;
        }
        let tally = self.domains.entry(name).or_default();
        tally.add(report, days, &mut self.names, &self.known, &mut self.room);
        Added::Counted
    }

    fn tls(&mut self, report: &Tls) -> Added {
        let days = range(report.begin, report.end);
        let about = report.policies.iter().map(|policy| policy.domain.as_str()).collect::<Vec<_>>();
        if !about.iter().any(|domain| self.filter.wants(domain, days)) && !about.is_empty() {
            return Added::Unwanted;
        }
        let first = about.first().copied().unwrap_or_default();
        if !self.seen.is_new(&["tls", &report.reporter, &report.id, first], report.begin, report.end) {
            return Added::Duplicate;
        }
        self.transport.add(report, days, &self.filter, &mut self.names);
        Added::Counted
    }

    fn failure(&mut self, failure: Failure) -> Added {
        let day = failure.arrived.get(..10).and_then(Day::parse);
        if !self.filter.wants(&failure.domain, day.map(|day| (day, 1))) {
            return Added::Unwanted;
        }
        self.failures_count = self.failures_count.saturating_add(1);
        if self.failures.len() < FAILURES_KEPT_MAX {
            self.failures.push(failure);
        }
        Added::Counted
    }
}

impl Filter {
    /// Whether a report about this domain and these days (the first, and how many) is wanted.
    fn wants(&self, domain: &str, days: Option<(Day, i32)>) -> bool {
        if self.domain.as_ref().is_some_and(|wanted| !is_below(domain, wanted)) {
            return false;
        }
        let Some((first, count)) = days else { return self.since.is_none() && self.until.is_none() };
        let last = first.plus(count - 1);
        self.since.is_none_or(|since| last >= since) && self.until.is_none_or(|until| first <= until)
    }
}

fn range(begin: Option<i64>, end: Option<i64>) -> Option<(Day, i32)> {
    let (begin, end) = begin.zip(end)?;
    day::days(begin, end, RANGE_DAYS_MAX)
}

#[cfg(test)]
mod tests;

//! Reports about one domain → its picture: sums, reporters, senders, days, rises.

use std::collections::BTreeMap;

use super::names::{Name, Names};
use super::rise::{self, Rise};
use super::senders::{Sender, Senders, Sums};
use super::series::{Days, Fails, Series};
use super::{Known, Room};
use crate::reports::limits::REPORTERS_A_DOMAIN_MAX;
use crate::reports::{Aggregate, Day, Policy, Row};

/// One domain as reports show it.
#[derive(Clone, Debug)]
pub struct Domain {
    /// Its name; empty where reports did not say it.
    pub name: String,
    /// The policy of the latest report.
    pub policy: Policy,
    /// Reports about it.
    pub reports: u64,
    /// Its mails added up; `dkim` and `spf` are those that pass so.
    pub sums: Sums,
    /// Mails that pass.
    pub passed: u64,
    /// Mails that fail because somebody passed them on.
    pub passed_on: u64,
    /// Mails in reports without days that can be believed; they are in no series.
    pub undated: u64,
    /// Who reports, most mails first.
    pub reporters: Vec<Reporter>,
    /// Who sends, most mails first.
    pub senders: Vec<Sender>,
    /// Day by day; days without reports are left out.
    pub series: BTreeMap<Day, Series>,
    /// Rises of failing mail, the earliest first; `None` where there are too few days to say.
    pub rises: Option<Vec<Rise>>,
}

/// One who reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reporter {
    /// Its name as it calls itself.
    pub name: String,
    /// Its reports.
    pub reports: u64,
    /// Mails in them.
    pub messages: u64,
    /// Those that fail.
    pub failed: u64,
    /// The last day that it reported on.
    pub last: Option<Day>,
}

/// A domain's picture while it grows.
#[derive(Debug, Default)]
pub(super) struct Tally {
    policy: (Option<i64>, Policy),
    reports: u64,
    sums: Sums,
    passed: u64,
    passed_on: u64,
    undated: u64,
    reporters: BTreeMap<Name, Reporter>,
    senders: Senders,
    days: Days,
}

impl Tally {
    pub fn add(
        &mut self,
        report: &Aggregate,
        days: Option<(Day, i32)>,
        names: &mut Names,
        known: &Known,
        room: &mut Room,
    ) {
        self.reports += 1;
        if report.end >= self.policy.0 {
            self.policy = (report.end, report.policy);
        }
        let mut reporter = names.id(&report.reporter);
        if self.reporters.len() >= REPORTERS_A_DOMAIN_MAX && !self.reporters.contains_key(&reporter) {
            reporter = Name::OTHERS;
        }
        let reported = self.reporters.entry(reporter).or_default();
        reported.reports += 1;
        reported.last = reported.last.max(days.map(|(first, count)| first.plus(count - 1)));
        for row in &report.rows {
            reported.messages = reported.messages.saturating_add(row.messages);
            let fails = fails(row, known);
            if fails == Fails::No {
                self.passed = self.passed.saturating_add(row.messages);
            } else {
                reported.failed = reported.failed.saturating_add(row.messages);
            }
            if fails == Fails::PassedOn {
                self.passed_on = self.passed_on.saturating_add(row.messages);
            }
            self.sums.add(row, days);
            self.senders.add(row, days, fails, names, room);
            match days {
                Some(days) => {
                    // Those beyond the limit come and go together, so no rise is looked for in them.
                    let cell_of = (reporter != Name::OTHERS).then_some(reporter);
                    self.days.add(row, days, fails, cell_of, &mut room.cells);
                    if matches!(fails, Fails::Foreign | Fails::Nameless) {
                        self.days.failing(row, days.0, &mut room.failing);
                    }
                }
                None => self.undated = self.undated.saturating_add(row.messages),
            }
        }
    }

    pub fn finish(&self, name: Name, names: &Names, known: &Known) -> Domain {
        let mut reporters: Vec<Reporter> = self
            .reporters
            .iter()
            .map(|(name, reporter)| Reporter { name: names.text(*name).to_owned(), ..reporter.clone() })
            .collect();
        reporters.sort_by(|a, b| b.messages.cmp(&a.messages).then_with(|| a.name.cmp(&b.name)));
        Domain {
            name: names.text(name).to_owned(),
            policy: self.policy.1,
            reports: self.reports,
            sums: self.sums.clone(),
            passed: self.passed,
            passed_on: self.passed_on,
            undated: self.undated,
            reporters,
            senders: self.senders.finish(names, known),
            series: self.days.series.clone(),
            rises: rise::rises(&self.days),
        }
    }
}

/// Whose mails fail, as far as a row and the configuration tell.
fn fails(row: &Row, known: &Known) -> Fails {
    if row.outcome.passes() {
        return Fails::No;
    }
    if row.overrides.passed_on() {
        return Fails::PassedOn;
    }
    let ours = row.carrier.as_deref().is_some_and(|carrier| known.is_service(carrier))
        || row.addresses.iter().any(|address| known.is_own_address(*address));
    match (ours, &row.carrier) {
        (true, _) => Fails::Ours,
        (false, Some(_)) => Fails::Foreign,
        (false, None) => Fails::Nameless,
    }
}

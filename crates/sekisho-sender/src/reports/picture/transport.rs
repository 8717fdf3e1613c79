//! Reports about encrypted transport → sessions that succeeded and failed, by domain, policy and trouble.

use std::collections::BTreeMap;

use super::Filter;
use super::names::{Name, Names};
use crate::reports::limits::{DOMAINS_MAX, TLS_TROUBLES_A_DOMAIN_MAX};
use crate::reports::{Day, Tls};

/// What was reported about one receiving domain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsDomain {
    /// Its name.
    pub name: String,
    /// Reports.
    pub reports: u64,
    /// Sessions by the kind of policy: those that succeeded, and those that failed.
    pub policies: BTreeMap<String, (u64, u64)>,
    /// What went wrong, most sessions first.
    pub failures: Vec<TlsFailure>,
    /// The first day.
    pub first: Option<Day>,
    /// The last day.
    pub last: Option<Day>,
}

/// One kind of trouble at one server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsFailure {
    /// The word of RFC 8460 section 4.3.
    pub result: String,
    /// The receiving server; empty where it is not said.
    pub mx: String,
    /// Sessions.
    pub sessions: u64,
    /// The first day.
    pub first: Option<Day>,
    /// The last day.
    pub last: Option<Day>,
}

/// All domains.
#[derive(Debug, Default)]
pub(super) struct Transport(BTreeMap<Name, Tally>);

#[derive(Debug, Default)]
struct Tally {
    reports: u64,
    policies: BTreeMap<Name, (u64, u64)>,
    failures: BTreeMap<(Name, Name), TlsFailure>,
    first: Option<Day>,
    last: Option<Day>,
}

/// Kinds of policy told apart for one domain; RFC 8460 has three.
const KINDS_MAX: usize = 8;

impl Transport {
    pub fn add(&mut self, report: &Tls, days: Option<(Day, i32)>, filter: &Filter, names: &mut Names) {
        let mut counted = Vec::new();
        for policy in report.policies.iter().filter(|policy| filter.wants(&policy.domain, days)) {
            let mut name = names.id(&policy.domain);
            if self.0.len() >= DOMAINS_MAX && !self.0.contains_key(&name) {
                name = Name::OTHERS;
            }
            let tally = self.0.entry(name).or_default();
            if !counted.contains(&name) {
                counted.push(name);
                tally.reports += 1;
            }
            let mut kind = names.id(&policy.kind);
            if tally.policies.len() >= KINDS_MAX && !tally.policies.contains_key(&kind) {
                kind = Name::OTHERS;
            }
            let sums = tally.policies.entry(kind).or_default();
            sums.0 = sums.0.saturating_add(policy.successful);
            sums.1 = sums.1.saturating_add(policy.failed);
            let (first, last) = (days.map(|days| days.0), days.map(|(first, count)| first.plus(count - 1)));
            span(&mut tally.first, &mut tally.last, first, last);
            for trouble in &policy.troubles {
                let mut key = (names.id(&trouble.result), names.id(&trouble.mx));
                if tally.failures.len() >= TLS_TROUBLES_A_DOMAIN_MAX && !tally.failures.contains_key(&key) {
                    key = (Name::OTHERS, Name::OTHERS);
                }
                let failure = tally.failures.entry(key).or_default();
                failure.sessions = failure.sessions.saturating_add(trouble.sessions);
                span(&mut failure.first, &mut failure.last, first, last);
            }
        }
    }

    pub fn finish(&self, names: &Names) -> Vec<TlsDomain> {
        self.0.iter().map(|(name, tally)| tally.finish(*name, names)).collect()
    }
}

impl Tally {
    fn finish(&self, name: Name, names: &Names) -> TlsDomain {
        let named = |((result, mx), failure): (&(Name, Name), &TlsFailure)| TlsFailure {
            result: names.text(*result).to_owned(),
            mx: names.text(*mx).to_owned(),
            ..failure.clone()
        };
        let mut failures: Vec<TlsFailure> = self.failures.iter().map(named).collect();
        failures.sort_by(|a, b| {
            b.sessions.cmp(&a.sessions).then_with(|| (&a.result, &a.mx).cmp(&(&b.result, &b.mx)))
        });
        TlsDomain {
            name: names.text(name).to_owned(),
            reports: self.reports,
            policies: self
                .policies
                .iter()
                .map(|(kind, sums)| (names.text(*kind).to_owned(), *sums))
                .collect(),
            failures,
            first: self.first,
            last: self.last,
        }
    }
}

fn span(first: &mut Option<Day>, last: &mut Option<Day>, from: Option<Day>, until: Option<Day>) {
    *first = (*first).into_iter().chain(from).min();
    *last = (*last).into_iter().chain(until).max();
}

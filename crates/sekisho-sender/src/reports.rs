//! Reports about our domains → who sends in our name, how much of it passes, and since when somebody abuses it.
//!
//! Three kinds: DMARC aggregate reports (RFC 7489 appendix C, RFC 9990), failure reports (RFC 5965, 6591, 9991) and
//! reports about encrypted transport (TLS-RPT, RFC 8460). [`read`] and [`failure::read`] turn one report into facts and
//! never fail: what is broken is read as far as it goes, and said. A [`Picture`] adds up any number of them in bounded memory.

mod aggregate;
mod content;
mod day;
pub mod failure;
mod limits;
mod network;
mod picture;
mod tls;

use serde::{Deserialize, Serialize};

pub use aggregate::{Aggregate, Disposition, Outcome, Policy, Row};
pub use aggregate::{Demand, Override, Overrides};
pub use content::{Looks, looks};
pub use day::Day;
pub use failure::Failure;
pub use limits::{FAILURES_KEPT_MAX, REPORTS_REMEMBERED_MAX};
pub use network::Network;
pub use picture::{
    Added, AddressCount, Domain, Filter, Known, Mark, Picture, Reporter, Rise, Sender, Series, Sums,
    TlsDomain, TlsFailure,
};
pub use tls::{Tls, TlsPolicy, TlsTrouble};

/// One report, read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Report {
    /// A DMARC aggregate report.
    Aggregate(Box<Aggregate>),
    /// A report about encrypted transport.
    Tls(Box<Tls>),
    /// A report about one mail.
    Failure(Box<Failure>),
}

/// Where a report is broken, or says what cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// It ends or breaks before its end; what stands before was read.
    Broken,
    /// Its container (ZIP, gzip) is damaged or larger than what is unpacked; what came out of it was read.
    ContainerBroken,
    /// A number of mails or sessions is missing or no number; it counts nothing.
    CountMissing,
    /// A number of mails or sessions is negative; it counts nothing.
    CountNegative,
    /// A number of mails or sessions is beyond belief; it is cut to a limit.
    CountHuge,
    /// A record has no source address that can be read.
    AddressMissing,
    /// The days that it is about are missing, the wrong way round, or too many.
    RangeOdd,
    /// It does not say which domain it is about.
    DomainMissing,
    /// It holds more than is told apart; the rest is counted together.
    Folded,
}

/// Reads a DMARC aggregate report or a report about encrypted transport; `None` where the bytes are neither.
pub fn read(bytes: &[u8]) -> Option<Report> {
    match looks(bytes) {
        Looks::Aggregate => Some(Report::Aggregate(Box::new(aggregate::read(bytes)))),
        Looks::Tls => Some(Report::Tls(Box::new(tls::read(bytes)))),
        Looks::Other => None,
    }
}

impl Report {
    /// What is broken or odd in it, each once.
    pub fn doubts(&self) -> &[Doubt] {
        match self {
            Report::Aggregate(report) => &report.doubts,
            Report::Tls(report) => &report.doubts,
            Report::Failure(_) => &[],
        }
    }

    /// Notes that what it was packed in is damaged.
    pub fn note(&mut self, doubt: Doubt) {
        match self {
            Report::Aggregate(report) => note(&mut report.doubts, doubt),
            Report::Tls(report) => note(&mut report.doubts, doubt),
            Report::Failure(_) => {}
        }
    }
}

/// Notes a doubt once.
pub(crate) fn note(doubts: &mut Vec<Doubt>, doubt: Doubt) {
    if !doubts.contains(&doubt) {
        doubts.push(doubt);
    }
}

/// A text that a stranger wrote, without white space around it and cut to `characters_max`.
pub(crate) fn cut(text: &str, characters_max: usize) -> String {
    text.trim().chars().take(characters_max).collect()
}

/// A domain as it is compared: lower case, without white space and without a dot at its end.
pub(crate) fn domain(text: &str) -> String {
    cut(text, limits::DOMAIN_CHARACTERS_MAX).trim_end_matches('.').to_lowercase()
}

/// Whether `name` is `domain` or stands below it.
pub(crate) fn is_below(name: &str, domain: &str) -> bool {
    !domain.is_empty()
        && name.strip_suffix(domain).is_some_and(|front| front.is_empty() || front.ends_with('.'))
}

/// A count as a stranger wrote it: at most [`limits::COUNT_MAX`], nothing where it is negative or no number.
pub(crate) fn count(text: &str, doubts: &mut Vec<Doubt>) -> u64 {
    let text = text.trim();
    let digits = text.strip_prefix('+').unwrap_or(text);
    if let Some(rest) = text.strip_prefix('-')
        && !rest.is_empty()
        && rest.bytes().all(|byte| byte.is_ascii_digit())
    {
        note(doubts, Doubt::CountNegative);
        return 0;
    }
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        note(doubts, Doubt::CountMissing);
        return 0;
    }
    // Digits that do not fit are a number too large to be held.
    let count = digits.parse::<u64>().unwrap_or(u64::MAX);
    if count > limits::COUNT_MAX {
        note(doubts, Doubt::CountHuge);
    }
    count.min(limits::COUNT_MAX)
}

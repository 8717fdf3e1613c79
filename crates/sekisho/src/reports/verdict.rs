//! The picture → what asks for a look: the exit status, and what the table says first.

use sekisho_sender::reports::{Day, Domain, Mark, Rise, Sender, TlsDomain};

use super::Sum;
use crate::setup::Setup;

/// Failing mails of one sender below this number are noise: a test, a forwarded letter, one forged mail.
const MAILS_MIN: u64 = 10;

/// Failing sessions below this number, or this part of all, are noise of the network.
const SESSIONS_MIN: u64 = 10;
/// One in so many.
const SESSIONS_PART: u64 = 100;

/// A sender is new that was first seen in so many last days of the reports.
const NEW_DAYS: i32 = 14;

/// Whether anything of all this asks for a look.
pub fn wants_a_look(sum: &Sum, _setup: &Setup) -> bool {
    let domain = |domain: &Domain| rises(domain).next().is_some() || domain.senders.iter().any(fails);
    sum.picture.domains().iter().any(domain) || sum.picture.transport().iter().any(transport_fails)
}

/// Rises of failing mail, the earliest first.
pub fn rises(domain: &Domain) -> impl Iterator<Item = &Rise> {
    domain.rises.iter().flatten()
}

/// Whether a sender fails in numbers that ask for a look.
pub fn fails(sender: &Sender) -> bool {
    matches!(sender.mark, Mark::ServiceFails | Mark::Foreign | Mark::Nameless)
        && sender.sums.messages >= MAILS_MIN
}

/// Whether sessions of a domain fail in numbers that ask for a look.
pub fn transport_fails(domain: &TlsDomain) -> bool {
    let sum =
        |which: fn(&(u64, u64)) -> u64| domain.policies.values().map(which).fold(0, u64::saturating_add);
    let (successful, failed) = (sum(|sessions| sessions.0), sum(|sessions| sessions.1));
    failed >= SESSIONS_MIN && failed >= successful.saturating_add(failed) / SESSIONS_PART
}

/// The day since when a sender of this domain is new; `None` where the reports go back no further.
pub fn new_since(domain: &Domain, since: Option<Day>) -> Option<Day> {
    let (first, last) = domain.sums.first.zip(domain.sums.last)?;
    let day = since.filter(|since| *since > first).unwrap_or(last.plus(1 - NEW_DAYS));
    (day > first.plus(NEW_DAYS / 2)).then_some(day)
}

/// Whether a sender was first seen lately.
pub fn is_new(sender: &Sender, new_since: Option<Day>) -> bool {
    sender.sums.first.zip(new_since).is_some_and(|(first, since)| first >= since)
}

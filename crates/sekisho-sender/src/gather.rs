//! Everything that can be found out about the sender of one mail, joined: what trusted hosts wrote down when it came, and
//! what is verified now.
//!
//! A fresh result stands over a recorded one, method by method, unless nothing could be found out now: no answer from DNS,
//! or a key that is gone. One recorded result stands over a fresh one: a signature that a trusted host saw pass, and that
//! fails now because text or fields were changed. Stores, journals and exports change mails after they came; asking DNS
//! must not make a stranger of somebody who was known without it.

use sekisho_facts::{AuthNote, AuthResult, Claim, Envelope, Fact, Outcome, Sender, Why, identity};
use sekisho_mail::{Address, Message};

use crate::{Dns, Recorded, Trust, recorded, verify};

/// What was found out about the sender of one mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// Fresh and recorded results together, and the identity that follows from them.
    pub sender: Sender,
    /// Results in our own servers' names that a stranger could have written.
    pub claims: Vec<Claim>,
}

/// Finds out who sent a stored mail: from what trusted hosts recorded in it, and with `dns` by verifying it afresh.
///
/// `raw` are the bytes that `message` was read from, `now` is in seconds since 1970 (UTC). Without `dns` nobody is asked.
pub fn gather(dns: Option<&dyn Dns>, raw: &[u8], message: &Message, trust: &Trust, now: u64) -> Gathered {
    let Recorded { sender: recorded, claims, .. } = recorded(message, trust);
    let mut sender = match dns {
        Some(dns) => combined(fresh(dns, raw, message, trust, now), recorded),
        None => recorded,
    };
    let from: Vec<&Address> = message.from.iter().filter_map(|mailbox| mailbox.address.as_ref()).collect();
    sender.identity = identity(&sender, &from);
    Gathered { sender, claims }
}

/// Everything that can be verified of a stored mail. What cannot, because nobody knows its client, was asked all the same.
fn fresh(dns: &dyn Dns, raw: &[u8], message: &Message, trust: &Trust, now: u64) -> Sender {
    let mut sender = verify(dns, raw, message, &Envelope::default(), trust, now);
    for fact in [&mut sender.spf, &mut sender.dmarc] {
        if matches!(fact, Fact::Unknown { unknown: Why::NotAsked }) {
            *fact = Fact::Unknown { unknown: Why::NoEnvelope };
        }
    }
    sender
}

/// Fresh results over recorded ones. The identity is left open: it follows from the whole.
pub fn combined(fresh: Sender, recorded: Sender) -> Sender {
    Sender {
        dkim: signatures(fresh.dkim, recorded.dkim),
        dmarc: dmarc(fresh.dmarc, recorded.dmarc),
        spf: stronger(fresh.spf, recorded.spf),
        arc: stronger(fresh.arc, recorded.arc),
        reverse: match fresh.reverse {
            Fact::Known(name) => Fact::Known(name),
            Fact::Unknown { .. } => recorded.reverse,
        },
        ..Sender::default()
    }
}

/// The fresh result where it says something, else the recorded one where that does.
fn stronger(fresh: Fact<AuthResult>, recorded: Fact<AuthResult>) -> Fact<AuthResult> {
    if is_settled(&fresh) || (!is_settled(&recorded) && tells_more(&fresh, &recorded)) {
        fresh
    } else {
        recorded
    }
}

/// As [`stronger`]; and what failed now only because the mail was changed since is as it was recorded.
fn dmarc(fresh: Fact<AuthResult>, recorded: Fact<AuthResult>) -> Fact<AuthResult> {
    let failed_now = fresh.known().is_some_and(|result| result.known == Outcome::Fail);
    if failed_now && is_pass(&recorded) { recorded } else { stronger(fresh, recorded) }
}

/// Results of signatures belong together by their domains: who recorded them did not always write the selector.
fn signatures(fresh: Vec<Fact<AuthResult>>, recorded: Vec<Fact<AuthResult>>) -> Vec<Fact<AuthResult>> {
    let stands = |fact: &&Fact<AuthResult>| {
        is_settled(fact) && !fresh.iter().any(|other| is_same(other, fact) && !gives_way(other, fact))
    };
    let standing: Vec<Fact<AuthResult>> = recorded.iter().filter(stands).cloned().collect();
    let is_replaced = |fact: &Fact<AuthResult>| match fact {
        Fact::Known(_) => standing.iter().any(|other| is_same(fact, other)),
        Fact::Unknown { .. } => !standing.is_empty(),
    };
    let mut out: Vec<Fact<AuthResult>> = fresh.iter().filter(|fact| !is_replaced(fact)).cloned().collect();
    out.extend(standing);
    if out.is_empty() { recorded } else { out }
}

/// Whether a fresh result says less than a recorded one of the same domain.
fn gives_way(fresh: &Fact<AuthResult>, recorded: &Fact<AuthResult>) -> bool {
    let is_changed = fresh.known().is_some_and(|result| {
        let changes = [AuthNote::BodyChanged, AuthNote::SignatureWrong];
        result.known == Outcome::Fail && result.notes.iter().any(|note| changes.contains(note))
    });
    !is_settled(fresh) || (is_changed && is_pass(recorded))
}

/// Whether something was found out; `temperror` says that it was not.
fn is_settled(fact: &Fact<AuthResult>) -> bool {
    fact.known().is_some_and(|result| result.known != Outcome::Temperror)
}

fn is_pass(fact: &Fact<AuthResult>) -> bool {
    fact.known().is_some_and(|result| result.known == Outcome::Pass)
}

fn is_same(one: &Fact<AuthResult>, other: &Fact<AuthResult>) -> bool {
    match (one.known(), other.known()) {
        (Some(one), Some(other)) => one.domain.eq_ignore_ascii_case(&other.domain),
        _ => false,
    }
}

/// Of two results that say nothing, whether the fresh one says better why.
fn tells_more(fresh: &Fact<AuthResult>, recorded: &Fact<AuthResult>) -> bool {
    match (fresh, recorded) {
        (Fact::Known(_), _) => true,
        (Fact::Unknown { .. }, Fact::Known(_)) => false,
        (Fact::Unknown { unknown }, Fact::Unknown { .. }) => *unknown != Why::NotAsked,
    }
}

#[cfg(test)]
mod tests;

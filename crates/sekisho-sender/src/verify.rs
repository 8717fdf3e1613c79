//! A mail's bytes, its envelope and DNS → results of SPF, DKIM, DMARC and ARC, and the client's name.
//!
//! One folder holds everything that verifies. A result never claims more than was found out: what DNS did not answer is
//! `temperror` or unknown, never a fail; what a reader is shown but nobody signed is noted.

mod arc;
pub(crate) mod ask;
mod canonical;
mod dkim;
mod dmarc;
mod from;
mod key;
mod letter;
mod limits;
mod reverse;
mod signature;
mod signed;
mod spf;

use std::net::IpAddr;

use sekisho_facts::{AuthNote, AuthResult, Envelope, Fact, Outcome, Sender, identity};
use sekisho_mail::{Address, Message};

use self::ask::Ask;
use self::dkim::{Signatures, Whose};
use self::letter::{Letter, with_crlf};
use crate::{Dns, Trust};

/// Whether the mail has just come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    /// The client is known: it is being received.
    Live,
    /// It comes from a store: keys may have been changed since.
    Stored,
}

/// Verifies who sent a mail. `raw` are the bytes that `message` was read from, `now` is in seconds since 1970 (UTC).
///
/// Nothing fails: what DNS did not answer is unknown or `temperror`. SPF and the reverse name are evaluated only where the
/// envelope has the client's address; without it, a mail counts as stored.
pub fn verify(
    dns: &dyn Dns,
    raw: &[u8],
    message: &Message,
    envelope: &Envelope,
    trust: &Trust,
    now: u64,
) -> Sender {
    let ask = Ask::new(dns);
    let client = envelope.client.as_deref().and_then(client);
    let age = if client.is_some() { Age::Live } else { Age::Stored };
    // Outlook keeps the mail's fields, and not the bytes that were signed.
    if sekisho_mail::is_outlooks(raw) {
        return Sender { spf: spf::verify(&ask, client, envelope), ..Sender::default() };
    }
    let bytes = with_crlf(raw);
    let letter = Letter::parse(&bytes);
    let shown = from::shown(message, &letter);
    // Time is short, and a stranger's servers may use it up. So those are asked first that decide whether the mail is a
    // forgery, and they are the servers of the domain shown.
    dmarc::ask_first(&ask, &shown);
    let mut signatures = Signatures::choose(&letter, shown.domain.as_ref());
    signatures.verify(&ask, Whose::Shown, now, age);
    let mut sender = Sender { spf: spf::verify(&ask, client, envelope), ..Sender::default() };
    signatures.verify(&ask, Whose::Others, now, age);
    let mut dkim = signatures.results();
    if !letter.shows(message) {
        dkim.iter_mut().for_each(|result| weaken(result, AuthNote::FieldsUncovered));
    }
    sender.dkim = dkim.into_iter().map(Fact::Known).collect();
    if shown.is_doubtful {
        let all = sender.dkim.iter_mut().chain([&mut sender.spf]);
        all.for_each(|fact| {
            if let Fact::Known(result) = fact {
                weaken(result, AuthNote::FromDoubtful)
            }
        });
    }
    sender.dmarc = dmarc::verify(&ask, &shown, &mut sender.spf, &mut sender.dkim);
    sender.arc = Fact::Known(arc::verify(&ask, &letter, shown.domain.as_ref(), trust, now, age));
    sender.reverse = client.map_or_else(Fact::default, |client| reverse::name(&ask, client));
    let from: Vec<&Address> = message.from.iter().filter_map(|mailbox| mailbox.address.as_ref()).collect();
    sender.identity = identity(&sender, &from);
    sender
}

/// The client's address as SPF compares it: IPv4 inside IPv6 is IPv4.
fn client(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let text = text.strip_prefix("IPv6:").unwrap_or(text);
    text.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

/// Adds a note to a pass, once.
fn weaken(result: &mut AuthResult, note: AuthNote) {
    if result.known == Outcome::Pass && !result.notes.contains(&note) {
        result.notes.push(note);
    }
}

//! What our own servers, or our provider's, wrote into a stored or fetched mail → the sender's authentication:
//! `Authentication-Results` (RFC 8601) and `Received-SPF` (RFC 7208 section 9.1).
//!
//! Anybody can write such a field into a mail. Believed are only those
//!
//! - with a trusted authserv-id, above the `Received` of the host that took the mail from outside, or directly below it.
//!   The last place is safe only if that host deletes what strangers write in its name (RFC 8601 section 5; OpenDKIM,
//!   OpenDMARC, rspamd and the great providers do);
//! - without any id, or `Received-SPF`, above that `Received`: no host deletes these, so that below it they may be anybody's.
//!
//! The same id further down is a [`Claim`] where a stranger certainly handed the mail over; where that cannot be told, or
//! the mail seems to have been with us before (an answer by way of a list), it is only kept apart.

mod merge;
mod result;
mod way;

use sekisho_facts::{AuthNote, AuthResult, Claim, Fact, Outcome, Sender, identity};
use sekisho_mail::{
    Address, AuthenticationResults, DefectKind, Message, Method, Received, ResultWord, Trace,
};

use crate::domain::is_same_organisation;
use crate::{Trust, normal_name};
use merge::Found;
use way::{Way, Writer};

/// Claims kept of one mail.
const CLAIMS_MAX: usize = 20;
/// Believed fields read of one mail. Hosts write one a method.
const BELIEVED_MAX: usize = 50;

/// What was recorded in a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// What the believed fields say. What none of them speaks of is unknown.
    pub sender: Sender,
    /// Results in our name below the hand of a stranger, or disguised.
    pub claims: Vec<Claim>,
    /// Results in our name of which it cannot be told who wrote them: not believed, and held against nobody.
    pub unsettled: Vec<Claim>,
}

/// Reads what trusted hosts wrote into a mail about its sender. A pure function; nothing is verified afresh.
pub fn recorded(message: &Message, trust: &Trust) -> Recorded {
    let way = Way::of(&message.trace, trust);
    let mut reading = Reading {
        trust,
        message,
        way: &way,
        received: received(message, &way),
        notes: Notes::default(),
        recorded: Recorded::default(),
    };
    reading.read();
    let Reading { notes, mut recorded, .. } = reading;
    // Where nobody is trusted, no `Received` is either.
    let is_trusting = !trust.authserv_ids.is_empty() || !trust.border_hosts.is_empty();
    recorded.sender = notes.sender(message, way.border.filter(|_| is_trusting));
    recorded
}

/// Whether a field that comes in from outside must be deleted because it claims to be ours (RFC 8601 section 5): an
/// `Authentication-Results` under a trusted id in any reading that a careless program could have, quotes, comments,
/// encoded words and final dots included. `value` is the value as it stands in the mail, folded or not.
pub fn is_forged_claim(name: &str, value: &[u8], trust: &Trust) -> bool {
    if !name.trim().eq_ignore_ascii_case("Authentication-Results") {
        return false;
    }
    let field = AuthenticationResults::parse(value);
    field.id.as_deref().is_some_and(|id| trust.is_authserv_id(id)) || is_disguised(&field, trust)
}

fn is_disguised(field: &AuthenticationResults, trust: &Trust) -> bool {
    field.id_readings.iter().any(|name| trust.is_authserv_id(name))
}

fn received<'a>(message: &'a Message, way: &Way<'_>) -> Vec<(usize, &'a Received)> {
    let trace = message.trace.iter().enumerate().filter(|(at, _)| Some(*at) != way.handed_over);
    let received = trace.filter_map(|(at, field)| match &field.says {
        Trace::Received(received) => Some((at, &**received)),
        _ => None,
    });
    received.collect()
}

struct Reading<'a> {
    trust: &'a Trust,
    message: &'a Message,
    way: &'a Way<'a>,
    /// The `Received` fields with their places, without the one of the stranger who handed the mail over.
    received: Vec<(usize, &'a Received)>,
    notes: Notes,
    recorded: Recorded,
}

impl Reading<'_> {
    fn read(&mut self) {
        let trace = &self.message.trace;
        let mut believed = 0;
        for (place, (field, &writer)) in trace.iter().zip(&self.way.writers).enumerate() {
            if believed >= BELIEVED_MAX {
                return;
            }
            match &field.says {
                Trace::Received(_) => {}
                Trace::Results(results) => match self.author(results, writer, place) {
                    Some(by) => {
                        self.notes.take(place, results, &by);
                        believed += 1;
                    }
                    None => self.claim(results, writer, place),
                },
                Trace::ReceivedSpf(spf) if writer == Writer::Us => {
                    let names = spf.receiver.as_deref().map(normal_name);
                    let is_named =
                        |name: &String| self.trust.is_authserv_id(name) || self.trust.is_border_host(name);
                    if let Some(by) = names.filter(is_named).or_else(|| self.host_below(place)) {
                        self.notes.spf.extend(result::received_spf(spf, &by).map(|spf| (place, spf)));
                        believed += 1;
                    }
                }
                Trace::ReceivedSpf(_) => {}
            }
        }
    }

    /// Who wrote a field, if it is to be believed.
    fn author(&self, results: &AuthenticationResults, writer: Writer, place: usize) -> Option<String> {
        // Another version may mean other things by the same words (RFC 8601 section 2.2).
        let is_known = results.version.as_deref().is_none_or(|version| version == "1");
        match (&results.id, writer) {
            _ if !is_known => None,
            (Some(id), Writer::Us | Writer::Border) if self.trust.is_authserv_id(id) => Some(normal_name(id)),
            (None, Writer::Us) => self.host_below(place),
            _ => None,
        }
    }

    /// The listed host whose `Received` is the next below.
    fn host_below(&self, place: usize) -> Option<String> {
        let below = self.message.trace.get(place..)?.iter().find_map(|field| match &field.says {
            Trace::Received(received) => Some(received),
            _ => None,
        })?;
        below.by.as_deref().filter(|by| self.trust.is_border_host(by)).map(normal_name)
    }

    /// Keeps a field that is not believed, if it bears our name.
    fn claim(&mut self, results: &AuthenticationResults, writer: Writer, place: usize) {
        let is_plain = results.id.as_deref().is_some_and(|id| self.trust.is_authserv_id(id));
        if !is_plain && (writer == Writer::Us || !is_disguised(results, self.trust)) {
            return;
        }
        let mut names = results.id.iter().chain(&results.id_readings).map(|name| normal_name(name));
        let Some(id) = names.find(|name| self.trust.is_authserv_id(name)) else { return };
        let mut passes: Vec<String> = Vec::new();
        for result in results.results.iter().filter(|result| result.result == ResultWord::Pass) {
            let name = result.method.name();
            if METHODS.contains(&name) && !passes.iter().any(|known| known == name) {
                passes.push(name.to_owned());
            }
        }
        let is_settled = match writer {
            Writer::Us | Writer::Unsettled => false,
            Writer::Border => !is_plain,
            Writer::Stranger => !self.was_here(place, &id),
        };
        let list = if is_settled { &mut self.recorded.claims } else { &mut self.recorded.unsettled };
        if list.len() < CLAIMS_MAX {
            list.push(Claim { id, passes });
        }
    }

    /// Whether the nearest `Received` above or below says that one of our hosts wrote it. That can be forged; but whoever
    /// forges it is not believed either, and an honest mail that comes back is not accused. Whoever hands such a mail over
    /// has written a `Received` of his own above it.
    fn was_here(&self, place: usize, id: &str) -> bool {
        // The place is that of another field, so nothing stands at it.
        let (above, below) = self.received.split_at(self.received.partition_point(|(at, _)| *at < place));
        let above = above.last().filter(|(at, _)| self.way.handed_over < Some(*at));
        let below = below.first();
        let mut hosts = above.into_iter().chain(below).filter_map(|(_, received)| received.by.as_deref());
        hosts.any(|by| normal_name(by) == id || self.trust.is_border_host(by))
    }
}

/// Methods that a claim names.
const METHODS: &[&str] = &["spf", "dkim", "dmarc", "arc"];

/// What the believed fields say, by method.
#[derive(Default)]
struct Notes {
    spf: Found,
    dkim: Found,
    /// Fields that say that there is no signature.
    unsigned_in: Vec<usize>,
    dmarc: Found,
    arc: Found,
    reverse: Option<String>,
}

impl Notes {
    fn take(&mut self, place: usize, field: &AuthenticationResults, by: &str) {
        for result in &field.results {
            let at = |result: AuthResult| (place, result);
            match result.method {
                Method::Spf => self.spf.extend(result::spf(result, by).map(at)),
                Method::Dkim if result.result == ResultWord::None => self.unsigned_in.push(place),
                Method::Dkim => self.dkim.extend(result::dkim(result, by).map(at)),
                Method::Dmarc => self.dmarc.extend(result::dmarc(result, by).map(at)),
                Method::Arc => self.arc.extend(result::arc(result, by).map(at)),
                Method::Iprev => self.reverse = self.reverse.take().or_else(|| result::reverse(result)),
                Method::Auth | Method::Other(_) => {}
            }
        }
    }

    fn sender(self, message: &Message, border: Option<&Received>) -> Sender {
        let is_said = !self.dkim.is_empty() || !self.unsigned_in.is_empty();
        let mut dkim = merge::dkim(self.dkim, &self.unsigned_in);
        if !is_said && message.fields.iter().any(|field| field.is("DKIM-Signature")) {
            // There is a signature, and nobody said what it is worth.
            dkim.push(Fact::default());
        }
        let confirmed = border.and_then(|received| received.client_name.as_deref()).map(normal_name);
        let mut sender = Sender {
            spf: merge::spf(self.spf),
            dkim,
            dmarc: merge::weakest(self.dmarc),
            arc: merge::weakest(self.arc),
            reverse: self.reverse.or(confirmed).map_or_else(Fact::default, Fact::Known),
            ..Sender::default()
        };
        let from: Vec<&Address> =
            message.from.iter().filter_map(|mailbox| mailbox.address.as_ref()).collect();
        align(&mut sender, message, &from);
        sender.identity = identity(&sender, &from);
        sender
    }
}

/// Notes which results are about the domain shown, and takes from the passes what they cannot prove.
fn align(sender: &mut Sender, message: &Message, from: &[&Address]) {
    const DOUBTS: &[DefectKind] = &[DefectKind::AmbiguousFrom, DefectKind::SeveralFrom];
    let is_doubtful =
        message.defects.iter().any(|defect| defect.part.is_empty() && DOUBTS.contains(&defect.kind));
    let shown = from.first().and_then(|address| result::domain_of(address.domain())).unwrap_or_default();
    let failed =
        sender.dmarc.known().is_some_and(|dmarc| dmarc.known == Outcome::Fail && dmarc.domain == shown);
    for fact in sender.dkim.iter_mut().chain([&mut sender.spf]) {
        let Fact::Known(result) = fact else { continue };
        let is_aligned = !shown.is_empty() && is_same_organisation(&result.domain, &shown);
        let is_pass = result.known == Outcome::Pass;
        // The host saw that nothing aligned passed. An aligned pass beside it is of another hand, or about something else.
        if failed && is_aligned && is_pass && result.passes_fully() {
            if result.domain == shown {
                *fact = Fact::default();
            }
            continue;
        }
        if is_aligned && is_pass {
            result.notes.push(AuthNote::Aligned);
        }
        if is_doubtful && is_pass {
            result.notes.push(AuthNote::FromDoubtful);
        }
    }
    let Fact::Known(dmarc) = &mut sender.dmarc else { return };
    if dmarc.known == Outcome::Pass && is_doubtful {
        dmarc.notes.push(AuthNote::FromDoubtful);
    }
    // An international name is shown in its other form than the one compared.
    let is_same_text = from.first().is_some_and(|address| address.domain() == dmarc.domain);
    if dmarc.known == Outcome::Pass && dmarc.domain == shown && !is_same_text && !shown.is_empty() {
        dmarc.notes.push(AuthNote::Aligned);
    }
}

#[cfg(test)]
mod tests;

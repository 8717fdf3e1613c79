//! What is remembered about a mail → what several checks ask of it: who its sender is to us, and which names, conversations and ways
//! are not the sender's.
//!
//! Nothing here makes a mail harmless. What the sender could have brought about alone (writing first, often, into a thread, with any
//! header) never takes a finding away; what we did ourselves, or a person confirmed, makes one weaker.

mod conversations;
mod go_between;
mod look_alikes;
mod names;
mod returned;
mod ways;

use sekisho_facts::{Contact, Identity, Person, Standing};

use crate::{Grade, Input};
use conversations::is_sign;
pub(crate) use names::Claimed;
pub(crate) use returned::{is_of_report, is_report};

/// Mails that we wrote to a contact before it counts as answered: one answer to a stranger does not.
const SENT_ANSWERED_MIN: u32 = 3;

/// Mails that we wrote to somebody, and the time over which we did, before they are a correspondent.
const SENT_CORRESPONDENT_MIN: u32 = 5;
const CORRESPONDENT_SECONDS_MIN: i64 = 30 * 24 * 60 * 60;

/// How well we know somebody, by what they could not have brought about alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Acquaintance {
    /// Nothing vouches for them, however often they wrote.
    Stranger,
    /// We answered a few times.
    Answered,
    /// We have been writing to them, or to others of their organisation, for a while.
    Correspondent,
    /// A person confirmed them, or old correspondence in both directions does.
    Established,
}

/// How well we know a contact.
pub(crate) fn acquaintance(contact: &Contact) -> Acquaintance {
    match contact.standing {
        Standing::Historic | Standing::Confirmed => Acquaintance::Established,
        Standing::Known => by_mails(contact.sent, contact.last_at.saturating_sub(contact.first_at)),
        Standing::Answered | Standing::Met => Acquaintance::Stranger,
    }
}

fn by_mails(sent: u32, seconds: i64) -> Acquaintance {
    if sent >= SENT_CORRESPONDENT_MIN && seconds >= CORRESPONDENT_SECONDS_MIN {
        Acquaintance::Correspondent
    } else if sent >= SENT_ANSWERED_MIN {
        Acquaintance::Answered
    } else {
        Acquaintance::Stranger
    }
}

impl<'a> Input<'a> {
    /// How well we know the sender, or the sender's organisation. Who turned out not to be the address shown is a stranger; where that
    /// could not be evaluated, the address counts as it stands.
    pub(crate) fn sender_is(&self) -> Acquaintance {
        let Some(relations) = self.relations().filter(|_| self.identity() != Identity::NotAsContact) else {
            return Acquaintance::Stranger;
        };
        let own = relations.sender.as_ref().map_or(Acquaintance::Stranger, acquaintance);
        own.max(self.organisation_is(&relations.organisation))
    }

    /// Help desks answer from an address a question, so what we wrote to an organisation is taken together. Customers of one mail
    /// service are none.
    fn organisation_is(&self, organisation: &[Contact]) -> Acquaintance {
        if self.is_from_free_mail() {
            return Acquaintance::Stranger;
        }
        let known = || organisation.iter().filter(|contact| contact.standing > Standing::Met);
        let sent = known().map(|contact| contact.sent).fold(0, u32::saturating_add);
        let first_at = known().map(|contact| contact.first_at).min().unwrap_or(0);
        let last_at = known().map(|contact| contact.last_at).max().unwrap_or(0);
        let together = by_mails(sent, last_at.saturating_sub(first_at));
        known().map(acquaintance).fold(together, Acquaintance::max).min(Acquaintance::Correspondent)
    }

    /// Whether we know somebody else of the sender's organisation.
    pub(crate) fn knows_a_colleague(&self) -> bool {
        let others = self.relations().map(|relations| relations.organisation.as_slice()).unwrap_or_default();
        others.iter().any(|contact| contact.standing >= Standing::Historic) && !self.is_from_free_mail()
    }

    /// Whether the sender answers, or quotes, what we wrote to one of these parties so soon that our mail truly reached them, and brings nothing. Help desks
    /// answer so, from other addresses than those written to; who stole a conversation comes days later. A free address proves no desk.
    pub(crate) fn answers_at_once(&self, is_party: impl Fn(&str) -> bool) -> bool {
        let brings = || self.brings_or_asks() || !self.brought_links(&[]).is_empty();
        let Some(relations) = self.relations() else { return false };
        let answered = relations.answered.iter().filter(|one| one.is_ours && one.sender_was_prompt);
        let quoted = relations.quoted.iter().filter(|one| is_sign(one) && one.sender_was_prompt);
        let mut parties = answered.flat_map(|one| &one.parties).chain(quoted.flat_map(|one| &one.parties));
        parties.any(|party| is_party(party))
            && self.identity() == Identity::AsContact
            && !self.is_from_free_mail()
            && !brings()
    }

    /// Whether the sender's address is one of a mail service that anybody may use.
    fn is_from_free_mail(&self) -> bool {
        self.sender().is_some_and(|sender| self.lists.freemail.holds(sender.domain()))
    }

    /// Whether it is our own mail: from an address of ours, or by one of our services, or signed by ourselves.
    pub(crate) fn is_from_us(&self) -> bool {
        let is_ours = |domain: &str| self.own.is_own_domain(domain);
        self.sender().is_some_and(|address| self.is_ours(address))
            || self.is_from_own_service()
            || self.authenticated_domains().any(is_ours)
    }

    /// Whether the memory, or the list of our own people, raises a question about who sent the mail.
    pub(crate) fn is_questioned(&self) -> bool {
        let weighs = |grade: Grade| grade >= Grade::Weak;
        self.claimed_anywhere().any(|claimed| weighs(claimed.grade))
            || self.is_in_a_colleagues_name()
            || self.taken_for().is_some_and(|taken| weighs(taken.grade))
            || self.stolen_conversation().is_some_and(|stolen| weighs(stolen.grade))
            || self.borrowed_replies().iter().any(|borrowed| weighs(borrowed.grade))
            || self.grade_of_ways().is_some_and(weighs)
    }

    /// Whether one of our people's names stands over an outside address, and it is not the receiver's own: who writes to themselves
    /// from a private address is no forger.
    fn is_in_a_colleagues_name(&self) -> bool {
        let receivers: Vec<_> =
            self.message.to.iter().filter_map(|mailbox| mailbox.address.as_ref()).collect();
        self.senders().filter(|(_, address)| !self.own.is_own_address(address)).any(|(mailbox, _)| {
            let named = self.own.people_named(&mailbox.name);
            let is_receiver =
                |person: &Person| receivers.iter().any(|receiver| receiver.same_mailbox(&person.address));
            named.into_iter().any(|person| !is_receiver(person) && !self.is_known_to_be(person))
        }) && !self.is_from_us()
    }
}

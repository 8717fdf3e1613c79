//! Conversations of ours that a mail quotes, or says it answers → which of them its sender should not know, and how gravely.

use sekisho_facts::{Answered, Contact, HeldBy, Identity, Quoted, Region};
use sekisho_mail::Address;

use super::Acquaintance;
use crate::{Grade, Input, Text, Value};

/// A stretch is told from this weight of language on (tenths of a Latin letter: kana 15, kanji 25), wherever it stands. Less is a turn of
/// phrase, and these are longer in Japanese: 22 to 27 letters, where a Latin text of 30 characters has no more than 24 letters.
const FOUND_MIN: Scripts = Scripts { japanese: 400, latin: 240 };

/// From here on a quotation is a sign, which counts only together with something dangerous.
const QUOTED_WEAK_MIN: Scripts = Scripts { japanese: 450, latin: 350 };

/// From here on it is strong. About 4 in 100 mails of a technical list share 60 letters somewhere with people who never met, 1 or 2 in 100
/// share 90 to 120; inside a quotation these are far fewer.
const QUOTED_STRONG_MIN: u32 = 900;

/// As above, among the mail's own words: there people also write what others wrote (forms, notices, set phrases).
const UNMARKED_WEAK_MIN: Scripts = Scripts { japanese: 1_000, latin: 1_000 };
const UNMARKED_STRONG_MIN: u32 = 1_800;

/// What more people received is no secret.
const PARTIES_MANY: usize = 30;

/// Parties that a reason names.
const PARTIES_SHOWN_MAX: usize = 3;

/// A threshold by script.
#[derive(Clone, Copy)]
struct Scripts {
    japanese: u32,
    latin: u32,
}

/// A conversation that the sender should not know.
pub(crate) struct Stolen<'a> {
    pub(crate) quoted: &'a Quoted,
    pub(crate) grade: Grade,
    /// Whether the address shown is a party, and the mail is not from there.
    pub(crate) is_forged: bool,
}

/// A mail that the sender answers and should not have.
pub(crate) struct Borrowed<'a> {
    pub(crate) answered: &'a Answered,
    pub(crate) grade: Grade,
    /// Whether the address shown is a party, and the mail is not from there.
    pub(crate) is_forged: bool,
}

/// What quoted conversations and answered mails have in common.
struct Shared<'a> {
    parties: &'a [String],
    parties_total: usize,
    held_by: HeldBy,
    sender_was_party: bool,
    sender_may_know: bool,
}

impl<'a> Input<'a> {
    /// The gravest conversation that the mail quotes and its sender took no part in.
    pub(crate) fn stolen_conversation(&self) -> Option<Stolen<'a>> {
        let quoted = self.relations().filter(|_| !self.is_from_us())?.quoted.iter();
        let stolen = quoted.filter_map(|quoted| {
            if is_own_sentence(quoted) && self.sender_is() != Acquaintance::Stranger {
                // Those with whom we write repeat a sentence of somebody else's by chance.
                return None;
            }
            let grade = weighed(quoted)?.min(self.grade_of_outsider(&Shared::from(quoted))?);
            let is_excused = self.is_outweighed(quoted)
                || self.only_returns_ours()
                || self.answers_at_once(|party| self.is_with(&quoted.parties, party));
            let grade = if is_excused { Grade::Info } else { grade };
            Some(Stolen { quoted, grade, is_forged: self.took_part(&Shared::from(quoted)) })
        });
        // The heaviest come first, and stay before others of their grade.
        stolen.reduce(|best, next| if next.grade > best.grade { next } else { best })
    }

    /// Whether the mail also quotes, and at greater length, what the sender may know through us: conversations share signatures and
    /// greetings, and these tell nothing then. What the sender wrote to us earlier is no such excuse.
    fn is_outweighed(&self, stolen: &Quoted) -> bool {
        let quoted = self.relations().map(|relations| relations.quoted.as_slice()).unwrap_or_default();
        let is_greater =
            |known: &Quoted| known.sender_may_know && known.weight_of_language >= stolen.weight_of_language;
        self.identity() != Identity::NotAsContact && quoted.iter().any(is_greater)
    }

    /// Whether the mail quotes a conversation that its sender may know through us or its parties, and in which one of these took part.
    pub(super) fn may_know_through(&self, people: &[Contact]) -> bool {
        let quoted = self.relations().map(|relations| relations.quoted.as_slice()).unwrap_or_default();
        let is_party =
            |quoted: &Quoted| people.iter().any(|contact| quoted.parties.contains(&contact.address));
        self.identity() != Identity::NotAsContact
            && quoted.iter().any(|quoted| quoted.sender_may_know && is_party(quoted))
    }

    /// Whether the mail quotes a conversation that its sender should not know, and in which one of these took part. Among the mail's own
    /// words a sentence is no quotation.
    pub(super) fn quotes_party(&self, people: &[Contact]) -> bool {
        let quoted = self.relations().map(|relations| relations.quoted.as_slice()).unwrap_or_default();
        let is_unknown = |quoted: &&Quoted| {
            weighed(quoted).is_some()
                && !is_own_sentence(quoted)
                && self.grade_of_outsider(&Shared::from(*quoted)).is_some()
        };
        let is_party =
            |quoted: &Quoted| people.iter().any(|contact| quoted.parties.contains(&contact.address));
        quoted.iter().filter(is_unknown).any(is_party)
    }

    /// Remembered mails that it says it answers, and that its sender never got.
    pub(crate) fn borrowed_replies(&self) -> Vec<Borrowed<'a>> {
        let Some(relations) = self.relations().filter(|_| !self.is_from_us()) else { return Vec::new() };
        let borrowed = relations.answered.iter().filter_map(|answered| {
            let grade = self.grade_of_outsider(&Shared::from(answered))?;
            let is_expected = self.only_returns_ours()
                || self.answers_at_once(|party| self.is_with(&answered.parties, party));
            // Private forwarding does the same honestly, so it is never more than a sign; with a party among the receivers not even that.
            let grade = if grade == Grade::Strong && !is_expected { Grade::Weak } else { Grade::Info };
            Some(Borrowed { answered, grade, is_forged: self.took_part(&Shared::from(answered)) })
        });
        borrowed.collect()
    }

    /// Whether an outside party is one of these.
    fn is_with(&self, parties: &[String], party: &str) -> bool {
        let is_own = || Address::parse(party).is_some_and(|address| self.own.is_own_address(&address));
        parties.iter().any(|one| one == party) && !is_own()
    }

    /// Whether another outside party of a quoted conversation is among the receivers.
    pub(super) fn is_shared_with_a_receiver(&self, quoted: &Quoted) -> bool {
        self.is_addressed_to_another(&Shared::from(quoted))
    }

    /// How much it can weigh that this sender knows of it; `None` where they took part or may know. An address that took part is no
    /// party where the mail fails to authenticate as it, unlike before.
    fn grade_of_outsider(&self, shared: &Shared<'_>) -> Option<Grade> {
        if shared.sender_may_know && self.identity() != Identity::NotAsContact {
            return None;
        }
        let by_authentication = if self.took_part(shared) { self.grade_of_failing()? } else { Grade::Strong };
        let by_acquaintance = match self.sender_is() {
            Acquaintance::Stranger => Grade::Strong,
            Acquaintance::Answered => Grade::Weak,
            Acquaintance::Correspondent | Acquaintance::Established => Grade::Info,
        };
        let is_widely_known = shared.parties_total > PARTIES_MANY || self.is_addressed_to_another(shared);
        let by_parties = if is_widely_known { Grade::Weak } else { Grade::Strong };
        Some(by_authentication.min(by_acquaintance).min(by_parties).min(self.grade_of_go_between()))
    }

    /// Whether the sender, or another address of the sender's organisation, is a party. Customers of one mail service are no
    /// organisation; where the list of parties was cut, what the memory says is believed.
    fn took_part(&self, shared: &Shared<'_>) -> bool {
        let Some(sender) = self.sender() else { return shared.sender_was_party };
        let is_whole = shared.parties.len() >= shared.parties_total;
        let is_vague =
            !is_whole || shared.held_by == HeldBy::Others || !self.lists.freemail.holds(sender.domain());
        shared.parties.iter().any(|party| is_same(party, sender)) || (shared.sender_was_party && is_vague)
    }

    /// Whether an outside party of the conversation is among the receivers, and so sees what is done with it. Such a field can be
    /// forged, so it only weakens. Who is outside cannot be told without own domains.
    fn is_addressed_to_another(&self, shared: &Shared<'_>) -> bool {
        let sender = self.sender();
        let named =
            self.message.to.iter().chain(&self.message.cc).filter_map(|mailbox| mailbox.address.as_ref());
        let is_outside = |address: &&Address| {
            !self.own.is_own_address(address) && !sender.is_some_and(|sender| sender.same_mailbox(address))
        };
        let is_party = |address: &Address| shared.parties.iter().any(|party| is_same(party, address));
        !self.own.domains().is_empty() && named.filter(is_outside).any(is_party)
    }

    /// Who took part, as the receiver may be told.
    pub(crate) fn parties_told(&self, held_by: HeldBy, parties: &[String]) -> Value {
        if held_by == HeldBy::Others {
            return Value::Word(Text::new(
                "組織内の別の方のやり取り",
                "of somebody else in your organisation",
            ));
        }
        // The others first: that the receiver took part goes without saying.
        let is_own =
            |party: &&String| Address::parse(party).is_some_and(|address| self.own.is_own_address(&address));
        let (own, outside): (Vec<&String>, Vec<&String>) = parties.iter().partition(is_own);
        Value::list(outside.into_iter().chain(own).take(PARTIES_SHOWN_MAX).map(Value::address))
    }
}

/// Whether a quoted stretch is more than a turn of phrase that a few people share.
pub(super) fn is_sign(quoted: &Quoted) -> bool {
    weighed(quoted) >= Some(Grade::Weak)
}

/// Whether it is no more than a sentence among the mail's own words.
fn is_own_sentence(quoted: &Quoted) -> bool {
    quoted.region == Region::Unmarked && weighed(quoted) == Some(Grade::Info)
}

/// What a quoted stretch weighs alone; `None` where it is a turn of phrase.
fn weighed(quoted: &Quoted) -> Option<Grade> {
    let (weak, strong) = match quoted.region {
        Region::Quotation => (QUOTED_WEAK_MIN, QUOTED_STRONG_MIN),
        Region::Unmarked => (UNMARKED_WEAK_MIN, UNMARKED_STRONG_MIN),
    };
    // The beginning of a stretch tells its script.
    let is_japanese =
        quoted.excerpt.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'));
    let of_script = |least: Scripts| if is_japanese { least.japanese } else { least.latin };
    let (found, weak) = (of_script(FOUND_MIN), of_script(weak));
    match quoted.weight_of_language {
        weight if weight >= strong => Some(Grade::Strong),
        weight if weight >= weak => Some(Grade::Weak),
        weight if weight >= found => Some(Grade::Info),
        _ => None,
    }
}

pub(super) fn is_same(party: &str, address: &Address) -> bool {
    party.eq_ignore_ascii_case(&address.to_string())
}

impl<'a> From<&'a Quoted> for Shared<'a> {
    fn from(quoted: &'a Quoted) -> Self {
        Self {
            parties: &quoted.parties,
            parties_total: quoted.parties_total as usize,
            held_by: quoted.held_by,
            sender_was_party: quoted.sender_was_party,
            sender_may_know: quoted.sender_may_know,
        }
    }
}

impl<'a> From<&'a Answered> for Shared<'a> {
    fn from(answered: &'a Answered) -> Self {
        Self {
            parties: &answered.parties,
            parties_total: answered.parties.len(),
            held_by: answered.held_by,
            sender_was_party: answered.sender_was_party,
            sender_may_know: answered.sender_may_know,
        }
    }
}

//! Names in a mail that belong to people with other addresses → which of them count against the sender, and how gravely.

use sekisho_facts::{
    Contact, HeldBy, Identity, NameKey, NameKind, NamePlace, Person, ShownName, Standing, Tie,
};
use sekisho_mail::Address;

use super::conversations::is_sign;
use super::{Acquaintance, acquaintance};
use crate::{Grade, Input, Need, Value, domain, named};

/// A name that is not the sender's.
pub(crate) struct Claimed<'a> {
    /// What the memory says of it.
    pub(crate) shown: &'a ShownName,
    /// The most trusted of those whom it belongs to.
    usual: &'a Contact,
    /// How much it weighs.
    pub(crate) grade: Grade,
}

/// Usual addresses that are told.
const USUAL_MAX: usize = 2;

/// Addresses of one organisation that showed a name before it writes in that name: one may be a taken-over account.
const DESK_ADDRESSES_MIN: u32 = 2;

/// Letters of a word of an address before it spells a name.
const SPELT_LETTERS_MIN: usize = 4;

impl Claimed<'_> {
    /// The addresses from which mail in this name usually comes, the most trusted first.
    pub(crate) fn usual(&self) -> Value {
        let trusted = self.shown.belongs_to.iter().filter(|contact| contact.standing > Standing::Met);
        Value::list(trusted.take(USUAL_MAX).map(|contact| Value::address(&contact.address)))
    }

    /// Whether the mail quotes words that we exchanged with the name's owner, though its sender should not know them.
    pub(crate) fn is_quoted(&self, input: &Input<'_>) -> bool {
        input.quotes_party(&self.shown.belongs_to)
    }

    /// The most trusted address.
    pub(crate) fn usual_address(&self) -> &str {
        &self.usual.address
    }
}

impl<'a> Input<'a> {
    /// The names in one place of the mail that belong to people with other addresses. Left out are those that other checks tell
    /// (our own people, well-known companies), and those whose tie to the sender is no question.
    pub(crate) fn claimed_names(&self, place: NamePlace) -> Vec<Claimed<'a>> {
        let Some(relations) = self.relations().filter(|_| !self.is_from_us()) else { return Vec::new() };
        let names = relations.names.iter().filter(|shown| shown.place == place);
        names.filter_map(|shown| self.claimed(shown)).collect()
    }

    /// The same, in all places in which somebody says who writes.
    pub(crate) fn claimed_anywhere(&self) -> impl Iterator<Item = Claimed<'a>> {
        let places = [NamePlace::Sender, NamePlace::Signature, NamePlace::Opening];
        places.into_iter().flat_map(|place| self.claimed_names(place))
    }

    /// Whether an address is that of one whose name the mail bears, as sender or in its signature, and whom we know: what is answered
    /// reaches them, so whoever forged the name gains nothing by it.
    pub(crate) fn is_of_one_named(&self, address: &Address) -> bool {
        let names = self.relations().map(|relations| relations.names.as_slice()).unwrap_or_default();
        let mut named = names
            .iter()
            .filter(|shown| matches!(shown.place, NamePlace::Sender | NamePlace::Signature))
            .flat_map(|shown| &shown.belongs_to);
        named.any(|contact| contact.standing >= Standing::Historic && is_same(&contact.address, address))
    }

    /// Whether the sender's address is known to be one of our person's too: announced or confirmed, or so in old correspondence.
    pub(crate) fn is_known_to_be(&self, person: &Person) -> bool {
        let names = self.relations().map(|relations| relations.names.as_slice()).unwrap_or_default();
        let of_person = |shown: &ShownName| {
            shown.belongs_to.iter().any(|contact| is_same(&contact.address, &person.address))
        };
        let is_tied = |shown: &ShownName| {
            shown.place == NamePlace::Sender && matches!(shown.tie, Tie::Announced | Tie::Namesake)
        };
        self.identity() != Identity::NotAsContact
            && names.iter().any(|shown| is_tied(shown) && of_person(shown))
    }

    /// The party of a conversation that the sender should not know, and quotes or says to answer, whose address spells a word of the full
    /// name in Latin letters that the sender shows: "Taro Yamada" over words of yamada@partner.example, whom we only know as 山田太郎.
    pub(crate) fn party_spelt_in_name(&self) -> Option<(&'a str, &'a str)> {
        let (mailbox, sender) = self.senders().next()?;
        // Elsewhere people have many first names in common, and are known by names in Latin letters.
        let is_japanese = mailbox
            .name
            .split(|c: char| !c.is_alphabetic())
            .all(|word| word.is_empty() || domain::is_romaji(&word.to_lowercase()));
        let shown = NameKey::person(&mailbox.name).filter(|key| key.is_latin() && is_japanese)?;
        let stolen =
            self.stolen_conversation().filter(|stolen| stolen.grade == Grade::Strong && !stolen.is_forged);
        let stolen = stolen.map(|stolen| (stolen.quoted.held_by, stolen.quoted.parties.as_slice()));
        let borrowed = self.borrowed_replies().into_iter();
        let borrowed = borrowed.filter(|borrowed| borrowed.grade >= Grade::Weak && !borrowed.is_forged);
        let borrowed =
            borrowed.map(|borrowed| (borrowed.answered.held_by, borrowed.answered.parties.as_slice()));
        let told = stolen.into_iter().chain(borrowed).filter(|(held_by, _)| *held_by != HeldBy::Others);
        let is_spelt = |party: &&String| {
            let party = Address::parse(party)
                .filter(|party| !domain::same_organisation(party.domain(), sender.domain()));
            party.is_some_and(|party| {
                let words = party.local().split(|c: char| !c.is_ascii_alphabetic());
                let mut words = words.filter(|word| word.len() >= SPELT_LETTERS_MIN);
                words.any(|word| shown.shares_word(&NameKey::shown(word)))
            })
        };
        let party = told.flat_map(|(_, parties)| parties).find(is_spelt)?;
        Some((&mailbox.name, party))
    }

    fn claimed(&self, shown: &'a ShownName) -> Option<Claimed<'a>> {
        let usual = shown.belongs_to.iter().find(|contact| contact.standing > Standing::Met)?;
        let is_senders =
            |contact: &Contact| self.sender().is_some_and(|sender| is_same(&contact.address, sender));
        let is_the_senders = shown.belongs_to.iter().any(is_senders);
        if is_the_senders || self.is_told_elsewhere(shown) {
            return None;
        }
        let grave = match shown.kind {
            NameKind::Person if self.is_brought_in(shown) || self.may_know_through(&shown.belongs_to) => {
                self.grade_of_person(usual).min(Grade::Weak)
            }
            // Whose address to write to stands in many signatures.
            NameKind::Address if shown.place == NamePlace::Signature && self.demands().is_empty() => {
                Grade::Info
            }
            NameKind::Address if shown.place == NamePlace::Signature => Grade::Weak,
            NameKind::Person | NameKind::Address => self.grade_of_person(usual),
            NameKind::Organisation => self.grade_of_organisation(shown),
            // No name that anybody claims.
            NameKind::Domain => return None,
        };
        let is_expected =
            self.answers_in_this_name(shown) || self.answers_at_once(|party| self.is_of_one(shown, party));
        let grave = if is_expected { Grade::Info } else { grave };
        let grade = self.tied(shown.tie, grave)?.min(self.grade_of_name_sent_on(shown));
        Some(Claimed { shown, usual, grade })
    }

    /// What lists and services leave of the grade. An organisation's name over words that we exchanged with it is no newsletter.
    fn grade_of_name_sent_on(&self, shown: &ShownName) -> Grade {
        match shown.kind {
            NameKind::Organisation if !self.quotes_party(&shown.belongs_to) => self.grade_of_newsletter(),
            _ => self.grade_of_go_between(),
        }
    }

    /// Whether a check that needs no memory tells of the name.
    fn is_told_elsewhere(&self, shown: &ShownName) -> bool {
        let is_staff =
            self.unmet(Need::OwnPeople).is_none() && !self.own.people_named(&shown.name).is_empty();
        let is_brand = || !named::brands_in(&self.lists.brands, &shown.name).is_empty();
        (is_staff && shown.place == NamePlace::Sender) || (shown.kind == NameKind::Organisation && is_brand())
    }

    /// Whether the sender's organisation writes in the name, as a help desk does from an address for each question: several of its
    /// addresses showed it, we wrote to each of these, and have been writing there for a while.
    fn answers_in_this_name(&self, shown: &ShownName) -> bool {
        self.sender_is() >= Acquaintance::Correspondent && shown.shown_beside >= DESK_ADDRESSES_MIN
    }

    /// Whether an address is one to which a name belongs, or of the same organisation.
    fn is_of_one(&self, shown: &ShownName, party: &str) -> bool {
        let Some(party) = Address::parse(party) else { return false };
        let is_colleague = |contact: &Contact| {
            let owner = Address::parse(&contact.address);
            owner.is_some_and(|owner| domain::same_organisation(owner.domain(), party.domain()))
                && !self.lists.freemail.holds(party.domain())
        };
        shown.belongs_to.iter().any(|contact| is_same(&contact.address, &party) || is_colleague(contact))
    }

    /// A name that somebody only brought along with their own mail binds weakly: else who writes first under another's name would
    /// have the true one stopped.
    fn grade_of_person(&self, usual: &Contact) -> Grade {
        if usual.sent > 0 || acquaintance(usual) > Acquaintance::Stranger {
            Grade::Strong
        } else {
            Grade::Weak
        }
    }

    /// Whether the mail goes on with a conversation in which nobody of the name took part, with another party among the receivers:
    /// somebody was brought in, and happens to be called like somebody known.
    fn is_brought_in(&self, shown: &ShownName) -> bool {
        let quoted = self.relations().map(|relations| relations.quoted.as_slice()).unwrap_or_default();
        // Of turns of phrase everybody is a party.
        let is_party = |contact: &Contact| {
            quoted.iter().any(|quoted| is_sign(quoted) && quoted.parties.contains(&contact.address))
        };
        !shown.belongs_to.iter().any(is_party)
            && quoted.iter().any(|quoted| self.is_shared_with_a_receiver(quoted))
    }

    /// Services send bills and news in the names of organisations: the name says little alone, and much from an address that anybody
    /// can open, or over words that we exchanged with that organisation.
    fn grade_of_organisation(&self, shown: &ShownName) -> Grade {
        if self.sender_is() < Acquaintance::Correspondent && self.quotes_party(&shown.belongs_to) {
            return Grade::Strong;
        }
        let brings = self.has_attachment() || !self.demands().is_empty();
        match (brings, self.is_from_free_mail()) {
            (true, true) => Grade::Strong,
            (true, false) if !self.knows_a_colleague() => Grade::Weak,
            _ => Grade::Info,
        }
    }

    /// What the tie between name and address leaves of the grade. A tie to an address that turned out to be forged is worth little.
    fn tied(&self, tie: Tie, grave: Grade) -> Option<Grade> {
        let is_forged = self.identity() == Identity::NotAsContact;
        match tie {
            // Whoever wrote under the name before said so alone.
            Tie::None | Tie::Disputed => Some(grave),
            // Customers of one mail service are no colleagues.
            Tie::Colleague if self.is_from_free_mail() => Some(grave),
            Tie::Announced | Tie::Colleague | Tie::Namesake if is_forged => Some(grave.min(Grade::Weak)),
            Tie::Namesake => Some(Grade::Info),
            Tie::Announced | Tie::Colleague => None,
        }
    }
}

fn is_same(address: &str, other: &Address) -> bool {
    address.eq_ignore_ascii_case(&other.to_string())
}

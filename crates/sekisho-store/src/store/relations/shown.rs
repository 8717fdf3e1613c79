//! The names in a mail → those that belong to somebody with another address.

mod places;

use std::collections::{BTreeMap, BTreeSet};

use sekisho_facts::{Contact, NameKind, NamePlace, ShownName, Standing, Tie};
use sekisho_mail::Address;

use super::is_trusted;
use super::recall::Recall;
use crate::StoreError;
use crate::database::Value;
use crate::store::contacts::{acquaintances, standings};
use crate::store::learning::address_id;
use crate::store::names::{self, Bound, Kind, Rank};
use crate::store::together::listed;
use places::Candidate;

/// Addresses looked at as owners of the names in one mail.
const OWNERS_MAX: usize = 32;

/// Contacts told of one name.
const BELONGS_TO_MAX: usize = 3;

/// Over so many days others are looked for who show the same name.
const ABUSE_SECONDS: i64 = 14 * 24 * 60 * 60;

/// Mails looked at for that: the newest.
const ABUSE_MAILS_MAX: i64 = 1_000;

/// What the memory has about the names in a mail.
struct Memory {
    /// Who owns what, the strongest and oldest first.
    owners: Vec<Bound>,
    contacts: BTreeMap<i64, Contact>,
    /// Addresses that show many people's names.
    agents: BTreeSet<i64>,
    /// What the addresses that show the names showed before, by address.
    shown: BTreeMap<i64, Vec<Bound>>,
    announcers: BTreeMap<i64, BTreeSet<i64>>,
}

/// The names in the mail that belong to contacts with other addresses. `organisation` are those of the sender's whom we trust.
pub(super) fn names(
    recall: &mut Recall<'_, '_>,
    organisation: &[Contact],
) -> Result<Vec<ShownName>, StoreError> {
    let candidates = places::candidates(recall);
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let memory = Memory::of(recall, &candidates)?;
    let mut all: Vec<(ShownName, BTreeSet<i64>)> = Vec::new();
    for candidate in &candidates {
        if let Some(found) = memory.shown(recall, candidate)
            && !all.iter().any(|(other, _)| is_same(other, &found.0))
        {
            all.push(found);
        }
    }
    beside(recall, &mut all, organisation)?;
    abuse(recall, &mut all, &memory)?;
    Ok(all.into_iter().map(|(shown, _)| shown).collect())
}

fn is_same(one: &ShownName, other: &ShownName) -> bool {
    let first = |shown: &ShownName| shown.belongs_to.first().map(|contact| contact.address.clone());
    one.place == other.place && one.kind == other.kind && first(one) == first(other)
}

impl Memory {
    fn of(recall: &mut Recall<'_, '_>, candidates: &[Candidate]) -> Result<Self, StoreError> {
        let keys: Vec<i64> =
            candidates.iter().flat_map(|candidate| candidate.keys.iter().map(|(key, _)| *key)).collect();
        let owners = names::owners(recall.database, &keys, recall.view.until)?;
        let mut ids: Vec<i64> = Vec::new();
        for owner in &owners {
            if ids.len() < OWNERS_MAX && !ids.contains(&owner.address) {
                ids.push(owner.address);
            }
        }
        let agents = names::agents(recall.database, &ids)?.into_iter().collect();
        let written: Vec<i64> = candidates.iter().filter_map(|candidate| candidate.written).collect();
        let showing: BTreeSet<i64> =
            candidates.iter().filter_map(|candidate| candidate.shown_for(recall)).collect();
        let (mut shown, mut announcers) = (BTreeMap::new(), BTreeMap::new());
        if !owners.is_empty() || !written.is_empty() {
            for address in showing {
                shown.insert(address, names::shown_by(recall.database, address, &keys, recall.view.until)?);
                announcers.insert(address, recall.announcers(address)?);
                ids.push(address);
            }
        }
        ids.extend(&written);
        let contacts = standings(recall.database, &ids, recall.view)?;
        let mut memory = Self { owners, contacts, agents, shown, announcers };
        // Only of those whose names these are it is asked how well we know them.
        let told: Vec<i64> = candidates.iter().flat_map(|candidate| memory.owners_told(candidate)).collect();
        memory.contacts.extend(acquaintances(recall.database, &told, recall.view)?);
        Ok(memory)
    }

    /// A name that belongs to others than the address that shows it, with the keys by which it was found.
    fn shown(&self, recall: &Recall<'_, '_>, candidate: &Candidate) -> Option<(ShownName, BTreeSet<i64>)> {
        let (owners, kind) = match candidate.written {
            Some(written) => (self.trusted(written).map(|_| vec![(written, i64::MIN)])?, NameKind::Address),
            None => {
                // A name that is an organisation's and by chance a person's is told as the person's.
                let person = self.owners_of(candidate, Kind::Person);
                if person.is_empty() {
                    (self.owners_of(candidate, Kind::Organisation), NameKind::Organisation)
                } else {
                    (person, NameKind::Person)
                }
            }
        };
        let showing = candidate.address(recall)?;
        let showing_id = address_id(recall.secret, showing);
        let is_sure = |owner: &i64| self.standing(*owner) >= Standing::Historic;
        if owners.iter().any(|(owner, _)| *owner == showing_id && is_sure(owner)) {
            return None;
        }
        let owners: Vec<(i64, i64)> = owners.into_iter().filter(|(owner, _)| *owner != showing_id).collect();
        if owners.is_empty() {
            return None;
        }
        let contacts: Vec<Contact> =
            owners.iter().filter_map(|(id, _)| self.contacts.get(id).cloned()).collect();
        if candidate.place == NamePlace::Quotation
            && candidate.beside.is_none()
            && self.may_quote(recall, &contacts)
        {
            return None;
        }
        let keys: BTreeSet<i64> = candidate.keys.iter().map(|(key, _)| *key).collect();
        let tie = self.tie(recall, showing, showing_id, &owners, &keys);
        let mut belongs_to = contacts;
        belongs_to
            .sort_by(|a, b| (b.standing, a.first_at, &a.address).cmp(&(a.standing, b.first_at, &b.address)));
        belongs_to.truncate(BELONGS_TO_MAX);
        let shown = ShownName {
            name: candidate.name.clone(),
            place: candidate.place,
            kind,
            belongs_to,
            tie,
            shown_beside: 0,
            abused_lately: 0,
        };
        Some((shown, keys))
    }

    /// Everybody who may be told of as an owner of a name.
    fn owners_told(&self, candidate: &Candidate) -> Vec<i64> {
        let owned = [Kind::Person, Kind::Organisation].map(|kind| self.owners_of(candidate, kind));
        owned.into_iter().flatten().map(|(owner, _)| owner).chain(candidate.written).collect()
    }

    /// The addresses that a name belongs to, with since when: all that a person confirmed, else the first one of those whom we trust, else
    /// all that we answered. Of these nobody knows who is who: one of them may have come first on purpose.
    fn owners_of(&self, candidate: &Candidate, kind: Kind) -> Vec<(i64, i64)> {
        let keys: BTreeSet<i64> =
            candidate.keys.iter().filter(|(_, of)| *of == kind).map(|(key, _)| *key).collect();
        let owns = |bound: &&Bound| {
            let is_agent =
                kind == Kind::Person && self.agents.contains(&bound.address) && bound.rank != Rank::Confirmed;
            keys.contains(&bound.name) && !is_agent && self.standing(bound.address) > Standing::Met
        };
        let mut found: Vec<&Bound> = self.owners.iter().filter(owns).collect();
        found.sort_by_key(|bound| (std::cmp::Reverse(bound.rank), bound.at, bound.address));
        let pair = |bound: &&Bound| (bound.address, bound.at);
        let is_confirmed = |bound: &&&Bound| bound.rank == Rank::Confirmed;
        let confirmed: Vec<(i64, i64)> = found.iter().filter(is_confirmed).map(pair).collect();
        if !confirmed.is_empty() {
            return confirmed;
        }
        if let Some(first) = found.iter().find(|bound| self.trusted(bound.address).is_some()) {
            return vec![pair(first)];
        }
        let mut seen = BTreeSet::new();
        found.iter().filter(|bound| seen.insert(bound.address)).map(pair).collect()
    }

    fn standing(&self, id: i64) -> Standing {
        self.contacts.get(&id).map_or(Standing::Met, |contact| contact.standing)
    }

    fn trusted(&self, id: i64) -> Option<&Contact> {
        self.contacts.get(&id).filter(|contact| is_trusted(contact))
    }

    /// Who writes to us and to whom we write quotes our people and those around them: that is what replies do.
    fn may_quote(&self, recall: &Recall<'_, '_>, owners: &[Contact]) -> bool {
        let is_known = recall.sender_id.is_some_and(|sender| self.trusted(sender).is_some());
        is_known || owners.iter().any(|owner| recall.is_own(&owner.address))
    }

    fn tie(
        &self,
        recall: &Recall<'_, '_>,
        showing: &Address,
        showing_id: i64,
        owners: &[(i64, i64)],
        keys: &BTreeSet<i64>,
    ) -> Tie {
        let is_colleague = |id: &i64| {
            self.contacts.get(id).is_some_and(|contact| recall.are_colleagues(showing, &contact.address))
        };
        let announced = self.announcers.get(&showing_id);
        if owners.iter().any(|(owner, _)| announced.is_some_and(|who| who.contains(owner))) {
            return Tie::Announced;
        }
        if owners.iter().any(|(owner, _)| is_colleague(owner)) {
            return Tie::Colleague;
        }
        let own: Vec<&Bound> = self
            .shown
            .get(&showing_id)
            .into_iter()
            .flatten()
            .filter(|bound| keys.contains(&bound.name))
            .collect();
        let is_old = |rank: Rank, at: i64| rank >= Rank::Ours && recall.view.is_archive(at);
        let both_old = own.iter().any(|bound| is_old(bound.rank, bound.at))
            && owners.iter().any(|(_, since)| recall.view.is_archive(*since))
            && self.contacts.get(&showing_id).is_some_and(|contact| contact.standing >= Standing::Historic);
        match (both_old, own.is_empty()) {
            (true, _) => Tie::Namesake,
            (false, false) => Tie::Disputed,
            (false, true) => Tie::None,
        }
    }
}

/// Counts the addresses of the sender's organisation that showed the same names and to which we wrote.
fn beside(
    recall: &mut Recall<'_, '_>,
    all: &mut [(ShownName, BTreeSet<i64>)],
    organisation: &[Contact],
) -> Result<(), StoreError> {
    let keys: Vec<i64> = all.iter().flat_map(|(_, keys)| keys.iter().copied()).collect();
    let written_to = organisation.iter().filter(|contact| contact.sent > 0 && !keys.is_empty());
    for address in written_to.filter_map(|contact| Address::parse(&contact.address)) {
        let address = address_id(recall.secret, &address);
        let showed = names::shown_by(recall.database, address, &keys, recall.view.until)?;
        for (shown, keys) in all.iter_mut() {
            shown.shown_beside += u32::from(showed.iter().any(|bound| keys.contains(&bound.name)));
        }
    }
    Ok(())
}

/// Counts the other mails of the last days that show the same names from addresses that they do not belong to.
fn abuse(
    recall: &mut Recall<'_, '_>,
    all: &mut [(ShownName, BTreeSet<i64>)],
    memory: &Memory,
) -> Result<(), StoreError> {
    let keys: Vec<i64> = all.iter().flat_map(|(_, keys)| keys.iter().copied()).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let until = recall.asked.at.min(recall.view.until);
    let question = format!(
        "SELECT name_key, sender, message FROM mails WHERE name_key IN ({{ids}}) AND at > $1 AND at <= $2 AND direction = 0 \
         ORDER BY at DESC LIMIT {ABUSE_MAILS_MAX}"
    );
    let mut mails: Vec<(i64, i64, i64)> = Vec::new();
    let values = [Value::Int(until - ABUSE_SECONDS), Value::Int(until)];
    listed(recall.database, &question, &values, &keys, &mut |row| {
        if let [Value::Int(key), Value::Int(sender), Value::Int(message)] = row {
            mails.push((*key, *sender, *message));
        }
    })?;
    for (shown, keys) in all {
        let owns = |sender: i64| {
            memory.contacts.get(&sender).is_some_and(|contact| {
                shown.belongs_to.iter().any(|owner| {
                    owner.address == contact.address
                        || Address::parse(&contact.address)
                            .is_some_and(|one| recall.are_colleagues(&one, &owner.address))
                })
            })
        };
        let others = mails.iter().filter(|(key, sender, _)| keys.contains(key) && !owns(*sender));
        shown.abused_lately = others.map(|(_, _, message)| message).collect::<BTreeSet<_>>().len() as u32;
    }
    Ok(())
}

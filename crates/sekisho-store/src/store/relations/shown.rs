//! The names in a mail → those that belong to somebody with another address.

mod domain;
mod neighbours;
mod places;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use sekisho_facts::{Contact, NameKind, NamePlace, ShownName, Standing, Tie};
use sekisho_mail::Address;

use super::is_trusted;
use super::recall::Recall;
use crate::database::Value;
use crate::store::announcements;
use crate::store::contacts::{Acquaintances, View};
use crate::store::learning::address_id;
use crate::store::names::{self, Bound, Kind, Rank};
use crate::store::together::Together;
use domain::SendersDomain;
use places::Candidate;

/// Addresses looked at as owners of the names in one mail.
const OWNERS_MAX: usize = 32;

/// Contacts told of one name.
const BELONGS_TO_MAX: usize = 3;

/// Over so many days others are looked for who show the same name.
const ABUSE_SECONDS: i64 = 14 * 24 * 60 * 60;

/// Mails looked at for that: the newest.
const ABUSE_MAILS_MAX: i64 = 1_000;

/// The names in a mail, and what the memory has about them: asked for round by round, together with what else a recall asks.
#[derive(Default)]
pub(super) struct Names {
    candidates: Vec<Candidate>,
    keys: Vec<i64>,
    /// Who owns what, the strongest and oldest first.
    owners: Vec<Bound>,
    contacts: BTreeMap<i64, Contact>,
    /// Addresses that show many people's names.
    agents: BTreeSet<i64>,
    /// What the addresses that show the names showed before, by address.
    shown: BTreeMap<i64, Vec<Bound>>,
    announcers: BTreeMap<i64, BTreeSet<i64>>,
    /// Contacts as they are asked for.
    asked: Acquaintances,
    /// The names that belong to others.
    belonging: Vec<Belonging>,
    /// These, each once, with the keys by which they were found.
    found: Vec<(ShownName, BTreeSet<i64>)>,
    /// What addresses of the sender's organisation showed.
    beside: BTreeMap<i64, Vec<Bound>>,
    /// Name, sender and message of the mails of the last days.
    lately: Vec<(i64, i64, i64)>,
    /// The domain of the sender's address, and for whose it may be taken.
    domain: SendersDomain,
}

/// A name that belongs to others than the address that shows it.
struct Belonging {
    name: String,
    place: NamePlace,
    kind: NameKind,
    owners: Vec<i64>,
    /// What connects the address that shows it with them.
    tie: Tie,
    /// The keys by which it was found.
    keys: BTreeSet<i64>,
}

impl Names {
    /// The names that a mail shows.
    pub(super) fn of(recall: &Recall<'_, '_>) -> Self {
        let candidates = places::candidates(recall);
        let keys =
            candidates.iter().flat_map(|candidate| candidate.keys.iter().map(|(key, _)| *key)).collect();
        Self { candidates, keys, domain: SendersDomain::of(recall), ..Self::default() }
    }

    /// Asks whom they belong to.
    pub(super) fn ask_owners<'t>(&'t mut self, together: &mut Together<'t>, view: View) {
        names::owners(together, &self.keys, view.until, &mut self.owners);
        self.domain.ask_known(together, view);
    }

    /// Asks about the owners, and about the addresses that show the names.
    pub(super) fn ask_around<'t>(&'t mut self, together: &mut Together<'t>, recall: &Recall<'_, '_>) {
        let view = recall.view;
        let mut ids: Vec<i64> = Vec::new();
        for owner in &self.owners {
            if ids.len() < OWNERS_MAX && !ids.contains(&owner.address) {
                ids.push(owner.address);
            }
        }
        names::agents(together, &ids, &mut self.agents);
        let written: Vec<i64> = self.candidates.iter().filter_map(|candidate| candidate.written).collect();
        if !self.owners.is_empty() || !written.is_empty() {
            let showing = self.candidates.iter().filter_map(|candidate| candidate.shown_for(recall));
            self.shown = showing.map(|address| (address, Vec::new())).collect();
            let showing: Vec<i64> = self.shown.keys().copied().collect();
            for (address, shown) in &mut self.shown {
                names::shown_by(together, *address, &self.keys, view.until, shown);
            }
            announcements::announcers(together, &showing, view.until, &mut self.announcers);
            ids.extend(showing);
        }
        ids.extend(&written);
        self.domain.ask_look_alikes(together, recall);
        self.asked.ask(together, &ids, view);
    }

    /// Asks how well these are known.
    pub(super) fn ask_threads<'t>(&'t mut self, together: &mut Together<'t>, view: View) {
        self.asked.ask_threads(together, view);
    }

    /// Finds the names that belong to contacts with other addresses, and asks how long we know these.
    pub(super) fn ask_told<'t>(&'t mut self, together: &mut Together<'t>, recall: &Recall<'_, '_>) {
        self.contacts = std::mem::take(&mut self.asked).contacts(recall.view);
        self.belonging =
            self.candidates.iter().filter_map(|candidate| self.belonging(recall, candidate)).collect();
        let owners: Vec<i64> = self.belonging.iter().flat_map(|one| one.owners.iter().copied()).collect();
        let owners: Vec<i64> = owners.into_iter().chain(self.domain.look_alikes()).collect();
        self.asked.ask_with_dates(together, &owners, recall.view);
    }

    /// Adds what was asked about the owners; how well they are known is known already.
    fn take_dates(&mut self, view: View) {
        for (id, dated) in std::mem::take(&mut self.asked).contacts(view) {
            let standing = self.standing(id).max(dated.standing);
            self.contacts.insert(id, Contact { standing, ..dated });
        }
    }

    /// Asks who else showed these names: others of the sender's organisation, whom we trust, and anybody of late.
    pub(super) fn ask_others<'t>(
        &'t mut self,
        together: &mut Together<'t>,
        recall: &Recall<'_, '_>,
        organisation: &[Contact],
    ) {
        self.take_dates(recall.view);
        let mut found: Vec<(ShownName, BTreeSet<i64>)> = Vec::new();
        for belonging in std::mem::take(&mut self.belonging) {
            let keys = belonging.keys.clone();
            let shown = self.shown_name(belonging);
            if !found.iter().any(|(other, _)| is_same(other, &shown)) {
                found.push((shown, keys));
            }
        }
        found.extend(self.domain.told(recall, &self.contacts).map(|shown| (shown, BTreeSet::new())));
        self.found = found;
        let keys: Vec<i64> = self.found.iter().flat_map(|(_, keys)| keys.iter().copied()).collect();
        if keys.is_empty() {
            return;
        }
        let written_to = organisation.iter().filter(|contact| contact.sent > 0);
        let addresses = written_to.filter_map(|contact| Address::parse(&contact.address));
        self.beside = addresses.map(|address| (address_id(recall.secret, &address), Vec::new())).collect();
        for (address, showed) in &mut self.beside {
            names::shown_by(together, *address, &keys, recall.view.until, showed);
        }
        let until = recall.asked.at.min(recall.view.until);
        let question = format!(
            "SELECT name_key, sender, message FROM mails WHERE name_key IN ({{ids}}) AND at > $1 AND at <= $2 AND direction = 0 \
             ORDER BY at DESC LIMIT {ABUSE_MAILS_MAX}"
        );
        let values = [Value::Int(until - ABUSE_SECONDS), Value::Int(until)];
        let lately = &mut self.lately;
        together.listed(&question, &values, &keys, |row| {
            if let [Value::Int(key), Value::Int(sender), Value::Int(message)] = row {
                lately.push((*key, *sender, *message));
            }
        });
    }

    /// The names that belong to contacts with other addresses.
    pub(super) fn told(mut self, recall: &Recall<'_, '_>) -> Vec<ShownName> {
        let mut found = std::mem::take(&mut self.found);
        for (shown, keys) in &mut found {
            let showed = |bounds: &&Vec<Bound>| bounds.iter().any(|bound| keys.contains(&bound.name));
            shown.shown_beside = self.beside.values().filter(showed).count() as u32;
            let owns = |sender: i64| {
                self.contacts.get(&sender).is_some_and(|contact| {
                    shown.belongs_to.iter().any(|owner| {
                        owner.address == contact.address
                            || Address::parse(&contact.address)
                                .is_some_and(|one| recall.are_colleagues(&one, &owner.address))
                    })
                })
            };
            let others = self.lately.iter().filter(|(key, sender, _)| keys.contains(key) && !owns(*sender));
            shown.abused_lately = others.map(|(_, _, message)| message).collect::<BTreeSet<_>>().len() as u32;
        }
        found.into_iter().map(|(shown, _)| shown).collect()
    }
}

fn is_same(one: &ShownName, other: &ShownName) -> bool {
    let first = |shown: &ShownName| shown.belongs_to.first().map(|contact| contact.address.clone());
    one.place == other.place && one.kind == other.kind && first(one) == first(other)
}

impl Names {
    /// Whose a name is, where it belongs to others than the address that shows it.
    fn belonging(&self, recall: &Recall<'_, '_>, candidate: &Candidate) -> Option<Belonging> {
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
        let is_quotation = candidate.place == NamePlace::Quotation && candidate.beside.is_none();
        if is_quotation && self.may_quote(recall, &owners) {
            return None;
        }
        let keys: BTreeSet<i64> = candidate.keys.iter().map(|(key, _)| *key).collect();
        Some(Belonging {
            name: candidate.name.clone(),
            place: candidate.place,
            kind,
            tie: self.tie(recall, showing, showing_id, &owners, &keys),
            owners: owners.into_iter().map(|(owner, _)| owner).collect(),
            keys,
        })
    }

    /// What is told of a name; who else showed it is added later.
    fn shown_name(&self, belonging: Belonging) -> ShownName {
        let Belonging { name, place, kind, owners, tie, .. } = belonging;
        let mut belongs_to: Vec<Contact> =
            owners.iter().filter_map(|owner| self.contacts.get(owner).cloned()).collect();
        belongs_to
            .sort_by(|a, b| (b.standing, a.first_at, &a.address).cmp(&(a.standing, b.first_at, &b.address)));
        belongs_to.truncate(BELONGS_TO_MAX);
        ShownName { name, place, kind, belongs_to, tie, shown_beside: 0, abused_lately: 0 }
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
        // A name has several keys, each bound to the same address.
        let each_once = |bounds: &mut dyn Iterator<Item = &&Bound>| {
            let mut seen = BTreeSet::new();
            bounds.filter(|bound| seen.insert(bound.address)).map(pair).collect::<Vec<(i64, i64)>>()
        };
        let confirmed = each_once(&mut found.iter().filter(|bound| bound.rank == Rank::Confirmed));
        if !confirmed.is_empty() {
            return confirmed;
        }
        if let Some(first) = found.iter().find(|bound| self.trusted(bound.address).is_some()) {
            return vec![pair(first)];
        }
        each_once(&mut found.iter())
    }

    fn standing(&self, id: i64) -> Standing {
        self.contacts.get(&id).map_or(Standing::Met, |contact| contact.standing)
    }

    fn trusted(&self, id: i64) -> Option<&Contact> {
        self.contacts.get(&id).filter(|contact| is_trusted(contact))
    }

    /// Who writes to us and to whom we write quotes our people and those around them: that is what replies do.
    fn may_quote(&self, recall: &Recall<'_, '_>, owners: &[(i64, i64)]) -> bool {
        let is_known = recall.sender_id.is_some_and(|sender| self.trusted(sender).is_some());
        let is_ours =
            |(owner, _): &(i64, i64)| self.contacts.get(owner).is_some_and(|one| recall.is_own(&one.address));
        is_known || owners.iter().any(is_ours)
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

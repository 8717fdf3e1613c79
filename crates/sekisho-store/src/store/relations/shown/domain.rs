//! The domain of a mail's sender → those to whom we write, for whose domain a reader may take it.

use std::collections::BTreeMap;

use sekisho_facts::{Contact, NameKind, NamePlace, ShownName, Tie};

use super::BELONGS_TO_MAX;
use super::neighbours::neighbours;
use crate::database::Value;
use crate::store::contacts::View;
use crate::store::learning::organisation_id;
use crate::store::relations::recall::Recall;
use crate::store::together::Together;

/// Addresses looked at of all such domains.
const LOOK_ALIKES_MAX: usize = 8;

/// The domain, as far as it was asked about.
#[derive(Default)]
pub(super) struct SendersDomain {
    /// The registered one, where it is nobody's in particular: not ours, nor a free mail service's.
    registered: Option<String>,
    number: i64,
    is_known: bool,
    /// Addresses of those to whom we write, in domains for which it may be taken.
    look_alikes: Vec<i64>,
}

impl SendersDomain {
    pub(super) fn of(recall: &Recall<'_, '_>) -> Self {
        let address = recall.sender.filter(|sender| !recall.asked.own.is_own_address(sender));
        let Some(address) = address.map(|address| address.to_string().to_lowercase()) else {
            return Self::default();
        };
        let registered = recall.organisation(&address).map(str::to_owned);
        let number = registered.as_ref().map_or(0, |name| organisation_id(recall.secret, name));
        Self { registered, number, ..Self::default() }
    }

    /// Asks whether we write there: then it is the one that is meant.
    pub(super) fn ask_known<'t>(&'t mut self, together: &mut Together<'t>, view: View) {
        if self.registered.is_some() {
            let is_known = &mut self.is_known;
            let values = [Value::Int(view.until), Value::Int(self.number)];
            let sql = format!("{WRITTEN_TO} organisation = $2 LIMIT 1");
            together.rows(sql, &values, |_| *is_known = true);
        }
    }

    /// Asks to whom we write in the domains for which it may be taken.
    pub(super) fn ask_look_alikes<'t>(&'t mut self, together: &mut Together<'t>, recall: &Recall<'_, '_>) {
        let Some(address) = recall.sender.filter(|_| self.registered.is_some() && !self.is_known) else {
            return;
        };
        let near = neighbours(&address.domain().to_lowercase());
        let numbers: Vec<i64> = near.iter().map(|name| organisation_id(recall.secret, name)).collect();
        let look_alikes = &mut self.look_alikes;
        let question = format!("{WRITTEN_TO} organisation IN ({{ids}}) LIMIT {LOOK_ALIKES_MAX}");
        together.listed(&question, &[Value::Int(recall.view.until)], &numbers, |row| {
            let found = row.first().and_then(Value::int);
            look_alikes.extend(found.filter(|_| look_alikes.len() < LOOK_ALIKES_MAX));
        });
    }

    /// The addresses that were found.
    pub(super) fn look_alikes(&self) -> impl Iterator<Item = i64> + '_ {
        self.look_alikes.iter().copied()
    }

    /// What is told of it: whose domain it may be taken for.
    pub(super) fn told(
        &self,
        recall: &Recall<'_, '_>,
        contacts: &BTreeMap<i64, Contact>,
    ) -> Option<ShownName> {
        let is_anothers = |contact: &Contact| {
            recall.organisation(&contact.address).is_some() && !recall.is_own(&contact.address)
        };
        let found = self.look_alikes.iter().filter_map(|id| contacts.get(id));
        let mut belongs_to: Vec<Contact> = found.filter(|contact| is_anothers(contact)).cloned().collect();
        belongs_to
            .sort_by(|a, b| (b.standing, a.first_at, &a.address).cmp(&(a.standing, b.first_at, &b.address)));
        belongs_to.truncate(BELONGS_TO_MAX);
        let name = self.registered.clone().filter(|_| !belongs_to.is_empty())?;
        let (place, kind, tie) = (NamePlace::Sender, NameKind::Domain, Tie::None);
        Some(ShownName { name, place, kind, belongs_to, tie, shown_beside: 0, abused_lately: 0 })
    }
}

/// Addresses to which we write of our own accord, or whom a person confirmed, by a moment.
const WRITTEN_TO: &str = "SELECT id FROM addresses WHERE rank < 2 AND (opened IS NULL OR opened <= $1) AND";

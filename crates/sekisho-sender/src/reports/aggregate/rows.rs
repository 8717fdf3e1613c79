//! Records → rows: those alike are added up. Beyond a limit networks, then everything but the outcome, are let go, so that
//! the sums stay right whatever a report holds.

use std::collections::BTreeMap;

use super::record::{Fate, Record};
use super::{Disposition, Outcome, Overrides, Row};
use crate::reports::limits::{ADDRESSES_A_ROW_MAX, ROWS_MAX};
use crate::reports::{Doubt, Network, note};

/// In what rows differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    network: Network,
    header_from: String,
    authenticated: Option<String>,
    carrier: Option<String>,
    outcome: Outcome,
    disposition: Disposition,
    overrides: Overrides,
}

/// Rows that grow.
#[derive(Debug, Default)]
pub(super) struct Rows(BTreeMap<Key, Row>);

impl Rows {
    pub fn add(&mut self, record: &Record, fate: Fate, doubts: &mut Vec<Doubt>) {
        let network = fate.address.map_or(Network::Unknown, Network::of);
        let mut key = Key {
            network,
            header_from: record.header_from.clone(),
            authenticated: fate.authenticated,
            carrier: fate.carrier,
            outcome: fate.outcome,
            disposition: record.disposition,
            overrides: record.overrides,
        };
        if self.0.len() >= ROWS_MAX && !self.0.contains_key(&key) {
            note(doubts, Doubt::Folded);
            key.network = Network::Others;
            if self.0.len() >= 2 * ROWS_MAX && !self.0.contains_key(&key) {
                key = Key { header_from: String::new(), authenticated: None, carrier: None, ..key };
            }
        }
        let row = self.0.entry(key).or_insert_with_key(Row::empty);
        row.messages = row.messages.saturating_add(fate.messages);
        if row.addresses.len() < ADDRESSES_A_ROW_MAX {
            row.addresses.extend(fate.address);
        }
    }

    pub fn finish(self) -> Vec<Row> {
        self.0.into_values().collect()
    }
}

impl Row {
    fn empty(key: &Key) -> Self {
        Self {
            network: key.network,
            header_from: key.header_from.clone(),
            authenticated: key.authenticated.clone(),
            carrier: key.carrier.clone(),
            outcome: key.outcome,
            disposition: key.disposition,
            overrides: key.overrides,
            messages: 0,
            addresses: std::collections::BTreeSet::new(),
        }
    }
}

//! New addresses that a mail announces ↔ who announced them.
//!
//! Only an authenticated mail announces: of an old archive nobody knows who wrote it, and a forger would announce himself.

use std::collections::{BTreeMap, BTreeSet};

use super::learning::address_id;
use super::step::Step;
use super::together::Together;
use crate::database::Value;
use crate::learnt::{Direction, Learnt, Trust};

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    "CREATE TABLE announcements (address BIGINT NOT NULL, announcer BIGINT NOT NULL, mail BIGINT NOT NULL, at BIGINT NOT NULL, \
        PRIMARY KEY (address, announcer, mail))",
    "CREATE INDEX announcements_by_mail ON announcements (mail)",
];

/// Addresses that one mail may announce: a move of a whole firm is a list.
const ANNOUNCED_MAX: usize = 20;

/// Announcers of one address that are looked at.
const ANNOUNCERS_MAX: i64 = 64;

pub(super) fn learn(step: &mut Step<'_, '_>, mail: i64, learnt: &Learnt) {
    let Some(sender) = learnt.sender.as_ref() else { return };
    if learnt.trust != Trust::Authenticated || learnt.direction == Direction::Sent {
        return;
    }
    let announcer = address_id(step.secret, &sender.address);
    let new =
        learnt.announces.iter().take(ANNOUNCED_MAX).filter(|address| !address.same_mailbox(&sender.address));
    for address in new {
        let address = step.words.address(step.secret, address);
        step.announcements.push([address, announcer, mail, learnt.at].map(Value::Int).to_vec());
    }
}

/// Asks who announced addresses, by address.
pub(super) fn announcers<'t>(
    together: &mut Together<'t>,
    addresses: &[i64],
    until: i64,
    announcers: &'t mut BTreeMap<i64, BTreeSet<i64>>,
) {
    let question = format!(
        "SELECT DISTINCT address, announcer FROM (SELECT address, announcer FROM announcements WHERE address = {{id}} AND at <= $1 LIMIT {ANNOUNCERS_MAX}) AS found"
    );
    together.each(question, &[Value::Int(until)], addresses, |row| {
        if let [Value::Int(address), Value::Int(announcer)] = row {
            announcers.entry(*address).or_default().insert(*announcer);
        }
    });
}

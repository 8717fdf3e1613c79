//! New addresses that a mail announces ↔ who announced them.
//!
//! Only an authenticated mail announces: of an old archive nobody knows who wrote it, and a forger would announce himself.

use super::learning::address_id;
use super::step::Step;
use super::together::each;
use crate::StoreError;
use crate::database::{Database, Value};
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

/// Who announced an address.
pub(super) fn announcers(
    database: &mut dyn Database,
    address: i64,
    until: i64,
) -> Result<Vec<i64>, StoreError> {
    let question = format!(
        "SELECT DISTINCT announcer FROM (SELECT announcer FROM announcements WHERE address = {{id}} AND at <= $1 LIMIT {ANNOUNCERS_MAX}) AS found"
    );
    let mut all = Vec::new();
    each(database, &question, &[Value::Int(until)], &[address], &mut |row| {
        all.extend(row.first().and_then(Value::int));
    })?;
    Ok(all)
}

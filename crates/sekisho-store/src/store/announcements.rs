//! New addresses that a mail announces ↔ who announced them.
//!
//! Only an authenticated mail announces: of an old archive nobody knows who wrote it, and a forger would announce himself.

use super::learning::{Words, address_id};
use super::together::each;
use crate::database::{Database, Value};
use crate::learnt::{Direction, Learnt, Trust};
use crate::{Secret, StoreError};

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

pub(super) fn learn(
    database: &mut dyn Database,
    secret: &Secret,
    mail: i64,
    learnt: &Learnt,
) -> Result<(), StoreError> {
    let Some(sender) = learnt.sender.as_ref() else { return Ok(()) };
    if learnt.trust != Trust::Authenticated || learnt.direction == Direction::Sent {
        return Ok(());
    }
    let announcer = address_id(secret, &sender.address);
    let mut words = Words::default();
    let new =
        learnt.announces.iter().take(ANNOUNCED_MAX).filter(|address| !address.same_mailbox(&sender.address));
    let rows: Vec<Vec<Value>> = new
        .map(|address| {
            let address = words.address(secret, address);
            [address, announcer, mail, learnt.at].map(Value::Int).to_vec()
        })
        .collect();
    words.keep(database)?;
    database.insert("announcements", &["address", "announcer", "mail", "at"], &rows).map(|_| ())
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

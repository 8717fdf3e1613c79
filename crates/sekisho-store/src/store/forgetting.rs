//! A person → nothing but a keyed tombstone: what was learned of them goes, and learning again does not bring them back.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_mail::Address;

use super::confirming::{cut, written};
use super::learning::{self, address_id, number};
use super::together::{Together, at_once};
use super::{erasing, exceptions, ranks, retention, returning, withdrawing};
use crate::database::{Database, Value};
use crate::{Secret, StoreError};

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    // Who was forgotten: a keyed hash of the address, which says nothing to anybody without the key.
    "CREATE TABLE tombstones (id BIGINT PRIMARY KEY, author TEXT NOT NULL, at BIGINT NOT NULL)",
    // What must not be forgotten for the sake of the law: an address, or `*` for everything.
    "CREATE TABLE legal_holds (address TEXT PRIMARY KEY, reason TEXT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL)",
];

/// Whether one of `mails` must stay: everything must, or somebody who wrote, received or keeps it is under a legal hold. Of a mail that was
/// judged above `deliver` only its row is there, and nobody in `parties`.
const HELD: &str = "EXISTS (SELECT 1 FROM legal_holds WHERE address = '*') \
    OR EXISTS (SELECT 1 FROM addresses JOIN legal_holds ON legal_holds.address = addresses.address \
        WHERE addresses.id IN (mails.sender, mails.mailbox)) \
    OR EXISTS (SELECT 1 FROM parties JOIN addresses ON addresses.id = parties.address \
        JOIN legal_holds ON legal_holds.address = addresses.address WHERE parties.mail = mails.id)";

/// Under this name a legal hold is on everything.
const EVERYTHING: &str = "*";

/// Mails forgotten in one step.
const AT_ONCE: i64 = 1_000;

/// What forgetting a person did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Mails from them that were forgotten.
    pub mails: u64,
    /// Mails of others from whose receivers they were taken.
    pub received: u64,
    /// Names, announcements, confirmations and exceptions that were forgotten.
    pub facts: u64,
}

/// What must be kept for the sake of the law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalHold {
    /// The address; `None` for everything.
    pub address: Option<String>,
    /// Why.
    pub reason: String,
    /// Who ordered it.
    pub author: String,
    /// When.
    pub at: i64,
}

pub(super) fn forget(
    database: &mut dyn Database,
    secret: &Secret,
    address: &Address,
    author: &str,
    at: i64,
) -> Result<Forgotten, StoreError> {
    let text = written(address);
    let held = "SELECT address FROM legal_holds WHERE address IN ($1, $2) LIMIT 1";
    if database.one(held, &[Value::from(text.as_str()), Value::from(EVERYTHING)])?.is_some() {
        return Err(StoreError::LegallyHeld(Some(text)));
    }
    let id = address_id(secret, address);
    if let Some(other) = held_with(database, id)? {
        return Err(StoreError::LegallyHeld(Some(other)));
    }
    let mut forgotten = Forgotten::default();
    loop {
        let mut mails = Vec::new();
        let sql = "SELECT mail FROM ways WHERE sender = $1 LIMIT $2";
        database.rows(sql, &[Value::Int(id), Value::Int(AT_ONCE)], &mut |row| {
            mails.extend(row.first().and_then(Value::int));
        })?;
        if mails.is_empty() {
            break;
        }
        for mail in mails {
            forgotten.mails += u64::from(learning::unlearn(database, mail)?);
        }
    }
    returning::leave_places(database, id)?;
    let one = [Value::Int(id)];
    forgotten.received = database.run("DELETE FROM parties WHERE address = $1", &one)?;
    for table in ["names", "announcements"] {
        forgotten.facts += database.run(&format!("DELETE FROM {table} WHERE address = $1"), &one)?;
    }
    forgotten.facts += database.run("DELETE FROM announcements WHERE announcer = $1", &one)?;
    let person = [Value::Text(text)];
    forgotten.facts += database.run("DELETE FROM confirmed WHERE address = $1", &person)?;
    forgotten.facts += database.run("DELETE FROM exceptions WHERE sender = $1", &person)?;
    // A mailbox of ours keeps its owner: it is what everything else in it hangs on.
    let owns = database.one("SELECT id FROM mails WHERE mailbox = $1 LIMIT 1", &one)?;
    match owns {
        Some(_) => ranks::lose_ground(database, &[id])?,
        None => database.run("DELETE FROM addresses WHERE id = $1", &one).map(|_| ())?,
    }
    // Of whoever stood in their mails alone nothing is left either.
    retention::nowhere_any_more(database)?;
    forgotten.facts += exceptions::forget_of_nobody(database, address.domain())?;
    let row = vec![Value::Int(tombstone(secret, address)), Value::Text(cut(author)), Value::Int(at)];
    database.insert("tombstones", &["id", "author", "at"], &[row])?;
    erasing::owe(database)?;
    Ok(forgotten)
}

/// Takes a tombstone away. Whether there was one.
pub(super) fn let_return(
    database: &mut dyn Database,
    secret: &Secret,
    address: &Address,
) -> Result<bool, StoreError> {
    let stone = [Value::Int(tombstone(secret, address))];
    let was_there = database.run("DELETE FROM tombstones WHERE id = $1", &stone)? > 0;
    if was_there {
        // Of what came meanwhile nobody can tell whose it was: it is looked at anew when it is learned again.
        withdrawing::let_go_of_nameless(database)?;
        returning::expect(database)?;
    }
    Ok(was_there)
}

/// A further condition on `mails`: those that nothing holds. Nothing where there is no hold: most have none, and it costs.
pub(super) fn and_free(database: &mut (dyn Database + '_)) -> Result<String, StoreError> {
    let is_free = holds(database)?.is_empty();
    Ok(if is_free { String::new() } else { format!("AND NOT ({HELD})") })
}

/// Somebody under a legal hold who shares a mail with an address: forgetting the one would take from what is kept of the other.
pub(super) fn held_with(database: &mut dyn Database, id: i64) -> Result<Option<String>, StoreError> {
    const HOLDS: &str = "SELECT MIN(legal_holds.address) FROM legal_holds JOIN addresses ON addresses.address = legal_holds.address";
    for shared in [
        "JOIN parties AS held ON held.address = addresses.id JOIN parties AS theirs ON theirs.mail = held.mail WHERE theirs.address = $1",
        "JOIN mails ON mails.mailbox = addresses.id WHERE mails.sender = $1",
    ] {
        let found = database.one(&format!("{HOLDS} {shared}"), &[Value::Int(id)])?;
        if let Some(address) = found.as_ref().and_then(Value::text) {
            return Ok(Some(address.to_owned()));
        }
    }
    Ok(None)
}

/// Which of these addresses were forgotten.
pub(super) fn forgotten<'a>(
    database: &mut dyn Database,
    secret: &Secret,
    addresses: impl Iterator<Item = &'a Address>,
) -> Result<BTreeSet<i64>, StoreError> {
    let mut forgotten = BTreeSet::new();
    at_once(database, |round| ask(round, secret, addresses, &mut forgotten))?;
    Ok(forgotten)
}

/// Asks for them.
pub(super) fn ask<'t, 'a>(
    together: &mut Together<'t>,
    secret: &Secret,
    addresses: impl Iterator<Item = &'a Address>,
    forgotten: &'t mut BTreeSet<i64>,
) {
    let ids: BTreeMap<i64, i64> =
        addresses.map(|address| (tombstone(secret, address), address_id(secret, address))).collect();
    let stones: Vec<i64> = ids.keys().copied().collect();
    together.each("SELECT id FROM tombstones WHERE id = {id}", &[], &stones, move |row| {
        forgotten.extend(row.first().and_then(Value::int).and_then(|stone| ids.get(&stone)));
    });
}

/// Orders that somebody, or with `None` everything, is kept.
pub(super) fn hold(
    database: &mut dyn Database,
    address: Option<&Address>,
    reason: &str,
    author: &str,
    at: i64,
) -> Result<(), StoreError> {
    let row =
        vec![Value::Text(held(address)), Value::Text(cut(reason)), Value::Text(cut(author)), Value::Int(at)];
    database.insert("legal_holds", &["address", "reason", "author", "at"], &[row]).map(|_| ())
}

/// Ends a legal hold. Whether there was one.
pub(super) fn release(database: &mut dyn Database, address: Option<&Address>) -> Result<bool, StoreError> {
    Ok(database.run("DELETE FROM legal_holds WHERE address = $1", &[Value::Text(held(address))])? > 0)
}

/// All legal holds, by address.
pub(super) fn holds(database: &mut dyn Database) -> Result<Vec<LegalHold>, StoreError> {
    let mut all = Vec::new();
    database.rows(
        "SELECT address, reason, author, at FROM legal_holds ORDER BY address",
        &[],
        &mut |row| {
            if let [Value::Text(address), Value::Text(reason), Value::Text(author), Value::Int(at)] = row {
                let address = (address != EVERYTHING).then(|| address.clone());
                all.push(LegalHold { address, reason: reason.clone(), author: author.clone(), at: *at });
            }
        },
    )?;
    Ok(all)
}

fn held(address: Option<&Address>) -> String {
    address.map_or_else(|| EVERYTHING.to_owned(), written)
}

fn tombstone(secret: &Secret, address: &Address) -> i64 {
    number(secret, "tombstones", [written(address).as_bytes()])
}

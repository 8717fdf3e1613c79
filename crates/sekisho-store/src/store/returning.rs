//! Mails that somebody was forgotten in → whole again, once that person may return and the mail is met again.
//!
//! In the place of whoever is forgotten stands that somebody was there, and not who. So when a person may return, nobody can tell which of these
//! mails were theirs: all are read once more, and whoever is not forgotten is put back. Nothing else of them is learned anew, and nothing is
//! taken back.

use std::collections::{BTreeSet, HashMap, HashSet};

use sekisho_mail::Address;

use super::copies::CopyId;
use super::learning::{self, NOBODY, Role, address_id};
use super::step::Step;
use super::together::each;
use super::{Store, announcements, names};
use crate::StoreError;
use crate::database::{Database, Value};
use crate::learnt::{Direction, Learnt, Trust};

/// A mail that is to be made whole, as it was learned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lacking {
    id: i64,
    at: i64,
    direction: Direction,
    trust: Trust,
}

impl Store {
    /// Whether mails of a mailbox are to be met before all others: somebody who took part in them was forgotten, and may have returned. Until
    /// they are back, whoever quotes these mails seems to have taken no part.
    ///
    /// # Errors
    /// The database refused.
    pub fn has_returning(&mut self, mailbox: &Address) -> Result<bool, StoreError> {
        let values = [Value::Int(address_id(&self.secret, mailbox))];
        let sql = format!(
            "SELECT mails.id FROM parties JOIN mails ON mails.id = parties.mail \
             WHERE parties.address = {NOBODY} AND parties.role = {} AND parties.role < 3 AND mails.mailbox = $1 LIMIT 1",
            Role::Returning as i64
        );
        Ok(self.database.one(&sql, &values)?.is_some())
    }

    /// Those of `copies` whose mails are to be made whole.
    ///
    /// # Errors
    /// The database refused.
    pub fn returning_copies(&mut self, copies: &[CopyId]) -> Result<HashSet<CopyId>, StoreError> {
        self.copies_of(copies, &is_lacking())
    }

    /// Notes that a mailbox was looked through for them. Those that were not there are made whole where they are met later.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub fn looked_for_returning(&mut self, mailbox: &Address) -> Result<(), StoreError> {
        let values = [Value::Int(address_id(&self.secret, mailbox))];
        let sql = format!(
            "UPDATE parties SET role = {} WHERE address = {NOBODY} AND role = {} AND role < 3 \
             AND mail IN (SELECT id FROM mails WHERE mailbox = $1)",
            Role::LookedFor as i64,
            Role::Returning as i64
        );
        self.database.whole(|database| database.run(&sql, &values)).map(|_| ())
    }
}

/// Notes in the mails that somebody took part in, or is announced in, that somebody was there: before their own rows go.
pub(super) fn leave_places(database: &mut dyn Database, address: i64) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO parties (mail, address, role, at) SELECT mail, {NOBODY}, {}, MIN(at) FROM \
         (SELECT mail, at FROM parties WHERE address = $1 UNION SELECT mail, at FROM announcements WHERE address = $1) AS theirs \
         WHERE TRUE GROUP BY mail ON CONFLICT DO NOTHING",
        Role::Forgotten as i64
    );
    database.run(&sql, &[Value::Int(address)]).map(|_| ())
}

/// After a tombstone was taken away: somebody who was forgotten in these mails may return.
pub(super) fn expect(database: &mut dyn Database) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE parties SET role = {} WHERE address = {NOBODY} AND role = {}",
        Role::Returning as i64,
        Role::Forgotten as i64
    );
    database.run(&sql, &[]).map(|_| ())
}

/// A further condition on `mails`: those that need not be made whole. Nothing where there are none: most have none, and it costs.
pub(super) fn and_whole(database: &mut (dyn Database + '_)) -> Result<String, StoreError> {
    Ok(if is_any_lacking(database)? { format!("AND NOT {}", is_lacking()) } else { String::new() })
}

/// Those of the mails with these hashes that are to be made whole, by hash.
pub(super) fn among(
    database: &mut dyn Database,
    hashes: &[i64],
) -> Result<HashMap<i64, Lacking>, StoreError> {
    let mut lacking = HashMap::new();
    if !is_any_lacking(database)? {
        return Ok(lacking);
    }
    let question =
        format!("SELECT hash, id, at, direction, trust FROM mails WHERE hash = {{id}} AND {}", is_lacking());
    each(database, &question, &[], hashes, &mut |row| {
        if let [Value::Int(hash), Value::Int(id), Value::Int(at), Value::Int(direction), Value::Int(trust)] =
            *row
        {
            let direction = if direction == 1 { Direction::Sent } else { Direction::Received };
            let trust = if trust == learning::PROVEN { Trust::Authenticated } else { Trust::Unproven };
            lacking.insert(hash, Lacking { id, at, direction, trust });
        }
    })?;
    Ok(lacking)
}

fn is_any_lacking(database: &mut (dyn Database + '_)) -> Result<bool, StoreError> {
    let sql = format!("SELECT mail FROM parties WHERE address = {NOBODY} AND role < 3 LIMIT 1");
    Ok(database.one(&sql, &[])?.is_some())
}

/// The condition on `mails`.
fn is_lacking() -> String {
    format!(
        "EXISTS (SELECT 1 FROM parties WHERE parties.mail = mails.id AND parties.address = {NOBODY} AND parties.role < 3)"
    )
}

impl Step<'_, '_> {
    /// Puts back into a mail whoever is not forgotten any more: as somebody who took part, under the names shown, and as announced. How it was
    /// taken then counts, however it looks now.
    pub(super) fn make_whole(&mut self, lacking: Lacking, mail: &Learnt) -> Result<(), StoreError> {
        let Lacking { id, at, direction, trust } = lacking;
        let mail = Learnt { at, direction, trust, ..mail.clone() };
        let (mail, lacks) = learning::without_forgotten(self, &mail)?;
        let mut present = BTreeSet::new();
        self.database.rows("SELECT address FROM parties WHERE mail = $1", &[Value::Int(id)], &mut |row| {
            present.extend(row.first().and_then(Value::int));
        })?;
        let place = [id, NOBODY].map(Value::Int);
        self.database.run("DELETE FROM parties WHERE mail = $1 AND address = $2", &place)?;
        let mut back = Learnt { sender: None, ..mail.clone().into_owned() };
        back.receivers.truncate(learning::PARTIES_MAX);
        back.receivers.retain(|person| !present.contains(&address_id(self.secret, &person.address)));
        for person in &back.receivers {
            self.words.address(self.secret, &person.address);
        }
        names::learn(self, id, &back)?;
        announcements::learn(self, id, &mail);
        self.keep_parties(id, learning::thread_of(self.secret, &mail), &mail, lacks);
        Ok(())
    }
}

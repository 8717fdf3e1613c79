//! An address → whether we write to it, kept with it, its mails and what these hold: so that what proves something is found first, by the
//! index alone.
//!
//! Of a text, a Message-ID or a thread only some dozens of mails are looked at: ours first, then those from people to whom we write of our own
//! accord, then of those whom we answer. However many mails a stranger adds, they stand behind. The rank of an address, and with it that of
//! all its mails, rises when we first write to it, and falls when the last such mail is unlearned: a row rises at most twice.

use super::learning::{Role, address_id};
use super::step::Step;
use super::together::each;
use crate::StoreError;
use crate::database::{Database, Value};
use crate::learnt::{Direction, Learnt, Trust};

/// Whose a mail is, what proves most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// One of ours sent it.
    Ours = 0,
    /// We write to its sender of our own accord, or a person confirmed them.
    WrittenTo = 1,
    /// We answer its sender.
    Answered = 2,
    /// Anybody else's.
    Others = 3,
    /// It was judged above `deliver`: nothing of it is looked at.
    Suspicious = 4,
}

/// Since when we write to an address.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Written {
    /// Of our own accord.
    pub(super) opened: Option<i64>,
    /// In answers.
    pub(super) answered: Option<i64>,
    is_confirmed: bool,
}

impl Written {
    fn rank(self) -> Rank {
        match (self.opened.is_some() || self.is_confirmed, self.answered.is_some()) {
            (true, _) => Rank::WrittenTo,
            (false, true) => Rank::Answered,
            (false, false) => Rank::Others,
        }
    }

    /// Since when at all.
    pub(super) fn since(self) -> Option<i64> {
        self.opened.into_iter().chain(self.answered).min()
    }
}

impl Step<'_, '_> {
    /// Since when we write to an address: a sender's, or one that a mail of ours goes to.
    pub(super) fn written_to(&self, address: i64) -> Written {
        self.written.get(&address).copied().unwrap_or_default()
    }

    /// Notes that we write to an address in a mail.
    pub(super) fn write_to(&mut self, address: i64, role: Role, at: i64) {
        let before = self.written_to(address);
        let mut after = before;
        let since = if role == Role::WrittenTo { &mut after.opened } else { &mut after.answered };
        *since = since.iter().copied().chain([at]).min();
        if after.rank() < before.rank() {
            self.risen.insert(address);
        }
        self.written.insert(address, after);
    }

    /// The rank of a mail, as far as it is known by now.
    pub(super) fn rank_of(&self, mail: &Learnt) -> Rank {
        match (mail.trust, mail.direction, &mail.sender) {
            (Trust::Suspicious, _, _) => Rank::Suspicious,
            (_, Direction::Sent, _) => Rank::Ours,
            (_, Direction::Received, None) => Rank::Others,
            (_, Direction::Received, Some(sender)) => {
                self.written_to(address_id(self.secret, &sender.address)).rank()
            }
        }
    }

    /// Raises what those sent before to whom we write only now.
    pub(super) fn raise(self) -> Result<(), StoreError> {
        for address in self.risen {
            let rank = self.written.get(&address).map_or(Rank::Others, |written| written.rank());
            set(self.database, address, rank)?;
        }
        Ok(())
    }
}

/// After a person confirmed an address.
pub(super) fn confirm(database: &mut dyn Database, address: i64) -> Result<(), StoreError> {
    set(database, address, Rank::WrittenTo)
}

/// After a mail to these addresses was unlearned.
pub(super) fn fall(database: &mut dyn Database, addresses: &[i64]) -> Result<(), StoreError> {
    for (address, written) in read(database, addresses)? {
        let sql = "SELECT rank FROM addresses WHERE id = $1";
        let before = database.one(sql, &[Value::Int(address)])?.as_ref().and_then(Value::int);
        if before.is_some_and(|before| before != written.rank() as i64) {
            set(database, address, written.rank())?;
        }
    }
    Ok(())
}

/// Since when we write to addresses that were seen.
pub(super) fn read(
    database: &mut dyn Database,
    addresses: &[i64],
) -> Result<Vec<(i64, Written)>, StoreError> {
    let mut all = Vec::new();
    let first = |role: i64| {
        format!(
            "(SELECT MIN(at) FROM parties WHERE parties.address = addresses.id AND role = {role} AND role < 3)"
        )
    };
    let question = format!(
        "SELECT id, {} AS opened, {} AS answered, (SELECT COUNT(*) FROM confirmed WHERE confirmed.address = addresses.address) AS confirmed \
         FROM addresses WHERE id = {{id}}",
        first(1),
        first(2),
    );
    each(database, &question, &[], addresses, &mut |row| {
        if let [Value::Int(id), opened, answered, Value::Int(confirmed)] = row {
            let (opened, answered) = (opened.int(), answered.int());
            all.push((*id, Written { opened, answered, is_confirmed: *confirmed > 0 }));
        }
    })?;
    Ok(all)
}

/// Gives an address and what it sent a rank.
fn set(database: &mut dyn Database, address: i64, rank: Rank) -> Result<(), StoreError> {
    let values = [Value::Int(address), Value::Int(rank as i64)];
    database.run("UPDATE addresses SET rank = $2 WHERE id = $1", &values)?;
    let its = "(SELECT mail FROM ways WHERE sender = $1 AND trust < 2)";
    // What one of ours sent stays ours.
    for (table, mail) in [("mails", "id"), ("holders", "mail")] {
        let sql = format!(
            "UPDATE {table} SET rank = $2 WHERE {mail} IN {its} AND rank > 0 AND rank < 4 AND rank <> $2"
        );
        database.run(&sql, &values)?;
    }
    Ok(())
}

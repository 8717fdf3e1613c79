//! An address → whether we write to it, kept with it, its mails and what these hold: so that what proves something is found first, by the
//! index alone.
//!
//! Of a text, a Message-ID or a thread only some dozens of mails are looked at: ours first, then those from people to whom we write of our own
//! accord, then of those whom we answer. However many mails a stranger adds, they stand behind. The rank of an address, and with it that of
//! all its mails, rises when we first write to it, and falls when the last such mail is unlearned: a row rises at most twice.
//!
//! Since when each ground is there stands with it, so that nobody has to look for the first of its mails.

use std::collections::HashMap;

use super::learning::address_id;
use super::step::Step;
use super::texts;
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

/// Why an address is more than a stranger's, and what may speak against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// We write there of our own accord.
    Opened,
    /// We answer it.
    Answered,
    /// It has a mailbox here.
    Owned,
    /// Mail came from it, whatever that was: no ground to trust it, but whoever writes first is not chosen by us.
    Came,
}

/// The grounds of an address, each since its first mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Grounds {
    pub(super) opened: Option<i64>,
    answered: Option<i64>,
    owned: Option<i64>,
    came: Option<i64>,
    is_confirmed: bool,
}

impl Grounds {
    /// As a row has them. Whoever is ranked as one to whom we write, and was never written to, was confirmed.
    fn of(moments: &[Value], is_ranked: bool) -> Option<Self> {
        let [opened, answered, owned, came] = moments else { return None };
        let [opened, answered, owned, came] = [opened, answered, owned, came].map(Value::int);
        Some(Self { opened, answered, owned, came, is_confirmed: is_ranked && opened.is_none() })
    }

    fn rank(self) -> Rank {
        match (self.opened.is_some() || self.is_confirmed, self.answered.is_some()) {
            (true, _) => Rank::WrittenTo,
            (false, true) => Rank::Answered,
            (false, false) => Rank::Others,
        }
    }

    /// Since when we write there at all.
    pub(super) fn written_since(self) -> Option<i64> {
        self.opened.into_iter().chain(self.answered).min()
    }

    fn with(mut self, ground: Ground, at: i64) -> Self {
        let since = match ground {
            Ground::Opened => &mut self.opened,
            Ground::Answered => &mut self.answered,
            Ground::Owned => &mut self.owned,
            Ground::Came => &mut self.came,
        };
        *since = since.iter().copied().chain([at]).min();
        self
    }
}

impl Step<'_, '_> {
    /// The grounds of a sender's address, of one that a mail of ours goes to, or of a mailbox.
    pub(super) fn grounds_of(&self, address: i64) -> Grounds {
        self.grounds.get(&address).copied().unwrap_or_default()
    }

    /// Notes a ground in a mail.
    pub(super) fn note(&mut self, address: i64, ground: Ground, at: i64) {
        let before = self.grounds_of(address);
        let after = before.with(ground, at);
        if after != before {
            self.grounds_before.entry(address).or_insert(before);
            self.grounds.insert(address, after);
        }
    }

    /// The rank of a mail, as far as it is known by now.
    pub(super) fn rank_of(&self, mail: &Learnt) -> Rank {
        match (mail.trust, mail.direction, &mail.sender) {
            (Trust::Suspicious, _, _) => Rank::Suspicious,
            (_, Direction::Sent, _) => Rank::Ours,
            (_, Direction::Received, None) => Rank::Others,
            (_, Direction::Received, Some(sender)) => {
                self.grounds_of(address_id(self.secret, &sender.address)).rank()
            }
        }
    }

    /// Keeps the grounds that are new, and raises what those sent before to whom we write only now.
    pub(super) fn keep_grounds(self) -> Result<(), StoreError> {
        for (address, before) in self.grounds_before {
            let now = self.grounds.get(&address).copied().unwrap_or_default();
            change(self.database, address, before, now)?;
        }
        Ok(())
    }
}

/// After a person confirmed an address.
pub(super) fn confirm(database: &mut dyn Database, address: i64) -> Result<(), StoreError> {
    let sql = "UPDATE addresses SET rank = $2 WHERE id = $1";
    database.run(sql, &[Value::Int(address), Value::Int(Rank::WrittenTo as i64)])?;
    rank(database, address, Rank::WrittenTo)
}

/// After mails of these addresses, or to them, were unlearned.
pub(super) fn lose_ground(database: &mut dyn Database, addresses: &[i64]) -> Result<(), StoreError> {
    let before = read(database, addresses)?;
    for (address, now) in proven(database, addresses)? {
        change(database, address, before.get(&address).copied().unwrap_or_default(), now)?;
    }
    Ok(())
}

/// The grounds of addresses that were seen, as they were kept.
pub(super) fn read(
    database: &mut dyn Database,
    addresses: &[i64],
) -> Result<HashMap<i64, Grounds>, StoreError> {
    let mut all = HashMap::new();
    let question = "SELECT id, rank, opened, answered, owned, came FROM addresses WHERE id = {id}";
    each(database, question, &[], addresses, &mut |row| {
        if let [Value::Int(id), Value::Int(rank), moments @ ..] = row {
            all.extend(Grounds::of(moments, *rank == Rank::WrittenTo as i64).map(|grounds| (*id, grounds)));
        }
    })?;
    Ok(all)
}

/// The grounds of addresses as the mails that are left prove them.
pub(super) fn proven(
    database: &mut dyn Database,
    addresses: &[i64],
) -> Result<Vec<(i64, Grounds)>, StoreError> {
    let mut all = Vec::new();
    let first = |role: i64| {
        format!(
            "(SELECT MIN(at) FROM parties WHERE parties.address = addresses.id AND role = {role} AND role < 3)"
        )
    };
    let came = |trust: i64| {
        format!("SELECT MIN(at) AS at FROM ways WHERE sender = addresses.id AND trust = {trust}")
    };
    let question = format!(
        "SELECT id, (SELECT COUNT(*) FROM confirmed WHERE confirmed.address = addresses.address) AS confirmed, {} AS first_opened, \
         {} AS first_answered, (SELECT MIN(at) FROM mails WHERE mailbox = addresses.id) AS first_owned, \
         (SELECT MIN(at) FROM ({} UNION ALL {} UNION ALL {}) AS first) AS first_came FROM addresses WHERE id = {{id}}",
        first(1),
        first(2),
        came(0),
        came(1),
        came(2),
    );
    each(database, &question, &[], addresses, &mut |row| {
        if let [Value::Int(id), Value::Int(confirmed), moments @ ..] = row {
            all.extend(Grounds::of(moments, *confirmed > 0).map(|grounds| (*id, grounds)));
        }
    })?;
    Ok(all)
}

/// Keeps the grounds of an address where they are other ones, and with a new rank gives it to what the address sent.
fn change(
    database: &mut dyn Database,
    address: i64,
    before: Grounds,
    now: Grounds,
) -> Result<(), StoreError> {
    if now == before {
        return Ok(());
    }
    let moment = |since: Option<i64>| since.map_or(Value::Null, Value::Int);
    let Grounds { opened, answered, owned, came, .. } = now;
    let [opened, answered, owned, came] = [opened, answered, owned, came].map(moment);
    let values = [Value::Int(address), Value::Int(now.rank() as i64), opened, answered, owned, came];
    let sql =
        "UPDATE addresses SET rank = $2, opened = $3, answered = $4, owned = $5, came = $6 WHERE id = $1";
    database.run(sql, &values)?;
    if now.rank() == before.rank() { Ok(()) } else { rank(database, address, now.rank()) }
}

/// Gives what an address sent a rank.
fn rank(database: &mut dyn Database, address: i64, rank: Rank) -> Result<(), StoreError> {
    let values = [Value::Int(address), Value::Int(rank as i64)];
    let its = "(SELECT mail FROM ways WHERE sender = $1 AND trust < 2)";
    // What one of ours sent stays ours.
    let sql =
        format!("UPDATE mails SET rank = $2 WHERE id IN {its} AND rank > 0 AND rank < 4 AND rank <> $2");
    database.run(&sql, &values)?;
    texts::give_rank(database, its, address, rank)
}

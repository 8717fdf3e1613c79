//! A memory whose key is lost → an empty one under a new key, with what people decided.
//!
//! Keyed hashes are worth nothing without their key, so all that was learned goes, and is learned again as far as the mailboxes still
//! exist. What people said in so many words stays: confirmed contacts, exceptions, legal holds, and the day of installation.

use std::path::Path;

use super::{Store, confirming, erasing, forgetting};
use crate::database::{self, Access, Database, SECRET, Value};
use crate::{Secret, StoreError};

/// What starting over drops and keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartedOver {
    /// Mails that are to be learned again.
    pub mails: u64,
    /// People who had been forgotten: their tombstones stood under the lost key, so learning again brings them back until they are forgotten
    /// again. Nobody can tell from a tombstone who it was; who decided it, and when, is told, the oldest first.
    pub tombstones: Vec<Tombstone>,
    /// Confirmed contacts that are kept.
    pub confirmed: u64,
    /// Exceptions that are kept.
    pub exceptions: u64,
    /// Legal holds that are kept.
    pub legal_holds: u64,
}

/// What is known of somebody who was forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// Who decided it.
    pub author: String,
    /// When, in seconds since 1970.
    pub at: i64,
}

/// What was done for the sake of the law before a memory is started over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// A person says that a copy of the database is kept: who wrote to whom can be read in it without the key.
    Kept,
    /// Nobody said so.
    NotKept,
}

/// Tables whose rows stand under the key.
const KEYED: &[&str] = &[
    "copies",
    "anchors",
    "texts",
    "uses",
    "holders",
    "names",
    "announcements",
    "parties",
    "ways",
    "mails",
    "words",
    "addresses",
    "tombstones",
];

impl Store {
    /// What [`Store::start_over`] would drop and keep, whatever key the memory was learned with. Nothing is changed.
    ///
    /// # Errors
    /// There is no memory at `url`, it cannot be opened, or is of another version.
    pub fn before_starting_over(url: &str, home: &Path) -> Result<StartedOver, StoreError> {
        counted(database::open_under_any_key(url, home, Access::Read)?.as_mut())
    }

    /// Binds the memory at `url` to another key, because its own is lost: everything that was learned is dropped, to be learned again;
    /// what people decided stays.
    ///
    /// # Errors
    /// Somebody is under a legal hold and no copy is kept, it cannot be opened, is of a newer program, or the database refused; nothing was
    /// changed.
    pub fn start_over(
        url: &str,
        home: &Path,
        secret: Secret,
        copy: Copy,
    ) -> Result<(Self, StartedOver), StoreError> {
        let mut database = database::open_under_any_key(url, home, Access::Write)?;
        let done = database.whole(|database| start_over(database, &secret, copy))?;
        Ok((Self::of(database, secret)?, done))
    }
}

fn start_over(database: &mut dyn Database, secret: &Secret, copy: Copy) -> Result<StartedOver, StoreError> {
    let held = forgetting::holds(database)?.into_iter().next();
    if let (Some(hold), Copy::NotKept) = (held, copy) {
        return Err(StoreError::LegallyHeld(hold.address));
    }
    let done = counted(database)?;
    for table in KEYED {
        database.run(&format!("DELETE FROM {table}"), &[])?;
    }
    let values = [Value::Text(secret.id()), Value::from(SECRET)];
    database.run("UPDATE settings SET value = $1 WHERE name = $2", &values)?;
    confirming::bind_all(database, secret)?;
    erasing::owe(database)?;
    Ok(done)
}

fn counted(database: &mut dyn Database) -> Result<StartedOver, StoreError> {
    let mut tombstones = Vec::new();
    database.rows("SELECT author, at FROM tombstones ORDER BY at, author", &[], &mut |row| {
        if let [Value::Text(author), Value::Int(at)] = row {
            tombstones.push(Tombstone { author: author.clone(), at: *at });
        }
    })?;
    let mut count = |of: &str| database.count(of, &[]);
    Ok(StartedOver {
        mails: count("mails")?,
        confirmed: count("confirmed")?,
        exceptions: count("exceptions")?,
        legal_holds: count("legal_holds")?,
        tombstones,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::STEPS;

    /// Tables that are kept although the key is lost: nothing in them is keyed, but for the key's own id.
    const KEPT: &[&str] = &["confirmed", "exceptions", "legal_holds", "settings"];

    #[test]
    fn every_table_is_dropped_or_kept_on_purpose() {
        let tables = STEPS.iter().copied().flatten().copied().flatten();
        let mut named: Vec<&str> = tables
            .filter_map(|statement| statement.strip_prefix("CREATE TABLE "))
            .filter_map(|rest| rest.split_once(" (").map(|(table, _)| table))
            .collect();
        let mut known: Vec<&str> = KEYED.iter().chain(KEPT).copied().collect();
        named.sort_unstable();
        known.sort_unstable();
        assert_eq!(named, known);
    }
}

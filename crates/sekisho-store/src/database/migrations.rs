//! A database of any earlier version → one of this version, each step whole or not at all.

use super::{Database, StoreError, Value};

/// The steps from nothing to today, in order. A step that was released is never changed: the next one mends it.
const STEPS: &[&[&str]] = &[&[
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    // Addresses, each once; `id` is a keyed hash, so that learning twice gives the same rows.
    "CREATE TABLE addresses (id BIGINT PRIMARY KEY, address TEXT NOT NULL)",
    // A mail as one mailbox has it. `at` is in seconds since 1970, `direction` 0 for received and 1 for sent.
    "CREATE TABLE mails (id BIGINT PRIMARY KEY, mailbox BIGINT NOT NULL, sender BIGINT, at BIGINT NOT NULL, direction BIGINT NOT NULL)",
    "CREATE INDEX mails_by_time ON mails (at)",
    // Everybody who wrote or received a mail.
    "CREATE TABLE parties (mail BIGINT NOT NULL, address BIGINT NOT NULL, PRIMARY KEY (mail, address))",
    // Which mails hold a text, as their own (0) or quoted (1).
    "CREATE TABLE holders (text BIGINT NOT NULL, mail BIGINT NOT NULL, quoted BIGINT NOT NULL, PRIMARY KEY (text, mail))",
    "CREATE INDEX holders_by_mail ON holders (mail)",
    // The fingerprints of a text and where they stand in it.
    "CREATE TABLE fingerprints (hash BIGINT NOT NULL, text BIGINT NOT NULL, start BIGINT NOT NULL, PRIMARY KEY (hash, text, start))",
    "CREATE INDEX fingerprints_by_text ON fingerprints (text)",
]];

/// Applies what is missing.
///
/// # Errors
/// A newer program was here, or a step was refused.
pub(super) fn bring_up_to_date(database: &mut dyn Database, place: &str) -> Result<(), StoreError> {
    database.whole(|database| {
        database.run("CREATE TABLE IF NOT EXISTS versions (version BIGINT PRIMARY KEY)", &[])?;
        let newest = database.one("SELECT MAX(version) FROM versions", &[])?;
        let found = newest.as_ref().and_then(Value::int).unwrap_or(0);
        let known = STEPS.len() as i64;
        if found > known {
            return Err(StoreError::Newer { place: place.to_owned(), found, known });
        }
        for (version, step) in (1..).zip(STEPS).filter(|(version, _)| *version > found) {
            for statement in *step {
                database.run(statement, &[])?;
            }
            database.run("INSERT INTO versions (version) VALUES ($1)", &[Value::Int(version)])?;
        }
        Ok(())
    })
}

//! A database of any earlier version → one of this version, each step whole or not at all.

use crate::store::{
    announcements, confirming, copies, exceptions, forgetting, formulas, learning, names, texts,
};

use super::{Database, StoreError, Value};

/// The steps from nothing to today, in order, each of what its rooms need. A step that was released is never changed: the next one mends it.
pub(crate) const STEPS: &[&[&[&str]]] = &[&[
    &["CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)"],
    learning::TABLES,
    copies::TABLES,
    texts::TABLES,
    formulas::TABLES,
    names::TABLES,
    announcements::TABLES,
    confirming::TABLES,
    exceptions::TABLES,
    forgetting::TABLES,
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
            for statement in step.iter().copied().flatten() {
                database.run(statement, &[])?;
            }
            database.run("INSERT INTO versions (version) VALUES ($1)", &[Value::Int(version)])?;
        }
        Ok(())
    })
}

/// Whether nothing is missing, without changing anything.
///
/// # Errors
/// There are no tables yet, or they are of another program's version.
pub(super) fn is_up_to_date(database: &mut dyn Database, place: &str) -> Result<(), StoreError> {
    let newest = database.one("SELECT MAX(version) FROM versions", &[]);
    let known = STEPS.len() as i64;
    match newest.ok().flatten().as_ref().and_then(Value::int) {
        None => Err(StoreError::NotThere(place.to_owned())),
        Some(found) if found > known => Err(StoreError::Newer { place: place.to_owned(), found, known }),
        Some(found) if found < known => Err(StoreError::Older { place: place.to_owned(), found, known }),
        Some(_) => Ok(()),
    }
}

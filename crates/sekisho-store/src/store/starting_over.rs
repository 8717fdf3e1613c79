//! A memory whose key is lost → an empty one under a new key, with what people decided.
//!
//! Keyed hashes are worth nothing without their key, so all that was learned goes, and is learned again as far as the mailboxes still
//! exist. What people said in so many words stays: confirmed contacts, exceptions, legal holds, and the day of installation.

use super::confirming;
use crate::database::{Database, SECRET, Value};
use crate::{Secret, StoreError};

/// What starting over did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StartedOver {
    /// Mails that are to be learned again.
    pub mails: u64,
    /// People who had been forgotten: their tombstones stood under the lost key, and they must be forgotten again once they are learned.
    pub tombstones: u64,
    /// Confirmed contacts that were kept.
    pub confirmed: u64,
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

pub(super) fn start_over(database: &mut dyn Database, secret: &Secret) -> Result<StartedOver, StoreError> {
    let mut count = |of: &str| -> Result<u64, StoreError> {
        let counted = database.one(&format!("SELECT COUNT(*) FROM {of}"), &[])?;
        Ok(counted.as_ref().and_then(Value::int).unwrap_or(0) as u64)
    };
    let done = StartedOver {
        mails: count("mails")?,
        tombstones: count("tombstones")?,
        confirmed: count("confirmed")?,
    };
    for table in KEYED {
        database.run(&format!("DELETE FROM {table}"), &[])?;
    }
    let values = [Value::Text(secret.id()), Value::from(SECRET)];
    database.run("UPDATE settings SET value = $1 WHERE name = $2", &values)?;
    confirming::bind_all(database, secret)?;
    Ok(done)
}

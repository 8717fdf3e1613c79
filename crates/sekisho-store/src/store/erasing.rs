//! What was forgotten → gone from the disk as well: the database is rewritten, so that freed space holds nothing of it.
//!
//! That work is owed is noted with the forgetting itself. Where the rewriting fails, or somebody ends the program, it stays owed, and the next
//! one to ask for it pays.

use super::Store;
use crate::StoreError;
use crate::database::{self, Database, Value};

/// The name of the setting that says that something was forgotten and may still stand in freed space.
const OWED: &str = "rewriting-owed";

impl Store {
    /// Rewrites the database where something was forgotten since that was last done: a person, a mailbox, all of it. On SQLite nothing of it is in
    /// the files afterwards; on PostgreSQL its space is free to be used again.
    ///
    /// # Errors
    /// There is no room for it, or somebody else reads or writes. What was forgotten stays so, and the rewriting stays owed.
    pub fn erase(&mut self) -> Result<(), StoreError> {
        let database = self.database.as_mut();
        if database::setting(database, OWED)?.is_none() {
            return Ok(());
        }
        database.rewrite()?;
        database.run("DELETE FROM settings WHERE name = $1", &[Value::from(OWED)]).map(|_| ())
    }
}

/// Notes that the database is to be rewritten.
pub(super) fn owe(database: &mut dyn Database) -> Result<(), StoreError> {
    let row = vec![Value::from(OWED), Value::from("")];
    database.insert("settings", &["name", "value"], &[row]).map(|_| ())
}

//! SQLite: one file, written ahead (WAL), so that readers never wait for the writer.

mod connection;
mod pages;

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, params_from_iter};

use super::{Access, Database, Present, StoreError, Value};
use connection::{BUSY_SECONDS, in_its_words, is_busy, told};

/// How long until it is tried again.
const TURN: Duration = Duration::from_millis(20);

/// How long readers are waited for when the log is emptied: one mail is asked about in a fraction of it.
const READERS_SECONDS: u64 = 5;

/// SQLite's name for a database without a file; tests of many mails use it.
const IN_MEMORY: &str = ":memory:";

struct Sqlite {
    connection: Connection,
}

pub(super) fn open(path: &Path, access: Access) -> Result<(Box<dyn Database>, String), StoreError> {
    let place = path.display().to_string();
    if access == Access::Read && !path.exists() {
        return Err(StoreError::NotThere(place));
    }
    if access == Access::Write && path.as_os_str() != IN_MEMORY {
        // Who wrote with whom stands in it in plain words. SQLite gives its other files the same permissions.
        make_closed(path)
            .map_err(|error| StoreError::NotOpened { place: place.clone(), cause: error.to_string() })?;
    }
    let not_opened = |error: rusqlite::Error| match told(error) {
        StoreError::Refused(cause) => StoreError::NotOpened { place: place.clone(), cause },
        other => other,
    };
    let connection = match access {
        Access::Write => connection::open(path, OpenFlags::default()),
        Access::Read => connection::open_to_read(path),
    };
    let connection = connection.map_err(not_opened)?;
    if access == Access::Write {
        write_ahead(&connection).map_err(not_opened)?;
        connection.pragma_update(None, "synchronous", "NORMAL").map_err(not_opened)?;
        // What is deleted is overwritten. Learning deletes hardly anything.
        let overwrite =
            connection.pragma_update_and_check(None, "secure_delete", "ON", |row| row.get::<_, i64>(0));
        overwrite.map_err(not_opened)?;
    }
    Ok((Box::new(Sqlite { connection }), place))
}

/// Turns writing ahead on. A new database is locked while somebody else turns it on, and for this step SQLite does not wait by itself.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let begun = Instant::now();
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())) {
            Err(error) if is_busy(&error) && begun.elapsed() < Duration::from_secs(BUSY_SECONDS) => {
                std::thread::sleep(TURN);
            }
            done => return done,
        }
    }
}

/// Makes an empty file for its owner alone where there is none; SQLite takes it for a new database.
fn make_closed(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

impl Database for Sqlite {
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(&in_its_words(sql)).map_err(told)?;
        let changed = statement.execute(params_from_iter(values)).map_err(told)?;
        Ok(changed as u64)
    }

    fn rows(&mut self, sql: &str, values: &[Value], row: &mut dyn FnMut(&[Value])) -> Result<(), StoreError> {
        connection::ask(&self.connection, sql, values, None, row)
    }

    fn put(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &[Vec<Value>],
        present: Present,
    ) -> Result<u64, StoreError> {
        let places: Vec<String> = (1..=columns.len()).map(|number| format!("${number}")).collect();
        let sql = format!(
            "INSERT INTO {table} ({}) VALUES ({}) {}",
            columns.join(", "),
            places.join(", "),
            present.clause(columns)
        );
        let mut statement = self.connection.prepare_cached(&sql).map_err(told)?;
        let mut new = 0;
        for row in rows {
            new += statement.execute(params_from_iter(row)).map_err(told)? as u64;
        }
        Ok(new)
    }

    fn each(
        &mut self,
        question: &str,
        values: &[Value],
        ids: &[i64],
        row: &mut dyn FnMut(&[Value]),
    ) -> Result<(), StoreError> {
        connection::ask(&self.connection, question, values, Some(ids), row)
    }

    fn rewrite(&mut self) -> Result<(), StoreError> {
        self.run("VACUUM", &[])?;
        self.connection.busy_timeout(Duration::from_secs(READERS_SECONDS)).map_err(told)?;
        // Before the log is emptied, the file holds what it held.
        let emptied = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        self.connection.busy_timeout(Duration::from_secs(BUSY_SECONDS)).map_err(told)?;
        match emptied.map_err(told)? {
            0_i64 => Ok(()),
            _ => Err(StoreError::InUse),
        }
    }

    fn read_ahead(&mut self) -> Result<bool, StoreError> {
        pages::read_all(&self.connection).map_err(told)
    }

    /// Else every statement looks anew whether somebody has written, which takes longer than most of ours.
    fn begin_reading(&mut self) -> Result<(), StoreError> {
        self.run("BEGIN", &[]).map(|_| ())
    }

    fn end_reading(&mut self) -> Result<(), StoreError> {
        self.commit()
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        self.run("BEGIN IMMEDIATE", &[]).map(|_| ())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.run("COMMIT", &[]).map(|_| ())
    }

    fn roll_back(&mut self) {
        // After a full disk SQLite has rolled back by itself; then there is nothing left to do.
        let _ = self.run("ROLLBACK", &[]);
    }
}

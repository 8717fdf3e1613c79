//! SQLite: one file, written ahead (WAL), so that readers never wait for the writer.

mod connection;
mod inner_pages;
mod readers;

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, params_from_iter};

use super::{Access, Database, Present, Question, StoreError, Value, one_by_one};
use connection::{BUSY_SECONDS, CACHE_KIB, in_its_words, is_busy, told};
use readers::Readers;

/// How long until it is tried again.
const TURN: Duration = Duration::from_millis(20);

/// SQLite's name for a database without a file; tests of many mails use it.
const IN_MEMORY: &str = ":memory:";

struct Sqlite {
    /// Before the connection, so that they end before it does.
    readers: Readers,
    /// Whether this is a recall: else something may be half written, which readers do not see.
    is_reading: bool,
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
    let flags = match access {
        Access::Write => OpenFlags::default(),
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    };
    let not_opened =
        |error: rusqlite::Error| StoreError::NotOpened { place: place.clone(), cause: error.to_string() };
    let readers = Readers::of(path);
    let connection = connection::open(path, flags, CACHE_KIB).map_err(not_opened)?;
    if access == Access::Write {
        write_ahead(&connection).map_err(not_opened)?;
        connection.pragma_update(None, "synchronous", "NORMAL").map_err(not_opened)?;
    }
    let mut database = Sqlite { readers, is_reading: false, connection };
    // Whoever writes stays, and a disk that had to be asked what tables there are will be asked for everything.
    if access == Access::Write && has_tables(&database.connection) && database.readers.has_read() {
        database.read_ahead();
    }
    Ok((Box::new(database), place))
}

impl Sqlite {
    /// Prepares for a cold disk.
    fn read_ahead(&mut self) {
        self.readers.start();
        inner_pages::read(&self.connection, &self.readers);
    }
}

/// Whether anything was ever written.
fn has_tables(connection: &Connection) -> bool {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema)";
    connection.query_row(sql, [], |row| row.get(0)).unwrap_or(false)
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

    /// From a cold disk by several connections: what others write meanwhile, one may see and another not.
    fn ask(
        &mut self,
        questions: &[Question],
        row: &mut dyn FnMut(usize, &[Value]),
    ) -> Result<(), StoreError> {
        if self.is_reading
            && let Some(answers) = self.readers.ask(questions)
        {
            for (which, rows) in answers {
                rows.iter().for_each(|read| row(which, read));
            }
            return Ok(());
        }
        one_by_one(self, questions, row)
    }

    /// Else every statement looks anew whether somebody has written, which takes longer than most of ours.
    fn begin_reading(&mut self) -> Result<(), StoreError> {
        self.run("BEGIN", &[])?;
        if self.readers.begin() {
            self.read_ahead();
        }
        self.is_reading = true;
        Ok(())
    }

    fn end_reading(&mut self) -> Result<(), StoreError> {
        self.is_reading = false;
        self.readers.end();
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

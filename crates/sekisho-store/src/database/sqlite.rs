//! SQLite: one file, written ahead (WAL), so that readers never wait for the writer.

mod inner_pages;
mod readers;

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ErrorCode, OpenFlags, Rows, ToSql, params_from_iter};

use super::{Access, Database, EACH, Present, Question, StoreError, Value, one_by_one};
use readers::Readers;

/// How long a writer waits for another: a learner commits at least every few seconds.
const BUSY_SECONDS: u64 = 30;

/// How long until it is tried again.
const TURN: Duration = Duration::from_millis(20);

/// Pages kept in memory, in KiB: the inner pages of the indexes of a million mails, and far less than the database.
const CACHE_KIB: i64 = 32 * 1024;

/// Prepared statements kept. We have some dozens.
const STATEMENTS: usize = 128;

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
    let mut readers = Readers::of(path);
    let connection = connect(path, flags).map_err(not_opened)?;
    if access == Access::Write {
        write_ahead(&connection).map_err(not_opened)?;
        connection.pragma_update(None, "synchronous", "NORMAL").map_err(not_opened)?;
    }
    if path.as_os_str() != IN_MEMORY && has_tables(&connection).map_err(not_opened)? && readers.has_read() {
        // A disk that had to be asked for the tables will be asked for everything.
        readers.start();
        inner_pages::read(&connection, &readers);
    }
    Ok((Box::new(Sqlite { readers, is_reading: false, connection }), place))
}

/// Whether anything was ever written.
fn has_tables(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))
}

/// Opens one connection.
fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(BUSY_SECONDS))?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    // Else a statement is planned again whenever its values differ, which takes longer than running it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
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

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
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
        let mut statement = prepared(&self.connection, sql, values)?;
        let columns = statement.column_count();
        hand_over(statement.raw_query(), columns, &mut Vec::with_capacity(columns), row)
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

    /// The statement is prepared once and run anew for each: nothing lies between us and the database that a longer one would save.
    fn each(
        &mut self,
        question: &str,
        values: &[Value],
        ids: &[i64],
        row: &mut dyn FnMut(&[Value]),
    ) -> Result<(), StoreError> {
        let mut statement = prepared(&self.connection, question, values)?;
        let columns = statement.column_count();
        let mut read = Vec::with_capacity(columns);
        for id in ids {
            statement.raw_bind_parameter(values.len() + 1, id).map_err(told)?;
            hand_over(statement.raw_query(), columns, &mut read, row)?;
        }
        Ok(())
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
        self.readers.begin();
        self.is_reading = true;
        self.run("BEGIN", &[]).map(|_| ())
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

/// A question with its values; behind them is the place for a number where [`EACH`] stands in it.
fn prepared<'c>(
    connection: &'c Connection,
    question: &str,
    values: &[Value],
) -> Result<CachedStatement<'c>, StoreError> {
    let sql = in_its_words(&question.replace(EACH, &format!("${}", values.len() + 1)));
    let mut statement = connection.prepare_cached(&sql).map_err(told)?;
    for (at, value) in values.iter().enumerate() {
        statement.raw_bind_parameter(at + 1, value).map_err(told)?;
    }
    Ok(statement)
}

/// Hands each row over, through one piece of memory.
fn hand_over(
    mut rows: Rows<'_>,
    columns: usize,
    read: &mut Vec<Value>,
    row: &mut dyn FnMut(&[Value]),
) -> Result<(), StoreError> {
    while let Some(next) = rows.next().map_err(told)? {
        read.clear();
        for column in 0..columns {
            read.push(value(next.get_ref(column).map_err(told)?));
        }
        row(read);
    }
    Ok(())
}

/// A table lies in the order of its key, where SQLite can have it so: a second tree for the key would double size and work. And SQLite
/// numbers `$2` by where it stands first, but `?2` as it says.
fn in_its_words(sql: &str) -> String {
    if !sql.starts_with("CREATE TABLE") {
        sql.replace('$', "?")
    } else if sql.contains("BIGINT PRIMARY KEY") {
        // Only so called it is the number of the row.
        sql.replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY")
    } else if sql.contains("PRIMARY KEY (") {
        format!("{sql} WITHOUT ROWID")
    } else {
        sql.to_owned()
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Int(number as i64),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_owned()),
    }
}

fn told(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        _ if is_busy(&error) => StoreError::Busy(BUSY_SECONDS),
        Some(ErrorCode::DiskFull) => StoreError::Full,
        _ => StoreError::Refused(error.to_string()),
    }
}

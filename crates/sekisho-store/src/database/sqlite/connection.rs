//! One connection of SQLite: opened, statements with values → rows.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ErrorCode, OpenFlags, Rows, ToSql, ffi};

use super::super::{EACH, LISTED, LISTED_MAX, StoreError, Value};

/// How long a writer waits for another: a learner commits at least every few seconds.
pub(super) const BUSY_SECONDS: u64 = 30;

/// Pages kept in memory, in KiB: the inner pages of the indexes of a million mails, and far less than the database.
const CACHE_KIB: i64 = 32 * 1024;

/// Prepared statements kept. We have some dozens.
const STATEMENTS: usize = 128;

/// Opens a connection.
pub(super) fn open(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(BUSY_SECONDS))?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    // Else a statement is planned again whenever its values differ, which takes longer than running it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Opens a connection to read. Where SQLite cannot keep its own files beside the database, as in a folder that nobody may write or on a full
/// disk, it reads the file as it is; only where something was written ahead, that would not be all of it.
pub(super) fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read = |connection: Connection| {
        connection.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    match open(path, flags).and_then(read) {
        Err(error) if !is_busy(&error) && !is_damaged(&error) && !has_written_ahead(path) => {
            open(Path::new(&as_it_is(path)), flags | OpenFlags::SQLITE_OPEN_URI).and_then(read)
        }
        opened => opened,
    }
}

/// Whether there is more than in the file itself.
fn has_written_ahead(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|file| file.len() > 0)
}

/// The URI by which SQLite takes a file for one that does not change.
fn as_it_is(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_') {
            uri.push(char::from(*byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri + "?immutable=1"
}

/// Numbers in lists: few sizes, so that the statements stay prepared. Where a list has fewer, one is repeated.
const SIZES: [usize; 3] = [8, 64, LISTED_MAX];

/// Hands all rows of the answer to `row`. Where [`EACH`] stands in the question, it is asked once for every one of `ids`; it is prepared once:
/// nothing lies between us and the database that a longer one would save.
pub(super) fn ask(
    connection: &Connection,
    question: &str,
    values: &[Value],
    ids: Option<&[i64]>,
    row: &mut dyn FnMut(&[Value]),
) -> Result<(), StoreError> {
    let asked = ids.unwrap_or_default();
    let size = SIZES.into_iter().find(|size| *size >= asked.len()).unwrap_or(LISTED_MAX);
    let mut statement = prepared(connection, question, values, size)?;
    let columns = statement.column_count();
    let mut read = Vec::with_capacity(columns);
    let is_listed = question.contains(LISTED);
    if let Some(last) = asked.last().filter(|_| is_listed) {
        for (at, id) in asked.iter().chain(std::iter::repeat(last)).take(size).enumerate() {
            statement.raw_bind_parameter(values.len() + 1 + at, id).map_err(told)?;
        }
    }
    if is_listed || ids.is_none() {
        return hand_over(statement.raw_query(), columns, &mut read, row);
    }
    for id in asked {
        statement.raw_bind_parameter(values.len() + 1, id).map_err(told)?;
        hand_over(statement.raw_query(), columns, &mut read, row)?;
    }
    Ok(())
}

/// A question with its values; behind them is the place for a number where [`EACH`] stands in it, or are those for `size` of them where
/// [`LISTED`] does.
fn prepared<'c>(
    connection: &'c Connection,
    question: &str,
    values: &[Value],
    size: usize,
) -> Result<CachedStatement<'c>, StoreError> {
    let first = values.len() + 1;
    let mut sql = question.replace(EACH, &format!("${first}"));
    if sql.contains(LISTED) {
        let places: Vec<String> = (first..first + size).map(|place| format!("${place}")).collect();
        sql = sql.replace(LISTED, &format!("IN ({})", places.join(", ")));
    }
    let sql = in_its_words(&sql);
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
/// numbers `$2` by where it stands first, but `?2` as it says. What is included beside a key, so that PostgreSQL needs not look into the
/// table for it, lies there here anyway.
pub(super) fn in_its_words(sql: &str) -> String {
    if !sql.starts_with("CREATE TABLE") {
        sql.replace('$', "?")
    } else if sql.contains("BIGINT PRIMARY KEY") {
        // Only so called it is the number of the row.
        sql.replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY")
    } else if sql.contains("PRIMARY KEY (") {
        let (key, included) = sql.split_once(" INCLUDE (").unwrap_or((sql, ")"));
        let rest = included.split_once(')').map_or("", |(_, rest)| rest);
        format!("{key}{rest} WITHOUT ROWID")
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

pub(super) fn told(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        _ if is_busy(&error) => StoreError::Busy(BUSY_SECONDS),
        Some(ErrorCode::DiskFull) => StoreError::Full,
        _ if is_no_room(&error) => StoreError::NoRoom,
        _ if is_damaged(&error) => StoreError::Damaged,
        _ => StoreError::Refused(error.to_string()),
    }
}

/// Whether the system did not let a file grow, though the disk is not said to be full.
fn is_no_room(error: &rusqlite::Error) -> bool {
    let growing = [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_TRUNCATE, ffi::SQLITE_IOERR_SHMSIZE];
    error.sqlite_error().is_some_and(|error| growing.contains(&error.extended_code))
}

/// Whether what stands in the file cannot be a database's.
fn is_damaged(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// Whether somebody else is writing.
pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

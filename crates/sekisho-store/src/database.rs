//! A database, SQLite or PostgreSQL → statements with values, rows, transactions; made and brought up to date when it is opened.
//!
//! One set of SQL texts serves both. Parameters are written `$1`, `$2`, … anywhere and as often as needed; no other `$` may stand in a text.

#[cfg(test)]
mod conformance;
mod migrations;
mod postgres;
mod sqlite;
mod watched;

#[cfg(test)]
pub(crate) use migrations::STEPS;

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::Secret;

pub(crate) use watched::Watched;
pub use watched::Watcher;

/// A value in a row or for a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Why the database could not be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The place is neither a file's nor a server's.
    #[error("store.url = \"{0}\": expected sqlite, sqlite:FILE or postgres://…")]
    NotAPlace(String),
    /// It was to be read only, and there is none.
    #[error("{0}: nothing was learned here yet; `sekisho learn` begins it")]
    NotThere(String),
    /// It was to be read only, and an older program made it.
    #[error(
        "{place}: the database is of version {found}, this program reads {known}; it is brought up to date when something is learned"
    )]
    Older {
        /// The file or the server.
        place: String,
        /// Its version.
        found: i64,
        /// The version read here.
        known: i64,
    },
    /// The database cannot be opened or reached.
    #[error(
        "{place}: the database cannot be opened ({cause}); check that it is there (a server: that it runs) and may be used"
    )]
    NotOpened {
        /// The file, or the server without the password.
        place: String,
        /// What the system or the server said.
        cause: String,
    },
    /// A newer program made it.
    #[error(
        "{place}: the database is of version {found}, this program knows {known}; install the newer program"
    )]
    Newer {
        /// The file or the server.
        place: String,
        /// Its version.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// It was learned with another secret key.
    #[error(
        "{place}: learned with the secret key {wanted}, this is {given}; put the right key back; if it is lost for good, `sekisho learn --start-over` begins anew with this one"
    )]
    OtherSecret {
        /// The file or the server.
        place: String,
        /// The id of the key it was learned with.
        wanted: String,
        /// The id of the key given.
        given: String,
    },
    /// Somebody else is writing, and did not finish in time.
    #[error(
        "another program is writing to the database and did not finish within {0} s; try again when it has"
    )]
    Busy(u64),
    /// Somebody else is reading, so that what was written cannot take the place of what they read.
    #[error("another program is reading the database; try again when it has ended")]
    InUse,
    /// The disk is full, or the database has no more room.
    #[error(
        "no room left for the database; make room and run it again: what was done before this step is kept"
    )]
    Full,
    /// The system does not let the database's file grow: a limit on the size of files, or a failing disk.
    #[error(
        "the database's file could not be written further: a limit on the size of files (`ulimit -f`, a quota of the service) is reached, or the disk fails; \
         raise the limit or put store.url elsewhere, and run this again; what was done by now is kept"
    )]
    NoRoom,
    /// The file does not hold what it must.
    #[error(
        "the database is damaged: put it back from the backup; if there is none, move it away and learn again from the mailboxes (exceptions, confirmations and legal holds are lost with it)"
    )]
    Damaged,
    /// Somebody must not be forgotten; `None`: nobody may be.
    #[error("{}: under a legal hold; what is remembered of it is kept until the hold ends", .0.as_deref().unwrap_or("everybody"))]
    LegallyHeld(Option<String>),
    /// An exception is for something that sends no mail.
    #[error(
        "exception for \"{0}\": expected an address or @domain, one that somebody registered and not all of .com or .co.jp"
    )]
    NotASender(String),
    /// An exception ends before it begins.
    #[error("the exception would end before it begins; give a later day")]
    Expired,
    /// The server ended the connection, or went.
    #[error(
        "the connection to the database was lost; see that its server runs, and run this again: what was done by now is kept"
    )]
    Lost,
    /// A statement failed.
    #[error("the database refused: {0}")]
    Refused(String),
}

/// What a database is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// To read and to write; made where it is not there.
    Write,
    /// To read.
    Read,
}

/// What becomes of a row whose key, its table's first column where it is to be replaced, is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Present {
    /// It stays.
    Kept,
    /// It gives way to the new one.
    Replaced,
}

/// Where a question that is asked for several things names one: it is asked once for every one of them.
pub(crate) const EACH: &str = "{id}";

/// Where a question names all of them: it is asked once.
pub(crate) const LISTED: &str = "IN ({ids})";

/// Numbers in one list at most.
pub(crate) const LISTED_MAX: usize = 256;

/// A question that is asked together with others.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) sql: String,
    /// What `$1`, `$2`, … stand for.
    pub(crate) values: Vec<Value>,
    /// Where [`EACH`] or [`LISTED`] stands in it: the numbers for which it is asked.
    pub(crate) ids: Option<Vec<i64>>,
}

/// Who asks questions of which none needs another's answer.
pub(crate) trait Asker {
    /// The next questions; none when there are no more. It may take its time over them: a server looks for the answers to those before.
    fn ready(&mut self) -> Vec<Question>;
    /// Takes a row of the answer to a question, by its number among all.
    fn take(&mut self, which: usize, row: &[Value]);
}

/// What a database does for us. All of it blocks.
pub(crate) trait Database: Send {
    /// Runs one statement; how many rows it changed.
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError>;
    /// Hands every row of an answer to `row`.
    fn rows(&mut self, sql: &str, values: &[Value], row: &mut dyn FnMut(&[Value])) -> Result<(), StoreError>;
    /// Puts rows into a table. `columns` are the table's first ones. How many were written.
    fn put(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &[Vec<Value>],
        present: Present,
    ) -> Result<u64, StoreError>;
    /// Asks `question`, in which [`EACH`] stands for a number, once for every one of `ids`, or where [`LISTED`] stands in it once for all,
    /// and hands all rows to `row`. The question may bound its own rows.
    fn each(
        &mut self,
        question: &str,
        values: &[Value],
        ids: &[i64],
        row: &mut dyn FnMut(&[Value]),
    ) -> Result<(), StoreError>;
    /// Asks what somebody asks, and hands all rows to them.
    fn ask(&mut self, asker: &mut dyn Asker) -> Result<(), StoreError> {
        let mut which = 0;
        loop {
            let questions = asker.ready();
            if questions.is_empty() {
                return Ok(());
            }
            for Question { sql, values, ids } in questions {
                let row = &mut |read: &[Value]| asker.take(which, read);
                match ids {
                    Some(ids) => self.each(&sql, &values, &ids, row)?,
                    None => self.rows(&sql, &values, row)?,
                }
                which += 1;
            }
        }
    }
    /// Rewrites all of it, so that freed space holds nothing of what was deleted, as far as the database can promise that.
    fn rewrite(&mut self) -> Result<(), StoreError>;
    /// Has all of it read from a cold disk, where that is possible and there is memory for it. Whether it was.
    fn read_ahead(&mut self) -> Result<bool, StoreError>;
    /// From now on waits for answers awake, a little while each, where that is sooner and another processor is there to answer.
    fn stay_awake(&mut self) {}
    /// Begins to read: from now on nothing is seen that others write, where the database can promise that at no cost.
    fn begin_reading(&mut self) -> Result<(), StoreError>;
    /// Ends reading.
    fn end_reading(&mut self) -> Result<(), StoreError>;
    /// Begins a transaction that may write, waiting for its turn.
    fn begin(&mut self) -> Result<(), StoreError>;
    /// Ends the transaction: all of it is kept.
    fn commit(&mut self) -> Result<(), StoreError>;
    /// Ends the transaction: nothing of it is kept.
    fn roll_back(&mut self);
}

impl<'d> dyn Database + 'd {
    /// The only value of an answer, where there is a row.
    pub(crate) fn one(&mut self, sql: &str, values: &[Value]) -> Result<Option<Value>, StoreError> {
        let mut found = None;
        self.rows(sql, values, &mut |row| found = row.first().cloned())?;
        Ok(found)
    }

    /// Puts rows into a table; those whose key is there already are passed over. How many were new.
    pub(crate) fn insert(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &[Vec<Value>],
    ) -> Result<u64, StoreError> {
        self.put(table, columns, rows, Present::Kept)
    }

    /// Puts rows into a table in the place of those with the same key, the first column.
    pub(crate) fn replace(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &[Vec<Value>],
    ) -> Result<(), StoreError> {
        self.put(table, columns, rows, Present::Replaced).map(|_| ())
    }

    /// How many rows there are of a table or a part of it (`mails WHERE at >= $1`).
    pub(crate) fn count(&mut self, of: &str, values: &[Value]) -> Result<u64, StoreError> {
        let counted = self.one(&format!("SELECT COUNT(*) FROM {of}"), values)?;
        Ok(counted.as_ref().and_then(Value::int).unwrap_or(0).unsigned_abs())
    }

    /// Does `work`, which only reads, as one.
    pub(crate) fn seen<T>(
        &mut self,
        work: impl FnOnce(&mut (dyn Database + 'd)) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.begin_reading()?;
        let seen = work(self);
        let ended = self.end_reading();
        seen.and_then(|value| ended.map(|()| value))
    }

    /// Does `work` in a transaction: all of it is kept, or nothing.
    pub(crate) fn whole<T>(
        &mut self,
        work: impl FnOnce(&mut (dyn Database + 'd)) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.begin()?;
        match work(self) {
            Ok(value) => self.commit().map(|()| value),
            Err(error) => {
                self.roll_back();
                Err(error)
            }
        }
    }
}

impl Present {
    /// How a statement that inserts says it.
    fn clause(self, columns: &[&str]) -> String {
        match (self, columns) {
            (Present::Replaced, [key, rest @ ..]) if !rest.is_empty() => {
                let new: Vec<String> =
                    rest.iter().map(|column| format!("{column} = EXCLUDED.{column}")).collect();
                format!("ON CONFLICT ({key}) DO UPDATE SET {}", new.join(", "))
            }
            _ => "ON CONFLICT DO NOTHING".to_owned(),
        }
    }
}

/// Opens the database at `url` (`sqlite`: `sekisho.db` in `home`), makes its tables or brings them up to date, and holds its key against `secret`.
///
/// # Errors
/// It cannot be opened, is of a newer program, or was learned with another key.
pub(crate) fn open(
    url: &str,
    home: &Path,
    secret: &Secret,
    access: Access,
) -> Result<Box<dyn Database>, StoreError> {
    let (mut database, place) = made_ready(url, home, access)?;
    if access == Access::Write {
        note_first_opening(database.as_mut(), secret)?;
    }
    hold_key(database.as_mut(), &place, secret)?;
    Ok(database)
}

/// As [`open`], whatever key it was learned with.
///
/// # Errors
/// It cannot be opened, or is of a newer program.
pub(crate) fn open_under_any_key(
    url: &str,
    home: &Path,
    access: Access,
) -> Result<Box<dyn Database>, StoreError> {
    made_ready(url, home, access).map(|(database, _)| database)
}

fn made_ready(url: &str, home: &Path, access: Access) -> Result<(Box<dyn Database>, String), StoreError> {
    let (mut database, place): (Box<dyn Database>, String) = match url {
        "sqlite" => sqlite::open(&home.join("sekisho.db"), access)?,
        _ if url.starts_with("sqlite:") => {
            sqlite::open(&home.join(url.trim_start_matches("sqlite:")), access)?
        }
        _ if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
            postgres::open(url, access)?
        }
        _ => return Err(StoreError::NotAPlace(url.to_owned())),
    };
    match access {
        Access::Write => migrations::bring_up_to_date(database.as_mut(), &place)?,
        Access::Read => migrations::is_up_to_date(database.as_mut(), &place)?,
    }
    Ok((database, place))
}

/// The first program to open a database binds it to its key, and the day of installation is today.
fn note_first_opening(database: &mut dyn Database, secret: &Secret) -> Result<(), StoreError> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let row = |name: &str, value: String| vec![Value::Text(name.to_owned()), Value::Text(value)];
    let rows = [row(SECRET, secret.id()), row(INSTALLED, now.to_string())];
    database.insert("settings", &["name", "value"], &rows).map(|_| ())
}

fn hold_key(database: &mut dyn Database, place: &str, secret: &Secret) -> Result<(), StoreError> {
    let given = secret.id();
    match setting(database, SECRET)? {
        Some(wanted) if wanted != given => {
            Err(StoreError::OtherSecret { place: place.to_owned(), wanted, given })
        }
        _ => Ok(()),
    }
}

/// The name of the setting that says which key the database is bound to.
pub(crate) const SECRET: &str = "secret";

/// The name of the setting that says when the database was first opened, in seconds since 1970.
pub(crate) const INSTALLED: &str = "installed";

/// A setting's value.
pub(crate) fn setting(database: &mut dyn Database, name: &str) -> Result<Option<String>, StoreError> {
    let value = database.one("SELECT value FROM settings WHERE name = $1", &[Value::from(name)])?;
    Ok(value.as_ref().and_then(Value::text).map(str::to_owned))
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Int(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl Value {
    /// The number, where it is one.
    pub fn int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

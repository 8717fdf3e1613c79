//! Hostile bytes → what was read, by children of this program that may do nothing else.
//!
//! Mails and files never meet our own process but as bytes: `sekisho reader`, started by the pool, reads them.

use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;

use sekisho_reader::{Confinement, Met, Patience, Pool, PoolError, Reading, Wishes};

/// The command by which this program becomes a reader.
pub const COMMAND: &str = "reader";

/// The command by which it takes mails out of a mailbox of Outlook, from the one with the number that follows.
pub const MAILBOX_COMMAND: &str = "mailbox-reader";

/// The readers of one run, and how they are asked to read.
pub struct Readers {
    pool: Kept,
    wishes: Wishes,
}

enum Kept {
    Pool(Pool),
    /// The readers could not be prepared; every input is told so.
    Missing(String),
    /// Unit tests have no program that could be started as a reader.
    #[cfg(test)]
    Here,
}

impl Readers {
    /// Readers that wait to be started when the first mail comes.
    pub fn new(wishes: Wishes) -> Self {
        #[cfg(test)]
        return Self { pool: Kept::Here, wishes };
        #[cfg(not(test))]
        Self { pool: pool(), wishes }
    }

    /// Reads a mail.
    ///
    /// # Errors
    /// No reader could be started; the system's own words.
    pub fn mail(&self, bytes: &[u8]) -> Result<Reading, String> {
        match &self.pool {
            Kept::Pool(pool) => pool.mail(bytes, &self.wishes).map_err(words),
            Kept::Missing(error) => Err(error.clone()),
            #[cfg(test)]
            Kept::Here => Ok(here(sekisho_reader::What::Mail, bytes, &self.wishes)),
        }
    }

    /// Reads a file that is no mail.
    ///
    /// # Errors
    /// No reader could be started; the system's own words.
    pub fn file(&self, bytes: &[u8], name: &str) -> Result<Reading, String> {
        match &self.pool {
            Kept::Pool(pool) => pool.file(bytes, name, &self.wishes).map_err(words),
            Kept::Missing(error) => Err(error.clone()),
            #[cfg(test)]
            Kept::Here => Ok(here(sekisho_reader::What::File(name), bytes, &self.wishes)),
        }
    }

    /// What holds the readers.
    ///
    /// # Errors
    /// No reader could be started; the system's own words.
    pub fn confinement(&self) -> Result<Confinement, String> {
        match &self.pool {
            Kept::Pool(pool) => pool.confinement().map_err(words),
            Kept::Missing(error) => Err(error.clone()),
            #[cfg(test)]
            Kept::Here => Ok(Confinement::NONE),
        }
    }
}

#[cfg_attr(test, allow(dead_code, reason = "unit tests read in their own process"))]
fn pool() -> Kept {
    match start(&[COMMAND]) {
        Ok(pool) => Kept::Pool(pool),
        Err(error) => Kept::Missing(error),
    }
}

/// A pool of children of this program that run `command`.
///
/// # Errors
/// None can be prepared; the system's own words.
pub fn start(command: &'static [&'static str]) -> Result<Pool, String> {
    let program = program().map_err(|error| error.to_string())?;
    Pool::new(program, command, Patience::default()).map_err(words)
}

/// Hands over what is in a mailbox of Outlook, which only children of this program read.
///
/// # Errors
/// None can be started; the system's own words.
pub fn mailbox(file: &File, met: &mut dyn FnMut(Met) -> ControlFlow<()>) -> Result<(), String> {
    let program = program().map_err(|error| error.to_string())?;
    sekisho_reader::read_mailbox(program, &[MAILBOX_COMMAND], file, met).map_err(words)
}

/// This program, also where its file was replaced since it was started.
fn program() -> io::Result<PathBuf> {
    #[cfg(target_os = "linux")]
    {
        let own = PathBuf::from("/proc/self/exe");
        if own.exists() {
            return Ok(own);
        }
    }
    std::env::current_exe()
}

fn words(error: PoolError) -> String {
    error.to_string()
}

#[cfg(test)]
fn here(what: sekisho_reader::What<'_>, bytes: &[u8], wishes: &Wishes) -> Reading {
    match sekisho_reader::read(sekisho_reader::Request { what, bytes, wishes }) {
        sekisho_reader::Answer::Read(reading) => *reading,
        _ => Reading::default(),
    }
}

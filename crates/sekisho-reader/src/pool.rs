//! Mails from many threads → readings, each from a child that has nothing else to do.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sekisho_content::Unread;
use sekisho_mail::Message;

use crate::limits::{HEADER_TIME_MAX, MAIL_TIME_MAX};
use crate::process::Process;
use crate::watch::Watch;
use crate::{Answer, Confinement, Reading, Request, What, Wishes, ended};

/// Readers that wait for mails. As many are started as mails are read at a time.
pub struct Pool {
    program: PathBuf,
    arguments: &'static [&'static str],
    patience: Patience,
    watch: Watch,
    idle: Mutex<Vec<Process>>,
    confinement: Mutex<Option<Confinement>>,
}

/// How long is waited for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a mail or a file.
    pub mail: Duration,
    /// For the header alone of a mail that ended its reader.
    pub header: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { mail: MAIL_TIME_MAX, header: HEADER_TIME_MAX }
    }
}

/// No reader is to be had; nothing was read.
#[derive(Debug, thiserror::Error)]
#[error("the reader {program} cannot be started: {error}")]
pub struct PoolError {
    /// The program that was to be started.
    pub program: PathBuf,
    /// The system's own words.
    pub error: io::Error,
}

impl Pool {
    /// A pool of children that run `program` with `arguments`, which must come to [`crate::serve`]. None is started yet.
    ///
    /// # Errors
    /// The thread that watches the deadlines cannot be started.
    pub fn new(
        program: PathBuf,
        arguments: &'static [&'static str],
        patience: Patience,
    ) -> Result<Self, PoolError> {
        match Watch::start() {
            Ok(watch) => Ok(Self {
                program,
                arguments,
                patience,
                watch,
                idle: Mutex::default(),
                confinement: Mutex::default(),
            }),
            Err(error) => Err(PoolError { program, error }),
        }
    }

    /// Reads one mail. A mail that ends its reader gives a message that is unread, with the reason; the next one meets
    /// a new reader.
    ///
    /// # Errors
    /// No reader could be started.
    pub fn mail(&self, bytes: &[u8], wishes: &Wishes) -> Result<Reading, PoolError> {
        self.read(Request { what: What::Mail, bytes, wishes })
    }

    /// Reads one file that is no mail: a message without header that has the file as its only part.
    ///
    /// # Errors
    /// No reader could be started.
    pub fn file(&self, bytes: &[u8], name: &str, wishes: &Wishes) -> Result<Reading, PoolError> {
        self.read(Request { what: What::File(name), bytes, wishes })
    }

    fn read(&self, request: Request<'_>) -> Result<Reading, PoolError> {
        let unread = match self.ask(request, self.patience.mail)? {
            Ok(Answer::Read(reading)) if reading.message.size_bytes == request.bytes.len() as u64 => {
                return Ok(*reading);
            }
            Ok(Answer::TooLarge) => Unread::TooLarge,
            // A fault of our own, or an answer that is no reading of what was asked.
            Ok(Answer::Read(_) | Answer::Fault) => Unread::Damaged,
            Err(unread) => unread,
        };
        let message = match request.what {
            What::Mail => Message::not_read(request.bytes, self.header(request.bytes)?, unread),
            What::File(name) => Message::file_not_read(request.bytes, name, unread),
        };
        Ok(Reading { message, contents: Vec::new() })
    }

    /// What holds the readers, as the first of them said; one is started where none was yet.
    ///
    /// # Errors
    /// No reader could be started.
    pub fn confinement(&self) -> Result<Confinement, PoolError> {
        if let Some(known) = *lock(&self.confinement) {
            return Ok(known);
        }
        let process = self.start()?;
        let confinement = process.confinement();
        lock(&self.idle).push(process);
        Ok(confinement)
    }

    /// The mail's header alone, from a new reader, so that a person sees from whom the unread mail is.
    fn header(&self, bytes: &[u8]) -> Result<Option<Message>, PoolError> {
        let wishes = Wishes::default();
        let request = Request { what: What::Mail, bytes: ended::header(bytes), wishes: &wishes };
        Ok(match self.ask(request, self.patience.header)? {
            Ok(Answer::Read(header)) => Some(header.message),
            _ => None,
        })
    }

    fn ask(&self, request: Request<'_>, time: Duration) -> Result<Result<Answer, Unread>, PoolError> {
        let idle = lock(&self.idle).pop();
        let mut process = match idle {
            Some(process) => process,
            None => self.start()?,
        };
        let answer = process.ask(request, time);
        // After a fault nobody knows what the process holds.
        if answer.as_ref().is_ok_and(|answer| *answer != Answer::Fault) && process.goes_on() {
            lock(&self.idle).push(process);
        }
        Ok(answer)
    }

    fn start(&self) -> Result<Process, PoolError> {
        let process = Process::start(&self.program, self.arguments, &self.watch)
            .map_err(|error| PoolError { program: self.program.clone(), error })?;
        lock(&self.confinement).get_or_insert(process.confinement());
        Ok(process)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

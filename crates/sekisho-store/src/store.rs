//! Mails → what is remembered of them, and texts → which remembered conversation they are of.
//!
//! No text is kept: only keyed fingerprints, who took part, and when. Every row leads back to the mail it was learned from, so that one
//! mail can be unlearned, and learning twice changes nothing.

#[cfg(test)]
mod conformance;
mod conversations;
mod learning;

use std::path::Path;

use sekisho_mail::Address;

use crate::database::{self, Database};
use crate::{Secret, StoreError};

/// The installation's memory.
pub struct Store {
    database: Box<dyn Database>,
    secret: Secret,
}

/// A mail as one mailbox has it.
#[derive(Clone, Debug)]
pub struct Learnt<'a> {
    /// The mailbox's owner.
    pub mailbox: &'a Address,
    /// The mail's digest (`mail.key` of its case): the same mail has the same key.
    pub key: &'a str,
    /// When it was sent, in seconds since 1970.
    pub at: i64,
    /// Whether the owner sent or received it.
    pub direction: Direction,
    /// Who sent it.
    pub sender: Option<&'a Address>,
    /// Everybody else who is named as a receiver.
    pub receivers: Vec<&'a Address>,
    /// The text that its sender wrote.
    pub own_text: &'a str,
    /// The quoted texts in it.
    pub quoted: Vec<&'a str>,
}

/// Whether a mail was sent or received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Received by the mailbox's owner.
    Received,
    /// Sent by the mailbox's owner.
    Sent,
}

/// What learning a mail did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Learning {
    /// It was learned.
    New,
    /// It had been learned from this mailbox before; nothing changed.
    Known,
}

/// A remembered conversation that a text is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// What the shared stretch weighs, in tenths of a Latin letter (see [`crate::Letters::weight`]).
    pub weight: u32,
    /// What its language weighs.
    pub weight_of_language: u32,
    /// Everybody who wrote or received a mail that holds it, in order.
    pub parties: Vec<String>,
    /// The owners of the mailboxes that hold it, in order.
    pub mailboxes: Vec<String>,
    /// When the first and the last of these mails were sent, in seconds since 1970.
    pub from: i64,
    /// The last.
    pub until: i64,
}

impl Store {
    /// Opens the memory at `url` (`sqlite`: a file in `home`; or `postgres://…`), made where it is not there.
    ///
    /// # Errors
    /// It cannot be opened, is of a newer program, or was learned with another key.
    pub fn open(url: &str, home: &Path, secret: Secret) -> Result<Self, StoreError> {
        Ok(Self { database: database::open(url, home, &secret)?, secret })
    }

    /// Remembers mails, all of them or, after an error, none.
    ///
    /// # Errors
    /// The database refused; nothing was kept.
    pub fn learn(&mut self, mails: &[Learnt<'_>]) -> Result<Vec<Learning>, StoreError> {
        let secret = &self.secret;
        self.database
            .whole(|database| mails.iter().map(|mail| learning::learn(database, secret, mail)).collect())
    }

    /// Forgets what was learned of a mail in one mailbox, texts that nobody else holds included. Whether there was anything.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub fn unlearn(&mut self, mailbox: &Address, key: &str) -> Result<bool, StoreError> {
        let mail = learning::mail_id(&self.secret, mailbox, key);
        self.database.whole(|database| learning::unlearn(database, mail))
    }

    /// The remembered conversations that `text` is of, the heaviest stretch first. `as_of` leaves out what was sent later.
    ///
    /// # Errors
    /// The database refused.
    pub fn conversations(&mut self, text: &str, as_of: Option<i64>) -> Result<Vec<Conversation>, StoreError> {
        conversations::recall(self.database.as_mut(), &self.secret, text, as_of)
    }
}

//! Mails → what is remembered of them, and texts → which remembered conversation they are of.
//!
//! No text is kept: only keyed fingerprints, who took part, and when. Every row leads back to the mail it was learned from, so that one
//! mail can be unlearned, and learning twice changes nothing.

#[cfg(test)]
mod conformance;
mod conversations;
pub(crate) mod learning;
pub(crate) mod texts;

use std::path::Path;

use sekisho_mail::Address;

use crate::database::{self, Database};
use crate::learnt::{Learning, Learnt};
use crate::{Secret, StoreError};

/// The installation's memory.
pub struct Store {
    database: Box<dyn Database>,
    secret: Secret,
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
    pub fn learn(&mut self, mails: &[Learnt]) -> Result<Vec<Learning>, StoreError> {
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

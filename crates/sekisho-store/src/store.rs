//! Mails → what is remembered of them, and texts → which remembered conversation they are of.
//!
//! No text is kept: only keyed fingerprints, who took part, and when. Every row leads back to the mail it was learned from, so that one
//! mail can be unlearned, and learning twice changes nothing.

mod asked;
#[cfg(test)]
mod conformance;
mod contacts;
mod conversations;
pub(crate) mod formulas;
pub(crate) mod learning;
mod relations;
pub(crate) mod texts;
mod together;

use std::path::Path;

use sekisho_facts::{Fact, Relations};
use sekisho_mail::Address;

pub use asked::Asked;

use crate::database::{self, Access, Database, Value};
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
        Ok(Self { database: database::open(url, home, &secret, Access::Write)?, secret })
    }

    /// Opens the memory at `url` only to read: nothing is made, brought up to date or written.
    ///
    /// # Errors
    /// There is none yet ([`StoreError::NotThere`]), it cannot be opened, is of another version, or was learned with another key.
    pub fn open_to_read(url: &str, home: &Path, secret: Secret) -> Result<Self, StoreError> {
        Ok(Self { database: database::open(url, home, &secret, Access::Read)?, secret })
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

    /// Whether a mail was learned in this mailbox: then there is no need to read it again.
    ///
    /// # Errors
    /// The database refused.
    pub fn knows(&mut self, mailbox: &Address, key: &str) -> Result<bool, StoreError> {
        let mail = learning::mail_id(&self.secret, mailbox, key);
        Ok(self.database.one("SELECT id FROM mails WHERE id = $1", &[Value::Int(mail)])?.is_some())
    }

    /// Forgets all mails sent since a moment (seconds since 1970), in one mailbox or in all. How many they were.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub fn unlearn_since(&mut self, at: i64, mailbox: Option<&Address>) -> Result<u64, StoreError> {
        let mailbox = mailbox.map(|mailbox| learning::address_id(&self.secret, mailbox));
        self.database.whole(|database| learning::unlearn_since(database, at, mailbox))
    }

    /// What is remembered about one mail. `as_of` leaves out what was sent later.
    ///
    /// # Errors
    /// The database refused.
    pub fn relations(
        &mut self,
        asked: &Asked<'_>,
        as_of: Option<i64>,
    ) -> Result<Fact<Relations>, StoreError> {
        relations::relations(self.database.as_mut(), &self.secret, asked, as_of)
    }

    /// The remembered conversations that `text` is of, the heaviest stretch first. `as_of` leaves out what was sent later.
    ///
    /// # Errors
    /// The database refused.
    pub fn conversations(&mut self, text: &str, as_of: Option<i64>) -> Result<Vec<Conversation>, StoreError> {
        conversations::recall(self.database.as_mut(), &self.secret, text, as_of)
    }
}

//! Mails → what is remembered of them, and texts → which remembered conversation they are of.
//!
//! No text is kept: only keyed fingerprints, who took part, and when. Every row leads back to the mail it was learned from, so that one
//! mail can be unlearned, and learning twice changes nothing.

pub(crate) mod announcements;
mod asked;
pub(crate) mod confirming;
#[cfg(test)]
mod conformance;
mod contacts;
mod conversations;
pub(crate) mod copies;
mod erasing;
pub(crate) mod exceptions;
pub(crate) mod forgetting;
pub(crate) mod formulas;
pub(crate) mod learning;
pub(crate) mod names;
mod organisations;
mod ranks;
mod relations;
mod remembered;
mod retention;
mod returning;
mod search;
mod starting_over;
mod step;
pub(crate) mod texts;
mod together;
mod warming_up;
mod withdrawing;

use std::path::Path;

use sekisho_facts::{Contact, Exception, Fact, Relations};
use sekisho_mail::Address;

pub use asked::Asked;
pub use confirming::{Confirmation, Vouched};
pub use contacts::COUNTED_MAX;
pub use copies::{Copier, CopyId};
pub use forgetting::{Forgotten, LegalHold};
pub use relations::{LEARNED_MAILS_MIN, MAILBOX_MAILS_MIN};
pub use remembered::{Remembered, Wanted};
pub use retention::{Expired, Retention};
pub use search::{MailboxSummary, Search, Summary};
pub use starting_over::{Copy, StartedOver, Tombstone};
pub use withdrawing::Withdrawn;

use crate::database::{self, Access, Database, Watched, Watcher};
use crate::learnt::{Correspondent, Learning, Learnt};
use crate::{Secret, StoreError};
use contacts::View;

/// The installation's memory.
pub struct Store {
    database: Box<dyn Database>,
    secret: Secret,
    /// The day of installation, in seconds since 1970.
    installed: i64,
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
        Self::of(database::open(url, home, &secret, Access::Write)?, secret)
    }

    /// Opens the memory at `url` only to read: nothing is made, brought up to date or written.
    ///
    /// # Errors
    /// There is none yet ([`StoreError::NotThere`]), it cannot be opened, is of another version, or was learned with another key.
    pub fn open_to_read(url: &str, home: &Path, secret: Secret) -> Result<Self, StoreError> {
        Self::of(database::open(url, home, &secret, Access::Read)?, secret)
    }

    fn of(mut database: Box<dyn Database>, secret: Secret) -> Result<Self, StoreError> {
        let installed = contacts::installed(database.as_mut())?;
        Ok(Self { database, secret, installed })
    }

    fn view(&self, as_of: Option<i64>) -> View {
        View { until: as_of.unwrap_or(i64::MAX), installed: self.installed, mailbox: None }
    }

    /// The same memory, which tells `watcher` of every statement that it runs.
    #[must_use]
    pub fn watched(self, watcher: Watcher) -> Self {
        Self { database: Box::new(Watched { inner: self.database, watcher }), ..self }
    }

    /// Remembers mails, all of them or, after an error, none.
    ///
    /// # Errors
    /// The database refused; nothing was kept.
    pub fn learn(&mut self, mails: &[Learnt]) -> Result<Vec<Learning>, StoreError> {
        let Self { database, secret, installed } = self;
        database.whole(|database| learning::learn(database, secret, mails, *installed))
    }

    /// Whether a mail was learned in this mailbox: then there is no need to read it again.
    ///
    /// # Errors
    /// The database refused.
    pub fn knows(&mut self, mailbox: &Address, key: &str) -> Result<bool, StoreError> {
        let hash = learning::mail_hash(&self.secret, mailbox, key);
        Ok(learning::mail_with(self.database.as_mut(), hash)?.is_some())
    }

    /// What is remembered about one mail. `as_of` leaves out what was sent later. Where the mail itself was learned, it is told what was
    /// known before it came.
    ///
    /// # Errors
    /// The database refused.
    pub fn relations(
        &mut self,
        asked: &Asked<'_>,
        as_of: Option<i64>,
    ) -> Result<Fact<Relations>, StoreError> {
        let view = self.view(as_of);
        let secret = &self.secret;
        self.database.seen(|database| relations::relations(database, secret, asked, view))
    }

    /// Contacts by a part of their address or name, or of one mailbox, the most trusted first. `as_of` leaves out what was sent later.
    ///
    /// # Errors
    /// The database refused.
    pub fn contacts(&mut self, search: &Search, as_of: Option<i64>) -> Result<Vec<Contact>, StoreError> {
        let view = self.view(as_of);
        search::search(self.database.as_mut(), &self.secret, search, view)
    }

    /// Notes a person's word that an address is a contact's, under a name (empty where only the address is known). Nothing of somebody who was
    /// forgotten.
    ///
    /// # Errors
    /// The database refused.
    pub fn confirm(
        &mut self,
        address: &Address,
        name: &str,
        author: &str,
        at: i64,
    ) -> Result<Vouched, StoreError> {
        let person = Correspondent { address: address.clone(), name: name.to_owned() };
        self.import(&[person], author, at)
    }

    /// Who confirmed an address, and from which lists it was imported, the newest first. `as_of` leaves out what was said later.
    ///
    /// # Errors
    /// The database refused.
    pub fn confirmations(
        &mut self,
        address: &Address,
        as_of: Option<i64>,
    ) -> Result<Vec<Confirmation>, StoreError> {
        let until = self.view(as_of).until;
        confirming::of(self.database.as_mut(), address, until)
    }

    /// Takes a list of contacts that somebody vouches for: an address book, partners, staff. Those who were forgotten are left out.
    ///
    /// # Errors
    /// The database refused; nothing was kept.
    pub fn import(&mut self, people: &[Correspondent], source: &str, at: i64) -> Result<Vouched, StoreError> {
        let secret = &self.secret;
        self.database.whole(|database| confirming::vouch(database, secret, people, source, at))
    }

    /// Forgets a person entirely. A keyed tombstone without content stays, and learning again does not bring them back.
    ///
    /// # Errors
    /// They are under a legal hold, or the database refused; nothing was changed.
    pub fn forget(&mut self, address: &Address, author: &str, at: i64) -> Result<Forgotten, StoreError> {
        let secret = &self.secret;
        self.database.whole(|database| forgetting::forget(database, secret, address, author, at))
    }

    /// Takes the tombstone of somebody who was forgotten away, so that their mail is learned from now on; what was forgotten stays so. Whether
    /// there was one.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub fn let_return(&mut self, address: &Address) -> Result<bool, StoreError> {
        let secret = &self.secret;
        self.database.whole(|database| forgetting::let_return(database, secret, address))
    }

    /// Orders for the sake of the law that somebody, or with `None` everybody, is not forgotten.
    ///
    /// # Errors
    /// The database refused.
    pub fn hold_legally(
        &mut self,
        address: Option<&Address>,
        reason: &str,
        author: &str,
        at: i64,
    ) -> Result<(), StoreError> {
        self.database.whole(|database| forgetting::hold(database, address, reason, author, at))
    }

    /// Ends a legal hold. Whether there was one.
    ///
    /// # Errors
    /// The database refused.
    pub fn release_legally(&mut self, address: Option<&Address>) -> Result<bool, StoreError> {
        self.database.whole(|database| forgetting::release(database, address))
    }

    /// The legal holds.
    ///
    /// # Errors
    /// The database refused.
    pub fn legal_holds(&mut self) -> Result<Vec<LegalHold>, StoreError> {
        forgetting::holds(self.database.as_mut())
    }

    /// Keeps an exception that a person made; its number is chosen here and given back.
    ///
    /// # Errors
    /// It is for no address or `@domain`, ends before it begins, or the database refused.
    pub fn except(&mut self, exception: &Exception) -> Result<i64, StoreError> {
        self.database.whole(|database| exceptions::add(database, exception))
    }

    /// The exceptions that hold at a moment, by number.
    ///
    /// # Errors
    /// The database refused.
    pub fn exceptions(&mut self, at: i64) -> Result<Vec<Exception>, StoreError> {
        exceptions::holding(self.database.as_mut(), at)
    }

    /// Ends an exception. Whether there was one that still held.
    ///
    /// # Errors
    /// The database refused.
    pub fn withdraw_exception(&mut self, id: i64, author: &str, at: i64) -> Result<bool, StoreError> {
        self.database.whole(|database| exceptions::withdraw(database, id, author, at))
    }

    /// What is remembered, in figures.
    ///
    /// # Errors
    /// The database refused.
    pub fn summary(&mut self) -> Result<Summary, StoreError> {
        search::summary(self.database.as_mut())
    }

    /// The remembered conversations that `text` is of, the heaviest stretch first. `as_of` leaves out what was sent later.
    ///
    /// # Errors
    /// The database refused.
    pub fn conversations(&mut self, text: &str, as_of: Option<i64>) -> Result<Vec<Conversation>, StoreError> {
        conversations::recall(self.database.as_mut(), &self.secret, text, as_of)
    }

    /// The newest remembered mails that are wanted. `as_of` leaves out what was sent later.
    ///
    /// # Errors
    /// The database refused.
    pub fn mails(&mut self, wanted: &Wanted<'_>, as_of: Option<i64>) -> Result<Vec<Remembered>, StoreError> {
        remembered::mails(self.database.as_mut(), &self.secret, wanted, as_of.unwrap_or(i64::MAX))
    }

    /// The oldest remembered mails, at most `limit`, that hold what `text` is of. `as_of` leaves out what was sent later.
    ///
    /// # Errors
    /// The database refused.
    pub fn holding(
        &mut self,
        text: &str,
        as_of: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Remembered>, StoreError> {
        remembered::holding(self.database.as_mut(), &self.secret, text, as_of.unwrap_or(i64::MAX), limit)
    }

    /// Forgets the words of the remembered texts that `text` is of, whoever holds them; who wrote to whom and when stays. How many they were.
    ///
    /// # Errors
    /// Somebody who took part is under a legal hold, or the database refused; nothing was changed.
    pub fn forget_words(&mut self, text: &str) -> Result<u64, StoreError> {
        let secret = &self.secret;
        self.database.whole(|database| remembered::forget_words(database, secret, text))
    }
}

//! Mails as a person names them → forgotten, in one mailbox or in all. Mails of somebody under a legal hold stay.

use sekisho_mail::Address;

use super::Store;
use super::{erasing, forgetting, learning, retention};
use crate::StoreError;
use crate::database::{Database, Value};

/// What became of the mails that were to be forgotten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Withdrawn {
    /// Copies that were forgotten.
    pub forgotten: u64,
    /// Copies that stay, since somebody who wrote, received or keeps them is under a legal hold.
    pub held: u64,
}

/// Mails forgotten in one step: so many numbers are kept in memory.
const AT_ONCE: i64 = 1_000;

impl Store {
    /// Forgets what was learned of a mail in one mailbox, texts that nobody else holds included.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub fn unlearn(&mut self, mailbox: &Address, key: &str) -> Result<Withdrawn, StoreError> {
        let hash = learning::mail_hash(&self.secret, mailbox, key);
        self.database.whole(|database| withdraw(database, "hash = $1", &[Value::Int(hash)]))
    }

    /// Forgets what was learned of a mail, named by its key or its Message-ID (without angle brackets).
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub fn unlearn_named(&mut self, name: &str, mailbox: Option<&Address>) -> Result<Withdrawn, StoreError> {
        let message = learning::message_number(&self.secret, name);
        let message_id = learning::message_id(&self.secret, name).map_or(Value::Null, Value::Int);
        let named = "(message = $1 OR message_id = $2)";
        self.withdraw(named, vec![Value::Int(message), message_id], mailbox)
    }

    /// Forgets all mails sent since a moment (seconds since 1970), in one mailbox or in all.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub fn unlearn_since(&mut self, at: i64, mailbox: Option<&Address>) -> Result<Withdrawn, StoreError> {
        self.withdraw("at >= $1", vec![Value::Int(at)], mailbox)
    }

    fn withdraw(
        &mut self,
        which: &str,
        mut values: Vec<Value>,
        mailbox: Option<&Address>,
    ) -> Result<Withdrawn, StoreError> {
        let mut which = which.to_owned();
        if let Some(mailbox) = mailbox {
            values.push(Value::Int(learning::address_id(&self.secret, mailbox)));
            which.push_str(&format!(" AND mailbox = ${}", values.len()));
        }
        self.database.whole(|database| {
            let withdrawn = withdraw(database, &which, &values)?;
            if withdrawn.forgotten > 0 {
                retention::nowhere_any_more(database)?;
                erasing::owe(database)?;
            }
            Ok(withdrawn)
        })
    }
}

/// Forgets that suspicious mails of a sender came, those apart that are held for the sake of the law.
pub(super) fn let_go_of_noted(database: &mut dyn Database, sender: i64) -> Result<(), StoreError> {
    let mut noted = Vec::new();
    let of_sender = [Value::Int(sender), Value::Int(learning::SUSPICIOUS)];
    database.rows("SELECT mail FROM ways WHERE sender = $1 AND trust = $2", &of_sender, &mut |row| {
        noted.extend(row.first().and_then(Value::int));
    })?;
    for mail in noted {
        withdraw(database, "id = $1", &[Value::Int(mail)])?;
    }
    Ok(())
}

/// Forgets that mails of people came who were forgotten, those apart that are held for the sake of the law. Mails that are nameless for their
/// age (`retention`) have no Message-ID any more, and stay: else they would be read again, only to be forgotten once more.
pub(super) fn let_go_of_nameless(database: &mut dyn Database) -> Result<(), StoreError> {
    let noted = [Value::Int(learning::SUSPICIOUS)];
    withdraw(database, "sender IS NULL AND trust = $1 AND message_id IS NOT NULL", &noted).map(|_| ())
}

/// Forgets those mails that `which` chooses with `values` and that nothing holds.
fn withdraw(database: &mut dyn Database, which: &str, values: &[Value]) -> Result<Withdrawn, StoreError> {
    let free = format!("{which} {}", forgetting::and_free(database)?);
    let mut forgotten = 0;
    loop {
        let mut mails = Vec::new();
        database.rows(&format!("SELECT id FROM mails WHERE {free} LIMIT {AT_ONCE}"), values, &mut |row| {
            mails.extend(row.first().and_then(Value::int));
        })?;
        if mails.is_empty() {
            break;
        }
        for mail in mails {
            forgotten += u64::from(learning::unlearn(database, mail)?);
        }
    }
    // Whatever is still there is held.
    Ok(Withdrawn { forgotten, held: database.count(&format!("mails WHERE {which}"), values)? })
}

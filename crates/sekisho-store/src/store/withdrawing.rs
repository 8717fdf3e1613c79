//! A mail as a person names it → forgotten, in one mailbox or in all.

use sekisho_mail::Address;

use super::Store;
use super::learning;
use crate::StoreError;
use crate::database::Value;

impl Store {
    /// Forgets what was learned of a mail, named by its key or its Message-ID (without angle brackets). How many copies of it were forgotten.
    ///
    /// # Errors
    /// The database refused; nothing was changed.
    pub fn unlearn_named(&mut self, name: &str, mailbox: Option<&Address>) -> Result<u64, StoreError> {
        let secret = &self.secret;
        let mailbox = mailbox.map(|mailbox| learning::address_id(secret, mailbox));
        let message = learning::number(secret, "messages", [name.as_bytes()]);
        let message_id = learning::message_id(secret, name);
        self.database.whole(|database| {
            let mut mails = Vec::new();
            let named = [("message", Some(message)), ("message_id", message_id)];
            for (column, value) in named.into_iter().filter_map(|(column, value)| Some((column, value?))) {
                let sql = format!("SELECT id, mailbox FROM mails WHERE {column} = $1");
                database.rows(&sql, &[Value::Int(value)], &mut |row| {
                    if let [Value::Int(id), Value::Int(owner)] = row
                        && mailbox.is_none_or(|mailbox| mailbox == *owner)
                    {
                        mails.push(*id);
                    }
                })?;
            }
            let mut forgotten = 0;
            for mail in mails {
                forgotten += u64::from(learning::unlearn(database, mail)?);
            }
            Ok(forgotten)
        })
    }
}

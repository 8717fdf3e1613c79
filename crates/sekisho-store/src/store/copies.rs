//! Bytes of mails that were learned → whether the same bytes need to be read again.
//!
//! Reading a mail costs far more than looking at its bytes. A learner that goes on where it stopped, or comes back to a mailbox, so passes by
//! what it knows. A copy counts as long as its mail is remembered: what was unlearned is read again, and so is a mail of which it was only
//! noted that it came, since a person's word may have cleared it, and one in which somebody was forgotten who may return (`returning`).

use std::collections::HashSet;
use std::hash::Hasher;

use sekisho_mail::Address;
use siphasher::sip::SipHasher24;

use super::learning::{SUSPICIOUS, mail_hash};
use super::{Store, returning};
use crate::StoreError;
use crate::database::Value;

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    // `mail` is the mail's hash: numbers of mails that were unlearned are given again.
    "CREATE TABLE copies (id BIGINT PRIMARY KEY, mail BIGINT NOT NULL)",
];

/// Copies asked for in one statement.
const ASKED: usize = 64;

/// The bytes of a mail in one mailbox: a keyed hash, which says nothing about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CopyId(i64);

/// What makes ids of copies in one mailbox; it may go to other threads.
#[derive(Clone)]
pub struct Copier {
    key: [u8; 16],
    mailbox: String,
}

impl Copier {
    /// The id of a mail's bytes.
    pub fn id(&self, bytes: &[u8]) -> CopyId {
        let mut hasher = SipHasher24::new_with_key(&self.key);
        hasher.write_u64(self.mailbox.len() as u64);
        hasher.write(self.mailbox.as_bytes());
        hasher.write(bytes);
        CopyId(hasher.finish().cast_signed())
    }
}

impl Store {
    /// What makes ids of copies in `mailbox`.
    pub fn copier(&self, mailbox: &Address) -> Copier {
        Copier { key: self.secret.key("copies"), mailbox: mailbox.to_string().to_lowercase() }
    }

    /// Those of `copies` whose mails are remembered, and need not be read again.
    ///
    /// # Errors
    /// The database refused.
    pub fn known_copies(&mut self, copies: &[CopyId]) -> Result<HashSet<CopyId>, StoreError> {
        let whole = returning::and_whole(self.database.as_mut())?;
        self.copies_of(copies, &format!("(mails.trust <> {SUSPICIOUS} OR mails.sender IS NULL) {whole}"))
    }

    /// Those of `copies` whose mails are remembered and meet a condition.
    pub(super) fn copies_of(
        &mut self,
        copies: &[CopyId],
        condition: &str,
    ) -> Result<HashSet<CopyId>, StoreError> {
        let places: Vec<String> = (1..=ASKED).map(|number| format!("${number}")).collect();
        let sql = format!(
            "SELECT copies.id FROM copies JOIN mails ON mails.hash = copies.mail \
                WHERE {condition} AND copies.id IN ({})",
            places.join(", ")
        );
        let mut known = HashSet::new();
        for some in copies.chunks(ASKED) {
            // Fewer are asked for by repeating one of them, so that one prepared statement serves all.
            let last = some.last().map_or(0, |copy| copy.0);
            let values: Vec<Value> =
                (0..ASKED).map(|at| Value::Int(some.get(at).map_or(last, |copy| copy.0))).collect();
            self.database.rows(&sql, &values, &mut |row| {
                known.extend(row.first().and_then(Value::int).map(CopyId));
            })?;
        }
        Ok(known)
    }

    /// Notes which bytes stand for which learned mails (by key) of a mailbox.
    ///
    /// # Errors
    /// The database refused; nothing was kept.
    pub fn note_copies(&mut self, mailbox: &Address, copies: &[(CopyId, &str)]) -> Result<(), StoreError> {
        let row = |(copy, key): &(CopyId, &str)| {
            vec![Value::Int(copy.0), Value::Int(mail_hash(&self.secret, mailbox, key))]
        };
        let rows: Vec<Vec<Value>> = copies.iter().map(row).collect();
        self.database.whole(|database| database.insert("copies", &["id", "mail"], &rows)).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;
    use crate::learnt::{Direction, Learnt};

    fn learnt(mailbox: &Address, key: &str) -> Learnt {
        Learnt {
            message_id: format!("{key}@kita.example"),
            ..Learnt::bare(mailbox, key, 1_000, Direction::Received)
        }
    }

    #[test]
    fn a_copy_is_known_as_long_as_its_mail_is_remembered() {
        let home = tempfile::tempdir().unwrap();
        let mut store = Store::open("sqlite", home.path(), Secret::from_bytes([7; 32])).unwrap();
        let [sato, ito] =
            ["sato@midori.example", "ito@midori.example"].map(|text| Address::parse(text).unwrap());
        let copier = store.copier(&sato);
        let copies: Vec<CopyId> = (0..100_u8).map(|number| copier.id(&[number])).collect();
        assert_ne!(copies[0], store.copier(&ito).id(&[0]));
        assert!(store.known_copies(&copies).unwrap().is_empty());
        store.learn(&[learnt(&sato, "one"), learnt(&sato, "two"), learnt(&ito, "one")]).unwrap();
        store.note_copies(&sato, &[(copies[3], "one"), (copies[90], "two")]).unwrap();
        assert_eq!(store.known_copies(&copies).unwrap(), HashSet::from([copies[3], copies[90]]));
        // By Message-ID in one mailbox, then by key in all.
        assert_eq!(store.unlearn_named("two@kita.example", Some(&sato)).unwrap().forgotten, 1);
        assert_eq!(store.known_copies(&copies).unwrap(), HashSet::from([copies[3]]));
        assert_eq!(store.unlearn_named("one", None).unwrap().forgotten, 2);
        assert_eq!(store.unlearn_named("one", None).unwrap().forgotten, 0);
        assert!(store.known_copies(&copies).unwrap().is_empty());
    }
}

//! One mail → rows, and back to none.

use std::hash::Hasher;

use sekisho_mail::Address;
use siphasher::sip::SipHasher24;

use super::texts::{self, Held};
use crate::database::{Database, Value};
use crate::learnt::{Correspondent, Direction, Learning, Learnt};
use crate::{Secret, StoreError};

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    // Addresses, each once; `id` is a keyed hash, so that learning twice gives the same rows.
    "CREATE TABLE addresses (id BIGINT PRIMARY KEY, address TEXT NOT NULL)",
    // A mail as one mailbox has it. `at` is in seconds since 1970, `direction` 0 for received and 1 for sent.
    "CREATE TABLE mails (id BIGINT PRIMARY KEY, mailbox BIGINT NOT NULL, sender BIGINT, at BIGINT NOT NULL, direction BIGINT NOT NULL)",
    "CREATE INDEX mails_by_time ON mails (at)",
    // Everybody who wrote or received a mail.
    "CREATE TABLE parties (mail BIGINT NOT NULL, address BIGINT NOT NULL, PRIMARY KEY (mail, address))",
];

/// Receivers remembered of one mail: a mail to more is an announcement and no conversation.
const PARTIES_MAX: usize = 200;

pub(super) fn learn(
    database: &mut dyn Database,
    secret: &Secret,
    mail: &Learnt,
) -> Result<Learning, StoreError> {
    let id = mail_id(secret, &mail.mailbox, &mail.key);
    let mailbox = address(database, secret, &mail.mailbox)?;
    let sender = mail.sender.as_ref().map(|sender| address(database, secret, &sender.address)).transpose()?;
    let direction = match mail.direction {
        Direction::Received => 0,
        Direction::Sent => 1,
    };
    let row = vec![
        Value::Int(id),
        Value::Int(mailbox),
        sender.map_or(Value::Null, Value::Int),
        Value::Int(mail.at),
        Value::Int(direction),
    ];
    if database.insert("mails", &["id", "mailbox", "sender", "at", "direction"], &[row])? == 0 {
        return Ok(Learning::Known);
    }
    let mut parties = vec![vec![Value::Int(id), Value::Int(mailbox)]];
    for Correspondent { address: party, .. } in mail.sender.iter().chain(&mail.receivers).take(PARTIES_MAX) {
        parties.push(vec![Value::Int(id), Value::Int(address(database, secret, party)?)]);
    }
    database.insert("parties", &["mail", "address"], &parties)?;
    texts::hold(database, secret, id, &mail.own_text, Held::Own)?;
    for quoted in &mail.quoted {
        texts::hold(database, secret, id, quoted, Held::Quoted)?;
    }
    Ok(Learning::New)
}

pub(super) fn unlearn(database: &mut dyn Database, mail: i64) -> Result<bool, StoreError> {
    texts::let_go(database, mail)?;
    database.run("DELETE FROM parties WHERE mail = $1", &[Value::Int(mail)])?;
    Ok(database.run("DELETE FROM mails WHERE id = $1", &[Value::Int(mail)])? > 0)
}

/// The number of a mail in a mailbox.
pub(super) fn mail_id(secret: &Secret, mailbox: &Address, key: &str) -> i64 {
    number(secret, "mails", [mailbox.to_string().to_lowercase().as_bytes(), key.as_bytes()])
}

fn address(database: &mut dyn Database, secret: &Secret, address: &Address) -> Result<i64, StoreError> {
    let written = address.to_string().to_lowercase();
    let id = number(secret, "addresses", [written.as_bytes()]);
    database.insert("addresses", &["id", "address"], &[vec![Value::Int(id), Value::Text(written)]])?;
    Ok(id)
}

/// A number that names something: the same everywhere, and nobody without the secret can make two things collide.
pub(super) fn number<const N: usize>(secret: &Secret, purpose: &str, parts: [&[u8]; N]) -> i64 {
    let mut hasher = SipHasher24::new_with_key(&secret.key(purpose));
    for part in parts {
        hasher.write_u64(part.len() as u64);
        hasher.write(part);
    }
    hasher.finish() as i64
}

//! One mail → rows, and back to none.

use std::hash::Hasher;

use sekisho_mail::Address;
use siphasher::sip::SipHasher24;

use super::conversations;
use super::{Direction, Learning, Learnt};
use crate::database::{Database, Value};
use crate::letters::Letters;
use crate::{Secret, StoreError, fingerprints};

/// Receivers remembered of one mail: a mail to more is an announcement and no conversation.
const PARTIES_MAX: usize = 200;

pub(super) fn learn(
    database: &mut dyn Database,
    secret: &Secret,
    mail: &Learnt<'_>,
) -> Result<Learning, StoreError> {
    let id = mail_id(secret, mail.mailbox, mail.key);
    let mailbox = address(database, secret, mail.mailbox)?;
    let sender = mail.sender.map(|sender| address(database, secret, sender)).transpose()?;
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
    for party in mail.sender.into_iter().chain(mail.receivers.iter().copied()).take(PARTIES_MAX) {
        parties.push(vec![Value::Int(id), Value::Int(address(database, secret, party)?)]);
    }
    database.insert("parties", &["mail", "address"], &parties)?;
    hold(database, secret, id, mail.own_text, Held::Own)?;
    for quoted in &mail.quoted {
        hold(database, secret, id, quoted, Held::Quoted)?;
    }
    Ok(Learning::New)
}

pub(super) fn unlearn(database: &mut dyn Database, mail: i64) -> Result<bool, StoreError> {
    let mut texts = Vec::new();
    database.rows("SELECT text FROM holders WHERE mail = $1", &[Value::Int(mail)], &mut |row| {
        texts.extend(row.first().and_then(Value::int));
    })?;
    database.run("DELETE FROM holders WHERE mail = $1", &[Value::Int(mail)])?;
    for text in texts {
        let held = database.one("SELECT mail FROM holders WHERE text = $1 LIMIT 1", &[Value::Int(text)])?;
        if held.is_none() {
            database.run("DELETE FROM fingerprints WHERE text = $1", &[Value::Int(text)])?;
        }
    }
    database.run("DELETE FROM parties WHERE mail = $1", &[Value::Int(mail)])?;
    Ok(database.run("DELETE FROM mails WHERE id = $1", &[Value::Int(mail)])? > 0)
}

/// The number of a mail in a mailbox.
pub(super) fn mail_id(secret: &Secret, mailbox: &Address, key: &str) -> i64 {
    number(secret, "mails", [mailbox.to_string().to_lowercase().as_bytes(), key.as_bytes()])
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Own,
    Quoted,
}

/// Notes that a mail holds a text. A quotation of a text that is remembered already is that text.
fn hold(
    database: &mut dyn Database,
    secret: &Secret,
    mail: i64,
    text: &str,
    held: Held,
) -> Result<(), StoreError> {
    let letters = Letters::of(text);
    let marks = fingerprints(&letters, secret);
    if marks.is_empty() {
        return Ok(());
    }
    let remembered = match held {
        Held::Own => None,
        Held::Quoted => conversations::remembered(database, &letters, &marks)?,
    };
    let text = remembered.unwrap_or_else(|| text_id(secret, &letters));
    let quoted = i64::from(held == Held::Quoted);
    database.insert(
        "holders",
        &["text", "mail", "quoted"],
        &[vec![Value::Int(text), Value::Int(mail), Value::Int(quoted)]],
    )?;
    if remembered.is_none() {
        let row = |mark: &crate::Fingerprint| {
            vec![Value::Int(mark.hash as i64), Value::Int(text), Value::Int(i64::from(mark.start))]
        };
        let rows: Vec<Vec<Value>> = marks.iter().map(row).collect();
        database.insert("fingerprints", &["hash", "text", "start"], &rows)?;
    }
    Ok(())
}

fn text_id(secret: &Secret, letters: &Letters) -> i64 {
    let text: String = letters.all().iter().map(|letter| letter.letter).collect();
    number(secret, "texts", [text.as_bytes()])
}

fn address(database: &mut dyn Database, secret: &Secret, address: &Address) -> Result<i64, StoreError> {
    let written = address.to_string().to_lowercase();
    let id = number(secret, "addresses", [written.as_bytes()]);
    database.insert("addresses", &["id", "address"], &[vec![Value::Int(id), Value::Text(written)]])?;
    Ok(id)
}

/// A number that names something: the same everywhere, and nobody without the secret can make two things collide.
fn number<const N: usize>(secret: &Secret, purpose: &str, parts: [&[u8]; N]) -> i64 {
    let mut hasher = SipHasher24::new_with_key(&secret.key(purpose));
    for part in parts {
        hasher.write_u64(part.len() as u64);
        hasher.write(part);
    }
    hasher.finish() as i64
}

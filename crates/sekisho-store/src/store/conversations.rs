//! A text → the remembered texts that it shares a stretch with, and who took part in them.

use std::collections::BTreeSet;

use super::{Conversation, texts};
use crate::database::{Database, Value};
use crate::letters::Letters;
use crate::matching::Run;
use crate::{Secret, StoreError};

/// Remembered texts looked at for one text: the heaviest. A phrase that more share is everybody's.
const TEXTS_MAX: usize = 32;

/// Holders looked at for one text.
const HOLDERS_MAX: i64 = 1_000;

pub(super) fn recall(
    database: &mut dyn Database,
    secret: &Secret,
    text: &str,
    as_of: Option<i64>,
) -> Result<Vec<Conversation>, StoreError> {
    let found = texts::found(database, secret, Letters::of(text))?;
    let mut all = Vec::new();
    for run in found.into_iter().take(TEXTS_MAX) {
        all.extend(conversation(database, &run, as_of.unwrap_or(i64::MAX))?);
    }
    Ok(all)
}

/// Who took part in the mails that hold a text until a day. `None` where there were none yet.
fn conversation(
    database: &mut dyn Database,
    run: &Run,
    as_of: i64,
) -> Result<Option<Conversation>, StoreError> {
    let values = [Value::Int(run.text as i64), Value::Int(as_of), Value::Int(HOLDERS_MAX)];
    let mut mailboxes = BTreeSet::new();
    let (mut from, mut until) = (i64::MAX, i64::MIN);
    let sql = "SELECT held.at, addresses.address FROM (SELECT mails.at, mails.mailbox FROM holders \
        JOIN mails ON mails.id = holders.mail WHERE holders.text = $1 AND holders.at <= $2 ORDER BY holders.precedence, holders.at LIMIT $3) AS held \
        JOIN addresses ON addresses.id = held.mailbox";
    database.rows(sql, &values, &mut |row| {
        if let [Value::Int(at), Value::Text(mailbox)] = row {
            mailboxes.insert(mailbox.clone());
            (from, until) = (from.min(*at), until.max(*at));
        }
    })?;
    if mailboxes.is_empty() {
        return Ok(None);
    }
    let mut parties = BTreeSet::new();
    let sql = "SELECT DISTINCT addresses.address FROM (SELECT mail FROM holders \
        WHERE text = $1 AND at <= $2 ORDER BY precedence, at LIMIT $3) AS held \
        JOIN parties ON parties.mail = held.mail JOIN addresses ON addresses.id = parties.address";
    database.rows(sql, &values, &mut |row| {
        parties.extend(row.first().and_then(Value::text).map(str::to_owned));
    })?;
    Ok(Some(Conversation {
        weight: run.weight,
        weight_of_language: run.weight_of_language,
        parties: parties.into_iter().collect(),
        mailboxes: mailboxes.into_iter().collect(),
        from,
        until,
    }))
}

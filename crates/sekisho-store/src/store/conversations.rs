//! A text → the remembered texts that it shares a stretch with, and who took part in them.

use std::collections::{BTreeMap, BTreeSet};

use super::Conversation;
use crate::database::{Database, Value};
use crate::letters::Letters;
use crate::matching::{Run, Shared, runs};
use crate::{Fingerprint, Secret, StoreError, fingerprints};

/// Remembered texts looked at for one text: the heaviest. A phrase that more share is everybody's.
const TEXTS_MAX: usize = 32;

/// Places of one fingerprint looked at. A fingerprint with more is a greeting or a footer, and says nothing.
const PLACES_MAX: i64 = 64;

/// Hashes asked for in one statement. Fewer are asked for by repeating one of them, so that one prepared statement serves all.
const ASKED: usize = 64;

/// Holders looked at for one text.
const HOLDERS_MAX: i64 = 1_000;

/// A quotation is a remembered text where a run has this share of it.
const SAME_TEXT_PERCENT: u32 = 80;

pub(super) fn recall(
    database: &mut dyn Database,
    secret: &Secret,
    text: &str,
    as_of: Option<i64>,
) -> Result<Vec<Conversation>, StoreError> {
    let letters = Letters::of(text);
    let marks = fingerprints(&letters, secret);
    let found = found(database, &letters, &marks)?;
    let mut all = Vec::new();
    for run in found.into_iter().take(TEXTS_MAX) {
        all.extend(conversation(database, &run, as_of.unwrap_or(i64::MAX))?);
    }
    Ok(all)
}

/// The remembered text that a quotation is, where it is one.
pub(super) fn remembered(
    database: &mut dyn Database,
    letters: &Letters,
    marks: &[Fingerprint],
) -> Result<Option<i64>, StoreError> {
    let found = found(database, letters, marks)?;
    let whole = letters.weight(0..letters.all().len());
    let heaviest = found.iter().max_by_key(|run| run.weight);
    let same =
        heaviest.filter(|run| u64::from(run.weight) * 100 >= u64::from(whole) * u64::from(SAME_TEXT_PERCENT));
    Ok(same.map(|run| run.text as i64))
}

fn found(
    database: &mut dyn Database,
    letters: &Letters,
    marks: &[Fingerprint],
) -> Result<Vec<Run>, StoreError> {
    let mut by_hash: BTreeMap<i64, Vec<Fingerprint>> = BTreeMap::new();
    for mark in marks {
        by_hash.entry(mark.hash as i64).or_default().push(*mark);
    }
    let hashes: Vec<i64> = by_hash.keys().copied().collect();
    let places: Vec<String> = (1..=ASKED).map(|number| format!("${number}")).collect();
    let sql = format!("SELECT hash, text, start FROM fingerprints WHERE hash IN ({})", places.join(", "));
    let mut places: BTreeMap<i64, Vec<(u64, u32)>> = BTreeMap::new();
    for some in hashes.chunks(ASKED) {
        let last = some.last().copied().unwrap_or_default();
        let values: Vec<Value> =
            (0..ASKED).map(|at| Value::Int(some.get(at).copied().unwrap_or(last))).collect();
        database.rows(&sql, &values, &mut |row| {
            if let [Value::Int(hash), Value::Int(text), Value::Int(start)] = row {
                places.entry(*hash).or_default().push((*text as u64, *start as u32));
            }
        })?;
    }
    let mut shared = Vec::new();
    for (hash, places) in places.iter().filter(|(_, places)| places.len() as i64 <= PLACES_MAX) {
        for here in by_hash.get(hash).into_iter().flatten() {
            shared.extend(places.iter().map(|(text, start_there)| Shared {
                here: *here,
                text: *text,
                start_there: *start_there,
            }));
        }
    }
    Ok(runs(letters, &shared))
}

/// Who took part in the mails that hold a text until a day. `None` where there were none yet.
fn conversation(
    database: &mut dyn Database,
    run: &Run,
    as_of: i64,
) -> Result<Option<Conversation>, StoreError> {
    let mut mails = Vec::new();
    let mut mailboxes = BTreeSet::new();
    let (mut from, mut until) = (i64::MAX, i64::MIN);
    let sql = "SELECT mails.id, mails.at, addresses.address FROM holders \
        JOIN mails ON mails.id = holders.mail JOIN addresses ON addresses.id = mails.mailbox \
        WHERE holders.text = $1 AND mails.at <= $2 LIMIT $3";
    database.rows(
        sql,
        &[Value::Int(run.text as i64), Value::Int(as_of), Value::Int(HOLDERS_MAX)],
        &mut |row| {
            if let [Value::Int(mail), Value::Int(at), Value::Text(mailbox)] = row {
                mails.push(*mail);
                mailboxes.insert(mailbox.clone());
                (from, until) = (from.min(*at), until.max(*at));
            }
        },
    )?;
    let mut parties = BTreeSet::new();
    let sql = "SELECT addresses.address FROM parties JOIN addresses ON addresses.id = parties.address WHERE parties.mail = $1";
    for mail in &mails {
        database.rows(sql, &[Value::Int(*mail)], &mut |row| {
            parties.extend(row.first().and_then(Value::text).map(str::to_owned));
        })?;
    }
    Ok((!mails.is_empty()).then(|| Conversation {
        weight: run.weight,
        weight_of_language: run.weight_of_language,
        parties: parties.into_iter().collect(),
        mailboxes: mailboxes.into_iter().collect(),
        from,
        until,
    }))
}

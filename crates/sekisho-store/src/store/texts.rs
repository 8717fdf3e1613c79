//! Texts ↔ keyed fingerprints in the database: which remembered texts a text shares a stretch with, and which mails hold them.

use std::collections::BTreeMap;

use super::learning::number;
use crate::database::{Database, Value};
use crate::letters::Letters;
use crate::matching::{Run, Shared, runs};
use crate::{Fingerprint, Secret, StoreError, fingerprints};

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    // Which mails hold a text, as their own (0) or quoted (1).
    "CREATE TABLE holders (text BIGINT NOT NULL, mail BIGINT NOT NULL, quoted BIGINT NOT NULL, PRIMARY KEY (text, mail))",
    "CREATE INDEX holders_by_mail ON holders (mail)",
    // The fingerprints of a text and where they stand in it.
    "CREATE TABLE fingerprints (hash BIGINT NOT NULL, text BIGINT NOT NULL, start BIGINT NOT NULL, PRIMARY KEY (hash, text, start))",
    "CREATE INDEX fingerprints_by_text ON fingerprints (text)",
];

/// Places of one fingerprint looked at. A fingerprint with more is a greeting or a footer, and says nothing.
const PLACES_MAX: i64 = 64;

/// Hashes asked for in one statement. Fewer are asked for by repeating one of them, so that one prepared statement serves all.
const ASKED: usize = 64;

/// A quotation is a remembered text where a run has this share of it.
const SAME_TEXT_PERCENT: u32 = 80;

/// How a mail holds a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// Its sender wrote it.
    Own,
    /// It quotes it.
    Quoted,
}

/// Notes that a mail holds a text. A quotation of a text that is remembered already is that text.
pub(super) fn hold(
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
        Held::Quoted => remembered(database, &letters, &marks)?,
    };
    let text = remembered.unwrap_or_else(|| text_id(secret, &letters));
    let quoted = i64::from(held == Held::Quoted);
    database.insert(
        "holders",
        &["text", "mail", "quoted"],
        &[vec![Value::Int(text), Value::Int(mail), Value::Int(quoted)]],
    )?;
    if remembered.is_none() {
        let row = |mark: &Fingerprint| {
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

/// Forgets which texts a mail holds, and the texts that nobody else holds.
pub(super) fn let_go(database: &mut dyn Database, mail: i64) -> Result<(), StoreError> {
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
    Ok(())
}

/// The remembered text that a quotation is, where it is one.
fn remembered(
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

/// The stretches of a text that remembered texts have too, the heaviest first.
pub(super) fn found(
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

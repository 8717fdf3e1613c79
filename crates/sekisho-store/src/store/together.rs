//! One question for several things at once: so a recall costs as many questions, whatever it finds.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::StoreError;
use crate::database::{Database, Value};

/// Asks `question` for every one of `ids`, where `{id}` stands in it, and hands all rows to `row`. The question may bound its own rows;
/// `$1`, `$2`, … stand for `values`. Repeated ids answer once.
pub(super) fn each(
    database: &mut dyn Database,
    question: &str,
    values: &[Value],
    ids: &[i64],
    row: &mut dyn FnMut(&[Value]),
) -> Result<(), StoreError> {
    let ids = distinct(ids);
    if ids.is_empty() { Ok(()) } else { database.each(question, values, &ids, row) }
}

/// Where the question names a list of the things asked about.
const PLACES: &str = "{ids}";

/// Numbers asked for in one list: few sizes, so that the statements stay prepared.
const LISTED: [usize; 2] = [8, 64];

/// Asks `question` for lists of `ids`, where `{ids}` stands in it, and hands all rows to `row`: for questions that bound the rows of a list,
/// or put them in order. Fewer numbers than a list has are asked for by repeating one.
pub(super) fn listed(
    database: &mut dyn Database,
    question: &str,
    values: &[Value],
    ids: &[i64],
    row: &mut dyn FnMut(&[Value]),
) -> Result<(), StoreError> {
    let most = LISTED.last().copied().unwrap_or(1);
    for some in distinct(ids).chunks(most) {
        let size = LISTED.iter().copied().find(|size| *size >= some.len()).unwrap_or(most);
        let last = some.last().copied().unwrap_or_default();
        let padded = (0..size).map(|at| Value::Int(some.get(at).copied().unwrap_or(last)));
        let all: Vec<Value> = values.iter().cloned().chain(padded).collect();
        database.rows(&question.replace(PLACES, &places(values.len(), size)), &all, row)?;
    }
    Ok(())
}

/// `$4, $5, $6` for three places behind three values.
fn places(before: usize, size: usize) -> String {
    // Asked for several times for each text: one piece of memory is enough.
    let mut places = String::with_capacity(size * 6);
    for at in 1..=size {
        let _ = write!(places, "{}${}", if at == 1 { "" } else { ", " }, before + at);
    }
    places
}

/// Each number once, in order.
fn distinct(ids: &[i64]) -> Vec<i64> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The words with these numbers.
pub(super) fn words(database: &mut dyn Database, ids: &[i64]) -> Result<BTreeMap<i64, String>, StoreError> {
    texts(database, "SELECT id, word FROM words WHERE id = {id}", ids)
}

/// The addresses with these numbers.
pub(super) fn addresses(
    database: &mut dyn Database,
    ids: &[i64],
) -> Result<BTreeMap<i64, String>, StoreError> {
    texts(database, "SELECT id, address FROM addresses WHERE id = {id}", ids)
}

fn texts(
    database: &mut dyn Database,
    question: &str,
    ids: &[i64],
) -> Result<BTreeMap<i64, String>, StoreError> {
    let mut all = BTreeMap::new();
    each(database, question, &[], ids, &mut |row| {
        if let [Value::Int(id), Value::Text(text)] = row {
            all.insert(*id, text.clone());
        }
    })?;
    Ok(all)
}

//! One question for several things at once → one statement: so a recall costs as many statements, whatever it finds.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::StoreError;
use crate::database::{Database, Value};

/// Where the question names the thing asked about.
const PLACE: &str = "{id}";

/// Sizes of the statements: few, so that they stay prepared. What is missing is asked for as something that is not there.
const SIZES: [usize; 4] = [1, 4, 16, 64];

/// Asks `question` for every one of `ids` and hands all rows to `row`. The question may bound its own rows; `{id}` stands for the thing,
/// `$1`, `$2`, … for `values`. Repeated ids answer once.
pub(super) fn each(
    database: &mut dyn Database,
    question: &str,
    values: &[Value],
    ids: &[i64],
    row: &mut dyn FnMut(&[Value]),
) -> Result<(), StoreError> {
    let most = SIZES.last().copied().unwrap_or(1);
    for some in distinct(ids).chunks(most) {
        let size = SIZES.iter().copied().find(|size| *size >= some.len()).unwrap_or(most);
        let place = |at: usize| format!("${}", values.len() + at + 1);
        let sql = if database.asks_sideways() {
            // Begun once for all of them, where the parts of a union are begun one by one.
            let places: Vec<String> = (0..size).map(|at| format!("({}::BIGINT)", place(at))).collect();
            let one = question.replace(PLACE, "asked.id");
            format!(
                "SELECT part.* FROM (VALUES {}) AS asked (id) CROSS JOIN LATERAL ({one}) AS part",
                places.join(", ")
            )
        } else {
            let part =
                |at: usize| format!("SELECT * FROM ({}) AS part{at}", question.replace(PLACE, &place(at)));
            (0..size).map(part).collect::<Vec<String>>().join(" UNION ALL ")
        };
        // A repeated id would answer twice: nothing has the number that pads.
        let padded = (0..size).map(|at| Value::Int(some.get(at).copied().unwrap_or(NOTHING)));
        let all: Vec<Value> = values.iter().cloned().chain(padded).collect();
        database.rows(&sql, &all, row)?;
    }
    Ok(())
}

/// Where the question names a list of the things asked about.
const PLACES: &str = "{ids}";

/// Numbers asked for in one list, where a question bounds the rows of a list.
const LISTED: [usize; 2] = [8, 64];

/// The same where the rows are bounded by what is kept: short lists cost little, and long ones few statements.
const LISTED_MANY: [usize; 4] = [8, 32, 96, 256];

/// Asks `question` for lists of `ids`, where `{ids}` stands in it, and hands all rows to `row`. The question may bound the rows of one list.
pub(super) fn listed(
    database: &mut dyn Database,
    question: &str,
    values: &[Value],
    ids: &[i64],
    row: &mut dyn FnMut(&[Value]),
) -> Result<(), StoreError> {
    in_lists(database, question, values, ids, &LISTED, row)
}

/// The same with lists of several sizes, for a question that bounds nothing.
pub(super) fn listed_many(
    database: &mut dyn Database,
    question: &str,
    ids: &[i64],
    row: &mut dyn FnMut(&[Value]),
) -> Result<(), StoreError> {
    in_lists(database, question, &[], ids, &LISTED_MANY, row)
}

/// Fewer numbers than a list has are asked for by repeating one, so that a few prepared statements serve all.
fn in_lists(
    database: &mut dyn Database,
    question: &str,
    values: &[Value],
    ids: &[i64],
    sizes: &[usize],
    row: &mut dyn FnMut(&[Value]),
) -> Result<(), StoreError> {
    let most = sizes.last().copied().unwrap_or(1);
    for some in distinct(ids).chunks(most) {
        let size = sizes.iter().copied().find(|size| *size >= some.len()).unwrap_or(most);
        let last = some.last().copied().unwrap_or(NOTHING);
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
    texts(database, "SELECT id, word FROM words WHERE id IN ({ids})", ids)
}

/// The addresses with these numbers.
pub(super) fn addresses(
    database: &mut dyn Database,
    ids: &[i64],
) -> Result<BTreeMap<i64, String>, StoreError> {
    texts(database, "SELECT id, address FROM addresses WHERE id IN ({ids})", ids)
}

fn texts(
    database: &mut dyn Database,
    question: &str,
    ids: &[i64],
) -> Result<BTreeMap<i64, String>, StoreError> {
    let mut all = BTreeMap::new();
    listed(database, question, &[], ids, &mut |row| {
        if let [Value::Int(id), Value::Text(text)] = row {
            all.insert(*id, text.clone());
        }
    })?;
    Ok(all)
}

/// A number that names nothing: a keyed hash is it once in 2⁶⁴, and texts are counted from 1.
const NOTHING: i64 = -1;

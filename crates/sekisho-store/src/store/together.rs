//! One question for several things at once → one statement: so a recall costs as many statements, whatever it finds.

use std::collections::BTreeMap;

use crate::StoreError;
use crate::database::{Database, Value};

/// Where the question names the thing asked about.
const PLACE: &str = "{id}";

/// Sizes of the statements: few, so that they stay prepared. What is missing is asked for by repeating the last.
const SIZES: [usize; 3] = [1, 8, 32];

/// Asks `question` for every one of `ids` and hands all rows to `row`. The question may bound its own rows; `{id}` stands for the thing,
/// `$1`, `$2`, … for `values`. Repeated ids answer once.
pub(super) fn each(
    database: &mut dyn Database,
    question: &str,
    values: &[Value],
    ids: &[i64],
    row: &mut dyn FnMut(&[Value]),
) -> Result<(), StoreError> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let most = SIZES.last().copied().unwrap_or(1);
    for some in ids.chunks(most) {
        let size = SIZES.iter().copied().find(|size| *size >= some.len()).unwrap_or(most);
        let parts: Vec<String> = (0..size)
            .map(|at| {
                let id = question.replace(PLACE, &format!("${}", values.len() + at + 1));
                format!("SELECT * FROM ({id}) AS part{at}")
            })
            .collect();
        let sql = parts.join(" UNION ALL ");
        // A repeated id would answer twice: nothing has the number that pads.
        let padded = (0..size).map(|at| Value::Int(some.get(at).copied().unwrap_or(NOTHING)));
        let all: Vec<Value> = values.iter().cloned().chain(padded).collect();
        database.rows(&sql, &all, row)?;
    }
    Ok(())
}

/// Numbers asked for in one list. Fewer are asked for by repeating one, so that one prepared statement serves all.
const LISTED: usize = 64;

/// Asks `question` for lists of `ids`, where `{ids}` stands in it, and hands all rows to `row`.
pub(super) fn listed(
    database: &mut dyn Database,
    question: &str,
    values: &[Value],
    ids: &[i64],
    row: &mut dyn FnMut(&[Value]),
) -> Result<(), StoreError> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let places: Vec<String> = (1..=LISTED).map(|at| format!("${}", values.len() + at)).collect();
    let sql = question.replace("{ids}", &places.join(", "));
    for some in ids.chunks(LISTED) {
        let last = some.last().copied().unwrap_or(NOTHING);
        let padded = (0..LISTED).map(|at| Value::Int(some.get(at).copied().unwrap_or(last)));
        let all: Vec<Value> = values.iter().cloned().chain(padded).collect();
        database.rows(&sql, &all, row)?;
    }
    Ok(())
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

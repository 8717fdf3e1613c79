//! One question for several things at once → one statement: so a recall costs as many statements, whatever it finds.

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

/// A number that names nothing: a keyed hash is it once in 2⁶⁴.
const NOTHING: i64 = i64::MIN;

//! The cells of a workbook, of all its sheets → the texts that they hold, for VBA macros that read them ([MS-XLS] 2.4,
//! [MS-XLSB] 2.4). Formulas are not read: the value that the file keeps with them is what macros see.

use super::book::Value;
use super::workbook::{self, values};
use super::{binary, strings};
use crate::Unread;
use crate::office::biff;
use crate::open::Budget;

/// A cell that holds something.
pub(crate) struct Held {
    /// From 0.
    pub(crate) row: u32,
    /// From 0.
    pub(crate) column: u32,
    pub(crate) text: String,
}

/// Those of a BIFF stream.
pub(crate) fn of_stream(stream: &[u8], budget: &mut Budget) -> Result<Vec<Held>, Unread> {
    let Some(version) = biff::records(stream).next().and_then(workbook::version) else {
        return Ok(Vec::new());
    };
    let strings = if version >= strings::Version::Biff8 { workbook::strings(stream) } else { Vec::new() };
    values(stream, version, &strings, budget).map(held)
}

/// Those of a sheet's part in a binary package.
pub(crate) fn of_part(part: &[u8], strings: &[String], budget: &mut Budget) -> Result<Vec<Held>, Unread> {
    binary::values(part, strings, budget).map(held)
}

/// The strings that cells of a binary package share.
pub(crate) fn shared(part: &[u8]) -> Vec<String> {
    binary::shared_strings(part)
}

fn held(cells: Vec<(u32, u32, Value)>) -> Vec<Held> {
    let text = |value: Value| match value {
        Value::Text(text) => Some(text),
        Value::Number(_) => value.text(),
        _ => None,
    };
    let cells = cells.into_iter();
    cells
        .filter_map(|(row, column, value)| Some(Held { row, column, text: text(value)? }))
        .filter(|held| !held.text.is_empty())
        .collect()
}

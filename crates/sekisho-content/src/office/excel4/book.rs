//! A workbook with macro sheets, whatever the format that it came in: sheets, cells, names.

use std::collections::BTreeMap;

use super::expression::Expression;
use crate::limits::EXCEL_CELLS_MAX;

/// A workbook.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// Its sheets, in the workbook's order.
    pub(super) sheets: Vec<Sheet>,
    /// Names that it defines.
    pub(super) names: Vec<Name>,
    /// Programs that it asks for data (DDE).
    pub(super) exchanges: Vec<Exchange>,
    /// Other workbooks that it takes values from.
    pub(super) links: Vec<String>,
    /// Cells held so far, over all sheets.
    cell_count: usize,
}

/// A sheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) state: State,
    pub(super) is_macro: bool,
    /// Cells by column, then row: macros run down a column.
    pub(super) cells: BTreeMap<(u32, u32), Cell>,
}

/// Whether a sheet is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Shown,
    Hidden,
    /// Hidden so that no menu brings it back.
    VeryHidden,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) formula: Option<Expression>,
    /// The value that the file keeps with it.
    pub(super) value: Value,
}

/// A value that a cell or an expression has.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Value {
    #[default]
    Empty,
    Number(f64),
    Text(String),
    Bool(bool),
    Error,
    /// A text of which only pieces are known; `…` stands for the rest.
    Pieces(String),
    /// Not known without running it.
    Unknown,
    /// Cells, not what is in them.
    Range(Range),
}

/// Cells of one sheet, from the first corner to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) sheet: usize,
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

/// A name and what it stands for.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) name: String,
    pub(super) refers: Expression,
}

/// A conversation with another program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Exchange {
    pub(super) program: String,
    pub(super) topic: String,
}

impl Book {
    /// Keeps a cell; false where there are more than are kept.
    pub(super) fn put(&mut self, sheet: usize, row: u32, column: u32, cell: Cell) -> bool {
        let room = self.cell_count < EXCEL_CELLS_MAX;
        if let Some(sheet) = self.sheets.get_mut(sheet).filter(|_| room) {
            self.cell_count += 1;
            sheet.cells.insert((column, row), cell);
        }
        room
    }

    /// Whether a formula that may run could not be read to its end.
    pub(super) fn has_unread(&self) -> bool {
        let macros = self.sheets.iter().filter(|sheet| sheet.is_macro);
        let mut formulas =
            macros.flat_map(|sheet| sheet.cells.values()).filter_map(|cell| cell.formula.as_ref());
        formulas.any(|formula| formula.any(&mut |part| *part == Expression::Unread))
    }

    /// Whether it has any sheet that can hold macros.
    pub(super) fn has_macro_sheet(&self) -> bool {
        self.sheets.iter().any(|sheet| sheet.is_macro)
    }
}

impl Value {
    /// The text that it is shown as; `None` where it is not known whole.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Value::Empty => Some(String::new()),
            Value::Number(number) => Some(number_text(*number)),
            Value::Text(text) => Some(text.clone()),
            Value::Bool(true) => Some("TRUE".to_owned()),
            Value::Bool(false) => Some("FALSE".to_owned()),
            Value::Error | Value::Pieces(_) | Value::Unknown | Value::Range(_) => None,
        }
    }

    /// The number that it counts as.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Value::Empty => Some(0.0),
            Value::Number(number) => Some(*number),
            Value::Bool(value) => Some(f64::from(u8::from(*value))),
            Value::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            Value::Error | Value::Pieces(_) | Value::Unknown | Value::Range(_) => None,
        }
    }

    /// Whether it holds, where that is known.
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => self.number().map(|number| number != 0.0),
        }
    }
}

/// A number as a cell shows it.
pub(super) fn number_text(number: f64) -> String {
    if number == number.trunc() && number.abs() < 1e15 { format!("{number:.0}") } else { format!("{number}") }
}

//! A workbook's macros, run by hand and without effect → what they call and with which arguments (Microsoft's "Excel
//! Macro Functions Reference" for Excel 4).
//!
//! Macros run down a column until something stops them, write texts into cells that are macros again, and choose their
//! way by what they find on the machine. Here each way that is not known to be closed is gone, and nothing is ever done:
//! a function that would act is noted with its arguments. Work is bounded; what was not reached by then is still read in
//! the open.

mod act;
mod evaluate;
mod flow;

use std::collections::{BTreeMap, BTreeSet};

use super::book::{Book, Cell, Range, Value};
use super::expression::Expression;
use crate::Cost;
use crate::limits::{
    EXCEL_CELLS_MAX, EXCEL_MACRO_CALLS_MAX, EXCEL_MACRO_DEPTH_MAX, EXCEL_MACRO_WORK_MAX,
    EXCEL_TEXT_CHARACTERS_MAX,
};
use crate::open::Budget;
use flow::{Flow, Loop};

/// What running showed.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Calls that reach outside, in order.
    pub(super) calls: Vec<Called>,
    /// Formulas that macros wrote.
    pub(super) written: Vec<(String, String)>,
    /// A text put together from pieces was written as a formula, and what it says did not come out.
    pub(super) hides: bool,
    /// A macro that is started could not be told.
    pub(super) strays: bool,
    /// The work ran out.
    pub(super) is_cut: bool,
}

/// A call that reaches outside.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Called {
    pub(super) function: String,
    pub(super) arguments: Vec<Value>,
    /// Whether what starts by itself comes to it.
    pub(super) is_started: bool,
}

/// A cell: sheet, row, column.
type Spot = (usize, u32, u32);

/// Runs what starts by itself, then what was not reached.
pub(super) fn run(book: &Book, starts: &[&Expression], budget: &mut Budget) -> Found {
    let mut machine = Machine::new(book, budget);
    for start in starts {
        let target = machine.evaluate(start, machine.home(), 0);
        machine.start(&target);
    }
    machine.run_pending();
    machine.is_started = false;
    for spot in machine.macro_cells() {
        if !machine.visited.contains(&spot) {
            machine.run_from(spot, 0);
            machine.run_pending();
        }
    }
    machine.found
}

struct Machine<'b> {
    book: &'b Book,
    budget: &'b mut Budget,
    work_left: u64,
    /// What macros wrote into cells, formulas and values.
    written: BTreeMap<(usize, u32, u32), Cell>,
    /// Values of cells that have run, by spot.
    values: BTreeMap<Spot, Value>,
    /// Values worked out of formulas that have not run; they fall with the next write.
    derived: BTreeMap<Spot, Value>,
    names: BTreeMap<String, Value>,
    /// Functions of libraries under the names that macros gave them.
    registered: BTreeMap<String, String>,
    active: Option<Spot>,
    /// How deep the evaluation is.
    nesting: usize,
    visited: BTreeSet<Spot>,
    pending: Vec<Spot>,
    /// Whatever was ever pending.
    queued: BTreeSet<Spot>,
    /// The book's names and sheets by their names in lower case.
    defined: BTreeMap<String, usize>,
    sheets: BTreeMap<String, usize>,
    /// Where the last formula leads, if not down.
    flow: Option<Flow>,
    /// Whether the branch being looked at is known to be taken.
    is_certain: bool,
    /// Whether what runs was started by itself.
    is_started: bool,
    /// Whether functions act: not while a cell is only looked at.
    acts: bool,
    found: Found,
}

impl<'b> Machine<'b> {
    fn new(book: &'b Book, budget: &'b mut Budget) -> Self {
        // Of two with the same name the first stands.
        let numbered = |names: Vec<&String>| -> BTreeMap<String, usize> {
            names.into_iter().enumerate().rev().map(|(index, name)| (name.to_lowercase(), index)).collect()
        };
        Machine {
            book,
            budget,
            work_left: EXCEL_MACRO_WORK_MAX,
            written: BTreeMap::new(),
            values: BTreeMap::new(),
            derived: BTreeMap::new(),
            names: BTreeMap::new(),
            registered: BTreeMap::new(),
            active: None,
            nesting: 0,
            visited: BTreeSet::new(),
            pending: Vec::new(),
            queued: BTreeSet::new(),
            defined: numbered(book.names.iter().map(|name| &name.name).collect()),
            sheets: numbered(book.sheets.iter().map(|sheet| &sheet.name).collect()),
            flow: None,
            is_certain: true,
            is_started: true,
            acts: true,
            found: Found::default(),
        }
    }

    /// The first macro sheet: where a place without a sheet is, for want of better.
    fn home(&self) -> Spot {
        (self.book.sheets.iter().position(|sheet| sheet.is_macro).unwrap_or(0), 0, 0)
    }

    fn macro_cells(&self) -> Vec<Spot> {
        let sheets = self.book.sheets.iter().enumerate().filter(|(_, sheet)| sheet.is_macro);
        let cells = sheets.flat_map(|(number, sheet)| {
            let formulas = sheet.cells.iter().filter(|(_, cell)| cell.formula.is_some());
            formulas.map(move |((column, row), _)| (number, *row, *column))
        });
        cells.collect()
    }

    fn pays(&mut self, work: u64) -> bool {
        let paid = self.work_left.checked_sub(work).is_some_and(|left| {
            self.work_left = left;
            self.budget.pay(Cost::Work(work)).is_ok()
        });
        if !paid {
            self.work_left = 0;
            self.found.is_cut = true;
        }
        paid
    }

    /// Sets out a macro to be run.
    fn start(&mut self, target: &Value) {
        match target {
            Value::Range(range) => {
                let spot = (range.sheet, range.first.0, range.first.1);
                if !self.visited.contains(&spot) && self.queued.insert(spot) {
                    self.pending.push(spot);
                }
            }
            _ => self.found.strays = true,
        }
    }

    fn run_pending(&mut self) {
        while let Some(spot) = self.pending.pop() {
            self.run_from(spot, 0);
        }
    }

    /// Runs down from a cell until something stops it.
    fn run_from(&mut self, start: Spot, depth: usize) -> Value {
        if depth > EXCEL_MACRO_DEPTH_MAX {
            return Value::Unknown;
        }
        let mut loops: Vec<Loop> = Vec::new();
        let mut at = Some(start);
        while let Some(spot) = at.and_then(|at| self.next_cell(at)) {
            if !self.pays(4) {
                break;
            }
            self.visited.insert(spot);
            at = below(spot);
            let Some(formula) = self.formula_at(spot) else { continue };
            self.flow = None;
            let value = self.evaluate(&formula, spot, depth);
            self.values.insert(spot, value.clone());
            match self.flow.take() {
                None => {}
                Some(Flow::Stop) => return value,
                Some(Flow::Jump(to)) => at = Some(to),
                Some(Flow::Begin(begun)) => at = self.begin(begun, spot, &mut loops),
                Some(Flow::Next) => at = self.next(&mut loops).or(at),
            }
        }
        Value::Unknown
    }

    /// The first cell that holds anything, from here down.
    fn next_cell(&self, (sheet, row, column): Spot) -> Option<Spot> {
        let cells = self.book.sheets.get(sheet).map(|sheet| &sheet.cells);
        let known = cells.and_then(|cells| cells.range((column, row)..=(column, u32::MAX)).next());
        let known = known.map(|((_, row), _)| *row);
        let written = self.written.range((sheet, column, row)..=(sheet, column, u32::MAX)).next();
        let written = written.map(|((_, _, row), _)| *row);
        let row = known.into_iter().chain(written).min()?;
        Some((sheet, row, column))
    }

    fn cell(&self, (sheet, row, column): Spot) -> Option<&Cell> {
        let written = self.written.get(&(sheet, column, row));
        written.or_else(|| self.book.sheets.get(sheet)?.cells.get(&(column, row)))
    }

    fn formula_at(&self, spot: Spot) -> Option<Expression> {
        self.cell(spot)?.formula.clone()
    }

    /// The value of a cell: of its last run, of its formula as far as it can be told, or as the file keeps it.
    fn value_at(&mut self, spot: Spot, depth: usize) -> Value {
        if let Some(value) = self.values.get(&spot).or_else(|| self.derived.get(&spot)) {
            let value = value.clone();
            return self.copied(value);
        }
        let Some(cell) = self.cell(spot) else { return Value::Empty };
        let (kept, formula) = (cell.value.clone(), cell.formula.clone());
        let Some(formula) = formula.filter(|_| depth < EXCEL_MACRO_DEPTH_MAX) else {
            return self.copied(kept);
        };
        // Looking at a cell runs nothing.
        let acts = std::mem::replace(&mut self.acts, false);
        let value = self.evaluate(&formula, spot, depth + 1);
        self.acts = acts;
        let is_open = matches!(value, Value::Unknown | Value::Error | Value::Pieces(_));
        let told = matches!(kept, Value::Text(_)) || matches!(kept, Value::Number(number) if number != 0.0);
        let value = if is_open && told { kept } else { value };
        self.derived.insert(spot, value.clone());
        value
    }

    fn write(&mut self, range: Range, cell: Cell) {
        self.derived.clear();
        let spot = (range.sheet, range.first.0, range.first.1);
        self.values.remove(&spot);
        if cell.formula.is_none() {
            self.values.insert(spot, cell.value.clone());
        }
        if self.written.len() < EXCEL_CELLS_MAX {
            self.written.insert((spot.0, spot.2, spot.1), cell);
        } else {
            self.found.is_cut = true;
        }
    }

    /// Notes a call that reaches outside; each once.
    fn called(&mut self, function: &str, arguments: Vec<Value>) {
        let called = Called { function: function.to_owned(), arguments, is_started: self.is_started };
        if self.found.calls.len() >= EXCEL_MACRO_CALLS_MAX {
            self.found.is_cut = true;
        } else if !self.found.calls.contains(&called) {
            self.found.calls.push(called);
        }
    }

    /// A value that was copied; long texts cost.
    fn copied(&mut self, value: Value) -> Value {
        let length = match &value {
            Value::Text(text) | Value::Pieces(text) => text.len(),
            _ => 0,
        };
        if self.pays(length as u64 / 64) { value } else { Value::Unknown }
    }

    /// A text that came out, cut where Excel itself cuts it.
    fn text(&mut self, text: String) -> Value {
        if !self.pays(text.len() as u64 / 32) {
            return Value::Unknown;
        }
        if text.len() > EXCEL_TEXT_CHARACTERS_MAX {
            let cut: String = text.chars().take(EXCEL_TEXT_CHARACTERS_MAX).collect();
            return Value::Pieces(cut);
        }
        Value::Text(text)
    }
}

fn below((sheet, row, column): Spot) -> Option<Spot> {
    Some((sheet, row.checked_add(1)?, column))
}

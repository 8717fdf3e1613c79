//! Functions that lead the macro elsewhere or change cells and names.

use super::flow::{Begun, Flow};
use super::{Machine, Spot};
use crate::office::excel4::book::{Cell, Range, Value};
use crate::office::excel4::expression::Expression;
use crate::office::excel4::formula::{Style, parse};
use crate::office::excel4::words;

impl Machine<'_> {
    /// Does what a function of this sort does; `None` where it is of another sort.
    pub(super) fn act(
        &mut self,
        name: &str,
        arguments: &[Expression],
        spot: Spot,
        depth: usize,
    ) -> Option<Value> {
        let nothing = Some(Value::Bool(true));
        match name {
            "IF" => Some(self.choose(arguments, spot, depth)),
            "HALT" | "RETURN" | "CLOSE" | "QUIT" | "FILE.CLOSE" | "CLOSE.ALL" => {
                let value = arguments.first().map(|value| self.evaluate(value, spot, depth));
                // Whoever closes the workbook only under some condition wants to be closed on ours.
                if self.acts && self.is_certain {
                    self.flow = Some(Flow::Stop);
                }
                Some(value.unwrap_or(Value::Bool(true)))
            }
            "GOTO" => {
                let target = self.evaluate(arguments.first()?, spot, depth);
                self.go(target);
                nothing
            }
            "RUN" => {
                let target =
                    arguments.first().map_or(Value::Unknown, |target| self.macro_named(target, spot, depth));
                self.noted(name, arguments, spot, depth);
                Some(self.invoke(target, depth))
            }
            "ON.TIME" | "ON.KEY" | "ON.WINDOW" | "ON.SHEET" | "ON.ENTRY" | "ON.RECALC" | "ON.DATA"
            | "ON.DOUBLECLICK" => {
                self.noted(name, arguments, spot, depth);
                if let Some(target) = arguments.get(1).filter(|target| **target != Expression::Missing) {
                    let target = self.macro_named(target, spot, depth);
                    if self.acts {
                        self.start(&target);
                    }
                }
                nothing
            }
            "WHILE" => {
                let condition = self.evaluate(arguments.first()?, spot, depth);
                let truth = self.scalar(condition, depth).truth();
                self.begins(Begun::While(truth));
                nothing
            }
            "FOR" | "FOR.CELL" => {
                let begun = self.count(name, arguments, spot, depth).unwrap_or(Begun::Once);
                self.begins(begun);
                nothing
            }
            "NEXT" => {
                if self.acts {
                    self.flow = Some(Flow::Next);
                }
                nothing
            }
            _ => self.change(name, arguments, spot, depth),
        }
    }

    fn change(&mut self, name: &str, arguments: &[Expression], spot: Spot, depth: usize) -> Option<Value> {
        let nothing = Some(Value::Bool(true));
        match name {
            "SET.NAME" | "DEFINE.NAME" => {
                let named = self.text_of(arguments.first()?, spot, depth);
                let mut value =
                    arguments.get(1).map_or(Value::Empty, |value| self.evaluate(value, spot, depth));
                if let ("DEFINE.NAME", Value::Text(text)) = (name, &value)
                    && text.starts_with('=')
                {
                    let refers = typed(text, (spot.1, spot.2));
                    value = self.evaluate(&refers, spot, depth + 1);
                }
                if let Some(named) = named.filter(|_| self.acts) {
                    self.derived.clear();
                    self.names.insert(named.to_lowercase(), value);
                }
                nothing
            }
            "SET.VALUE" => {
                let target = self.evaluate(arguments.first()?, spot, depth);
                let value = arguments.get(1).map_or(Value::Empty, |value| self.evaluate(value, spot, depth));
                let value = self.scalar(value, depth);
                if let (Value::Range(range), true) = (target, self.acts) {
                    self.write(range, Cell { formula: None, value });
                }
                nothing
            }
            "SELECT" | "FORMULA.GOTO" | "WORKBOOK.SELECT" => {
                if let Some(Value::Range(range)) =
                    arguments.first().map(|target| self.evaluate(target, spot, depth))
                {
                    self.active = Some((range.sheet, range.first.0, range.first.1));
                }
                nothing
            }
            "FORMULA" | "FORMULA.FILL" | "FORMULA.ARRAY" => {
                self.formula(name, arguments, spot, depth);
                nothing
            }
            "REGISTER" => {
                self.noted(name, arguments, spot, depth);
                let known: Vec<Option<String>> =
                    arguments.iter().take(4).map(|argument| self.text_of(argument, spot, depth)).collect();
                if let [Some(_), Some(function), _, Some(alias)] = known.as_slice() {
                    self.registered.insert(alias.to_lowercase(), function.clone());
                }
                Some(Value::Unknown)
            }
            _ => None,
        }
    }

    /// Notes a call with the values of its arguments.
    pub(super) fn noted(&mut self, name: &str, arguments: &[Expression], spot: Spot, depth: usize) {
        let values: Vec<Value> = arguments
            .iter()
            .map(|argument| {
                let value = self.evaluate(argument, spot, depth);
                self.scalar(value, depth)
            })
            .collect();
        if self.acts {
            self.called(name, values);
        }
    }

    /// Starts a macro and comes back.
    pub(super) fn invoke(&mut self, target: Value, depth: usize) -> Value {
        if !self.acts {
            return Value::Unknown;
        }
        let Value::Range(range) = target else {
            self.found.strays = true;
            return Value::Unknown;
        };
        let spot = (range.sheet, range.first.0, range.first.1);
        if !self.is_certain {
            self.start(&Value::Range(range));
            return Value::Unknown;
        }
        let flow = self.flow.take();
        let value = self.run_from(spot, depth + 1);
        self.flow = flow;
        value
    }

    /// A macro by a reference, or by a text that names it.
    fn macro_named(&mut self, target: &Expression, spot: Spot, depth: usize) -> Value {
        let value = self.evaluate(target, spot, depth);
        match &value {
            Value::Range(range) if range.first == range.last => {
                // A cell may hold the name of the macro, or be the macro.
                let cell = (range.sheet, range.first.0, range.first.1);
                match self.cell(cell).filter(|cell| cell.formula.is_none()).map(|cell| cell.value.clone()) {
                    Some(Value::Text(name)) => self.evaluate(&reference(&name), spot, depth),
                    _ => value,
                }
            }
            Value::Text(name) => self.evaluate(&reference(name), spot, depth),
            _ => value,
        }
    }

    /// A way that is known to be taken, or both.
    fn choose(&mut self, arguments: &[Expression], spot: Spot, depth: usize) -> Value {
        let Some(condition) = arguments.first() else { return Value::Unknown };
        let condition = self.evaluate(condition, spot, depth);
        let truth = self.scalar(condition, depth).truth();
        match truth {
            Some(true) => arguments.get(1).map_or(Value::Bool(true), |way| self.evaluate(way, spot, depth)),
            Some(false) => arguments.get(2).map_or(Value::Bool(false), |way| self.evaluate(way, spot, depth)),
            None => {
                let was_certain = std::mem::replace(&mut self.is_certain, false);
                let ways: Vec<Value> =
                    arguments.iter().skip(1).map(|way| self.evaluate(way, spot, depth)).collect();
                self.is_certain = was_certain;
                match ways.as_slice() {
                    [one, other] if one == other => one.clone(),
                    _ => Value::Unknown,
                }
            }
        }
    }

    fn go(&mut self, target: Value) {
        if !self.acts {
            return;
        }
        match target {
            Value::Range(range) if self.is_certain => {
                self.flow = Some(Flow::Jump((range.sheet, range.first.0, range.first.1)));
            }
            target => self.start(&target),
        }
    }

    fn begins(&mut self, begun: Begun) {
        if self.acts {
            self.flow = Some(Flow::Begin(begun));
        }
    }

    fn count(&mut self, name: &str, arguments: &[Expression], spot: Spot, depth: usize) -> Option<Begun> {
        let counter = self.text_of(arguments.first()?, spot, depth)?.to_lowercase();
        if name == "FOR.CELL" {
            return match self.evaluate(arguments.get(1)?, spot, depth) {
                Value::Range(range) => Some(Begun::Cells { name: counter, range }),
                _ => None,
            };
        }
        let number = |machine: &mut Self, at: usize| {
            let value = machine.evaluate(arguments.get(at)?, spot, depth);
            machine.scalar(value, depth).number()
        };
        let (from, to) = (number(self, 1)?, number(self, 2)?);
        let step = if arguments.len() > 3 { number(self, 3)? } else { 1.0 };
        Some(Begun::Count { name: counter, from, to, step })
    }

    /// Writes a text into a cell as if typed: a formula where it begins with `=`.
    fn formula(&mut self, name: &str, arguments: &[Expression], spot: Spot, depth: usize) {
        let Some(text) = arguments.first() else { return };
        let value = self.evaluate(text, spot, depth);
        let value = self.scalar(value, depth);
        let target = match arguments.get(1).filter(|target| **target != Expression::Missing) {
            Some(target) => self.evaluate(target, spot, depth),
            None => self.active.map_or(Value::Unknown, |(sheet, row, column)| {
                Value::Range(Range { sheet, first: (row, column), last: (row, column) })
            }),
        };
        if !self.acts {
            return;
        }
        let cell = match &value {
            Value::Text(text) if text.starts_with('=') => {
                let spot = match target {
                    Value::Range(range) => (range.first.0, range.first.1),
                    _ => (spot.1, spot.2),
                };
                let formula = typed(text, spot);
                if self.found.written.len() < super::EXCEL_MACRO_CALLS_MAX {
                    let text = text.chars().take(WRITTEN_CHARACTERS_MAX).collect();
                    self.found.written.push((where_to(self, &target), text));
                }
                Cell { formula: Some(formula), value: Value::Empty }
            }
            _ => Cell { formula: None, value: value.clone() },
        };
        let builds =
            matches!(value, Value::Pieces(_) | Value::Unknown | Value::Error) && self.builds(text, spot, 0);
        if builds || matches!(&value, Value::Pieces(text) if text.starts_with('=')) {
            self.found.hides = true;
        }
        // Of plain values a loop writes thousands.
        if matches!(&value, Value::Text(text) | Value::Pieces(text) if text.starts_with('=') || text.contains(['/', '\\']))
        {
            self.called(name, vec![value]);
        }
        match (target, &cell.formula) {
            (Value::Range(range), _) => self.write(range, cell),
            // Written where nobody knows, and read all the same.
            (_, Some(formula)) => {
                let formula = formula.clone();
                let was_certain = std::mem::replace(&mut self.is_certain, false);
                self.evaluate(&formula, spot, depth + 1);
                self.is_certain = was_certain;
            }
            _ => {}
        }
    }

    /// Whether a text is put together from letters or pieces, in the open or in the cells that it is taken from.
    fn builds(&mut self, text: &Expression, spot: Spot, depth: usize) -> bool {
        const CELLS_MAX: usize = 64;
        let (mut built, mut size, mut cells) = (false, 0_u64, Vec::new());
        text.visit(&mut |part| {
            size += 1;
            match part {
                Expression::Cell(place) if cells.len() < CELLS_MAX => cells.push(place.clone()),
                Expression::Call(name, _) => built |= words::BUILDING.contains(&name.as_str()),
                _ => {}
            }
        });
        if built || depth >= 2 || !self.pays(size) {
            return built;
        }
        cells.iter().any(|place| {
            let named = place.sheet.as_ref().map(|name| self.sheets.get(&name.to_lowercase()).copied());
            let cell = named.unwrap_or(Some(spot.0)).map(|sheet| (sheet, place.row, place.column));
            let formula = cell.and_then(|cell| Some((cell, self.formula_at(cell)?)));
            formula.is_some_and(|(cell, formula)| self.builds(&formula, cell, depth + 1))
        })
    }
}

/// Characters kept of a formula that macros wrote: what a cell can hold of one.
const WRITTEN_CHARACTERS_MAX: usize = 8_192;

/// A text as it is typed into a cell: macros write places as rows and columns, but not all their writers know.
fn typed(text: &str, base: (u32, u32)) -> Expression {
    let formula = parse(text, Style::R1C1, base);
    if formula.any(&mut |part| matches!(part, Expression::Cell(_) | Expression::Area(..))) {
        return formula;
    }
    parse(text, Style::A1, base)
}

/// What a text names: a place in either way of writing, or a name.
fn reference(text: &str) -> Expression {
    match parse(text, Style::A1, (0, 0)) {
        Expression::Name(_) => parse(text, Style::R1C1, (0, 0)),
        known => known,
    }
}

fn where_to(machine: &Machine<'_>, target: &Value) -> String {
    let Value::Range(range) = target else { return String::new() };
    let sheet = machine.book.sheets.get(range.sheet).map(|sheet| sheet.name.clone());
    crate::office::excel4::expression::Place { sheet, row: range.first.0, column: range.first.1 }.to_string()
}

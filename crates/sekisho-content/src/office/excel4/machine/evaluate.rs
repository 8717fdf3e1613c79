//! Expressions → values, as far as they follow from the workbook alone.

mod numbers;
mod texts;

use super::{Machine, Spot};
use crate::limits::{EXCEL_MACRO_NESTING_MAX, EXCEL_MACRO_RANGE_CELLS_MAX};
use crate::office::excel4::book::{Range, Value};
use crate::office::excel4::expression::{Expression, Place};
use crate::office::excel4::formula::{Style, parse};
use crate::office::excel4::words;

impl<'b> Machine<'b> {
    /// The value of an expression in the cell `spot`; a reference stays one.
    pub(super) fn evaluate(&mut self, expression: &Expression, spot: Spot, depth: usize) -> Value {
        if self.nesting >= EXCEL_MACRO_NESTING_MAX || !self.pays(1) {
            return Value::Unknown;
        }
        self.nesting += 1;
        let value = self.evaluated(expression, spot, depth);
        self.nesting -= 1;
        value
    }

    fn evaluated(&mut self, expression: &Expression, spot: Spot, depth: usize) -> Value {
        match expression {
            Expression::Number(number) => Value::Number(*number),
            Expression::Text(text) => self.copied(Value::Text(text.clone())),
            Expression::Bool(value) => Value::Bool(*value),
            Expression::Error(_) => Value::Error,
            Expression::Missing => Value::Empty,
            Expression::Cell(place) => self.range(place, place, spot),
            Expression::Area(first, last) => self.range(first, last, spot),
            Expression::Name(name) => self.named(name, depth),
            Expression::Call(name, arguments) => self.call(name, arguments, spot, depth),
            Expression::Invoke(target, arguments) => self.invoked(target, arguments, spot, depth),
            Expression::Sign(sign, part) => {
                let value = self.evaluate(part, spot, depth);
                if *sign == "()" {
                    return value;
                }
                let number = self.scalar(value, depth).number();
                number.map_or(Value::Unknown, |number| match *sign {
                    "-" => Value::Number(-number),
                    "%" => Value::Number(number / 100.0),
                    _ => Value::Number(number),
                })
            }
            Expression::Join("&", parts) => {
                let values: Vec<Value> = parts.iter().map(|part| self.evaluate(part, spot, depth)).collect();
                self.concatenated(values, depth)
            }
            Expression::Join(sign, parts) => {
                let mut values = parts.iter();
                let first = values.next().map_or(Value::Unknown, |part| self.evaluate(part, spot, depth));
                let mut left = self.scalar(first, depth);
                for part in values {
                    let right = self.evaluate(part, spot, depth);
                    let right = self.scalar(right, depth);
                    left = numbers::joined(sign, &left, &right);
                }
                left
            }
            Expression::Unread => Value::Unknown,
        }
    }

    /// The value in a reference's first cell, and any other value as it is.
    pub(super) fn scalar(&mut self, value: Value, depth: usize) -> Value {
        match value {
            Value::Range(range) => self.value_at((range.sheet, range.first.0, range.first.1), depth),
            value => value,
        }
    }

    /// The text of an expression; of a name, its own letters.
    pub(super) fn text_of(&mut self, expression: &Expression, spot: Spot, depth: usize) -> Option<String> {
        if let Expression::Name(name) = expression
            && !self.names.contains_key(&name.to_lowercase())
            && !self.defined.contains_key(&name.to_lowercase())
        {
            return Some(name.clone());
        }
        let value = self.evaluate(expression, spot, depth);
        self.scalar(value, depth).text()
    }

    fn range(&self, first: &Place, last: &Place, spot: Spot) -> Value {
        let sheet = match &first.sheet {
            Some(name) => self.sheets.get(&name.to_lowercase()).copied(),
            None => Some(spot.0),
        };
        let corners = (first.row.min(last.row), first.column.min(last.column));
        let ends = (first.row.max(last.row), first.column.max(last.column));
        sheet.map_or(Value::Unknown, |sheet| Value::Range(Range { sheet, first: corners, last: ends }))
    }

    fn named(&mut self, name: &str, depth: usize) -> Value {
        let lower = name.to_lowercase();
        if let Some(value) = self.names.get(&lower) {
            return value.clone();
        }
        match self.refers(&lower) {
            Some(refers) => self.evaluate(refers, self.home(), depth + 1),
            None => Value::Unknown,
        }
    }

    /// What a name of the book stands for.
    fn refers(&self, lower: &str) -> Option<&'b Expression> {
        let book = self.book;
        self.defined.get(lower).and_then(|index| book.names.get(*index)).map(|name| &name.refers)
    }

    fn call(&mut self, name: &str, arguments: &[Expression], spot: Spot, depth: usize) -> Value {
        if let Some(value) = self.act(name, arguments, spot, depth) {
            return value;
        }
        if words::weight(name).is_some() {
            self.noted(name, arguments, spot, depth);
            return Value::Unknown;
        }
        let values: Vec<Value> =
            arguments.iter().map(|argument| self.evaluate(argument, spot, depth)).collect();
        if let Some(value) = self.of_places(name, &values, spot, depth) {
            return value;
        }
        if matches!(name, "SUM" | "PRODUCT" | "MIN" | "MAX" | "AVERAGE" | "AND" | "OR" | "COUNTA" | "CONCAT")
        {
            let cells: Vec<Value> = values.into_iter().flat_map(|value| self.cells(value, depth)).collect();
            if name == "CONCAT" {
                return self.concatenated(cells, depth);
            }
            return numbers::over_all(name, &cells);
        }
        let values: Vec<Value> = values.into_iter().map(|value| self.scalar(value, depth)).collect();
        if name == "CONCATENATE" {
            return self.concatenated(values, depth);
        }
        match numbers::call(name, &values).or_else(|| texts::call(name, &values)) {
            Some(Value::Text(text)) => self.text(text),
            Some(value) => value,
            None => Value::Unknown,
        }
    }

    /// A macro, or a function of a library under the name that a macro gave it.
    fn invoked(&mut self, target: &Expression, arguments: &[Expression], spot: Spot, depth: usize) -> Value {
        if let Expression::Name(name) = target {
            if let Some(function) = self.registered.get(&name.to_lowercase()).cloned() {
                self.noted(&function, arguments, spot, depth);
                return Value::Unknown;
            }
            let lower = name.to_lowercase();
            // Excel lists a library's function as a name that stands for nothing.
            let stands = |refers: &&Expression| !matches!(refers, Expression::Unread | Expression::Error(_));
            let is_own = self.names.contains_key(&lower) || self.refers(&lower).is_some_and(|it| stands(&it));
            if !is_own {
                self.noted(name, arguments, spot, depth);
                return Value::Unknown;
            }
        }
        for argument in arguments {
            self.evaluate(argument, spot, depth);
        }
        let target = self.evaluate(target, spot, depth);
        self.invoke(target, depth)
    }

    /// Pieces side by side; what is not known of them is left open.
    fn concatenated(&mut self, values: Vec<Value>, depth: usize) -> Value {
        let (mut text, mut is_whole) = (String::new(), true);
        for value in values {
            match self.scalar(value, depth) {
                Value::Pieces(pieces) => {
                    text.push_str(&pieces);
                    is_whole = false;
                }
                value => match value.text() {
                    Some(piece) => text.push_str(&piece),
                    None => {
                        text.push('…');
                        is_whole = false;
                    }
                },
            }
        }
        match (self.text(text), is_whole) {
            (Value::Text(text), false) => Value::Pieces(text),
            (value, _) => value,
        }
    }

    /// The values of all cells of a reference, row by row.
    fn cells(&mut self, value: Value, depth: usize) -> Vec<Value> {
        let Value::Range(range) = value else { return vec![value] };
        let mut values = Vec::new();
        for row in range.first.0..=range.last.0 {
            for column in range.first.1..=range.last.1 {
                if values.len() >= EXCEL_MACRO_RANGE_CELLS_MAX || !self.pays(1) {
                    values.push(Value::Unknown);
                    return values;
                }
                values.push(self.value_at((range.sheet, row, column), depth));
            }
        }
        values
    }

    /// Functions that take or give references.
    fn of_places(&mut self, name: &str, values: &[Value], spot: Spot, depth: usize) -> Option<Value> {
        let first = values.first();
        match (name, first) {
            ("ROW" | "COLUMN", first) => {
                let (row, column) = match first {
                    Some(Value::Range(range)) => range.first,
                    _ => (spot.1, spot.2),
                };
                Some(Value::Number(f64::from(if name == "ROW" { row } else { column }) + 1.0))
            }
            ("ROWS", Some(Value::Range(range))) => {
                Some(Value::Number(f64::from(range.last.0 - range.first.0) + 1.0))
            }
            ("COLUMNS", Some(Value::Range(range))) => {
                Some(Value::Number(f64::from(range.last.1 - range.first.1) + 1.0))
            }
            ("OFFSET", Some(Value::Range(range))) => {
                let (rows, columns) = (self.number(values, 1, depth)?, self.number(values, 2, depth)?);
                let moved = |from: u32, by: f64| {
                    let to = f64::from(from) + by.trunc();
                    (to >= 0.0 && to < f64::from(u32::MAX)).then_some(to as u32)
                };
                Some(one(range.sheet, moved(range.first.0, rows)?, moved(range.first.1, columns)?))
            }
            ("INDEX", Some(Value::Range(range))) => self.indexed(*range, values, depth),
            ("INDIRECT" | "TEXTREF" | "EVALUATE", Some(first)) => {
                let text = self.scalar(first.clone(), depth).text()?;
                let given = values.get(1).and_then(|_| self.number(values, 1, depth));
                // A second argument that is false: rows and columns.
                let is_rows = name != "EVALUATE" && given == Some(0.0);
                let style = if is_rows { Style::R1C1 } else { Style::A1 };
                let formula = parse(&text, style, (spot.1, spot.2));
                Some(self.evaluate(&formula, spot, depth + 1))
            }
            ("DEREF" | "N" | "T", Some(first)) => {
                let value = self.scalar(first.clone(), depth);
                Some(match (name, value) {
                    ("T", value @ (Value::Text(_) | Value::Pieces(_) | Value::Unknown)) => value,
                    ("T", _) => Value::Text(String::new()),
                    (_, value) => value,
                })
            }
            _ => self.of_cells(name, values, depth),
        }
    }

    /// Functions that ask what a cell is.
    fn of_cells(&mut self, name: &str, values: &[Value], depth: usize) -> Option<Value> {
        match (name, values.first()) {
            // What a cell says of itself: its content can be told, its looks cannot.
            ("GET.CELL", _) => match (self.number(values, 0, depth)? as i64, values.get(1)) {
                (5, Some(Value::Range(range))) => {
                    Some(self.value_at((range.sheet, range.first.0, range.first.1), depth))
                }
                _ => Some(Value::Unknown),
            },
            ("ACTIVE.CELL" | "SELECTION", _) => {
                Some(self.active.map_or(Value::Unknown, |(sheet, row, column)| one(sheet, row, column)))
            }
            ("ISNUMBER" | "ISTEXT" | "ISBLANK" | "ISERROR" | "ISERR" | "ISNA" | "ISLOGICAL", Some(first)) => {
                let value = self.scalar(first.clone(), depth);
                if matches!(value, Value::Unknown | Value::Pieces(_)) {
                    return Some(Value::Unknown);
                }
                Some(Value::Bool(match name {
                    "ISNUMBER" => matches!(value, Value::Number(_)),
                    "ISTEXT" => matches!(value, Value::Text(_)),
                    "ISBLANK" => value == Value::Empty,
                    "ISLOGICAL" => matches!(value, Value::Bool(_)),
                    _ => value == Value::Error,
                }))
            }
            ("CHOOSE", Some(_)) => {
                let which = self.number(values, 0, depth)?;
                (which >= 1.0).then(|| values.get(which as usize).cloned())?
            }
            _ => None,
        }
    }

    /// The cell of an area by row and column, or by one number where it is a single row.
    fn indexed(&mut self, range: Range, values: &[Value], depth: usize) -> Option<Value> {
        let row = self.number(values, 1, depth)?;
        let column = self.number(values, 2, depth).filter(|column| *column > 0.0);
        let is_row = range.first.0 == range.last.0 && column.is_none();
        let (row, column) = if is_row { (1.0, row) } else { (row, column.unwrap_or(1.0)) };
        let inside = (1.0..2e6).contains(&row) && (1.0..2e4).contains(&column);
        let (row, column) = (row as u32, column as u32);
        let place = |first: u32, step: u32| first.checked_add(step.checked_sub(1)?);
        inside.then(|| Some(one(range.sheet, place(range.first.0, row)?, place(range.first.1, column)?)))?
    }

    fn number(&mut self, values: &[Value], at: usize, depth: usize) -> Option<f64> {
        let value = values.get(at).cloned().unwrap_or(Value::Empty);
        self.scalar(value, depth).number()
    }
}

fn one(sheet: usize, row: u32, column: u32) -> Value {
    Value::Range(Range { sheet, first: (row, column), last: (row, column) })
}

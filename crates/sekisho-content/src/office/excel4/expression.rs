//! A formula as a tree, and the tree as the text that Excel would show.

use std::fmt::{self, Display, Formatter, Write};

use super::book::number_text;

/// A formula or a part of one. No deeper than [`DEPTH_MAX`]: what is deeper is not read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    Number(f64),
    Text(String),
    Bool(bool),
    Error(&'static str),
    /// An argument left out.
    Missing,
    Cell(Place),
    Area(Place, Place),
    Name(String),
    /// A function by its name, in capitals.
    Call(String, Vec<Expression>),
    /// A macro of the workbook, by what stands for it.
    Invoke(Box<Expression>, Vec<Expression>),
    Sign(&'static str, Box<Expression>),
    /// Operands of one operator, from left to right.
    Join(&'static str, Vec<Expression>),
    /// What could not be read.
    Unread,
}

/// A cell, its sheet named where it is another one. Rows and columns from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) sheet: Option<String>,
    pub(super) row: u32,
    pub(super) column: u32,
}

/// How deep expressions are read. Excel stops at 64 levels of functions.
pub(super) const DEPTH_MAX: usize = 128;

impl Expression {
    /// Visits this and every part of it, this first.
    pub(super) fn visit<'e>(&'e self, see: &mut dyn FnMut(&'e Expression)) {
        see(self);
        match self {
            Expression::Call(_, arguments) => arguments.iter().for_each(|part| part.visit(see)),
            Expression::Invoke(target, arguments) => {
                target.visit(see);
                arguments.iter().for_each(|part| part.visit(see));
            }
            Expression::Sign(_, part) => part.visit(see),
            Expression::Join(_, parts) => parts.iter().for_each(|part| part.visit(see)),
            _ => {}
        }
    }

    /// Two operands joined. Long rows of the same operator stay flat: droppers write thousands of letters so.
    pub(super) fn joined(sign: &'static str, left: Expression, right: Expression) -> Expression {
        match left {
            Expression::Join(known, mut parts) if known == sign => {
                parts.push(right);
                Expression::Join(sign, parts)
            }
            left => Expression::Join(sign, vec![left, right]),
        }
    }

    /// Whether it is a row of this operator, which one operand more makes no deeper.
    pub(super) fn is_row_of(&self, sign: &str) -> bool {
        matches!(self, Expression::Join(known, _) if *known == sign)
    }

    /// Whether any part of it passes.
    pub(super) fn any(&self, passes: &mut dyn FnMut(&Expression) -> bool) -> bool {
        let mut found = false;
        self.visit(&mut |part| found = found || passes(part));
        found
    }
}

impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Expression::Number(number) => f.write_str(&number_text(*number)),
            Expression::Text(text) => write!(f, "\"{}\"", text.replace('"', "\"\"")),
            Expression::Bool(value) => f.write_str(if *value { "TRUE" } else { "FALSE" }),
            Expression::Error(error) => f.write_str(error),
            Expression::Missing => Ok(()),
            Expression::Cell(place) => write!(f, "{place}"),
            Expression::Area(first, last) => {
                write!(f, "{first}:{}", Place { sheet: None, row: last.row, column: last.column })
            }
            Expression::Name(name) => f.write_str(name),
            Expression::Call(name, arguments) => {
                f.write_str(name)?;
                list(f, arguments)
            }
            Expression::Invoke(target, arguments) => {
                write!(f, "{target}")?;
                list(f, arguments)
            }
            Expression::Sign("%", part) => write!(f, "{part}%"),
            Expression::Sign("()", part) => write!(f, "({part})"),
            Expression::Sign(sign, part) => write!(f, "{sign}{part}"),
            Expression::Join(sign, parts) => {
                for (index, part) in parts.iter().enumerate() {
                    let sign = if index == 0 { "" } else { sign };
                    write!(f, "{sign}{part}")?;
                }
                Ok(())
            }
            Expression::Unread => f.write_char('…'),
        }
    }
}

fn list(f: &mut Formatter<'_>, arguments: &[Expression]) -> fmt::Result {
    f.write_char('(')?;
    for (index, argument) in arguments.iter().enumerate() {
        if index > 0 {
            f.write_char(',')?;
        }
        write!(f, "{argument}")?;
    }
    f.write_char(')')
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.sheet {
            if sheet.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.')) {
                write!(f, "{sheet}!")?;
            } else {
                write!(f, "'{}'!", sheet.replace('\'', "''"))?;
            }
        }
        write!(f, "{}{}", column_letters(self.column), self.row.saturating_add(1))
    }
}

/// A column as letters: 0 is `A`.
fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_as_excel_shows_it() {
        let place = |sheet: Option<&str>, row, column| Place { sheet: sheet.map(str::to_owned), row, column };
        let call = Expression::Call(
            "EXEC".to_owned(),
            vec![
                Expression::Join(
                    "&",
                    vec![
                        Expression::Text("a\"b".to_owned()),
                        Expression::Cell(place(Some("My sheet"), 0, 27)),
                    ],
                ),
                Expression::Missing,
                Expression::Sign("-", Box::new(Expression::Number(2.5))),
                Expression::Area(place(None, 0, 0), place(None, 9, 16383)),
            ],
        );
        assert_eq!(call.to_string(), "EXEC(\"a\"\"b\"&'My sheet'!AB1,,-2.5,A1:XFD10)");
    }
}

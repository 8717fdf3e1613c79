//! A compiled formula → an expression ([MS-XLS] 2.5.198 and [MS-XLSB] 2.5.97; OpenOffice's "Excel File Format" 3 for the
//! sizes in older versions).

use std::rc::Rc;

use super::expression::{DEPTH_MAX, Expression, Place};
use super::functions::{USER_DEFINED, function};
use super::strings::{self, Version};
use crate::number::{place, u16_le, u32_le, u64_le};

/// What a formula's tokens are numbers into.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// Sheets' names, in the workbook's order.
    pub(super) sheets: Vec<String>,
    /// Defined names.
    pub(super) names: Vec<String>,
    /// What references to sheets stand for.
    pub(super) externs: Vec<Extern>,
}

/// One reference to a sheet, or to something outside the workbook.
#[derive(Clone, Debug, Default)]
pub(super) struct Extern {
    /// The sheet, where it is known.
    pub(super) sheet: Option<String>,
    /// Names in an add-in or another workbook.
    pub(super) names: Rc<Vec<String>>,
}

/// Reads the tokens of a formula in the cell `base`.
pub(super) fn expression(rgce: &[u8], version: Version, scope: &Scope, base: (u32, u32)) -> Expression {
    let mut reader = Reader { rest: rgce, version, scope, base, stack: Vec::new() };
    while !reader.rest.is_empty() {
        if reader.token().is_none() {
            // What was read stands, but nobody may think that it is all.
            reader.push(Expression::Unread, 0);
            break;
        }
    }
    let mut left = reader.stack.into_iter().map(|(expression, _)| expression);
    match (left.next(), left.len()) {
        (Some(one), 0) => one,
        (first, _) => {
            let parts: Vec<Expression> = first.into_iter().chain(left).collect();
            if parts.is_empty() { Expression::Unread } else { Expression::Call(String::new(), parts) }
        }
    }
}

/// The cell whose shared or array formula a formula of one token stands for.
pub(super) fn shared_with(rgce: &[u8], version: Version, trailing: &[u8]) -> Option<(u32, u32)> {
    if rgce.first() != Some(&0x01) {
        return None;
    }
    match version {
        Version::Biff12 => Some((u32_le(rgce, 1)?, u32_le(trailing, 0).unwrap_or(0))),
        Version::Biff2 => Some((u32::from(u16_le(rgce, 1)?), u32::from(*rgce.get(3)?))),
        _ => Some((u32::from(u16_le(rgce, 1)?), u32::from(u16_le(rgce, 3)?))),
    }
}

struct Reader<'r> {
    rest: &'r [u8],
    version: Version,
    scope: &'r Scope,
    base: (u32, u32),
    /// Expressions with their depths.
    stack: Vec<(Expression, usize)>,
}

impl Reader<'_> {
    /// Reads one token; `None` where that is not possible.
    fn token(&mut self) -> Option<()> {
        let token = self.number8()?;
        // Three classes of the same operand.
        let class_less = if token & 0x60 == 0 { token } else { token & 0x1f | 0x20 };
        match class_less {
            0x01 => self.skip(self.of(3, 4, 4, 4)).and_then(|()| self.push(Expression::Unread, 0)),
            0x02 => self.skip(self.of(3, 4, 4, 8)).and_then(|()| self.push(constants(), 0)),
            0x03..=0x11 => self.join(JOINS.get(usize::from(class_less) - 3)?),
            0x12..=0x15 => self.sign(["+", "-", "%", "()"].get(usize::from(class_less) - 0x12)?),
            0x16 => self.push(Expression::Missing, 0),
            0x17 => {
                let (text, rest) = strings::token(self.rest, self.version)?;
                self.rest = rest;
                self.push(Expression::Text(text), 0)
            }
            0x18 => self.extended(),
            0x19 => self.attribute(),
            0x1a => self.skip(if self.version == Version::Biff2 { 7 } else { 10 }),
            0x1b => self.skip(if self.version == Version::Biff2 { 3 } else { 4 }),
            0x1c => {
                let code = self.number8()?;
                self.push(Expression::Error(error_name(code)), 0)
            }
            0x1d => {
                let value = self.number8()? != 0;
                self.push(Expression::Bool(value), 0)
            }
            0x1e => {
                let number = f64::from(self.number16()?);
                self.push(Expression::Number(number), 0)
            }
            0x1f => {
                let bits = u64_le(self.rest, 0)?;
                self.skip(8)?;
                self.push(Expression::Number(f64::from_bits(bits)), 0)
            }
            _ => self.operand(class_less),
        }
    }

    fn operand(&mut self, token: u8) -> Option<()> {
        match token {
            0x20 => {
                self.skip(self.of(6, 7, 7, 14))?;
                self.push(constants(), 0)
            }
            0x21 => self.fixed(),
            0x22 => self.variable(),
            0x38 => {
                let count = usize::from(self.number8()?);
                let number = u16::from(self.number8()?) | 0x8000;
                self.call(number, count)
            }
            0x23 => {
                let number = if self.version == Version::Biff12 {
                    place(self.rest, 0)?
                } else {
                    usize::from(u16_le(self.rest, 0)?)
                };
                self.skip(match self.version {
                    Version::Biff2 => 7,
                    Version::Biff3 | Version::Biff4 => 10,
                    Version::Biff5 => 14,
                    Version::Biff8 | Version::Biff12 => 4,
                })?;
                let name = number.checked_sub(1).and_then(|index| self.scope.names.get(index));
                let name = name.cloned().unwrap_or_else(|| format!("name{number}"));
                self.push(Expression::Name(name), 0)
            }
            0x24 | 0x2c => {
                let cell = self.cell(None, token == 0x2c)?;
                self.push(Expression::Cell(cell), 0)
            }
            0x25 | 0x2d => {
                let (first, last) = self.area(None, token == 0x2d)?;
                self.push(Expression::Area(first, last), 0)
            }
            // Headers of parts that follow as tokens of their own.
            0x26..=0x28 => self.skip(self.of(4, 6, 6, 6)),
            0x29 | 0x2e | 0x2f => self.skip(self.of(1, 2, 2, 2)),
            0x2a => self.skip(self.of(3, 3, 4, 6)).and_then(|()| self.push(Expression::Error("#REF!"), 0)),
            0x2b => self.skip(self.of(6, 6, 8, 12)).and_then(|()| self.push(Expression::Error("#REF!"), 0)),
            0x39 => self.outside_name(),
            0x3a => {
                let sheet = self.sheet()?;
                let cell = self.cell(Some(sheet), false)?;
                self.push(Expression::Cell(cell), 0)
            }
            0x3b => {
                let sheet = self.sheet()?;
                let (first, last) = self.area(Some(sheet), false)?;
                self.push(Expression::Area(first, last), 0)
            }
            0x3c => self.skip(self.of(17, 17, 6, 8)).and_then(|()| self.push(Expression::Error("#REF!"), 0)),
            0x3d => {
                self.skip(self.of(20, 20, 10, 14)).and_then(|()| self.push(Expression::Error("#REF!"), 0))
            }
            _ => None,
        }
    }

    fn join(&mut self, sign: &'static str) -> Option<()> {
        let (right, right_depth) = self.stack.pop()?;
        let (left, left_depth) = self.stack.pop()?;
        let left_depth = if left.is_row_of(sign) { left_depth } else { left_depth + 1 };
        self.push(Expression::joined(sign, left, right), left_depth.max(right_depth + 1))
    }

    fn sign(&mut self, sign: &'static str) -> Option<()> {
        let (part, depth) = self.stack.pop()?;
        self.push(Expression::Sign(sign, Box::new(part)), depth + 1)
    }

    fn fixed(&mut self) -> Option<()> {
        let number = match self.version {
            Version::Biff2 | Version::Biff3 => u16::from(self.number8()?),
            _ => self.number16()?,
        };
        self.call(number, function(number).map_or(0, |function| function.arguments))
    }

    fn variable(&mut self) -> Option<()> {
        // The upper bit asks the user.
        let count = usize::from(self.number8()? & 0x7f);
        let number = match self.version {
            Version::Biff2 | Version::Biff3 => u16::from(self.number8()?),
            _ => self.number16()?,
        };
        self.call(number, count)
    }

    fn call(&mut self, number: u16, count: usize) -> Option<()> {
        let from = self.stack.len().checked_sub(count)?;
        let taken: Vec<(Expression, usize)> = self.stack.drain(from..).collect();
        let depth = taken.iter().map(|(_, depth)| *depth).max().unwrap_or(0) + 1;
        let mut arguments: Vec<Expression> = taken.into_iter().map(|(expression, _)| expression).collect();
        if number == USER_DEFINED && !arguments.is_empty() {
            let target = arguments.remove(0);
            self.push(Expression::Invoke(Box::new(target), arguments), depth);
        } else {
            let name = function(number).map_or_else(|| format!("F{number:X}"), |known| known.name.to_owned());
            self.push(Expression::Call(name, arguments), depth);
        }
        Some(())
    }

    fn attribute(&mut self) -> Option<()> {
        const CHOOSE: u8 = 0x04;
        const SUM: u8 = 0x10;
        let flags = self.number8()?;
        let wide = self.version != Version::Biff2;
        let data = if wide { usize::from(self.number16()?) } else { usize::from(self.number8()?) };
        if flags & CHOOSE != 0 {
            self.skip((data + 1) * if wide { 2 } else { 1 })?;
        }
        if flags & SUM != 0 {
            let (part, depth) = self.stack.pop()?;
            self.push(Expression::Call("SUM".to_owned(), vec![part]), depth + 1);
        }
        Some(())
    }

    fn extended(&mut self) -> Option<()> {
        let kind = self.number8()?;
        match self.version {
            Version::Biff12 if kind == 0x19 => self.skip(14)?,
            _ => self.skip(4)?,
        }
        self.push(constants(), 0)
    }

    fn outside_name(&mut self) -> Option<()> {
        let (at, size) = match self.version {
            Version::Biff12 => (2, 6),
            Version::Biff8 => (2, 6),
            _ => (10, 24),
        };
        // Negative numbers are the workbook's own, in the version that has them.
        let extern_number = usize::from(u16_le(self.rest, 0)?);
        let number = usize::from(u16_le(self.rest, at)?);
        self.skip(size)?;
        let known = self.extern_at(extern_number).and_then(|known| known.names.get(number.checked_sub(1)?));
        let own = known.or_else(|| self.scope.names.get(number.checked_sub(1)?));
        let name = own.cloned().unwrap_or_else(|| format!("outside{number}"));
        self.push(Expression::Name(name), 0)
    }

    fn extern_at(&self, number: usize) -> Option<&Extern> {
        match self.version {
            Version::Biff8 | Version::Biff12 => self.scope.externs.get(number),
            // Counted from 1; negative where the sheet is one of the workbook's own.
            _ => {
                let signed = number as u16 as i16;
                self.scope.externs.get(usize::from(signed.unsigned_abs()).checked_sub(1)?)
            }
        }
    }

    fn sheet(&mut self) -> Option<String> {
        let number = self.number16()?;
        let mut sheet = self.extern_at(usize::from(number)).and_then(|known| known.sheet.clone());
        if !matches!(self.version, Version::Biff8 | Version::Biff12) {
            // Behind eight bytes without meaning stand the first and the last sheet, where they are its own.
            let first = usize::from(u16_le(self.rest, 8)?);
            if number as i16 <= 0 {
                sheet = self.scope.sheets.get(first).cloned().or(sheet);
            }
            self.skip(12)?;
        }
        Some(sheet.unwrap_or_else(|| "#REF".to_owned()))
    }

    fn cell(&mut self, sheet: Option<String>, relative: bool) -> Option<Place> {
        let (row, column) = match self.version {
            Version::Biff12 => (u32_le(self.rest, 0)?, u16_le(self.rest, 4)?),
            Version::Biff8 => (u32::from(u16_le(self.rest, 0)?), u16_le(self.rest, 2)?),
            _ => {
                let row = u16_le(self.rest, 0)?;
                // The flags stand with the row here.
                let column = u16::from(*self.rest.get(2)?) | row & 0xc000;
                (u32::from(row & 0x3fff), column)
            }
        };
        self.skip(self.of(3, 3, 4, 6))?;
        Some(self.resolved(sheet, row, column, relative))
    }

    fn area(&mut self, sheet: Option<String>, relative: bool) -> Option<(Place, Place)> {
        let corner = |row: u32, column: u16| (row, column);
        let (first, last) = match self.version {
            Version::Biff12 => {
                let rows = (u32_le(self.rest, 0)?, u32_le(self.rest, 4)?);
                (corner(rows.0, u16_le(self.rest, 8)?), corner(rows.1, u16_le(self.rest, 10)?))
            }
            Version::Biff8 => {
                let rows = (u16_le(self.rest, 0)?, u16_le(self.rest, 2)?);
                (corner(rows.0.into(), u16_le(self.rest, 4)?), corner(rows.1.into(), u16_le(self.rest, 6)?))
            }
            _ => {
                let rows = (u16_le(self.rest, 0)?, u16_le(self.rest, 2)?);
                let column = |at: usize, row: u16| Some(u16::from(*self.rest.get(at)?) | row & 0xc000);
                let own = |row: u16| u32::from(row & 0x3fff);
                (corner(own(rows.0), column(4, rows.0)?), corner(own(rows.1), column(5, rows.1)?))
            }
        };
        self.skip(self.of(6, 6, 8, 12))?;
        let first = self.resolved(sheet.clone(), first.0, first.1, relative);
        Some((first, self.resolved(sheet, last.0, last.1, relative)))
    }

    /// Relative places count from the cell that the formula is in, and go round at the sheet's edge.
    fn resolved(&self, sheet: Option<String>, row: u32, column: u16, relative: bool) -> Place {
        const COLUMN_RELATIVE: u16 = 0x4000;
        const ROW_RELATIVE: u16 = 0x8000;
        let (rows, columns) = match self.version {
            Version::Biff12 => (0x10_0000, 0x4000),
            Version::Biff8 => (0x1_0000, 0x100),
            _ => (0x4000, 0x100),
        };
        let own = u32::from(column & 0x3fff);
        let row =
            if relative && column & ROW_RELATIVE != 0 { row.wrapping_add(self.base.0) % rows } else { row };
        let column = if relative && column & COLUMN_RELATIVE != 0 {
            own.wrapping_add(self.base.1) % columns
        } else {
            own
        };
        Place { sheet, row, column }
    }

    /// A size in BIFF2, BIFF3 to BIFF5, BIFF8 and BIFF12.
    fn of(&self, biff2: usize, biff5: usize, biff8: usize, biff12: usize) -> usize {
        match self.version {
            Version::Biff2 => biff2,
            Version::Biff3 | Version::Biff4 | Version::Biff5 => biff5,
            Version::Biff8 => biff8,
            Version::Biff12 => biff12,
        }
    }

    fn push(&mut self, expression: Expression, depth: usize) -> Option<()> {
        let read = if depth > DEPTH_MAX { (Expression::Unread, 0) } else { (expression, depth) };
        self.stack.push(read);
        Some(())
    }

    fn number8(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn number16(&mut self) -> Option<u16> {
        let number = u16_le(self.rest, 0)?;
        self.skip(2)?;
        Some(number)
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.rest = self.rest.get(count..)?;
        Some(())
    }
}

/// Constants in braces and tables: they are there, and are not worked out.
fn constants() -> Expression {
    Expression::Name("{…}".to_owned())
}

const JOINS: [&str; 15] = ["+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":"];

/// An error value by its code ([MS-XLS] 2.5.10).
pub(super) fn error_name(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(version: Version, tokens: &[u8]) -> String {
        let scope = Scope {
            names: vec!["Auto_Open".to_owned()],
            externs: vec![Extern { sheet: Some("Macro1".to_owned()), names: Rc::default() }],
            ..Scope::default()
        };
        expression(tokens, version, &scope, (4, 1)).to_string()
    }

    #[test]
    fn tokens_of_three_versions() {
        let exec: &[u8] = &[0x17, 2, 0, b'a', b'b', 0x44, 1, 0, 0, 0xc0, 0x08, 0x42, 1, 0x6e, 0];
        assert_eq!(shown(Version::Biff8, exec), "EXEC(\"ab\"&A2)");
        let exec: &[u8] = &[0x17, 2, b'a', b'b', 0x44, 1, 0xc0, 0, 0x08, 0x42, 1, 0x6e, 0];
        assert_eq!(shown(Version::Biff5, exec), "EXEC(\"ab\"&A2)");
        let exec: &[u8] = &[0x17, 2, b'a', b'b', 0x42, 1, 0x6e];
        assert_eq!(shown(Version::Biff3, exec), "EXEC(\"ab\")");
        let three_d: &[u8] = &[0x5a, 0, 0, 9, 0, 0, 0, 2, 0];
        assert_eq!(shown(Version::Biff12, three_d), "Macro1!C10");
        assert_eq!(shown(Version::Biff8, &[0x23, 1, 0, 0, 0, 0x42, 1, 0xff, 0]), "Auto_Open()");
        assert_eq!(shown(Version::Biff8, &[0x4c, 0xff, 0xff, 0, 0xc0, 0x1e, 2, 0, 0x03, 0x12]), "+B4+2");
    }

    #[test]
    fn broken_tokens_are_seen_as_such() {
        assert_eq!(shown(Version::Biff8, &[0x1e, 1]), "…");
        assert_eq!(shown(Version::Biff8, &[]), "…");
        assert_eq!(shown(Version::Biff8, &[0x1e, 1, 0, 0x7f]), "(1,…)");
        let deep = [vec![0x1e, 1, 0], vec![0x13; 100_000]].concat();
        assert!(shown(Version::Biff8, &deep).ends_with('…'));
        let long: &[u8] =
            &[0x17, 9, 0, b'a', 0x44, 1, 0, 0, 0xc0, 0x19, 4, 2, 0, 0x42, 1, 0x6e, 0, 0x20, 0x3b];
        for version in [Version::Biff2, Version::Biff3, Version::Biff5, Version::Biff8, Version::Biff12] {
            for end in 0..long.len() {
                let _ = shown(version, &long[..end]);
                for token in 0..=255 {
                    let _ = shown(version, &[&[token][..], &long[..end]].concat());
                }
            }
        }
    }
}

//! The parts of a binary workbook package → the workbook ([MS-XLSB] 2.1.4, 2.4, 2.5.97).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::book::{Book, Cell, Exchange, Name, Sheet, State, Value};
use super::strings::{self, Version};
use super::tokens::{self, Extern, Scope};
use super::workbook::rk;
use crate::limits::EXCEL_CELLS_MAX;
use crate::number::{place, slice, u16_le, u32_le, u64_le};
use crate::open::Budget;
use crate::{Cost, Unread};

/// A record: what it is and what it holds.
struct Record<'p> {
    id: u16,
    body: &'p [u8],
}

/// What the workbook's part says.
#[derive(Default)]
pub(super) struct Binary {
    /// Sheets with the numbers of their relations.
    pub(super) sheets: Vec<(Sheet, String)>,
    scope: Scope,
    names: Vec<(String, Vec<u8>)>,
    /// Whether each supporting book is this one, in order.
    books: Vec<bool>,
    references: Vec<(usize, i32)>,
}

/// Sheets, names and references kept of one workbook.
const LISTED_MAX: usize = 65_536;

impl Binary {
    /// Reads `workbook.bin`.
    pub(super) fn read(part: &[u8]) -> Binary {
        let mut binary = Binary::default();
        for record in records(part) {
            binary.record(&record);
        }
        binary.scope.sheets = binary.sheets.iter().map(|(sheet, _)| sheet.name.clone()).collect();
        let resolved = |(book, sheet): &(usize, i32)| {
            let own = binary.books.get(*book).copied().unwrap_or(false);
            let index = usize::try_from(*sheet).ok().filter(|_| own);
            let sheet = index.and_then(|index| binary.scope.sheets.get(index).cloned());
            Extern { sheet: sheet.or_else(|| (!own).then(|| "[outside]".to_owned())), names: Rc::default() }
        };
        let externs = binary.references.iter().map(resolved).collect();
        binary.scope.externs = externs;
        binary
    }

    fn record(&mut self, record: &Record<'_>) -> Option<()> {
        let body = record.body;
        match record.id {
            // Sheets.
            156 if self.sheets.len() < LISTED_MAX => {
                let state = match u32_le(body, 0)? {
                    0 => State::Shown,
                    1 => State::Hidden,
                    _ => State::VeryHidden,
                };
                let (relation, rest) = strings::counted_wide(body.get(8..)?)?;
                let (name, _) = strings::counted_wide(rest)?;
                self.sheets.push((Sheet { name, state, ..Sheet::default() }, relation));
            }
            // Names.
            39 if self.names.len() < LISTED_MAX => {
                let (name, rest) = strings::counted_wide(body.get(9..)?)?;
                let tokens = slice(rest, 4, place(rest, 0)?).to_vec();
                let name = name.strip_prefix("_xlnm.").unwrap_or(&name).to_owned();
                self.scope.names.push(name.clone());
                self.names.push((name, tokens));
            }
            // Supporting books: this one, this one's sheet, another, an add-in.
            357 | 358 => self.books.push(true),
            355 | 667 => self.books.push(false),
            362 => {
                let entries = body.get(4..)?.chunks_exact(12).take(LISTED_MAX);
                let numbers = entries.filter_map(|entry| Some((place(entry, 0)?, u32_le(entry, 4)? as i32)));
                self.references = numbers.collect();
            }
            _ => {}
        }
        Some(())
    }

    /// Gives the book its names.
    pub(super) fn name(&self, book: &mut Book) {
        let named = |(name, tokens): &(String, Vec<u8>)| Name {
            name: name.clone(),
            refers: tokens::expression(tokens, Version::Biff12, &self.scope, (0, 0)),
        };
        book.names = self.names.iter().map(named).collect();
    }

    /// Puts the cells of a sheet's part into the book's sheet `index`.
    pub(super) fn sheet(
        &self,
        part: &[u8],
        index: usize,
        strings: &[String],
        book: &mut Book,
        budget: &mut Budget,
    ) -> Result<(), Unread> {
        let mut row = 0;
        let mut raw: Vec<(u32, u32, Option<Formula>, Value)> = Vec::new();
        let mut shared = BTreeMap::new();
        for record in records(part) {
            budget.pay(Cost::Work(1)).map_err(|_| Unread::TooLarge)?;
            match record.id {
                0 => row = u32_le(record.body, 0).unwrap_or(row),
                427 | 426 => drop(share(&record, &mut shared)),
                _ => {
                    if let Some((column, formula, value)) = cell(&record, strings) {
                        raw.push((row, column, formula, value));
                    }
                }
            }
        }
        for (row, column, formula, value) in raw {
            budget.pay(Cost::Work(4)).map_err(|_| Unread::TooLarge)?;
            let formula = formula.map(|(tokens, trailing)| {
                let anchor = tokens::shared_with(&tokens, Version::Biff12, &trailing);
                let tokens = anchor.and_then(|anchor| shared.get(&anchor)).unwrap_or(&tokens);
                tokens::expression(tokens, Version::Biff12, &self.scope, (row, column))
            });
            if !book.put(index, row, column, Cell { formula, value }) {
                return Err(Unread::TooLarge);
            }
        }
        Ok(())
    }
}

/// Tokens and what stands behind them.
type Formula = (Vec<u8>, Vec<u8>);

/// The strings of `sharedStrings.bin`.
pub(super) fn shared_strings(part: &[u8]) -> Vec<String> {
    let items = records(part).filter(|record| record.id == 19);
    let text = |record: Record<'_>| strings::counted_wide(record.body.get(1..)?).map(|(text, _)| text);
    items.map(|record| text(record).unwrap_or_default()).take(LISTED_MAX * 4).collect()
}

/// What the cells of a sheet's part hold, by row and column.
pub(super) fn values(
    part: &[u8],
    strings: &[String],
    budget: &mut Budget,
) -> Result<Vec<(u32, u32, Value)>, Unread> {
    let (mut row, mut values) = (0, Vec::new());
    for record in records(part) {
        if values.len() >= EXCEL_CELLS_MAX || budget.pay(Cost::Work(1)).is_err() {
            return Err(Unread::TooLarge);
        }
        if record.id == 0 {
            row = u32_le(record.body, 0).unwrap_or(row);
        } else if let Some((column, _, value)) = cell(&record, strings) {
            values.push((row, column, value));
        }
    }
    Ok(values)
}

/// The conversation that an external link's part names, where it is one with a program.
pub(super) fn exchange(part: &[u8]) -> Option<Exchange> {
    const WITH_PROGRAM: u32 = 1;
    let begin = records(part).find(|record| record.id == 360)?;
    if u32::from(u16_le(begin.body, 0)?) != WITH_PROGRAM {
        return None;
    }
    let (program, rest) = strings::counted_wide(begin.body.get(2..)?)?;
    let (topic, _) = strings::counted_wide(rest)?;
    Some(Exchange { program, topic })
}

/// A cell's record: its column, its formula, its value.
fn cell(record: &Record<'_>, strings: &[String]) -> Option<(u32, Option<Formula>, Value)> {
    let body = record.body;
    let column = u32_le(body, 0)?;
    let stored = body.get(8..)?;
    let text = || strings::counted_wide(stored);
    let number = || u64_le(stored, 0).map(|bits| Value::Number(f64::from_bits(bits)));
    let truth = || stored.first().map(|byte| Value::Bool(*byte != 0));
    let (value, behind) = match record.id {
        2 => (Value::Number(rk(u32_le(stored, 0)?)), None),
        3 => (Value::Error, None),
        4 => (truth()?, None),
        5 => (number()?, None),
        6 => (Value::Text(text()?.0), None),
        7 => (Value::Text(strings.get(place(stored, 0)?)?.clone()), None),
        8 => {
            let (text, rest) = text()?;
            (Value::Text(text), Some(rest))
        }
        9 => (number()?, stored.get(8..)),
        10 => (truth()?, stored.get(1..)),
        11 => (Value::Error, stored.get(1..)),
        _ => return None,
    };
    // Behind two bytes of flags.
    let formula = behind.and_then(|behind| parsed(behind.get(2..)?));
    Some((column, formula, value))
}

fn parsed(bytes: &[u8]) -> Option<Formula> {
    let size = place(bytes, 0)?;
    let tokens = slice(bytes, 4, size).to_vec();
    let trailing = bytes.get(size.checked_add(8)?..).unwrap_or_default();
    Some((tokens, slice(trailing, 0, 16).to_vec()))
}

/// A formula of several cells, by the first of them.
fn share(record: &Record<'_>, shared: &mut BTreeMap<(u32, u32), Vec<u8>>) -> Option<()> {
    const ARRAY: u16 = 426;
    let body = record.body;
    let first = (u32_le(body, 0)?, u32_le(body, 8)?);
    let at = if record.id == ARRAY { 17 } else { 16 };
    shared.insert(first, parsed(body.get(at..)?)?.0);
    Some(())
}

/// The records of a part: number and size in seven bits a byte.
fn records(part: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let (id, behind) = number(rest, 2)?;
        let (size, behind) = number(behind, 4)?;
        let size = usize::try_from(size).ok()?;
        rest = behind.get(size..).unwrap_or_default();
        Some(Record { id: u16::try_from(id).ok()?, body: slice(behind, 0, size) })
    })
}

fn number(bytes: &[u8], bytes_max: usize) -> Option<(u32, &[u8])> {
    let mut number = 0;
    for (index, byte) in bytes.iter().take(bytes_max).enumerate() {
        number |= u32::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 || index + 1 == bytes_max {
            return Some((number, bytes.get(index + 1..)?));
        }
    }
    None
}

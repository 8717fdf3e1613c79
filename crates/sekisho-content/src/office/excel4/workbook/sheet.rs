//! The cells of one sheet ([MS-XLS] 2.1.7.20.5, 2.4.127, 2.4.260, 2.4.277; their older forms by number).

use std::collections::BTreeMap;

use super::globals::Globals;
use super::substream;
use crate::limits::EXCEL_CELLS_MAX;
use crate::number::{place, slice, u16_le, u32_le, u64_le};
use crate::office::biff::records;
use crate::office::excel4::book::{Book, Cell, Value};
use crate::office::excel4::strings::{self, Version};
use crate::office::excel4::tokens;
use crate::open::Budget;
use crate::{Cost, Unread};

/// Puts the cells of the substream that begins here into the book's sheet `index`.
pub(super) fn read(
    stream: &[u8],
    index: usize,
    globals: &mut Globals,
    strings: &[String],
    book: &mut Book,
    budget: &mut Budget,
) -> Result<(), Unread> {
    let mut sheet = Reader { version: globals.version, strings, cells: Vec::new(), shared: BTreeMap::new() };
    let is_alone = globals.sheets.is_empty();
    for record in substream(stream) {
        budget.pay(Cost::Work(1)).map_err(|_| Unread::TooLarge)?;
        if is_alone {
            globals.record(record.id, record.body);
        }
        sheet.record(record.id, record.body);
    }
    for (row, column, cell) in sheet.cells {
        let formula = cell.tokens.map(|formula| {
            let anchor = tokens::shared_with(&formula, sheet.version, &[]);
            let shared = anchor.and_then(|anchor| sheet.shared.get(&anchor)).unwrap_or(&formula);
            tokens::expression(shared, sheet.version, &globals.scope, (row, column))
        });
        let work = if formula.is_some() { 8 } else { 1 };
        budget.pay(Cost::Work(work)).map_err(|_| Unread::TooLarge)?;
        if !book.put(index, row, column, Cell { formula, value: cell.value }) {
            return Err(Unread::TooLarge);
        }
    }
    Ok(())
}

/// What the cells of all sheets in a stream hold, by row and column.
pub(in crate::office::excel4) fn values(
    stream: &[u8],
    version: Version,
    strings: &[String],
    budget: &mut Budget,
) -> Result<Vec<(u32, u32, Value)>, Unread> {
    let mut sheet = Reader { version, strings, cells: Vec::new(), shared: BTreeMap::new() };
    for record in records(stream) {
        if sheet.cells.len() >= EXCEL_CELLS_MAX || budget.pay(Cost::Work(1)).is_err() {
            return Err(Unread::TooLarge);
        }
        sheet.record(record.id, record.body);
    }
    Ok(sheet.cells.into_iter().map(|(row, column, cell)| (row, column, cell.value)).collect())
}

struct Reader<'s> {
    version: Version,
    strings: &'s [String],
    cells: Vec<(u32, u32, Raw)>,
    /// Formulas that several cells share, by the first of them.
    shared: BTreeMap<(u32, u32), Vec<u8>>,
}

/// A cell before its formula can be read.
struct Raw {
    tokens: Option<Vec<u8>>,
    value: Value,
}

impl Reader<'_> {
    fn record(&mut self, id: u16, body: &[u8]) -> Option<()> {
        match id {
            0x0006 | 0x0206 | 0x0406 => self.formula(body),
            0x0007 | 0x0207 => {
                let text = match self.version {
                    Version::Biff2 => strings::short(body, self.version)?.0,
                    _ => strings::long(body, self.version)?.0,
                };
                self.cells.last_mut()?.2.value = Value::Text(text);
                Some(())
            }
            0x04bc | 0x00bc => self.share(body, 8, 10),
            0x0021 => self.share(body, 7, 8),
            0x0221 if self.version < Version::Biff5 => self.share(body, 8, 10),
            0x0221 => self.share(body, 12, 14),
            0x00fd => {
                let text = self.strings.get(place(body, 6)?)?.clone();
                self.value(body, Value::Text(text))
            }
            0x0004 => {
                let text = strings::short(body.get(7..)?, self.version)?.0;
                self.value(body, Value::Text(text))
            }
            0x0204 | 0x00d6 => {
                let text = strings::long(body.get(6..)?, self.version)?.0;
                self.value(body, Value::Text(text))
            }
            0x0002 => self.value(body, Value::Number(f64::from(u16_le(body, 7)?))),
            0x0003 => self.value(body, Value::Number(f64::from_bits(u64_le(body, 7)?))),
            0x0203 => self.value(body, Value::Number(f64::from_bits(u64_le(body, 6)?))),
            0x027e => self.value(body, Value::Number(rk(u32_le(body, 6)?))),
            0x0005 => self.value(body, bool_or_error(slice(body, 7, 2))),
            0x0205 => self.value(body, bool_or_error(slice(body, 6, 2))),
            0x00bd => {
                let (row, first) = (u16_le(body, 0)?, u16_le(body, 2)?);
                let numbers = body.get(4..body.len().checked_sub(2)?)?.chunks_exact(6);
                for (column, number) in (u32::from(first)..).zip(numbers) {
                    let value = Value::Number(rk(u32_le(number, 2)?));
                    self.cells.push((u32::from(row), column, Raw { tokens: None, value }));
                }
                Some(())
            }
            _ => Some(()),
        }
    }

    fn value(&mut self, body: &[u8], value: Value) -> Option<()> {
        let (row, column) = (u16_le(body, 0)?, u16_le(body, 2)?);
        self.cells.push((u32::from(row), u32::from(column), Raw { tokens: None, value }));
        Some(())
    }

    fn formula(&mut self, body: &[u8]) -> Option<()> {
        let (row, column) = (u16_le(body, 0)?, u16_le(body, 2)?);
        let (value_at, size, tokens_at) = match self.version {
            Version::Biff2 => (7, usize::from(*body.get(16)?), 17),
            Version::Biff3 | Version::Biff4 => (6, usize::from(u16_le(body, 16)?), 18),
            _ => (6, usize::from(u16_le(body, 20)?), 22),
        };
        let stored = slice(body, value_at, 8);
        let value = match stored {
            [1, _, truth, _, _, _, 0xff, 0xff] => Value::Bool(*truth != 0),
            [2, _, _, _, _, _, 0xff, 0xff] => Value::Error,
            [_, _, _, _, _, _, 0xff, 0xff] => Value::Empty,
            _ => Value::Number(f64::from_bits(u64_le(stored, 0)?)),
        };
        let tokens = Some(slice(body, tokens_at, size).to_vec());
        self.cells.push((u32::from(row), u32::from(column), Raw { tokens, value }));
        Some(())
    }

    /// A formula of several cells: their area, then its size and tokens.
    fn share(&mut self, body: &[u8], size_at: usize, tokens_at: usize) -> Option<()> {
        let first = (u32::from(u16_le(body, 0)?), u32::from(*body.get(4)?));
        let size = match self.version {
            Version::Biff2 => usize::from(*body.get(size_at)?),
            _ => usize::from(u16_le(body, size_at)?),
        };
        self.shared.insert(first, slice(body, tokens_at, size).to_vec());
        Some(())
    }
}

fn bool_or_error(bytes: &[u8]) -> Value {
    match bytes {
        [value, 0] => Value::Bool(*value != 0),
        _ => Value::Error,
    }
}

/// A number in four bytes ([MS-XLS] 2.5.217): whole or the upper half of a double, and perhaps to be divided by 100.
pub(in crate::office::excel4) fn rk(bits: u32) -> f64 {
    const WHOLE: u32 = 2;
    const HUNDREDTHS: u32 = 1;
    let number = if bits & WHOLE != 0 {
        f64::from((bits as i32) >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & HUNDREDTHS != 0 { number / 100.0 } else { number }
}

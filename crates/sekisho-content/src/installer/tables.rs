//! Streams of an installer database → its strings and tables. Strings are kept once in a pool; tables hold their numbers,
//! column after column.

use super::names;
use crate::limits::{MSI_COLUMNS_MAX, MSI_ROWS_MAX, MSI_STRINGS_MAX};
use crate::number::{slice, u16_le, u32_le};
use crate::office::compound::{Compound, State};
use crate::open::Budget;
use crate::{Cost, Unread};

/// A database.
pub(super) struct Database<'c, 'b> {
    compound: &'c Compound<'b>,
    storage: String,
    /// All strings by number; the first is empty.
    pub(super) strings: Vec<String>,
    /// Bytes of a string's number.
    number_bytes: usize,
    /// Table, column, width in bytes, whether it is a string.
    columns: Vec<Column>,
}

#[derive(Debug)]
struct Column {
    table: String,
    name: String,
    bytes: usize,
    is_text: bool,
}

/// What a row has in a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(String),
    Number(i64),
}

impl Cell {
    pub(super) fn text(&self) -> &str {
        if let Cell::Text(text) = self { text } else { "" }
    }

    pub(super) fn number(&self) -> i64 {
        if let Cell::Number(number) = self { *number } else { 0 }
    }
}

impl<'c, 'b> Database<'c, 'b> {
    /// The database of a storage; `None` where it holds none.
    pub(super) fn read(
        compound: &'c Compound<'b>,
        storage: &str,
        budget: &mut Budget,
    ) -> Result<Option<Self>, Unread> {
        let mut database = Database {
            compound,
            storage: storage.to_owned(),
            strings: Vec::new(),
            number_bytes: 2,
            columns: Vec::new(),
        };
        let Some(pool) = database.stream("_StringPool", budget)? else { return Ok(None) };
        let data = database.stream("_StringData", budget)?.unwrap_or_default();
        database.read_strings(&pool, &data, budget)?;
        database.read_columns(budget)?;
        Ok(Some(database))
    }

    fn stream(&self, table: &str, budget: &mut Budget) -> Result<Option<Vec<u8>>, Unread> {
        let name = names::encoded(table);
        let path = if self.storage.is_empty() { name } else { format!("{}/{name}", self.storage) };
        // Case tells names apart here, which a search without case must not mix up.
        let entry = self.compound.entries().iter().find(|entry| entry.path == path);
        let Some(entry) = entry else { return Ok(None) };
        let stream = self.compound.read(entry, budget)?;
        if stream.state == State::Mended { Err(Unread::Damaged) } else { Ok(Some(stream.bytes)) }
    }

    fn read_strings(&mut self, pool: &[u8], data: &[u8], budget: &mut Budget) -> Result<(), Unread> {
        const LONG_NUMBERS: u16 = 0x8000;
        let page = u16_le(pool, 0).unwrap_or(0);
        if u16_le(pool, 2).is_some_and(|flags| flags & LONG_NUMBERS != 0) {
            self.number_bytes = 3;
        }
        budget.pay(Cost::Work(pool.len() as u64)).map_err(|_| Unread::TooLarge)?;
        self.strings.push(String::new());
        let mut at = 4;
        let mut place = 0_usize;
        while let (Some(length), Some(uses)) = (u16_le(pool, at), u16_le(pool, at + 2)) {
            at += 4;
            let mut length = usize::from(length);
            if length == 0 && uses != 0 {
                // A longer string has its length in the place of the next one.
                length = u32_le(pool, at).and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
                at += 4;
            }
            if self.strings.len() > MSI_STRINGS_MAX {
                return Err(Unread::TooLarge);
            }
            let bytes = slice(data, place, length);
            if bytes.len() < length {
                return Err(Unread::Damaged);
            }
            self.strings.push(decoded(bytes, page));
            place = place.saturating_add(length);
        }
        Ok(())
    }

    fn read_columns(&mut self, budget: &mut Budget) -> Result<(), Unread> {
        const TEXT: u16 = 0x0800;
        const BINARY: u16 = 0x0900;
        const NULLABLE: u16 = 0x1000;
        let Some(bytes) = self.stream("_Columns", budget)? else { return Ok(()) };
        let row_bytes = self.number_bytes * 2 + 4;
        let rows = bytes.len() / row_bytes;
        if rows > MSI_COLUMNS_MAX {
            return Err(Unread::TooLarge);
        }
        for row in 0..rows {
            let table = self.text_at(&bytes, row * self.number_bytes);
            let name_at = rows * (self.number_bytes + 2) + row * self.number_bytes;
            let name = self.text_at(&bytes, name_at);
            let kind = u16_le(&bytes, rows * (self.number_bytes * 2 + 2) + row * 2).unwrap_or(0) ^ 0x8000;
            let is_binary = kind & !NULLABLE & 0x0fff == BINARY;
            let is_text = kind & TEXT != 0 && !is_binary;
            let width = match kind & 0xff {
                _ if is_binary => 2,
                _ if is_text => self.number_bytes,
                4 => 4,
                _ => 2,
            };
            self.columns.push(Column { table, name, bytes: width, is_text });
        }
        Ok(())
    }

    fn text_at(&self, bytes: &[u8], at: usize) -> String {
        let low = u16_le(bytes, at).map_or(0, usize::from);
        let high =
            if self.number_bytes == 3 { bytes.get(at + 2).map_or(0, |byte| usize::from(*byte)) } else { 0 };
        self.strings.get(low | high << 16).cloned().unwrap_or_default()
    }

    /// The rows of a table, the named columns of each; nothing where there is no such table.
    pub(super) fn rows(
        &self,
        table: &str,
        wanted: &[&str],
        budget: &mut Budget,
    ) -> Result<Vec<Vec<Cell>>, Unread> {
        let Some(bytes) = self.stream(table, budget)? else { return Ok(Vec::new()) };
        let columns: Vec<&Column> = self.columns.iter().filter(|column| column.table == table).collect();
        let row_bytes: usize = columns.iter().map(|column| column.bytes).sum();
        if row_bytes == 0 || bytes.len() % row_bytes != 0 {
            return Err(Unread::Damaged);
        }
        let count = bytes.len() / row_bytes;
        if count > MSI_ROWS_MAX {
            return Err(Unread::TooLarge);
        }
        budget.pay(Cost::Work((count * wanted.len()) as u64)).map_err(|_| Unread::TooLarge)?;
        let mut rows = Vec::with_capacity(count);
        for row in 0..count {
            let cell = |name: &&str| {
                let mut start = 0;
                for column in &columns {
                    if column.name == **name {
                        return self.cell(&bytes, start + row * column.bytes, column);
                    }
                    start += column.bytes * count;
                }
                Cell::Text(String::new())
            };
            rows.push(wanted.iter().map(cell).collect());
        }
        Ok(rows)
    }

    fn cell(&self, bytes: &[u8], at: usize, column: &Column) -> Cell {
        match column.bytes {
            _ if column.is_text => Cell::Text(self.text_at(bytes, at)),
            4 => Cell::Number(i64::from(u32_le(bytes, at).unwrap_or(0) ^ 0x8000_0000)),
            _ => Cell::Number(i64::from(u16_le(bytes, at).unwrap_or(0) ^ 0x8000)),
        }
    }
}

/// A string in the code page of the database.
fn decoded(bytes: &[u8], page: u16) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let encoding = match page {
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250..=1258 => encoding_rs::Encoding::for_label(format!("windows-{page}").as_bytes())
            .unwrap_or(encoding_rs::WINDOWS_1252),
        _ => encoding_rs::SHIFT_JIS,
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

//! A node → its properties ([MS-PST] section 2.3.3), and the rows of a table (section 2.3.4).

use super::blocks::{Blocks, Inner, Missing};
use super::heap::{self, Heap};
use super::layout::Form;
use super::limits::MEMBERS_MAX;
use crate::mapi::{Properties, Value, id};
use crate::ole::{u16_at, u32_at};

/// A node with what it is kept in.
pub(super) struct Object {
    heap: Heap,
    /// The nodes within it.
    pub(super) inner: Vec<Inner>,
    /// A list of nodes within it could not be read.
    pub(super) is_broken: bool,
}

/// The properties of an object, and what is missing of them.
#[derive(Default)]
pub(super) struct Read {
    pub(super) properties: Properties,
    /// The object that is attached, where it is one: the number of a node.
    pub(super) attached: Option<u32>,
    pub(super) is_broken: bool,
    pub(super) is_too_large: bool,
}

/// A property as it stands in a record or a cell: number, type, and its value or where that is.
struct Cell {
    id: u16,
    kind: u16,
    value: u32,
}

/// Types of properties ([MS-OXCDATA] section 2.11.1).
mod kind {
    pub(super) const SHORT: u16 = 0x0002;
    pub(super) const LONG: u16 = 0x0003;
    pub(super) const TRUTH: u16 = 0x000b;
    pub(super) const OBJECT: u16 = 0x000d;
    pub(super) const LARGE: u16 = 0x0014;
    pub(super) const NARROW: u16 = 0x001e;
    pub(super) const WIDE: u16 = 0x001f;
    pub(super) const TIME: u16 = 0x0040;
    pub(super) const BINARY: u16 = 0x0102;
    pub(super) const BINARIES: u16 = 0x1102;
}

impl Object {
    /// Opens the node with its data and its inner nodes at these blocks.
    pub(super) fn open(blocks: &mut Blocks<'_>, data: u64, inside: u64) -> Result<Self, Missing> {
        let form = blocks.form();
        let pieces = blocks.pieces(data)?;
        let heap = Heap::of(pieces.blocks, form).ok_or(Missing::Damaged)?;
        let inner = blocks.inner(inside);
        let is_broken = pieces.is_broken || inner.is_err();
        Ok(Self { heap, inner: inner.unwrap_or_default(), is_broken })
    }

    /// The node within it that has this number.
    pub(super) fn inner(&self, number: u32) -> Option<Inner> {
        self.inner.iter().find(|inner| inner.number == number).copied()
    }

    /// Its properties among `wanted`. One that cannot be read is missing, and the others are there.
    pub(super) fn read(&self, blocks: &mut Blocks<'_>, wanted: &[u16]) -> Result<Read, Missing> {
        if self.heap.client != heap::PROPERTIES {
            return Err(Missing::Damaged);
        }
        let (key_bytes, records) = self.heap.records(self.heap.root).ok_or(Missing::Damaged)?;
        let mut read = Read { is_broken: self.is_broken, ..Read::default() };
        for record in records {
            let (Some(id), Some(kind), Some(value)) =
                (u16_at(record, 0), u16_at(record, key_bytes), u32_at(record, key_bytes + 2))
            else {
                continue;
            };
            if wanted.contains(&id) {
                self.take(blocks, Cell { id, kind, value }, &mut read);
            }
        }
        Ok(read)
    }

    fn take(&self, blocks: &mut Blocks<'_>, cell: Cell, read: &mut Read) {
        let value = match cell.kind {
            kind::SHORT => Ok(Value::Number(i64::from(cell.value & 0xffff))),
            kind::TRUTH => Ok(Value::Number(i64::from(cell.value & 0xff))),
            kind::LONG => Ok(Value::Number(i64::from(cell.value))),
            kind::OBJECT => {
                let place = self.bytes(blocks, cell.value);
                read.attached = place.ok().and_then(|place| u32_at(&place, 0));
                return;
            }
            kind::LARGE | kind::TIME => self.bytes(blocks, cell.value).and_then(|bytes| {
                let eight = bytes.first_chunk().ok_or(Missing::Damaged)?;
                Ok(Value::Number(i64::from_le_bytes(*eight)))
            }),
            kind::NARROW => self.bytes(blocks, cell.value).map(|text| Value::Narrow(shown(cell.id, text, 1))),
            kind::WIDE => self.bytes(blocks, cell.value).map(|text| Value::Wide(shown(cell.id, text, 2))),
            kind::BINARY | kind::BINARIES => self.bytes(blocks, cell.value).map(Value::Binary),
            _ => return,
        };
        match value {
            Ok(value) => read.properties.put(cell.id, value),
            Err(Missing::Damaged) => read.is_broken = true,
            Err(Missing::TooLarge) => read.is_too_large = true,
        }
    }

    /// What a number names: nothing, something in the heap, or the data of a node within this one.
    fn bytes(&self, blocks: &mut Blocks<'_>, number: u32) -> Result<Vec<u8>, Missing> {
        if number == 0 {
            return Ok(Vec::new());
        }
        if Heap::names(number) {
            return self.heap.item(number).map(<[u8]>::to_vec).ok_or(Missing::Damaged);
        }
        let inner = self.inner(number).ok_or(Missing::Damaged)?;
        blocks.data(inner.data)
    }

    /// The rows of the table in this node: of each, its properties among `wanted`. A row that cannot be read is broken.
    pub(super) fn rows(&self, blocks: &mut Blocks<'_>, wanted: &[u16]) -> Result<Vec<Read>, Missing> {
        if self.heap.client != heap::TABLE {
            return Err(Missing::Damaged);
        }
        let table = Table::of(self.heap.item(self.heap.root).ok_or(Missing::Damaged)?);
        let table = table.ok_or(Missing::Damaged)?;
        let index = if table.index == 0 { None } else { self.heap.records(table.index) };
        let Some((key_bytes, index)) = index else { return Ok(Vec::new()) };
        let numbers: Vec<usize> = index
            .into_iter()
            .filter_map(|record| match blocks.form() {
                Form::Ansi => u16_at(record, key_bytes).map(usize::from),
                Form::Unicode | Form::LargePages => u32_at(record, key_bytes).map(|row| row as usize),
            })
            .take(MEMBERS_MAX)
            .collect();
        let matrix = self.matrix(blocks, table.rows)?;
        let mut rows = Vec::with_capacity(numbers.len());
        for number in numbers {
            let Some(row) = table.row(&matrix, number) else {
                rows.push(Read { is_broken: true, ..Read::default() });
                continue;
            };
            let mut read = Read::default();
            for column in table.columns.iter().filter(|column| wanted.contains(&column.id)) {
                if let Some(cell) = table.cell(row, column) {
                    self.take(blocks, cell, &mut read);
                }
            }
            rows.push(read);
        }
        Ok(rows)
    }

    fn matrix(&self, blocks: &mut Blocks<'_>, number: u32) -> Result<Vec<Vec<u8>>, Missing> {
        if number == 0 {
            return Ok(Vec::new());
        }
        if Heap::names(number) {
            return self.heap.item(number).map(|item| vec![item.to_vec()]).ok_or(Missing::Damaged);
        }
        Ok(blocks.pieces(self.inner(number).ok_or(Missing::Damaged)?.data)?.blocks)
    }
}

/// A subject as a person sees it: before it, Outlook may put a 1 and the length of its prefix ([MS-PST] section 2.5.3.1.1.1).
fn shown(id: u16, mut text: Vec<u8>, unit: usize) -> Vec<u8> {
    const MARK: u8 = 1;
    let is_mark = text.first() == Some(&MARK) && text.iter().skip(1).take(unit - 1).all(|byte| *byte == 0);
    if id == id::SUBJECT && is_mark {
        text.drain(..(2 * unit).min(text.len()));
    }
    text
}

/// How a table is laid out ([MS-PST] section 2.3.4.1).
struct Table {
    /// Bytes of a row, the bits that say which cells are there included.
    row_bytes: usize,
    /// Where those bits begin.
    bits_at: usize,
    index: u32,
    rows: u32,
    columns: Vec<Column>,
}

struct Column {
    id: u16,
    kind: u16,
    at: usize,
    bytes: u8,
    bit: u8,
}

const COLUMN_BYTES: usize = 8;
const COLUMNS_AT: usize = 22;

impl Table {
    fn of(header: &[u8]) -> Option<Self> {
        if header.first() != Some(&heap::TABLE) {
            return None;
        }
        let row_bytes = usize::from(u16_at(header, 8)?);
        let bits_at = usize::from(u16_at(header, 6)?);
        let columns = header.get(COLUMNS_AT..)?.chunks_exact(COLUMN_BYTES).filter_map(Column::of);
        (row_bytes > 0).then_some(Self {
            row_bytes,
            bits_at,
            index: u32_at(header, 10)?,
            rows: u32_at(header, 14)?,
            columns: columns.collect(),
        })
    }

    /// A row: blocks hold whole rows, and what is left at their end is empty.
    fn row<'m>(&self, matrix: &'m [Vec<u8>], number: usize) -> Option<&'m [u8]> {
        let in_a_block = matrix.first()?.len().checked_div(self.row_bytes)?;
        let block = matrix.get(number.checked_div(in_a_block)?)?;
        let from = number.checked_rem(in_a_block)?.checked_mul(self.row_bytes)?;
        block.get(from..from.checked_add(self.row_bytes)?)
    }

    fn cell(&self, row: &[u8], column: &Column) -> Option<Cell> {
        let bits = row.get(self.bits_at + usize::from(column.bit / 8))?;
        if bits & 0x80 >> (column.bit % 8) == 0 {
            return None;
        }
        let value = match column.bytes {
            4 => u32_at(row, column.at)?,
            2 => u32::from(u16_at(row, column.at)?),
            1 => u32::from(*row.get(column.at)?),
            _ => return None,
        };
        Some(Cell { id: column.id, kind: column.kind, value })
    }
}

impl Column {
    fn of(entry: &[u8]) -> Option<Self> {
        Some(Self {
            kind: u16_at(entry, 0)?,
            id: u16_at(entry, 2)?,
            at: usize::from(u16_at(entry, 4)?),
            bytes: *entry.get(6)?,
            bit: *entry.get(7)?,
        })
    }
}

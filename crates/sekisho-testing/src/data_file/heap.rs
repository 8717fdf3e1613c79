//! Properties and rows of tables → heaps ([MS-PST] section 2.3).

use super::{Form, LARGE_VALUE, Property};

/// A property's value.
#[derive(Clone, Debug)]
pub enum Value {
    /// A number of 32 bits.
    Number(u32),
    /// 100 ns since 1601.
    Time(u64),
    /// Text in a code page.
    Narrow(Vec<u8>),
    /// Text in UTF-16.
    Wide(String),
    /// Bytes.
    Binary(Vec<u8>),
    /// The number of a node within.
    Object(u32),
}

/// The largest value that is put into a heap: a mail's heap stays within one block.
const VALUE_BYTES_MAX: usize = 512;

/// A heap being filled.
struct Heap {
    items: Vec<Vec<u8>>,
    large: Vec<Vec<u8>>,
}

/// The number of the node in which the large value number `at` lies.
pub(super) fn large_number(at: u32) -> u32 {
    (0x400 + at) << 5 | LARGE_VALUE
}

/// A heap with properties, and the values that are too large for it.
pub(super) fn properties(properties: &[Property]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let mut heap = Heap { items: Vec::new(), large: Vec::new() };
    let mut sorted: Vec<&Property> = properties.iter().collect();
    sorted.sort_by_key(|(id, _)| *id);
    let root = heap.put(Vec::new());
    let records = heap.put(Vec::new());
    let mut all = Vec::new();
    for (id, value) in sorted {
        let (kind, cell) = heap.cell(value);
        all.extend(id.to_le_bytes());
        all.extend(kind.to_le_bytes());
        all.extend(cell.to_le_bytes());
    }
    heap.items[1] = all;
    heap.items[0] = tree(2, 6, records);
    (heap.finish(0xbc, root), heap.large)
}

/// A table, and what is too large for its heap. All rows have the columns of the first.
pub(super) fn table(rows: &[Vec<Property>], form: Form) -> (Vec<u8>, Vec<Vec<u8>>) {
    let mut heap = Heap { items: Vec::new(), large: Vec::new() };
    let root = heap.put(Vec::new());
    let index = heap.put(Vec::new());
    let records = heap.put(Vec::new());
    let columns = rows.first().map(Vec::len).unwrap_or_default();
    let mut matrix = Vec::new();
    let mut kinds = Vec::new();
    for (number, row) in (0_u32..).zip(rows) {
        let mut cells = vec![(0x67f2, 0x0003, number)];
        for (id, value) in row {
            let (kind, cell) = heap.cell(value);
            cells.push((*id, kind, cell));
        }
        cells.iter().for_each(|(_, _, cell)| matrix.extend(cell.to_le_bytes()));
        matrix.push(0xff_u8 << (7 - columns));
        kinds = cells;
    }
    let rows_at = heap.put(matrix);
    let mut numbers = Vec::new();
    for number in 0..u32::try_from(rows.len()).expect("few rows") {
        numbers.extend(number.to_le_bytes());
        numbers.extend(&number.to_le_bytes()[..if form == Form::Ansi { 2 } else { 4 }]);
    }
    heap.items[2] = numbers;
    heap.items[1] = tree(4, if form == Form::Ansi { 2 } else { 4 }, records);
    let bits_at = u16::try_from(kinds.len() * 4).expect("few columns");
    let mut header = vec![0x7c, u8::try_from(kinds.len()).expect("few columns")];
    [bits_at, bits_at, bits_at, bits_at + 1].iter().for_each(|end| header.extend(end.to_le_bytes()));
    [index, rows_at, 0].iter().for_each(|number: &u32| header.extend(number.to_le_bytes()));
    for (at, (id, kind, _)) in (0_u8..).zip(&kinds) {
        header.extend(kind.to_le_bytes());
        header.extend(id.to_le_bytes());
        header.extend((u16::from(at) * 4).to_le_bytes());
        header.extend([4, at]);
    }
    heap.items[0] = header;
    (heap.finish(0x7c, root), heap.large)
}

/// The header of a tree of records without levels between.
fn tree(key_bytes: u8, value_bytes: u8, records: u32) -> Vec<u8> {
    [&[0xb5, key_bytes, value_bytes, 0], &records.to_le_bytes()[..]].concat()
}

impl Heap {
    /// Puts something in; its number.
    fn put(&mut self, item: Vec<u8>) -> u32 {
        self.items.push(item);
        u32::try_from(self.items.len()).expect("few items") << 5
    }

    /// A value's type and what stands for it.
    fn cell(&mut self, value: &Value) -> (u16, u32) {
        match value {
            Value::Number(number) => (0x0003, *number),
            Value::Time(time) => (0x0040, self.put(time.to_le_bytes().to_vec())),
            Value::Narrow(text) => (0x001e, self.bytes(text.clone())),
            Value::Wide(text) => {
                (0x001f, self.bytes(text.encode_utf16().flat_map(u16::to_le_bytes).collect()))
            }
            Value::Binary(bytes) => (0x0102, self.bytes(bytes.clone())),
            Value::Object(number) => (0x000d, self.put([number.to_le_bytes(), 0_u32.to_le_bytes()].concat())),
        }
    }

    fn bytes(&mut self, bytes: Vec<u8>) -> u32 {
        if bytes.len() <= VALUE_BYTES_MAX {
            return self.put(bytes);
        }
        self.large.push(bytes);
        large_number(u32::try_from(self.large.len() - 1).expect("few values"))
    }

    fn finish(&self, client: u8, root: u32) -> Vec<u8> {
        let mut block = vec![0, 0, 0xec, client];
        block.extend(root.to_le_bytes());
        block.extend([0; 4]);
        let mut edges = vec![block.len()];
        for item in &self.items {
            block.extend(item);
            edges.push(block.len());
        }
        block.resize(block.len().next_multiple_of(2), 0);
        let map = u16::try_from(block.len()).expect("a heap within a block");
        block.extend(u16::try_from(self.items.len()).expect("few items").to_le_bytes());
        block.extend([0; 2]);
        edges.iter().for_each(|edge| block.extend(u16::try_from(*edge).expect("small").to_le_bytes()));
        block[..2].copy_from_slice(&map.to_le_bytes());
        block
    }
}

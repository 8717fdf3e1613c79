//! A heap in the blocks of a node ([MS-PST] section 2.3.1), and the tree of records in it (section 2.3.2).

use super::layout::Form;
use super::limits::{ENTRIES_MAX, HEAP_LEVELS_MAX};
use crate::ole::{u16_at, u32_at};

/// The heap of a node.
pub(super) struct Heap {
    blocks: Vec<Vec<u8>>,
    form: Form,
    /// What its owner put at its root.
    pub(super) root: u32,
    /// What it is used for.
    pub(super) client: u8,
}

/// What a heap is used for.
pub(super) const PROPERTIES: u8 = 0xbc;
pub(super) const TABLE: u8 = 0x7c;
/// The first byte of a tree's header.
const TREE: u8 = 0xb5;
/// The third byte of a heap.
const SIGNATURE: u8 = 0xec;

impl Heap {
    /// The heap in `blocks`; `None` where there is none.
    pub(super) fn of(blocks: Vec<Vec<u8>>, form: Form) -> Option<Self> {
        let first = blocks.first()?;
        let (signature, client, root) = (*first.get(2)?, *first.get(3)?, u32_at(first, 4)?);
        (signature == SIGNATURE).then_some(Self { blocks, form, root, client })
    }

    /// Whether a number names something in a heap rather than a node.
    pub(super) fn names(number: u32) -> bool {
        number & 0x1f == 0
    }

    /// What a number of the heap names.
    pub(super) fn item(&self, number: u32) -> Option<&[u8]> {
        let (index_bits, index_mask) = if self.form == Form::LargePages { (14, 0x3fff) } else { (11, 0x7ff) };
        let index = (number >> 5 & index_mask) as usize;
        let block = self.blocks.get((number >> (5 + index_bits)) as usize)?;
        // At the place that its first number names, a block has the ends of all that is in it.
        let map = usize::from(u16_at(block, 0)?);
        let count = usize::from(u16_at(block, map)?);
        if index == 0 || index > count || !Self::names(number) {
            return None;
        }
        let edge = |at: usize| u16_at(block, map + 4 + at * 2).map(usize::from);
        block.get(edge(index - 1)?..edge(index)?)
    }

    /// The records of the tree whose header `number` names: key and value in one, with the length of the key.
    pub(super) fn records(&self, number: u32) -> Option<(usize, Vec<&[u8]>)> {
        let header = self.item(number)?;
        let (kind, key_bytes, value_bytes, levels) =
            (*header.first()?, *header.get(1)?, *header.get(2)?, *header.get(3)?);
        let root = u32_at(header, 4)?;
        if kind != TREE || levels > HEAP_LEVELS_MAX || key_bytes == 0 {
            return None;
        }
        let (key_bytes, value_bytes) = (usize::from(key_bytes), usize::from(value_bytes));
        let mut records = Vec::new();
        let mut level = vec![root];
        for _ in 0..levels {
            let mut below = Vec::new();
            for page in level.iter().filter(|page| **page != 0) {
                for entry in self.item(*page)?.chunks_exact(key_bytes + 4) {
                    if below.len() < ENTRIES_MAX {
                        below.push(u32_at(entry, key_bytes)?);
                    }
                }
            }
            level = below;
        }
        for page in level.iter().filter(|page| **page != 0) {
            let room = ENTRIES_MAX - records.len();
            records.extend(self.item(*page)?.chunks_exact(key_bytes + value_bytes).take(room));
        }
        Some((key_bytes, records))
    }
}

//! Compiled code in front of a module's source (its performance cache, [MS-OVBA] 2.3.4.3) → its lines, written as source
//! again as far as that can be done.
//!
//! The table of lines stands behind the bytes `FE CA 01 00` and has one row for each line of the source, continued
//! lines joined and `Attribute` lines left out, in VBA 6 and 7 alike.

mod instruction;
mod render;

pub(super) use instruction::Numbering;
use memchr::memmem;

use super::identifiers::Identifiers;
use crate::number::{place, slice, u16_le};

/// What the compiled code of a module says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Compiled {
    /// Rows of its table: one for each line of the source that was compiled.
    pub(super) lines: usize,
    /// Its statements as source.
    pub(super) text: String,
    /// Identifiers it refers to.
    pub(super) names: Vec<String>,
    /// Its string literals.
    pub(super) literals: Vec<String>,
}

const ROW_BYTES: usize = 12;

/// What stands between the table and the code.
const BETWEEN_BYTES: usize = 10;

/// Text written from the code of one module; a line of twenty bytes gives no more than some hundred.
const TEXT_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The compiled code of a cache; `None` where it has none.
pub(super) fn read(cache: &[u8], identifiers: &Identifiers) -> Option<Compiled> {
    let table = memmem::rfind(cache, &[0xfe, 0xca, 1, 0])?;
    let lines = usize::from(u16_le(cache, table + 4)?);
    let rows = table + 6;
    let code = cache.get(rows + ROW_BYTES * lines + BETWEEN_BYTES..)?;
    let mut compiled = Compiled { lines, ..Compiled::default() };
    let procedures = Procedures { cache, identifiers };
    for line in 0..lines {
        let row = slice(cache, rows + line * ROW_BYTES, ROW_BYTES);
        let (Some(length), Some(offset)) = (u16_le(row, 4), place(row, 8)) else { break };
        if length == 0 || compiled.text.len() > TEXT_BYTES_MAX {
            continue;
        }
        render::line(slice(code, offset, usize::from(length)), &procedures, &mut compiled);
    }
    Some(compiled)
}

/// Names of procedures stand in a table of declarations, whose place is at byte 17 of the cache.
struct Procedures<'c> {
    cache: &'c [u8],
    identifiers: &'c Identifiers,
}

impl Procedures<'_> {
    fn name(&self, declaration: usize) -> Option<&str> {
        const NAME_AT: usize = 16;
        let table = place(self.cache, 17)?;
        let at = table.checked_add(declaration)?.checked_add(NAME_AT)?;
        self.identifiers.name(u16_le(self.cache, at)?)
    }
}

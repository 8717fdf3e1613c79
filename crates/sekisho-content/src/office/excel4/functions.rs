//! The numbers of functions in compiled formulas → their names and fixed counts of arguments ([MS-XLS] 2.5.198.17 Ftab,
//! 2.5.198.4 Cetab; the same numbers in [MS-XLSB] 2.5.97).
//!
//! The table has a function a line: number in hexadecimal, name, and how many arguments it takes where that is fixed.
//! Numbers from 8000 on are commands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A function of Excel's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Function {
    pub(super) name: &'static str,
    /// Arguments where it always takes as many.
    pub(super) arguments: usize,
}

/// The function with this number; commands have the highest bit set.
pub(super) fn function(number: u16) -> Option<Function> {
    FUNCTIONS.get(&number).copied()
}

/// Whether Excel has a function of this name, in capitals.
pub(super) fn is_function(name: &str) -> bool {
    static NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
        FUNCTIONS.values().map(|function| function.name).chain(NEWER.iter().copied()).collect()
    });
    NAMES.contains(name)
}

/// Functions of later versions, which have no number.
const NEWER: &[&str] =
    &["CONCAT", "TEXTJOIN", "UNICHAR", "UNICODE", "BITXOR", "BITAND", "BITOR", "BASE", "DECIMAL"];

/// Calls a macro of the workbook or an add-in: its first argument says which.
pub(super) const USER_DEFINED: u16 = 0x00ff;

static FUNCTIONS: LazyLock<BTreeMap<u16, Function>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let mut fields = line.split_whitespace();
        let number = u16::from_str_radix(fields.next()?, 16).ok()?;
        let name = fields.next()?;
        let arguments = fields.next().and_then(|count| count.parse().ok()).unwrap_or(0);
        Some((number, Function { name, arguments }))
    };
    include_str!("functions.txt").lines().filter_map(line).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        let found = |number| function(number).map(|function| (function.name, function.arguments));
        assert_eq!(found(0x006e), Some(("EXEC", 0)));
        assert_eq!(found(0x006f), Some(("CHAR", 1)));
        assert_eq!(found(0x008a), Some(("FWRITE", 2)));
        assert_eq!(found(0x8060), Some(("FORMULA", 0)));
        assert_eq!(found(0x7fff), None);
    }
}

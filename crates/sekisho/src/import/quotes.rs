//! One record of a table as it is written (RFC 4180) → where a quotation mark begins a cell that nothing closes.
//!
//! Such a cell swallows the lines behind it, up to the next quotation mark or the end of the file: whose addresses and names those are, nobody
//! can tell any more.

/// Lines of a table that cannot be told apart, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unclosed {
    /// Where the quotation mark stands.
    pub first: u64,
    /// The last one that it swallowed.
    pub last: u64,
}

/// Where in a cell a sign stands.
#[derive(Clone, Copy)]
enum Cell {
    Begins,
    Plain,
    /// Between quotation marks; where the first one stands.
    Quoted(usize),
}

/// Looks through a record that begins with line `line`.
pub fn unclosed(record: &str, line: u64, delimiter: u8) -> Option<Unclosed> {
    let mut bytes = record.bytes().enumerate().peekable();
    let mut cell = Cell::Begins;
    while let Some((at, byte)) = bytes.next() {
        cell = match (cell, byte) {
            (Cell::Begins, b'"') => Cell::Quoted(at),
            (Cell::Quoted(opened), b'"') => match bytes.peek() {
                Some((_, b'"')) => {
                    bytes.next();
                    Cell::Quoted(opened)
                }
                Some((_, b'\r' | b'\n')) | None => Cell::Plain,
                Some((_, next)) if *next == delimiter => Cell::Plain,
                // On one line it is a quotation within the cell, which no other entry suffers from.
                Some(_) if !record.get(opened..at).unwrap_or_default().contains('\n') => Cell::Plain,
                Some(_) => return Some(swallowed(record, opened, line)),
            },
            (Cell::Quoted(opened), _) => Cell::Quoted(opened),
            // Empty lines may stand before the record.
            (Cell::Begins, b'\r' | b'\n') => Cell::Begins,
            (_, byte) if byte == delimiter => Cell::Begins,
            _ => Cell::Plain,
        };
    }
    match cell {
        Cell::Quoted(opened) => Some(swallowed(record, opened, line)),
        _ => None,
    }
}

fn swallowed(record: &str, opened: usize, line: u64) -> Unclosed {
    let (before, behind) = record.split_at_checked(opened).unwrap_or((record, ""));
    let lines = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count() as u64;
    let first = line + lines(before);
    Unclosed { first, last: first + lines(behind.trim_end()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_nothing_closes_swallows_the_lines_behind_it() {
        for (record, expected) in [
            ("a,b,c\n", None),
            ("\"a\",\"b\nb\",\"c \"\"d\"\"\"\r\n", None),
            ("a \"b,c\n", None),
            ("\"a \"b\" c\",d\n", None),
            ("\"a\"", None),
            ("a,\"b\nc,d\ne,f\n", Some((7, 9))),
            ("\n\na,\"b\nc,d", Some((9, 10))),
            ("\"a\",\"b\n\"c\",\"d\"\n", Some((7, 8))),
            ("\"a\"\"\nb\n", Some((7, 8))),
        ] {
            let found = unclosed(record, 7, b',').map(|Unclosed { first, last }| (first, last));
            assert_eq!(found, expected, "{record}");
        }
    }
}

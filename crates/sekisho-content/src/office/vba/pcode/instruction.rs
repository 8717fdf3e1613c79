//! Bytes of compiled code → instructions. The low ten bits of a word are the operation. 64-bit VBA has three operations
//! more among the literals, so that what follows them has other numbers there.

use crate::number::{slice, u16_le};

/// An instruction with its operands.
#[derive(Debug, PartialEq)]
pub(super) struct Instruction<'c> {
    /// As 64-bit VBA numbers it.
    pub(super) operation: u16,
    /// The high six bits: a type, or the value of a small literal.
    pub(super) variant: u16,
    /// Its operands, or the characters of its text.
    pub(super) operands: &'c [u8],
}

/// Which numbers a project uses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::office::vba) enum Numbering {
    /// VBA 6 and 32-bit VBA 7.
    Narrow,
    /// 64-bit VBA 7.
    Wide,
}

/// A string literal.
pub(super) const LITERAL: u16 = 0xb9;

/// A comment behind an apostrophe, and one behind `Rem`.
pub(super) const COMMENTS: [u16; 2] = [0xe3, 0xe7];

/// A line with an error of syntax, kept as text.
pub(super) const REPARSE: u16 = 0xe6;

const LINE_CONTINUED: u16 = 0xa6;

/// The instructions of a line.
pub(super) fn of_line(line: &[u8], numbering: Numbering) -> Vec<Instruction<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = u16_le(line, at) {
        at += 2;
        let operation = wide(word & 0x3ff, numbering);
        let has_text =
            matches!(operation, LITERAL | REPARSE | LINE_CONTINUED) || COMMENTS.contains(&operation);
        let length = if has_text {
            // A comment says in which column it begins.
            at += if operation == COMMENTS[0] { 4 } else { 2 };
            u16_le(line, at - 2).map_or(0, usize::from)
        } else {
            operand_bytes(operation)
        };
        found.push(Instruction { operation, variant: word >> 10, operands: slice(line, at, length) });
        at += length + length % 2;
    }
    found
}

fn wide(operation: u16, numbering: Numbering) -> u16 {
    match (numbering, operation) {
        (Numbering::Narrow, 0xae..=0xaf) => operation + 1,
        (Numbering::Narrow, 0xb0..=0xb2) => operation + 2,
        (Numbering::Narrow, 0xb3..) => operation + 3,
        _ => operation,
    }
}

/// Bytes of operands of operations without text.
fn operand_bytes(operation: u16) -> usize {
    match operation {
        // An identifier, a count and a type: `ReDim`. Then literals of eight bytes.
        0xe4 | 0xe5 | 0xa9 | 0xaa | 0xae | 0xb1 | 0xb5 | 0xb7 => 8,
        // An identifier and a count: calls with arguments, by name or as a member.
        0x24..=0x26 | 0x2b..=0x2d | 0x32..=0x34 | 0x37 | 0x38 | 0x3b | 0x3c | 0x3f..=0x44 | 0x75..=0x77 => 4,
        // Declarations, and literals of four bytes.
        0x74 | 0x94 | 0x96 | 0x97 | 0xad | 0xb0 | 0xb4 | 0xb6 | 0xf3 | 0xf5 => 4,
        // An identifier, a count or a small number.
        0x20..=0x23
        | 0x27..=0x2a
        | 0x2e..=0x31
        | 0x35
        | 0x36
        | 0x39
        | 0x3a
        | 0x3d
        | 0x3e
        | 0x46
        | 0x49
        | 0x4a => 2,
        0x56 | 0x72 | 0x8a | 0x91 | 0x99 | 0x9a | 0x9d | 0x9e | 0xa3 | 0xa8 | 0xac | 0xaf | 0xb3 => 2,
        0xc9 | 0xcc | 0xcf | 0xd4 => 2,
        _ => 0,
    }
}

//! The instructions of a line → the line as source. Compiled code works on a stack, so what is on it is kept as text.
//!
//! Declarations of variables and types are left out: nothing is judged by them.

use super::instruction::{COMMENTS, Instruction, LITERAL, REPARSE, of_line};
use super::{Compiled, Procedures};
use crate::number::{place, u16_le, u32_le};

/// Adds a line to what the compiled code says.
pub(super) fn line(code: &[u8], procedures: &Procedures<'_>, compiled: &mut Compiled) {
    let mut line = Line { procedures, compiled, stack: Vec::new(), written: String::new(), size: 0 };
    for instruction in of_line(code, procedures.identifiers.numbering()) {
        line.take(&instruction);
    }
    let rest = std::mem::take(&mut line.stack).join(" ");
    line.statement(&rest);
    let written = line.written;
    compiled.text.push_str(&written);
    compiled.text.push('\n');
}

struct Line<'l, 'c> {
    procedures: &'l Procedures<'c>,
    compiled: &'l mut Compiled,
    stack: Vec<String>,
    written: String,
    /// Bytes pushed in all.
    size: usize,
}

/// A line has 1,023 characters; what is far beyond is made to cost.
const LINE_BYTES_MAX: usize = 256 * 1024;

impl Line<'_, '_> {
    fn take(&mut self, found: &Instruction<'_>) {
        let operand = u16_le(found.operands, 0).unwrap_or(0);
        let count = usize::from(u16_le(found.operands, 2).unwrap_or(0));
        match found.operation {
            0x00..=0x14 => {
                let (right, left) = (self.pop(), self.pop());
                let sign = BINARY.get(usize::from(found.operation)).copied().unwrap_or("+");
                self.push(format!("{left} {sign} {right}"));
            }
            0x15 => self.around("Not ", ""),
            0x16 => self.around("-", ""),
            0x17..=0x1c => {
                let name = INTRINSIC.get(usize::from(found.operation - 0x17)).copied().unwrap_or("Abs");
                self.around(&format!("{name}("), ")");
            }
            0x1d => self.around("(", ")"),
            LITERAL => self.literal(found.operands),
            0xac | 0xaf | 0xb3 => self.push(operand.cast_signed().to_string()),
            0xad | 0xb0 | 0xb4 => self.push(u32_le(found.operands, 0).unwrap_or(0).cast_signed().to_string()),
            0xae | 0xb1 | 0xb5 => {
                let number = crate::number::u64_le(found.operands, 0).unwrap_or(0);
                self.push(number.cast_signed().to_string());
            }
            0xa9 | 0xaa | 0xb6 | 0xb7 => self.push("0".into()),
            0xb2 => self.push("Nothing".into()),
            0xb8 => self.push(found.variant.to_string()),
            0xba => {
                let special = ["False", "True", "Null", "Empty"];
                self.push(special.get(usize::from(found.variant)).unwrap_or(&"Empty").to_string());
            }
            0x20..=0x44 => self.named(found.operation, operand, count),
            0x49 | 0x4a => {
                let name = self.name(operand);
                self.push(format!("AddressOf {name}"));
            }
            0xc1 | 0xc2 => self.push("Me".into()),
            0xc9 => {
                let name = self.name(operand);
                self.push(format!("New {name}"));
            }
            0xd3 => self.push(String::new()),
            0xd4 => {
                let (name, value) = (self.name(operand), self.pop());
                self.push(format!("{name}:={value}"));
            }
            REPARSE => {
                let text = String::from_utf8_lossy(found.operands).into_owned();
                self.statement(&text);
            }
            comment if COMMENTS.contains(&comment) => {}
            _ => self.block(found.operation, found.operands, operand),
        }
    }

    /// Loads, stores and calls, by name or as a member of what is on the stack or of `With`.
    fn named(&mut self, operation: u16, operand: u16, count: usize) {
        let member = matches!(operation, 0x21 | 0x25 | 0x28 | 0x2c | 0x2f | 0x33 | 0x42);
        let dictionary = matches!(operation, 0x22 | 0x26 | 0x29 | 0x2d | 0x30 | 0x34);
        let with = (0x35..=0x40).contains(&operation) || operation == 0x43;
        let indexed = matches!(operation, 0x23 | 0x2a | 0x31);
        let count = if indexed { usize::from(operand) } else { count };
        let target = if member || dictionary || indexed {
            let object = self.pop();
            match (member, dictionary) {
                (true, _) => format!("{object}.{}", self.name(operand)),
                (_, true) => format!("{object}!{}", self.name(operand)),
                _ => object,
            }
        } else if with {
            format!(".{}", self.name(operand))
        } else {
            self.name(operand)
        };
        let takes = matches!(operation,
            0x23..=0x26 | 0x2a..=0x2d | 0x31..=0x34 | 0x37 | 0x38 | 0x3b | 0x3c | 0x3f..=0x44);
        let mut arguments: Vec<String> =
            (0..if takes { count.min(64) } else { 0 }).map(|_| self.pop()).collect();
        arguments.reverse();
        let arguments = arguments.join(", ");
        let called = if takes { format!("{target}({arguments})") } else { target.clone() };
        match operation {
            0x20..=0x26 | 0x35..=0x38 => self.push(called),
            0x27..=0x34 | 0x39..=0x40 => {
                let value = self.pop();
                let set = matches!(operation, 0x2e..=0x34 | 0x3d..=0x40);
                self.statement(&format!("{}{called} = {value}", if set { "Set " } else { "" }));
            }
            0x41..=0x43 => self.statement(&format!("{target} {arguments}")),
            _ => self.statement(&called),
        }
    }

    /// Statements with words of their own.
    fn block(&mut self, operation: u16, operands: &[u8], operand: u16) {
        let text = match operation {
            0x96 | 0x97 => {
                let name =
                    place(operands, 0).and_then(|at| self.procedures.name(at)).unwrap_or("x_").to_owned();
                self.compiled.names.push(name.clone());
                format!("Sub {name}()")
            }
            0x69 | 0x6d | 0x6f => "End Sub".into(),
            0x9b | 0x9c => format!("If {} Then", self.pop()),
            0x63 | 0x64 => "Else".into(),
            0x65 => format!("ElseIf {} Then", self.pop()),
            0x6a | 0x6b => "End If".into(),
            0x92 => {
                let (to, from, name) = (self.pop(), self.pop(), self.pop());
                format!("For {name} = {from} To {to}")
            }
            0x95 => {
                let (step, to, from, name) = (self.pop(), self.pop(), self.pop(), self.pop());
                format!("For {name} = {from} To {to} Step {step}")
            }
            0x93 | 0x94 => {
                let (list, name) = (self.pop(), self.pop());
                format!("For Each {name} In {list}")
            }
            0xca | 0xcb => {
                self.stack.clear();
                "Next".into()
            }
            0x5f => "Do".into(),
            0x61 => format!("Do Until {}", self.pop()),
            0x62 => format!("Do While {}", self.pop()),
            0xbc => "Loop".into(),
            0xbd => format!("Loop Until {}", self.pop()),
            0xbe => format!("Loop While {}", self.pop()),
            0xf7 => format!("While {}", self.pop()),
            0xf6 => "Wend".into(),
            0xf8 => format!("With {}", self.pop()),
            0x71 => "End With".into(),
            0xcf => format!("Open {} For {} As 1", self.stack.join(", "), mode(operand)),
            0xe2 => "Put 1, 1".into(),
            0xd5 => "Print 1".into(),
            0xed => format!("Select Case {}", self.pop()),
            0x4b => format!("Case {}", self.pop()),
            0x53 => "Case Else".into(),
            0x6e => "End Select".into(),
            0x7a => "Exit Function".into(),
            0x7c => "Exit Sub".into(),
            _ => return,
        };
        if operation == 0xcf {
            self.stack.clear();
        }
        self.statement(&text);
    }

    fn literal(&mut self, characters: &[u8]) {
        let text = self.procedures.identifiers.text(characters);
        let quoted = format!("\"{}\"", text.replace('"', "\"\""));
        if text.chars().count() > 2 {
            self.compiled.literals.push(text);
        }
        self.push(quoted);
    }

    fn name(&mut self, operand: u16) -> String {
        let Some(name) = self.procedures.identifiers.name(operand) else { return "x_".into() };
        self.compiled.names.push(name.to_owned());
        name.to_owned()
    }

    fn around(&mut self, before: &str, behind: &str) {
        let value = self.pop();
        self.push(format!("{before}{value}{behind}"));
    }

    fn push(&mut self, text: String) {
        self.size += text.len();
        if self.size < LINE_BYTES_MAX {
            self.stack.push(text);
        }
    }

    fn pop(&mut self) -> String {
        self.stack.pop().unwrap_or_default()
    }

    fn statement(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.written.is_empty() {
            self.written.push('\n');
        }
        self.written.push_str(text);
    }
}

/// How a file is opened.
fn mode(operand: u16) -> &'static str {
    match operand & 0x3f {
        1 => "Input",
        2 => "Output",
        4 => "Random",
        8 => "Append",
        _ => "Binary",
    }
}

const BINARY: [&str; 21] = [
    "Imp", "Eqv", "Xor", "Or", "And", "=", "<>", "<=", ">=", "<", ">", "+", "-", "Mod", "\\", "*", "/", "&",
    "Like", "^", "Is",
];

const INTRINSIC: [&str; 6] = ["Abs", "Fix", "Int", "Sgn", "Len", "LenB"];

//! A SYLK file → a workbook of one sheet (Microsoft's "SYLK (SYmbolic LinK) format", as Excel reads it).
//!
//! A record is a line, its fields divided by `;`, which doubled is a letter. `O;E` makes the sheet a macro sheet, `NN` a
//! name, `C` a cell whose place, where it is not given, is the one before. Conversations with other programs are `dde`'s.

use super::book::{Book, Cell, Name, Sheet, Value};
use super::expression::Expression;
use super::formula::{Style, parse};
use super::strings::narrow;
use crate::open::Budget;
use crate::{Cost, Unread};

/// Reads a file, and says what of it could not be read.
pub(super) fn read(bytes: &[u8], budget: &mut Budget) -> (Book, Option<Unread>) {
    const NAMES_MAX: usize = 65_536;
    let mut book = Book::default();
    book.sheets.push(Sheet { name: "SYLK".to_owned(), ..Sheet::default() });
    let (mut row, mut column) = (1_u32, 1_u32);
    let mut ended = false;
    for line in bytes.split(|byte| matches!(byte, b'\r' | b'\n')) {
        if budget.pay(Cost::Work(1 + line.len() as u64 / 64)).is_err() {
            return (book, Some(Unread::TooLarge));
        }
        let fields = fields(line);
        let Some((kind, fields)) = fields.split_first() else { continue };
        let field = |letter: char| fields.iter().find_map(|field| field.strip_prefix(letter));
        match kind.trim_start() {
            "O" if field('E').is_some() => book.sheets.iter_mut().for_each(|sheet| sheet.is_macro = true),
            "NN" | "NU" | "NL" if book.names.len() < NAMES_MAX => {
                if let (Some(name), Some(refers)) = (field('N'), field('E')) {
                    let refers = own_sheet(parse(refers, Style::R1C1, (0, 0)));
                    book.names.push(Name { name: name.to_owned(), refers });
                }
            }
            "C" | "F" => {
                row = field('Y').and_then(|text| text.trim().parse().ok()).unwrap_or(row);
                column = field('X').and_then(|text| text.trim().parse().ok()).unwrap_or(column);
                let place = (row.saturating_sub(1), column.saturating_sub(1));
                let formula = field('E').map(|text| parse(text, Style::R1C1, place));
                let value = field('K').map_or(Value::Empty, value);
                let has_any = kind.trim_start() == "C" && (formula.is_some() || value != Value::Empty);
                if has_any && !book.put(0, place.0, place.1, Cell { formula, value }) {
                    return (book, Some(Unread::TooLarge));
                }
            }
            "E" => ended = true,
            _ => {}
        }
    }
    (book, (!ended).then_some(Unread::Damaged))
}

fn own_sheet(refers: Expression) -> Expression {
    match refers {
        Expression::Cell(mut place) => {
            place.sheet = None;
            Expression::Cell(place)
        }
        refers => refers,
    }
}

fn fields(line: &[u8]) -> Vec<String> {
    let text = narrow(line);
    let mut fields = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            ';' if letters.peek() == Some(&';') => {
                letters.next();
                push(&mut fields, ';');
            }
            ';' if fields.len() < FIELDS_MAX => fields.push(String::new()),
            // An escape: a letter outside the alphabet as two that follow, or as `N` and its name.
            '\u{1b}' => {
                let two: String = letters.clone().take(2).collect();
                if let Some(known) = escaped(&two) {
                    letters.nth(1);
                    push(&mut fields, known);
                }
            }
            letter => push(&mut fields, letter),
        }
    }
    fields
}

/// Fields of one line; records have about ten.
const FIELDS_MAX: usize = 256;

/// `ESC` and two letters stand for one: four bits in each.
fn escaped(two: &str) -> Option<char> {
    match two.as_bytes() {
        [high @ 0x20..=0x2f, low @ 0x30..=0x3f] => Some(char::from((high & 0x0f) << 4 | low & 0x0f)),
        _ => None,
    }
}

fn push(fields: &mut [String], letter: char) {
    if let Some(field) = fields.last_mut() {
        field.push(letter);
    }
}

fn value(text: &str) -> Value {
    let text = text.trim();
    match text {
        "TRUE" => Value::Bool(true),
        "FALSE" => Value::Bool(false),
        _ if text.starts_with('"') => Value::Text(
            text.trim_start_matches('"').strip_suffix('"').unwrap_or(text.trim_start_matches('"')).to_owned(),
        ),
        _ if text.starts_with('#') => Value::Error,
        _ => text.parse().map_or(Value::Empty, Value::Number),
    }
}

//! The package of a workbook → the workbook, where a relation leads to macro sheets (ECMA-376 part 1, 12.3; [MS-OFFMACRO2]
//! 2.2.1.7 for the relations; [MS-XLSB] 2.1.7 for the binary parts).

use std::collections::{BTreeMap, BTreeSet};

use super::binary::{self, Binary};
use super::book::{Book, Cell, Name, Sheet, State, Value};
use super::formula::{Style, letters_and_number, parse};
use crate::limits::EXCEL_CELLS_MAX;
use crate::open::{Budget, Opened};
use crate::xml::{Token, Xml, decoded};
use crate::zip::Zip;
use crate::{Cost, Unread};

/// Every workbook of the package; the sheets only where any of them has macros. What cannot be read is noted.
pub(super) fn read(zip: &Zip<'_>, budget: &mut Budget, opened: &mut Opened) -> Vec<(String, Book)> {
    let mut parts = Parts { zip, budget, opened };
    let mut books = Vec::new();
    let relations: Vec<String> = zip
        .members
        .iter()
        .map(|member| member.name.clone())
        .filter(|name| name.to_ascii_lowercase().ends_with(".rels"))
        .collect();
    for path in relations {
        let Some(relations) = parts.relations(&path) else { continue };
        let source = source_of(&path);
        // A workbook is what has sheets; chart sheets and dialogues lead to none of their own.
        if !relations.values().any(|(kind, _)| kind.ends_with("/worksheet") || is_macro_sheet(kind)) {
            continue;
        }
        let content = parts.content(&source).unwrap_or_default();
        let book = if content.starts_with(b"<") || decoded(&content).trim_start().starts_with('<') {
            written(&content, &relations, &mut parts)
        } else {
            compiled(&content, &relations, &mut parts)
        };
        books.push((source, book));
    }
    books
}

/// The relations of a part, by number: type in lower case, and the target's path.
type Relations = BTreeMap<String, (String, String)>;

struct Parts<'p, 'z> {
    zip: &'p Zip<'z>,
    budget: &'p mut Budget,
    opened: &'p mut Opened,
}

impl Parts<'_, '_> {
    fn content(&mut self, path: &str) -> Option<Vec<u8>> {
        let at = self.zip.members.iter().position(|member| member.name.eq_ignore_ascii_case(path))?;
        match self.zip.unpack(at, self.budget) {
            Ok(content) => Some(content),
            Err(unread) => {
                self.opened.note(unread, path);
                None
            }
        }
    }

    fn relations(&mut self, path: &str) -> Option<Relations> {
        const RELATIONS_MAX: usize = 65_536;
        let content = self.content(path)?;
        let base = source_of(path);
        let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut relations = Relations::new();
        for token in Xml::new(&decoded(&content)) {
            let Token::Open(tag) = token else { continue };
            if tag.name == "Relationship" && relations.len() < RELATIONS_MAX {
                let text = |name: &str| tag.attribute(name).map(|text| text.into_owned()).unwrap_or_default();
                let target = resolved(folder, &text("Target"));
                relations.insert(text("Id"), (text("Type").to_ascii_lowercase(), target));
            }
        }
        Some(relations)
    }

    fn pays(&mut self, work: usize, detail: &str) -> bool {
        let paid = self.budget.pay(Cost::Work(work as u64)).is_ok();
        if !paid {
            self.opened.note(Unread::TooLarge, detail);
        }
        paid
    }
}

fn is_macro_sheet(kind: &str) -> bool {
    kind.ends_with("macrosheet")
}

/// `xl/_rels/workbook.xml.rels` is about `xl/workbook.xml`.
fn source_of(relations: &str) -> String {
    let path = relations.replace("_rels/", "");
    path.get(..path.len().saturating_sub(".rels".len())).unwrap_or_default().to_owned()
}

/// A target as a path from the package's root.
fn resolved(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = Vec::new();
    let from = if target.starts_with('/') { "" } else { folder };
    for step in from.split('/').chain(target.split(['/', '\\'])) {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// A workbook of XML parts.
fn written(workbook: &[u8], relations: &Relations, parts: &mut Parts<'_, '_>) -> Book {
    let mut book = Book::default();
    let mut sheets: Vec<(Sheet, String)> = Vec::new();
    let mut name: Option<(String, String)> = None;
    for token in Xml::new(&decoded(workbook)) {
        match token {
            Token::Open(tag) if tag.name == "sheet" => {
                let text = |name: &str| tag.attribute(name).map(|text| text.into_owned()).unwrap_or_default();
                let state = match text("state").as_str() {
                    "hidden" => State::Hidden,
                    "veryHidden" => State::VeryHidden,
                    _ => State::Shown,
                };
                sheets.push((Sheet { name: text("name"), state, ..Sheet::default() }, text("id")));
            }
            Token::Open(tag) if tag.name == "definedName" => {
                let text = tag.attribute("name").unwrap_or_default();
                let text = text.strip_prefix("_xlnm.").unwrap_or(&text).to_owned();
                name = Some((text, String::new()));
            }
            Token::Text(text) => {
                if let Some((_, refers)) = &mut name {
                    refers.push_str(&text);
                }
            }
            Token::Close("definedName") => {
                if let Some((name, refers)) = name.take() {
                    book.names.push(Name { name, refers: parse(&refers, Style::A1, (0, 0)) });
                }
            }
            _ => {}
        }
    }
    let macros = relations.values().any(|(kind, _)| is_macro_sheet(kind));
    let strings = if macros { strings_part(relations, parts) } else { None };
    let strings = strings.map(|part| shared_strings(&part)).unwrap_or_default();
    fill(&mut book, sheets, relations, parts, &mut |book, index, part, parts| {
        cells(part, index, &strings, book, parts);
    });
    book
}

/// A workbook of binary parts.
fn compiled(workbook: &[u8], relations: &Relations, parts: &mut Parts<'_, '_>) -> Book {
    let mut book = Book::default();
    let mut binary = Binary::read(workbook);
    let strings =
        strings_part(relations, parts).map(|part| binary::shared_strings(&part)).unwrap_or_default();
    let sheets = std::mem::take(&mut binary.sheets);
    binary.name(&mut book);
    for (kind, target) in relations.values() {
        if kind.ends_with("externallink") {
            let link = parts.content(target).and_then(|part| binary::exchange(&part));
            book.exchanges.extend(link);
        }
    }
    fill(&mut book, sheets, relations, parts, &mut |book, index, part, parts| {
        if let Err(unread) = binary.sheet(part, index, &strings, book, parts.budget) {
            parts.opened.note(unread, "macro sheet");
        }
    });
    book
}

/// Sheets looked at in one workbook, and relations that may lead to them.
const SHEETS_MAX: usize = 2_048;

type Fill<'f> = &'f mut dyn FnMut(&mut Book, usize, &[u8], &mut Parts<'_, '_>);

/// Puts sheets into a book, those first that the workbook lists, then macro sheets that it does not.
fn fill(
    book: &mut Book,
    sheets: Vec<(Sheet, String)>,
    relations: &Relations,
    parts: &mut Parts<'_, '_>,
    fill: Fill<'_>,
) {
    let mut targets = Vec::new();
    let all = sheets.len() + relations.len();
    for (mut sheet, id) in sheets.into_iter().take(SHEETS_MAX) {
        let (kind, target) = relations.get(&id).cloned().unwrap_or_default();
        sheet.is_macro = is_macro_sheet(&kind);
        book.sheets.push(sheet);
        targets.push(target);
    }
    let listed: BTreeSet<String> = targets.iter().cloned().collect();
    for (kind, target) in relations.values() {
        if is_macro_sheet(kind) && !listed.contains(target) && targets.len() < SHEETS_MAX {
            let sheet = Sheet { name: target.clone(), is_macro: true, ..Sheet::default() };
            book.sheets.push(sheet);
            targets.push(target.clone());
        }
    }
    if !book.has_macro_sheet() {
        return;
    }
    if all > SHEETS_MAX {
        parts.opened.note(Unread::TooLarge, "sheets");
    }
    for (index, target) in targets.into_iter().enumerate() {
        let is_macro = book.sheets.get(index).is_some_and(|sheet| sheet.is_macro);
        match parts.content(&target) {
            Some(part) => fill(book, index, &part, parts),
            None if is_macro => parts.opened.note(Unread::Damaged, "macro sheet"),
            None => {}
        }
    }
}

fn strings_part(relations: &Relations, parts: &mut Parts<'_, '_>) -> Option<Vec<u8>> {
    let (_, target) = relations.values().find(|(kind, _)| kind.ends_with("/sharedstrings"))?;
    parts.content(target)
}

fn shared_strings(part: &[u8]) -> Vec<String> {
    let mut strings: Vec<String> = Vec::new();
    let mut is_text = false;
    for token in Xml::new(&decoded(part)) {
        match token {
            Token::Open(tag) if tag.name == "si" && strings.len() < EXCEL_CELLS_MAX => {
                strings.push(String::new())
            }
            Token::Open(tag) if tag.name == "t" => is_text = !tag.empty,
            Token::Close("t") => is_text = false,
            Token::Text(text) if is_text => {
                if let Some(string) = strings.last_mut() {
                    string.push_str(&text);
                }
            }
            _ => {}
        }
    }
    strings
}

/// The cells of a sheet's part.
fn cells(part: &[u8], index: usize, strings: &[String], book: &mut Book, parts: &mut Parts<'_, '_>) {
    let text = decoded(part);
    if !parts.pays(text.len() / 64, "macro sheet") {
        return;
    }
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut cell: Option<(u32, u32, String)> = None;
    let (mut formula, mut value) = (None::<String>, String::new());
    let mut into: Option<&str> = None;
    for token in Xml::new(&text) {
        match token {
            Token::Open(tag) if tag.name == "row" => {
                let stated = tag.attribute("r").and_then(|text| text.parse::<u32>().ok());
                row = stated.map_or(row.saturating_add(1), |stated| stated.max(1)).min(1 << 21);
                column = 0;
            }
            Token::Open(tag) if tag.name == "c" => {
                let stated = tag.attribute("r").and_then(|text| letters_and_number(&text));
                let place = stated.unwrap_or((row.saturating_sub(1), column));
                column = place.1.saturating_add(1);
                let kind = tag.attribute("t").unwrap_or_default().into_owned();
                (formula, value) = (None, String::new());
                cell = (!tag.empty).then_some((place.0, place.1, kind));
            }
            Token::Open(tag) if matches!(tag.name, "f" | "v" | "t") && !tag.empty => {
                if tag.name == "f" {
                    formula = Some(String::new());
                }
                into = Some(tag.name);
            }
            Token::Close("f" | "v" | "t") => into = None,
            Token::Text(text) => match into {
                Some("f") => formula.get_or_insert_default().push_str(&text),
                Some(_) => value.push_str(&text),
                None => {}
            },
            Token::Close("c") => {
                let Some((row, column, kind)) = cell.take() else { continue };
                let formula = formula.take().filter(|text| !text.is_empty());
                let formula = formula.map(|text| parse(&text, Style::A1, (row, column)));
                let value = stored(&kind, &value, strings);
                if !book.put(index, row, column, Cell { formula, value }) {
                    parts.opened.note(Unread::TooLarge, "macro sheet");
                    return;
                }
            }
            _ => {}
        }
    }
}

fn stored(kind: &str, text: &str, strings: &[String]) -> Value {
    match kind {
        "s" => {
            let known = text.trim().parse::<usize>().ok().and_then(|index| strings.get(index));
            known.map_or(Value::Unknown, |text| Value::Text(text.clone()))
        }
        "str" | "inlineStr" => Value::Text(text.to_owned()),
        "b" => Value::Bool(text.trim() == "1"),
        "e" => Value::Error,
        _ if text.is_empty() => Value::Empty,
        _ => text.trim().parse().map_or(Value::Text(text.to_owned()), Value::Number),
    }
}

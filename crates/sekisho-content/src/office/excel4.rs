//! Excel 4 macros of a workbook in any format → a deed, graded by what starts them and what they then do; conversations
//! with other programs (DDE) → deeds of their own.

mod binary;
mod book;
mod expression;
mod formula;
mod functions;
mod grade;
pub(crate) mod held;
mod machine;
mod package;
mod strings;
mod sylk;
#[cfg(test)]
mod tests;
mod tokens;
mod words;
mod workbook;

use crate::office::compound::{Compound, Object};
use crate::office::dde;
use crate::office::target::{Reach, reach};
use crate::office::told::{Sign, tell};
use crate::open::{Budget, Look, Opened, Sources};
use crate::{Danger, Deed, DeedKind, Kind, Unread};
use book::Book;

/// Adds a deed for every workbook with macro sheets in the file, however it keeps them.
pub(crate) fn look(look: &mut Look<'_>) {
    if let Some(compound) = look.compound() {
        in_compound(&compound, look.budget, look.opened);
    } else if look.kind == Kind::Slk {
        let (book, problem) = sylk::read(look.bytes, look.budget);
        judge("", &book, look.budget, look.opened);
        note(problem, "sylk", look.opened);
    } else if look.kind == Kind::OfficeExcelOld {
        let (book, problem) = workbook::read(look.bytes, look.budget);
        judge("", &book, look.budget, look.opened);
        note(problem, "workbook", look.opened);
    } else if may_be_package(look.kind)
        && let Some(zip) = look.package()
    {
        let books = package::read(&zip, look.budget, look.opened);
        for (place, book) in books {
            judge(&place, &book, look.budget, look.opened);
        }
    }
}

/// Whether all that can hide in this kind is looked at here.
pub(crate) fn reads(kind: Kind) -> bool {
    matches!(kind, Kind::Slk | Kind::OfficeExcelOld)
}

fn may_be_package(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::OfficeExcelOoxml
            | Kind::OfficeExcelOoxmlMacro
            | Kind::OfficeExcelBinary
            | Kind::OfficeExcelTemplate
            | Kind::OfficeExcelTemplateMacro
            | Kind::OfficeExcelAddIn
    )
}

/// Workbooks are streams of these names, at the top or in an object's storage.
fn in_compound(compound: &Compound<'_>, budget: &mut Budget, opened: &mut Opened) {
    let is_workbook = |key: &str| matches!(key, "workbook" | "book");
    let streams = compound.entries().iter().filter(|entry| entry.object == Object::Stream);
    for entry in streams.filter(|entry| is_workbook(&entry.key)) {
        match compound.read(entry, budget) {
            Ok(stream) => {
                let (book, problem) = workbook::read(&stream.bytes, budget);
                let place = if entry.path.contains('/') { entry.path.as_str() } else { "" };
                judge(place, &book, budget, opened);
                note(problem, &entry.path, opened);
            }
            Err(unread) => opened.note(unread, &entry.path),
        }
    }
}

fn note(problem: Option<Unread>, detail: &str, opened: &mut Opened) {
    if let Some(unread) = problem {
        opened.note(unread, detail);
    }
}

fn judge(place: &str, book: &Book, budget: &mut Budget, opened: &mut Opened) {
    for exchange in &book.exchanges {
        dde::judge(place, "Open", &exchange.program, &exchange.topic, opened);
    }
    for link in &book.links {
        leads_to(place, link, opened);
    }
    // A name may stand for a macro's formula without any sheet for macros.
    if !book.has_macro_sheet() && !grade::has_heavy_name(book) {
        return;
    }
    if book.has_unread() {
        opened.note(Unread::Damaged, "formula");
    }
    let starts = grade::starts(book);
    let starts: Vec<_> = starts.iter().map(|(_, refers)| *refers).collect();
    let found = machine::run(book, &starts, budget);
    if found.is_cut {
        opened.note(Unread::TooLarge, "excel 4 macro");
    }
    let deed = grade::deed(place, book, &found, &started_by(opened));
    if !opened.deeds.contains(&deed) && opened.deeds.len() < DEEDS_MAX {
        opened.deeds.push(deed);
    }
    if budget.sources == Sources::Keep {
        keep(book, &found, opened);
    }
}

/// A workbook that values are taken from: near is ordinary; asking a share or the web for it tells somebody of the reader.
fn leads_to(place: &str, link: &str, opened: &mut Opened) {
    let danger = match reach(link) {
        Reach::Near | Reach::Network | Reach::Cloud => return,
        Reach::Web | Reach::Share => Danger::Active,
        Reach::Handler => Danger::Dangerous,
    };
    let kind = DeedKind::ExternalObject;
    let does = "linked workbook";
    tell(opened, &Sign { kind, danger, place, start: "", does, link, string: "" });
}

/// What starts the workbook's VBA macros, where they run macros by a name.
fn started_by(opened: &Opened) -> Vec<String> {
    let runs = |deed: &&Deed| {
        let runs = |word: &String| word.contains("Application.Run") || word.contains("ExecuteExcel4Macro");
        deed.kind == DeedKind::Macro && deed.does.iter().any(runs)
    };
    opened.deeds.iter().filter(runs).flat_map(|deed| deed.starts.iter().cloned()).collect()
}

/// Deeds kept of one file; what more of the same sort adds is nothing new.
const DEEDS_MAX: usize = 200;

/// Formulas as text, sheet by sheet, and those that macros would write.
fn keep(book: &Book, found: &machine::Found, opened: &mut Opened) {
    for sheet in book.sheets.iter().filter(|sheet| sheet.is_macro) {
        let mut text = String::new();
        for ((column, row), cell) in &sheet.cells {
            let place = expression::Place { sheet: None, row: *row, column: *column };
            if let Some(formula) = &cell.formula {
                text.push_str(&format!("{place}\t={formula}\n"));
            } else if let Some(value) = cell.value.text().filter(|value| !value.is_empty()) {
                text.push_str(&format!("{place}\t{value}\n"));
            }
        }
        opened.sources.push((sheet.name.clone(), text));
    }
    if !found.written.is_empty() {
        let lines = found.written.iter().map(|(place, text)| format!("{place}\t{text}\n"));
        opened.sources.push(("(written by macros)".to_owned(), lines.collect()));
    }
}

//! Strings that a document keeps outside its macros, for macros to read: texts of forms ([MS-OFORMS]), variables,
//! properties, cells, alternative texts; and what in it calls macros without their saying so.

mod forms;
mod package;
mod properties;
mod variables;

use std::collections::{BTreeMap, BTreeSet};

use super::fold::Value;
use super::grade::Clicks;
use crate::Unread;
use crate::office::compound::Compound;
use crate::office::excel4::held::{self, Held};
use crate::open::{Budget, Look, Opened};

/// What is kept where; names in lower case.
#[derive(Debug, Default)]
pub(super) struct Stored {
    /// Texts of forms and their controls, by control and property.
    forms: BTreeMap<String, Vec<(&'static str, String)>>,
    /// Variables and properties of the document.
    named: BTreeMap<String, String>,
    /// Texts of cells by address, of all sheets.
    cells: BTreeMap<String, Vec<String>>,
    /// Alternative texts of shapes, the longest first.
    descriptions: Vec<String>,
    /// Procedures that the document has called when it is opened.
    pub(super) started: BTreeSet<String>,
    /// Whether something in it calls a macro when it is clicked; not known where that is not read.
    clicks: Option<Clicks>,
}

/// Strings kept of one document, of each sort.
const KEPT_MAX: usize = 4096;

/// Cells kept of one document.
const CELLS_MAX: usize = 50_000;

/// Texts kept of one control: its own, a tag, a tip, and those of controls of the same name.
const TEXTS_MAX: usize = 32;

/// Characters kept of each.
const TEXT_CHARACTERS_MAX: usize = 64 * 1024;

impl Stored {
    /// What a package keeps.
    pub(super) fn of_package(look: &mut Look<'_>) -> Stored {
        let mut stored = Stored::default();
        package::read(look, &mut stored);
        stored
    }

    /// Adds what the compound file of the macros keeps.
    pub(super) fn add(&mut self, compound: &Compound<'_>, budget: &mut Budget, opened: &mut Opened) {
        forms::read(compound, self, budget);
        properties::read(compound, self, budget);
        variables::read(compound, self, budget);
        for name in ["Workbook", "Book"] {
            if let Some(Ok(stream)) = compound.stream(name, budget) {
                self.keep_cells(held::of_stream(&stream.bytes, budget), name, opened);
            }
        }
    }

    /// Nothing can be clicked around the macros.
    pub(super) fn is_out_of_its_document(&mut self) {
        self.clicks = Some(Clicks::None);
    }

    /// Whether a click in the document may start a macro.
    pub(super) fn clicks(&self) -> Clicks {
        self.clicks.unwrap_or(Clicks::Possible)
    }

    /// What a member of this path holds (`userform1.label1.caption`), or a control's name alone.
    pub(super) fn member(&self, path: &str) -> Option<String> {
        if self.forms.is_empty() && self.descriptions.is_empty() {
            return None;
        }
        let (object, property) = path.rsplit_once('.').unwrap_or((path, ""));
        if matches!(property, "alternativetext" | "title") {
            return self.descriptions.first().cloned();
        }
        let of = |name: &str| self.forms.get(name.rsplit('.').next().unwrap_or_default());
        if let Some(texts) = of(object) {
            let same = texts.iter().find(|(known, _)| *known == property);
            let shown = texts.iter().find(|(known, _)| *known == "text");
            let text = same.or_else(|| shown.filter(|_| is_text(property)));
            return text.map(|(_, text)| text.clone());
        }
        of(path).and_then(|texts| texts.first()).map(|(_, text)| text.clone())
    }

    /// What a collection of this path holds under these arguments (`activedocument.variables`, `"x"`).
    pub(super) fn indexed(&self, path: &str, arguments: &[Value]) -> Option<String> {
        let collection = path.rsplit('.').next().unwrap_or_default();
        let first = || match arguments.first()? {
            Value::Text(text) => Some(text.to_lowercase()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        match collection {
            "variables" | "builtindocumentproperties" | "customdocumentproperties" | "documentproperties" => {
                self.named.get(&first()?).cloned()
            }
            "range" | "evaluate" => self.cell(&first()?.replace('$', "")),
            "cells" if !self.cells.is_empty() => {
                let (row, column) = (arguments.first()?, arguments.get(1)?);
                self.cell(&address(row, column)?)
            }
            "controls" => self.forms.get(&first()?)?.first().map(|(_, text)| text.clone()),
            _ => None,
        }
    }

    fn cell(&self, address: &str) -> Option<String> {
        let address = address.rsplit('!').next().unwrap_or(address);
        self.cells.get(address)?.iter().max_by_key(|text| text.len()).cloned()
    }

    fn keep_named(&mut self, name: &str, text: &str) {
        if self.named.len() < KEPT_MAX && !text.is_empty() {
            self.named.insert(name.to_lowercase(), cut(text));
        }
    }

    /// Keeps what cells hold; that some are not looked at is noted.
    fn keep_cells(&mut self, held: Result<Vec<Held>, Unread>, place: &str, opened: &mut Opened) {
        let held = held.unwrap_or_else(|unread| {
            opened.note(unread, place);
            Vec::new()
        });
        for Held { row, column, text } in held {
            if let Some(letters) = letters(column.saturating_add(1))
                && self.cells.len() < CELLS_MAX
            {
                self.cells.entry(format!("{letters}{}", row.saturating_add(1))).or_default().push(cut(&text));
            }
        }
    }

    fn keep_text(&mut self, control: &str, property: &'static str, text: &str) {
        if self.forms.len() < KEPT_MAX && !text.is_empty() {
            let texts = self.forms.entry(control.to_lowercase()).or_default();
            if texts.len() < TEXTS_MAX {
                texts.push((property, cut(text)));
            }
        }
    }
}

/// Properties that hold what a control shows.
fn is_text(property: &str) -> bool {
    matches!(property, "caption" | "text" | "value")
}

fn cut(text: &str) -> String {
    text.chars().take(TEXT_CHARACTERS_MAX).collect()
}

/// `Cells(row, column)` as `a1`.
fn address(row: &Value, column: &Value) -> Option<String> {
    let (Value::Number(row), column) = (row, column) else { return None };
    match column {
        Value::Text(letters) => Some(format!("{}{row}", letters.to_lowercase())),
        Value::Number(number) => Some(format!("{}{row}", letters(u32::try_from(*number).ok()?)?)),
        _ => None,
    }
}

/// The letters of a column, counted from 1; no sheet has more than 16,384.
fn letters(mut column: u32) -> Option<String> {
    if !(1..=16_384).contains(&column) {
        return None;
    }
    let mut letters = String::new();
    while column > 0 {
        column -= 1;
        letters.insert(0, char::from(b'a' + (column % 26) as u8));
        column /= 26;
    }
    Some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_by_the_ways_of_macros() {
        let mut stored = Stored::default();
        stored.keep_text("Label1", "tag", "the tag");
        stored.keep_text("Label1", "text", "the caption");
        stored.keep_named("Weg", "calc");
        let held = |text: &str| Held { row: 1, column: 27, text: text.to_owned() };
        stored.keep_cells(Ok(vec![held("x"), held("longer")]), "", &mut Opened::default());
        let member = |path: &str| stored.member(path);
        assert_eq!(member("userform1.label1.tag").as_deref(), Some("the tag"));
        assert_eq!(member("me.label1.caption").as_deref(), Some("the caption"));
        assert_eq!(member("userform1.label2.caption"), None);
        let indexed = |path: &str, arguments: &[Value]| stored.indexed(path, arguments);
        assert_eq!(
            indexed("activedocument.variables", &[Value::Text("WEG".into())]).as_deref(),
            Some("calc")
        );
        assert_eq!(indexed("sheets.range", &[Value::Text("$AB$2".into())]).as_deref(), Some("longer"));
        assert_eq!(indexed("cells", &[Value::Number(2), Value::Number(28)]).as_deref(), Some("longer"));
        assert_eq!(indexed("cells", &[Value::Number(2), Value::Number(i64::MAX)]), None);
    }
}

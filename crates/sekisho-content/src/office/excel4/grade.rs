//! A workbook's macros and what running them showed → a deed with its evidence.

use super::book::{Book, State, Value};
use super::expression::Expression;
use super::machine::Found;
use super::words::{self, Weight};
use crate::{Danger, Deed, DeedKind};

/// Evidence shown of each sort.
const SHOWN_MAX: usize = 20;
const SHOWN_CHARACTERS_MAX: usize = 200;

/// The names under which macros start by themselves.
pub(super) fn starts(book: &Book) -> Vec<(&str, &Expression)> {
    let named = book.names.iter().filter(|name| words::starts(&name.name));
    named.map(|name| (name.name.as_str(), &name.refers)).collect()
}

/// The deed of a workbook with macro sheets.
///
/// Macros of the other kind may start these: `started_by` says which of their names do.
pub(super) fn deed(place: &str, book: &Book, found: &Found, started_by: &[String]) -> Deed {
    let mut evidence = Evidence::default();
    in_the_open(book, &mut evidence);
    for called in &found.calls {
        evidence.called(&called.function, &called.arguments, called.is_started);
    }
    for (at, text) in &found.written {
        evidence.link(text);
        evidence.string(&format!("{at}: {text}"));
    }
    if found.hides {
        evidence.add("writes formulas that come together only when they run", Weight::Heavy, true);
    }
    let mut starts: Vec<String> = Vec::new();
    for (name, _) in self::starts(book) {
        if starts.len() < SHOWN_MAX && !starts.iter().any(|known| known == name) {
            starts.push(name.to_owned());
        }
    }
    if starts.is_empty() && evidence.weight == Some(Weight::Heavy) {
        starts.extend(started_by.iter().take(SHOWN_MAX).cloned());
        evidence.is_reached = true;
    }
    let macros = || book.sheets.iter().filter(|sheet| sheet.is_macro);
    let has_formulas = macros().any(|sheet| sheet.cells.values().any(|cell| cell.formula.is_some()));
    let is_very_hidden = macros().any(|sheet| sheet.state == State::VeryHidden);
    // Where the way could not be told to its end, what stands anywhere may be on it.
    let unsure = found.strays || found.is_cut || is_very_hidden;
    let is_reached = evidence.is_reached || unsure;
    let danger = match (evidence.weight, starts.is_empty()) {
        (Some(Weight::Heavy), false) if is_reached => Danger::Dangerous,
        (None, false) if found.strays && evidence.builds => Danger::Dangerous,
        (Some(Weight::Light), false) if found.strays && evidence.builds => Danger::Dangerous,
        (Some(_), _) | (None, false) => Danger::Active,
        (None, true) if has_formulas => Danger::Harmless,
        (None, true) => Danger::Empty,
    };
    Deed {
        kind: DeedKind::Excel4Macro,
        danger,
        place: place_of(place, book),
        starts,
        does: evidence.does,
        links: evidence.links,
        strings: evidence.strings,
    }
}

/// Whether a name stands for a formula that reaches outside.
pub(super) fn has_heavy_name(book: &Book) -> bool {
    book.names.iter().any(|name| {
        name.refers.any(&mut |part| {
            matches!(part, Expression::Call(name, _) if words::weight(name) == Some(Weight::Heavy))
        })
    })
}

#[derive(Default)]
struct Evidence {
    does: Vec<String>,
    links: Vec<String>,
    strings: Vec<String>,
    weight: Option<Weight>,
    /// Whether what starts by itself comes to something heavy.
    is_reached: bool,
    /// Whether texts are put together from letters.
    builds: bool,
}

/// What stands in the open, whether or not anything comes to it.
fn in_the_open(book: &Book, evidence: &mut Evidence) {
    let cells = book.sheets.iter().filter(|sheet| sheet.is_macro).flat_map(|sheet| sheet.cells.values());
    for cell in cells.clone() {
        if let Value::Text(text) = &cell.value {
            evidence.link(text);
        }
    }
    let named = book.names.iter().map(|name| &name.refers);
    // Number 23 is the folder from which Excel opens everything at its start.
    let (mut knows_start_folder, mut saves) = (false, false);
    for formula in cells.filter_map(|cell| cell.formula.as_ref()).chain(named) {
        formula.visit(&mut |part| match part {
            Expression::Call(name, arguments) => {
                evidence.builds |= matches!(name.as_str(), "CHAR" | "UNICHAR");
                knows_start_folder |=
                    name == "GET.WORKSPACE" && arguments.first() == Some(&Expression::Number(23.0));
                saves |= matches!(name.as_str(), "SAVE.AS" | "SAVE.COPY.AS" | "SAVE.WORKBOOK");
                if let Some(weight) = words::weight(name) {
                    evidence.add(name, weight, false);
                }
            }
            Expression::Text(text) => evidence.link(text),
            _ => {}
        });
    }
    if knows_start_folder && saves {
        evidence.add("saves into the folder of every start", Weight::Heavy, true);
    }
}

impl Evidence {
    fn add(&mut self, word: &str, weight: Weight, is_started: bool) {
        self.weight = self.weight.max(Some(weight));
        self.is_reached |= is_started && weight == Weight::Heavy;
        if self.does.len() < SHOWN_MAX && !self.does.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            self.does.push(word.to_owned());
        }
    }

    /// A call with what its arguments came to.
    fn called(&mut self, function: &str, arguments: &[Value], is_started: bool) {
        if function.starts_with("FORMULA") {
            for text in arguments.iter().filter_map(shown) {
                self.link(&text);
                if commands(&text) {
                    self.string(&text);
                }
            }
            return;
        }
        let texts: Vec<String> = arguments.iter().filter_map(shown).collect();
        let leads_out = texts.iter().any(|text| text.starts_with("http") || text.starts_with("\\\\"));
        let lower = |text: &str| text.to_ascii_lowercase();
        let weight = match words::weight(function) {
            Some(_) if function.starts_with("OPEN") && leads_out => Some(Weight::Heavy),
            Some(_) if texts.iter().any(|text| lower(text).contains("xlstart")) => Some(Weight::Heavy),
            None if is_library(function) => Some(Weight::Heavy),
            weight => weight,
        };
        let Some(weight) = weight else { return };
        self.add(function, weight, is_started);
        for text in &texts {
            self.link(text);
            if is_library(text) {
                self.add(text, Weight::Heavy, is_started);
            }
        }
        if weight == Weight::Heavy && !texts.is_empty() {
            let arguments: Vec<String> =
                arguments.iter().map(|value| shown(value).unwrap_or_default()).collect();
            self.string(&format!("{function}({})", arguments.join(", ")));
        }
    }

    fn string(&mut self, text: &str) {
        let text: String = text.chars().take(SHOWN_CHARACTERS_MAX).collect();
        if self.strings.len() < SHOWN_MAX && !self.strings.contains(&text) {
            self.strings.push(text);
        }
    }

    fn link(&mut self, text: &str) {
        let lower = text.to_ascii_lowercase();
        for scheme in ["http://", "https://", "ftp://"] {
            for (at, _) in lower.match_indices(scheme).take(SHOWN_MAX) {
                let rest = text.get(at..).unwrap_or_default();
                let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | '<' | '>' | '…');
                let link: String = rest.split(ends).next().unwrap_or_default().chars().take(500).collect();
                if self.links.len() < SHOWN_MAX && !self.links.contains(&link) {
                    self.links.push(link);
                }
            }
        }
    }
}

fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Pieces(text) => Some(text.clone()),
        Value::Empty => None,
        value => value.text(),
    }
}

fn is_library(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    words::LIBRARY.iter().any(|word| lower.starts_with(word))
}

fn commands(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [
        "cmd",
        "powershell",
        "mshta",
        "rundll32",
        "regsvr32",
        "wmic",
        "cscript",
        "wscript",
        ".exe",
        ".dll",
        "http",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

fn place_of(place: &str, book: &Book) -> String {
    let sheets: Vec<String> = book
        .sheets
        .iter()
        .filter(|sheet| sheet.is_macro)
        .take(8)
        .map(|sheet| match sheet.state {
            State::Shown => sheet.name.clone(),
            State::Hidden => format!("{} (hidden)", sheet.name),
            State::VeryHidden => format!("{} (very hidden)", sheet.name),
        })
        .collect();
    let sheets = sheets.join(", ");
    if place.is_empty() { sheets } else { format!("{place}: {sheets}") }
}

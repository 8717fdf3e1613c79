//! What macros declare and call → how dangerous they are.
//!
//! Something that starts by itself and runs, fetches or hides is dangerous; what a person has to click is active at
//! most; what only reads or changes the document is harmless.

mod names;
mod reveal;

use super::fold::{Known, Value};
use crate::Danger;
use names::Weight;

/// A grade with its evidence.
#[derive(Debug)]
pub(super) struct Graded {
    pub(super) danger: Danger,
    pub(super) starts: Vec<String>,
    pub(super) does: Vec<String>,
    pub(super) links: Vec<String>,
    pub(super) strings: Vec<String>,
}

/// Evidence shown of each sort.
const SHOWN_MAX: usize = 20;

/// What was found, with the heaviest weight.
#[derive(Default)]
struct Does {
    words: Vec<String>,
    weight: Option<Weight>,
}

impl Does {
    fn add(&mut self, word: &str, weight: Weight) {
        self.weight = self.weight.max(Some(weight));
        if self.words.len() < SHOWN_MAX && !self.words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            self.words.push(word.to_owned());
        }
    }
}

/// Grades macros; `stomped` where compiled code says what its source does not.
pub(super) fn grade(known: &Known, stomped: bool) -> Graded {
    let mut starts: Vec<String> =
        known.procedures.iter().filter(|name| names::starts(name)).cloned().collect();
    starts.sort();
    starts.dedup();
    starts.truncate(SHOWN_MAX);
    let mut does = Does::default();
    if stomped {
        does.add("source and compiled code differ", Weight::Heavy);
    }
    calls(known, &mut does);
    for name in &known.declared {
        if let Some(weight) = names::library(name) {
            does.add(name, weight);
        }
    }
    for word in known.words.iter() {
        if let Some((word, weight)) = names::word(word) {
            does.add(word, weight);
        }
    }
    let revealed = reveal::revealed(known);
    for word in &revealed.hidden {
        does.add(&format!("hidden: {word}"), Weight::Heavy);
    }
    let danger = match (known.statements, starts.is_empty(), does.weight) {
        (0, _, None) => Danger::Empty,
        (_, false, Some(Weight::Heavy)) => Danger::Dangerous,
        (_, false, Some(Weight::Light)) | (_, true, Some(Weight::Heavy)) => Danger::Active,
        _ => Danger::Harmless,
    };
    Graded { danger, starts, does: does.words, links: revealed.links, strings: revealed.strings }
}

fn calls(known: &Known, does: &mut Does) {
    let shell = known.words.iter().any(|word| matches!(word.as_str(), "wshshell" | "iwshshell"))
        || texts(known).any(|text| text.to_ascii_lowercase().contains("wscript.shell"));
    for (path, arguments) in &known.calls {
        let last = path.rsplit('.').next().unwrap_or_default();
        let member = path.contains('.');
        let first = arguments.first();
        match last {
            "createobject" | "getobject" => object(last, arguments, does),
            "shell" if is_shell(path) && !arguments.is_empty() => does.add("Shell", Weight::Heavy),
            "run" if member && shell && !path.starts_with("application") => {
                does.add("WScript.Shell.Run", Weight::Heavy)
            }
            "run" if path == "application.run" && !matches!(first, Some(Value::Text(_))) => {
                does.add("Application.Run of a built name", Weight::Light);
            }
            "callbyname" => does.add("CallByName", Weight::Light),
            "executeexcel4macro" => {
                let heavy = matches!(first, Some(Value::Text(text)) if names::runs_in_excel4(text));
                does.add("ExecuteExcel4Macro", if heavy { Weight::Heavy } else { Weight::Light });
            }
            _ if member => {
                if let Some((word, weight)) = names::member(last, shell) {
                    does.add(word, weight);
                }
            }
            _ => {}
        }
    }
    files(known, does);
}

/// The function of VBA itself, not somebody's member of that name.
fn is_shell(path: &str) -> bool {
    matches!(path, "shell" | "vba.shell" | "interaction.shell" | "vba.interaction.shell")
}

/// Objects by name: a dangerous one, or a name that is built when it runs.
fn object(call: &str, arguments: &[Value], does: &mut Does) {
    let texts: Vec<&String> = arguments
        .iter()
        .filter_map(|value| if let Value::Text(text) = value { Some(text) } else { None })
        .collect();
    if texts.is_empty() && !arguments.is_empty() {
        does.add(&format!("{call} of a built name"), Weight::Light);
    }
    for text in texts {
        if let Some(weight) = names::object(text) {
            does.add(text, weight);
        }
    }
}

/// `Open` for writing is heavy where a program's name stands among the strings.
fn files(known: &Known, does: &mut Does) {
    let words = &known.words;
    let writes = words.contains("open") && (words.contains("binary") || words.contains("output"));
    let writes = writes && (words.contains("put") || words.contains("print") || words.contains("write"));
    let by_object = words.contains("createtextfile") || words.contains("savetofile");
    if writes || by_object {
        let program = texts(known).any(|text| names::is_program(text));
        let word = if writes { "Open for writing" } else { "writes a file" };
        does.add(word, if program { Weight::Heavy } else { Weight::Slight });
    }
}

fn texts(known: &Known) -> impl Iterator<Item = &String> {
    known.literals.iter().chain(&known.folded)
}

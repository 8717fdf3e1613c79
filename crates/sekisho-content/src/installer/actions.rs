//! Custom actions of an installer → deeds. Ordinary installers have some: together they are one deed. Those that fetch, hide
//! or run a shell with a command are deeds of their own.

use std::collections::BTreeMap;

use super::tables::{Cell, Database};
use crate::command::{self, Evidence, Weight, telling};
use crate::interpreted::{self, Language};
use crate::limits::MSI_ACTIONS_MAX;
use crate::open::Look;
use crate::{Danger, DeedKind, Unread};

/// Adds what the installer runs.
pub(super) fn judge(database: &Database<'_, '_>, storage: &str, look: &mut Look<'_>) {
    let actions = database.rows("CustomAction", &["Action", "Type", "Target"], look.budget);
    let actions = actions.unwrap_or_else(|unread| {
        look.opened.note(unread, "CustomAction");
        Vec::new()
    });
    let properties = properties(database, look);
    let sequences = sequences(database, look);
    let mut ordinary = Evidence::default();
    let mut any = false;
    for row in actions.iter().take(MSI_ACTIONS_MAX) {
        let [name, kind, target] = row.as_slice() else { continue };
        let action = Action::of(kind.number(), &filled(target.text(), &properties));
        any |= action.deed.is_some();
        let starts = sequences.get(name.text()).cloned().unwrap_or_default();
        if let Err(unread) = action.judge(name.text(), starts, &mut ordinary, look) {
            look.opened.note(unread, "CustomAction");
            return;
        }
    }
    if actions.len() > MSI_ACTIONS_MAX {
        look.opened.note(Unread::TooLarge, "CustomAction");
    }
    if any && ordinary != Evidence::default() {
        let place = if storage.is_empty() { "CustomAction" } else { storage };
        look.opened.deeds.push(ordinary.deed(DeedKind::Command, Danger::Active, place));
    }
    if actions.is_empty() {
        strings(database, storage, look);
    }
}

/// One custom action, by its type (`msidbCustomActionType`).
struct Action {
    /// What kind of deed it is, if it is one.
    deed: Option<DeedKind>,
    language: Option<Language>,
    /// What it runs, in words.
    said: &'static str,
    target: String,
}

impl Action {
    fn of(kind: i64, target: &str) -> Self {
        const BASE: i64 = 0x3f;
        let (deed, language, said) = match kind & BASE {
            1 | 17 => (Some(DeedKind::Command), None, "library"),
            2 | 18 | 34 | 50 => (Some(DeedKind::Command), None, "program"),
            5 | 21 | 37 | 53 => (Some(DeedKind::Script), Some(Language::JavaScript), "JScript"),
            6 | 22 | 38 | 54 => (Some(DeedKind::Script), Some(Language::Basic), "VBScript"),
            7 | 23 | 39 => (Some(DeedKind::Command), None, "another installer"),
            // Properties, folders and messages.
            _ => (None, None, ""),
        };
        Action { deed, language, said, target: target.to_owned() }
    }

    /// A deed of its own, or one more of the ordinary ones.
    fn judge(
        &self,
        name: &str,
        starts: Vec<String>,
        ordinary: &mut Evidence,
        look: &mut Look<'_>,
    ) -> Result<(), Unread> {
        let Some(deed) = self.deed else { return Ok(()) };
        let mut found = Evidence::default();
        let mut dangerous = false;
        match self.language {
            Some(language) if self.target.contains(['(', '=', '.']) => {
                let graded = interpreted::grade(&self.target, language, look.budget);
                if let Some(unread) = graded.unread {
                    look.opened.note(unread, name);
                }
                found = graded.found;
                dangerous = found.weight == Some(Weight::Heavy);
            }
            None if self.said == "program" => {
                command::examine(&self.target, &mut found, look.budget)?;
                dangerous = found.weight == Some(Weight::Heavy);
            }
            _ => {}
        }
        if !dangerous {
            ordinary.add(&format!("{} {name}", self.said), Weight::Light);
            found.links.iter().for_each(|link| ordinary.link(link));
            found.strings.iter().for_each(|text| ordinary.show(text));
            return Ok(());
        }
        found.show(&self.target);
        let mut told = found.deed(deed, Danger::Dangerous, name);
        told.starts = starts;
        look.opened.deeds.push(told);
        Ok(())
    }
}

/// Values of properties by name, as the database sets them.
fn properties(database: &Database<'_, '_>, look: &mut Look<'_>) -> BTreeMap<String, String> {
    let rows = database.rows("Property", &["Property", "Value"], look.budget).unwrap_or_else(|unread| {
        look.opened.note(unread, "Property");
        Vec::new()
    });
    let pair = |row: &Vec<Cell>| Some((row.first()?.text().to_owned(), row.get(1)?.text().to_owned()));
    rows.iter().filter_map(pair).collect()
}

/// Action → the sequences that run it.
fn sequences(database: &Database<'_, '_>, look: &mut Look<'_>) -> BTreeMap<String, Vec<String>> {
    const SEQUENCES: &[&str] = &[
        "InstallExecuteSequence",
        "InstallUISequence",
        "AdminExecuteSequence",
        "AdminUISequence",
        "AdvtExecuteSequence",
    ];
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for sequence in SEQUENCES {
        let rows = database.rows(sequence, &["Action"], look.budget).unwrap_or_else(|unread| {
            look.opened.note(unread, sequence);
            Vec::new()
        });
        for action in rows.iter().filter_map(|row| row.first()) {
            found.entry(action.text().to_owned()).or_default().push((*sequence).to_owned());
        }
    }
    found
}

/// `[NAME]` replaced by the property's value.
fn filled(text: &str, properties: &BTreeMap<String, String>) -> String {
    const FILLED_BYTES_MAX: usize = 64 * 1024;
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('[') {
        out.push_str(before);
        match behind.split_once(']').and_then(|(name, after)| Some((properties.get(name)?, after))) {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('[');
                rest = behind;
            }
        }
        if out.len() > FILLED_BYTES_MAX {
            return out;
        }
    }
    out.push_str(rest);
    out
}

/// Patches and transforms keep their rows as differences; their strings still tell.
fn strings(database: &Database<'_, '_>, storage: &str, look: &mut Look<'_>) {
    let mut found = Evidence::default();
    for text in &database.strings {
        if telling(text).any(|word| !word.starts_with("http")) {
            if let Err(unread) = command::examine(text, &mut found, look.budget) {
                look.opened.note(unread, "strings");
                return;
            }
            found.show(text);
        }
    }
    if found.weight == Some(Weight::Heavy) {
        look.opened.deeds.push(found.deed(DeedKind::Command, Danger::Dangerous, storage));
    }
}

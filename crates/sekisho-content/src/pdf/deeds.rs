//! Actions of a PDF → deeds, graded by what starts them and where they lead (ISO 32000-1, section 12.6.4).

use super::file::Document;
use super::links::{is_remote, is_share};
use super::object::{Dictionary, Object};
use super::script;
use super::text::text;
use super::walk::Action;
use crate::open::{Budget, Cost, Deeds, Done, Sources};
use crate::{Danger, DeedKind, Opened, Unread, javascript};

/// A script with what starts it.
pub(super) struct Script {
    pub(super) place: String,
    pub(super) source: String,
    pub(super) starts: Vec<String>,
}

/// Grades the scripts together: what one declares another may call.
pub(super) fn scripts(scripts: &[Script], deeds: &mut Deeds, budget: &mut Budget, opened: &mut Opened) {
    let bytes: usize = scripts.iter().map(|script| script.source.len()).sum();
    if budget.pay(Cost::Work(bytes as u64 / 8)).is_err() {
        opened.note(Unread::TooLarge, "scripts");
        return;
    }
    let mut declared = Vec::new();
    for script in scripts {
        declared.extend(javascript::functions(&script.source).0);
    }
    for script in scripts {
        let is_started = !script.starts.is_empty();
        let doings = script::doings(&script.source, &declared, is_started);
        let danger = match (&*doings.runs, &*doings.hides, &*doings.outside) {
            _ if script.source.trim().is_empty() => Danger::Empty,
            ([], [], []) => Danger::Harmless,
            ([], _, _) if !is_started => Danger::Active,
            _ => Danger::Dangerous,
        };
        let shown =
            if danger > Danger::Harmless { script.source.split_whitespace().collect() } else { Vec::new() };
        let done = Done {
            starts: script.starts.clone(),
            does: doings.words(),
            links: addresses(&script.source),
            strings: vec![shown.join(" ")],
        };
        deeds.add(DeedKind::Script, danger, &script.place, done);
        if budget.sources == Sources::Keep {
            opened.sources.push((script.place.clone(), script.source.clone()));
        }
    }
}

/// Grades an action that is no script.
pub(super) fn action(document: &Document<'_>, action: &Action, deeds: &mut Deeds) {
    let dictionary = &action.dictionary;
    let starts: Vec<String> = action.starts.iter().map(|start| (*start).to_owned()).collect();
    let is_started = !starts.is_empty();
    let name = dictionary.get("S").and_then(Object::name).unwrap_or_default();
    let target = |key: &str| dictionary.get(key).map_or_else(String::new, |value| file_name(document, value));
    let worse = |started: bool, worse: Danger, or: Danger| if started { worse } else { or };
    let (kind, danger, links, strings) = match name {
        b"Launch" => {
            let (command, is_plain) = command(document, dictionary);
            // A document beside this one, at a click, is what a link in it opens as well.
            let danger = worse(is_started || !is_plain, Danger::Dangerous, Danger::Harmless);
            (DeedKind::Command, danger, Vec::new(), vec![command])
        }
        b"GoToR" | b"GoToE" => {
            let file = target("F");
            let danger = match (is_remote(&file), is_started) {
                (true, true) => Danger::Dangerous,
                (true, false) => Danger::Active,
                (false, true) if name == b"GoToE" => Danger::Active,
                // Another chapter beside this one.
                (false, _) => return,
            };
            (DeedKind::ExternalObject, danger, vec![file], Vec::new())
        }
        b"SubmitForm" | b"ImportData" => {
            let file = target("F");
            let is_letter =
                file.trim_start().get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
            let danger = match (is_letter, is_started) {
                (true, false) => Danger::Harmless,
                (true, true) => Danger::Active,
                (false, started) => worse(started || is_share(&file), Danger::Dangerous, Danger::Active),
            };
            (DeedKind::ExternalObject, danger, vec![file], Vec::new())
        }
        b"URI" => {
            let address = dictionary.get("URI").map(|value| document.resolved(value));
            let address = address.as_ref().and_then(Object::text).map(text).unwrap_or_default();
            let danger = worse(is_started && is_share(&address), Danger::Dangerous, Danger::Active);
            (DeedKind::Link, danger, vec![address], Vec::new())
        }
        _ => return,
    };
    let does = vec![String::from_utf8_lossy(name).into_owned()];
    deeds.add(kind, danger, &place(action.number), Done { starts, does, links, strings });
}

/// Where an object is, in words.
pub(super) fn place(number: u32) -> String {
    format!("object {number}")
}

/// The name in a file specification: a string, or a dictionary with several (7.11.3).
pub(super) fn file_name(document: &Document<'_>, value: &Object) -> String {
    let value = document.resolved(value);
    if let Some(name) = value.text() {
        return text(name);
    }
    let names = ["UF", "F", "DOS", "Unix", "Mac"].iter().filter_map(|key| {
        let name = document.resolved(value.dictionary()?.get(key)?);
        name.text().map(text)
    });
    names.into_iter().next().unwrap_or_default()
}

/// What a launch action starts, and whether that is a plain document.
fn command(document: &Document<'_>, dictionary: &Dictionary) -> (String, bool) {
    const PLAIN: &[&str] = &[
        ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".txt", ".csv", ".jpg", ".png", ".mp4",
        ".dwg",
    ];
    let mut words: Vec<String> =
        dictionary.get("F").map(|value| file_name(document, value)).into_iter().collect();
    let mut has_parameters = false;
    for system in ["Win", "Mac", "Unix"] {
        let launch = dictionary.get(system).map(|value| document.resolved(value));
        let Some(launch) = launch.as_ref().and_then(Object::dictionary) else { continue };
        for key in ["F", "P"] {
            let word = launch.get(key).map(|value| file_name(document, value)).unwrap_or_default();
            has_parameters |= key == "P" && !word.trim().is_empty();
            words.push(word);
        }
    }
    words.retain(|word| !word.is_empty());
    words.dedup();
    let is_plain = !has_parameters
        && words.iter().all(|word| {
            let lower = word.to_lowercase();
            !is_remote(word) && PLAIN.iter().any(|ending| lower.trim_end().ends_with(ending))
        });
    (words.join(" "), is_plain)
}

/// Addresses shown of one script.
const ADDRESSES_MAX: usize = 20;

/// Addresses written out in a script.
fn addresses(source: &str) -> Vec<String> {
    let marks = ["http://", "https://", "ftp://"];
    let found = marks.iter().flat_map(|mark| source.match_indices(mark));
    found
        .take(ADDRESSES_MAX)
        .filter_map(|(at, _)| {
            let rest = source.get(at..)?;
            let end =
                rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | '<' | '>' | '\\'));
            Some(rest.get(..end.unwrap_or(rest.len()))?.to_owned())
        })
        .collect()
}

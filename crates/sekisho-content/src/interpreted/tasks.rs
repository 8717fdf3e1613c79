//! XML that tells a program of Windows what to run: consoles (`.msc`), build files with code in them (MSBuild inline
//! tasks), definitions of scheduled tasks.

use super::grade::grade;
use super::language::Language;
use super::{keep, push};
use crate::command::{self, Distance, Evidence, Weight};
use crate::open::Look;
use crate::tags::tags;
use crate::{Danger, Unread};

/// A console: strings that lead its pages to a script, command tasks, pages from elsewhere.
pub(super) fn console(text: &str, look: &mut Look<'_>) -> Result<(), Unread> {
    const SCRIPTS: &[&str] =
        &["javascript:", "vbscript:", "apds.dll", "res://", "mshta", "<script", "transformnode"];
    let (tags, all) = tags(text);
    let mut found = Evidence::default();
    for tag in &tags {
        let values = std::iter::once(&tag.text).chain(tag.attributes.iter().map(|(_, value)| value));
        for value in values {
            let decoded = super::value::unescaped(value);
            let lower = decoded.to_ascii_lowercase();
            for word in SCRIPTS.iter().filter(|word| lower.contains(**word)) {
                found.add(word, Weight::Heavy);
                found.show(&decoded);
            }
            if command::is_remote(&decoded) == Distance::Web {
                found.add("shows a page of the web", Weight::Light);
                found.links_of(&decoded);
            }
        }
        if tag.name == "task" && tag.attribute("type").eq_ignore_ascii_case("commandline") {
            let line = format!("{} {}", tag.attribute("command"), tag.attribute("params"));
            command::examine(&line, &mut found, look.budget)?;
            found.add("runs a command", Weight::Heavy);
        }
        if tag.name == "commandline" && !tag.attribute("params").is_empty() {
            command::examine(tag.attribute("params"), &mut found, look.budget)?;
        }
    }
    push_found(look, found, Some(Danger::Harmless));
    if all { Ok(()) } else { Err(Unread::TooLarge) }
}

/// A build file: code in it is compiled and run by whoever builds; commands are ordinary there.
pub(super) fn build(text: &str, look: &mut Look<'_>) -> Result<(), Unread> {
    let (tags, all) = tags(text);
    let mut found = Evidence::default();
    for tag in &tags {
        match tag.name.as_str() {
            "usingtask" if tag.attribute("taskfactory").to_ascii_lowercase().contains("code") => {
                found.add("inline task", Weight::Light)
            }
            "code" if !tag.text.trim().is_empty() => {
                let language = Language::named(tag.attribute("language"))
                    .filter(|_| !tag.attribute("language").is_empty());
                keep(look, "Code", &tag.text);
                let graded = grade(&tag.text, language.unwrap_or(Language::CSharp), look.budget);
                graded
                    .found
                    .does
                    .iter()
                    .for_each(|word| found.add(word, graded.found.weight.unwrap_or(Weight::Light)));
                graded.found.links.iter().for_each(|link| found.link(link));
                graded.found.strings.iter().for_each(|text| found.show(text));
                if let Some(unread) = graded.unread {
                    look.opened.note(unread, "Code");
                }
            }
            "exec" => {
                let mut inner = Evidence::default();
                command::examine(tag.attribute("command"), &mut inner, look.budget)?;
                if inner.weight == Some(Weight::Heavy) {
                    inner.does.iter().for_each(|word| found.add(word, Weight::Heavy));
                    inner.links.iter().for_each(|link| found.link(link));
                    found.show(tag.attribute("command"));
                }
            }
            _ => {}
        }
    }
    push_found(look, found, None);
    if all { Ok(()) } else { Err(Unread::TooLarge) }
}

/// A scheduled task: its command, and what starts it once it is put in place.
pub(super) fn scheduled(text: &str, look: &mut Look<'_>) -> Result<(), Unread> {
    let (tags, all) = tags(text);
    let mut found = Evidence::default();
    let mut starts = Vec::new();
    let mut line = String::new();
    for tag in &tags {
        let text = tag.text.trim();
        match tag.name.as_str() {
            "command" => line = format!("\"{text}\""),
            "arguments" => line = format!("{line} {text}"),
            name if name.ends_with("trigger") && starts.len() < 8 => starts.push(tag.name.clone()),
            _ => {}
        }
        if tag.name == "arguments" || tag.name == "command" {
            let mut inner = Evidence::default();
            command::examine(&line, &mut inner, look.budget)?;
            inner.does.iter().for_each(|word| found.add(word, inner.weight.unwrap_or(Weight::Light)));
            inner.links.iter().for_each(|link| found.link(link));
            inner.strings.iter().for_each(|text| found.show(text));
            found.add("scheduled", Weight::Light);
        }
    }
    let before = look.opened.deeds.len();
    push_found(look, found, None);
    if let Some(deed) = look.opened.deeds.get_mut(before) {
        deed.starts = starts;
    }
    if all { Ok(()) } else { Err(Unread::TooLarge) }
}

fn push_found(look: &mut Look<'_>, found: Evidence, plain: Option<Danger>) {
    let danger = match found.weight {
        Some(Weight::Heavy) => Some(Danger::Dangerous),
        Some(Weight::Light) => Some(Danger::Active),
        None => plain,
    };
    push(look, found, danger, "");
}

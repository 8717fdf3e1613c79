//! Files that hold scripts in elements: `.wsf` (Windows Script Host XML), `.sct` (scriptlets), `.hta`, `.xsl` with
//! `msxsl:script`, server pages → one deed for all scripts of a file.

use super::encoded;
use super::grade::{Graded, grade};
use super::language::Language;
use super::{danger, keep, push, starts_by_itself};
use crate::command::{self, Weight};
use crate::open::Look;
use crate::tags::{Tag, tags};
use crate::{Kind, Unread};

/// Reads every script of the file.
pub(super) fn look(text: &str, look: &mut Look<'_>) -> Result<(), Unread> {
    let (tags, all) = tags(text);
    let mut total = Graded { empty: true, host: starts_by_itself(look.kind), ..Graded::default() };
    let default = default_language(&tags);
    let (basic, other) = (declared(&tags, Language::Basic), declared(&tags, Language::JavaScript));
    for (number, tag) in tags.iter().enumerate() {
        for (source, language) in scripts(tag, default, look.kind) {
            let source = encoded::decoded(&source).unwrap_or(source);
            let source = match language {
                Language::Basic => format!("{basic}{source}"),
                _ => format!("{other}{source}"),
            };
            keep(look, &format!("script {}", number + 1), &source);
            let graded = grade(&source, language, look.budget);
            if let Some(unread) = graded.unread {
                look.opened.note(unread, look.kind.id());
            }
            total.take(graded);
        }
        elsewhere(tag, look, &mut total)?;
    }
    if look.kind == Kind::Asp {
        return Ok(());
    }
    let starts = starts_by_itself(look.kind) || matches!(look.kind, Kind::Sct | Kind::Xslt);
    total.host |= !total.empty;
    let nothing = total.empty && total.found.weight.is_none();
    push(look, total.found.clone(), danger(&total, starts).filter(|_| !nothing), "");
    if all { Ok(()) } else { Err(Unread::TooLarge) }
}

impl Graded {
    /// Takes another script of the same file in.
    fn take(&mut self, other: Graded) {
        self.empty &= other.empty;
        self.host |= other.host;
        self.web |= other.web;
        self.heavy += other.heavy;
        for word in &other.found.does {
            self.found.add(word, Weight::Light);
        }
        self.found.weight = self.found.weight.max(other.found.weight);
        other.found.links.iter().for_each(|link| self.found.link(link));
        other.found.strings.iter().for_each(|text| self.found.show(text));
    }
}

/// An object element is a variable of its name in every script of the file.
fn declared(tags: &[Tag], language: Language) -> String {
    const OBJECTS_MAX: usize = 64;
    let objects = tags.iter().filter(|tag| tag.name == "object" && !tag.attribute("progid").is_empty());
    let line = |tag: &Tag| {
        let (name, object) = (tag.attribute("id"), tag.attribute("progid").replace(['"', '\n'], ""));
        match language {
            Language::Basic => format!("Set {name} = CreateObject(\"{object}\")\n"),
            _ => format!("{name} = new ActiveXObject(\"{object}\");\n"),
        }
    };
    objects.take(OBJECTS_MAX).map(line).collect()
}

/// The first language that a page names is that of scripts and handlers which name none.
fn default_language(tags: &[Tag]) -> Language {
    let named = tags.iter().filter(|tag| tag.name == "script").map(|tag| tag.attribute("language"));
    named.filter(|name| !name.is_empty()).find_map(Language::named).unwrap_or(Language::JavaScript)
}

/// Scripts of one element: its text, and what its handlers do.
fn scripts(tag: &Tag, default: Language, kind: Kind) -> Vec<(String, Language)> {
    let mut found = Vec::new();
    // A sheet's own scripts have a prefix; those without one are written into the page that it makes.
    let made = kind == Kind::Xslt && tag.prefix.is_empty();
    if tag.name == "script" && !made {
        let named =
            [tag.attribute("language"), tag.attribute("type")].into_iter().find(|name| !name.is_empty());
        let language = named.map_or(Some(default), |name| Language::named(name.trim_end_matches(".encode")));
        // Data in a script element (JSON, templates) runs nothing.
        found.extend(
            language.filter(|_| !tag.text.trim().is_empty()).map(|language| (tag.text.clone(), language)),
        );
    }
    if kind == Kind::Hta {
        for (name, value) in &tag.attributes {
            if name.starts_with("on") && value.len() > 2 {
                let code = value.trim_start();
                let basic = code.get(..9).is_some_and(|scheme| scheme.eq_ignore_ascii_case("vbscript:"));
                let language = if basic { Language::Basic } else { default };
                let code = code
                    .split_once(':')
                    .filter(|(scheme, _)| scheme.to_ascii_lowercase().ends_with("script"))
                    .map_or(code, |(_, code)| code);
                found.push((code.to_owned(), language));
            }
        }
    }
    found
}

/// Scripts taken from elsewhere, and objects of Windows in elements.
fn elsewhere(tag: &Tag, look: &mut Look<'_>, total: &mut Graded) -> Result<(), Unread> {
    let source = tag.attribute("src").trim();
    if matches!(tag.name.as_str(), "script" | "iframe" | "frame" | "embed")
        && command::is_remote(source) > command::Distance::Here
    {
        total.found.link(source);
        let page = look.kind == Kind::Hta;
        total.found.add(
            "script from elsewhere",
            if page || tag.name == "script" { Weight::Heavy } else { Weight::Light },
        );
        total.empty = false;
    }
    if tag.name == "object" {
        let class = tag.attribute("progid");
        let class = if class.is_empty() { tag.attribute("classid") } else { class };
        if let Some((word, weight)) = super::names::object(class) {
            total.found.add(word, weight);
        }
    }
    if matches!(tag.name.as_str(), "include" | "import")
        && command::is_remote(tag.attribute("href")) > command::Distance::Here
    {
        total.found.link(tag.attribute("href"));
    }
    Ok(())
}

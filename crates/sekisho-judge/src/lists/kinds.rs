//! File name endings → what a file with such a name does when a person opens it.

use std::collections::HashMap;

use serde::Deserialize;
use toml::Spanned;

use super::source::{Dated, ListError, Source};

/// Groups of endings.
#[derive(Debug)]
pub struct Kinds {
    pub(super) dated: Dated,
    groups: Vec<KindGroup>,
    by_extension: HashMap<String, usize>,
}

/// Endings that do the same to the person who opens them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindGroup {
    /// Short name, as in evidence.
    pub id: String,
    /// Name in Japanese.
    pub ja: String,
    /// Name in English.
    pub en: String,
    /// Endings in lower case, without the dot.
    pub extensions: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    date: Spanned<String>,
    stale_after_days: Option<u16>,
    groups: Vec<KindGroup>,
}

impl Kinds {
    pub(super) fn read(source: Source) -> Result<Kinds, ListError> {
        let raw: Raw = source.parse()?;
        let mut by_extension = HashMap::new();
        for (number, group) in raw.groups.iter().enumerate() {
            for extension in &group.extensions {
                let name = extension.get_ref();
                if name.is_empty() || name.contains('.') || name.to_lowercase() != *name {
                    let problem = format!("\"{name}\" is no ending; write it in lower case without a dot");
                    return Err(source.invalid(extension, problem));
                }
                if by_extension.insert(name.clone(), number).is_some() {
                    let problem = format!("the ending \"{name}\" stands twice; a file does one thing");
                    return Err(source.invalid(extension, problem));
                }
            }
        }
        let dated = source.dated(&raw.date, raw.stale_after_days)?;
        Ok(Kinds { dated, groups: raw.groups, by_extension })
    }

    /// The group of an ending, given without its dot, in any case.
    pub fn group_of(&self, extension: &str) -> Option<&KindGroup> {
        self.groups.get(*self.by_extension.get(&extension.to_lowercase())?)
    }

    /// All groups, in the order of the file.
    pub fn groups(&self) -> &[KindGroup] {
        &self.groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::Lists;

    #[test]
    fn groups_endings() {
        let kinds = &Lists::built_in().kinds;
        for (extension, group) in [
            ("EXE", Some("program")),
            ("js", Some("script")),
            ("lnk", Some("shortcut")),
            ("iso", Some("disk-image")),
            ("xll", Some("add-in")),
            ("docm", Some("macro-document")),
            ("doc", Some("old-office")),
            ("zip", Some("archive")),
            ("pdf", None),
            ("", None),
        ] {
            assert_eq!(kinds.group_of(extension).map(|group| group.id.as_str()), group, "{extension}");
        }
    }

    #[test]
    fn an_ending_stands_once() {
        let text = "date = \"2026-11-01\"\n[[groups]]\nid = \"a\"\nja = \"a\"\nen = \"a\"\nextensions = [\"x\", \"x\"]";
        let error = Kinds::read(Source { name: "kinds", text }).unwrap_err().to_string();
        assert_eq!(error, "lists/kinds.toml:6: the ending \"x\" stands twice; a file does one thing");
    }
}

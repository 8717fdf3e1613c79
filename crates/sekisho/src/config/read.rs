//! The text of a configuration → settings. What is not known is refused with its line and the nearest name.

use std::ops::Range;
use std::path::Path;

use sekisho_judge::nearest::nearest;
use toml::de::DeTable;

use super::ConfigError;
use super::settings::{Config, SECTIONS, StoreSection};

/// Reads a configuration.
pub fn parse(file: &Path, text: &str) -> Result<Config, ConfigError> {
    let place = Place { file, text };
    let table =
        DeTable::parse(text).map_err(|error| place.error(error.span(), error.message().to_owned()))?;
    place.known(table.get_ref())?;
    toml::from_str(text).map_err(|error| place.error(error.span(), error.message().to_owned()))
}

/// The `[store]` of a text that is refused for something else. `None` where it cannot be told what it should be: it is broken itself, or does
/// not say `url`, and what was mistyped may have been that.
pub fn store_alone(text: &str) -> Option<StoreSection> {
    let all: toml::Table = toml::from_str(text).ok()?;
    let written = all.get("store");
    let store =
        written.map_or_else(|| Some(StoreSection::default()), |store| store.clone().try_into().ok())?;
    if written.is_some_and(|store| store.get("url").is_some()) {
        return Some(store);
    }
    let is_known = |name: &String| SECTIONS.iter().any(|section| section.name == name);
    let names_url = |section: &toml::Value| section.get("url").is_some();
    (all.keys().all(is_known) && !all.values().any(names_url)).then_some(store)
}

/// Where errors are told from.
struct Place<'a> {
    file: &'a Path,
    text: &'a str,
}

impl Place<'_> {
    fn error(&self, span: Option<Range<usize>>, what: String) -> ConfigError {
        let at = span.map_or(0, |span| span.start);
        let line = self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        ConfigError { file: self.file.to_string_lossy().into_owned(), line, what }
    }

    /// Whether every section and key is known; what they hold is checked by their types.
    fn known(&self, table: &DeTable<'_>) -> Result<(), ConfigError> {
        for (name, value) in table.iter() {
            let section = SECTIONS.iter().find(|section| section.name == name.get_ref().as_ref());
            let Some(section) = section else {
                let known = SECTIONS.iter().map(|section| section.name);
                return Err(self.unknown("section", name, known));
            };
            let Some(settings) = value.get_ref().as_table() else { continue };
            for key in settings.keys() {
                if !section.settings.iter().any(|setting| setting.key == key.get_ref().as_ref()) {
                    let what = format!("key in [{}]", section.name);
                    return Err(self.unknown(&what, key, section.settings.iter().map(|setting| setting.key)));
                }
            }
        }
        Ok(())
    }

    fn unknown(
        &self,
        what: &str,
        seen: &toml::Spanned<std::borrow::Cow<'_, str>>,
        known: impl Iterator<Item = &'static str> + Clone,
    ) -> ConfigError {
        let name = seen.get_ref();
        let way_out = match nearest(name, known.clone()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("known are {}", known.collect::<Vec<_>>().join(", ")),
        };
        self.error(Some(seen.span()), format!("unknown {what}: \"{name}\"; {way_out}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, String> {
        parse(Path::new("sekisho.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn errors_name_file_line_value_and_way_out() {
        for (text, wanted) in [
            (
                "[organisation]\ndomain = []\n",
                "sekisho.toml:2: unknown key in [organisation]: \"domain\"; did you mean \"domains\"?",
            ),
            (
                "\n[organization]\n",
                "sekisho.toml:2: unknown section: \"organization\"; did you mean \"organisation\"?",
            ),
            ("[xyz]\n", "sekisho.toml:1: unknown section: \"xyz\"; known are organisation, "),
            ("[policy]\nprofile = \"loud\"\n", "sekisho.toml:2: unknown variant `loud`, expected one of"),
            ("[organisation]\nname = 1\n", "sekisho.toml:2: invalid type: integer `1`, expected a string"),
            (
                "[organisation]\npeople = [{ name = \"a\", address = \"b\" }]\n",
                "sekisho.toml:2: not an address: \"b\"",
            ),
            ("[organisation\n", "sekisho.toml:1: "),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.starts_with(wanted), "{error}");
        }
    }

    #[test]
    fn where_the_memory_lies_is_told_only_where_it_is_sure() {
        let url = |text: &str| store_alone(text).map(|store| store.url);
        let postgres = "postgres://db.midori.example/sekisho";
        let written = format!("[store]\nurl = \"{postgres}\"\n");
        for (text, wanted) in [
            (format!("{written}[sender]\nborder_host = []\n"), Some(postgres)),
            (format!("[organization]\n{written}"), Some(postgres)),
            ("[sender]\nborder_host = []\n".to_owned(), Some("sqlite")),
            (written.replace("url", "ur"), None),
            (written.replace("[store]", "[stor]"), None),
            (written.replace("[store]", "[sender]"), None),
            (written.replace("[store]", ""), None),
            (format!("{written}[sender\n"), None),
            ("[store]\nurl = 1\n".to_owned(), None),
        ] {
            assert_eq!(url(&text).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_not_written_has_its_default() {
        assert_eq!(read("").unwrap(), Config::default());
        assert_eq!(read("[retention]\ncases = 10\n").unwrap().retention.held_mail, 90);
    }
}

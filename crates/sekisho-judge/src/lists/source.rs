//! The text of one list file → typed values, or an error that names the file, the line and the way out.

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::nearest::nearest;

/// A list older than this many days no longer accuses strongly, unless its file says otherwise.
pub const STALE_AFTER_DAYS: u16 = 400;

/// A list that cannot be used. The text is one line for the person who wrote the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// An override for a list that does not exist.
    #[error("lists/{name}.toml: unknown list \"{name}\"; {hint}")]
    UnknownList {
        /// The name as given, without its ending.
        name: String,
        /// The nearest name, or all of them.
        hint: String,
    },
    /// A file that is not the list it should be.
    #[error("lists/{name}.toml:{line}: {problem}")]
    Invalid {
        /// The list's name.
        name: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong, the value seen, and the way out.
        problem: String,
    },
}

/// When a list was last looked through, and how long it is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The list's own date.
    pub date: Date,
    /// Days after which it is stale.
    pub stale_after_days: u16,
}

impl Dated {
    /// Whether `today` is past the date and its days.
    pub fn is_stale(&self, today: Date) -> bool {
        (today - self.date).get_days() > i32::from(self.stale_after_days)
    }
}

/// The text of one list, and the name that its errors carry.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
}

impl Source<'_> {
    /// Parses the file; unknown keys are refused with the nearest known one.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, ListError> {
        toml::from_str(self.text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            self.invalid_at(start, plain(error.message()))
        })
    }

    /// The date of the list.
    pub(crate) fn dated(&self, date: &Spanned<String>, days: Option<u16>) -> Result<Dated, ListError> {
        let parsed = date.get_ref().parse().map_err(|_| {
            self.invalid(date, format!("\"{}\" is not a date; write it as 2026-11-01", date.get_ref()))
        })?;
        Ok(Dated { date: parsed, stale_after_days: days.unwrap_or(STALE_AFTER_DAYS) })
    }

    /// An error at the place of a value.
    pub(crate) fn invalid<T>(&self, at: &Spanned<T>, problem: String) -> ListError {
        self.invalid_at(at.span().start, problem)
    }

    fn invalid_at(&self, offset: usize, problem: String) -> ListError {
        let before = self.text.as_bytes().iter().take(offset);
        let line = before.filter(|&&byte| byte == b'\n').count() + 1;
        ListError::Invalid { name: self.name.to_owned(), line, problem }
    }
}

/// Rewords the parser's "unknown field `x`, expected …" so that it proposes one name; leaves other messages alone.
fn plain(message: &str) -> String {
    let message = message.lines().collect::<Vec<_>>().join(" ");
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let kind = if message.starts_with("unknown field") { "key" } else { "value" };
    match quoted.split_first() {
        Some((unknown, known)) if message.starts_with("unknown ") => {
            match nearest(unknown, known.iter().copied()) {
                Some(near) => format!("unknown {kind} \"{unknown}\"; did you mean \"{near}\"?"),
                None => format!("unknown {kind} \"{unknown}\"; known are {}", known.join(", ")),
            }
        }
        _ => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        date: Spanned<String>,
        #[serde(default)]
        names: Vec<String>,
    }

    fn error(text: &str) -> String {
        let source = Source { name: "brands", text };
        let parsed = source.parse::<Sample>().and_then(|sample| {
            assert!(sample.names.len() < 9);
            source.dated(&sample.date, None)
        });
        parsed.unwrap_err().to_string()
    }

    #[test]
    fn errors_name_file_line_and_way_out() {
        for (text, expected) in [
            (
                "date = \"2026-11-01\"\nnaems = []",
                "lists/brands.toml:2: unknown key \"naems\"; did you mean \"names\"?",
            ),
            ("date = \"2026-11-01\"\nx = 1", "lists/brands.toml:2: unknown key \"x\"; known are date, names"),
            (
                "names = []\n\ndate = \"1 May\"",
                "lists/brands.toml:3: \"1 May\" is not a date; write it as 2026-11-01",
            ),
            ("date = 3", "lists/brands.toml:1: invalid type: integer `3`, expected a string"),
        ] {
            let error = error(text);
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn is_stale_only_after_its_days() {
        let dated = Dated { date: jiff::civil::date(2026, 11, 1), stale_after_days: 400 };
        assert!(!dated.is_stale(jiff::civil::date(2027, 12, 6)));
        assert!(dated.is_stale(jiff::civil::date(2027, 12, 7)));
        assert!(!dated.is_stale(jiff::civil::date(2020, 1, 1)));
    }
}

//! A name → the one record of a version that is published there, told apart from none, several and what only resembles one.

use sekisho_mail::tag_list;

use super::{Scene, text};

/// A kind of record that begins with its version.
pub(super) struct Versioned {
    /// The version, in the case in which it must be written: `v=` stands before it.
    pub version: &'static str,
    /// What a record that was meant to be one holds, in lower case.
    pub resembles: &'static str,
    /// A record is read up to so many bytes.
    pub bytes_max: usize,
}

/// What is published.
pub(super) enum Published {
    /// DNS did not answer.
    NoAnswer,
    /// Nothing, or something else.
    Nothing,
    /// No record that counts, but one that was meant to be it.
    Resembling(String),
    /// One.
    One(String),
    /// So many.
    Several(usize),
}

impl Versioned {
    /// Asks for the records of a name.
    pub(super) fn at(&self, scene: &Scene<'_>, name: &str) -> Published {
        let values = match scene.dns.txt(name) {
            Ok(records) => records.values,
            Err(why) if why.is_certain() => Vec::new(),
            Err(_) => return Published::NoAnswer,
        };
        let read = |value: &Vec<u8>| text(value.get(..self.bytes_max).unwrap_or(value));
        let (mut records, others): (Vec<String>, Vec<String>) =
            values.iter().map(read).partition(|record| self.is(record));
        match records.len() {
            0 => others
                .into_iter()
                .find(|other| other.to_ascii_lowercase().contains(self.resembles))
                .map_or(Published::Nothing, Published::Resembling),
            1 => Published::One(records.swap_remove(0)),
            several => Published::Several(several),
        }
    }

    fn is(&self, record: &str) -> bool {
        tag_list(record).first().is_some_and(|tag| tag.name == "v" && tag.value == Some(self.version))
    }
}

/// The value of a record's first tag of a name; empty where there is none.
pub(super) fn value<'r>(record: &'r str, name: &str) -> &'r str {
    tag_list(record).iter().find(|tag| tag.name == name).and_then(|tag| tag.value).unwrap_or_default()
}

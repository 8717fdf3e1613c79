//! `Content-Type` and `Content-Disposition` values → their word and parameters, in every reading that some program has
//! (RFC 2045 section 5.1, RFC 2231, RFC 2047 where it is forbidden, raw bytes, comments, folding, missing quotes).
//!
//! The readings of one name stand together, the likeliest first: the extended form (`name*`, `name*0*`), as Outlook,
//! Gmail and Thunderbird prefer it, then the plain ones in order, each with what stricter or laxer programs make of
//! it. `ParameterDoubtful` says that there is more than one reading of a plain value, or something that only some
//! programs accept; `NamesDiffer` that the extended and the plain form of a file name are not the same name;
//! `SeveralBoundaries` that two boundaries are given.

mod extended;
mod scan;

use crate::{DefectKind, charset, words};
use extended::Segment;
use scan::Raw;

/// A structured value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Structured {
    /// `text/plain`, `attachment`, … in lower case; empty where none could be read.
    pub word: String,
    /// All parameters in order, doubles and other readings of the same name included.
    pub parameters: Vec<Parameter>,
}

/// One reading of one parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// The name in lower case, without RFC 2231 marks.
    pub name: String,
    /// The value, decoded.
    pub value: String,
    /// Whether it was written in the extended form of RFC 2231.
    pub extended: bool,
}

impl Structured {
    /// The likeliest reading of `name`.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|parameter| parameter.name == name)
            .map(|parameter| parameter.value.as_str())
    }

    /// Every reading of `name`, the likeliest first.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Parameter> {
        self.parameters.iter().filter(move |parameter| parameter.name == name)
    }
}

/// Parameters read of one value. Real ones have fewer than ten; long names in RFC 2231 pieces reach fifty.
const PARAMETERS_MAX: usize = 200;

/// Parses an unfolded value. The defects found are added to `defects`.
pub(crate) fn parse(raw: &[u8], defects: &mut Vec<DefectKind>) -> Structured {
    let label = charset::detect(raw);
    if !raw.is_ascii() || label == "iso-2022-jp" {
        words::add(defects, DefectKind::RawHeader);
    }
    let (word, found) = scan::scan(raw, label, PARAMETERS_MAX, defects);
    let mut groups: Vec<Group> = Vec::new();
    for raw in found {
        let (base, segment) = extended::segment_of(&raw);
        let group = match groups.iter_mut().find(|group| group.name == base) {
            Some(group) => group,
            None => {
                groups.push(Group { name: base, plain: Vec::new(), segments: Vec::new() });
                let Some(group) = groups.last_mut() else { continue };
                group
            }
        };
        match segment {
            Some(segment) => group.segments.push(segment),
            None => group.plain.push(raw),
        }
    }
    let mut parameters = Vec::new();
    for group in groups {
        parameters.extend(group.readings(label, defects));
    }
    Structured { word, parameters }
}

/// Everything given under one name.
struct Group {
    name: String,
    plain: Vec<Raw>,
    segments: Vec<Segment>,
}

impl Group {
    fn readings(self, label: &str, defects: &mut Vec<DefectKind>) -> Vec<Parameter> {
        let mut readings: Vec<Parameter> = Vec::new();
        let mut add = |name: &str, value: String, extended: bool| {
            // White space at the end stays: a name that ends in it hides its extension.
            let value = value.trim_start().to_owned();
            if !readings.iter().any(|reading| reading.value == value) {
                readings.push(Parameter { name: name.to_owned(), value, extended });
                return true;
            }
            false
        };
        let extended = extended::assemble(&self.segments, label, defects);
        for (index, value) in extended.iter().enumerate() {
            if add(&self.name, value.clone(), true) && index > 0 {
                words::add(defects, DefectKind::ParameterDoubtful);
            }
        }
        let mut first_values: Vec<String> = Vec::new();
        for raw in &self.plain {
            for (index, bytes) in raw.readings.iter().enumerate() {
                let value = decoded(bytes, label, defects);
                if index == 0 {
                    first_values.push(value.trim_start().to_owned());
                }
                add(&self.name, value, false);
            }
        }
        self.compare(&extended, &first_values, defects);
        readings
    }

    /// Says what differs between the ways in which this name was given.
    fn compare(&self, extended: &[String], plain: &[String], defects: &mut Vec<DefectKind>) {
        let boundary = self.name == "boundary";
        if plain.windows(2).any(|pair| pair.first() != pair.last()) {
            words::add(defects, DefectKind::ParameterDoubtful);
            if boundary {
                words::add(defects, DefectKind::SeveralBoundaries);
            }
        }
        let (Some(extended), Some(plain)) = (extended.first(), plain.first()) else { return };
        if boundary {
            words::add(defects, DefectKind::SeveralBoundaries);
        } else if extended.trim_start() != plain && !is_fallback(plain, extended) {
            words::add(defects, DefectKind::NamesDiffer);
        }
    }
}

/// Whether `plain` is what programs write for those that cannot read the extended form: the same ending, ASCII, and
/// the foreign letters replaced or left out.
fn is_fallback(plain: &str, extended: &str) -> bool {
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    plain.is_ascii() && !extended.is_ascii() && ending(plain) == ending(extended)
}

/// A plain value as text: encoded words, although forbidden here, and raw 8-bit bytes decoded.
fn decoded(bytes: &[u8], label: &str, defects: &mut Vec<DefectKind>) -> String {
    let raw = !bytes.is_ascii() || bytes.contains(&0x1b);
    if raw && !bytes.windows(2).any(|pair| pair == b"=?") {
        return words::cleaned(&charset::decode(bytes, Some(label)).text, defects);
    }
    words::decode(bytes, defects)
}

#[cfg(test)]
mod tests;

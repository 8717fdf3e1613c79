//! An entity's own fields → what it says it is (RFC 2045, RFC 2183), in every reading.

use crate::header::Field;
use crate::parameters::{self, Structured};
use crate::transfer::Encoding;
use crate::{DefectKind, NameSource, PartName};

use super::names::Names;

/// What an entity says of itself.
pub(crate) struct Declared {
    /// Its types: the first `Content-Type` and, where it differs, the last. Never empty.
    pub(crate) types: Vec<Structured>,
    /// `inline`, `attachment` or empty.
    pub(crate) disposition: String,
    /// Every transfer encoding stated that exists, without doubles.
    pub(crate) encodings: Vec<Encoding>,
    /// A transfer encoding that does not exist, as written, or empty.
    pub(crate) encoding_unknown: String,
    /// The Content-ID without angle brackets, or empty.
    pub(crate) content_id: String,
    /// All names, the likeliest first.
    pub(crate) names: Vec<PartName>,
    /// What is doubtful in it.
    pub(crate) defects: Vec<DefectKind>,
}

impl Declared {
    /// Reads an entity's fields. `default_type` is what RFC 2046 says for one without a `Content-Type`.
    pub(crate) fn of(fields: &[Field], default_type: &str) -> Self {
        let mut defects = Vec::new();
        let types = types(fields, default_type, &mut defects);
        let disposition = fields
            .iter()
            .find(|field| field.is("Content-Disposition"))
            .map(|field| parameters::parse(&field.raw, &mut defects))
            .unwrap_or_default();
        let names = all_names(&disposition, &types, &mut defects);
        let (encodings, encoding_unknown) = encodings(fields, &mut defects);
        let content_id = fields
            .iter()
            .find(|field| field.is("Content-ID"))
            .map(|field| field.text.trim().trim_start_matches('<').trim_end_matches('>').to_owned())
            .unwrap_or_default();
        Self { types, disposition: disposition.word, encodings, encoding_unknown, content_id, names, defects }
    }

    /// The first type as a word.
    pub(crate) fn media_type(&self) -> &str {
        self.types.first().map_or("text/plain", |first| first.word.as_str())
    }
}

fn types(fields: &[Field], default_type: &str, defects: &mut Vec<DefectKind>) -> Vec<Structured> {
    let mut stated = fields.iter().filter(|field| field.is("Content-Type"));
    let (first, last) = (stated.next(), stated.next_back());
    let mut types: Vec<Structured> = Vec::new();
    for field in first.into_iter().chain(last) {
        if types.is_empty() || first.is_some_and(|first| first.raw.trim_ascii() != field.raw.trim_ascii()) {
            types.push(parameters::parse(&field.raw, defects));
        }
    }
    if last.is_some() {
        defects.push(DefectKind::SeveralContentTypes);
    }
    if types.is_empty() {
        types.push(Structured::default());
    }
    for one in &mut types {
        if !one.word.contains('/') {
            // `Content-Type: text` of old programs is plain text; anything else unreadable is what nothing is.
            one.word = default_type.to_owned();
        }
    }
    types
}

fn all_names(disposition: &Structured, types: &[Structured], defects: &mut Vec<DefectKind>) -> Vec<PartName> {
    let mut names = Names::default();
    for extended in [true, false] {
        for parameter in disposition.all("filename") {
            if parameter.extended == extended {
                let source = if extended { NameSource::DispositionExtended } else { NameSource::Disposition };
                names.add(&parameter.value, source);
            }
        }
    }
    for extended in [true, false] {
        for parameter in types.iter().flat_map(|one| one.all("name")) {
            if parameter.extended == extended {
                let source = if extended { NameSource::TypeExtended } else { NameSource::Type };
                names.add(&parameter.value, source);
            }
        }
    }
    let names = names.into_list();
    if names.len() > 1 {
        defects.push(DefectKind::NamesDiffer);
    }
    names
}

/// The encodings stated, and one that does not exist.
fn encodings(fields: &[Field], defects: &mut Vec<DefectKind>) -> (Vec<Encoding>, String) {
    let mut known = Vec::new();
    let mut unknown = String::new();
    for field in fields.iter().filter(|field| field.is("Content-Transfer-Encoding")) {
        // Comments and parameters after the word are ignored, as everybody does.
        let word =
            field.text.trim().split([';', '(', ' ', '\t']).next().unwrap_or_default().trim_matches('"');
        match Encoding::of(word) {
            Some(encoding) if known.contains(&encoding) => {}
            Some(encoding) => known.push(encoding),
            None => unknown = word.to_owned(),
        }
    }
    if known.len() > 1 || !unknown.is_empty() {
        defects.push(DefectKind::TransferEncodingDoubtful);
    }
    (known, unknown)
}

//! The extended parameters of RFC 2231 → values: charset, percent encoding, pieces in any order, missing pieces.

use super::scan::Raw;
use crate::{DefectKind, charset, words};

/// A piece of an extended value.
pub(super) struct Segment {
    /// Its place; `None` for `name*`, which is whole.
    index: Option<usize>,
    /// Whether it is percent-encoded.
    encoded: bool,
    bytes: Vec<u8>,
}

/// The name without its marks, and the piece where there are marks.
pub(super) fn segment_of(raw: &Raw) -> (String, Option<Segment>) {
    let name = raw.name.as_str();
    let (stem, encoded) = name.strip_suffix('*').map_or((name, false), |stem| (stem, true));
    let bytes = || raw.readings.first().cloned().unwrap_or_default();
    if let Some((base, number)) = stem.rsplit_once('*')
        && let Ok(index) = number.parse::<usize>()
    {
        return (base.to_owned(), Some(Segment { index: Some(index), encoded, bytes: bytes() }));
    }
    if encoded {
        return (stem.to_owned(), Some(Segment { index: None, encoded, bytes: bytes() }));
    }
    (name.to_owned(), None)
}

/// The readings of the pieces given under one name, the likeliest first: the whole one, the joined pieces up to the
/// first gap, all of them whatever is missing.
pub(super) fn assemble(segments: &[Segment], raw_label: &str, defects: &mut Vec<DefectKind>) -> Vec<String> {
    let mut readings = Vec::new();
    for whole in segments.iter().filter(|segment| segment.index.is_none()) {
        readings.push(joined(&[whole], raw_label, defects));
    }
    let mut pieces: Vec<&Segment> = segments.iter().filter(|segment| segment.index.is_some()).collect();
    // Stable: of two pieces with one number, the first stays first.
    pieces.sort_by_key(|segment| segment.index);
    let given = pieces.len();
    pieces.dedup_by_key(|segment| segment.index);
    let first = pieces.first().and_then(|segment| segment.index).unwrap_or_default();
    let run =
        pieces.iter().enumerate().take_while(|(place, segment)| segment.index == Some(first + place)).count();
    if pieces.len() < given || run < pieces.len() || first > 0 {
        words::add(defects, DefectKind::ParameterDoubtful);
    }
    if !pieces.is_empty() {
        readings.push(joined(pieces.get(..run).unwrap_or_default(), raw_label, defects));
        if run < pieces.len() {
            readings.push(joined(&pieces, raw_label, defects));
        }
    }
    readings
}

fn joined(pieces: &[&Segment], raw_label: &str, defects: &mut Vec<DefectKind>) -> String {
    let mut label: Option<String> = None;
    let mut bytes = Vec::new();
    for (place, piece) in pieces.iter().enumerate() {
        if !piece.encoded {
            bytes.extend_from_slice(&piece.bytes);
            continue;
        }
        let mut value = piece.bytes.as_slice();
        if place == 0 {
            let mut quotes = value.splitn(3, |&b| b == b'\'');
            match (quotes.next(), quotes.next(), quotes.next()) {
                (Some(charset), Some(_), Some(rest)) => {
                    label = Some(String::from_utf8_lossy(charset).into_owned());
                    value = rest;
                }
                _ => words::add(defects, DefectKind::ParameterDoubtful),
            }
        }
        if let [b'"', inner @ .., b'"'] = value {
            value = inner;
        }
        percent_decoded(value, &mut bytes);
    }
    let encoded_word = bytes.windows(2).any(|pair| pair == b"=?");
    match label {
        None if encoded_word => words::decode(&bytes, defects),
        None if !bytes.is_ascii() && raw_label != "us-ascii" => {
            words::cleaned(&charset::decode(&bytes, Some(raw_label)).text, defects)
        }
        label => {
            let decoded = charset::decode(&bytes, label.as_deref().filter(|label| !label.is_empty()));
            if let Some(defect) = decoded.defect {
                words::add(defects, defect);
            }
            let text = words::cleaned(&decoded.text, defects);
            // Some programs put encoded words inside the extended form.
            if encoded_word { words::decode(text.as_bytes(), defects) } else { text }
        }
    }
}

/// Percent escapes as bytes; what is none stays.
fn percent_decoded(value: &[u8], out: &mut Vec<u8>) {
    let mut rest = value;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'%', [high, low, tail @ ..]) => match (words::hex(*high), words::hex(*low)) {
                (Some(high), Some(low)) => {
                    out.push((high << 4) | low);
                    rest = tail;
                }
                _ => out.push(byte),
            },
            _ => out.push(byte),
        }
    }
}

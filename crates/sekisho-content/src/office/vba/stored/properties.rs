//! Property sets of a compound file → the document's properties by the names that macros use ([MS-OLEPS] 2.20 to 2.25,
//! [MS-OSHARED] 2.3.3.2).

use super::Stored;
use crate::number::{place, slice, u16_le, u32_le};
use crate::office::compound::Compound;
use crate::open::Budget;

const SUMMARY: &[(u32, &str)] = &[
    (2, "title"),
    (3, "subject"),
    (4, "author"),
    (5, "keywords"),
    (6, "comments"),
    (7, "template"),
    (8, "last author"),
];

const MORE: &[(u32, &str)] = &[(2, "category"), (14, "manager"), (15, "company"), (26, "content type")];

/// Properties read of one set.
const PROPERTIES_MAX: usize = 1024;

/// Adds the properties that are text.
pub(super) fn read(compound: &Compound<'_>, stored: &mut Stored, budget: &mut Budget) {
    for (name, known) in [("\u{5}SummaryInformation", SUMMARY), ("\u{5}DocumentSummaryInformation", MORE)] {
        if let Some(Ok(stream)) = compound.stream(name, budget) {
            sets(&stream.bytes, known, stored);
        }
    }
}

/// One or two sets: the second names its properties itself.
fn sets(bytes: &[u8], known: &[(u32, &str)], stored: &mut Stored) {
    for set in 0..2 {
        let Some(at) = place(bytes, 44 + set * 20) else { continue };
        let set = bytes.get(at..).unwrap_or_default();
        let count = place(set, 4).unwrap_or(0).min(PROPERTIES_MAX);
        let listed = |index: usize| Some((u32_le(set, 8 + index * 8)?, place(set, 12 + index * 8)?));
        let listed: Vec<(u32, usize)> = (0..count).filter_map(listed).collect();
        let dictionary =
            listed.iter().find(|(id, _)| *id == 0).map_or_else(Vec::new, |(_, at)| names(set, *at));
        for (id, at) in listed {
            let own = dictionary.iter().find(|(named, _)| *named == id).map(|(_, name)| name.as_str());
            let name = own.or_else(|| known.iter().find(|(number, _)| *number == id).map(|(_, name)| *name));
            if let (Some(name), Some(text)) = (name, text(set, at)) {
                stored.keep_named(name, &text);
            }
        }
        if bytes.get(24) != Some(&2) {
            return;
        }
    }
}

/// A dictionary of names: each a number, a count and its characters.
fn names(set: &[u8], at: usize) -> Vec<(u32, String)> {
    let mut names = Vec::new();
    let mut at = at + 4;
    let count = place(set, at - 4).unwrap_or(0).min(PROPERTIES_MAX);
    for _ in 0..count {
        let (Some(id), Some(length)) = (u32_le(set, at), place(set, at + 4)) else { break };
        names.push((id, narrow(slice(set, at + 8, length))));
        at = at.saturating_add(8).saturating_add(length);
    }
    names
}

fn text(set: &[u8], at: usize) -> Option<String> {
    const NARROW: u16 = 0x1e;
    const WIDE: u16 = 0x1f;
    let length = place(set, at + 4)?;
    match u16_le(set, at)? {
        NARROW => Some(narrow(slice(set, at + 8, length))),
        WIDE => {
            let wide = slice(set, at + 8, length.checked_mul(2)?);
            let text = encoding_rs::UTF_16LE.decode_without_bom_handling(wide).0;
            Some(text.trim_end_matches('\0').to_owned())
        }
        _ => None,
    }
}

fn narrow(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(slice(bytes, 0, end)).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A set with a comment and a number.
    fn set() -> Vec<u8> {
        let mut bytes = vec![0; 44];
        bytes[24] = 1;
        bytes.extend(48_u32.to_le_bytes());
        for number in [100_u32, 2, 6, 24, 9, 48, 0x1e, 11] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(b"cmd /c rem\0");
        bytes
    }

    #[test]
    fn comments_are_read() {
        let mut stored = Stored::default();
        sets(&set(), SUMMARY, &mut stored);
        assert_eq!(stored.named.get("comments").map(String::as_str), Some("cmd /c rem"));
        for end in 0..set().len() {
            sets(&set()[..end], SUMMARY, &mut stored);
        }
    }
}

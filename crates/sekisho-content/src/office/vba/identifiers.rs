//! A `_VBA_PROJECT` stream → the identifiers that compiled code refers to by number ([MS-OVBA] 2.3.4.1 leaves it
//! undocumented; the layout here is what files of VBA 5 to 7.1 have).
//!
//! An identifier is its length, a type, six more bytes where the type's high bit is set, its characters, a hash of two
//! bytes, and two bytes that are the same for all. Keywords that are used as names stand among them behind four bytes
//! more, without hash and without a number. In front of the first stand the last number and the count.

use std::collections::BTreeSet;

use encoding_rs::Encoding;

use super::pcode::Numbering;
use crate::number::{slice, u16_le};

/// Identifiers by number.
pub(super) struct Identifiers {
    names: Vec<String>,
    encoding: &'static Encoding,
    /// The number of the first.
    base: u16,
}

/// Numbers below are names of the language itself.
const BASES: std::ops::RangeInclusive<u16> = 0x100..=0x120;

/// Identifiers read. The largest projects have some ten thousand.
const NAMES_MAX: usize = 65_536;

impl Identifiers {
    /// Finds the table; `None` where there is none, or where the version says that compiled code is not to be used.
    pub(super) fn parse(bytes: &[u8], encoding: &'static Encoding) -> Option<Identifiers> {
        const NO_VERSION: u16 = 0xffff;
        if u16_le(bytes, 2)? == NO_VERSION {
            return None;
        }
        let table = table(bytes)?;
        // The count is looked for in the few bytes in front, since what is taken for the first entry may not be it.
        let count = (4..=24).filter_map(|back| table.start.checked_sub(back)).find_map(|at| {
            let count = usize::from(u16_le(bytes, at)?);
            let last = u16_le(bytes, at.checked_sub(2)?)?;
            let base = (usize::from(last) + 1).checked_sub(table.names.len())?.try_into().ok()?;
            (count == table.entries && BASES.contains(&base)).then_some(base)
        });
        // VBA 6 begins at 0x100, VBA 7 at 0x104, its 64-bit twin at 0x107.
        let base = count.unwrap_or(*BASES.start());
        let names = table.names;
        let text = |name: &&[u8]| encoding.decode_without_bom_handling(name).0.into_owned();
        Some(Identifiers { names: names.iter().map(text).collect(), encoding, base })
    }

    /// How the project numbers its operations.
    pub(super) fn numbering(&self) -> Numbering {
        const BASE_OF_64_BIT: u16 = 0x107;
        if self.base >= BASE_OF_64_BIT { Numbering::Wide } else { Numbering::Narrow }
    }

    /// Characters of a literal.
    pub(super) fn text(&self, characters: &[u8]) -> String {
        self.encoding.decode_without_bom_handling(characters).0.into_owned()
    }

    /// The identifier that an operand of compiled code names.
    pub(super) fn name(&self, operand: u16) -> Option<&str> {
        let number = (operand >> 1).checked_sub(self.base)?;
        self.names.get(usize::from(number)).map(String::as_str)
    }
}

/// A chain of identifiers.
#[derive(Default)]
struct Table<'b> {
    start: usize,
    names: Vec<&'b [u8]>,
    /// With keywords.
    entries: usize,
}

/// The longest chain of identifiers.
fn table(bytes: &[u8]) -> Option<Table<'_>> {
    /// Every project names its host, VBA and itself.
    const NAMES_MIN: usize = 3;
    let mut passed = BTreeSet::new();
    let mut best = Table::default();
    for start in 4..bytes.len() {
        if passed.contains(&start) {
            continue;
        }
        let mut table = Table { start, ..Table::default() };
        let (mut at, mut mark) = (start, None);
        while table.entries < NAMES_MAX {
            let Some(entry) = entry(bytes, at) else { break };
            // Where a chain runs into one that was followed before, nothing longer comes.
            if !passed.insert(at) {
                break;
            }
            if entry.mark.is_some() && mark.is_some() && mark != entry.mark {
                break;
            }
            table.entries += 1;
            if entry.mark.is_some() {
                mark = entry.mark;
                table.names.push(entry.name);
            }
            at = entry.next;
        }
        if table.names.len() > best.names.len() {
            best = table;
        }
    }
    (best.names.len() >= NAMES_MIN).then_some(best)
}

struct Entry<'b> {
    name: &'b [u8],
    /// What stands behind it; a keyword has none.
    mark: Option<u8>,
    next: usize,
}

fn entry(bytes: &[u8], at: usize) -> Option<Entry<'_>> {
    let is_keyword = u16_le(bytes, at)? == 0;
    let at = if is_keyword { at + 4 } else { at };
    let (length, kind) = (usize::from(*bytes.get(at)?), *bytes.get(at + 1)?);
    let start = at + 2 + if kind & 0x80 == 0 { 0 } else { 6 };
    let next = start + length;
    let name = bytes.get(start..next)?;
    if name.is_empty() || name.iter().any(|byte| *byte <= 0x20 || *byte == 0x7f) {
        return None;
    }
    if is_keyword {
        let is_word = name.len() > 1 && name.iter().all(u8::is_ascii_alphanumeric);
        return is_word.then_some(Entry { name, mark: None, next });
    }
    match slice(bytes, next, 4) {
        [_, _, mark, 0] if *mark != 0 => Some(Entry { name, mark: Some(*mark), next: next + 4 }),
        _ => None,
    }
}

/// A stream with these identifiers, numbered as VBA 7 does, a keyword in front.
#[cfg(test)]
pub(super) fn sample(names: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0xcc, 0x61, 0x97, 0, 0, 1, 0, 0xff];
    bytes.extend((0x103 + names.len() as u16).to_le_bytes());
    bytes.extend((1 + names.len() as u16).to_le_bytes());
    bytes.extend([3, 1, 0x0c, 0x28, 0, 0]);
    bytes.extend(b"\0\0\x5e\0\x04\x80\x14\0\xff\x03\0\0Goto");
    for name in names {
        let kind: &[u8] = if *name == "Shell" { &[0x80, 0, 0, 0xff, 3, 3, 0] } else { &[0] };
        bytes.extend([&[name.len() as u8], kind, name.as_bytes(), &[1, 2, 0x10, 0]].concat());
    }
    bytes.extend([0xff; 40]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["Excel", "AutoOpen", "Shell"];

    #[test]
    fn numbers_lead_to_names() {
        let identifiers = Identifiers::parse(&sample(NAMES), encoding_rs::WINDOWS_1252).unwrap();
        assert_eq!(identifiers.name(0x104 * 2), Some("Excel"));
        assert_eq!(identifiers.name(0x106 * 2), Some("Shell"));
        assert_eq!((identifiers.name(0x107 * 2), identifiers.name(8)), (None, None));
        assert_eq!(identifiers.numbering(), Numbering::Narrow);
    }

    #[test]
    fn a_project_without_compiled_code_has_none() {
        let mut bytes = sample(NAMES);
        bytes[2..4].fill(0xff);
        assert!(Identifiers::parse(&bytes, encoding_rs::WINDOWS_1252).is_none());
        for end in 0..bytes.len() {
            let _ = Identifiers::parse(&sample(NAMES)[..end], encoding_rs::WINDOWS_1252);
        }
    }
}

//! A RAR archive → its files. RAR 1.5 to 4 and RAR 5 have headers of their own (read here) and share what follows; the
//! packed data are unpacked by a crate. Of RAR 1.4 and before only the names are read.

mod blake2sp;
mod entry;
mod headers4;
mod headers5;
mod keys;
mod old;
#[cfg(test)]
mod tests;
mod unicode_name;
mod unpack;

use crate::Unread;
use crate::open::{Hold, Look, Member};
use entry::{Content, Entry, Walked};
use keys::Ring;
use unpack::Unpacker;

/// What a note calls the format.
const FORMAT: &str = "rar";

/// What a note calls one of several files that belong together.
const SPLIT: &str = "rar: split";

/// Looks into the archive that begins with the first byte.
pub(super) fn look(look: &mut Look<'_>, bytes: &[u8], hold: Hold) {
    let mut ring = Ring::new(look.keys);
    let walked = match bytes {
        [b'R', b'E', ..] => old::walk(bytes),
        [_, _, _, _, _, _, 0, ..] => headers4::walk(bytes, &mut ring, look.budget),
        [_, _, _, _, _, _, 1, ..] => headers5::walk(bytes, &mut ring, look.budget),
        _ => Walked {
            notes: vec![(Unread::Unsupported, "rar of a later version".to_owned())],
            ..Walked::default()
        },
    };
    for (unread, detail) in &walked.notes {
        look.opened.note(*unread, detail);
    }
    if walked.opened_by.is_some() {
        look.opened.key = walked.opened_by;
    }
    let mut unpacker = Unpacker::new(ring);
    let links = Links::of(&walked.entries);
    for (at, entry) in walked.entries.iter().enumerate() {
        if !hand_out(look, &mut unpacker, entry, links.names(at, entry), hold) {
            return;
        }
    }
}

/// Whether an archive whose first header agrees with its checksum begins there.
pub(super) fn stands_at(bytes: &[u8], at: usize) -> bool {
    let archive = bytes.get(at..).unwrap_or_default();
    match archive.get(6) {
        Some(0) => headers4::begins(archive),
        Some(1) => headers5::begins(archive),
        _ => false,
    }
}

/// Hands out one entry; says whether more may follow.
fn hand_out(
    look: &mut Look<'_>,
    unpacker: &mut Unpacker<'_>,
    entry: &Entry<'_>,
    names: Vec<String>,
    hold: Hold,
) -> bool {
    match &entry.content {
        Content::Directory | Content::SameAs(_) => true,
        Content::Link(target) => look.hand(Member::whole(names, target.clone(), hold)),
        Content::Packed(_) => {
            let unpacked = unpacker.unpack(entry, look);
            if let Some((unread, detail)) = &unpacked.why {
                look.opened.note(*unread, detail);
            }
            let member = match unpacked.content {
                Some(content) => content.member(names, hold),
                None => {
                    let unread = unpacked.why.map_or(Unread::Damaged, |(unread, _)| unread);
                    Member::unread(names, entry.size_bytes.unwrap_or(0), unread, hold)
                }
            };
            look.hand(member)
        }
    }
}

/// Entries that are another name for the content of an earlier one.
struct Links {
    other_names: std::collections::BTreeMap<usize, Vec<String>>,
}

impl Links {
    fn of(entries: &[Entry<'_>]) -> Self {
        let mut by_name = std::collections::BTreeMap::new();
        let mut other_names: std::collections::BTreeMap<usize, Vec<String>> =
            std::collections::BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            match &entry.content {
                Content::SameAs(target) => {
                    if let Some(of) = by_name.get(target.as_str()) {
                        other_names.entry(*of).or_default().extend(entry.names.iter().cloned());
                    }
                }
                _ => {
                    if let Some(name) = entry.names.first() {
                        by_name.insert(name.as_str(), at);
                    }
                }
            }
        }
        Self { other_names }
    }

    fn names(&self, at: usize, entry: &Entry<'_>) -> Vec<String> {
        let others = self.other_names.get(&at).map(Vec::as_slice).unwrap_or_default();
        entry.names.iter().chain(others).cloned().collect()
    }
}

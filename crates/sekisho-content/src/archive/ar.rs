//! `ar` and `.deb` → their members (ar(5); deb(5)): headers of 60 bytes, names of GNU (`//`) and BSD (`#1/`) kind.

use super::foreign_name;
use crate::Unread;
use crate::image::disk::{Disk, Extents, Run};
use crate::number::slice;
use crate::open::{Cost, Hold, Look, Member};

const HEADER_BYTES: usize = 60;

pub(super) fn look(look: &mut Look<'_>) {
    let bytes = look.bytes;
    let mut long_names: &[u8] = &[];
    let mut at = b"!<arch>\n".len();
    while at < bytes.len() && look.pays(Cost::Work(1)) {
        let header = slice(bytes, at, HEADER_BYTES);
        let size = decimal(slice(header, 48, 10)).filter(|_| slice(header, 58, 2) == b"`\n");
        let Some(size) = size else {
            look.opened.note(Unread::Damaged, look.kind.id());
            look.hand(Member::whole(Vec::new(), slice(bytes, at, usize::MAX), Hold::Appended));
            return;
        };
        let data_at = at + HEADER_BYTES;
        at = data_at.saturating_add(size).saturating_add(size % 2);
        let data = slice(bytes, data_at, size);
        let name = slice(header, 0, 16).trim_ascii_end();
        if name == b"//" {
            long_names = data;
            continue;
        }
        if is_symbol_table(name) {
            continue;
        }
        let (name, skipped) = full_name(name, long_names, data);
        let size = size.saturating_sub(skipped) as u64;
        let run = Run::at((data_at + skipped) as u64, size);
        let mut file = Extents::new(&Disk::flat(bytes), vec![run], size);
        if !look.unpack(foreign_name::names(name), &mut file, Hold::Archived) {
            return;
        }
    }
}

/// Lists of what the members define, made by the archiver itself.
fn is_symbol_table(name: &[u8]) -> bool {
    name == b"/" || name == b"/SYM64/" || name.starts_with(b"__.SYMDEF")
}

/// The name, and the bytes of the data that it takes.
fn full_name<'a>(name: &'a [u8], long_names: &'a [u8], data: &'a [u8]) -> (&'a [u8], usize) {
    if let Some(length) = name.strip_prefix(b"#1/").and_then(decimal) {
        let stored = slice(data, 0, length);
        return (stored.split(|byte| *byte == 0).next().unwrap_or_default(), stored.len());
    }
    if let Some(offset) = name.strip_prefix(b"/").and_then(decimal) {
        let rest = slice(long_names, offset, usize::MAX);
        let long = rest.split(|byte| matches!(byte, b'\n' | 0)).next().unwrap_or_default();
        return (long.strip_suffix(b"/").unwrap_or(long), 0);
    }
    (name.strip_suffix(b"/").unwrap_or(name), 0)
}

fn decimal(field: &[u8]) -> Option<usize> {
    std::str::from_utf8(field).ok()?.trim().parse().ok()
}

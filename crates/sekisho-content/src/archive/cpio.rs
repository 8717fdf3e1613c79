//! cpio → its files: `newc` with and without checksums, `odc`, and the old binary format in either byte order
//! (cpio(5); POSIX.1-2017, `pax`, "cpio Interchange Format").

use super::foreign_name;
use crate::Unread;
use crate::image::disk::{Disk, Extents, Run};
use crate::limits::NAME_CHARACTERS_MAX;
use crate::number::slice;
use crate::open::{Cost, Hold, Look, Member};

pub(super) fn look(look: &mut Look<'_>) {
    let bytes = look.bytes;
    let mut at = 0_usize;
    let mut ended = false;
    while at < bytes.len() && look.pays(Cost::Work(1)) {
        let rest = slice(bytes, at, usize::MAX);
        let Some(entry) = Entry::parse(rest) else {
            return leave(look, rest, ended);
        };
        ended = entry.name == b"TRAILER!!!";
        at = at.saturating_add(entry.length);
        if ended {
            let zeros = slice(bytes, at, usize::MAX).iter().take_while(|byte| **byte == 0).count();
            at = at.saturating_add(zeros);
            continue;
        }
        if !entry.is_file() || entry.size == 0 && entry.is_linked {
            continue;
        }
        let run = Run::at((at - entry.length + entry.data_at) as u64, entry.size);
        let mut file = Extents::new(&Disk::flat(bytes), vec![run], entry.size);
        if !look.unpack(foreign_name::names(entry.name), &mut file, Hold::Archived) {
            return;
        }
    }
    if !ended {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
}

/// What is no entry any more: behind the last one it may be anything, before it the archive is damaged.
fn leave<'a>(look: &mut Look<'a>, rest: &'a [u8], ended: bool) {
    if !ended {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
    look.hand(Member::whole(Vec::new(), rest, Hold::Appended));
}

struct Entry<'a> {
    mode: u64,
    size: u64,
    /// Whether it has other names; the content stands with the last of them in `newc`.
    is_linked: bool,
    name: &'a [u8],
    data_at: usize,
    /// Up to the next entry.
    length: usize,
}

impl<'a> Entry<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        match bytes {
            [b'0', b'7', b'0', b'7', b'0', b'1' | b'2', ..] => Self::new_ascii(bytes),
            [b'0', b'7', b'0', b'7', b'0', b'7', ..] => Self::old_ascii(bytes),
            [0xc7, 0x71, ..] => Self::binary(bytes, u16::from_le_bytes),
            [0x71, 0xc7, ..] => Self::binary(bytes, u16::from_be_bytes),
            _ => None,
        }
    }

    /// Eight hexadecimal digits a field; names and contents end on multiples of four.
    fn new_ascii(bytes: &'a [u8]) -> Option<Self> {
        let field = |index: usize| digits(bytes.get(6 + index * 8..14 + index * 8)?, 16);
        let layout = Layout { header: 110, name: field(11)?, align: 4 };
        Self::build(bytes, field(1)?, field(6)?, field(4)?, &layout)
    }

    /// Six octal digits a field, eleven for sizes; nothing is aligned.
    fn old_ascii(bytes: &'a [u8]) -> Option<Self> {
        let field = |at: usize, length: usize| digits(bytes.get(at..at + length)?, 8);
        let layout = Layout { header: 76, name: field(59, 6)?, align: 1 };
        Self::build(bytes, field(18, 6)?, field(65, 11)?, field(36, 6)?, &layout)
    }

    /// Words of 16 bits, sizes the higher word first; names and contents end on multiples of two.
    fn binary(bytes: &'a [u8], word: fn([u8; 2]) -> u16) -> Option<Self> {
        let field = |index: usize| {
            let pair: [u8; 2] = bytes.get(index * 2..index * 2 + 2)?.try_into().ok()?;
            Some(u64::from(word(pair)))
        };
        let layout = Layout { header: 26, name: field(10)?, align: 2 };
        Self::build(bytes, field(3)?, field(11)? << 16 | field(12)?, field(6)?, &layout)
    }

    fn build(bytes: &'a [u8], mode: u64, size: u64, links: u64, layout: &Layout) -> Option<Self> {
        let name_bytes = usize::try_from(layout.name).ok()?;
        if name_bytes == 0 || name_bytes > NAME_CHARACTERS_MAX * 4 {
            return None;
        }
        let name = bytes.get(layout.header..layout.header + name_bytes)?;
        let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
        let data_at = (layout.header + name_bytes).next_multiple_of(layout.align);
        let length =
            usize::try_from(size).ok()?.checked_add(data_at)?.checked_next_multiple_of(layout.align)?;
        Some(Self { mode, size, is_linked: links > 1, name, data_at, length })
    }

    /// A link's content is its target's name; devices and folders have none.
    fn is_file(&self) -> bool {
        const KIND: u64 = 0o170_000;
        const FILE: u64 = 0o100_000;
        const OLD_FILE: u64 = 0;
        matches!(self.mode & KIND, FILE | OLD_FILE)
    }
}

struct Layout {
    header: usize,
    name: u64,
    align: usize,
}

fn digits(field: &[u8], radix: u32) -> Option<u64> {
    u64::from_str_radix(std::str::from_utf8(field).ok()?.trim(), radix).ok()
}

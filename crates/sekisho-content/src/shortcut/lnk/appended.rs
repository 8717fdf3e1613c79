//! What stands behind a shortcut's end → members: a page for `mshta`, a script, a program, a document that is shown while
//! the command does its work.

use memchr::memmem;

use crate::number::place;
use crate::open::Look;
use crate::{Cost, Hold, Kind, Member};

/// What was found behind the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// Nothing, or filling.
    Nothing,
    /// Data of this size, and what kind it is.
    Data(usize, Kind),
}

/// Fewer bytes are leftovers of the sector that a shortcut was written to.
const BYTES_MIN: usize = 16;

/// Hands out what stands behind `end`: whole, and from the first place in it where a program, page or document begins.
pub(super) fn hand(look: &mut Look<'_>, end: usize) -> Behind {
    let bytes = look.bytes;
    let behind = bytes.get(end..).unwrap_or_default();
    let Some(first) = behind.first().filter(|_| behind.len() >= BYTES_MIN) else { return Behind::Nothing };
    if behind.iter().all(|byte| byte == first) || !look.pays(Cost::Bytes(behind.len() as u64)) {
        return Behind::Nothing;
    }
    look.hand(Member::whole(Vec::new(), behind, Hold::Appended));
    let mut kind = crate::kind(behind);
    if matches!(kind, Kind::Unknown | Kind::Text)
        && let Some(start) = first_start(behind).and_then(|at| behind.get(at..))
    {
        kind = crate::kind(start);
        if look.pays(Cost::Bytes(start.len() as u64)) {
            look.hand(Member::whole(Vec::new(), start, Hold::Appended));
        }
    }
    Behind::Data(behind.len(), kind)
}

/// Where something recognisable begins.
fn first_start(bytes: &[u8]) -> Option<usize> {
    const STARTS_MAX: usize = 64;
    const STARTS: &[&[u8]] = &[
        b"PK\x03\x04",
        b"%PDF-",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c",
        b"MSCF\0\0\0\0",
        b"{\\rt",
        b"<html",
        b"<HTML",
        b"<script",
        b"<SCRIPT",
        b"<hta:",
        b"<HTA:",
        b"<?xml",
    ];
    let plain = STARTS.iter().filter_map(|start| memmem::find(bytes, start));
    let program = memmem::find_iter(bytes, b"MZ")
        .take(STARTS_MAX)
        .find(|at| is_program(bytes.get(*at..).unwrap_or_default()));
    plain.chain(program).filter(|at| *at > 0).min()
}

fn is_program(bytes: &[u8]) -> bool {
    place(bytes, 0x3c).and_then(|at| bytes.get(at..)).is_some_and(|header| header.starts_with(b"PE\0\0"))
}

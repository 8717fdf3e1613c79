//! `\1Ole` → what a linked object leads to ([MS-OLEDS] 2.3.3; monikers in [MS-OSHARED] 2.3.7).
//!
//! A link may be a moniker of monikers, so their classes are looked for wherever they stand.

use memchr::memmem;

use crate::number::{place as number, slice, u16_le, u32_le};
use crate::office::package;
use crate::office::target::{Reach, reach};
use crate::office::told::{Sign, tell};
use crate::open::Look;
use crate::{Danger, DeedKind};

/// Monikers looked at in one stream.
const MONIKERS_MAX: usize = 256;

const URL: [u8; 16] =
    [0xe0, 0xc9, 0xea, 0x79, 0xf9, 0xba, 0xce, 0x11, 0x8c, 0x82, 0x00, 0xaa, 0x00, 0x4b, 0xa9, 0x0b];
const FILE: [u8; 16] = [0x03, 0x03, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
/// Monikers that load a script or build an object of any class: what is the same in the ids of each family.
const SCRIPTS: [&[u8]; 3] = [
    &[0x0b, 0x29, 0x06, 0xaa, 0x48, 0xd2, 0x11],
    &[0xaf, 0xab, 0xec, 0x19, 0x7f, 0xd2, 0x11],
    &[0xb0, 0xab, 0xec, 0x19, 0x7f, 0xd2, 0x11],
];

/// Adds a deed for each target. Says whether the stream is of a link.
pub(super) fn look(look: &mut Look<'_>, place: &str, stream: &[u8]) -> bool {
    let mut found = false;
    for at in memmem::find_iter(stream, &URL).take(MONIKERS_MAX) {
        let length = number(stream, at + 16).unwrap_or(0);
        let target = wide(slice(stream, at + 20, length));
        found = true;
        link(look, place, "URL moniker", &target);
    }
    for at in memmem::find_iter(stream, &FILE).take(MONIKERS_MAX) {
        found = true;
        link(look, place, "File moniker", &file(stream, at + 16));
    }
    if SCRIPTS.iter().any(|class| memmem::find(stream, class).is_some()) {
        found = true;
        sign(look, place, "Script moniker", "", Danger::Dangerous);
    }
    found
}

/// Adds the deed of a linked object with this target.
pub(crate) fn link(look: &mut Look<'_>, place: &str, what: &str, target: &str) {
    let graded = package::grade("oleobject", target).map_or(Danger::Harmless, |(_, danger)| danger);
    // A link to a program or script on the own drive needs it there first; the document may have brought it.
    let script = [".sct", ".hta", ".js", ".vbs", ".exe", ".wsf", ".scr", ".ps1", ".bat", ".cmd"]
        .iter()
        .any(|end| target.to_ascii_lowercase().trim_end_matches('\0').ends_with(end));
    let danger = if reach(target) == Reach::Near && script { Danger::Active } else { graded };
    sign(look, place, what, target, danger);
}

fn sign(look: &mut Look<'_>, place: &str, does: &str, link: &str, danger: Danger) {
    tell(
        look.opened,
        &Sign { kind: DeedKind::ExternalObject, danger, place, start: "Update", does, link, string: "" },
    );
}

/// The path of a file moniker: the Unicode one where it is there, else the narrow one.
fn file(bytes: &[u8], at: usize) -> String {
    let length = number(bytes, at + 2).unwrap_or(0);
    let narrow = slice(bytes, at + 6, length);
    let behind = at.saturating_add(6).saturating_add(length);
    // End of the server's name, a version, 20 reserved bytes, then sizes and the Unicode path.
    let sizes = behind.saturating_add(24);
    if u16_le(bytes, behind.saturating_add(2)) == Some(0xdead)
        && u32_le(bytes, sizes).is_some_and(|size| size > 6)
    {
        let length = number(bytes, sizes + 4).unwrap_or(0);
        let path = wide(slice(bytes, sizes + 10, length));
        if !path.is_empty() {
            return path;
        }
    }
    super::native::decoded(narrow.split(|byte| *byte == 0).next().unwrap_or_default())
}

fn wide(bytes: &[u8]) -> String {
    const BYTES_MAX: usize = 64 * 1024;
    let text = encoding_rs::UTF_16LE.decode_without_bom_handling(slice(bytes, 0, BYTES_MAX)).0;
    text.split('\0').next().unwrap_or_default().to_owned()
}

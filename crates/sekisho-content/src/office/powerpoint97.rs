//! A PowerPoint 97 presentation → what its shapes do when they are clicked or touched, and its words ([MS-PPT] 2.6.3
//! InteractiveInfoAtom, 2.9.42 TextCharsAtom, 2.9.43 TextBytesAtom).

use super::lure;
use super::told::{Sign, tell};
use crate::limits::LURE_TEXT_BYTES_MAX;
use crate::number::{place as number, slice, u16_le};
use crate::open::Look;
use crate::{Cost, Danger, DeedKind, Kind};

const TEXT_CHARS: u16 = 0x0fa0;
const TEXT_BYTES: u16 = 0x0fa8;
const INTERACTIVE: u16 = 0x0ff2;
const INTERACTIVE_ATOM: u16 = 0x0ff3;

/// Looks at the records of a presentation.
pub(crate) fn look(look: &mut Look<'_>) {
    if look.kind != Kind::OfficePowerPoint97 {
        return;
    }
    let Some(compound) = look.compound() else { return };
    match compound.stream("PowerPoint Document", look.budget) {
        Some(Ok(stream)) => records(look, &stream.bytes),
        Some(Err(unread)) => look.opened.note(unread, "PowerPoint Document"),
        None => {}
    }
}

/// Containers are entered, atoms looked at: one walk from the first byte to the last, whatever sizes say.
fn records(look: &mut Look<'_>, stream: &[u8]) {
    let mut words = String::new();
    let (mut at, mut hovers) = (0_usize, false);
    while let (Some(version), Some(kind), Some(length)) =
        (u16_le(stream, at), u16_le(stream, at + 2), number(stream, at + 4))
    {
        if !look.pays(Cost::Work(1)) {
            return;
        }
        let body = slice(stream, at + 8, length);
        let is_container = version & 0x0f == 0x0f;
        match kind {
            INTERACTIVE => hovers = version >> 4 == 1,
            INTERACTIVE_ATOM => action(look, body, hovers),
            TEXT_CHARS if words.len() + body.len() * 2 < LURE_TEXT_BYTES_MAX => {
                words.push_str(&encoding_rs::UTF_16LE.decode_without_bom_handling(body).0);
                words.push('\n');
            }
            TEXT_BYTES if words.len() + body.len() * 2 < LURE_TEXT_BYTES_MAX => {
                words.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(body).0);
                words.push('\n');
            }
            _ => {}
        }
        let step = if is_container { 8 } else { length.saturating_add(8) };
        at = at.saturating_add(step);
    }
    lure::judge(&words, look.opened);
}

fn action(look: &mut Look<'_>, body: &[u8], hovers: bool) {
    const MACRO: u8 = 1;
    const PROGRAM: u8 = 2;
    const OBJECT: u8 = 5;
    let (does, danger) = match (body.get(8), hovers) {
        (Some(&PROGRAM), true) => ("program", Danger::Dangerous),
        (Some(&PROGRAM), false) => ("program", Danger::Active),
        (Some(&MACRO), true) => ("macro", Danger::Active),
        (Some(&OBJECT), true) => ("ole", Danger::Active),
        _ => return,
    };
    let start = if hovers { "hover" } else { "click" };
    tell(
        look.opened,
        &Sign {
            kind: DeedKind::Command,
            danger,
            place: "PowerPoint Document",
            start,
            does,
            link: "",
            string: "",
        },
    );
}

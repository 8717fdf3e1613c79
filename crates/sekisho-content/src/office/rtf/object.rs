//! The data of an object in rich text → what it holds or leads to ([MS-OLEDS] 2.2.4 to 2.2.6, the headers of OLE 1.0).

use memchr::memmem;

use crate::number::{place as number, slice, u32_le};
use crate::office::classes::{self, Role};
use crate::office::compound::{Compound, SIGNATURE};
use crate::office::{dde, objects};
use crate::open::{Hold, Look, Member};
use crate::{Danger, Family, Kind, Unread};

/// What an OLE 1.0 header says.
enum Header<'b> {
    /// A class and the data of its program.
    Embedded(String, &'b [u8]),
    /// A class and the path of what is linked.
    Linked(String, String),
}

/// Looks at one object: `class` is what the text around it says it is.
pub(super) fn look(look: &mut Look<'_>, place: &str, class: &str, data: &[u8]) {
    match Header::parse(data) {
        Some(Header::Linked(stated, target)) => {
            if dde::is_started_program(&stated) {
                dde::judge(place, "Open", &stated, &target, look.opened);
            } else {
                objects::link(look, place, &stated, &target);
            }
        }
        Some(Header::Embedded(stated, native)) => {
            let class = if stated.trim().is_empty() { class } else { &stated };
            embedded(look, place, class, native);
        }
        None => match memmem::find(data, &SIGNATURE) {
            Some(at) => embedded(look, place, class, data.get(at..).unwrap_or_default()),
            None if data.is_empty() && class.is_empty() => {}
            None => {
                known_class(look, place, class, data);
                look.opened.note(Unread::Damaged, place);
            }
        },
    }
}

fn embedded(look: &mut Look<'_>, place: &str, class: &str, native: &[u8]) {
    let is_compound = native.starts_with(&SIGNATURE);
    let known = known_class(look, place, class, native);
    if is_compound {
        // In rich text, a class that forms may have elsewhere is only there to be attacked.
        let root = Compound::parse(native).and_then(|compound| classes::by_id(&compound.root()?.class));
        if let Some(class) = root.filter(|class| class.role == Role::Attacked) {
            objects::attacked(look, place, class, Danger::Dangerous);
        }
        objects::object(look, place, native);
        return;
    }
    match known {
        Some(Role::Package) => objects::package(look, place, native),
        // Their data hold nothing but what their class does with them.
        Some(Role::Equation | Role::Attacked | Role::Loader) => {}
        _ => raw(look, place, native),
    }
}

/// What the class alone tells.
fn known_class(look: &mut Look<'_>, place: &str, class: &str, native: &[u8]) -> Option<Role> {
    let class = classes::by_name(class)?;
    match class.role {
        Role::Equation if !native.starts_with(&SIGNATURE) => objects::equation_data(look, place, native),
        Role::Attacked | Role::Loader => objects::attacked(look, place, class, Danger::Dangerous),
        Role::Player => objects::attacked(look, place, class, Danger::Active),
        _ => {}
    }
    Some(class.role)
}

/// Data that are a file: pictures of the painting programs are shown, everything else is handed out.
fn raw(look: &mut Look<'_>, place: &str, native: &[u8]) {
    let kind = crate::kind(native);
    let picture = kind.family() == Family::Image || u32_le(native, 0) == Some(40);
    if native.is_empty() || picture {
        return;
    }
    let extension =
        if kind == Kind::Unknown { "bin" } else { kind.extensions().first().copied().unwrap_or("bin") };
    look.hand(Member::whole(vec![format!("{place}.{extension}")], native, Hold::Embedded));
}

impl<'b> Header<'b> {
    /// Version, 1 for linked or 2 for embedded, class, topic and item; then, embedded, the size of the data. Word does
    /// not look at the version.
    fn parse(data: &'b [u8]) -> Option<Header<'b>> {
        let format = u32_le(data, 4)?;
        let (class, at) = string(data, 8)?;
        let (topic, at) = string(data, at)?;
        let (_, at) = string(data, at)?;
        match format {
            1 => Some(Header::Linked(class, topic)),
            2 => {
                let size = number(data, at)?;
                Some(Header::Embedded(class, slice(data, at.checked_add(4)?, size)))
            }
            _ => None,
        }
    }
}

/// A string behind its length, the closing zero counted.
fn string(data: &[u8], at: usize) -> Option<(String, usize)> {
    const STRING_BYTES_MAX: usize = 4096;
    let length = number(data, at).filter(|length| *length <= STRING_BYTES_MAX)?;
    let text = slice(data, at.checked_add(4)?, length);
    let text = text.split(|byte| *byte == 0).next().unwrap_or_default();
    Some((objects::decoded(text), at + 4 + length))
}

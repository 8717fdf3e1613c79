//! Objects in a compound file → what they hold, what they lead to, and whether their class is attacked ([MS-OLEDS],
//! [MS-DOC] ObjectPool, [MS-XLS] 2.1.7.2 `MBD` storages, [MS-PPT] 2.10.34).
//!
//! A packed file or a document of its own is handed out as a member, for its own opening; links and classes are deeds.

mod embedded;
mod equation;
mod moniker;
mod native;
mod slides;

use super::classes::{self, Class, Role};
use super::compound::{Compound, Entry, Object, Reach, SIGNATURE, State};
use super::encoded;
use super::told::{Sign, tell};
use crate::number::u32_le;
use crate::open::{Hold, Look, Member};
use crate::{Cost, Danger, DeedKind, Family, Kind, Unread};

pub(crate) use moniker::link;
pub(crate) use native::{decoded, package};

/// Looks at the objects of a compound file.
pub(crate) fn look(look: &mut Look<'_>) {
    if look.kind == Kind::OfficeActiveMime {
        if saved_objects(look, "", look.bytes).is_none() {
            look.opened.note(Unread::Unsupported, look.kind.id());
        }
        return;
    }
    if !look.bytes.starts_with(&SIGNATURE) || !holds_objects(look.kind) {
        return;
    }
    let Some(compound) = look.compound() else { return };
    let known = inside(look, "", &compound);
    whole(look, &compound);
    if look.kind == Kind::Ole && known == Known::Nothing && !holds_macros(&compound) {
        look.opened.note(Unread::Unsupported, look.kind.id());
    }
}

/// A document must have the stream that makes it one, and all bytes of its streams: what is cut off was not looked at.
fn whole(look: &mut Look<'_>, compound: &Compound<'_>) {
    let main: &[&str] = match look.kind {
        Kind::OfficeWord97 => &["WordDocument"],
        Kind::OfficeExcel97 | Kind::OfficeExcelAddIn97 => &["Workbook", "Book"],
        Kind::OfficePowerPoint97 => &["PowerPoint Document", "PP97_DUALSTORAGE"],
        _ => &[],
    };
    if !main.is_empty() && main.iter().all(|name| compound.find(name).is_none()) {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
    for entry in compound.entries().iter().filter(|entry| entry.object == Object::Stream) {
        match compound.state(entry, look.budget) {
            Ok(State::Mended) if entry.reach == Reach::Tree => {
                look.opened.note(Unread::Damaged, &joined("", &entry.path));
            }
            Ok(_) => {}
            Err(unread) => {
                look.opened.note(unread, &joined("", &entry.path));
                return;
            }
        }
    }
}

/// Compound files that are documents; mails, installers and small databases of thumbnails have other readers or none.
fn holds_objects(kind: Kind) -> bool {
    !matches!(kind, Kind::OutlookMsg | Kind::Msi | Kind::OfficeEncrypted)
}

/// Looks at an object that was found in a document: a compound file. Says whether more may follow.
///
/// A document of its own is handed out whole; of a mere object, what is in it.
pub(crate) fn object(look: &mut Look<'_>, place: &str, bytes: &[u8]) -> bool {
    let Some(compound) = Compound::parse(bytes) else {
        look.opened.note(Unread::Damaged, place);
        return true;
    };
    if compound.entries().iter().all(|entry| entry.object != Object::Stream) {
        return true;
    }
    if crate::kind(bytes) == Kind::Ole {
        let known = inside(look, place, &compound);
        // The project of macros itself is the business of their reader.
        if known == Known::Something || holds_macros(&compound) {
            return true;
        }
    }
    let name = place.rsplit('/').next().unwrap_or(place);
    look.hand(Member::whole(vec![named(name, bytes)], bytes, Hold::Embedded))
}

/// A name for what has none of its own: where it stands, with the extension of what it is.
fn named(name: &str, bytes: &[u8]) -> String {
    let kind = crate::kind(bytes);
    match kind.extensions().first() {
        Some(extension) if kind != Kind::Ole && !name.contains('.') => format!("{name}.{extension}"),
        _ => name.to_owned(),
    }
}

/// Whether it is a project of macros, or has one.
fn holds_macros(compound: &Compound<'_>) -> bool {
    compound.find("VBA/dir").is_some()
}

/// Whether anything in a compound file was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    Something,
    Nothing,
}

/// Goes through all entries, wherever the tree of names leads.
fn inside(look: &mut Look<'_>, place: &str, compound: &Compound<'_>) -> Known {
    let mut known = Known::Nothing;
    let documents = embedded::documents(look, compound);
    for entry in compound.entries() {
        let at = joined(place, &entry.path);
        if documents.iter().any(|storage| is_below(&entry.path, storage)) {
            continue;
        }
        let understood = match entry.object {
            Object::Root | Object::Storage => class(look, &at, compound, entry),
            Object::Stream => stream(look, &at, compound, entry),
        };
        if understood {
            known = Known::Something;
        }
    }
    for storage in documents {
        known = Known::Something;
        if !embedded::hand(look, compound, &storage, &joined(place, &storage)) {
            break;
        }
    }
    known
}

fn joined(place: &str, path: &str) -> String {
    let path: String = path.chars().filter(|c| !c.is_control()).collect();
    match (place, path.as_str()) {
        ("", _) => path,
        (place, "") => place.to_owned(),
        (place, path) => format!("{place}/{path}"),
    }
}

fn is_below(path: &str, storage: &str) -> bool {
    path.strip_prefix(storage).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The class of a storage. Says whether that is all there is to know of it.
fn class(look: &mut Look<'_>, place: &str, compound: &Compound<'_>, entry: &Entry) -> bool {
    let Some(class) = classes::by_id(&entry.class) else { return false };
    match class.role {
        Role::Form | Role::Package | Role::Moniker => false,
        Role::Player | Role::Attacked | Role::Loader => {
            attacked(look, place, class, class.danger());
            true
        }
        Role::Equation => {
            // Its data, in one stream or the other, tell more.
            let root = entry.object == Object::Root;
            let prefix = if root { String::new() } else { format!("{}/", entry.path) };
            let has = |name: &str| compound.find(&format!("{prefix}{name}")).is_some();
            // A search goes through the whole directory.
            if !look.pays(Cost::Work(compound.entries().len() as u64)) {
                return true;
            }
            has("Equation Native") || has("\u{1}Ole10Native")
        }
    }
}

/// Adds an object of a class that is attacked.
pub(crate) fn attacked(look: &mut Look<'_>, place: &str, class: Class, danger: Danger) {
    tell(
        look.opened,
        &Sign {
            kind: DeedKind::AttackedObject,
            danger,
            place,
            start: "",
            does: class.name,
            link: "",
            string: "",
        },
    );
}

/// Judges the data of an equation, as the stream or the native data of an older object.
pub(crate) fn equation_data(look: &mut Look<'_>, place: &str, bytes: &[u8]) {
    let told = equation::judge(bytes);
    tell(
        look.opened,
        &Sign {
            kind: DeedKind::AttackedObject,
            danger: told.danger,
            place,
            start: "",
            does: "Equation",
            link: "",
            string: &told.why,
        },
    );
}

/// A stream with a name that objects use. Says whether it was understood.
fn stream(look: &mut Look<'_>, place: &str, compound: &Compound<'_>, entry: &Entry) -> bool {
    let name = entry.key.trim_start_matches(char::is_control);
    let marked = entry.key.starts_with(char::is_control);
    let wanted = match name {
        "ole10native" | "ole" if marked => true,
        "equation native"
        | "contents"
        | "package"
        | "package_stream"
        | "powerpoint document"
        | "embeddedodf" => true,
        _ if is_saved_object(name) => true,
        _ => false,
    };
    if !wanted {
        return false;
    }
    let content = match compound.read(entry, look.budget) {
        Ok(content) => content,
        Err(unread) => {
            look.opened.note(unread, place);
            return true;
        }
    };
    if content.state == State::Mended {
        look.opened.note(Unread::Damaged, place);
    }
    match name {
        "ole10native" if is_in_equation(look, compound, entry) => {
            let native = content.bytes.get(4..).unwrap_or_default();
            equation_data(look, place, native);
            // What only says that it is an equation may be a file all the same.
            equation::is_one(native) || native::look(look, place, &content.bytes)
        }
        "ole10native" => native::look(look, place, &content.bytes),
        "ole" => moniker::look(look, place, &content.bytes),
        "equation native" => {
            equation_data(look, place, &content.bytes);
            true
        }
        "powerpoint document" => slides::look(look, place, &content.bytes),
        _ if is_saved_object(name) => saved(look, place, &content.bytes),
        _ => file(look, place, &content.bytes),
    }
}

/// Whether a stream stands in a storage of the equation editor.
fn is_in_equation(look: &mut Look<'_>, compound: &Compound<'_>, entry: &Entry) -> bool {
    if !look.pays(Cost::Work(compound.entries().len() as u64)) {
        return false;
    }
    let storage = match entry.path.rsplit_once('/') {
        Some((storage, _)) => compound.find(storage),
        None => compound.root(),
    };
    storage
        .and_then(|storage| classes::by_id(&storage.class))
        .is_some_and(|class| class.role == Role::Equation)
}

/// `_1577691300` is where a document saved as XML or as a page keeps an object.
fn is_saved_object(name: &str) -> bool {
    name.strip_prefix('_')
        .is_some_and(|digits| digits.len() > 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A compound file, plain or deflated behind its size. Says whether it is one.
fn saved(look: &mut Look<'_>, place: &str, bytes: &[u8]) -> bool {
    if bytes.starts_with(&SIGNATURE) {
        object(look, place, bytes);
        return true;
    }
    let is_deflated = bytes.get(4) == Some(&0x78);
    is_deflated && behind_its_size(look, place, bytes).is_some()
}

/// A compound file deflated behind its size: whether more may follow; `None` where it is something else.
fn behind_its_size(look: &mut Look<'_>, place: &str, bytes: &[u8]) -> Option<bool> {
    deflated(look, place, bytes.get(4..)?, u32_le(bytes, 0)?)
}

/// A compound file in a zlib stream: whether more may follow; `None` where it holds something else.
fn deflated(look: &mut Look<'_>, place: &str, zlib: &[u8], stated_bytes: u32) -> Option<bool> {
    if !encoded::begins(zlib, &SIGNATURE) {
        return None;
    }
    let content = encoded::inflated(zlib, stated_bytes, look.budget);
    if let Some(unread) = content.unread {
        look.opened.note(unread, place);
    }
    Some(object(look, place, &content.bytes))
}

/// The objects of a saved document as ActiveMime, a compound file with one storage an object: whether more may follow;
/// `None` where it holds something else.
pub(crate) fn saved_objects(look: &mut Look<'_>, place: &str, bytes: &[u8]) -> Option<bool> {
    let Some(zlib) = encoded::active_mime(bytes) else {
        let place = if place.is_empty() { look.kind.id() } else { place };
        look.opened.note(Unread::Damaged, place);
        return Some(true);
    };
    // Nothing states its size; the compound file knows what it lacks.
    deflated(look, place, zlib, 0)
}

/// A stream that is a file of another program: a package of Office, a PDF. Says whether it is one.
fn file(look: &mut Look<'_>, place: &str, bytes: &[u8]) -> bool {
    let kind = crate::kind(bytes);
    if matches!(kind, Kind::Unknown | Kind::Text | Kind::Empty) {
        return false;
    }
    if kind.family() == Family::Image {
        return true;
    }
    let name = place.rsplit('/').next().unwrap_or(place);
    look.hand(Member::whole(vec![named(name, bytes)], bytes, Hold::Embedded));
    true
}

#[cfg(test)]
mod tests;

//! A ZIP archive → its members, as programs that believe the directory and programs that believe the local headers see
//! them (PKWARE APPNOTE). A file that another archive is appended to hands that archive out.

mod content;
mod traditional;
mod winzip;

use crate::office::compound;
use crate::open::{Hold, Look, Member};
use crate::recognise::package;
use crate::zip::{Member as Entry, Zip};
use crate::{Family, Kind, Unread};
use content::{Content, Passwords};

/// Hands out the members of an archive: of those that people unpack, and of packages whose members are files of any
/// kind. Packages of programs (JAR, APK, IPA) are judged by being programs.
pub(super) fn look(look: &mut Look<'_>) {
    let zip = Zip::read(look.bytes);
    note_faults(&zip, look);
    members(&zip, look);
}

/// The archive is one volume of several, and the others are not here.
const SPLIT: &str = "split";

fn note_faults(zip: &Zip<'_>, look: &mut Look<'_>) {
    let faults = [
        (zip.faults.is_split, Unread::Unsupported, SPLIT),
        (
            zip.faults.is_damaged && !zip.faults.is_split && !zip.faults.is_masked,
            Unread::Damaged,
            "directory",
        ),
        (zip.faults.is_masked, Unread::Locked, "directory"),
        (zip.faults.is_cut, Unread::TooLarge, "members"),
    ];
    for (is_there, unread, detail) in faults {
        if is_there {
            look.opened.note(unread, detail);
        }
    }
}

fn members(zip: &Zip<'_>, look: &mut Look<'_>) {
    let mut passwords = Passwords::of(look.keys);
    for entry in zip.members.iter().filter(|entry| !entry.is_folder()) {
        if !member(zip, entry, &mut passwords, look) {
            return;
        }
    }
}

/// Hands out a member in each way that programs would read it; says whether more may follow.
fn member(zip: &Zip<'_>, entry: &Entry, passwords: &mut Passwords, look: &mut Look<'_>) -> bool {
    // A folder's name with a content is a file to programs that write what they read.
    let names: Vec<String> =
        zip.names(entry).iter().map(|name| name.trim_end_matches('/').to_owned()).collect();
    let readings = zip.readings(entry);
    if readings.is_empty() {
        let is_elsewhere = zip.faults.is_split;
        let unread = if is_elsewhere { Unread::Unsupported } else { Unread::Damaged };
        note_first(look, unread, if is_elsewhere { SPLIT } else { &entry.name });
        return look.hand(Member::unread(names, entry.stated_bytes(), unread, Hold::Archived));
    }
    let mut first: Option<(u32, u64)> = None;
    for reading in readings {
        let content = Content::read(&reading, passwords, look);
        let seen = (content.crc, content.size_bytes());
        let is_empty = seen.1 == 0 && content.unread().is_none();
        if first.is_some_and(|first| first == seen || is_empty) {
            continue;
        }
        first.get_or_insert(seen);
        if content.is_derivation_out {
            look.opened.note(Unread::Locked, "derivation");
        } else if let Some(unread) = content.unread() {
            note_first(look, unread, content.detail(&reading, &entry.name).as_str());
        }
        let hidden = content.hidden.and_then(|at| reading.packed.get(at..));
        let hidden = hidden.map(|hidden| Member::whole(Vec::new(), hidden, Hold::Appended));
        if !look.hand(content.member(names.clone(), reading.header.size)) {
            return false;
        }
        if hidden.is_some_and(|hidden| !look.hand(hidden)) {
            return false;
        }
    }
    true
}

/// Notes the first member that is unread for a reason; the others say so themselves.
fn note_first(look: &mut Look<'_>, unread: Unread, detail: &str) {
    if !look.opened.unread.iter().any(|(known, _)| *known == unread) {
        look.opened.note(unread, detail);
    }
}

/// An archive behind the end of another file: a program that unpacks itself, or a picture that is an archive as well.
/// It is handed out as a file, since it may be the package of a document.
pub(super) fn look_behind(look: &mut Look<'_>) {
    if Zip::is_at_start(look.bytes) || look.kind == Kind::BrowserExtension {
        return;
    }
    let Some(zip) = Zip::behind_prefix(look.bytes) else { return };
    let Some(range) = zip.listed.clone().filter(|range| range.start > 0) else { return };
    let behind = look.bytes.len().saturating_sub(range.end);
    if behind > trailing_bytes_max(look) || package::kind(&zip) == look.kind {
        return;
    }
    if let Some(archive) = look.bytes.get(range.start..).filter(|archive| archive.len() > look.appended_bytes)
    {
        look.hand(Member::whole(Vec::new(), archive, Hold::Appended));
    }
}

/// Bytes that may follow an appended archive (signatures, the trailer of a PDF). What holds files itself may keep an
/// archive near its end as one of them.
fn trailing_bytes_max(look: &Look<'_>) -> usize {
    const TRAILER_BYTES_MAX: usize = 64 * 1024;
    let holds_files = matches!(
        look.kind.family(),
        Family::Archive | Family::DiskImage | Family::Installer | Family::Mail | Family::Data
    );
    if holds_files || look.bytes.starts_with(&compound::SIGNATURE) { 0 } else { TRAILER_BYTES_MAX }
}

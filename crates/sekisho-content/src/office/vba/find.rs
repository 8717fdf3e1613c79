//! A document → the compound files in it that may hold a VBA project: the file itself, members of its package under
//! any name, objects of a PowerPoint document ([MS-PPT] 2.10.34), and those that XML or a saved page keeps in base64,
//! plain or as ActiveMime.

use memchr::memmem;

use crate::number::{slice, u32_le};
use crate::office::compound::{Compound, SIGNATURE};
use crate::office::encoded::{self, ACTIVE_MIME};
use crate::open::Look;
use crate::{Cost, Unread, base64};

type See<'s> = &'s mut dyn FnMut(&mut Look<'_>, &str, &Compound<'_>);

/// Hands out every compound file, with its place.
pub(super) fn compounds(look: &mut Look<'_>, see: See<'_>) {
    let bytes = look.bytes;
    if let Some(compound) = look.compound() {
        whole("", &compound, look, see);
    } else if let Some(zip) = look.package() {
        for (at, member) in zip.members.iter().enumerate() {
            if !zip.start(at).is_some_and(|start| start.bytes.starts_with(&SIGNATURE)) {
                continue;
            }
            match zip.unpack(at, look.budget) {
                Ok(content) => parsed(&member.name, &content, look, see),
                Err(unread) => look.opened.note(unread, &member.name),
            }
        }
    } else if bytes.starts_with(ACTIVE_MIME) {
        active_mime("", bytes, look, see);
    } else {
        in_text(bytes, look, see);
    }
}

fn parsed(place: &str, bytes: &[u8], look: &mut Look<'_>, see: See<'_>) {
    if let Some(compound) = Compound::parse(bytes) {
        whole(place, &compound, look, see);
    }
}

fn whole(place: &str, compound: &Compound<'_>, look: &mut Look<'_>, see: See<'_>) {
    see(look, place, compound);
    if let Some(Ok(slides)) = compound.stream("PowerPoint Document", look.budget) {
        in_slides(&slides.bytes, look, see);
    }
}

/// Objects of slides are records of type 0x1011, instance 1 where they are deflated behind their size.
fn in_slides(slides: &[u8], look: &mut Look<'_>, see: See<'_>) {
    for at in memmem::find_iter(slides, &[0x11, 0x10]).take(OBJECTS_MAX) {
        let Some(size) = u32_le(slides, at + 2).and_then(|size| usize::try_from(size).ok()) else { continue };
        let content = slice(slides, at + 6, size);
        if content.starts_with(&SIGNATURE) {
            if look.budget.pay(Cost::Bytes(content.len() as u64)).is_err() {
                look.opened.note(Unread::TooLarge, "PowerPoint Document");
                return;
            }
            if let Some(compound) = Compound::parse(content) {
                see(look, "PowerPoint Document", &compound);
            }
        } else if content.get(4) == Some(&0x78) {
            let (zlib, stated) = (content.get(4..).unwrap_or_default(), u32_le(content, 0).unwrap_or(0));
            if encoded::begins(zlib, &SIGNATURE) {
                inflated("PowerPoint Document", zlib, stated, look, see);
            }
        }
    }
}

/// Objects looked at in one text or slide show.
const OBJECTS_MAX: usize = 4096;

/// The objects that a saved document keeps, in one compound file.
fn active_mime(place: &str, bytes: &[u8], look: &mut Look<'_>, see: See<'_>) {
    match encoded::active_mime(bytes).filter(|zlib| encoded::begins(zlib, &SIGNATURE)) {
        Some(zlib) => inflated(place, zlib, 0, look, see),
        None => look.opened.note(Unread::Damaged, "ActiveMime"),
    }
}

/// A compound file out of a zlib stream; a damaged end loses only the end.
fn inflated(place: &str, zlib: &[u8], stated_bytes: u32, look: &mut Look<'_>, see: See<'_>) {
    let content = encoded::inflated(zlib, stated_bytes, look.budget);
    if let Some(unread) = content.unread {
        look.opened.note(unread, place);
    }
    if let Some(compound) = Compound::parse(&content.bytes) {
        see(look, place, &compound);
    }
}

/// Base64 of a compound file or of ActiveMime, wherever it stands in a text.
fn in_text(bytes: &[u8], look: &mut Look<'_>, see: See<'_>) {
    for mark in [&b"0M8R4KGxGuE"[..], b"QWN0aXZlTWltZ"] {
        for at in memmem::find_iter(bytes, mark).take(OBJECTS_MAX) {
            let text = bytes.get(at..).unwrap_or_default();
            if look.budget.pay(Cost::Bytes(base64::beginning(text).len() as u64)).is_err() {
                look.opened.note(Unread::TooLarge, "base64");
                return;
            }
            let content = base64::decode(base64::beginning(text));
            if content.starts_with(ACTIVE_MIME) {
                active_mime("base64", &content, look, see);
            } else {
                parsed("base64", &content, look, see);
            }
        }
    }
}

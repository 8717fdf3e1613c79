//! A document → the compound files in it that may hold a VBA project: the file itself, members of its package under
//! any name, objects of a PowerPoint document ([MS-PPT] 2.10.34), and those that XML or a saved page keeps in base64,
//! plain or as ActiveMime.

use std::io::Read;

use memchr::memmem;

use crate::number::{slice, u32_le};
use crate::office::compound::{Compound, SIGNATURE};
use crate::open::{Budget, Opened};
use crate::zip::Zip;
use crate::{Cost, Unread, base64};

type See<'s> = &'s mut dyn FnMut(&str, &Compound<'_>, &mut Budget, &mut Opened);

/// Hands out every compound file, with its place.
pub(super) fn compounds(bytes: &[u8], budget: &mut Budget, opened: &mut Opened, see: See<'_>) {
    if bytes.starts_with(&SIGNATURE) {
        whole("", bytes, budget, opened, see);
    } else if let Some(zip) = Zip::at_start(bytes).or_else(|| Zip::behind_prefix(bytes)) {
        for member in &zip.members {
            if !zip.beginning(member, SIGNATURE.len()).starts_with(&SIGNATURE) {
                continue;
            }
            match zip.unpack(member, budget) {
                Ok(content) => whole(&member.name, &content, budget, opened, see),
                Err(unread) => opened.note(unread, &member.name),
            }
        }
    } else if bytes.starts_with(ACTIVE_MIME) {
        active_mime("", bytes, budget, opened, see);
    } else {
        in_text(bytes, budget, opened, see);
    }
}

fn whole(place: &str, bytes: &[u8], budget: &mut Budget, opened: &mut Opened, see: See<'_>) {
    let Some(compound) = Compound::parse(bytes) else { return };
    see(place, &compound, budget, opened);
    if let Some(Ok(slides)) = compound.stream("PowerPoint Document", budget) {
        in_slides(&slides.bytes, budget, opened, see);
    }
}

/// Objects of slides are records of type 0x1011, instance 1 where they are deflated behind their size.
fn in_slides(slides: &[u8], budget: &mut Budget, opened: &mut Opened, see: See<'_>) {
    for at in memmem::find_iter(slides, &[0x11, 0x10]).take(OBJECTS_MAX) {
        let Some(size) = u32_le(slides, at + 2).and_then(|size| usize::try_from(size).ok()) else { continue };
        let content = slice(slides, at + 6, size);
        if content.starts_with(&SIGNATURE) {
            if budget.pay(Cost::Bytes(content.len() as u64)).is_err() {
                opened.note(Unread::TooLarge, "PowerPoint Document");
                return;
            }
            if let Some(compound) = Compound::parse(content) {
                see("PowerPoint Document", &compound, budget, opened);
            }
        } else if content.get(4) == Some(&0x78) {
            let deflated = content.get(4..).unwrap_or_default();
            inflated("PowerPoint Document", deflated, budget, opened, see);
        }
    }
}

/// Objects looked at in one text or slide show.
const OBJECTS_MAX: usize = 4096;

const ACTIVE_MIME: &[u8] = b"ActiveMime";

/// An ActiveMime file: a header of varying length, then a zlib stream.
fn active_mime(place: &str, bytes: &[u8], budget: &mut Budget, opened: &mut Opened, see: See<'_>) {
    const HEADER_BYTES_MAX: usize = 1024;
    let head = slice(bytes, 0, HEADER_BYTES_MAX);
    for at in memchr::memchr_iter(0x78, head) {
        let start = bytes.get(at..).unwrap_or_default();
        if matches!(start.get(1), Some(0x01 | 0x5e | 0x9c | 0xda))
            && inflated(place, start, budget, opened, see)
        {
            return;
        }
    }
    opened.note(Unread::Damaged, "ActiveMime");
}

/// Whether a compound file came out.
fn inflated(place: &str, zlib: &[u8], budget: &mut Budget, opened: &mut Opened, see: See<'_>) -> bool {
    let mut first = Vec::new();
    let _ = flate2::read::ZlibDecoder::new(zlib).take(8).read_to_end(&mut first);
    if !first.starts_with(&SIGNATURE) {
        return false;
    }
    let mut content = Vec::new();
    let mut decoder = flate2::read::ZlibDecoder::new(zlib);
    if let Err(unread) = paid(&mut decoder, &mut content, budget) {
        opened.note(unread, place);
    }
    if let Some(compound) = Compound::parse(&content) {
        see(place, &compound, budget, opened);
    }
    true
}

/// Reads to the end, each step paid before it is taken; a damaged end loses only the end.
pub(crate) fn paid(from: &mut impl Read, into: &mut Vec<u8>, budget: &mut Budget) -> Result<(), Unread> {
    const STEP_BYTES: u64 = 64 * 1024;
    loop {
        budget.pay(Cost::Bytes(STEP_BYTES)).map_err(|_| Unread::TooLarge)?;
        let step = from.by_ref().take(STEP_BYTES).read_to_end(into);
        match step {
            Ok(read) if read as u64 == STEP_BYTES => {}
            _ => return Ok(()),
        }
    }
}

/// Base64 of a compound file or of ActiveMime, wherever it stands in a text.
fn in_text(bytes: &[u8], budget: &mut Budget, opened: &mut Opened, see: See<'_>) {
    for mark in [&b"0M8R4KGxGuE"[..], b"QWN0aXZlTWltZ"] {
        for at in memmem::find_iter(bytes, mark).take(OBJECTS_MAX) {
            let text = bytes.get(at..).unwrap_or_default();
            if budget.pay(Cost::Bytes(base64::beginning(text).len() as u64)).is_err() {
                opened.note(Unread::TooLarge, "base64");
                return;
            }
            let content = base64::decode(base64::beginning(text));
            if content.starts_with(ACTIVE_MIME) {
                active_mime("base64", &content, budget, opened, see);
            } else {
                whole("base64", &content, budget, opened, see);
            }
        }
    }
}

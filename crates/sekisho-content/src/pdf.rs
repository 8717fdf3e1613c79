//! PDF documents and forms → the files in them and what they do when they are opened (ISO 32000-1 and -2).
//!
//! Nothing is drawn: pages and pictures are not decoded.

mod crypt;
mod deeds;
mod file;
mod filter;
mod images;
mod links;
mod object;
mod script;
#[cfg(test)]
mod tests;
mod text;
mod walk;
mod xfa;

use std::io::Read;

use memchr::memmem;

use crate::limits::{PDF_APPENDED_BYTES_MIN, PDF_SCRIPT_BYTES_MAX};
use crate::open::{Budget, Deeds, Done, Hold, Look, Member, Unpacked};
use crate::page::constants::{Base64, Stream};
use crate::{Danger, DeedKind, Kind, Opened, Unread};
use crypt::Cipher;
use deeds::Script;
use file::Document;
use links::is_remote;
use object::{Dictionary, Object};
use walk::Met;

/// Looks at a PDF.
pub(crate) fn look(look: &mut Look<'_>) {
    match look.kind {
        Kind::Pdf => document(look),
        Kind::PdfForm => form(look),
        _ => {}
    }
}

/// Whether all that can hide in this kind is looked at here.
pub(crate) fn reads(kind: Kind) -> bool {
    matches!(kind, Kind::Pdf | Kind::PdfForm)
}

fn document(look: &mut Look<'_>) {
    let mut document = Document::find(look.bytes, look.budget, look.opened);
    document.cipher = Cipher::of(&document, look.keys, look.budget, look.opened);
    document.unpack(look.budget, look.opened);
    let is_data = look.bytes.starts_with(b"%FDF-");
    if document.definitions.is_empty() || !(document.is_whole() || is_data) {
        look.opened.note(Unread::Damaged, "pdf");
    }
    let met = walk::walk(&document, look.budget, look.opened);
    let mut deeds = Deeds::default();
    let mut all_scripts = scripts(&document, &met, look.budget, look.opened);
    if document.cipher.as_ref().is_some_and(Cipher::is_locked) {
        locked(&mut all_scripts, &mut deeds);
    }
    for action in met.actions.values() {
        deeds::action(&document, action, &mut deeds);
    }
    for (at, value) in met.forms.iter().enumerate() {
        let xml = form_text(&document, value, look.budget, look.opened);
        let form = xfa::read(&xml, &format!("form {}", at + 1));
        tell_form(&form, &mut deeds);
        all_scripts.extend(form.scripts);
    }
    deeds::scripts(&all_scripts, &mut deeds, look.budget, look.opened);
    others(&document, &met, &mut deeds);
    images::look(&document, look, &mut deeds);
    look.opened.deeds.extend(deeds.list());
    files(look, &document, &met);
    document.settle(look.budget, look.opened);
    appended(look);
}

/// A form on its own: the XML, and the PDF packed in it.
fn form(look: &mut Look<'_>) {
    let xml = String::from_utf8_lossy(look.bytes);
    let form = xfa::read(&xml, "form");
    let mut deeds = Deeds::default();
    tell_form(&form, &mut deeds);
    deeds::scripts(&form.scripts, &mut deeds, look.budget, look.opened);
    look.opened.deeds.extend(deeds.list());
    if !xml.trim_end().ends_with('>') {
        look.opened.note(Unread::Damaged, "form");
    }
    for chunk in &form.chunks {
        let mut bytes = Stream(Base64::new(chunk.bytes()));
        if !look.unpack(Vec::new(), &mut bytes, Hold::Embedded) {
            break;
        }
    }
}

/// The scripts of actions.
fn scripts(document: &Document<'_>, met: &Met, budget: &mut Budget, opened: &mut Opened) -> Vec<Script> {
    let mut scripts = Vec::new();
    for action in met.actions.values() {
        for key in ["JS", "Before", "After", "Doc"] {
            let Some(value) = action.dictionary.get(key) else { continue };
            let sources: Vec<&Object> = value.array().map_or(vec![value], |items| items.iter().collect());
            for value in sources {
                let source = string(document, value, budget, opened);
                let starts = action.starts.iter().map(|start| (*start).to_owned()).collect();
                scripts.push(Script { place: deeds::place(action.number), source, starts });
            }
        }
    }
    scripts
}

/// Tells of scripts that can't be read: what starts them stands in the open.
fn locked(scripts: &mut Vec<Script>, deeds: &mut Deeds) {
    for script in scripts.extract_if(.., |script| script.source.is_empty()) {
        let danger = if script.starts.is_empty() { Danger::Harmless } else { Danger::Active };
        let does = vec!["a locked script".to_owned()];
        deeds.add(
            DeedKind::Script,
            danger,
            &script.place,
            Done { starts: script.starts, does, ..Done::default() },
        );
    }
}

/// A string, or the bytes of a stream, as text.
fn string(document: &Document<'_>, value: &Object, budget: &mut Budget, opened: &mut Opened) -> String {
    let Object::Reference(number) = value else {
        return value.text().map(text::text).unwrap_or_default();
    };
    let Some((_, definition)) = document.versions(*number).next_back() else { return String::new() };
    let object = document.object(definition);
    match &object {
        Object::Dictionary(dictionary) if definition.stream.is_some() => {
            let unpacked = filter::unpacked(document, definition, dictionary, PDF_SCRIPT_BYTES_MAX, budget);
            if let Some(unread) = unpacked.unread {
                opened.note(unread, &deeds::place(*number));
            }
            text::text(&unpacked.bytes)
        }
        object => object.text().map(text::text).unwrap_or_default(),
    }
}

/// The XML of a form: one stream, or several that are one text together.
fn form_text(document: &Document<'_>, value: &Object, budget: &mut Budget, opened: &mut Opened) -> String {
    let packets = match value {
        Object::Array(items) => items.clone(),
        Object::Reference(number) => {
            let is_stream =
                document.versions(*number).next_back().is_some_and(|(_, one)| one.stream.is_some());
            match document.resolved(value) {
                Object::Array(items) if !is_stream => items,
                _ => vec![value.clone()],
            }
        }
        other => vec![other.clone()],
    };
    let mut xml = Vec::new();
    for packet in packets.iter().take(PACKETS_MAX) {
        let Object::Reference(number) = packet else { continue };
        let Some((_, definition)) = document.versions(*number).next_back() else { continue };
        let object = document.object(definition);
        let Some(dictionary) = object.dictionary() else { continue };
        let left = PDF_SCRIPT_BYTES_MAX.saturating_sub(xml.len());
        let unpacked = filter::unpacked(document, definition, dictionary, left, budget);
        if let Some(unread) = unpacked.unread {
            opened.note(unread, "form");
        }
        xml.extend_from_slice(&unpacked.bytes);
    }
    String::from_utf8_lossy(&xml).into_owned()
}

/// Packets of one form; there are eight kinds of them.
const PACKETS_MAX: usize = 64;

fn tell_form(form: &xfa::Form, deeds: &mut Deeds) {
    let is_letter = |target: &String| target.to_lowercase().starts_with("mailto:");
    for target in form.targets.iter().filter(|target| !target.is_empty()) {
        let danger = if is_letter(target) { Danger::Harmless } else { Danger::Active };
        let done = Done { does: vec!["submit".to_owned()], links: vec![target.clone()], ..Done::default() };
        deeds.add(DeedKind::ExternalObject, danger, "form", done);
    }
    for address in form.entities.iter().filter(|address| is_remote(address)) {
        let does = vec!["entity".to_owned()];
        let done =
            Done { starts: vec!["form".to_owned()], does, links: vec![address.clone()], ..Done::default() };
        deeds.add(DeedKind::ExternalObject, Danger::Dangerous, "form", done);
    }
}

/// Deeds that are no actions: links over whole pages, players, data from elsewhere.
fn others(document: &Document<'_>, met: &Met, deeds: &mut Deeds) {
    let covering = links::covering(document, &met.pages);
    if !covering.is_empty() {
        let done = Done { does: vec!["URI".to_owned()], links: covering, ..Done::default() };
        deeds.add(DeedKind::Link, Danger::Active, "page", done);
    }
    for (subtype, number) in &met.played {
        let danger = if *subtype == "RichMedia" { Danger::Active } else { Danger::Harmless };
        let done = Done { does: vec![(*subtype).to_owned()], ..Done::default() };
        deeds.add(DeedKind::AttackedObject, danger, &deeds::place(*number), done);
    }
    for (address, number) in &met.loaded {
        let address = text::text(address);
        if deeds.leads_to(&address) {
            continue;
        }
        let danger = if links::is_share(&address) { Danger::Dangerous } else { Danger::Active };
        let done = Done { does: vec!["external data".to_owned()], links: vec![address], ..Done::default() };
        deeds.add(DeedKind::ExternalObject, danger, &deeds::place(*number), done);
    }
}

/// Hands out the files inside.
fn files(look: &mut Look<'_>, document: &Document<'_>, met: &Met) {
    for (number, names) in &met.files {
        let mut shown: Vec<String> = Vec::new();
        for name in names.iter().flat_map(|name| text::names(name)) {
            let name = name.replace('\\', "/");
            if !shown.contains(&name) {
                shown.push(name);
            }
        }
        let versions: Vec<_> = document.versions(*number).map(|(_, definition)| definition.clone()).collect();
        if versions.is_empty()
            && !look.hand(Member::unread(shown.clone(), 0, Unread::Damaged, Hold::Embedded))
        {
            return;
        }
        for definition in versions {
            let object = document.object(&definition);
            let dictionary = object.dictionary().cloned().unwrap_or_default();
            if !file(look, document, &definition, &dictionary, shown.clone()) {
                return;
            }
        }
    }
}

fn file(
    look: &mut Look<'_>,
    document: &Document<'_>,
    definition: &file::Definition,
    dictionary: &Dictionary,
    names: Vec<String>,
) -> bool {
    let mut unpacked = None;
    let read = filter::reader(document, definition, dictionary, &mut |reader: &mut dyn Read| {
        unpacked = Some(Unpacked::read(reader, look.budget));
    });
    match (unpacked, read) {
        (Some(mut unpacked), read) => {
            unpacked.unread = unpacked.unread.or(read.err());
            if let Some(unread) = unpacked.unread {
                look.opened.note(unread, names.first().map_or("file", String::as_str));
            }
            look.hand(unpacked.member(names, Hold::Embedded))
        }
        (None, read) => {
            let unread = read.err().unwrap_or(Unread::Damaged);
            look.opened.note(unread, names.first().map_or("file", String::as_str));
            look.hand(Member::unread(names, 0, unread, Hold::Embedded))
        }
    }
}

/// Hands out what stands behind the end of the file: other programs may open that.
fn appended(look: &mut Look<'_>) {
    const END: &[u8] = b"%%EOF";
    let Some(end) = memmem::rfind(look.bytes, END) else { return };
    let behind = look.bytes.get(end + END.len()..).unwrap_or_default().trim_ascii();
    let is_filling = behind.iter().all(|byte| Some(byte) == behind.first());
    if behind.len() >= PDF_APPENDED_BYTES_MIN && !is_filling {
        look.hand(Member::whole(Vec::new(), behind, Hold::Appended));
    }
}

//! An Office Open XML package, or the same as one XML file → what it loads from elsewhere, starts by itself, and holds
//! ([ECMA-376] parts 1 and 2; [MS-OE376] for flat packages; Word and Excel 2003 XML).
//!
//! Parts are told by what is in them, not by their names: programs follow relations, and those may lead anywhere.

mod binary_link;
mod controls;
mod members;
mod relations;
mod scan;

use crate::limits::{OFFICE_PART_BYTES_MAX, SHEET_BYTES_MAX};
use crate::open::Look;
use crate::zip::{Cipher, Zip};
use crate::{Cost, Danger, DeedKind, Family, Kind, Unread};

use super::lure;
use super::told::{Sign, tell};
use crate::xml;
use relations::{Relations, Side};
use scan::Scan;

/// What loading `target` in this role (`image`, `oleobject`, …) is; `None` where it is ordinary.
pub(crate) fn grade(role: &str, target: &str) -> Option<(DeedKind, Danger)> {
    relations::grade(role, target)
}

/// Looks at packages and at documents kept as one XML file.
pub(crate) fn look(look: &mut Look<'_>) {
    if is_package(look.kind) {
        match look.package() {
            Some(zip) => package(look, &zip),
            None => look.opened.note(Unread::Damaged, look.kind.id()),
        }
    } else if matches!(look.kind, Kind::OfficeWordXml2003 | Kind::OfficeExcelXml2003)
        || look.kind == Kind::Xml && is_office_xml(look.bytes)
    {
        flat(look);
    }
}

/// Kinds that are packages.
pub(crate) fn is_package(kind: Kind) -> bool {
    let office = matches!(
        kind.family(),
        Family::Document | Family::Spreadsheet | Family::Presentation | Family::AddIn
    );
    let id = kind.id();
    office
        && (id.contains("-ooxml")
            || matches!(
                kind,
                Kind::OfficeWordTemplate
                    | Kind::OfficeWordTemplateMacro
                    | Kind::OfficeExcelBinary
                    | Kind::OfficeExcelTemplate
                    | Kind::OfficeExcelTemplateMacro
                    | Kind::OfficeExcelAddIn
                    | Kind::OfficePowerPointShow
                    | Kind::OfficePowerPointShowMacro
                    | Kind::OfficePowerPointTemplate
                    | Kind::OfficePowerPointTemplateMacro
                    | Kind::OfficePowerPointAddIn
            ))
}

/// XML that an office program opens although its beginning does not say so.
fn is_office_xml(bytes: &[u8]) -> bool {
    let has = |mark: &[u8]| memchr::memmem::find(bytes, mark).is_some();
    has(b"schemas.microsoft.com/office/2006/xmlPackage")
        || has(b"schemas.microsoft.com/office/word/2003/wordml")
        || has(b"urn:schemas-microsoft-com:office:spreadsheet")
}

fn package(look: &mut Look<'_>, zip: &Zip<'_>) {
    if zip.faults.is_damaged || zip.faults.is_split {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
    if zip.faults.is_cut {
        look.opened.note(Unread::TooLarge, look.kind.id());
    }
    let parts: Vec<Part> =
        zip.members.iter().enumerate().map(|(at, member)| Part::of(zip, at, member)).collect();
    let mut relations = Vec::new();
    for part in parts.iter().filter(|part| part.form == Form::Relations) {
        let Some(text) = text(look, zip, part) else { continue };
        if !relations::collect(&part.name, &text, &mut relations) {
            look.opened.note(Unread::TooLarge, &part.name);
        }
    }
    relations::judge(&relations, look.opened);
    let relations = Relations::of(relations);
    chunks(look, zip, &parts, &relations);
    let mut words = String::new();
    for part in &parts {
        match part.form {
            Form::Xml => {
                if let Some(text) = text(look, zip, part) {
                    Scan { relations: &relations, words: &mut words, opened: look.opened }
                        .part(&part.name, &text);
                }
            }
            Form::Other => {
                if let Some(start) = zip.start(part.at) {
                    binary_link::judge(&part.name, &start.bytes, look.opened);
                }
                if !members::hand(look, zip, part, &relations) {
                    break;
                }
            }
            Form::Sheet => sheet(look, zip, part, &mut words),
            Form::Relations | Form::Plain => {}
            Form::Locked => look.opened.note(Unread::Locked, &part.name),
            Form::Broken => look.opened.note(Unread::Damaged, &part.name),
        }
    }
    lure::judge(&words, look.opened);
}

/// A member of the package.
pub(super) struct Part {
    /// Its number in the archive.
    at: usize,
    name: String,
    form: Form,
}

/// What a member is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A relationship part.
    Relations,
    /// Another XML part.
    Xml,
    /// Cells. Their values do nothing; formulas are looked at in sheets of ordinary size.
    Sheet,
    /// XML that holds nothing but looks: styles, themes.
    Plain,
    /// Not XML.
    Other,
    /// Encrypted, which no office program reads.
    Locked,
    /// Its header or its method cannot be read.
    Broken,
}

impl Part {
    fn of(zip: &Zip<'_>, at: usize, member: &crate::zip::Member) -> Part {
        let start = if member.cipher == Cipher::Clear { zip.start(at) } else { None };
        let form = match (member.cipher, start) {
            (Cipher::Encrypted, _) => Form::Locked,
            (_, None) => Form::Broken,
            (_, Some(start)) if member.name.ends_with('/') && start.bytes.is_empty() => Form::Plain,
            (_, Some(start)) => form(&start.bytes),
        };
        Part { at, name: member.name.clone(), form }
    }
}

/// The form of a part by its root element; one that does not show within its beginning is read whole.
fn form(start: &[u8]) -> Form {
    let text = xml::decoded(start);
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
    if !begins.starts_with('<') {
        return Form::Other;
    }
    let root = xml::Xml::new(begins).find_map(|token| match token {
        xml::Token::Open(tag) => Some(tag.name),
        _ => None,
    });
    match root {
        Some("Relationships") => Form::Relations,
        Some("worksheet" | "dialogsheet" | "chartsheet") => Form::Sheet,
        Some("styleSheet" | "styles" | "theme" | "calcChain" | "fonts" | "Types" | "chartStyle") => {
            Form::Plain
        }
        Some("html" | "HTML") => Form::Other,
        _ => Form::Xml,
    }
}

/// The text of an XML part, paid; what cannot be read of it is noted.
fn text(look: &mut Look<'_>, zip: &Zip<'_>, part: &Part) -> Option<String> {
    let content = zip.content_of(part.at, OFFICE_PART_BYTES_MAX, look.budget)?;
    if let Some(unread) = content.unread {
        look.opened.note(unread, &part.name);
    }
    Some(xml::taken(content.bytes))
}

/// The formulas and words of a sheet.
fn sheet(look: &mut Look<'_>, zip: &Zip<'_>, part: &Part, words: &mut String) {
    let ordinary = zip.members.get(part.at).is_some_and(|member| member.stated_bytes() <= SHEET_BYTES_MAX);
    if let Some(text) = ordinary.then(|| text(look, zip, part)).flatten() {
        Scan { relations: &Relations::default(), words, opened: look.opened }.part(&part.name, &text);
    }
}

/// Documents taken in whole. What is in them, their own opening tells.
fn chunks(look: &mut Look<'_>, zip: &Zip<'_>, parts: &[Part], relations: &Relations) {
    let chunks =
        relations.list.iter().filter(|relation| relation.what == "afchunk" && relation.side == Side::Inside);
    for relation in chunks {
        if !look.pays(Cost::Work(parts.len() as u64)) {
            return;
        }
        let path = relation.part();
        let part = parts.iter().find(|part| part.name.trim_start_matches('/').to_lowercase() == path);
        let kind = part.and_then(|part| zip.start(part.at)).map(|start| crate::kind(&start.bytes));
        // Pages and documents are how programs build one document from many; rich text is taken in to reach its reader.
        let danger = if kind == Some(Kind::Rtf) { Danger::Active } else { Danger::Harmless };
        tell(
            look.opened,
            &Sign {
                kind: DeedKind::AltChunk,
                danger,
                place: &relation.owner,
                start: "Open",
                does: kind.map_or("", Kind::id),
                link: "",
                string: &relation.target,
            },
        );
    }
}

/// A document kept as one XML file.
fn flat(look: &mut Look<'_>) {
    if !look.pays(Cost::Bytes(look.bytes.len() as u64)) {
        return;
    }
    let text = xml::decoded(look.bytes).into_owned();
    let mut relations = Vec::new();
    if !relations::collect("", &text, &mut relations) {
        look.opened.note(Unread::TooLarge, look.kind.id());
    }
    relations::judge(&relations, look.opened);
    let relations = Relations::of(relations);
    let mut words = String::new();
    Scan { relations: &relations, words: &mut words, opened: look.opened }.part("", &text);
    lure::judge(&words, look.opened);
    members::in_text(look, &text);
    if !text.trim_end_matches(['\0', ' ', '\r', '\n', '\t']).ends_with('>') {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
}

#[cfg(test)]
mod tests;

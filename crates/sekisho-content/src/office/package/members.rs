//! Members of a package that are not its own XML → what they hold, handed out; base64 in documents kept as one XML file.

use super::Part;
use super::relations::Relations;
use crate::office::encoded::base64;
use crate::office::objects;
use crate::open::{Hold, Look, Member, Unpacked};
use crate::xml;
use crate::zip::Zip;
use crate::{Family, Kind};

/// Hands out what a part holds, where it is not a picture or the package's own. Says whether more may follow.
pub(super) fn hand(look: &mut Look<'_>, zip: &Zip<'_>, part: &Part, relations: &Relations) -> bool {
    let name = part.name.trim_start_matches('/').to_lowercase();
    let embedded = name.contains("embeddings/") || relations.is_embedded(&name);
    let Some(start) = zip.start(part.at) else { return true };
    let kind = crate::kind(&start.bytes);
    let compound = start.bytes.starts_with(&crate::office::compound::SIGNATURE);
    if !embedded && !compound && is_own(&name, kind) {
        return true;
    }
    let Some(mut from) = zip.members.get(part.at).and_then(|member| zip.open(member)) else { return true };
    let unpacked = Unpacked::read(&mut *from, look.budget);
    let whole = unpacked.unread.is_none() && unpacked.size_bytes() == unpacked.bytes().len() as u64;
    if compound && whole {
        let content = unpacked.bytes().to_vec();
        return objects::object(look, &part.name, &content);
    }
    look.hand(unpacked.member(vec![base_name(&part.name).to_owned()], Hold::Embedded))
}

/// Whether a part is what such packages are made of: pictures, sound, fonts, settings of printers, binary sheets.
fn is_own(name: &str, kind: Kind) -> bool {
    const ENDS: &[&str] = &[
        ".wdp", ".jxr", ".hdp", ".pict", ".pct", ".odttf", ".fntdata", ".psmdcp", ".rels", ".xml", ".vml",
        ".svg",
    ];
    match kind.family() {
        Family::Image => kind != Kind::Dwg,
        Family::Audio | Family::Video | Family::Font => true,
        Family::Unknown | Family::Text | Family::Data => {
            let media = name.contains("/media/") && kind != Kind::Empty;
            let known = ENDS.iter().any(|end| name.ends_with(end)) || name.ends_with(".bin");
            !media || known
        }
        _ => false,
    }
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Files that a document kept as one XML file holds in base64: `w:binData`, `pkg:binaryData`.
pub(super) fn in_text(look: &mut Look<'_>, text: &str) {
    let mut part = String::new();
    let mut data = None;
    for token in xml::Xml::new(text) {
        match token {
            xml::Token::Open(tag) => match tag.name {
                "part" => part = tag.attribute("name").unwrap_or_default().into_owned(),
                "binData" => data = Some(tag.attribute("name").unwrap_or_default().into_owned()),
                "binaryData" => data = Some(part.clone()),
                _ => {}
            },
            xml::Token::Close("binData" | "binaryData") => data = None,
            xml::Token::Text(words) => {
                let Some(name) = &data else { continue };
                if !held(look, name, &words) {
                    return;
                }
            }
            xml::Token::Close(_) => {}
        }
    }
}

fn held(look: &mut Look<'_>, name: &str, words: &str) -> bool {
    let words = words.trim();
    let length = words.len() as u64 * 3 / 4;
    if words.is_empty() {
        return true;
    }
    if !look.pays(crate::Cost::Bytes(length)) {
        return false;
    }
    let content = base64(words.as_bytes());
    let kind = crate::kind(&content);
    if kind == Kind::OfficeActiveMime {
        return objects::saved_objects(look, name, &content).unwrap_or(true);
    }
    if content.starts_with(&crate::office::compound::SIGNATURE) {
        return objects::object(look, name, &content);
    }
    let lower = name.to_lowercase();
    if is_own(&lower, kind) && !lower.contains("embeddings/") {
        return true;
    }
    look.hand(Member::whole(vec![base_name(name).to_owned()], content, Hold::Embedded))
}

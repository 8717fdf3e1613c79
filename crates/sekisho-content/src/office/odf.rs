//! An OpenDocument package or flat file → what it loads from elsewhere, starts by itself, and holds (OpenDocument 1.3 part
//! 3: 10.4 drawing objects, 14.4 event listeners, 14.6 DDE; scripts as LibreOffice keeps them, `Basic/` and `Scripts/`).

use super::encoded::base64;
use super::package::grade;
use super::target::{Reach, reach};
use super::told::{Sign, tell};
use super::{compound, dde, lure, objects};
use crate::limits::{LURE_TEXT_BYTES_MAX, OFFICE_PART_BYTES_MAX};
use crate::open::{Hold, Look, Member, Unpacked};
use crate::xml::{Tag, Token, Xml, decoded, taken};
use crate::zip::{Cipher, Zip};
use crate::{Cost, Danger, DeedKind, Family, Kind, Unread};

/// Looks at packages and flat files.
pub(crate) fn look(look: &mut Look<'_>) {
    match look.kind {
        Kind::Odt | Kind::Ods | Kind::Odp | Kind::Odg | Kind::Odf => match look.package() {
            Some(zip) => package(look, &zip),
            None => look.opened.note(Unread::Damaged, look.kind.id()),
        },
        Kind::FlatOdf => flat(look),
        _ => {}
    }
}

/// Whether all that can hide in this kind is looked at here.
pub(crate) fn reads(kind: Kind) -> bool {
    matches!(kind, Kind::Odt | Kind::Ods | Kind::Odp | Kind::Odg | Kind::Odf | Kind::FlatOdf)
}

/// What was found in all parts of a document.
#[derive(Default)]
struct Found {
    words: String,
    /// Source of its scripts, all in one.
    source: String,
    /// Events that start one: `dom:load`, `office:print`.
    starts: Vec<String>,
    /// Whether there is a script at all.
    scripts: usize,
}

fn package(look: &mut Look<'_>, zip: &Zip<'_>) {
    if zip.faults.is_damaged || zip.faults.is_split {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
    if zip.faults.is_cut {
        look.opened.note(Unread::TooLarge, look.kind.id());
    }
    if crate::recognise::package::is_encrypted(zip) {
        look.opened.note(Unread::Locked, look.kind.id());
        return;
    }
    let mut found = Found::default();
    for (at, member) in zip.members.iter().enumerate() {
        if member.cipher == Cipher::Encrypted || member.name.ends_with('/') {
            continue;
        }
        let Some(start) = zip.start(at) else {
            look.opened.note(Unread::Damaged, &member.name);
            continue;
        };
        if !part(look, zip, (at, member), &start.bytes, &mut found) {
            break;
        }
    }
    finish(look, found);
}

/// One member. Says whether more may follow.
fn part(
    look: &mut Look<'_>,
    zip: &Zip<'_>,
    (at, member): (usize, &crate::zip::Member),
    start: &[u8],
    found: &mut Found,
) -> bool {
    let name = member.name.as_str();
    let lower = name.to_lowercase();
    let is_xml = decoded(start).trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']).starts_with('<');
    if lower.starts_with("scripts/") || lower.starts_with("basic/") || is_xml {
        let Some(text) = text(look, zip, at, name) else { return false };
        if lower.starts_with("scripts/") && !is_xml {
            found.scripts += 1;
            source(found, &text);
        } else {
            scan(look, name, &text, found);
        }
        return true;
    }
    let kind = crate::kind(start);
    let own = match kind.family() {
        Family::Image => kind != Kind::Dwg,
        Family::Audio | Family::Video | Family::Font | Family::Text => true,
        Family::Unknown | Family::Data => {
            !start.starts_with(&compound::SIGNATURE) && !lower.starts_with("object")
        }
        _ => false,
    };
    if own || lower == "mimetype" {
        return true;
    }
    let Some(mut from) = zip.open(member) else { return true };
    let unpacked = Unpacked::read(&mut *from, look.budget);
    let whole = unpacked.unread.is_none() && unpacked.size_bytes() == unpacked.bytes().len() as u64;
    if whole && start.starts_with(&compound::SIGNATURE) {
        let content = unpacked.bytes().to_vec();
        return objects::object(look, name, &content);
    }
    let base = name.rsplit('/').next().unwrap_or(name).to_owned();
    look.hand(unpacked.member(vec![base], Hold::Embedded))
}

/// The text of a part; `None` where the purse is empty.
fn text(look: &mut Look<'_>, zip: &Zip<'_>, at: usize, name: &str) -> Option<String> {
    let content = zip.content_of(at, OFFICE_PART_BYTES_MAX, look.budget)?;
    if let Some(unread) = content.unread {
        look.opened.note(unread, name);
    }
    // What is beyond the part's limit is left out; what cannot be paid for ends the walk.
    let is_paid = content.unread != Some(Unread::TooLarge) || content.bytes.len() >= OFFICE_PART_BYTES_MAX;
    is_paid.then(|| taken(content.bytes))
}

fn flat(look: &mut Look<'_>) {
    if !look.pays(Cost::Bytes(look.bytes.len() as u64)) {
        return;
    }
    let text = decoded(look.bytes).into_owned();
    if !text.trim_end_matches(['\0', ' ', '\r', '\n', '\t']).ends_with('>') {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
    let mut found = Found::default();
    scan(look, "", &text, &mut found);
    finish(look, found);
}

fn source(found: &mut Found, text: &str) {
    if found.source.len() + text.len() <= LURE_TEXT_BYTES_MAX {
        found.source.push_str(text);
        found.source.push('\n');
    }
}

/// Reads one XML part.
fn scan(look: &mut Look<'_>, place: &str, text: &str, found: &mut Found) {
    let (mut is_source, mut is_binary) = (false, false);
    for token in Xml::new(text) {
        match token {
            Token::Open(tag) => {
                match tag.name {
                    "module" | "script" | "source-code" if !tag.empty => {
                        is_source = true;
                        found.scripts += usize::from(tag.name != "script");
                    }
                    "binary-data" => is_binary = !tag.empty,
                    _ => {}
                }
                element(look, place, &tag, found);
            }
            Token::Close(name) => {
                match name {
                    "module" | "script" | "source-code" => is_source = false,
                    "binary-data" => is_binary = false,
                    _ => {}
                }
                if matches!(name, "p" | "h") && found.words.len() < LURE_TEXT_BYTES_MAX {
                    found.words.push('\n');
                }
            }
            Token::Text(words) if is_source => source(found, &words),
            Token::Text(words) if is_binary => binary(look, place, &words),
            Token::Text(words) => {
                if found.words.len() + words.len() < LURE_TEXT_BYTES_MAX {
                    found.words.push_str(&words);
                }
            }
        }
    }
}

fn element(look: &mut Look<'_>, place: &str, tag: &Tag<'_>, found: &mut Found) {
    let attribute = |name: &str| tag.attribute(name).unwrap_or_default();
    let href = attribute("href");
    match tag.name {
        "event-listener" | "event" => {
            let (event, language) = (attribute("event-name"), attribute("language"));
            if !event.is_empty() && !language.contains("presentations") && found.starts.len() < 100 {
                found.starts.push(event.into_owned());
            }
        }
        "dde-source" | "dde-connection-decl" => {
            let start = if attribute("automatic-update") == "false" { "Update" } else { "Open" };
            dde::judge(place, start, &attribute("dde-application"), &attribute("dde-topic"), look.opened);
        }
        "table-cell" => formula(look, place, &attribute("formula")),
        "image" | "fill-image" => loaded(look, place, "image", &href),
        "plugin" | "applet" | "floating-frame" | "object" | "object-ole" | "section-source"
        | "table-source" | "cell-range-source" => loaded(look, place, "oleobject", &href),
        _ => {}
    }
}

/// `DDE("server";"topic";"item")` and `WEBSERVICE("http…")` in a formula.
fn formula(look: &mut Look<'_>, place: &str, formula: &str) {
    let upper = formula.to_ascii_uppercase();
    if let Some(at) = upper.find("DDE(") {
        let mut words = formula.get(at..).unwrap_or_default().split('"').skip(1).step_by(2);
        let (server, topic) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if !server.is_empty() {
            dde::judge(place, "Open", server, topic, look.opened);
        }
    }
    if upper.contains("WEBSERVICE(") {
        let link = formula.split('"').find(|word| reach(word) >= Reach::Web).unwrap_or_default();
        tell(
            look.opened,
            &Sign {
                kind: DeedKind::ExternalObject,
                danger: Danger::Active,
                place,
                start: "Calculate",
                does: "WEBSERVICE",
                link,
                string: formula,
            },
        );
    }
}

fn loaded(look: &mut Look<'_>, place: &str, role: &str, target: &str) {
    if reach(target) == Reach::Near {
        return;
    }
    if let Some((kind, danger)) = grade(role, target) {
        tell(look.opened, &Sign { kind, danger, place, start: "Open", does: role, link: target, string: "" });
    }
}

/// Base64 of an object or picture in a flat file.
fn binary(look: &mut Look<'_>, place: &str, words: &str) {
    if !look.pays(Cost::Bytes(words.len() as u64)) {
        return;
    }
    let content = base64(words.trim().as_bytes());
    if content.starts_with(&compound::SIGNATURE) {
        objects::object(look, place, &content);
    } else if !content.is_empty() && crate::kind(&content).family() != Family::Image {
        look.hand(Member::whole(Vec::new(), content, Hold::Embedded));
    }
}

/// Scripts become one deed: what starts them, and whether they reach out of the document.
fn finish(look: &mut Look<'_>, found: Found) {
    lure::judge(&found.words, look.opened);
    if found.scripts == 0 && found.starts.is_empty() {
        return;
    }
    let lower = found.source.to_ascii_lowercase();
    let reaches: Vec<&str> = OUTSIDE.iter().copied().filter(|word| lower.contains(word)).collect();
    let own = found
        .starts
        .iter()
        .any(|event| STARTING.iter().any(|word| event.to_ascii_lowercase().contains(word)));
    let danger = match (own, reaches.is_empty()) {
        (true, false) => Danger::Dangerous,
        (true, true) | (false, false) => Danger::Active,
        (false, true) => Danger::Harmless,
    };
    for index in 0..found.starts.len().max(reaches.len()).max(1) {
        tell(
            look.opened,
            &Sign {
                kind: DeedKind::Macro,
                danger,
                place: "Basic",
                start: found.starts.get(index).map(String::as_str).unwrap_or_default(),
                does: reaches.get(index).copied().unwrap_or_default(),
                link: "",
                string: "",
            },
        );
    }
    if look.budget.sources == crate::Sources::Keep && !found.source.is_empty() {
        look.opened.sources.push(("Basic".to_owned(), found.source));
    }
}

/// Events that come without a click of the reader on something in the document.
const STARTING: &[&str] = &[
    "load",
    "open",
    "startapp",
    "focus",
    "activate",
    "new",
    "view",
    "createview",
    "layout",
    "mouseover",
    "mouseout",
    "unload",
    "close",
    "print",
    "save",
];

/// Words of Basic and Python with which a script leaves the document.
const OUTSIDE: &[&str] = &[
    "shell(",
    "shell ",
    "createobject",
    "subprocess",
    "os.system",
    "popen",
    "urllib",
    "requests.",
    "socket",
    "systemshellexecute",
    "loadcomponentfromurl",
    "simplefileaccess",
    "kill ",
    "createunoservice(\"com.sun.star.bridge",
    "environ(",
    "declare ",
    "exec(",
    "eval(",
    "ctypes",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Budget, Keys, kind, open};

    fn told(body: &str) -> String {
        let text = format!(
            "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:a\">{body}</office:document>"
        );
        assert_eq!(kind(text.as_bytes()), Kind::FlatOdf);
        let mut members = Vec::new();
        let opened =
            open(text.as_bytes(), Kind::FlatOdf, &Keys::default(), &mut Budget::default(), &mut |member| {
                members.push(kind(&member.bytes).id().to_owned());
            });
        let deeds = opened.deeds.iter().map(|deed| format!("{:?} {:?}", deed.kind, deed.danger));
        deeds.chain(members).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn scripts_links_and_conversations() {
        let load = "<script:event-listener script:language=\"ooo:script\" script:event-name=\"dom:load\"/>";
        let click = "<script:event-listener script:language=\"ooo:script\" script:event-name=\"dom:click\"/>";
        let module = |source: &str| format!("<script:module>{source}</script:module>");
        let cases = [
            ("<text:p>words</text:p>".to_owned(), ""),
            (format!("{load}{}", module("Sub Main\nShell(&quot;a&quot;)\nEnd Sub")), "Macro Dangerous"),
            (format!("{load}{}", module("Sub Main\nMsgBox 1\nEnd Sub")), "Macro Active"),
            (format!("{click}{}", module("Sub Main\nMsgBox 1\nEnd Sub")), "Macro Harmless"),
            (format!("{click}{}", module("Shell(&quot;a&quot;)")), "Macro Active"),
            ("<office:dde-source office:dde-application=\"cmd\" office:dde-topic=\"/c a\"/>".to_owned(), "Dde Dangerous"),
            ("<office:dde-source office:dde-application=\"soffice\" office:dde-topic=\"a.ods\"/>".to_owned(), "Dde Harmless"),
            ("<table:table-cell table:formula=\"of:=DDE(&quot;cmd&quot;;&quot;/c a&quot;;&quot;b&quot;)\"/>".to_owned(), "Dde Dangerous"),
            ("<draw:object xlink:href=\"http://a.example/a.odt\"/>".to_owned(), "ExternalObject Dangerous"),
            ("<draw:image xlink:href=\"Pictures/a.png\"/><text:a xlink:href=\"https://a.example/\"/>".to_owned(), ""),
            ("<draw:image xlink:href=\"file://203.0.113.5/a/a.png\"/>".to_owned(), "ExternalObject Active"),
            ("<office:binary-data>TVo=</office:binary-data>".to_owned(), "text"),
        ];
        for (body, expected) in cases {
            assert_eq!(told(&body), expected, "{body}");
        }
    }
}

//! Files that an interpreter runs, and settings that change the machine → what they do, graded by whether opening them
//! starts it.

mod blocks;
mod encoded;
mod fold;
mod grade;
mod language;
mod names;
mod registry;
mod tasks;
#[cfg(test)]
mod tests;
mod tokens;
mod value;

#[allow(unused_imports, reason = "pages and help files hold scripts too")]
pub(crate) use grade::{Graded, grade};
pub(crate) use language::Language;

use crate::command::{Evidence, Weight};
use crate::limits::TEXT_BYTES_MAX;
use crate::open::{Look, Sources};
use crate::{Cost, Danger, Deed, DeedKind, Kind, Unread, recognise};

/// Looks at script files and their kin.
pub(crate) fn look(look: &mut Look<'_>) {
    let Some(judge) = judge(look.kind) else { return };
    let bytes = look.bytes.get(..TEXT_BYTES_MAX).unwrap_or(look.bytes);
    if bytes.len() < look.bytes.len() {
        look.opened.note(Unread::TooLarge, look.kind.id());
    }
    if !look.pays(Cost::Bytes(bytes.len() as u64)) {
        return;
    }
    let text = recognise::whole_text(bytes);
    if let Err(unread) = judge(&text, look) {
        look.opened.note(unread, look.kind.id());
    }
}

/// Whether all that can hide in this kind is looked at here.
pub(crate) fn reads(kind: Kind) -> bool {
    judge(kind).is_some()
}

type Judge = fn(&str, &mut Look<'_>) -> Result<(), Unread>;

fn judge(kind: Kind) -> Option<Judge> {
    Some(match kind {
        Kind::JavaScript => |text, look| file(text, Language::JavaScript, look),
        Kind::VbScript | Kind::VbaModule => |text, look| file(text, Language::Basic, look),
        Kind::EncodedScript => encoded_file,
        Kind::PowerShell => |text, look| file(text, Language::PowerShell, look),
        Kind::Batch => |text, look| file(text, Language::Batch, look),
        Kind::ShellScript => |text, look| file(text, Language::Shell, look),
        Kind::Python => |text, look| file(text, Language::Python, look),
        Kind::Perl => |text, look| file(text, Language::Perl, look),
        Kind::Ruby => |text, look| file(text, Language::Ruby, look),
        Kind::Php => |text, look| file(text, Language::Php, look),
        Kind::Wsf | Kind::Sct | Kind::Hta | Kind::Xslt | Kind::Asp => blocks::look,
        Kind::Msc => tasks::console,
        Kind::MsBuild => tasks::build,
        Kind::ScheduledTask => tasks::scheduled,
        Kind::Reg => registry::reg,
        Kind::Inf => registry::inf,
        _ => return None,
    })
}

/// A file that is one script.
fn file(text: &str, language: Language, look: &mut Look<'_>) -> Result<(), Unread> {
    keep(look, look.kind.id(), text);
    let graded = grade(text, language, look.budget);
    let danger = danger(&graded, starts_by_itself(look.kind));
    let unread = graded.unread;
    push(look, graded.found, danger, "");
    unread.map_or(Ok(()), Err)
}

/// JScript or VBScript: which one is told by what was decoded.
fn encoded_file(text: &str, look: &mut Look<'_>) -> Result<(), Unread> {
    let Some(source) = encoded::decoded(text) else { return Err(Unread::Damaged) };
    keep(look, look.kind.id(), &source);
    let as_script = grade(&source, Language::JavaScript, look.budget);
    let as_basic = grade(&source, Language::Basic, look.budget);
    let mut graded = if as_basic.heavy > as_script.heavy { as_basic } else { as_script };
    graded.found.add("encoded", Weight::Light);
    graded.host = true;
    if !text.contains("^#~@") {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
    push(look, graded.found.clone(), danger(&graded, true), "");
    graded.unread.map_or(Ok(()), Err)
}

/// Whether Windows runs this kind when a person opens it.
fn starts_by_itself(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::JavaScript | Kind::VbScript | Kind::EncodedScript | Kind::Wsf | Kind::Hta | Kind::Batch
    )
}

/// The danger of one script; `None` where there is nothing to tell.
fn danger(graded: &Graded, starts: bool) -> Option<Danger> {
    let heavy = graded.found.weight == Some(Weight::Heavy);
    if graded.empty {
        return Some(Danger::Empty);
    }
    if !starts {
        // Whoever runs it asks for it; two heavy things are an attack prepared.
        return match (graded.heavy, graded.found.weight) {
            (2.., _) => Some(Danger::Dangerous),
            (1, _) => Some(Danger::Active),
            (0, Some(_)) => Some(Danger::Harmless),
            _ => None,
        };
    }
    match (heavy, graded.host) {
        (true, _) => Some(Danger::Dangerous),
        (false, true) => Some(Danger::Active),
        (false, false) if graded.web => None,
        (false, false) => Some(Danger::Harmless),
    }
}

fn push(look: &mut Look<'_>, found: Evidence, danger: Option<Danger>, place: &str) {
    let Some(danger) = danger else { return };
    let mut deed: Deed = found.deed(DeedKind::Script, danger, place);
    if starts_by_itself(look.kind) {
        deed.starts.push("double click".to_owned());
    }
    look.opened.deeds.push(deed);
}

fn keep(look: &mut Look<'_>, name: &str, source: &str) {
    if look.budget.sources == Sources::Keep {
        look.opened.sources.push((name.to_owned(), source.to_owned()));
    }
}

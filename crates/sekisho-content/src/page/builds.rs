//! The constants of a page → the files and pages that its scripts build of them (HTML smuggling), and scripts that hide
//! what they are.

use std::collections::BTreeMap;

use super::constants::{Constant, Stream, constants};
use super::decode::{Decoded, decode};
use super::gather::Page;
use super::hints::Hints;
use super::names;
use crate::limits::PAGE_CONSTANTS_MAX;
use crate::open::{Cost, Deeds, Done, Hold, Look, Member};
use crate::{Danger, DeedKind, Family, Kind, Opening};

/// Scripts in scripts that are followed.
const LAYERS_MAX: usize = 4;

/// Scripts that decoding brings to light, all layers together.
const INNER_SCRIPTS_MAX: usize = 16;

/// Bytes of a script that decoding brings to light.
const INNER_SCRIPT_BYTES_MAX: usize = 4 * 1024 * 1024;

/// An encoded constant of at least this size hides more than a word.
const HIDDEN_BYTES_MIN: usize = 1000;

/// A page that shows this much is more than a cover.
const SHOWN_MAX: usize = 2000;

/// Adds what scripts build, and hands it out; tells the scripts that decoding brought to light.
pub(super) fn look(page: &Page, look: &mut Look<'_>, deeds: &mut Deeds) -> Vec<String> {
    let script = page.script();
    let mut hints = Hints::of(&script);
    let mut layers = vec![script];
    let mut found = Vec::new();
    for layer in 0..LAYERS_MAX {
        let mut inner = Vec::new();
        for script in &layers {
            if layer > 0 {
                hints = Hints::of(script);
            }
            let data: &[String] = if layer == 0 { &page.data } else { &[] };
            let mut sight = Sight { hints: &hints, script, page, deeds, inner: &mut inner };
            sight.script(data, look);
        }
        inner.truncate(INNER_SCRIPTS_MAX.saturating_sub(found.len()));
        found.extend(inner.iter().cloned());
        layers = inner;
    }
    attributes(page, look, deeds);
    found
}

/// Files and pages kept in attributes: nothing has to run for them.
fn attributes(page: &Page, look: &mut Look<'_>, deeds: &mut Deeds) {
    let hints = Hints::default();
    let of_data = |target: &str| target.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
    for (name, target) in page.downloads.iter().filter(|(_, target)| of_data(target)) {
        let constant = Constant { pieces: vec![target], is_list: false };
        let Some(decoded) = decode(&constant, &hints) else { continue };
        if let Some(danger) = danger(&decoded, true) {
            hand(look, deeds, &constant, &decoded, vec![name.clone()], danger, vec!["a download".to_owned()]);
        }
    }
    for (element, target) in page.frames.iter().filter(|(_, target)| of_data(target)) {
        let constant = Constant { pieces: vec![target], is_list: false };
        let Some(decoded) = decode(&constant, &hints) else { continue };
        let danger = match decoded.kind.family() {
            Family::Markup => Some(Danger::Active),
            _ => danger(&decoded, false),
        };
        if let Some(danger) = danger {
            hand(look, deeds, &constant, &decoded, Vec::new(), danger, vec![format!("{element} of data")]);
        }
    }
    for inner in &page.inner {
        look.hand(Member::whole(Vec::new(), inner.as_bytes(), Hold::Built));
    }
}

struct Sight<'s> {
    hints: &'s Hints,
    script: &'s str,
    page: &'s Page,
    deeds: &'s mut Deeds,
    inner: &'s mut Vec<String>,
}

impl Sight<'_> {
    fn script(&mut self, data: &[String], look: &mut Look<'_>) {
        if !look.pays(Cost::Work(1 + self.script.len() as u64 / 4)) {
            return;
        }
        if !self.hints.controls.is_empty() {
            let done = Done {
                starts: vec!["page shown".to_owned()],
                does: self.hints.words(),
                strings: vec![self.script.split_whitespace().collect::<Vec<_>>().join(" ")],
                ..Done::default()
            };
            self.deeds.add(DeedKind::Script, Danger::Dangerous, "", done);
        }
        let data = data.iter().map(|text| Constant { pieces: vec![text.as_str()], is_list: false });
        let all: Vec<Constant<'_>> =
            constants(self.script).into_iter().chain(data).take(PAGE_CONSTANTS_MAX).collect();
        let mut known: BTreeMap<usize, usize> = BTreeMap::new();
        let is_known = |known: &BTreeMap<usize, usize>, constant: &Constant<'_>| {
            let first = constant.pieces.first().map_or(0, |piece| piece.as_ptr() as usize);
            known.range(..=first).next_back().is_some_and(|(_, end)| first < *end)
        };
        let mut unknown = Vec::new();
        for constant in &all {
            if !look.pays(Cost::Work(64)) {
                return;
            }
            if is_known(&known, constant) {
                continue;
            }
            let is_done = match decode(constant, self.hints) {
                // Another way of putting the pieces together may tell more.
                Some(decoded) if decoded.is_unknown() => {
                    unknown.push((constant, decoded));
                    false
                }
                Some(decoded) => self.decoded(constant, &decoded, look),
                None => self.plain(constant, look),
            };
            if is_done {
                known.extend(places(constant));
            }
        }
        for (constant, decoded) in unknown {
            if !is_known(&known, constant) && self.unknown(constant, &decoded, look) {
                known.extend(places(constant));
            }
        }
    }

    /// What a constant stands for; whether that is settled.
    fn decoded(&mut self, constant: &Constant<'_>, decoded: &Decoded, look: &mut Look<'_>) -> bool {
        let does = self.hints.words();
        let is_handed = self.hints.hands_files() || !self.hints.controls.is_empty();
        let is_written = !self.hints.writes.is_empty() || !self.hints.runs.is_empty() || is_handed;
        if decoded.is_text() || decoded.kind.family() == Family::Script && decoded.kind != Kind::Hta {
            let is_hidden = constant.len() >= HIDDEN_BYTES_MIN && self.runs_constants(constant);
            if is_hidden && !is_handed {
                self.hides(constant);
            }
            if self.inner.len() < INNER_SCRIPTS_MAX && !self.hints.runs.is_empty() {
                let bytes: Vec<u8> = decoded.bytes(constant).take(INNER_SCRIPT_BYTES_MAX).collect();
                self.inner.push(String::from_utf8_lossy(&bytes).into_owned());
            }
            if !(is_handed && decoded.kind.family() == Family::Script && decoded.kind != Kind::JavaScript) {
                return true;
            }
        }
        if decoded.kind.family() == Family::Markup {
            // An address of data is a page as soon as it is followed.
            let is_address = constant.pieces.first().is_some_and(|piece| piece.starts_with("data:"));
            if is_written || is_address {
                let names = names::of(self.script, decoded.kind);
                hand(look, self.deeds, constant, decoded, names, Danger::Active, does);
            }
            return true;
        }
        if let Some(danger) = danger(decoded, is_handed) {
            let names = names::of(self.script, decoded.kind);
            hand(look, self.deeds, constant, decoded, names, danger, does);
        }
        true
    }

    /// A constant that is encoded, but not in a way known here; whether it counts.
    fn unknown(&mut self, constant: &Constant<'_>, decoded: &Decoded, look: &mut Look<'_>) -> bool {
        let is_handed = self.hints.hands_files() || !self.hints.controls.is_empty();
        let is_hidden = constant.len() >= HIDDEN_BYTES_MIN
            && (self.runs_constants(constant) || is_handed && self.is_most(constant));
        if is_hidden && is_handed {
            let names = names::of(self.script, decoded.kind);
            hand(look, self.deeds, constant, decoded, names, Danger::Active, self.hints.words());
        } else if is_hidden {
            self.hides(constant);
        }
        is_hidden
    }

    /// A constant that is a page as it stands, written over this one, and asks for a password.
    fn plain(&mut self, constant: &Constant<'_>, look: &mut Look<'_>) -> bool {
        let writes = self.hints.writes.iter().any(|call| call.starts_with("document."));
        let asks = |text: &str| {
            let lower = text.to_ascii_lowercase();
            lower.contains("<input") && lower.contains("password")
        };
        if !writes || self.page.shown > SHOWN_MAX || !constant.pieces.iter().any(|piece| asks(piece)) {
            return false;
        }
        let text =
            crate::javascript::unescaped(&constant.pieces.concat()).replace("\\\"", "\"").replace("\\/", "/");
        let done = Done { does: self.hints.words(), ..Done::default() };
        self.deeds.add(DeedKind::BuildsFile, Danger::Active, "", done);
        look.hand(Member::whole(Vec::new(), text.into_bytes(), Hold::Built));
        true
    }

    /// Whether the script that a constant stands in runs or writes what it decodes, and is little more than it.
    fn runs_constants(&self, constant: &Constant<'_>) -> bool {
        let Some(own) = self.own_script(constant) else { return false };
        let runs = ["eval", "Function(", "document.write", "execScript", "innerHTML", "constructor("];
        let is_run = runs.iter().any(|call| own.contains(call))
            || runs.iter().any(|call| self.hints.runs.contains(call));
        is_run && !self.hints.decodes.is_empty() && self.is_most(constant)
    }

    fn is_most(&self, constant: &Constant<'_>) -> bool {
        self.own_script(constant).is_none_or(|own| constant.len() * 10 >= own.len() * 3)
    }

    fn own_script(&self, constant: &Constant<'_>) -> Option<&str> {
        let first = constant.pieces.first()?;
        let start = self.script.as_ptr() as usize;
        let at = (first.as_ptr() as usize).checked_sub(start).filter(|at| *at < self.script.len())?;
        let mut from = 0;
        for script in &self.page.scripts {
            let end = from + script.source.len() + 1;
            if (from..end).contains(&at) {
                return Some(&script.source);
            }
            from = end;
        }
        Some(self.script)
    }

    fn hides(&mut self, constant: &Constant<'_>) {
        let danger = if self.page.shown > SHOWN_MAX { Danger::Harmless } else { Danger::Active };
        let done = Done {
            starts: vec!["page shown".to_owned()],
            does: self.hints.words(),
            strings: constant.pieces.first().map(|piece| (*piece).to_owned()).into_iter().collect(),
            ..Done::default()
        };
        self.deeds.add(DeedKind::Script, danger, "", done);
    }
}

/// Where the pieces of a constant stand in memory: they are slices of one text.
fn places(constant: &Constant<'_>) -> Vec<(usize, usize)> {
    let place = |piece: &&str| {
        let at = piece.as_ptr() as usize;
        (at, at + piece.len().max(1))
    };
    constant.pieces.iter().map(place).collect()
}

/// How dangerous it is that this is built; `None` where it is but a picture, or data.
fn danger(decoded: &Decoded, is_handed: bool) -> Option<Danger> {
    let kind = decoded.kind;
    let danger = match (kind.family(), is_handed) {
        // Browsers run it in every page, and packed data is what programs keep.
        _ if kind == Kind::Wasm => return None,
        (Family::Archive, false) if kind == Kind::Gzip => return None,
        (Family::Document, true) if kind == Kind::Pdf => Danger::Active,
        (Family::Document | Family::Spreadsheet | Family::Presentation, true) => Danger::Dangerous,
        (Family::Document | Family::Spreadsheet | Family::Presentation, false) => Danger::Harmless,
        (Family::Mail | Family::Markup, true) => Danger::Active,
        (Family::Data, true) if matches!(kind, Kind::Ole | Kind::Access | Kind::MobileConfig) => {
            Danger::Active
        }
        (_, is_handed) if kind.opening() != Opening::Shows => {
            if is_handed {
                Danger::Dangerous
            } else {
                Danger::Active
            }
        }
        _ => return None,
    };
    Some(danger)
}

fn hand(
    look: &mut Look<'_>,
    deeds: &mut Deeds,
    constant: &Constant<'_>,
    decoded: &Decoded,
    names: Vec<String>,
    danger: Danger,
    does: Vec<String>,
) {
    let mut strings = names.clone();
    strings.push(decoded.kind.id().to_owned());
    deeds.add(DeedKind::BuildsFile, danger, "", Done { does, strings, ..Done::default() });
    look.unpack(names, &mut Stream(decoded.bytes(constant)), Hold::Built);
}

//! The objects of a PDF → its actions with what starts them, its files, forms and pages (ISO 32000-1, sections 12.6,
//! 7.11, 12.7.8, 7.7.3).
//!
//! Every version of every object is looked at: what only an older version does, or nothing refers to, is found too.

use std::collections::{BTreeMap, BTreeSet};

use super::file::Document;
use super::object::{Dictionary, Object};
use crate::limits::PDF_ACTIONS_MAX;
use crate::open::{Budget, Cost};
use crate::{Opened, Unread};

/// What was met.
#[derive(Default)]
pub(super) struct Met {
    /// Actions by where they stand: the definition, and which dictionary in it.
    pub(super) actions: BTreeMap<(usize, usize), Action>,
    /// Streams of files, with the strings that name them.
    pub(super) files: BTreeMap<u32, Vec<Vec<u8>>>,
    /// Values of `XFA`.
    pub(super) forms: Vec<Object>,
    /// Page dictionaries, as many as are looked at.
    pub(super) pages: Vec<Dictionary>,
    /// Objects shown by players: the annotation's subtype and the object's number.
    pub(super) played: Vec<(&'static str, u32)>,
    /// Data that is loaded from elsewhere: the address and the object's number.
    pub(super) loaded: Vec<(Vec<u8>, u32)>,
}

/// An action, and what starts it.
pub(super) struct Action {
    pub(super) dictionary: Dictionary,
    pub(super) number: u32,
    /// Events that start it; empty where only a click does.
    pub(super) starts: BTreeSet<&'static str>,
}

/// What a value is to the one that refers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Any,
    /// An action, and its event (empty for a click).
    Action(&'static str),
    /// A dictionary of events (`AA`).
    Events,
    /// The tree of the document's scripts.
    Scripts,
}

/// Pages looked at for links that cover them: pages made to lure are the first ones.
const PAGES_MAX: usize = 20;

/// Walks through all objects.
pub(super) fn walk(document: &Document<'_>, budget: &mut Budget, opened: &mut Opened) -> Met {
    let mut walk = Walk { document, met: Met::default(), pending: Vec::new(), seen: BTreeSet::new() };
    for at in 0..document.definitions.len() {
        if !walk.visit(at, Role::Any, budget) {
            opened.note(Unread::TooLarge, "objects");
            break;
        }
    }
    while let Some((number, role)) = walk.pending.pop() {
        if !walk.seen.insert((number, role)) {
            continue;
        }
        let versions: Vec<usize> = document.versions(number).map(|(at, _)| at).collect();
        if !versions.into_iter().all(|at| walk.visit(at, role, budget)) {
            opened.note(Unread::TooLarge, "objects");
            break;
        }
    }
    if walk.met.actions.len() >= PDF_ACTIONS_MAX {
        opened.note(Unread::TooLarge, "actions");
    }
    walk.met
}

struct Walk<'d, 'a> {
    document: &'d Document<'a>,
    met: Met,
    pending: Vec<(u32, Role)>,
    seen: BTreeSet<(u32, Role)>,
}

impl Walk<'_, '_> {
    /// Visits the dictionaries of one object; `false` where that can't be paid.
    fn visit(&mut self, at: usize, role: Role, budget: &mut Budget) -> bool {
        let Some(definition) = self.document.definitions.get(at) else { return true };
        let (number, has_stream) = (definition.number, definition.stream.is_some());
        let object = self.document.object(definition);
        let mut waiting = vec![(&object, role)];
        let mut ordinal = 0;
        while let Some((object, role)) = waiting.pop() {
            if budget.pay(Cost::Work(1)).is_err() {
                return false;
            }
            match object {
                Object::Reference(number) if role != Role::Any => self.pending.push((*number, role)),
                Object::Array(items) => waiting.extend(items.iter().map(|item| (item, role))),
                Object::Dictionary(dictionary) => {
                    ordinal += 1;
                    let is_top = ordinal == 1;
                    self.dictionary((at, ordinal), number, dictionary, role);
                    if role == Role::Any {
                        self.notice(number, dictionary, is_top && has_stream);
                    }
                    let inner = dictionary.0.iter();
                    waiting.extend(inner.map(|(name, value)| (value, role_of(name, dictionary, role))));
                }
                _ => {}
            }
        }
        true
    }

    fn dictionary(&mut self, place: (usize, usize), number: u32, dictionary: &Dictionary, role: Role) {
        let event = match role {
            Role::Action(event) => Some(event),
            Role::Scripts => Some("document script"),
            Role::Any | Role::Events => None,
        };
        let is_followed = event.is_some_and(|event| !event.is_empty());
        // Data files for forms keep scripts without an action around them (12.7.7.2).
        let bare = ["Before", "After", "Doc"].iter().any(|name| dictionary.has(name));
        let is_script = role == Role::Scripts && bare;
        if !(is_action(dictionary, is_followed) || is_script) {
            return;
        }
        if self.met.actions.len() >= PDF_ACTIONS_MAX && !self.met.actions.contains_key(&place) {
            return;
        }
        let action = self.met.actions.entry(place).or_insert_with(|| Action {
            dictionary: dictionary.clone(),
            number,
            starts: BTreeSet::new(),
        });
        action.starts.extend(event.filter(|event| !event.is_empty()));
    }

    /// Takes note of what is no action.
    fn notice(&mut self, number: u32, dictionary: &Dictionary, is_stream: bool) {
        if let Some(value) = dictionary.get("EF") {
            self.file(dictionary, value);
        }
        if is_stream && dictionary.is("Type", "EmbeddedFile") {
            self.met.files.entry(number).or_default();
        }
        if let Some(form) = dictionary.get("XFA") {
            self.met.forms.push(form.clone());
        }
        if dictionary.is("Type", "Page") && self.met.pages.len() < PAGES_MAX {
            self.met.pages.push(dictionary.clone());
        }
        if dictionary.is("Subtype", "RichMedia") && dictionary.has("RichMediaContent") {
            self.met.played.push(("RichMedia", number));
        }
        if dictionary.is("Subtype", "3D") && dictionary.has("3DD") {
            self.met.played.push(("3D", number));
        }
        let is_address = dictionary.is("FS", "URL");
        let address = dictionary.get("F").and_then(Object::text).filter(|_| is_address || is_stream);
        if let Some(address) = address.filter(|address| !address.is_empty()) {
            self.met.loaded.push((address.to_vec(), number));
        }
    }

    fn file(&mut self, dictionary: &Dictionary, streams: &Object) {
        let names = ["UF", "F", "Unix", "DOS", "Mac"].iter().filter_map(|key| {
            let value = dictionary.get(key).map(|value| self.document.resolved(value))?;
            value.text().filter(|name| !name.is_empty()).map(<[u8]>::to_vec)
        });
        let names: Vec<Vec<u8>> = names.collect();
        let streams = self.document.resolved(streams);
        for (_, stream) in streams.dictionary().iter().flat_map(|streams| &streams.0) {
            if let Object::Reference(number) = stream {
                let known = self.met.files.entry(*number).or_default();
                for name in &names {
                    if !known.contains(name) {
                        known.push(name.clone());
                    }
                }
            }
        }
    }
}

/// What the value of `name` is, in a dictionary that is itself met as `role`.
fn role_of(name: &[u8], dictionary: &Dictionary, role: Role) -> Role {
    match (name, role) {
        (b"OpenAction", _) => Role::Action("OpenAction"),
        (b"AA", _) => Role::Events,
        (_, Role::Events) => EVENTS
            .iter()
            .find(|(key, _)| key.as_bytes() == name)
            .map_or(Role::Action("another event"), |(_, event)| Role::Action(event)),
        (b"JavaScript", _) if !dictionary.has("S") => Role::Scripts,
        (b"Names" | b"Kids", Role::Scripts) => Role::Scripts,
        (b"A" | b"PA", _) => Role::Action(""),
        (b"Next", Role::Action(event)) => Role::Action(event),
        (b"Next", Role::Scripts) => Role::Action("document script"),
        _ => Role::Any,
    }
}

/// Events of documents, pages, annotations and fields (12.6.3); pressing a button is a click.
const EVENTS: &[(&str, &str)] = &[
    ("O", "page opened"),
    ("C", "page closed, or value calculated"),
    ("WC", "document closes"),
    ("WS", "document saves"),
    ("DS", "document saved"),
    ("WP", "document prints"),
    ("DP", "document printed"),
    ("E", "pointer enters"),
    ("X", "pointer leaves"),
    ("D", ""),
    ("U", ""),
    ("Fo", "field entered"),
    ("Bl", "field left"),
    ("PO", "page of the annotation opened"),
    ("PC", "page of the annotation closed"),
    ("PV", "annotation visible"),
    ("PI", "annotation invisible"),
    ("K", "key pressed in a field"),
    ("F", "value formatted"),
    ("V", "value checked"),
];

/// Whether a dictionary is an action that can reach out of the document, or run something.
fn is_action(dictionary: &Dictionary, is_followed: bool) -> bool {
    match dictionary.get("S").and_then(Object::name) {
        Some(b"JavaScript") => dictionary.has("JS"),
        // A player's action may carry a script as well.
        Some(b"Rendition") => dictionary.has("JS"),
        Some(b"Launch") => ["F", "Win", "Mac", "Unix"].iter().any(|name| dictionary.has(name)),
        Some(b"GoToR" | b"GoToE" | b"SubmitForm" | b"ImportData") => true,
        Some(b"URI") => {
            let target = dictionary.get("URI").and_then(Object::text).unwrap_or_default();
            is_followed || super::links::is_share(&super::text::text(target))
        }
        _ => false,
    }
}

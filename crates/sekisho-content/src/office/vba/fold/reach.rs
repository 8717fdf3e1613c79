//! Which procedures what starts by itself leads to: names in its code, or in its strings (`Application.OnTime`,
//! `OnAction`), are taken as calls. A member of a class is reached only where the class is named.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::header;
use super::{first_words, word};
use crate::office::vba::grade::starts;
use crate::office::vba::tokens::{Token, lines};

/// A procedure with what stands in it.
struct Body {
    module: usize,
    name: String,
    /// Words in front of which no point stands, and those of strings.
    words: BTreeSet<String>,
    members: BTreeSet<String>,
    is_started: bool,
    /// Whether a name that is only made at run time is called.
    is_computed: bool,
}

/// A module as its attributes describe it.
#[derive(Default)]
struct Module {
    name: String,
    /// Classes, forms, sheets and documents: what is in them is reached through their names.
    is_class: bool,
}

/// Procedures that are reached, by the number of their source; `None` where all may be.
pub(super) fn reached(sources: &[&str], started: &BTreeSet<String>) -> Option<BTreeSet<(usize, String)>> {
    let modules: Vec<Module> = sources.iter().map(|source| module(source)).collect();
    let mut bodies = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        bodies_of(number, source, started, &mut bodies);
    }
    let mut search = Search::new(&modules, &bodies);
    let first = bodies.iter().enumerate().filter(|(_, body)| body.is_started).map(|(at, _)| at);
    search.open.extend(first);
    // What stands outside procedures is everybody's.
    let mut reached: BTreeSet<(usize, String)> = BTreeSet::new();
    if !search.open.is_empty() {
        reached.extend((0..sources.len()).map(|module| (module, String::new())));
    }
    while let Some(at) = search.open.pop() {
        let Some(body) = bodies.get(at).filter(|_| search.reached.insert(at)) else { continue };
        if body.is_computed {
            return None;
        }
        reached.insert((body.module, body.name.clone()));
        search.follow(body);
    }
    Some(reached)
}

/// Procedures by name, and what was followed; each name is followed once, so that the way is as long as the sources.
struct Search<'s> {
    modules: &'s [Module],
    by_name: BTreeMap<&'s str, Vec<usize>>,
    by_place: BTreeMap<(usize, &'s str), Vec<usize>>,
    place_of: Vec<usize>,
    modules_by_name: BTreeMap<&'s str, Vec<usize>>,
    named: BTreeSet<usize>,
    /// Members that were called of modules that nothing has named yet.
    pending: BTreeMap<usize, Vec<usize>>,
    followed: BTreeSet<(Option<usize>, bool, &'s str)>,
    reached: BTreeSet<usize>,
    open: Vec<usize>,
}

/// Procedures that the making or showing of an object calls.
const MADE: &[&str] = &["class_initialize", "class_terminate", "userform_initialize", "userform_activate"];

impl<'s> Search<'s> {
    fn new(modules: &'s [Module], bodies: &'s [Body]) -> Self {
        let mut search = Search {
            modules,
            by_name: BTreeMap::new(),
            by_place: BTreeMap::new(),
            place_of: bodies.iter().map(|body| body.module).collect(),
            modules_by_name: BTreeMap::new(),
            named: BTreeSet::new(),
            pending: BTreeMap::new(),
            followed: BTreeSet::new(),
            reached: BTreeSet::new(),
            open: Vec::new(),
        };
        for (at, body) in bodies.iter().enumerate() {
            search.by_name.entry(&body.name).or_default().push(at);
            search.by_place.entry((body.module, &body.name)).or_default().push(at);
        }
        for (at, module) in modules.iter().enumerate() {
            search.modules_by_name.entry(&module.name).or_default().push(at);
        }
        search
    }

    fn follow(&mut self, body: &'s Body) {
        let words = body.words.iter().map(|word| (word.as_str(), false));
        let members = body.members.iter().map(|word| (word.as_str(), true));
        for (word, is_member) in words.chain(members) {
            if self.followed.insert((Some(body.module), is_member, word)) {
                self.open.extend(self.by_place.get(&(body.module, word)).into_iter().flatten());
            }
            if self.followed.insert((None, is_member, word)) {
                self.follow_everywhere(word, is_member);
            }
        }
    }

    fn follow_everywhere(&mut self, word: &str, is_member: bool) {
        for at in self.by_name.get(word).into_iter().flatten().copied() {
            let Some(module) = self.place_of.get(at).copied() else { continue };
            let is_class = self.modules.get(module).is_some_and(|module| module.is_class);
            if is_member && !self.named.contains(&module) {
                self.pending.entry(module).or_default().push(at);
            } else if is_member || !is_class {
                self.open.push(at);
            }
        }
        for module in self.modules_by_name.get(word).cloned().unwrap_or_default() {
            if self.named.insert(module) {
                self.open.extend(self.pending.remove(&module).unwrap_or_default());
                for name in MADE {
                    self.open.extend(self.by_place.get(&(module, *name)).into_iter().flatten());
                }
            }
        }
    }
}

fn module(source: &str) -> Module {
    const ATTRIBUTES_MAX: usize = 64;
    let mut module = Module::default();
    for line in source.lines().take(ATTRIBUTES_MAX) {
        let Some((name, value)) = line.strip_prefix("Attribute ").and_then(|line| line.split_once('='))
        else {
            continue;
        };
        match name.trim() {
            "VB_Name" => module.name = value.trim().trim_matches('"').to_lowercase(),
            "VB_Exposed" | "VB_PredeclaredId" | "VB_Base" => module.is_class = true,
            _ => {}
        }
    }
    module
}

fn bodies_of(number: usize, source: &str, started: &BTreeSet<String>, bodies: &mut Vec<Body>) {
    let first = bodies.len();
    for line in lines(source) {
        if let Some(found) = header(&line) {
            let is_started =
                starts(&found.name) || found.is_handed_the_ribbon || started.contains(&found.name);
            let (name, words, members) = (found.name, BTreeSet::new(), BTreeSet::new());
            bodies.push(Body { module: number, name, words, members, is_started, is_computed: false });
        }
        let Some(body) = bodies.get_mut(first..).and_then(|own| own.last_mut()) else { continue };
        for (at, token) in line.iter().enumerate() {
            match token {
                Token::Word(word) => {
                    let before = at.checked_sub(1).and_then(|before| line.get(before));
                    let is_member = matches!(before, Some(Token::Sign('.')));
                    let known = if is_member { &mut body.members } else { &mut body.words };
                    if !known.contains(word) {
                        known.insert(word.clone());
                    }
                    body.is_computed |= is_computed_call(&line, at, word);
                }
                Token::Text(text) if text.len() < 256 => {
                    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
                    body.words.extend(words.filter(|word| !word.is_empty()).map(str::to_lowercase));
                }
                _ => {}
            }
        }
    }
}

/// `Application.Run` of what is no literal, or `CallByName`.
fn is_computed_call(line: &[Token], at: usize, name: &str) -> bool {
    let before = at.checked_sub(2).and_then(|before| line.get(before));
    let behind = line.get(at + 1..).unwrap_or_default();
    match name {
        "run" if word(before) == "application" => {
            !matches!(behind, [Token::Text(_), ..] | [Token::Sign('('), Token::Text(_), ..])
        }
        "callbyname" => true,
        _ => false,
    }
}

/// Where the reading of lines stands, and whether that is reached.
#[derive(Debug, Default)]
pub(super) struct Place {
    reached: Option<BTreeSet<(usize, String)>>,
    /// Their names alone.
    names: BTreeSet<String>,
    current: (usize, String),
    is_reached: bool,
}

impl Place {
    pub(super) fn new(reached: Option<BTreeSet<(usize, String)>>) -> Self {
        let names = reached.iter().flatten().map(|(_, name)| name.clone()).collect();
        Self { reached, names, ..Self::default() }
    }

    pub(super) fn enter_source(&mut self, number: usize) {
        self.current = (number, String::new());
        self.settle();
    }

    pub(super) fn enter(&mut self, tokens: &[Token]) {
        if let Some(found) = header(tokens) {
            self.current.1 = found.name;
        } else if matches!(first_words(tokens), ("end", "sub" | "function" | "property")) {
            self.current.1.clear();
        } else {
            return;
        }
        self.settle();
    }

    /// A procedure by its name alone, in whatever source.
    pub(super) fn enter_named(&mut self, name: &str) {
        self.is_reached = self.reached.is_none() || self.names.contains(name);
    }

    pub(super) fn is_reached(&self) -> bool {
        self.is_reached
    }

    fn settle(&mut self) {
        self.is_reached = self.reached.as_ref().is_none_or(|reached| reached.contains(&self.current));
    }
}

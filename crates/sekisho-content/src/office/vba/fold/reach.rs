//! Which procedures what starts by itself leads to: names in its code, or in its strings (`Application.OnTime`,
//! `OnAction`), are taken as calls. A member of a class is reached only where the class is named.

use std::collections::BTreeSet;

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
pub(super) fn reached(sources: &[&str], started: &[String]) -> Option<BTreeSet<(usize, String)>> {
    let mut modules = Vec::new();
    let mut bodies = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        modules.push(module(source));
        bodies_of(number, source, started, &mut bodies);
    }
    let mut words: BTreeSet<&str> = BTreeSet::new();
    let mut is_reached = vec![false; bodies.len()];
    let mut open: Vec<usize> =
        (0..bodies.len()).filter(|at| bodies.get(*at).is_some_and(|body| body.is_started)).collect();
    // What stands outside procedures is everybody's.
    let mut reached: BTreeSet<(usize, String)> = BTreeSet::new();
    if !open.is_empty() {
        reached.extend((0..sources.len()).map(|module| (module, String::new())));
    }
    // Each round reaches one procedure more, or is the last.
    while let Some(at) = open.pop() {
        let (Some(body), Some(flag)) = (bodies.get(at), is_reached.get_mut(at)) else { continue };
        if std::mem::replace(flag, true) {
            continue;
        }
        if body.is_computed {
            return None;
        }
        reached.insert((body.module, body.name.clone()));
        words.extend(body.words.iter().map(String::as_str));
        words.extend(body.members.iter().map(String::as_str));
        if open.is_empty() {
            let leads = |target: &Body| {
                let module = modules.get(target.module);
                let named = module.is_some_and(|module| words.contains(module.name.as_str()));
                let is_class = module.is_some_and(|module| module.is_class);
                let made =
                    ["class_initialize", "class_terminate", "userform_initialize", "userform_activate"];
                if named && made.contains(&target.name.as_str()) {
                    return true;
                }
                bodies.iter().zip(&is_reached).filter(|(_, reached)| **reached).any(|(from, _)| {
                    let is_own = from.module == target.module;
                    (is_own || !is_class) && from.words.contains(&target.name)
                        || (named || is_own) && from.members.contains(&target.name)
                })
            };
            let next: Vec<usize> = bodies
                .iter()
                .enumerate()
                .filter(|(at, target)| is_reached.get(*at) == Some(&false) && leads(target))
                .map(|(at, _)| at)
                .collect();
            open.extend(next);
        }
    }
    Some(reached)
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

fn bodies_of(number: usize, source: &str, started: &[String], bodies: &mut Vec<Body>) {
    // A project with more procedures than any that people write is not told apart.
    const BODIES_MAX: usize = 4096;
    let first = bodies.len();
    for line in lines(source) {
        if let Some(found) = header(&line)
            && bodies.len() < BODIES_MAX
        {
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
    current: (usize, String),
    is_reached: bool,
}

impl Place {
    pub(super) fn new(reached: Option<BTreeSet<(usize, String)>>) -> Self {
        Self { reached, ..Self::default() }
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
        let of_name = |reached: &BTreeSet<(usize, String)>| reached.iter().any(|(_, known)| known == name);
        self.is_reached = self.reached.as_ref().is_none_or(of_name);
    }

    pub(super) fn is_reached(&self) -> bool {
        self.is_reached
    }

    fn settle(&mut self) {
        self.is_reached = self.reached.as_ref().is_none_or(|reached| reached.contains(&self.current));
    }
}

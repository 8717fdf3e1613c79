//! Which procedures what starts by itself leads to: their names, in its code or in its strings (`Application.OnTime`,
//! `OnAction`), are taken as calls.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::header;
use super::{first_words, word};
use crate::office::vba::grade::starts;
use crate::office::vba::tokens::{Token, lines};

/// Names of procedures that are reached; `None` where a name is only made at run time, so that all are.
pub(super) fn reached(sources: &[&str]) -> Option<BTreeSet<String>> {
    let mut bodies: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut first: BTreeSet<String> = BTreeSet::new();
    let mut current = String::new();
    for line in sources.iter().flat_map(|source| lines(source)) {
        if let Some(found) = header(&line) {
            current = found.name;
            if starts(&current) || found.is_handed_the_ribbon {
                first.insert(current.clone());
            }
        }
        let body = bodies.entry(current.clone()).or_default();
        if line.iter().enumerate().any(|(at, token)| is_computed_run(&line, at, token)) {
            body.insert(COMPUTED.to_owned());
        }
        for token in &line {
            match token {
                Token::Word(word) if !body.contains(word) => {
                    body.insert(word.clone());
                }
                Token::Text(text) if text.len() < 256 => {
                    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
                    body.extend(words.filter(|word| !word.is_empty()).map(str::to_lowercase));
                }
                _ => {}
            }
        }
        if matches!(first_words(&line), ("end", "sub" | "function" | "property")) {
            current.clear();
        }
    }
    // What stands outside procedures is everybody's.
    let mut reached: BTreeSet<String> = first.first().map(|_| String::new()).into_iter().collect();
    let mut open: Vec<String> = first.into_iter().collect();
    while let Some(name) = open.pop() {
        let Some(body) = bodies.get(&name) else { continue };
        if !reached.insert(name) {
            continue;
        }
        if body.contains(COMPUTED) {
            return None;
        }
        open.extend(body.iter().filter(|word| bodies.contains_key(*word)).cloned());
        // What the making of an object and the showing of a form start.
        let made = ["class_initialize", "class_terminate"].iter().filter(|_| body.contains("new"));
        let shown = ["userform_initialize", "userform_activate"];
        let shown = shown.iter().filter(|_| body.contains("show") || body.contains("load"));
        open.extend(made.chain(shown).map(|name| (*name).to_owned()));
    }
    Some(reached)
}

/// Stands for a name that is only made at run time; no word of a source.
const COMPUTED: &str = "\u{1}";

/// `Application.Run` of what is no literal, `CallByName`, or the code of modules.
fn is_computed_run(line: &[Token], at: usize, token: &Token) -> bool {
    let Token::Word(name) = token else { return false };
    let before = at.checked_sub(2).and_then(|before| line.get(before));
    let behind = line.get(at + 1..).unwrap_or_default();
    match name.as_str() {
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
    reached: Option<BTreeSet<String>>,
    current: String,
}

impl Place {
    pub(super) fn new(reached: Option<BTreeSet<String>>) -> Self {
        Self { reached, current: String::new() }
    }

    pub(super) fn enter(&mut self, tokens: &[Token]) {
        if let Some(found) = header(tokens) {
            self.current = found.name;
        } else if matches!(first_words(tokens), ("end", "sub" | "function" | "property")) {
            self.current.clear();
        }
    }

    pub(super) fn enter_named(&mut self, name: &str) {
        name.clone_into(&mut self.current);
    }

    pub(super) fn is_reached(&self) -> bool {
        self.reached.as_ref().is_none_or(|reached| reached.contains(&self.current))
    }
}

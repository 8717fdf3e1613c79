//! Tokens → what the macros declare, call and spell out, with strings folded: joined, turned, replaced, taken from
//! numbers, decoded by the macros' own functions.
//!
//! First every statement is read once in its order, whatever leads to it; then the procedures are run as far as their
//! values are known. Every token costs a unit of work each time it is looked at.

mod blocks;
mod expression;
mod functions;
mod keywords;
mod reach;
mod run;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::stored::Stored;
use super::tokens::{Token, lines};
use crate::open::{Budget, Opened};
use crate::{Cost, Unread};
use blocks::Procedure;
use reach::Place;
use run::Frame;

/// A value, as far as it is known without running.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Value {
    /// A string.
    Text(String),
    /// A number.
    Number(i64),
    /// An array.
    List(Vec<Value>),
    /// What a variable holds before it is given a value.
    Empty,
    /// Only known when it runs.
    Unknown,
}

impl Value {
    fn number(&self) -> Option<i64> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Text(text) => functions::val(text),
            Value::Empty => Some(0),
            Value::List(_) | Value::Unknown => None,
        }
    }
}

/// What macros say.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Names of procedures, in lower case.
    pub(super) procedures: Vec<String>,
    /// Those that Office calls when it loads the ribbon, by their parameter or by the document's word.
    pub(super) ribbon: Vec<String>,
    /// Functions of libraries that are declared: the name that the code uses, then all words and strings in lower case.
    pub(super) declared: Vec<(String, Vec<String>)>,
    /// What is said where things lead that start by themselves.
    pub(super) reached: Said,
    /// What is said elsewhere.
    pub(super) rest: Said,
    /// Statements other than declarations.
    pub(super) statements: usize,
    /// Whether there was more to run than the limits let.
    pub(super) exhausted: bool,
}

/// Words, calls and strings.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// Every call: its name with what stands in front (`obj.run`), and its arguments.
    pub(super) calls: Vec<(String, Vec<Value>)>,
    /// All words of the code.
    pub(super) words: BTreeSet<String>,
    /// Literals as written.
    pub(super) literals: Vec<String>,
    /// Strings that only folding shows.
    pub(super) folded: Vec<String>,
    /// Strings that macros fetch from the document around them.
    pub(super) kept: Vec<String>,
}

/// Work spent on running procedures, in units; what decodes a command takes some ten thousand.
const RUN_WORK_MAX: u64 = 6_000_000;

/// Reads sources twice, since constants that stand later are known the second time; then runs them.
pub(super) fn read(sources: &[&str], stored: &Stored, budget: &mut Budget, opened: &mut Opened) -> Known {
    let (procedures, shared) = blocks::procedures(sources);
    let mut reader = Reader {
        place: Place::new(reach::reached(sources, &stored.started)),
        variables: BTreeMap::new(),
        frames: Vec::new(),
        loops: 0,
        depth: 0,
        procedures,
        shared,
        stored,
        run_left: RUN_WORK_MAX.min(budget.work_left / 2),
        known: Known::default(),
        said: HashSet::new(),
        budget,
        spent: false,
        kept_bytes: 0,
    };
    for _ in 0..2 {
        reader.known = Known::default();
        reader.kept_bytes = 0;
        for (number, source) in sources.iter().enumerate() {
            reader.place.enter_source(number);
            for line in lines(source) {
                let statements =
                    line.split(|token| *token == Token::End).filter(|statement| !statement.is_empty());
                statements.for_each(|statement| reader.first_reading(statement));
            }
        }
    }
    reader.run_all();
    if reader.spent {
        opened.note(Unread::TooLarge, "macro");
    }
    reader.known
}

struct Reader<'b> {
    /// Where the statement that is read stands.
    place: Place,
    /// What variables hold, whatever procedure they are in.
    variables: BTreeMap<String, Value>,
    /// Procedures that run now, the innermost last; none while statements are read for the first time.
    frames: Vec<Frame>,
    /// Loops around the statement that runs.
    loops: usize,
    /// Brackets and calls around the expression that is read.
    depth: usize,
    procedures: BTreeMap<String, Rc<Procedure>>,
    /// Variables that belong to no procedure.
    shared: BTreeSet<String>,
    /// Strings that the document keeps outside the macros.
    stored: &'b Stored,
    run_left: u64,
    known: Known,
    /// Calls noted while running, by their hashes, so that each is noted once.
    said: HashSet<u64>,
    budget: &'b mut Budget,
    spent: bool,
    kept_bytes: usize,
}

fn first_words(tokens: &[Token]) -> (&str, &str) {
    (word(tokens.first()), word(tokens.get(1)))
}

fn word(token: Option<&Token>) -> &str {
    match token {
        Some(Token::Word(word)) => word,
        _ => "",
    }
}

/// Strings fetched from the document that are kept: each new one is compared with all.
const KEPT_STRINGS_MAX: usize = 256;

/// Words in front of a declaration.
const MODIFIERS: &[&str] = &["public", "private", "friend", "static", "global"];

impl Reader<'_> {
    /// Notes what a statement declares, then reads it.
    fn first_reading(&mut self, tokens: &[Token]) {
        if !self.pays(tokens.len() as u64) {
            return;
        }
        let first = word(tokens.first());
        if first == "attribute" || first == "option" {
            return;
        }
        self.place.enter(tokens);
        if tokens.iter().take(3).any(|token| word(Some(token)) == "declare") {
            let names = tokens.iter().filter_map(|token| match token {
                Token::Word(word) => Some(word.clone()),
                Token::Text(text) => Some(text.to_lowercase()),
                _ => None,
            });
            let kind = tokens.iter().position(|token| matches!(word(Some(token)), "sub" | "function"));
            let name = word(kind.and_then(|at| tokens.get(at + 1)));
            self.known.declared.push((name.to_owned(), names.collect()));
            return;
        }
        let words = &mut self.said_here().words;
        for token in tokens {
            if !words.contains(word(Some(token))) {
                words.insert(word(Some(token)).to_owned());
            }
        }
        let skipped = tokens.iter().take_while(|token| MODIFIERS.contains(&word(Some(token)))).count();
        let rest = tokens.get(skipped..).unwrap_or_default();
        match word(rest.first()) {
            "sub" | "function" | "property" => {
                let name = rest.iter().skip(1).map(|token| word(Some(token)));
                let name = name.clone().find(|name| !matches!(*name, "get" | "let" | "set"));
                self.known.procedures.extend(name.map(str::to_owned));
                let called = self.known.procedures.last().filter(|name| {
                    self.stored.started.contains(name.as_str())
                        || tokens.iter().any(|token| word(Some(token)) == "iribbonui")
                });
                self.known.ribbon.extend(called.cloned());
            }
            "end" if matches!(word(rest.get(1)), "sub" | "function" | "property") => {}
            "dim" => {}
            _ => {
                self.known.statements += 1;
                self.statement(rest);
            }
        }
    }

    /// Runs every procedure that waits for nothing, those that start by themselves first.
    fn run_all(&mut self) {
        let starts = |name: &String| super::grade::starts(name);
        let (mut first, rest): (Vec<String>, Vec<String>) = self.procedures.keys().cloned().partition(starts);
        first.extend(rest);
        for name in first {
            let base = name.split('\u{1}').next().unwrap_or_default();
            let waits = self.procedures.get(&name).is_none_or(|procedure| {
                // A handler is given what it needs; a decoder with parameters is run by who calls it.
                !(procedure.parameters.is_empty()
                    || super::grade::starts(base)
                    || procedure.is_handed_the_ribbon)
            });
            if !waits {
                self.place.enter_named(base);
                self.invoke(&name, &[]);
            }
        }
    }

    /// Whether a unit of work could be paid; what runs has a purse of its own inside the whole.
    fn pays(&mut self, units: u64) -> bool {
        if !self.frames.is_empty() {
            return self.pay_run(units);
        }
        let paid = self.budget.pay(Cost::Work(units)).is_ok();
        self.spent |= !paid;
        paid
    }

    fn pay_run(&mut self, units: u64) -> bool {
        let units = units.max(1);
        let paid = self.run_left >= units && self.budget.pay(Cost::Work(units)).is_ok();
        self.run_left = if paid { self.run_left - units } else { 0 };
        self.known.exhausted |= !paid;
        paid
    }

    fn note_literal(&mut self, text: &str) {
        let kept = self.said_here().literals.len();
        if self.frames.is_empty() && self.has_room(text, kept) {
            self.said_here().literals.push(text.to_owned());
        }
    }

    fn note_folded(&mut self, value: &Value) {
        let Value::Text(text) = value else { return };
        let folded = &self.said_here().folded;
        let (kept, again) = (folded.len(), folded.last() == Some(text));
        if !again && self.has_room(text, kept) {
            self.said_here().folded.push(text.clone());
        }
    }

    fn note_kept(&mut self, value: &Value) {
        let Value::Text(text) = value else { return };
        let kept = &self.said_here().kept;
        let (count, again) = (kept.len(), kept.contains(text));
        if count < KEPT_STRINGS_MAX && !again && self.has_room(text, count) {
            self.said_here().kept.push(text.clone());
        }
    }

    fn has_room(&mut self, text: &str, kept: usize) -> bool {
        // Strings kept for judging: a macro with more than this is made of data, whose beginning tells as well.
        const KEPT_BYTES_MAX: usize = 4 * 1024 * 1024;
        const KEPT_MAX: usize = 20_000;
        if text.len() < 3 {
            return false;
        }
        if kept >= KEPT_MAX || self.kept_bytes.saturating_add(text.len()) > KEPT_BYTES_MAX {
            self.spent |= self.frames.is_empty();
            return false;
        }
        self.kept_bytes += text.len();
        true
    }

    /// Notes a call; while running only where it says something new.
    fn note_call(&mut self, name: String, arguments: Vec<Value>) {
        const SAID_MAX: usize = 4_000;
        if !self.frames.is_empty() {
            let known = arguments.iter().any(|value| matches!(value, Value::Text(_)));
            if !known || self.said.len() > SAID_MAX {
                return;
            }
            let size = arguments.iter().map(functions::length).sum();
            let mut hasher = DefaultHasher::new();
            (&name, &arguments).hash(&mut hasher);
            if !self.pays(size) || !self.said.insert(hasher.finish()) {
                return;
            }
            arguments.iter().for_each(|value| self.note_folded(value));
        }
        self.said_here().calls.push((name, arguments));
    }

    fn said_here(&mut self) -> &mut Said {
        if self.place.is_reached() { &mut self.known.reached } else { &mut self.known.rest }
    }
}

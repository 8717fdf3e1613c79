//! Lines of tokens → procedures, their statements nested as `If`, `For`, `Do`, `Select` and `With` nest them
//! ([MS-VBAL] 5.3, 5.4). What does not close, closes with its procedure.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::word;
use crate::office::vba::tokens::{Token, lines};

/// A procedure that can be run.
#[derive(Debug, Default)]
pub(super) struct Procedure {
    pub(super) parameters: Vec<String>,
    /// Whether it hands out a value: a function, or a property that is read.
    pub(super) returns: bool,
    /// Whether Office calls it when it loads the ribbon.
    pub(super) is_handed_the_ribbon: bool,
    pub(super) body: Vec<Node>,
}

/// A statement with what is nested in it.
#[derive(Debug)]
pub(super) enum Node {
    Line(Vec<Token>),
    /// Conditions with their branches; the last may have none.
    If(Vec<(Option<Vec<Token>>, Vec<Node>)>),
    /// `For name = from To to [Step step]`, whole.
    For(Vec<Token>, Vec<Node>),
    /// `For Each name In list`, whole.
    Each(Vec<Token>, Vec<Node>),
    Loop {
        /// `While …` or `Until …`, in front or behind.
        test: Option<Vec<Token>>,
        tested_behind: bool,
        body: Vec<Node>,
    },
    Select(Vec<Token>, Vec<(Vec<Token>, Vec<Node>)>),
    With(Vec<Token>, Vec<Node>),
}

/// Blocks nested deeper are taken as lines.
const NESTED_MAX: usize = 24;

/// All procedures of these sources by name in lower case, and the variables that belong to no procedure.
pub(super) fn procedures(sources: &[&str]) -> (BTreeMap<String, Rc<Procedure>>, BTreeSet<String>) {
    let mut found = BTreeMap::new();
    let mut shared = BTreeSet::new();
    let mut open: Option<(String, Procedure, Builder)> = None;
    for line in sources.iter().flat_map(|source| lines(source)) {
        let first = line.split(|token| *token == Token::End).next().unwrap_or_default();
        if let Some(header) = header(first) {
            close(&mut found, open.take());
            let Header { name, parameters, returns, is_handed_the_ribbon, runs } = header;
            let procedure = Procedure { parameters, returns, is_handed_the_ribbon, body: Vec::new() };
            open = runs.then(|| (name, procedure, Builder::default()));
            // What stands on the same line behind a colon.
            if let Some(at) = line.iter().position(|token| *token == Token::End) {
                let rest = line.get(at + 1..).unwrap_or_default();
                body_line(rest, &mut found, &mut open);
            }
        } else if open.is_none() {
            let declares = DECLARES.contains(&word(first.first()));
            let names =
                first.iter().map(|token| word(Some(token))).filter(|name| !name.is_empty() && declares);
            shared.extend(names.map(str::to_owned));
        } else {
            body_line(&line, &mut found, &mut open);
        }
    }
    close(&mut found, open);
    (found, shared)
}

/// Words that declare variables outside procedures.
const DECLARES: &[&str] = &["dim", "public", "private", "global", "static"];

fn body_line(
    line: &[Token],
    found: &mut BTreeMap<String, Rc<Procedure>>,
    open: &mut Option<(String, Procedure, Builder)>,
) {
    let ends = line.windows(2).position(|pair| {
        word(pair.first()) == "end" && matches!(word(pair.get(1)), "sub" | "function" | "property")
    });
    if let Some((_, _, builder)) = open {
        builder.line(line.get(..ends.unwrap_or(line.len())).unwrap_or_default());
    }
    if ends.is_some() {
        close(found, open.take());
    }
}

fn close(found: &mut BTreeMap<String, Rc<Procedure>>, open: Option<(String, Procedure, Builder)>) {
    if let Some((name, mut procedure, builder)) = open {
        procedure.body = builder.finish();
        // Modules may have procedures of one name; all are run, one can be called.
        let twin = found.contains_key(&name).then(|| format!("{name}\u{1}{}", found.len()));
        found.insert(twin.unwrap_or(name), Rc::new(procedure));
    }
}

/// How a procedure begins.
pub(super) struct Header {
    pub(super) name: String,
    parameters: Vec<String>,
    returns: bool,
    /// Whether Office calls it when it loads the ribbon.
    pub(super) is_handed_the_ribbon: bool,
    runs: bool,
}

/// The procedure that begins here.
pub(super) fn header(tokens: &[Token]) -> Option<Header> {
    let at = tokens
        .iter()
        .take(4)
        .position(|token| matches!(word(Some(token)), "sub" | "function" | "property"))?;
    if tokens.iter().take(at).any(|token| !super::MODIFIERS.contains(&word(Some(token)))) {
        return None;
    }
    let kind = word(tokens.get(at));
    let is_property = kind == "property";
    let name = word(tokens.get(at + 1 + usize::from(is_property)));
    if name.is_empty() {
        return None;
    }
    let list = tokens.get(at + 2..).unwrap_or_default();
    let start = list.iter().position(|token| *token == Token::Sign('(')).map_or(list.len(), |at| at + 1);
    let mut parameters = Vec::new();
    for parameter in list.get(start..).unwrap_or_default().split(|token| *token == Token::Sign(',')) {
        let skipped = ["optional", "byval", "byref", "paramarray"];
        let mut names =
            parameter.iter().map(|token| word(Some(token))).filter(|name| !skipped.contains(name));
        parameters.extend(names.next().filter(|name| !name.is_empty()).map(str::to_owned));
    }
    Some(Header {
        name: name.to_owned(),
        parameters,
        returns: kind != "sub",
        is_handed_the_ribbon: list.iter().any(|token| word(Some(token)) == "iribbonui"),
        runs: !is_property || word(tokens.get(at + 1)) == "get",
    })
}

#[derive(Default)]
struct Builder {
    done: Vec<Node>,
    open: Vec<(Open, Vec<Node>)>,
}

enum Open {
    If { branches: Vec<(Option<Vec<Token>>, Vec<Node>)>, condition: Option<Vec<Token>> },
    For(Vec<Token>),
    Each(Vec<Token>),
    Loop { test: Option<Vec<Token>> },
    Select { subject: Vec<Token>, cases: Vec<(Vec<Token>, Vec<Node>)>, case: Option<Vec<Token>> },
    With(Vec<Token>),
}

impl Builder {
    fn line(&mut self, line: &[Token]) {
        let mut rest = line;
        while !rest.is_empty() {
            let then = rest.iter().position(|token| word(Some(token)) == "then");
            if word(rest.first()) == "if"
                && let Some(then) = then
                && rest.get(then + 1).is_some_and(|token| *token != Token::End)
            {
                self.push(short_if(rest, then));
                return;
            }
            let end = rest.iter().position(|token| *token == Token::End).unwrap_or(rest.len());
            self.statement(rest.get(..end).unwrap_or_default());
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }

    fn statement(&mut self, tokens: &[Token]) {
        let rest = |skipped: usize| tokens.get(skipped..).unwrap_or_default().to_vec();
        match (word(tokens.first()), word(tokens.get(1))) {
            ("if", _) => {
                self.begin(tokens, Open::If { branches: Vec::new(), condition: Some(condition(tokens)) })
            }
            ("elseif", _) => self.branch(Some(condition(tokens))),
            ("else", _) => {
                self.branch(None);
                if tokens.len() > 1 {
                    self.statement(&rest(1));
                }
            }
            ("for", "each") => self.begin(tokens, Open::Each(rest(2))),
            ("for", _) => self.begin(tokens, Open::For(rest(1))),
            ("do", "") => self.begin(tokens, Open::Loop { test: None }),
            ("do", _) => self.begin(tokens, Open::Loop { test: Some(rest(1)) }),
            ("while", _) => self.begin(tokens, Open::Loop { test: Some(rest(0)) }),
            ("select", "case") => {
                self.begin(tokens, Open::Select { subject: rest(2), cases: Vec::new(), case: None });
            }
            ("case", _) => self.case(rest(1)),
            ("with", _) => self.begin(tokens, Open::With(rest(1))),
            ("end", "if" | "select" | "with") | ("wend", _) => self.end(None),
            ("next", _) => {
                let several = tokens.iter().filter(|token| **token == Token::Sign(',')).count();
                (0..=several.min(NESTED_MAX)).for_each(|_| self.end(None));
            }
            ("loop", _) => self.end((tokens.len() > 1).then(|| rest(1))),
            ("", _) if tokens.is_empty() => {}
            _ => self.push(Node::Line(tokens.to_vec())),
        }
    }

    fn begin(&mut self, tokens: &[Token], open: Open) {
        if self.open.len() < NESTED_MAX {
            self.open.push((open, Vec::new()));
        } else {
            self.push(Node::Line(tokens.to_vec()));
        }
    }

    fn branch(&mut self, next: Option<Vec<Token>>) {
        if let Some((Open::If { branches, condition }, nodes)) = self.open.last_mut() {
            branches.push((condition.take(), std::mem::take(nodes)));
            *condition = next;
        }
    }

    fn case(&mut self, next: Vec<Token>) {
        if let Some((Open::Select { cases, case, .. }, nodes)) = self.open.last_mut() {
            let nodes = std::mem::take(nodes);
            cases.extend(case.take().map(|tokens| (tokens, nodes)));
            *case = Some(next);
        }
    }

    fn end(&mut self, test_behind: Option<Vec<Token>>) {
        let Some((open, nodes)) = self.open.pop() else { return };
        self.push(match open {
            Open::If { mut branches, condition } => {
                branches.push((condition, nodes));
                Node::If(branches)
            }
            Open::For(tokens) => Node::For(tokens, nodes),
            Open::Each(tokens) => Node::Each(tokens, nodes),
            Open::Loop { test } => {
                Node::Loop { tested_behind: test_behind.is_some(), test: test.or(test_behind), body: nodes }
            }
            Open::Select { subject, mut cases, case } => {
                cases.extend(case.map(|tokens| (tokens, nodes)));
                Node::Select(subject, cases)
            }
            Open::With(tokens) => Node::With(tokens, nodes),
        });
    }

    fn push(&mut self, node: Node) {
        match self.open.last_mut() {
            Some((_, nodes)) => nodes.push(node),
            None => self.done.push(node),
        }
    }

    fn finish(mut self) -> Vec<Node> {
        while !self.open.is_empty() {
            self.end(None);
        }
        self.done
    }
}

/// The tokens between `If` and `Then`.
fn condition(tokens: &[Token]) -> Vec<Token> {
    let end = tokens.iter().position(|token| word(Some(token)) == "then").unwrap_or(tokens.len());
    tokens.get(1..end).unwrap_or_default().to_vec()
}

/// `If … Then … Else …` on one line.
fn short_if(line: &[Token], then: usize) -> Node {
    let behind = line.get(then + 1..).unwrap_or_default();
    let otherwise = behind.iter().position(|token| word(Some(token)) == "else");
    let lines = |tokens: &[Token]| -> Vec<Node> {
        let statements = tokens.split(|token| *token == Token::End).filter(|statement| !statement.is_empty());
        statements.map(|statement| Node::Line(statement.to_vec())).collect()
    };
    let first = behind.get(..otherwise.unwrap_or(behind.len())).unwrap_or_default();
    let mut branches = vec![(Some(condition(line)), lines(first))];
    if let Some(at) = otherwise {
        branches.push((None, lines(behind.get(at + 1..).unwrap_or_default())));
    }
    Node::If(branches)
}

//! Procedures, run as far as their values are known: what macros decode at run time is decoded here, within limits.
//!
//! A condition that is not known leaves both ways open: each is gone once. A loop that is not known to end is gone
//! through once.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::blocks::{Node, Procedure};
use super::{Reader, Value, word};
use crate::office::vba::tokens::Token;

/// How a statement goes on.
#[derive(Clone, Copy, PartialEq)]
enum Flow {
    On,
    LeavesLoop,
    LeavesProcedure,
}

/// What a procedure knows while it runs.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub(super) name: String,
    pub(super) variables: BTreeMap<String, Value>,
}

/// Procedures that call each other, one inside the other.
const CALLS_MAX: usize = 8;

/// Rounds of one loop: what is decoded letter by letter is at most some ten thousand letters long.
const ROUNDS_MAX: usize = 100_000;

/// Work of one loop: one that only passes time must not use up what those behind it need.
const LOOP_WORK_MAX: u64 = 1_500_000;

impl Reader<'_> {
    /// Runs a procedure; its value, where it is a function. `None` where the limits do not let it run.
    pub(super) fn invoke(&mut self, name: &str, arguments: &[Value]) -> Option<Value> {
        let procedure = Rc::clone(self.procedures.get(name)?);
        if self.frames.len() >= CALLS_MAX || self.run_left == 0 {
            self.known.exhausted |= self.run_left == 0;
            return None;
        }
        let mut frame = Frame { name: name.to_owned(), variables: BTreeMap::new() };
        if procedure.returns {
            frame.variables.insert(name.to_owned(), Value::Empty);
        }
        empties(&procedure, &self.shared, &mut frame);
        for (at, parameter) in procedure.parameters.iter().enumerate() {
            frame.variables.insert(parameter.clone(), arguments.get(at).cloned().unwrap_or(Value::Unknown));
        }
        self.frames.push(frame);
        let loops = std::mem::take(&mut self.loops);
        self.block(&procedure.body);
        self.loops = loops;
        let mut frame = self.frames.pop()?;
        let value = frame.variables.remove(name);
        // What was put together is there at the end.
        for text in frame.variables.values().chain(&value) {
            self.note_folded(text);
        }
        Some(value.filter(|_| procedure.returns).unwrap_or(Value::Unknown))
    }

    fn block(&mut self, nodes: &[Node]) -> Flow {
        for node in nodes {
            if self.run_left == 0 {
                self.known.exhausted = true;
                return Flow::LeavesProcedure;
            }
            let flow = match node {
                Node::Line(tokens) => self.line(tokens),
                Node::If(branches) => self.branches(branches),
                Node::For(tokens, body) => self.counted(tokens, body),
                Node::Each(tokens, body) => self.each(tokens, body),
                Node::Loop { test, tested_behind, body } => {
                    self.tested(test.as_deref(), *tested_behind, body)
                }
                Node::Select(subject, cases) => self.select(subject, cases),
                Node::With(object, body) => {
                    self.statement(object);
                    self.block(body)
                }
            };
            if flow != Flow::On {
                return flow;
            }
        }
        Flow::On
    }

    fn line(&mut self, tokens: &[Token]) -> Flow {
        match (word(tokens.first()), word(tokens.get(1))) {
            ("exit", "for" | "do") => Flow::LeavesLoop,
            ("exit", _) => Flow::LeavesProcedure,
            _ => {
                self.statement(tokens);
                Flow::On
            }
        }
    }

    fn branches(&mut self, branches: &[(Option<Vec<Token>>, Vec<Node>)]) -> Flow {
        for (condition, body) in branches {
            match condition.as_ref().map(|condition| self.truth(condition)) {
                None | Some(Some(true)) => return self.block(body),
                Some(Some(false)) => {}
                Some(None) => {
                    self.block(body);
                }
            }
        }
        Flow::On
    }

    fn select(&mut self, subject: &[Token], cases: &[(Vec<Token>, Vec<Node>)]) -> Flow {
        let (subject, _) = self.expression(subject, 0);
        for (case, body) in cases {
            if word(case.first()) == "else" {
                return self.block(body);
            }
            let mut known = subject != Value::Unknown;
            let mut hit = false;
            for choice in case.split(|token| *token == Token::Sign(',')) {
                let is_plain = !matches!(word(choice.first()), "is")
                    && !choice.iter().any(|token| word(Some(token)) == "to");
                let (value, _) = self.expression(choice, 0);
                known &= is_plain && value != Value::Unknown;
                hit |= value == subject;
            }
            match (known, hit) {
                (true, true) => return self.block(body),
                (true, false) => {}
                (false, _) => {
                    self.block(body);
                }
            }
        }
        Flow::On
    }

    /// `For name = from To to [Step step]`.
    fn counted(&mut self, tokens: &[Token], body: &[Node]) -> Flow {
        let find = |name: &str| tokens.iter().position(|token| word(Some(token)) == name);
        let name = word(tokens.first()).to_owned();
        let (to, step) = (find("to").unwrap_or(tokens.len()), find("step").unwrap_or(tokens.len()));
        let part = |from: usize, end: usize| tokens.get(from..end).unwrap_or_default();
        let number = |reader: &mut Self, tokens: &[Token]| reader.expression(tokens, 0).0.number();
        let from = number(self, part(2, to));
        let end = number(self, part(to + 1, step.max(to + 1).min(tokens.len())));
        let step = if step < tokens.len() { number(self, part(step + 1, tokens.len())) } else { Some(1) };
        let (Some(from), Some(end), Some(step)) = (from, end, step.filter(|step| *step != 0)) else {
            self.assign(&name, Value::Unknown);
            return self.once(body);
        };
        let mut at = from;
        self.rounds(|reader| {
            if (step > 0 && at > end) || (step < 0 && at < end) {
                return None;
            }
            reader.assign(&name, Value::Number(at));
            at = at.saturating_add(step);
            Some(reader.block(body))
        })
    }

    /// `For Each name In list`.
    fn each(&mut self, tokens: &[Token], body: &[Node]) -> Flow {
        let name = word(tokens.first()).to_owned();
        match self.expression(tokens, 2).0 {
            Value::List(list) => {
                let mut list = list.into_iter();
                self.rounds(|reader| {
                    let value = list.next()?;
                    reader.assign(&name, value);
                    Some(reader.block(body))
                })
            }
            _ => {
                self.assign(&name, Value::Unknown);
                self.once(body)
            }
        }
    }

    fn tested(&mut self, test: Option<&[Token]>, tested_behind: bool, body: &[Node]) -> Flow {
        let Some(test) = test else { return self.once(body) };
        let until = word(test.first()) == "until";
        let condition = test.get(1..).unwrap_or_default();
        let mut first = tested_behind;
        let mut unknown = false;
        self.rounds(|reader| {
            if !std::mem::take(&mut first) {
                match reader.truth(condition) {
                    _ if unknown => return None,
                    Some(truth) if truth == until => return None,
                    None => unknown = true,
                    Some(_) => {}
                }
            }
            Some(reader.block(body))
        })
    }

    /// One round of a loop whose end is not known.
    fn once(&mut self, body: &[Node]) -> Flow {
        self.loops += 1;
        let flow = self.block(body);
        self.loops -= 1;
        if flow == Flow::LeavesLoop { Flow::On } else { flow }
    }

    /// Rounds until `round` has no more.
    fn rounds(&mut self, mut round: impl FnMut(&mut Self) -> Option<Flow>) -> Flow {
        let least_left = self.run_left.saturating_sub(LOOP_WORK_MAX);
        self.loops += 1;
        let mut left = Flow::On;
        for _ in 0..ROUNDS_MAX {
            // A round costs, however empty it is.
            self.pay_run(1);
            if self.run_left <= least_left {
                self.known.exhausted = true;
                break;
            }
            match round(self) {
                Some(Flow::On) => {}
                Some(Flow::LeavesProcedure) => {
                    left = Flow::LeavesProcedure;
                    break;
                }
                Some(Flow::LeavesLoop) | None => break,
            }
        }
        self.loops -= 1;
        left
    }

    fn truth(&mut self, condition: &[Token]) -> Option<bool> {
        let (value, end) = self.expression(condition, 0);
        (end >= condition.len()).then(|| value.number()).flatten().map(|number| number != 0)
    }
}

/// Variables that a procedure assigns or declares begin empty.
fn empties(procedure: &Procedure, shared: &BTreeSet<String>, frame: &mut Frame) {
    let mut open: Vec<&[Node]> = vec![&procedure.body];
    while let Some(nodes) = open.pop() {
        for node in nodes {
            match node {
                Node::Line(tokens) => {
                    if let (Some(Token::Word(name)), Some(Token::Sign('='))) = (tokens.first(), tokens.get(1))
                        && !shared.contains(name)
                    {
                        frame.variables.entry(name.clone()).or_insert(Value::Empty);
                    }
                }
                Node::If(branches) => open.extend(branches.iter().map(|(_, body)| body.as_slice())),
                Node::Select(_, cases) => open.extend(cases.iter().map(|(_, body)| body.as_slice())),
                Node::For(_, body) | Node::Each(_, body) | Node::Loop { body, .. } | Node::With(_, body) => {
                    open.push(body);
                }
            }
        }
    }
}

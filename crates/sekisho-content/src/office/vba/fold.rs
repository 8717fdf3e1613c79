//! Tokens → what the macros declare, call and spell out, with strings folded: joined, turned, replaced, taken from
//! numbers. Every token costs a unit of work each time it is looked at.

mod functions;

use std::collections::BTreeMap;

use super::tokens::{Token, lines};
use crate::open::{Budget, Opened};
use crate::{Cost, Unread};

/// A value, as far as it is known without running.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A string.
    Text(String),
    /// A number.
    Number(i64),
    /// An array.
    List(Vec<Value>),
    /// Only known when it runs.
    Unknown,
}

/// What macros say.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Names of procedures, in lower case.
    pub(super) procedures: Vec<String>,
    /// Every call: its name with what stands in front (`obj.run`), and its arguments.
    pub(super) calls: Vec<(String, Vec<Value>)>,
    /// Names of functions of libraries that are declared, aliases too.
    pub(super) declared: Vec<String>,
    /// All words of the code.
    pub(super) words: std::collections::BTreeSet<String>,
    /// Literals as written.
    pub(super) literals: Vec<String>,
    /// Strings that only folding shows.
    pub(super) folded: Vec<String>,
    /// Statements other than declarations.
    pub(super) statements: usize,
}

/// Reads sources twice: constants that stand later are known the second time.
pub(super) fn read(sources: &[&str], budget: &mut Budget, opened: &mut Opened) -> Known {
    let mut reader =
        Reader { variables: BTreeMap::new(), known: Known::default(), budget, spent: false, kept_bytes: 0 };
    for _ in 0..2 {
        reader.known = Known::default();
        reader.kept_bytes = 0;
        for line in sources.iter().flat_map(|source| lines(source)) {
            let statements =
                line.split(|token| *token == Token::End).filter(|statement| !statement.is_empty());
            statements.for_each(|statement| reader.statement(statement));
        }
    }
    if reader.spent {
        opened.note(Unread::TooLarge, "macro");
    }
    reader.known
}

struct Reader<'b> {
    variables: BTreeMap<String, Value>,
    known: Known,
    budget: &'b mut Budget,
    spent: bool,
    kept_bytes: usize,
}

fn word(token: Option<&Token>) -> &str {
    match token {
        Some(Token::Word(word)) => word,
        _ => "",
    }
}

impl Reader<'_> {
    fn statement(&mut self, tokens: &[Token]) {
        if self.budget.pay(Cost::Work(tokens.len() as u64)).is_err() {
            self.spent = true;
            return;
        }
        let first = word(tokens.first());
        if first == "attribute" || first == "option" {
            return;
        }
        self.known.words.extend(tokens.iter().map(|token| word(Some(token)).to_owned()));
        if tokens.iter().take(3).any(|token| word(Some(token)) == "declare") {
            let names = tokens.iter().filter_map(|token| match token {
                Token::Word(word) => Some(word.clone()),
                Token::Text(text) => Some(text.to_lowercase()),
                _ => None,
            });
            self.known.declared.extend(names);
            return;
        }
        let skipped = tokens.iter().take_while(|token| MODIFIERS.contains(&word(Some(token)))).count();
        let rest = tokens.get(skipped..).unwrap_or_default();
        match word(rest.first()) {
            "sub" | "function" | "property" => {
                let name = rest.iter().skip(1).map(|token| word(Some(token)));
                let name = name.clone().find(|name| !matches!(*name, "get" | "let" | "set"));
                self.known.procedures.extend(name.map(str::to_owned));
            }
            "end" if matches!(word(rest.get(1)), "sub" | "function" | "property") => {}
            "dim" => {}
            _ => {
                self.known.statements += 1;
                if !self.assignment(rest) {
                    self.walk(rest);
                }
            }
        }
    }

    /// `[Const] name [As type] = value`.
    fn assignment(&mut self, tokens: &[Token]) -> bool {
        let skipped = usize::from(matches!(word(tokens.first()), "const" | "let" | "set"));
        let Some(Token::Word(name)) = tokens.get(skipped) else { return false };
        let mut at = skipped + 1;
        if word(tokens.get(at)) == "as" {
            at += 2;
        }
        if tokens.get(at) != Some(&Token::Sign('=')) {
            return false;
        }
        let (value, end) = self.expression(tokens, at + 1);
        if value == Value::Unknown {
            self.variables.remove(name);
        } else {
            self.variables.insert(name.clone(), value);
        }
        self.walk(tokens.get(end..).unwrap_or_default());
        true
    }

    /// Everything in a statement that is a value or a call.
    fn walk(&mut self, tokens: &[Token]) {
        let mut at = 0;
        while at < tokens.len() {
            if !begins(tokens.get(at)) {
                at += 1;
                continue;
            }
            let start = at;
            let (_, end) = self.expression(tokens, at);
            at = end.max(start + 1);
            // A call without brackets: a name, then its arguments.
            let name = name_before(tokens, at);
            if !name.is_empty() && (begins(tokens.get(at)) || tokens.get(at) == Some(&Token::Sign('('))) {
                let (arguments, end) = self.arguments(tokens, at);
                self.known.calls.push((name, arguments));
                at = end.max(at + 1);
            } else if !name.is_empty() {
                self.known.calls.push((name, Vec::new()));
            }
        }
    }

    fn arguments(&mut self, tokens: &[Token], start: usize) -> (Vec<Value>, usize) {
        const ARGUMENTS_MAX: usize = 4096;
        let mut values = Vec::new();
        let mut at = start;
        while values.len() < ARGUMENTS_MAX {
            if tokens.get(at + 1) == Some(&Token::Sign('\u{1}')) {
                at += 2;
            }
            if tokens.get(at) == Some(&Token::Sign(',')) {
                values.push(Value::Unknown);
            } else if begins(tokens.get(at)) || matches!(tokens.get(at), Some(Token::Sign('(' | '-'))) {
                let (value, end) = self.expression(tokens, at);
                values.push(value);
                at = end.max(at + 1);
            }
            if tokens.get(at) != Some(&Token::Sign(',')) {
                break;
            }
            at += 1;
        }
        (values, at)
    }

    fn expression(&mut self, tokens: &[Token], start: usize) -> (Value, usize) {
        let (value, end) = self.binary(tokens, start, 0, 0);
        if self.budget.pay(Cost::Work((end - start) as u64 + 1)).is_err() {
            self.spent = true;
            return (Value::Unknown, tokens.len());
        }
        let literal = end == start + 1;
        self.note(&value, literal);
        (value, end)
    }

    fn note(&mut self, value: &Value, literal: bool) {
        // Strings kept for judging: a macro with more than this is made of data, whose beginning tells as well.
        const KEPT_BYTES_MAX: usize = 4 * 1024 * 1024;
        const KEPT_MAX: usize = 20_000;
        let Value::Text(text) = value else { return };
        let kept = if literal { &mut self.known.literals } else { &mut self.known.folded };
        if text.len() < 3 {
            return;
        }
        if kept.len() >= KEPT_MAX || self.kept_bytes.saturating_add(text.len()) > KEPT_BYTES_MAX {
            self.spent = true;
            return;
        }
        self.kept_bytes += text.len();
        kept.push(text.clone());
    }

    /// Operators from `&` (weakest) to `*`; comparisons end an expression.
    fn binary(&mut self, tokens: &[Token], start: usize, level: usize, depth: usize) -> (Value, usize) {
        const LEVELS: [&[&str]; 4] = [&["xor"], &["&"], &["+", "-", "mod"], &["*", "/", "\\"]];
        let Some(operators) = LEVELS.get(level) else { return self.primary(tokens, start, depth) };
        let (mut left, mut at) = self.binary(tokens, start, level + 1, depth);
        loop {
            let operator = match tokens.get(at) {
                Some(Token::Sign(sign)) => sign.to_string(),
                Some(Token::Word(word)) => word.clone(),
                _ => break,
            };
            if !operators.contains(&operator.as_str()) {
                break;
            }
            let (right, end) = self.binary(tokens, at + 1, level + 1, depth);
            if self.budget.pay(Cost::Work(functions::length(&left) + functions::length(&right))).is_err() {
                self.spent = true;
                return (Value::Unknown, tokens.len());
            }
            left = functions::operate(&operator, left, right);
            at = end.max(at + 1);
        }
        (left, at)
    }

    fn primary(&mut self, tokens: &[Token], start: usize, depth: usize) -> (Value, usize) {
        const DEPTH_MAX: usize = 64;
        if depth > DEPTH_MAX {
            return (Value::Unknown, tokens.len());
        }
        match tokens.get(start) {
            Some(Token::Text(text)) => (Value::Text(text.clone()), start + 1),
            Some(Token::Number(number)) => (Value::Number(*number), start + 1),
            Some(Token::Sign('-')) => {
                let (value, end) = self.primary(tokens, start + 1, depth + 1);
                (functions::operate("-", Value::Number(0), value), end)
            }
            Some(Token::Sign('(')) => {
                let (value, end) = self.binary(tokens, start + 1, 0, depth + 1);
                (value, end + usize::from(tokens.get(end) == Some(&Token::Sign(')'))))
            }
            Some(Token::Word(_)) => self.named(tokens, start, depth),
            _ => (Value::Unknown, start),
        }
    }

    /// A variable, or a function or member with its arguments in brackets.
    fn named(&mut self, tokens: &[Token], start: usize, depth: usize) -> (Value, usize) {
        let mut at = start + 1;
        let mut value = match self.variables.get(word(tokens.get(start))) {
            Some(known) if self.budget.pay(Cost::Work(functions::length(known))).is_ok() => known.clone(),
            _ => Value::Unknown,
        };
        while at < tokens.len() {
            match tokens.get(at) {
                Some(Token::Sign('.' | '!')) => {
                    value = Value::Unknown;
                    at += if begins(tokens.get(at + 1)) { 2 } else { 1 };
                }
                Some(Token::Sign('(')) => {
                    let name = name_before(tokens, at);
                    let (arguments, end) = self.bracketed(tokens, at + 1, depth + 1);
                    let cost = arguments.iter().map(functions::length).sum::<u64>();
                    let paid = self.budget.pay(Cost::Work(cost));
                    let folded =
                        if paid.is_ok() { functions::call(&name, &arguments) } else { Value::Unknown };
                    if paid.and_then(|()| self.budget.pay(Cost::Work(functions::length(&folded)))).is_err() {
                        self.spent = true;
                        return (Value::Unknown, tokens.len());
                    }
                    value = match (value, arguments.first()) {
                        (Value::List(list), Some(Value::Number(index))) => usize::try_from(*index)
                            .ok()
                            .and_then(|index| list.get(index).cloned())
                            .unwrap_or(Value::Unknown),
                        _ => folded,
                    };
                    if value == Value::Unknown && !name.is_empty() {
                        self.known.calls.push((name, arguments));
                    }
                    at = end;
                }
                _ => break,
            }
        }
        (value, at)
    }

    fn bracketed(&mut self, tokens: &[Token], start: usize, depth: usize) -> (Vec<Value>, usize) {
        let mut values = Vec::new();
        let mut at = start;
        while at < tokens.len() && tokens.get(at) != Some(&Token::Sign(')')) {
            if tokens.get(at + 1) == Some(&Token::Sign('\u{1}')) {
                at += 2;
            }
            if tokens.get(at) == Some(&Token::Sign(',')) {
                at += 1;
                continue;
            }
            let (value, end) = self.binary(tokens, at, 0, depth);
            self.note(&value, end == at + 1);
            values.push(value);
            at = end.max(at + 1);
        }
        (values, at + 1)
    }
}

const MODIFIERS: &[&str] = &["public", "private", "friend", "static", "global"];

/// Words that are no value.
const KEYWORDS: &[&str] = &[
    "set", "let", "call", "if", "else", "elseif", "then", "do", "while", "wend", "loop", "until", "select",
    "case", "with", "for", "each", "to", "step", "next", "in", "and", "or", "not", "is", "as", "on", "error",
    "resume", "goto", "exit", "end", "dim", "redim", "preserve", "const", "sub", "function", "mod", "xor",
    "like", "byval", "byref", "optional", "new", "byte", "integer", "long", "string", "variant", "object",
    "boolean",
];

/// Whether a value can begin with this token.
fn begins(token: Option<&Token>) -> bool {
    match token {
        Some(Token::Text(_) | Token::Number(_)) => true,
        Some(Token::Word(word)) => !KEYWORDS.contains(&word.as_str()),
        _ => false,
    }
}

/// The name that ends in front of `at`, with what it is a member of.
fn name_before(tokens: &[Token], at: usize) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut end = at;
    while parts.len() < 8 {
        let Some(Token::Word(word)) = end.checked_sub(1).and_then(|index| tokens.get(index)) else { break };
        if KEYWORDS.contains(&word.as_str()) && parts.is_empty() {
            break;
        }
        parts.push(word);
        if end.checked_sub(2).and_then(|index| tokens.get(index)) != Some(&Token::Sign('.')) {
            break;
        }
        // What stands in front of the point may be a call; the point itself still says "member".
        end -= 2;
        if !matches!(end.checked_sub(1).and_then(|index| tokens.get(index)), Some(Token::Word(_))) {
            parts.push("");
            break;
        }
    }
    parts.reverse();
    parts.join(".")
}

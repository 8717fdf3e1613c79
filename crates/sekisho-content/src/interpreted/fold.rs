//! Tokens → what a script calls with which values, its strings folded as far as that is known without running. Every
//! token and every letter of a built string costs a unit of work.
//!
//! Not a parser of any one language: expressions are read in the manner that these languages share, statements are what
//! is between them, and what is not understood is passed over.

mod operands;

use std::collections::{BTreeMap, BTreeSet};

use super::language::Language;
use super::tokens::{Token, tokens};
use super::value::{Value, apply, compute, join};
use crate::limits::{
    SCRIPT_CALLS_MAX, SCRIPT_DEPTH_MAX, SCRIPT_EVALS_MAX, SCRIPT_LIST_MAX, SCRIPT_VARIABLES_MAX,
};
use crate::open::Budget;
use crate::{Cost, Unread};

/// What a script says.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Every call: its name with what stands in front (`shell.run`), and its arguments.
    pub(super) calls: Vec<(String, Vec<Value>)>,
    /// Names with points between them, and single ones.
    pub(super) paths: BTreeSet<String>,
    /// Literals as written.
    pub(super) literals: Vec<String>,
    /// Strings that only folding shows.
    pub(super) folded: Vec<String>,
    /// Tokens read.
    pub(super) tokens: usize,
    /// Whether a limit left something out.
    pub(super) cut: bool,
}

/// Reads a source, and every text that it hands to `eval`; with the reason where that ended early.
pub(super) fn read(source: &str, language: Language, budget: &mut Budget) -> (Known, Option<Unread>) {
    let mut known = Known::default();
    let mut variables = BTreeMap::new();
    let mut waiting = vec![source.to_owned()];
    let mut taken = 0;
    while let Some(source) = waiting.pop() {
        if budget.pay(Cost::Work(source.len() as u64)).is_err() {
            return (known, Some(Unread::TooLarge));
        }
        let (tokens, all) = tokens(&source, language);
        known.tokens += tokens.len();
        known.cut |= !all;
        let mut reader = Reader {
            tokens: &tokens,
            at: 0,
            language,
            variables: &mut variables,
            known: &mut known,
            budget: &mut *budget,
            evaluated: Vec::new(),
            spent: false,
            last: (String::new(), false),
        };
        reader.statements();
        let evaluated = std::mem::take(&mut reader.evaluated);
        if reader.spent {
            return (known, Some(Unread::TooLarge));
        }
        for text in evaluated {
            if taken < SCRIPT_EVALS_MAX {
                taken += 1;
                waiting.push(text);
            }
        }
    }
    let unread = known.cut.then_some(Unread::TooLarge);
    (known, unread)
}

struct Reader<'r> {
    tokens: &'r [Token],
    at: usize,
    language: Language,
    variables: &'r mut BTreeMap<String, Value>,
    known: &'r mut Known,
    budget: &'r mut Budget,
    evaluated: Vec<String>,
    spent: bool,
    /// The name that the last operand was reached by, and whether that was called.
    last: (String, bool),
}

/// Words that stand in front of an expression and change nothing in it.
const PASSED_OVER: &[&str] = &[
    "new", "return", "var", "let", "const", "set", "call", "typeof", "void", "delete", "await", "if",
    "elseif", "while", "until", "in", "and", "or", "not", "then", "else", "do", "throw", "echo", "case",
    "when", "global", "my", "our", "local",
];

/// Words behind which a name is declared, not called.
const DECLARES: &[&str] = &["function", "sub", "class", "def", "filter", "property", "namespace", "package"];

/// Functions that run their argument as a program.
const EVALUATES: &[&str] =
    &["eval", "execute", "executeglobal", "execscript", "iex", "invoke-expression", "exec", "Function"];

impl Reader<'_> {
    fn statements(&mut self) {
        while self.at < self.tokens.len() && !self.spent {
            let start = self.at;
            self.pay(1);
            if !self.assigns() {
                self.statement(0);
            }
            if self.at == start {
                self.at += 1;
            }
        }
    }

    fn pay(&mut self, units: u64) {
        if self.budget.pay(Cost::Work(units)).is_err() {
            self.spent = true;
        }
    }

    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    fn is_sign(&self, ahead: usize, sign: char) -> bool {
        self.peek(ahead) == Some(&Token::Sign(sign))
    }

    fn word(&self, ahead: usize) -> Option<&str> {
        if let Some(Token::Word(word)) = self.peek(ahead) { Some(word) } else { None }
    }

    /// `name = …`, `a.b = …`, `name += …`.
    fn assigns(&mut self) -> bool {
        const PATH_WORDS_MAX: usize = 8;
        while self.word(0).is_some_and(|word| {
            matches!(word, "var" | "let" | "const" | "set" | "dim" | "my" | "our" | "local")
        }) {
            self.at += 1;
        }
        let mut length = 0;
        let mut path = String::new();
        while let Some(word) = self.word(length) {
            path.push_str(word);
            length += 1;
            if !self.is_sign(length, '.') || length > PATH_WORDS_MAX {
                break;
            }
            path.push('.');
            length += 1;
        }
        if path.is_empty() {
            return false;
        }
        let adds =
            matches!(self.peek(length), Some(Token::Sign('+' | '&' | '.'))) && self.is_sign(length + 1, '=');
        let sign = length + usize::from(adds);
        let compares =
            self.is_sign(sign + 1, '=') || self.is_sign(sign + 1, '>') || self.is_sign(sign + 1, '~');
        if !self.is_sign(sign, '=') || compares {
            return false;
        }
        self.at += sign + 1;
        self.note_path(&path);
        let mut value = self.statement_value();
        if adds {
            let before = self.variables.get(&path).cloned().unwrap_or(Value::Unknown);
            value = join(before, value, true);
            self.pay(value.weight());
        }
        if self.variables.len() < SCRIPT_VARIABLES_MAX {
            self.variables.insert(path, value);
        }
        true
    }

    fn statement_value(&mut self) -> Value {
        let command = self.language == Language::PowerShell
            && self.word(0).is_some_and(|word| !word.starts_with(['$', '-']));
        let value = if command { self.statement(0) } else { self.expression(0) };
        if self.language == Language::PowerShell && self.is_sign(0, ',') {
            return self.rest_of_list(value, 0);
        }
        value
    }

    /// An expression, or a call without brackets.
    fn statement(&mut self, depth: usize) -> Value {
        let runs =
            self.language == Language::PowerShell && matches!(self.peek(0), Some(Token::Sign('&' | '.')));
        if runs {
            self.at += 1;
        }
        self.last = (String::new(), false);
        let value = self.expression(depth);
        let (mut path, called) = std::mem::take(&mut self.last);
        if runs && let Value::Text(name) = &value {
            path = name.to_lowercase();
        } else if called {
            return value;
        }
        let argument_follows = match self.peek(0) {
            Some(Token::Text(_) | Token::Number(_)) => true,
            Some(Token::Word(word)) => {
                !matches!(word.as_str(), "then" | "to" | "in" | "is" | "as" | "and" | "or" | "mod")
            }
            Some(Token::Sign(sign)) => {
                self.language == Language::PowerShell && matches!(sign, '(' | '$' | '@' | '|' | '[') || runs
            }
            _ => runs,
        };
        let declared =
            path.is_empty() || PASSED_OVER.contains(&path.as_str()) || DECLARES.contains(&path.as_str());
        if self.language.calls_bare() && argument_follows && !declared {
            let arguments = self.bare_arguments(depth);
            return self.call(path, None, arguments);
        }
        value
    }

    fn bare_arguments(&mut self, depth: usize) -> Vec<Value> {
        let mut arguments = Vec::new();
        while let Some(token) = self.peek(0) {
            let start = self.at;
            match token {
                Token::End | Token::Sign('|' | ')' | '}' | '{' | ']') => break,
                Token::Sign(',') => self.at += 1,
                Token::Word(word) if self.language == Language::PowerShell && !word.starts_with('$') => {
                    let mut name = word.clone();
                    self.at += 1;
                    while let Some(next) = self.word(1).filter(|_| self.is_sign(0, '.')) {
                        name = format!("{name}.{next}");
                        self.at += 2;
                    }
                    self.note_path(&name);
                    arguments.push(Value::Text(name));
                }
                _ => arguments.push(self.expression(depth + 1)),
            }
            self.pay(1);
            if self.at == start {
                self.at += 1;
            }
            if arguments.len() >= SCRIPT_LIST_MAX || self.spent {
                break;
            }
        }
        arguments
    }

    fn expression(&mut self, depth: usize) -> Value {
        if depth > SCRIPT_DEPTH_MAX || self.spent {
            self.at += 1;
            return Value::Unknown;
        }
        let start = self.at;
        let mut value = self.operand(depth);
        let mut joins = 0_usize;
        while !self.spent {
            let Some(token) = self.peek(0) else { break };
            let next_is_same = self.peek(1) == Some(token);
            match token.clone() {
                Token::Sign(sign @ ('+' | '&' | '.')) => {
                    let basic = self.language == Language::Basic;
                    let points = matches!(self.language, Language::Php | Language::Perl);
                    let is_join = match sign {
                        '+' => !points,
                        '&' => basic,
                        _ => points,
                    };
                    if !is_join || self.is_sign(1, '=') || next_is_same && sign != '+' {
                        break;
                    }
                    self.at += 1;
                    let right = self.operand(depth + 1);
                    value = join(value, right, sign == '+');
                    joins += 1;
                    self.pay(value.weight());
                }
                Token::Sign(sign @ ('-' | '*' | '/' | '%' | '^')) if !next_is_same => {
                    self.at += 1;
                    let right = self.operand(depth + 1);
                    value = compute(&value, sign, &right);
                }
                Token::Word(word) if self.language == Language::PowerShell && word.starts_with('-') => {
                    let Some(made) = self.shell_operator(&word, &value, depth) else { break };
                    value = made;
                    joins += 1;
                }
                _ => break,
            }
        }
        if joins > 0 || self.at > start + 1 {
            self.note_folded(&value);
        }
        value
    }

    fn shell_operator(&mut self, word: &str, left: &Value, depth: usize) -> Option<Value> {
        let method = match word {
            "-join" => "join",
            "-replace" | "-creplace" | "-ireplace" => "replace",
            "-split" | "-csplit" => "split",
            "-f" => "format",
            "-bxor" => "xor",
            "-as" => "as",
            _ => return None,
        };
        self.at += 1;
        let first = self.operand(depth + 1);
        let arguments = if self.is_sign(0, ',') {
            match self.rest_of_list(first, depth) {
                Value::List(values) => values,
                value => vec![value],
            }
        } else {
            vec![first]
        };
        self.pay(left.weight());
        Some(match method {
            "format" => formatted(left, &arguments),
            "xor" => compute(left, '^', arguments.first().unwrap_or(&Value::Unknown)),
            "as" => left.clone(),
            method => apply(method, Some(left), &arguments),
        })
    }

    fn rest_of_list(&mut self, first: Value, depth: usize) -> Value {
        let mut values = vec![first];
        while self.is_sign(0, ',') && values.len() < SCRIPT_LIST_MAX && !self.spent {
            self.at += 1;
            self.skip_ends();
            self.pay(1);
            values.push(self.operand(depth + 1));
        }
        Value::List(values)
    }

    fn skip_ends(&mut self) {
        while self.peek(0) == Some(&Token::End) {
            self.at += 1;
        }
    }

    fn note_path(&mut self, path: &str) {
        if self.known.paths.len() >= SCRIPT_CALLS_MAX {
            self.known.cut = true;
        } else if !path.is_empty() {
            self.pay(path.len() as u64 / 8);
            self.known.paths.insert(path.to_owned());
        }
    }

    fn note_literal(&mut self, text: &str) {
        if self.known.literals.len() >= SCRIPT_CALLS_MAX {
            self.known.cut = true;
        } else if text.len() > 3 {
            self.known.literals.push(text.to_owned());
        }
    }

    fn note_folded(&mut self, value: &Value) {
        let Value::Text(text) = value else { return };
        if text.len() <= 3 || self.known.folded.last() == Some(text) {
            return;
        }
        if self.known.folded.len() >= SCRIPT_CALLS_MAX {
            self.known.cut = true;
            return;
        }
        self.pay(text.len() as u64);
        self.known.folded.push(text.clone());
    }

    /// `"…$name…"` of PowerShell with what is known put in.
    fn interpolated(&mut self, text: String) -> String {
        const NAMES_MAX: usize = 64;
        if self.language != Language::PowerShell || !text.contains('$') {
            return text;
        }
        let mut out = String::new();
        let mut rest = text.as_str();
        for _ in 0..NAMES_MAX {
            let Some(at) = rest.find('$') else { break };
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let inside = from.get(1..).unwrap_or_default();
            let braced = inside.strip_prefix('{');
            let name = braced.unwrap_or(inside);
            let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let length = 1 + name.len() + if braced.is_some() { 2 } else { 0 };
            match self.variables.get(&format!("${}", name.to_lowercase())) {
                Some(Value::Text(value)) if value.len() < 65_536 => out.push_str(value),
                _ => out.push_str(from.get(..length).unwrap_or(from)),
            }
            rest = from.get(length..).unwrap_or_default();
        }
        out.push_str(rest);
        self.pay(out.len() as u64);
        out
    }
}

/// `"{1}{0}" -f "b", "a"`.
fn formatted(left: &Value, arguments: &[Value]) -> Value {
    let Value::Text(pattern) = left else { return Value::Unknown };
    let mut made = pattern.clone();
    for (number, argument) in arguments.iter().enumerate().take(64) {
        if let Value::Text(text) = argument {
            made = made.replace(&format!("{{{number}}}"), text);
        }
        if made.len() > crate::limits::SCRIPT_TEXT_BYTES_MAX {
            return Value::Unknown;
        }
    }
    Value::Text(made)
}

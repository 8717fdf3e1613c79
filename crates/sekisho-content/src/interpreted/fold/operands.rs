//! One operand of an expression: a literal, a name, brackets, a cast, and the members, calls and places behind it.

use super::{DECLARES, EVALUATES, PASSED_OVER, Reader};
use crate::interpreted::language::Language;
use crate::interpreted::tokens::Token;
use crate::interpreted::value::{Value, apply};
use crate::limits::{SCRIPT_CALLS_MAX, SCRIPT_DEPTH_MAX, SCRIPT_EVALS_MAX, SCRIPT_LIST_MAX};

/// A chain of members that is longer than this is no name.
const PATH_BYTES_MAX: usize = 512;

impl Reader<'_> {
    pub(super) fn operand(&mut self, depth: usize) -> Value {
        if depth > SCRIPT_DEPTH_MAX || self.spent {
            return Value::Unknown;
        }
        self.pay(1);
        match self.peek(0).cloned() {
            Some(Token::Text(text)) => {
                self.at += 1;
                let text = self.interpolated(text);
                self.note_literal(&text);
                self.behind(Value::Text(text), String::new(), depth)
            }
            Some(Token::Number(number)) => {
                self.at += 1;
                Value::Number(number)
            }
            Some(Token::Word(word)) if PASSED_OVER.contains(&word.as_str()) => {
                self.at += 1;
                self.operand(depth + 1)
            }
            Some(Token::Word(word)) if DECLARES.contains(&word.as_str()) && self.word(1).is_some() => {
                self.at += 2;
                Value::Unknown
            }
            Some(Token::Word(word)) => {
                self.at += 1;
                let value = self.variables.get(&word).cloned().unwrap_or(Value::Unknown);
                self.pay(value.weight());
                self.behind(value, word, depth)
            }
            Some(Token::Sign('(')) => {
                let mut inside = self.bracketed(')', depth);
                let value = if inside.len() == 1 { inside.remove(0) } else { Value::List(inside) };
                self.behind(value, String::new(), depth)
            }
            Some(Token::Sign('[')) if self.language == Language::PowerShell => self.cast(depth),
            Some(Token::Sign('[')) => {
                let list = Value::List(self.bracketed(']', depth));
                self.behind(list, String::new(), depth)
            }
            Some(Token::Sign('@')) if self.is_sign(1, '(') => {
                self.at += 1;
                let list = Value::List(self.bracketed(')', depth));
                self.behind(list, String::new(), depth)
            }
            Some(Token::Sign('-')) => {
                self.at += 1;
                match self.operand(depth + 1) {
                    Value::Number(number) => Value::Number(number.saturating_neg()),
                    _ => Value::Unknown,
                }
            }
            Some(Token::Sign('!' | '~' | '+' | '@')) => {
                self.at += 1;
                self.operand(depth + 1)
            }
            _ => Value::Unknown,
        }
    }

    /// Values between brackets; what does not fit ends them.
    fn bracketed(&mut self, close: char, depth: usize) -> Vec<Value> {
        self.at += 1;
        let mut values = Vec::new();
        while values.len() < SCRIPT_LIST_MAX && !self.spent {
            self.skip_ends();
            if self.is_sign(0, close) {
                self.at += 1;
                break;
            }
            let start = self.at;
            let shell = self.language == Language::PowerShell
                && self.word(0).is_some_and(|word| !word.starts_with('$'));
            values.push(if shell { self.statement(depth + 1) } else { self.expression(depth + 1) });
            self.skip_ends();
            match self.peek(0) {
                Some(Token::Sign(',')) => self.at += 1,
                Some(Token::Sign(sign)) if *sign == close => {}
                // Something else, as in `(a, b) => …`, `function (…) { … }` or a comparison.
                _ => break,
            }
            if self.at == start {
                break;
            }
        }
        values
    }

    /// `[char]65`, `[char[]](65, 66)`, `[Convert]::FromBase64String(…)`.
    fn cast(&mut self, depth: usize) -> Value {
        const TYPE_TOKENS_MAX: usize = 16;
        let mut name = String::new();
        self.at += 1;
        for _ in 0..TYPE_TOKENS_MAX {
            match self.peek(0) {
                Some(Token::Word(word)) => name.push_str(word),
                Some(Token::Sign('.')) => name.push('.'),
                Some(Token::Sign('[')) => {}
                Some(Token::Sign(']')) if self.is_sign(1, ']') => self.at += 1,
                Some(Token::Sign(']')) => {
                    self.at += 1;
                    break;
                }
                _ => break,
            }
            self.at += 1;
        }
        if self.is_sign(0, ':') && self.is_sign(1, ':') {
            self.at += 2;
            let member = self.word(0).unwrap_or_default().to_owned();
            self.at += 1;
            let path = format!("[{name}].{member}");
            return self.behind(Value::Unknown, path, depth);
        }
        self.note_path(&format!("[{name}]"));
        let value = self.operand(depth + 1);
        if name == "char" {
            return match &value {
                Value::List(values) => Value::List(
                    values.iter().map(|value| apply("char", None, std::slice::from_ref(value))).collect(),
                ),
                Value::Number(_) => apply("char", None, &[value]),
                _ => value,
            };
        }
        value
    }

    /// Members, calls and places behind a value.
    fn behind(&mut self, value: Value, path: String, depth: usize) -> Value {
        let mut value = value;
        let mut path = path;
        let mut called = false;
        while !self.spent && path.len() < PATH_BYTES_MAX {
            let is_call = self.is_sign(0, '(');
            match self.peek(0) {
                Some(Token::Sign('.'))
                    if self.word(1).is_some() && !matches!(self.language, Language::Php) =>
                {
                    path = format!("{path}.{}", self.word(1).unwrap_or_default());
                    self.at += 2;
                    if !self.is_sign(0, '(') {
                        // A member that is no call is a variable of that name, or keeps what is known (`.value`).
                        value = self.variables.get(&path).cloned().unwrap_or(Value::Unknown);
                    }
                }
                Some(Token::Sign('-')) if self.is_sign(1, '>') && self.word(2).is_some() => {
                    path = format!("{path}.{}", self.word(2).unwrap_or_default());
                    self.at += 3;
                }
                Some(Token::Sign(':')) if self.is_sign(1, ':') && self.word(2).is_some() => {
                    path = format!("{path}.{}", self.word(2).unwrap_or_default());
                    self.at += 3;
                }
                // PowerShell's variables are no functions; what stands behind one is its argument.
                Some(Token::Sign('('))
                    if self.language == Language::PowerShell
                        && path.starts_with('$')
                        && !path.contains('.') =>
                {
                    break;
                }
                Some(Token::Sign('(')) => {
                    let arguments = self.bracketed(')', depth);
                    let receiver = if path.contains('.') || path.is_empty() {
                        self.receiver(&path, &value)
                    } else {
                        None
                    };
                    value = if path.is_empty() {
                        Value::Unknown
                    } else {
                        self.call(path.clone(), receiver, arguments)
                    };
                }
                Some(Token::Sign('[')) => {
                    let inside = self.bracketed(']', depth);
                    match inside.first() {
                        Some(Value::Text(name)) => path = format!("{path}.{}", name.to_lowercase()),
                        Some(Value::Number(_)) => value = place(&value, inside.first()),
                        _ => value = Value::Unknown,
                    }
                }
                _ => break,
            }
            called = is_call;
            self.pay(value.weight());
        }
        self.note_path(&path);
        self.last = (path, called);
        value
    }

    /// What a method is called on.
    fn receiver(&self, path: &str, value: &Value) -> Option<Value> {
        if *value != Value::Unknown {
            return Some(value.clone());
        }
        let (owner, _) = path.rsplit_once('.')?;
        self.variables.get(owner).cloned()
    }

    pub(super) fn call(&mut self, path: String, receiver: Option<Value>, arguments: Vec<Value>) -> Value {
        let name = path.rsplit('.').next().unwrap_or_default();
        self.pay(receiver.as_ref().map_or(1, Value::weight));
        self.pay(arguments.iter().map(Value::weight).sum());
        if self.spent {
            return Value::Unknown;
        }
        let made = apply(name, receiver.as_ref(), &arguments);
        self.note_folded(&made);
        if EVALUATES.contains(&name) {
            let texts = arguments.iter().filter_map(Value::text).filter(|text| text.len() > 3);
            self.evaluated.extend(texts.map(str::to_owned).take(SCRIPT_EVALS_MAX));
        }
        self.note_path(&path);
        if self.known.calls.len() < SCRIPT_CALLS_MAX {
            self.known.calls.push((path, arguments));
        } else {
            self.known.cut = true;
        }
        made
    }
}

/// The value at a place of a list or string.
fn place(value: &Value, index: Option<&Value>) -> Value {
    let Some(index) = index.and_then(Value::number).and_then(|index| usize::try_from(index).ok()) else {
        return Value::Unknown;
    };
    match value {
        Value::List(values) => values.get(index).cloned().unwrap_or(Value::Unknown),
        Value::Text(text) => text.chars().nth(index).map_or(Value::Unknown, |c| Value::Text(c.into())),
        _ => Value::Unknown,
    }
}

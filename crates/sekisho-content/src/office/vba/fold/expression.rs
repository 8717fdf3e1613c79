//! Statements and expressions → values and calls ([MS-VBAL] 5.4, 5.6), read from tokens as they stand.

use std::collections::BTreeMap;

use super::functions::{self, length};
use super::keywords::is_keyword;
use super::{Reader, Value, word};
use crate::office::vba::tokens::Token;

/// Elements of an array that is filled by macros.
const ELEMENTS_MAX: usize = 65_536;

/// Brackets, signs and calls inside each other.
const DEPTH_MAX: usize = 64;

const COMPARED: u8 = 5;
const SIGNED: u8 = 11;

impl Reader<'_> {
    /// One statement.
    pub(super) fn statement(&mut self, tokens: &[Token]) {
        if !self.pays(tokens.len() as u64) {
            return;
        }
        match word(tokens.first()) {
            "dim" | "static" | "redim" if !self.frames.is_empty() => self.declaration(tokens),
            "mid" | "mid$" if self.replaces_a_part(tokens) => {}
            _ => {
                if !self.assignment(tokens) {
                    self.walk(tokens);
                }
            }
        }
    }

    /// Gives a variable its value.
    pub(super) fn assign(&mut self, name: &str, value: Value) {
        if let Some(frame) = self.frames.last_mut()
            && !self.shared.contains(name)
        {
            put(&mut frame.variables, name, value);
        } else if value == Value::Unknown {
            self.variables.remove(name);
        } else {
            put(&mut self.variables, name, value);
        }
    }

    fn variable_mut(&mut self, name: &str) -> Option<&mut Value> {
        let frame = self.frames.last_mut().and_then(|frame| frame.variables.get_mut(name));
        frame.or_else(|| self.variables.get_mut(name))
    }

    fn variable(&self, name: &str) -> Option<&Value> {
        let frame = self.frames.last().and_then(|frame| frame.variables.get(name));
        frame.or_else(|| self.variables.get(name))
    }

    /// `Dim a, b(9) As Byte`: arrays get their elements.
    fn declaration(&mut self, tokens: &[Token]) {
        let skipped = 1 + usize::from(word(tokens.get(1)) == "preserve");
        let keeps = skipped == 2;
        for declared in tokens.get(skipped..).unwrap_or_default().split(|token| *token == Token::Sign(',')) {
            let Some(Token::Word(name)) = declared.first() else { continue };
            if declared.get(1) != Some(&Token::Sign('(')) {
                self.assign(name, Value::Empty);
                continue;
            }
            let to = declared.iter().position(|token| word(Some(token)) == "to").map_or(2, |at| at + 1);
            let last = self.expression(declared, to).0.number();
            let count = last.and_then(|last| usize::try_from(last.saturating_add(1)).ok()).unwrap_or(0);
            let count = count.min(ELEMENTS_MAX);
            if !self.pays(count as u64 / 16) {
                return;
            }
            let mut list = match self.variable_mut(name) {
                Some(Value::List(list)) if keeps => std::mem::take(list),
                _ => Vec::new(),
            };
            list.resize(count, Value::Empty);
            self.assign(name, Value::List(list));
        }
    }

    /// `[Const] name [As type] = value`, `name(index) = value`, `name = name & more`.
    fn assignment(&mut self, tokens: &[Token]) -> bool {
        let skipped = usize::from(matches!(word(tokens.first()), "const" | "let" | "set"));
        let Some(Token::Word(name)) = tokens.get(skipped) else { return false };
        let mut at = skipped + 1;
        if tokens.get(at) == Some(&Token::Sign('(')) && matches!(self.variable(name), Some(Value::List(_))) {
            return self.element(name, tokens, at + 1);
        }
        if word(tokens.get(at)) == "as" {
            at += 2;
        }
        if tokens.get(at) != Some(&Token::Sign('=')) || is_keyword(name) {
            return false;
        }
        at += 1;
        let joins =
            matches!(tokens.get(at + 1), Some(Token::Sign('&' | '+'))) && word(tokens.get(at)) == name;
        let grows = joins && matches!(self.variable(name), Some(Value::Text(_) | Value::Empty));
        if grows && (tokens.get(at + 1) == Some(&Token::Sign('&')) || self.is_text(name)) {
            let (more, end) = self.binary(tokens, at + 2, COMPARED + 1);
            self.append(name, &more);
            self.walk(tokens.get(end..).unwrap_or_default());
            return true;
        }
        let (value, end) = self.expression(tokens, at);
        self.assign(name, value);
        self.walk(tokens.get(end..).unwrap_or_default());
        true
    }

    fn is_text(&self, name: &str) -> bool {
        matches!(self.variable(name), Some(Value::Text(_)))
    }

    /// Appends in place: strings that are built letter by letter would else cost their square.
    fn append(&mut self, name: &str, more: &Value) {
        if !self.pays(length(more)) {
            return;
        }
        let reads_first = self.frames.is_empty();
        let Some(held) = self.variable_mut(name) else { return };
        if *held == Value::Empty {
            *held = Value::Text(String::new());
        }
        if let Value::Text(text) = held
            && let Some(more) = functions::text(more)
            && text.len() + more.len() <= functions::TEXT_BYTES_MAX
        {
            text.push_str(&more);
        }
        if reads_first {
            let whole = held.clone();
            self.pays(length(&whole));
            self.note_folded(&whole);
        }
    }

    fn element(&mut self, name: &str, tokens: &[Token], start: usize) -> bool {
        let (index, at) = self.expression(tokens, start);
        if tokens.get(at) != Some(&Token::Sign(')')) || tokens.get(at + 1) != Some(&Token::Sign('=')) {
            return false;
        }
        let (value, _) = self.expression(tokens, at + 2);
        let index = index.number().and_then(|index| usize::try_from(index).ok());
        if let (Some(Value::List(list)), Some(index)) =
            (self.variable_mut(name), index.filter(|at| *at < ELEMENTS_MAX))
        {
            if index >= list.len() {
                list.resize(index + 1, Value::Empty);
            }
            // An array of arrays could double with every line.
            if let (Some(held), false) = (list.get_mut(index), matches!(value, Value::List(_))) {
                *held = value;
            }
        }
        true
    }

    /// `Mid(name, start, length) = value`.
    fn replaces_a_part(&mut self, tokens: &[Token]) -> bool {
        let (Some(Token::Sign('(')), Some(Token::Word(name)), Some(Token::Sign(','))) =
            (tokens.get(1), tokens.get(2), tokens.get(3))
        else {
            return false;
        };
        let (arguments, at) = self.bracketed(tokens, 4);
        if tokens.get(at) != Some(&Token::Sign('=')) {
            return false;
        }
        let (value, _) = self.expression(tokens, at + 1);
        let cost = self.variable(name).map_or(1, length);
        if let (Some(start), Some(value)) =
            (arguments.first().and_then(Value::number), functions::text(&value))
            && self.pays(cost)
            && let Some(Value::Text(text)) = self.variable_mut(name)
        {
            let start = usize::try_from(start.saturating_sub(1)).unwrap_or(0);
            let most = arguments.get(1).and_then(Value::number).and_then(|most| usize::try_from(most).ok());
            let most = most.unwrap_or(usize::MAX).min(value.chars().count());
            let before = text.chars().take(start);
            let behind = text.chars().skip(start.saturating_add(most));
            *text = before.chain(value.chars().take(most)).chain(behind).take(text.chars().count()).collect();
        }
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
                if !name.contains('.') && self.procedures.contains_key(&name) && !self.frames.is_empty() {
                    self.invoke(&name, &arguments);
                }
                self.note_call(name, arguments);
                at = end.max(at + 1);
            } else if !name.is_empty() {
                if !self.frames.is_empty() && start + 1 == at && self.procedures.contains_key(&name) {
                    self.invoke(&name, &[]);
                }
                self.note_call(name, Vec::new());
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
            } else if begins(tokens.get(at)) || matches!(tokens.get(at), Some(Token::Sign('(' | '-' | '.'))) {
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

    /// The value that begins at `start`, and where it ends.
    pub(super) fn expression(&mut self, tokens: &[Token], start: usize) -> (Value, usize) {
        let (value, end) = self.binary(tokens, start, 0);
        if !self.pays(end.saturating_sub(start) as u64) {
            return (Value::Unknown, tokens.len());
        }
        if end > start + 1 && self.loops == 0 {
            self.note_folded(&value);
        }
        (value, end)
    }

    /// Operators of at least this strength.
    fn binary(&mut self, tokens: &[Token], start: usize, least: u8) -> (Value, usize) {
        let (mut left, mut at) = self.primary(tokens, start);
        while let Some((operator, strength, behind)) = operator(tokens, at).filter(|found| found.1 >= least) {
            let (right, end) = self.binary(tokens, behind, strength + 1);
            if !self.pays(length(&left) + length(&right)) {
                return (Value::Unknown, tokens.len());
            }
            left = functions::operate(operator, left, right);
            at = end.max(behind);
        }
        (left, at)
    }

    fn primary(&mut self, tokens: &[Token], start: usize) -> (Value, usize) {
        if self.depth > DEPTH_MAX {
            return (Value::Unknown, tokens.len());
        }
        self.depth += 1;
        let found = match tokens.get(start) {
            Some(Token::Text(text)) => {
                self.note_literal(text);
                (Value::Text(text.clone()), start + 1)
            }
            Some(Token::Number(number)) => (Value::Number(*number), start + 1),
            Some(Token::Sign('-')) => {
                let (value, end) = self.binary(tokens, start + 1, SIGNED);
                (functions::operate("-", Value::Number(0), value), end)
            }
            Some(Token::Sign('(')) => {
                let (value, end) = self.binary(tokens, start + 1, 0);
                (value, end + usize::from(tokens.get(end) == Some(&Token::Sign(')'))))
            }
            Some(Token::Sign('.')) if begins(tokens.get(start + 1)) => self.named(tokens, start + 1, "."),
            Some(Token::Word(name)) => match name.as_str() {
                "not" => {
                    let (value, end) = self.binary(tokens, start + 1, COMPARED);
                    (functions::operate("xor", Value::Number(-1), value), end)
                }
                "byval" => self.primary(tokens, start + 1),
                "new" | "addressof" => (Value::Unknown, start + 2),
                name if is_keyword(name) => (Value::Unknown, start),
                _ => self.named(tokens, start, ""),
            },
            _ => (Value::Unknown, start),
        };
        self.depth -= 1;
        found
    }

    /// A variable, function or member with its arguments in brackets, and the members of what it gives.
    fn named(&mut self, tokens: &[Token], start: usize, before: &str) -> (Value, usize) {
        const PATH_BYTES_MAX: usize = 1024;
        let name = word(tokens.get(start));
        let mut at = start + 1;
        // Most names are variables alone: loops read them over and over.
        if before.is_empty() && !matches!(tokens.get(at), Some(Token::Sign('.' | '!' | '('))) {
            return (self.lookup(name), at);
        }
        let mut path = format!("{before}{name}");
        let mut value = if tokens.get(at) == Some(&Token::Sign('(')) {
            Value::Unknown
        } else if before.is_empty() {
            self.lookup(name)
        } else {
            self.kept(&path)
        };
        while at < tokens.len() {
            match tokens.get(at) {
                Some(Token::Sign('.' | '!')) => {
                    let Some(Token::Word(member)) = tokens.get(at + 1) else {
                        return (Value::Unknown, at + 1);
                    };
                    if path.len() < PATH_BYTES_MAX {
                        path.push('.');
                        path.push_str(member);
                    }
                    // `.Value` of what is known already is the same.
                    let same = matches!(value, Value::Text(_))
                        && matches!(member.as_str(), "value" | "text" | "value2");
                    if !same {
                        value = self.kept(&path);
                    }
                    at += 2;
                }
                Some(Token::Sign('(')) => {
                    self.depth += 1;
                    let (arguments, end) = if self.depth > DEPTH_MAX {
                        (Vec::new(), tokens.len())
                    } else {
                        self.bracketed(tokens, at + 1)
                    };
                    self.depth -= 1;
                    value = self.apply(&path, value, arguments);
                    at = end;
                }
                _ => break,
            }
        }
        (value, at)
    }

    /// What a name alone stands for.
    fn lookup(&mut self, name: &str) -> Value {
        if let Some(held) = self.variable(name) {
            let cost = length(held);
            if let Value::Number(number) = *held {
                return if self.pays(cost) { Value::Number(number) } else { Value::Unknown };
            }
            return if self.pays(cost) {
                self.variable(name).cloned().unwrap_or(Value::Unknown)
            } else {
                Value::Unknown
            };
        }
        if let Some(constant) = functions::constant(name) {
            return constant;
        }
        let runs = self.frames.last().is_some_and(|frame| frame.name == name);
        if !runs && self.procedures.get(name).is_some_and(|procedure| procedure.returns) {
            return self.invoke(name, &[]).unwrap_or(Value::Unknown);
        }
        // A control's name alone stands for what it shows.
        self.kept(name)
    }

    /// What the document keeps under this path.
    fn kept(&mut self, path: &str) -> Value {
        let value = self.stored.member(path).map_or(Value::Unknown, Value::Text);
        self.note_kept(&value);
        value
    }

    /// An array's element, or what a function gives for these arguments.
    fn apply(&mut self, path: &str, held: Value, arguments: Vec<Value>) -> Value {
        let index = arguments.first().and_then(Value::number).and_then(|index| usize::try_from(index).ok());
        if let Some(Value::List(list)) =
            Some(&held).filter(|held| matches!(held, Value::List(_))).or(self.variable(path))
        {
            return index.and_then(|index| list.get(index)).cloned().unwrap_or(Value::Unknown);
        }
        if self.procedures.contains_key(path) {
            let value = self.invoke(path, &arguments).unwrap_or(Value::Unknown);
            if value == Value::Unknown {
                self.note_call(path.to_owned(), arguments);
            }
            return value;
        }
        let cost = arguments.iter().map(length).sum::<u64>();
        if !self.pays(cost) {
            return Value::Unknown;
        }
        let folded = functions::call(path, &arguments);
        let folded = if folded == Value::Unknown {
            let kept = self.stored.indexed(path, &arguments).map_or(Value::Unknown, Value::Text);
            self.note_kept(&kept);
            kept
        } else {
            folded
        };
        if !self.pays(length(&folded)) {
            return Value::Unknown;
        }
        if folded == Value::Unknown {
            self.note_call(path.to_owned(), arguments);
        }
        folded
    }

    fn bracketed(&mut self, tokens: &[Token], start: usize) -> (Vec<Value>, usize) {
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
            let (value, end) = self.expression(tokens, at);
            values.push(value);
            at = end.max(at + 1);
        }
        (values, at + 1)
    }
}

/// Gives a variable its value, its name kept where it is there.
fn put(variables: &mut BTreeMap<String, Value>, name: &str, value: Value) {
    match variables.get_mut(name) {
        Some(held) => *held = value,
        None => drop(variables.insert(name.to_owned(), value)),
    }
}

/// An operator: its sign, its strength, and where what is behind it begins.
fn operator(tokens: &[Token], at: usize) -> Option<(&'static str, u8, usize)> {
    let next = tokens.get(at + 1);
    let (sign, strength, signs) = match tokens.get(at)? {
        Token::Sign('<') if next == Some(&Token::Sign('>')) => ("<>", COMPARED, 2),
        Token::Sign('<') if next == Some(&Token::Sign('=')) => ("<=", COMPARED, 2),
        Token::Sign('>') if next == Some(&Token::Sign('=')) => (">=", COMPARED, 2),
        Token::Sign('=') => ("=", COMPARED, 1),
        Token::Sign('<') => ("<", COMPARED, 1),
        Token::Sign('>') => (">", COMPARED, 1),
        Token::Sign('&') => ("&", 6, 1),
        Token::Sign('+') => ("+", 7, 1),
        Token::Sign('-') => ("-", 7, 1),
        Token::Sign('\\') => ("\\", 9, 1),
        Token::Sign('*') => ("*", 10, 1),
        Token::Sign('/') => ("/", 10, 1),
        Token::Sign('^') => ("^", 12, 1),
        Token::Word(word) => match word.as_str() {
            "mod" => ("mod", 8, 1),
            "is" => ("is", COMPARED, 1),
            "like" => ("like", COMPARED, 1),
            "and" => ("and", 3, 1),
            "or" => ("or", 2, 1),
            "xor" => ("xor", 1, 1),
            "eqv" | "imp" => ("eqv", 0, 1),
            _ => return None,
        },
        _ => return None,
    };
    Some((sign, strength, at + signs))
}

/// Whether a value can begin with this token.
fn begins(token: Option<&Token>) -> bool {
    match token {
        Some(Token::Text(_) | Token::Number(_)) => true,
        Some(Token::Word(word)) => !is_keyword(word),
        _ => false,
    }
}

/// The name that ends in front of `at`, with what it is a member of.
fn name_before(tokens: &[Token], at: usize) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut end = at;
    while parts.len() < 8 {
        let Some(Token::Word(word)) = end.checked_sub(1).and_then(|index| tokens.get(index)) else { break };
        if is_keyword(word) && parts.is_empty() {
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

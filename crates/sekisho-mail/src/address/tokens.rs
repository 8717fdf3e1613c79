//! The text of an address field → tokens. Whatever is never closed is taken as an ordinary character, so that every
//! text has tokens, in linear time.

use crate::words;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Characters without a meaning of their own, or one encoded word.
    Word,
    /// A quoted string; the text is without quotes and backslashes.
    Quoted,
    /// A comment; the text is without its parentheses.
    Comment,
    /// Angle brackets; the text is what is between them.
    Angle,
    Comma,
    Semicolon,
    Colon,
}

/// One token.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
}

impl Token {
    /// Whether it can be a piece of an address without brackets.
    pub(super) fn is_part_of_address(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Quoted | Kind::Colon)
    }

    /// As it was written.
    pub(super) fn source(&self) -> String {
        match self.kind {
            Kind::Quoted => format!("\"{}\"", self.text),
            _ => self.text.clone(),
        }
    }
}

/// Takes `text` apart; says whether a quote that never ends stands in it.
pub(super) fn tokens(text: &str) -> (Vec<Token>, bool) {
    let mut scanner = Scanner { rest: text, tokens: Vec::new(), spaced: false, open: Open::default() };
    while !scanner.rest.is_empty() {
        scanner.step();
    }
    (scanner.tokens, scanner.open.quote)
}

/// `text` without its comments, and what they hold. Quotes are respected.
pub(super) fn without_comments(text: &str) -> (String, String) {
    let (mut outside, mut inside) = (String::new(), String::new());
    if !text.contains('(') {
        return (text.to_owned(), inside);
    }
    for token in tokens(text).0 {
        if token.kind == Kind::Comment {
            inside.push_str(&token.text);
            continue;
        }
        if token.spaced && !outside.is_empty() {
            outside.push(' ');
        }
        outside.push_str(&token.source());
    }
    (outside, inside)
}

/// What was found to be never closed: it is not looked for again.
#[derive(Default)]
struct Open {
    quote: bool,
    comment: bool,
    angle: bool,
}

struct Scanner<'a> {
    rest: &'a str,
    tokens: Vec<Token>,
    spaced: bool,
    open: Open,
}

impl<'a> Scanner<'a> {
    fn step(&mut self) {
        let rest = self.rest;
        let Some(first) = rest.chars().next() else { return };
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        match first {
            c if is_space(c) => {
                self.rest = after;
                self.spaced = true;
            }
            ',' => self.push(Kind::Comma, ",", after),
            ';' => self.push(Kind::Semicolon, ";", after),
            ':' => self.push(Kind::Colon, ":", after),
            '"' if !self.open.quote => match quoted(after) {
                Some((text, tail)) => self.push(Kind::Quoted, &text, tail),
                None => {
                    self.open.quote = true;
                    self.rest = after;
                }
            },
            '"' => self.rest = after,
            '(' if !self.open.comment => match comment(after) {
                Some((text, tail)) => self.push(Kind::Comment, text, tail),
                None => {
                    self.open.comment = true;
                    self.word();
                }
            },
            '<' => self.angle(after),
            _ => self.word(),
        }
    }

    fn angle(&mut self, after: &'a str) {
        // `<<a@b>>`.
        let after = after.trim_start_matches('<');
        let close = if self.open.angle { None } else { angle_end(after) };
        match close {
            Some(End::Closed(end)) => {
                let tail = after.get(end + 1..).unwrap_or_default();
                self.push(Kind::Angle, after.get(..end).unwrap_or_default(), tail.trim_start_matches('>'));
            }
            Some(End::Next(end)) | Some(End::Comma(end)) => {
                let inner = after.get(..end).unwrap_or_default();
                // Before another `<`, only what looks like an address is taken as one.
                let cut = inner.find(',').unwrap_or(inner.len());
                self.push(
                    Kind::Angle,
                    inner.get(..cut).unwrap_or_default(),
                    after.get(cut..).unwrap_or_default(),
                );
            }
            None => {
                self.open.angle = true;
                let cut = after.find([',', ';']).unwrap_or(after.len());
                self.push(
                    Kind::Angle,
                    after.get(..cut).unwrap_or_default(),
                    after.get(cut..).unwrap_or_default(),
                );
            }
        }
    }

    /// A run of ordinary characters, or one encoded word.
    fn word(&mut self) {
        let rest = self.rest;
        let mut end = 0;
        let mut literal = false;
        for (at, c) in rest.char_indices() {
            if at > 0 && c == '=' && rest.get(at..).is_some_and(|here| here.starts_with("=?")) {
                break;
            }
            if at == 0
                && let Some(length) = words::word_at(rest.as_bytes())
            {
                end = length;
                break;
            }
            literal |= c == '[' && rest.get(..at).is_some_and(|before| before.ends_with('@'));
            let special = matches!(c, ',' | ';' | ':' | '"' | '(' | '<') && !(literal && c == ':');
            if at > 0 && (is_space(c) || special) {
                break;
            }
            literal &= c != ']';
            end = at + c.len_utf8();
        }
        let (text, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        self.push(Kind::Word, text.trim_end_matches('>'), tail);
    }

    fn push(&mut self, kind: Kind, text: &str, tail: &'a str) {
        let spaced = std::mem::take(&mut self.spaced);
        self.rest = tail;
        if kind != Kind::Word || !text.is_empty() {
            self.tokens.push(Token { kind, text: text.to_owned(), spaced });
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// The string after an opening quote, unescaped, and what follows its end.
pub(crate) fn quoted(after: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut escaped = false;
    for (at, c) in after.char_indices() {
        match c {
            _ if escaped => {
                text.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return Some((text, after.get(at + 1..).unwrap_or_default())),
            _ => text.push(c),
        }
    }
    None
}

/// The comment after its opening parenthesis, and what follows its end.
fn comment(after: &str) -> Option<(&str, &str)> {
    let mut depth = 1_usize;
    let mut escaped = false;
    for (at, c) in after.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some((after.get(..at)?, after.get(at + 1..).unwrap_or_default()));
                }
            }
            _ => {}
        }
    }
    None
}

/// How angle brackets end.
enum End {
    /// At their `>`.
    Closed(usize),
    /// Another `<` comes first.
    Next(usize),
    /// A `,` with a `<` behind it comes first.
    Comma(usize),
}

fn angle_end(after: &str) -> Option<End> {
    let mut quote = after.starts_with('"') && after.get(1..).is_some_and(|rest| rest.contains('"'));
    let mut escaped = false;
    let mut comma = None;
    for (at, c) in after.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote => escaped = true,
            '"' if quote && at > 0 => quote = false,
            _ if quote => {}
            '>' => return Some(End::Closed(at)),
            '<' => return Some(comma.map_or(End::Next(at), End::Comma)),
            ',' => comma = comma.or(Some(at)),
            _ => {}
        }
    }
    None
}

//! A trace field's value → words, comments and separators (RFC 5322 section 3.2), in linear time.
//!
//! What is never closed is taken as ordinary characters: a parenthesis that a stranger brings in with an address does
//! not swallow the results behind it. Only where the value itself was cut does everything end there.

use crate::address::quoted;

/// Bytes of one trace field that are read. Real ones stay below 4 KiB.
const FIELD_BYTES_MAX: usize = 16 * 1024;
/// Comments kept of one place. Real fields have up to five.
const COMMENTS_MAX: usize = 20;

pub(super) struct Scanner<'a> {
    rest: &'a str,
    /// Whether the field was longer than what is read.
    is_cut: bool,
    /// A comment or quote was found to be never closed: it is not looked for again.
    comment_open: bool,
    quote_open: bool,
    /// A comment that begins inside a word was found to be open up to this many bytes before the end.
    open_until: Option<usize>,
}

/// The first bytes of a value as text, as many as are read of it.
pub(super) fn start_of(raw: &[u8]) -> (String, bool) {
    match raw.get(..FIELD_BYTES_MAX) {
        Some(start) => (String::from_utf8_lossy(start).into_owned(), raw.len() > FIELD_BYTES_MAX),
        None => (String::from_utf8_lossy(raw).into_owned(), false),
    }
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, is_cut: bool) -> Self {
        Self { rest: text, is_cut, comment_open: false, quote_open: false, open_until: None }
    }

    /// The next character; `None` at the end.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// What was not read yet.
    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    /// Takes `mark` if it stands here.
    pub(super) fn eat(&mut self, mark: char) -> bool {
        match self.rest.strip_prefix(mark) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Skips white space and comments; what the comments hold is added to `comments`.
    pub(super) fn space(&mut self, comments: &mut Vec<String>) {
        loop {
            self.rest = self.rest.trim_start_matches(is_space);
            let Some(after) = self.rest.strip_prefix('(') else { return };
            if self.comment_open {
                return;
            }
            match comment(after, None) {
                Ok((text, tail)) => {
                    if comments.len() < COMMENTS_MAX {
                        comments.push(text.to_owned());
                    }
                    self.rest = tail;
                }
                Err(_) => {
                    self.comment_open = true;
                    if self.is_cut {
                        self.rest = "";
                    }
                    return;
                }
            }
        }
    }

    /// A word up to white space, `;`, a comment or `stop`; a quoted string at its beginning is unquoted. Empty only
    /// where one of these stands first.
    pub(super) fn word(&mut self, stop: Option<char>) -> String {
        let mut word = String::new();
        if self.rest.starts_with('"') && !self.quote_open {
            match quoted(self.rest.get(1..).unwrap_or_default()) {
                Some((text, tail)) => {
                    word = text;
                    self.rest = tail;
                }
                None => {
                    self.quote_open = true;
                    if self.is_cut {
                        self.rest = "";
                    }
                }
            }
        }
        let mut end = self.rest.len();
        for (at, c) in self.rest.char_indices() {
            let begins = at == 0 && word.is_empty();
            if is_space(c) || c == ';' || stop == Some(c) || (c == '(' && !begins && self.comment_in_word(at))
            {
                end = at;
                break;
            }
        }
        let (taken, tail) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        word.push_str(taken);
        self.rest = tail;
        word
    }

    /// Whether the parenthesis at `at`, inside a word, begins a comment: it must end before the next `;`. An address
    /// may hold a lone parenthesis.
    fn comment_in_word(&mut self, at: usize) -> bool {
        let from = self.rest.get(at + 1..).unwrap_or_default();
        if self.comment_open || self.open_until.is_some_and(|left| from.len() > left) {
            return false;
        }
        match comment(from, Some(';')) {
            Ok(_) => true,
            Err(until) => {
                self.open_until = Some(from.len() - until);
                false
            }
        }
    }
}

pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// The comment after its opening parenthesis, and what follows its end; else up to where it was looked for, which is
/// the first `until` or the end. A quoted local part in it (`"a) ("@b.example`)
/// is skipped: whoever writes an address into a comment rarely escapes it.
fn comment(after: &str, until: Option<char>) -> Result<(&str, &str), usize> {
    let mut depth = 1_usize;
    let mut escaped = false;
    let mut quote_closes = None;
    for (at, c) in after.char_indices() {
        if quote_closes.is_some_and(|end| at < end) {
            continue;
        }
        match c {
            _ if escaped => escaped = false,
            _ if until == Some(c) => return Err(at),
            '\\' => escaped = true,
            '"' if quote_closes.is_none() => {
                quote_closes = Some(local_part_end(after, at).unwrap_or(at));
            }
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    let text = after.get(..at).unwrap_or_default();
                    return Ok((text, after.get(at + 1..).unwrap_or_default()));
                }
            }
            _ => {}
        }
    }
    Err(after.len())
}

/// Where the `@` behind the quoted local part that begins at `at` stands.
fn local_part_end(text: &str, at: usize) -> Option<usize> {
    let after = text.get(at + 1..)?;
    let (_, tail) = quoted(after)?;
    tail.starts_with('@').then(|| text.len() - tail.len())
}

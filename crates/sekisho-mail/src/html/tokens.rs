//! HTML → tokens: text, tags, comments (WHATWG HTML, section 13.2.5).
//!
//! Our own instead of html5ever's: that one compares every attribute of a tag with all before it and keeps each
//! name in a shared table, so that one hostile tag costs the square of its length. A test holds both together.

use memchr::{memchr, memchr2, memmem};

use super::entities::{self, Place};

/// Attributes kept of one tag; real mail stays below 40. The first ones win, as in browsers.
const ATTRIBUTES_MAX: usize = 100;
/// Bytes of a tag or attribute name that are kept; no name that means something is longer.
const NAME_BYTES_MAX: usize = 64;

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text between tags, references not decoded yet.
    Text(&'a str),
    /// The content of `<script>`, `<style>` and the like: no references, never shown.
    Raw(&'a str),
    /// `<name …>`.
    Start(Tag<'a>),
    /// `</name>`.
    End(String),
    /// `<!-- … -->`.
    Comment(&'a str),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its name in lower case.
    pub(super) name: String,
    attributes: Vec<(String, &'a str)>,
}

impl Tag<'_> {
    /// The value of an attribute, references decoded.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.raw(name).map(|value| entities::decode(value, Place::Attribute))
    }

    /// Whether the attribute is there, whatever its value.
    pub(super) fn has(&self, name: &str) -> bool {
        self.raw(name).is_some()
    }

    /// All attributes, decoded.
    #[cfg(test)]
    pub(super) fn decoded(&self) -> Vec<(String, String)> {
        let decoded = |value: &&str| entities::decode(value, Place::Attribute);
        self.attributes.iter().map(|(name, value)| (name.clone(), decoded(value))).collect()
    }

    fn raw(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| *value)
    }
}

/// How the content of the element just opened is read.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mode {
    /// Tags and text.
    Data,
    /// Everything up to the named end tag, without references.
    Raw(String),
    /// The same, with references (`<textarea>`).
    Text(String),
    /// `<script>`, whose end may be inside a comment inside it.
    Script,
    /// `<plaintext>`: the rest.
    Plain,
}

/// Reads tokens one after another, in linear time.
pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    mode: Mode,
}

impl<'a> Tokens<'a> {
    /// Starts at the beginning of `html`.
    pub(super) fn new(html: &'a str) -> Self {
        let at = if html.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        Self { html, at, mode: Mode::Data }
    }

    fn rest(&self) -> &'a str {
        &self.html[self.at..]
    }

    fn byte(&self, offset: usize) -> Option<u8> {
        self.html.as_bytes().get(self.at + offset).copied()
    }

    /// Takes the content of a raw element up to its end tag, which stays.
    fn content(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let mode = std::mem::replace(&mut self.mode, Mode::Data);
        let end = match &mode {
            Mode::Data => return None,
            Mode::Raw(name) | Mode::Text(name) => end_tag(rest, name),
            Mode::Script => script_end(rest),
            Mode::Plain => None,
        };
        let (content, _) = rest.split_at(end.unwrap_or(rest.len()));
        self.at += content.len();
        match mode {
            _ if content.is_empty() => None,
            Mode::Text(_) | Mode::Plain => Some(Token::Text(content)),
            _ => Some(Token::Raw(content)),
        }
    }

    /// Takes text up to the next thing that is markup.
    fn text(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut end = 0;
        while let Some(offset) = memchr(b'<', &bytes[end..]) {
            end += offset;
            if opens(bytes.get(end + 1).copied(), bytes.get(end + 2).copied()) {
                break;
            }
            end += 1;
        }
        if end < bytes.len() && memchr(b'<', &bytes[end..]).is_none() {
            end = bytes.len();
        }
        let (text, _) = rest.split_at(end);
        self.at += end;
        (!text.is_empty()).then_some(Token::Text(text))
    }

    /// Takes the markup that begins here: a tag, a comment, a declaration. `None` where nothing is left of it.
    fn markup(&mut self) -> Option<Token<'a>> {
        match (self.byte(1), self.byte(2)) {
            (Some(b'!'), _) if self.rest().starts_with("<!--") => Some(self.comment()),
            (Some(b'!' | b'?'), _) => {
                self.bogus();
                None
            }
            (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => {
                self.at += 2;
                self.tag().map(|tag| Token::End(tag.name))
            }
            (Some(b'/'), _) => {
                self.bogus();
                None
            }
            _ => {
                self.at += 1;
                let tag = self.tag()?;
                self.mode = mode_after(&tag.name);
                Some(Token::Start(tag))
            }
        }
    }

    fn comment(&mut self) -> Token<'a> {
        let inner = self.rest().get(4..).unwrap_or_default();
        let (text, used) = if inner.starts_with('>') {
            ("", 1)
        } else if inner.starts_with("->") {
            ("", 2)
        } else {
            comment_end(inner)
        };
        self.at += 4 + used;
        Token::Comment(text)
    }

    /// Declarations and broken markup end at the next `>`.
    fn bogus(&mut self) {
        let rest = self.rest();
        self.at += memchr(b'>', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
    }

    /// Takes a tag from its name on. `None` where the text ends inside it: browsers drop it then.
    fn tag(&mut self) -> Option<Tag<'a>> {
        let name = self.take_until(|byte| byte.is_ascii_whitespace() || byte == b'/' || byte == b'>');
        let mut tag = Tag { name: lower(name), attributes: Vec::new() };
        loop {
            self.take_until(|byte| !byte.is_ascii_whitespace() && byte != b'/');
            match self.byte(0)? {
                b'>' => {
                    self.at += 1;
                    return Some(tag);
                }
                _ => self.attribute(&mut tag),
            }
        }
    }

    fn attribute(&mut self, tag: &mut Tag<'a>) {
        let start = self.at;
        // A name may begin with `=`, and only there hold one.
        if self.byte(0) == Some(b'=') {
            self.at += 1;
        }
        self.take_until(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='));
        let name = &self.html[start..self.at];
        self.take_until(|byte| !byte.is_ascii_whitespace());
        let mut value = "";
        if self.byte(0) == Some(b'=') {
            self.at += 1;
            self.take_until(|byte| !byte.is_ascii_whitespace());
            value = self.value();
        }
        if tag.attributes.len() < ATTRIBUTES_MAX {
            let name = lower(name);
            if !tag.has(&name) {
                tag.attributes.push((name, value));
            }
        }
    }

    fn value(&mut self) -> &'a str {
        match self.byte(0) {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let value = self.take_until(|byte| byte == quote);
                self.at = (self.at + 1).min(self.html.len());
                value
            }
            Some(b'>') | None => "",
            Some(_) => self.take_until(|byte| byte.is_ascii_whitespace() || byte == b'>'),
        }
    }

    /// Takes bytes until `stop` (which must hold for ASCII bytes only, or for all others too) says so.
    fn take_until(&mut self, stop: impl Fn(u8) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.bytes().position(stop).unwrap_or(rest.len());
        let (taken, _) = rest.split_at(end);
        self.at += end;
        taken
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        // Every round takes at least one byte or changes the mode back to `Data`.
        while self.at < self.html.len() {
            let token = match self.mode {
                Mode::Data => self.text().or_else(|| self.markup()),
                _ => self.content(),
            };
            if token.is_some() {
                return token;
            }
        }
        None
    }
}

/// Whether `<` before these two bytes begins markup.
fn opens(first: Option<u8>, second: Option<u8>) -> bool {
    match first {
        Some(b'!' | b'?') => true,
        Some(b'/') => second.is_some(),
        Some(byte) => byte.is_ascii_alphabetic(),
        None => false,
    }
}

fn mode_after(name: &str) -> Mode {
    match name {
        "script" => Mode::Script,
        "style" | "xmp" | "iframe" | "noembed" | "noframes" | "title" => Mode::Raw(name.to_owned()),
        "textarea" => Mode::Text(name.to_owned()),
        "plaintext" => Mode::Plain,
        _ => Mode::Data,
    }
}

fn lower(name: &str) -> String {
    let mut end = name.len().min(NAME_BYTES_MAX);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name[..end].to_ascii_lowercase()
}

/// The text of a comment that is open, and the bytes up to behind its end.
fn comment_end(inner: &str) -> (&str, usize) {
    let bytes = inner.as_bytes();
    let mut from = 0;
    while let Some(offset) = memmem::find(&bytes[from..], b"--") {
        let end = from + offset;
        match (bytes.get(end + 2), bytes.get(end + 3)) {
            (Some(b'>'), _) => return (&inner[..end], end + 3),
            (Some(b'!'), Some(b'>')) => return (&inner[..end], end + 4),
            _ => from = end + 1,
        }
    }
    (inner, inner.len())
}

/// Where `</name` followed by white space, `/` or `>` begins.
fn end_tag(rest: &str, name: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut from = 0;
    while let Some(offset) = memchr(b'<', &bytes[from..]) {
        let at = from + offset;
        if bytes.get(at + 1) == Some(&b'/') && named(&bytes[at + 2..], name) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// Where the end tag of a script begins: one inside `<!-- <script> … </script>` does not count.
fn script_end(rest: &str) -> Option<usize> {
    #[derive(PartialEq)]
    enum State {
        Plain,
        Escaped,
        Twice,
    }
    let bytes = rest.as_bytes();
    let mut state = State::Plain;
    let mut from = 0;
    while let Some(offset) = memchr2(b'<', b'-', &bytes[from..]) {
        let at = from + offset;
        let here = &bytes[at..];
        from = at + 1;
        if here.starts_with(b"-->") {
            state = State::Plain;
        } else if here.starts_with(b"<!--") {
            if state == State::Plain {
                state = State::Escaped;
                // `<!-->` and `<!--->` close at once: the dashes count for the end too.
                from = at + 2;
            }
        } else if here.starts_with(b"</") && named(&here[2..], "script") {
            match state {
                State::Twice => state = State::Escaped,
                _ => return Some(at),
            }
        } else if state == State::Escaped && here.starts_with(b"<") && named(&here[1..], "script") {
            state = State::Twice;
        }
    }
    None
}

/// Whether the bytes begin with a tag's name and its end.
fn named(bytes: &[u8], name: &str) -> bool {
    bytes.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
        && bytes.get(name.len()).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
}

//! Bytes of a PDF → its objects (ISO 32000-1, section 7.3), as leniently as readers that repair what they open.

use crate::limits::{PDF_NESTING_MAX, PDF_OBJECT_ITEMS_MAX};

/// A value as it stands in the file; references are not followed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    Null,
    Bool(bool),
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    Reference(u32),
}

/// Names and their values, in the file's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dictionary(pub(super) Vec<(Vec<u8>, Object)>);

/// One object read from some place.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) object: Object,
    /// Behind what was read; where a stream follows, its first byte.
    pub(super) end: usize,
    pub(super) stop: Stop,
}

/// What ended an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// `endobj`, or the next object where that is missing.
    End,
    /// A stream follows.
    Stream,
    /// The file ended before the object did.
    Cut,
    /// It is nested deeper, or longer, than the limit.
    Limit,
}

impl Object {
    pub(super) fn name(&self) -> Option<&[u8]> {
        if let Object::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        if let Object::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn number(&self) -> Option<f64> {
        if let Object::Number(number) = self { Some(*number) } else { None }
    }

    pub(super) fn dictionary(&self) -> Option<&Dictionary> {
        if let Object::Dictionary(dictionary) = self { Some(dictionary) } else { None }
    }

    pub(super) fn array(&self) -> Option<&[Object]> {
        if let Object::Array(items) = self { Some(items) } else { None }
    }
}

impl Dictionary {
    /// The value of a name: where it is written twice, readers take the last.
    pub(super) fn get(&self, name: &str) -> Option<&Object> {
        self.0.iter().rev().find(|(known, _)| known == name.as_bytes()).map(|(_, value)| value)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Whether the value of `name` is the name `value`.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.get(name).and_then(Object::name) == Some(value.as_bytes())
    }
}

/// What turns the strings of an object into what they say: decryption, or nothing.
pub(super) type Decrypt<'d> = &'d dyn Fn(&[u8]) -> Vec<u8>;

/// Reads the object at `at`, behind `N G obj` where it has that.
pub(super) fn parse(bytes: &[u8], at: usize, decrypt: Option<Decrypt<'_>>) -> Parsed {
    let mut lexer = Lexer { bytes, at };
    let mut frames = vec![Frame { is_dictionary: false, items: Vec::new() }];
    let mut items = 0_usize;
    let stop = loop {
        let Some(frame) = frames.last_mut() else { break Stop::End };
        items += 1;
        if items > PDF_OBJECT_ITEMS_MAX {
            break Stop::Limit;
        }
        let before = lexer.at;
        match lexer.next() {
            Token::Value(Object::Text(text)) => {
                frame
                    .items
                    .push(Object::Text(decrypt.map_or_else(|| text.clone(), |decrypt| decrypt(&text))));
            }
            Token::Value(object) => frame.items.push(object),
            Token::Open { is_dictionary } => {
                if frames.len() >= PDF_NESTING_MAX {
                    break Stop::Limit;
                }
                frames.push(Frame { is_dictionary, items: Vec::new() });
            }
            Token::Close => close(&mut frames),
            Token::Word(b"R") => frame.refer(),
            Token::Word(b"endobj") => break Stop::End,
            Token::Word(b"stream") => {
                lexer.skip_line_end();
                break Stop::Stream;
            }
            Token::Word(b"obj" | b"endstream" | b"xref" | b"trailer" | b"startxref") => {
                lexer.at = before;
                break Stop::End;
            }
            Token::Word(_) => {}
            Token::End => break Stop::Cut,
        }
        // Inside object streams and trailers nothing marks the end but that the value is whole.
        if let [Frame { items, .. }] = &*frames
            && matches!(items.first(), Some(Object::Dictionary(_) | Object::Array(_)))
            && !lexer.is_at_stream_or_end()
        {
            break Stop::End;
        }
    };
    while frames.len() > 1 {
        close(&mut frames);
    }
    let object = frames.pop().and_then(|frame| frame.items.into_iter().next()).unwrap_or(Object::Null);
    Parsed { object, end: lexer.at, stop }
}

/// Reads `N G obj` at `at`: the number, the generation, and where the object begins.
pub(super) fn heading(bytes: &[u8], at: usize) -> Option<(u32, u16, usize)> {
    let mut lexer = Lexer { bytes, at };
    let mut number = || match lexer.next() {
        Token::Value(Object::Number(number)) if number >= 0.0 => Some(number),
        _ => None,
    };
    let (number, generation) = (number()?, number()?);
    matches!(lexer.next(), Token::Word(b"obj")).then_some((number as u32, generation as u16, lexer.at))
}

struct Frame {
    is_dictionary: bool,
    items: Vec<Object>,
}

impl Frame {
    /// `12 0 R`: the two numbers before it are one reference.
    fn refer(&mut self) {
        if let [.., Object::Number(number), Object::Number(_)] = &*self.items {
            let number = *number as u32;
            self.items.truncate(self.items.len().saturating_sub(2));
            self.items.push(Object::Reference(number));
        }
    }

    fn object(self) -> Object {
        if !self.is_dictionary {
            return Object::Array(self.items);
        }
        let mut pairs = Vec::new();
        let mut items = self.items.into_iter();
        while let Some(item) = items.next() {
            if let Object::Name(name) = item {
                pairs.push((name, items.next().unwrap_or(Object::Null)));
            }
        }
        Object::Dictionary(Dictionary(pairs))
    }
}

fn close(frames: &mut Vec<Frame>) {
    if frames.len() > 1
        && let Some(frame) = frames.pop()
        && let Some(outer) = frames.last_mut()
    {
        outer.items.push(frame.object());
    }
}

enum Token<'a> {
    Value(Object),
    Open { is_dictionary: bool },
    Close,
    Word(&'a [u8]),
    End,
}

struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn next(&mut self) -> Token<'a> {
        self.skip_white();
        let Some(byte) = self.take() else { return Token::End };
        match byte {
            b'/' => Token::Value(Object::Name(self.name())),
            b'(' => Token::Value(Object::Text(self.literal())),
            b'<' if self.peek() == Some(b'<') => {
                self.at += 1;
                Token::Open { is_dictionary: true }
            }
            b'<' => Token::Value(Object::Text(self.hexadecimal())),
            b'>' => {
                if self.peek() == Some(b'>') {
                    self.at += 1;
                }
                Token::Close
            }
            b'[' => Token::Open { is_dictionary: false },
            b']' => Token::Close,
            b'{' | b'}' | b')' => Token::Word(b""),
            _ => self.word(),
        }
    }

    /// White space and comments (7.2.2, 7.2.3).
    fn skip_white(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, b'\r' | b'\n')) {
                    self.at += 1;
                }
            } else if !is_white(byte) {
                break;
            } else {
                self.at += 1;
            }
        }
    }

    fn skip_line_end(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        if self.peek() == Some(b'\r') {
            self.at += 1;
        }
        if self.peek() == Some(b'\n') {
            self.at += 1;
        }
    }

    fn is_at_stream_or_end(&self) -> bool {
        let mut ahead = Lexer { bytes: self.bytes, at: self.at };
        matches!(ahead.next(), Token::Word(b"stream" | b"endobj") | Token::End)
    }

    /// `#61` in a name is the letter `a` (7.3.5).
    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let escaped = || {
                let digit = |at: usize| self.bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
                Some((digit(self.at)? << 4 | digit(self.at + 1)?) as u8)
            };
            match escaped().filter(|_| byte == b'#') {
                Some(escaped) => {
                    self.at += 2;
                    name.push(escaped);
                }
                None => name.push(byte),
            }
        }
        name
    }

    /// A string in brackets (7.3.4.2).
    fn literal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut depth = 0_usize;
        while let Some(byte) = self.take() {
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.take() else { return };
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek().filter(|byte| matches!(byte, b'0'..=b'7')) else { break };
                    code = code << 3 | u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push(code as u8);
            }
            other => text.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        let mut digits = Vec::new();
        while let Some(byte) = self.take().filter(|byte| *byte != b'>') {
            digits.extend(char::from(byte).to_digit(16));
        }
        digits
            .chunks(2)
            .map(|pair| {
                let digit = |at: usize| pair.get(at).copied().unwrap_or(0);
                (digit(0) << 4 | digit(1)) as u8
            })
            .collect()
    }

    fn word(&mut self) -> Token<'a> {
        let start = self.at.saturating_sub(1);
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        let mut word = self.bytes.get(start..self.at).unwrap_or_default();
        // `endobj12 0 obj` and `0 obj<<` are read by their words, not by the white space that is missing.
        for keyword in [&b"endobj"[..], b"endstream", b"obj", b"stream"] {
            if word.len() > keyword.len() && word.starts_with(keyword) {
                word = keyword;
                self.at = start + keyword.len();
                break;
            }
        }
        match word {
            b"null" => Token::Value(Object::Null),
            b"true" => Token::Value(Object::Bool(true)),
            b"false" => Token::Value(Object::Bool(false)),
            _ => number(word).map_or(Token::Word(word), |number| Token::Value(Object::Number(number))),
        }
    }
}

pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_white(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// Readers take `--5` and `1.2.3` for numbers as well; what matters here is that a number is one.
fn number(word: &[u8]) -> Option<f64> {
    let numeric = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.');
    if !word.iter().all(numeric) || !word.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    let plain = text.trim_start_matches(['+', '-']);
    let amount: f64 = plain.parse().unwrap_or(0.0);
    Some(if text.starts_with('-') { -amount } else { amount })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Object {
        parse(text.as_bytes(), 0, None).object
    }

    #[test]
    fn values_in_every_spelling() {
        let object = read("<</J#61vaScript(a\\(b\\)\\101\\\nc(d))/H<4 142 4>/N[1 -2.5 12 0 R null true]>>");
        let Object::Dictionary(dictionary) = object else { panic!("{object:?}") };
        assert_eq!(dictionary.get("JavaScript"), Some(&Object::Text(b"a(b)Ac(d)".to_vec())));
        assert_eq!(dictionary.get("H"), Some(&Object::Text(b"AB@".to_vec())));
        let items = [
            Object::Number(1.0),
            Object::Number(-2.5),
            Object::Reference(12),
            Object::Null,
            Object::Bool(true),
        ];
        assert_eq!(dictionary.get("N").and_then(Object::array), Some(&items[..]));
    }

    #[test]
    fn headings_and_ends() {
        assert_eq!(heading(b"12 %c\n0 obj<<>>", 0), Some((12, 0, 11)));
        assert_eq!(heading(b"12 0 R", 0), None);
        assert_eq!(parse(b"<</A 1>>stream\r\nxx", 0, None).stop, Stop::Stream);
        assert_eq!(parse(b"<</A 1>> stream\r\nxx", 0, None).end, 17);
        assert_eq!(parse(b"[1 2", 0, None).stop, Stop::Cut);
    }

    #[test]
    fn depth_ends() {
        let deep = "[".repeat(100_000);
        assert_eq!(parse(deep.as_bytes(), 0, None).stop, Stop::Limit);
        let deep = "<</A".repeat(100_000);
        assert_eq!(parse(deep.as_bytes(), 0, None).stop, Stop::Limit);
    }
}

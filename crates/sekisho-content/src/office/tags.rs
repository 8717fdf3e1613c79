//! XML as programs write it → its tags and texts in order, for parts whose shape is known (XML 1.0 sections 2.4 to 3.1).
//!
//! Lenient: what is no tag is text, entities that are not XML's own stay as they are, names lose their prefix. The parts
//! come in UTF-8 or, with its mark, in UTF-16.

use std::borrow::Cow;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// The text of a part.
pub(crate) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xfe, 0xff, ..] | [0, b'<', ..] => UTF_16BE,
        _ => UTF_8,
    };
    encoding.decode(bytes).0
}

/// A piece of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// A tag that opens an element, or that is one by itself.
    Open(Tag<'t>),
    /// A tag that closes the element of this name.
    Close(&'t str),
    /// Text, its entities not yet resolved.
    Text(&'t str),
}

/// An opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'t> {
    /// Its name without prefix.
    pub(crate) name: &'t str,
    /// Whether no closing tag follows.
    pub(crate) is_empty: bool,
    attributes: &'t str,
}

impl<'t> Tag<'t> {
    /// The value of an attribute, by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'t, str>> {
        let mut rest = self.attributes;
        // Each turn takes one attribute from the rest.
        while let Some((before, behind)) = rest.split_once('=') {
            let value = behind.trim_start();
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let (value, behind) = value.get(1..)?.split_once(quote)?;
            if local(before.trim()) == name {
                return Some(unescaped(value));
            }
            rest = behind;
        }
        None
    }
}

/// The pieces of a text.
pub(crate) fn pieces(text: &str) -> Pieces<'_> {
    Pieces { rest: text }
}

/// Goes through a text, piece by piece.
pub(crate) struct Pieces<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(tag) = self.rest.strip_prefix('<') else {
                let end = memchr::memchr(b'<', self.rest.as_bytes()).unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at_checked(end)?;
                self.rest = rest;
                return Some(Piece::Text(text));
            };
            if let Some(section) = tag.strip_prefix("![CDATA[") {
                let (text, rest) = until(section, "]]>");
                self.rest = rest;
                return Some(Piece::Text(text));
            }
            if tag.starts_with("!--") {
                self.rest = until(tag, "-->").1;
                continue;
            }
            let (tag, rest) = tag.split_at_checked(tag_end(tag)).unwrap_or((tag, ""));
            self.rest = rest.strip_prefix('>').unwrap_or(rest);
            if let Some(name) = tag.strip_prefix('/') {
                return Some(Piece::Close(local(name.trim())));
            }
            if tag.starts_with(['?', '!']) {
                continue;
            }
            let is_empty = tag.ends_with('/');
            let tag = tag.trim_end_matches('/');
            let (name, attributes) = tag.split_once(|c: char| c.is_whitespace()).unwrap_or((tag, ""));
            return Some(Piece::Open(Tag { name: local(name), is_empty, attributes }));
        }
    }
}

/// Text with XML's own entities resolved.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        plain.push_str(before);
        let entity = behind.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest)));
        match entity {
            Some((character, behind)) => {
                plain.push(character);
                rest = behind;
            }
            None => {
                plain.push('&');
                rest = behind;
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn entity(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Where a tag ends: at the first `>` outside quotes.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

fn until<'t>(text: &'t str, end: &str) -> (&'t str, &'t str) {
    let at = memmem::find(text.as_bytes(), end.as_bytes());
    let split = at.and_then(|at| Some((text.get(..at)?, text.get(at + end.len()..)?)));
    split.unwrap_or((text, ""))
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_texts_and_what_is_passed_by() {
        let text = "<?xml version='1.0'?><a:b c='1' d:e = \"x>y&amp;\"><!-- <no> -->t&lt;<f/></a:b><![CDATA[<raw>]]>";
        let pieces: Vec<Piece<'_>> = pieces(text).collect();
        let Some(Piece::Open(tag)) = pieces.first() else { panic!("{pieces:?}") };
        assert_eq!((tag.name, tag.attribute("e").as_deref()), ("b", Some("x>y&")));
        assert_eq!(tag.attribute("none"), None);
        assert_eq!(pieces[1], Piece::Text("t&lt;"));
        assert!(matches!(&pieces[2], Piece::Open(tag) if tag.name == "f" && tag.is_empty));
        assert_eq!(pieces[3..], [Piece::Close("b"), Piece::Text("<raw>")]);
        assert_eq!(unescaped("&#x41;&#66;&nbsp;&amp"), "AB&nbsp;&amp");
    }

    #[test]
    fn cut_texts_end() {
        let text = "<a b='c' d=\"e\">x<!-- y --><![CDATA[z]]></a>";
        for end in 0..text.len() {
            for piece in pieces(&text[..end]) {
                if let Piece::Open(tag) = piece {
                    let _ = tag.attribute("q");
                }
            }
        }
    }
}

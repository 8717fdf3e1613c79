//! XML text → tags and words, one after the other ([XML 1.0], [XML-NAMES]), as leniently as broken and hostile files need:
//! nothing is validated, nothing is kept, entities of the document's own are left as they stand. What is no tag is text;
//! attributes need neither quotes nor values, as in pages.

use std::borrow::Cow;

use memchr::{memchr, memchr3_iter, memmem};

use crate::limits::TAG_ATTRIBUTES_MAX;

/// Walks through an XML text once, from its beginning to its end.
pub(crate) struct Xml<'t> {
    rest: &'t str,
}

/// A piece of XML.
pub(crate) enum Token<'t> {
    /// `<name …>` or `<name …/>`.
    Open(Tag<'t>),
    /// `</name>`, the prefix taken off.
    Close(&'t str),
    /// Character data, entities resolved.
    Text(Cow<'t, str>),
}

/// A start tag.
#[derive(Clone, Copy)]
pub(crate) struct Tag<'t> {
    /// Its name without the prefix.
    pub(crate) name: &'t str,
    /// The prefix, empty where there is none.
    pub(crate) prefix: &'t str,
    /// Whether it closes itself.
    pub(crate) empty: bool,
    attributes: &'t str,
}

/// The text of an XML file: UTF-8, UTF-16 with or without a mark, or what its declaration names.
pub(crate) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let wide = match bytes {
        [0xff, 0xfe, ..] | [b'<', 0, _, 0, ..] => Some(encoding_rs::UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'<', 0, _, ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    let encoding = wide.or_else(|| declared(bytes)).unwrap_or(encoding_rs::UTF_8);
    encoding.decode(bytes).0
}

/// The same of bytes that may be taken: most parts are UTF-8 already, and the largest must not be there twice.
pub(crate) fn taken(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        Ok(text)
            if !text.contains('\0')
                && declared(text.as_bytes()).is_none_or(|it| it == encoding_rs::UTF_8) =>
        {
            text
        }
        Ok(text) => decoded(text.as_bytes()).into_owned(),
        Err(error) => decoded(error.as_bytes()).into_owned(),
    }
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    const DECLARATION_BYTES_MAX: usize = 256;
    let start = bytes.get(..DECLARATION_BYTES_MAX).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start);
    let declaration = start.trim_start_matches('\u{feff}').trim_start().strip_prefix("<?xml")?;
    let declaration = declaration.get(..declaration.find("?>")?)?;
    let label =
        Tag { name: "xml", prefix: "", empty: true, attributes: declaration }.attribute("encoding")?;
    encoding_rs::Encoding::for_label(label.as_bytes())
}

impl<'t> Xml<'t> {
    /// Begins at the start of `text`.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { rest: text }
    }

    /// Takes `length` bytes.
    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes everything up to `end`, which is taken too and not given back; all of the rest where it is missing.
    fn take_until(&mut self, end: &str) -> &'t str {
        match memmem::find(self.rest.as_bytes(), end.as_bytes()) {
            Some(at) => {
                let taken = self.take(at);
                self.take(end.len());
                taken
            }
            None => self.take(self.rest.len()),
        }
    }

    /// Takes what stands in a script, as it stands, up to its closing tag: `<` in it begins no tag.
    pub(crate) fn take_script(&mut self) -> &'t str {
        const END: &str = "</script";
        let is_end =
            |at: &usize| self.rest.get(*at..at + END.len()).is_some_and(|end| end.eq_ignore_ascii_case(END));
        let end = memmem::find_iter(self.rest.as_bytes(), "</").find(is_end);
        self.take(end.unwrap_or(self.rest.len()))
    }

    fn tag(&mut self) -> Token<'t> {
        if let Some(behind) = self.rest.strip_prefix('/') {
            self.rest = behind;
            return Token::Close(divided(self.take_until(">").trim()).1);
        }
        let inside = self.take(tag_length(self.rest));
        self.take(1);
        let (inside, empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let ends = |byte: u8| byte.is_ascii_whitespace() || byte == b'/';
        let name_length = inside.bytes().position(ends).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(name_length).unwrap_or((inside, ""));
        let (prefix, name) = divided(name);
        Token::Open(Tag { name, prefix, empty, attributes })
    }
}

/// Where a start tag ends; `>` inside a quoted value does not end it. A quote begins a value only behind `=`.
fn tag_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut quote = None;
    for at in memchr3_iter(b'>', b'"', b'\'', bytes) {
        match (bytes.get(at).copied(), quote) {
            (Some(b'>'), None) => return at,
            (byte, None) => {
                let before = bytes.get(..at).unwrap_or_default().trim_ascii_end();
                quote = byte.filter(|_| before.ends_with(b"="));
            }
            (byte, open) if byte == open => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Whether a tag can begin like this behind its `<`.
fn begins(markup: &str) -> bool {
    markup.bytes().next().is_some_and(|byte| {
        byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':' | b'/') || !byte.is_ascii()
    })
}

impl<'t> Iterator for Xml<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(markup) = self.rest.strip_prefix('<') else {
                let length = memchr(b'<', self.rest.as_bytes()).unwrap_or(self.rest.len());
                return Some(Token::Text(unescaped(self.take(length))));
            };
            if begins(markup) {
                self.rest = markup;
                return Some(self.tag());
            } else if let Some(behind) = markup.strip_prefix("!--") {
                self.rest = behind;
                self.take_until("-->");
            } else if let Some(behind) = markup.strip_prefix("![CDATA[") {
                self.rest = behind;
                return Some(Token::Text(Cow::Borrowed(self.take_until("]]>"))));
            } else if markup.starts_with('?') {
                self.take_until("?>");
            } else if markup.starts_with('!') {
                self.take_until(">");
            } else {
                // No tag begins like this.
                return Some(Token::Text(Cow::Borrowed(self.take(1))));
            }
        }
    }
}

impl<'t> Tag<'t> {
    /// The value of the attribute with this name, whatever its prefix and case, entities resolved.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'t, str>> {
        self.attributes().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// All attributes, prefixes taken off their names; at most `TAG_ATTRIBUTES_MAX`.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'t str, Cow<'t, str>)> + use<'t> {
        let mut rest = self.attributes;
        let next = move || {
            rest = rest.trim_ascii_start().trim_start_matches('/').trim_ascii_start();
            let first = rest.chars().next()?.len_utf8();
            let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/');
            // What begins like the end of a name is one all the same, or nothing would be taken.
            let length = rest.bytes().skip(first).position(ends).map_or(rest.len(), |length| first + length);
            let (name, behind) = rest.split_at_checked(length)?;
            rest = behind.trim_ascii_start();
            let mut value = "";
            if let Some(behind) = rest.strip_prefix('=') {
                (value, rest) = quoted(behind.trim_ascii_start());
            }
            Some((divided(name).1, unescaped(value)))
        };
        std::iter::from_fn(next).take(TAG_ATTRIBUTES_MAX)
    }
}

/// A value, and what stands behind it.
fn quoted(text: &str) -> (&str, &str) {
    let split = |text, at| str::split_at_checked(text, at).unwrap_or((text, ""));
    match text.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => {
            let inside = text.get(1..).unwrap_or_default();
            let (value, behind) = split(inside, memchr(*quote, inside.as_bytes()).unwrap_or(inside.len()));
            (value, behind.get(1..).unwrap_or_default())
        }
        _ => split(text, text.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(text.len())),
    }
}

/// A name as its prefix and the rest.
fn divided(name: &str) -> (&str, &str) {
    let colon = name.bytes().rposition(|byte| byte == b':');
    let split = colon.and_then(|at| Some((name.get(..at)?, name.get(at + 1..)?)));
    split.unwrap_or(("", name))
}

/// Resolves the five entities of XML, the space of pages, and references to characters.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    const ENTITY_BYTES_MAX: usize = 12;
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let name = behind.bytes().take(ENTITY_BYTES_MAX).position(|byte| byte == b';');
        let resolved = name.and_then(|length| Some((entity(behind.get(..length)?)?, length + 1)));
        match resolved {
            Some((character, length)) => {
                out.push(character);
                rest = behind.get(length..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        Xml::new(text)
            .map(|token| match token {
                Token::Open(tag) => {
                    let attributes: Vec<String> =
                        tag.attributes().map(|(name, value)| format!("{name}={value}")).collect();
                    format!("<{} {}{}>", tag.name, attributes.join(","), if tag.empty { "/" } else { "" })
                }
                Token::Close(name) => format!("</{name}>"),
                Token::Text(text) => text.into_owned(),
            })
            .collect()
    }

    #[test]
    fn tags_attributes_and_words() {
        let cases = [
            (
                "<?xml version='1.0'?><w:a x:b = 'c>d' e=\"&quot;&#x41;&#66;\"/>t&amp;u",
                "<a b=c>d,e=\"AB/>t&u",
            ),
            ("<!DOCTYPE a><a><!-- <b> --><![CDATA[<&]]></ x:a >", "<a ><&</a>"),
            ("a & b &unknown; &#0;", "a & b &unknown; &#0;".replace("&#0;", "\0").leak()),
            ("<a b=c d='e", "<a b=c,d=e>"),
            ("<a b c = d/ e='/>'/>f", "<a b=,c=d/,e=/>/>f"),
            ("<a =b=c>don't</a>", "<a =b=c>don't</a>"),
            ("<a", "<a >"),
            ("<", "<"),
            ("a < b<c/>", "a < b<c />"),
            ("<!-- never", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn the_encoding_is_found() {
        let utf16: Vec<u8> = "<a>関所</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&utf16), "<a>関所</a>");
        let (shift_jis, _, _) =
            encoding_rs::SHIFT_JIS.encode("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>関所</a>");
        assert!(decoded(&shift_jis).contains("関所"));
    }
}

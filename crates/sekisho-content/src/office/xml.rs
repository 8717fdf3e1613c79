//! XML text → tags and words, one after the other ([XML 1.0], [XML-NAMES]), as leniently as broken and hostile files need:
//! nothing is validated, nothing is kept, entities of the document's own are left as they stand.

use std::borrow::Cow;

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
    let label = Tag { name: "xml", empty: true, attributes: declaration }.attribute("encoding")?;
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
        match self.rest.find(end) {
            Some(at) => {
                let taken = self.take(at);
                self.take(end.len());
                taken
            }
            None => self.take(self.rest.len()),
        }
    }

    fn tag(&mut self) -> Token<'t> {
        if let Some(behind) = self.rest.strip_prefix('/') {
            self.rest = behind;
            return Token::Close(local(self.take_until(">").trim()));
        }
        let inside = self.take(tag_length(self.rest));
        self.take(1);
        let (inside, empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let name_length = inside.find(char::is_whitespace).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(name_length).unwrap_or((inside, ""));
        Token::Open(Tag { name: local(name), empty, attributes })
    }
}

/// Where a start tag ends; `>` inside quotes does not end it.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return at,
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    text.len()
}

impl<'t> Iterator for Xml<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(markup) = self.rest.strip_prefix('<') else {
                let length = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Token::Text(unescaped(self.take(length))));
            };
            self.rest = markup;
            if let Some(behind) = markup.strip_prefix("!--") {
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
                return Some(self.tag());
            }
        }
    }
}

impl<'t> Tag<'t> {
    /// The value of the attribute with this name, whatever its prefix and case, entities resolved.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'t, str>> {
        self.attributes().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// All attributes, prefixes taken off their names.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'t str, Cow<'t, str>)> + use<'t> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (name, behind) = rest.split_once('=')?;
            let behind = behind.trim_start();
            let quote = behind.chars().next()?;
            let (value, behind) = if matches!(quote, '"' | '\'') {
                let inside = behind.get(1..)?;
                inside.split_once(quote).unwrap_or((inside, ""))
            } else {
                behind.split_once(char::is_whitespace).unwrap_or((behind, ""))
            };
            rest = behind;
            Some((local(name.trim()), unescaped(value)))
        })
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Resolves the five entities of XML and references to characters.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    const ENTITY_BYTES_MAX: usize = 12;
    if !text.contains('&') {
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
            ("<a", "<a >"),
            ("<", "< >"),
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

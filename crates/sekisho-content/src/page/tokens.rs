//! Text of a page or drawing → its tags, texts and scripts (HTML Standard, section 13.2.5; XML 1.0 is read the same way).

use std::borrow::Cow;

/// One piece of a page.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    Open(Tag<'t>),
    Close(String),
    Text(&'t str),
    /// What stands in an element whose content is no markup, with the element's tag.
    Raw(Tag<'t>, &'t str),
}

/// An opening tag: names in lower case, without a prefix.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    pub(super) name: String,
    attributes: Vec<(String, &'t str)>,
}

impl<'t> Tag<'t> {
    /// The value of an attribute, its entities decoded; the first counts.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'t, str>> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| decoded(value))
    }

    /// All attributes with their values.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'t, str>)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), decoded(value)))
    }
}

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp"];

/// The pieces of a page, in order.
pub(super) fn pieces(text: &str) -> Pieces<'_> {
    Pieces { rest: text, raw: None }
}

/// A page being read.
pub(super) struct Pieces<'t> {
    rest: &'t str,
    raw: Option<Tag<'t>>,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        if let Some(tag) = self.raw.take() {
            let end = closing(self.rest, &tag.name);
            let (content, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Piece::Raw(tag, content));
        }
        loop {
            let open = self.rest.find('<').unwrap_or(self.rest.len());
            if open > 0 {
                let (text, rest) = self.rest.split_at(open);
                self.rest = rest;
                return Some(Piece::Text(text));
            }
            let behind = self.rest.get(1..)?;
            let first = behind.chars().next();
            if let Some(comment) = behind.strip_prefix("!--") {
                self.rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            } else if let Some(data) = behind.strip_prefix("![CDATA[") {
                self.rest = data;
            } else if first == Some('/') {
                let (name, rest) = behind.get(1..)?.split_once('>').unwrap_or((behind, ""));
                self.rest = rest;
                return Some(Piece::Close(local(name.trim())));
            } else if first.is_some_and(|letter| letter.is_ascii_alphabetic()) {
                return Some(self.tag(behind));
            } else if matches!(first, Some('!' | '?')) {
                self.rest = behind.split_once('>').map_or("", |(_, rest)| rest);
            } else {
                self.rest = behind;
                return Some(Piece::Text("<"));
            }
        }
    }
}

impl<'t> Pieces<'t> {
    fn tag(&mut self, text: &'t str) -> Piece<'t> {
        let name_end = text.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(text.len());
        let (name, mut rest) = text.split_at(name_end);
        let mut tag = Tag { name: local(name), attributes: Vec::new() };
        let mut is_empty = false;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace());
            let Some(first) = rest.chars().next() else { break };
            let behind = rest.get(first.len_utf8()..).unwrap_or_default();
            if first == '>' {
                rest = behind;
                break;
            }
            if first == '/' {
                is_empty = behind.starts_with('>');
                rest = behind;
                continue;
            }
            let end = behind
                .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
                .map_or(rest.len(), |at| at + first.len_utf8());
            let (name, after) = rest.split_at(end);
            rest = after;
            let mut value = "";
            if let Some(after) = after.trim_start().strip_prefix('=') {
                (value, rest) = attribute_value(after.trim_start());
            }
            tag.attributes.push((local(name), value));
        }
        self.rest = rest;
        if RAW.contains(&tag.name.as_str()) && !is_empty {
            let copy = Tag { name: tag.name.clone(), attributes: tag.attributes.clone() };
            self.raw = Some(copy);
        }
        Piece::Open(tag)
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len()))
}

/// Where the closing tag of this element begins, or the end.
fn closing(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("</")).map(|at| from + at) {
        let behind = text.get(at + 2..).unwrap_or_default();
        let end = behind.find(['>', '/', ' ', '\t', '\r', '\n']).unwrap_or(behind.len());
        if local(behind.get(..end.min(64)).unwrap_or_default()) == name {
            return at;
        }
        from = at + 2;
    }
    text.len()
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

/// Undoes character references (13.2.5.72): all numbers, and the names that are used to hide links and scripts.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    const NAMES: &[(&str, &str)] = &[
        ("amp", "&"),
        ("lt", "<"),
        ("gt", ">"),
        ("quot", "\""),
        ("apos", "'"),
        ("colon", ":"),
        ("sol", "/"),
        ("lpar", "("),
        ("rpar", ")"),
        ("period", "."),
        ("comma", ","),
        ("Tab", ""),
        ("NewLine", ""),
        ("nbsp", " "),
    ];
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let body = reference.get(1..).unwrap_or_default();
        let end =
            body.bytes().take(10).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        let name = body.get(..end).unwrap_or_default();
        let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => number.parse().ok(),
        });
        let named = NAMES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
        match (number.and_then(char::from_u32), named) {
            (Some(letter), _) => out.push(letter),
            (None, Some(text)) => out.push_str(text),
            (None, None) => {
                out.push('&');
                rest = body;
                continue;
            }
        }
        let behind = body.get(end..).unwrap_or_default();
        rest = behind.strip_prefix(';').unwrap_or(behind);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_texts_and_scripts() {
        let text = "<!doctype html><!-- <b> --><P Class=a title='x&#62;y'>one<script>if (a</b>) '<p>'</SCRIPT >two<br/>";
        let pieces: Vec<String> = pieces(text)
            .map(|piece| match piece {
                Piece::Open(tag) => {
                    let attributes: Vec<String> =
                        tag.attributes().map(|(name, value)| format!("{name}={value}")).collect();
                    format!("<{} {}>", tag.name, attributes.join(" "))
                }
                Piece::Close(name) => format!("</{name}>"),
                Piece::Text(text) => text.to_owned(),
                Piece::Raw(_, text) => format!("[{text}]"),
            })
            .collect();
        let expected =
            ["<p class=a title=x>y>", "one", "<script >", "[if (a</b>) '<p>']", "</script>", "two", "<br >"];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn whatever_stands_there_ends() {
        for text in
            ["<", "<a", "<a b", "<a b=", "<a b='", "<!--", "</", "<script>", "<![CDATA[", "&", "<a b=&#x>"]
        {
            assert!(pieces(&text.repeat(50)).count() < 500);
        }
    }
}

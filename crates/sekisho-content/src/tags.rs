//! Markup text → its elements in order, each with its attributes and the text behind its opening tag; as lenient as the
//! programs that open settings, script files and pages. No tree: what is asked for stands under a name of its own.

use crate::limits::{TAG_ATTRIBUTES_MAX, TAGS_MAX};

/// An opening tag and what stands behind it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tag {
    /// Its name in lower case, without a namespace prefix.
    pub(crate) name: String,
    /// The prefix that it had.
    pub(crate) prefix: String,
    /// Attributes: name in lower case without a prefix, value with its entities resolved.
    pub(crate) attributes: Vec<(String, String)>,
    /// The text up to the next tag, entities resolved, CDATA as it stands; all up to its closing tag for a script.
    pub(crate) text: String,
}

impl Tag {
    /// The value of an attribute, or nothing.
    pub(crate) fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

/// The opening tags of a text, at most `TAGS_MAX`; `false` where there were more.
pub(crate) fn tags(text: &str) -> (Vec<Tag>, bool) {
    let mut tags = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let inside = rest.get(at + 1..).unwrap_or_default();
        if let Some(comment) = inside.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            if tags.len() >= TAGS_MAX {
                return (tags, false);
            }
            let (mut tag, behind) = open(inside);
            let (content, after) = content(&tag.name, behind);
            tag.text = content;
            tags.push(tag);
            rest = after;
        } else {
            rest = inside;
        }
    }
    (tags, true)
}

/// An opening tag and what stands behind it.
fn open(inside: &str) -> (Tag, &str) {
    let end = inside.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(inside.len());
    let (name, mut rest) = inside.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || attributes.len() >= TAG_ATTRIBUTES_MAX {
            break;
        }
        if let Some(behind) = rest.strip_prefix('>') {
            rest = behind;
            break;
        }
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end.max(rest.chars().next().map_or(0, char::len_utf8)));
        rest = behind.trim_start();
        let value = match rest.strip_prefix('=') {
            Some(behind) => {
                let (value, behind) = value(behind.trim_start());
                rest = behind;
                value
            }
            None => "",
        };
        attributes.push((local(name), resolved(value)));
    }
    let prefix = name.split_once(':').map(|(prefix, _)| prefix.to_lowercase()).unwrap_or_default();
    (Tag { name: local(name), prefix, attributes, text: String::new() }, rest)
}

fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len());
    text.split_at(end)
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_lowercase()
}

/// The text behind an opening tag, and what follows it.
fn content<'t>(name: &str, behind: &'t str) -> (String, &'t str) {
    if name == "script" {
        let end = closing_script(behind).unwrap_or(behind.len());
        let (raw, rest) = behind.split_at(end);
        return (without_cdata(raw), rest);
    }
    let mut text = String::new();
    let mut rest = behind;
    loop {
        let (before, from_tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        text.push_str(&resolved(before));
        let Some(raw) = from_tag.strip_prefix("<![CDATA[") else { return (text, from_tag) };
        let (raw, after) = raw.split_once("]]>").unwrap_or((raw, ""));
        text.push_str(raw);
        rest = after;
    }
}

fn closing_script(text: &str) -> Option<usize> {
    const END: &str = "</script";
    text.match_indices("</")
        .map(|(at, _)| at)
        .find(|at| text.get(*at..at + END.len()).is_some_and(|end| end.eq_ignore_ascii_case(END)))
}

fn without_cdata(text: &str) -> String {
    let trimmed = text.trim();
    let inside = trimmed.strip_prefix("<![CDATA[").map(|inside| inside.strip_suffix("]]>").unwrap_or(inside));
    let inside = inside.unwrap_or(trimmed);
    let inside = inside
        .strip_prefix("<!--")
        .map(|inside| inside.strip_suffix("-->").unwrap_or(inside))
        .unwrap_or(inside);
    inside.to_owned()
}

/// Entities resolved: the five of XML, and numbers.
pub(crate) fn resolved(text: &str) -> String {
    const ENTITY_BYTES_MAX: usize = 12;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let entity = behind.split_once(';').filter(|(name, _)| name.len() <= ENTITY_BYTES_MAX);
        match entity.and_then(|(name, after)| Some((character(name)?, after))) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let digits = name.strip_prefix('#')?;
            match digits.strip_prefix(['x', 'X']) {
                Some(digits) => number(digits, 16),
                None => number(digits, 10),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_attributes_and_text() {
        let (found, all) =
            tags("<?xml?><a:B x=\"1 &amp; 2\" y='&#x41;' z=3>t &lt;<!-- <c/> --><d/><![CDATA[<e>]]></a:B>");
        let names: Vec<_> = found.iter().map(|tag| (tag.name.as_str(), tag.text.as_str())).collect();
        assert_eq!(names, [("b", "t <"), ("d", "<e>")]);
        assert_eq!(
            (found[0].attribute("x"), found[0].attribute("y"), found[0].attribute("z")),
            ("1 & 2", "A", "3")
        );
        assert!(all);
        let (found, _) = tags("<SCRIPT language=VBScript>if a < b then</Script><p>");
        assert_eq!((found[0].text.as_str(), found[0].attribute("language")), ("if a < b then", "VBScript"));
    }

    #[test]
    fn cut_markup_ends() {
        let text = "<a b=\"c\" d><script>x</script><![CDATA[y]]><!-- z --><e f='";
        for end in 0..text.len() {
            let _ = tags(&text[..end]);
        }
        assert!(!tags(&"<a>".repeat(TAGS_MAX + 1)).1);
        let _ = tags(&"<a b".repeat(10_000));
        let _ = tags(&"<a =".repeat(10_000));
    }
}

//! Markup text → its elements in order, each with its attributes and the text behind its opening tag; as lenient as the
//! programs that open settings, script files and pages. No tree: what is asked for stands under a name of its own.

use crate::limits::TAGS_MAX;
use crate::xml::{self, Token, Xml};

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

    fn of(tag: &xml::Tag<'_>) -> Tag {
        let attributes = tag.attributes();
        Tag {
            name: tag.name.to_lowercase(),
            prefix: tag.prefix.to_lowercase(),
            attributes: attributes.map(|(name, value)| (name.to_lowercase(), value.into_owned())).collect(),
            text: String::new(),
        }
    }
}

/// The opening tags of a text, at most `TAGS_MAX`; `false` where there were more.
pub(crate) fn tags(text: &str) -> (Vec<Tag>, bool) {
    let mut tags: Vec<Tag> = Vec::new();
    let mut is_behind = false;
    let mut xml = Xml::new(text);
    while let Some(token) = xml.next() {
        match token {
            Token::Open(_) if tags.len() >= TAGS_MAX => return (tags, false),
            Token::Open(open) => {
                let mut tag = Tag::of(&open);
                if tag.name == "script" {
                    // In a page, a script does not close itself.
                    tag.text = without_cdata(xml.take_script());
                }
                is_behind = tag.name != "script";
                tags.push(tag);
            }
            Token::Close(_) => is_behind = false,
            Token::Text(text) => {
                if let Some(tag) = tags.last_mut().filter(|_| is_behind) {
                    tag.text.push_str(&text);
                }
            }
        }
    }
    (tags, true)
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

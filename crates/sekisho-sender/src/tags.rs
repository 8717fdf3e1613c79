//! A tag list (`v=1; a=rsa-sha256; …`) → its tags (RFC 6376 section 3.2).
//!
//! Strict where leniency would let two programs read a signature differently: a tag that stands twice, or a byte that
//! has no place there, makes the whole list nothing.

use data_encoding::BASE64_MIME_PERMISSIVE;

use sekisho_mail::{Tag, tag_list};

/// Bytes of one TXT record that is read. An SPF record should stay below 450 (RFC 7208 section 3.4), a key of 8192 bits needs
/// 1400.
pub(crate) const RECORD_BYTES_MAX: usize = 16 * 1024;
/// Tags of one list; the standards name about twenty.
pub(crate) const TAGS_MAX: usize = 64;

/// The tags of a list in order; values without white space around them.
#[derive(Debug)]
pub(crate) struct Tags<'t>(Vec<Tag<'t>>);

impl<'t> Tags<'t> {
    /// Parses a list; `None` where it is none. Empty entries (`;;`) are passed by, as published keys have them.
    pub(crate) fn parse(bytes: &'t [u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
            return None;
        }
        let tags = tag_list(text);
        let is_name = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        let is_fine = |(place, tag): (usize, &Tag<'_>)| {
            let stands_before = tags.iter().take(place).any(|other| other.name == tag.name);
            tag.value.is_some() && is_name(tag.name) && !stands_before
        };
        (tags.len() <= TAGS_MAX && tags.iter().enumerate().all(is_fine)).then_some(Self(tags))
    }

    /// The value of a tag. Names are compared with case (section 3.2).
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|tag| tag.name == name)?.value
    }

    /// The first tag's name.
    pub(crate) fn first(&self) -> Option<&str> {
        self.0.first().map(|tag| tag.name)
    }

    /// The value of a tag with all folding white space taken out.
    pub(crate) fn tight(&self, name: &str) -> Option<String> {
        self.value(name).map(|value| value.chars().filter(|&c| !is_space(c)).collect())
    }

    /// A tag's base64 value.
    pub(crate) fn base64(&self, name: &str) -> Option<Vec<u8>> {
        let tight = self.tight(name)?;
        let mut text = tight.trim_end_matches('=').to_owned();
        // Some signers leave the padding out.
        text.extend(std::iter::repeat_n('=', (4 - text.len() % 4) % 4));
        BASE64_MIME_PERMISSIVE.decode(text.as_bytes()).ok()
    }

    /// The words of a list with colons between, tight.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<String>> {
        self.tight(name).map(|text| text.split(':').map(str::to_owned).collect())
    }

    /// A tag's number: present and well formed, absent, or broken.
    pub(crate) fn number(&self, name: &str) -> Result<Option<u64>, Broken> {
        let Some(text) = self.value(name) else { return Ok(None) };
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        // More digits than a number of 64 bits has: far away, and no error (section 3.5, x= and l=).
        digits.then(|| Some(text.parse().unwrap_or(u64::MAX))).ok_or(Broken)
    }
}

/// A value that is not of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_strictly() {
        let tags = Tags::parse(b" v=1; h = from :\r\n to; b=YWJj\r\n ZGVm==; x=12;; ").unwrap();
        assert_eq!(tags.value("v"), Some("1"));
        assert_eq!(tags.list("h").unwrap(), ["from", "to"]);
        assert_eq!(tags.base64("b").unwrap(), b"abcdef");
        assert_eq!(tags.number("x"), Ok(Some(12)));
        assert_eq!(tags.number("t"), Ok(None));
        assert_eq!(Tags::parse(b"x=1a").unwrap().number("x"), Err(Broken));
        assert_eq!(Tags::parse(b"x=99999999999999999999999").unwrap().number("x"), Ok(Some(u64::MAX)));
        for broken in [&b"d=a; d=b"[..], b"d", b"=a", b"1d=a", b"d=a\0", b"d=\xff"] {
            assert!(Tags::parse(broken).is_none(), "{broken:?}");
        }
        assert!(Tags::parse(b"a=1;").is_some());
        let many: String = (0..100).map(|number| format!("a{number}=1;")).collect();
        assert!(Tags::parse(many.as_bytes()).is_none());
    }
}

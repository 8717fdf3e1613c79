//! `name=value; name=value` → its tags with their places (RFC 6376 section 3.2), as signatures and records in DNS have them.

use crate::Message;

/// Tags beyond so many are not read; no standard has more than twenty.
pub const TAGS_MAX: usize = 200;

/// A mail has at most so many signatures that are looked at.
pub const SIGNATURES_MAX: usize = 100;

/// One piece between semicolons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name, without white space around it.
    pub name: &'a str,
    /// The value, likewise; `None` where there is no `=`.
    pub value: Option<&'a str>,
    /// The number of the name's first character in the text, from 1.
    pub at: usize,
}

/// Who signed a mail, as a `DKIM-Signature` field claims it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Signer {
    /// `d=`, in lower case.
    pub domain: String,
    /// `s=`, in lower case.
    pub selector: String,
}

/// The tags of a text, in order; empty pieces are left out.
pub fn tag_list(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut begins = 1;
    for piece in text.split(';') {
        let white = piece.chars().take_while(|c| is_space(*c)).count();
        let at = begins + white;
        begins += piece.chars().count() + 1;
        if piece.trim_matches(is_space).is_empty() {
            continue;
        }
        if tags.len() == TAGS_MAX {
            break;
        }
        let (name, value) = match piece.split_once('=') {
            Some((name, value)) => (name.trim_matches(is_space), Some(value.trim_matches(is_space))),
            None => (piece.trim_matches(is_space), None),
        };
        tags.push(Tag { name, value, at });
    }
    tags
}

/// Other white space is none here: a receiver takes it for a part of the value.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Who claims to have signed the mail.
pub fn signers(message: &Message) -> Vec<Signer> {
    let fields = message.fields.iter().filter(|field| field.is("DKIM-Signature")).take(SIGNATURES_MAX);
    fields.filter_map(|field| signer(&field.text)).collect()
}

fn signer(text: &str) -> Option<Signer> {
    let tags = tag_list(text);
    let value = |name: &str| {
        let tag = tags.iter().find(|tag| tag.name == name)?;
        let value: String = tag.value?.split_whitespace().collect();
        (!value.is_empty()).then(|| value.to_lowercase())
    };
    Some(Signer { domain: value("d")?, selector: value("s")? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, read};

    #[test]
    fn tags_have_their_places() {
        let tags = tag_list("v=DKIM1; k = rsa ;;note; p=AB=C");
        let shown: Vec<_> = tags.iter().map(|tag| (tag.name, tag.value, tag.at)).collect();
        assert_eq!(
            shown,
            [("v", Some("DKIM1"), 1), ("k", Some("rsa"), 10), ("note", None, 20), ("p", Some("AB=C"), 26)]
        );
        assert_eq!(tag_list(&"a=b;".repeat(100_000)).len(), TAGS_MAX);
        assert!(tag_list("").is_empty());
    }

    #[test]
    fn signers_are_read_from_folded_fields() {
        let mail =
            b"DKIM-Signature: v=1; a=rsa-sha256; d=Midori.example;\r\n\ts=sel\r\n\tector1; bh=x; b=y\r\n\
            DKIM-Signature: v=1; s=nobody\r\nFrom: sato@midori.example\r\n\r\ntext\r\n";
        let expected = Signer { domain: "midori.example".to_owned(), selector: "selector1".to_owned() };
        assert_eq!(signers(&read(mail, &Limits::default())), [expected]);
    }
}

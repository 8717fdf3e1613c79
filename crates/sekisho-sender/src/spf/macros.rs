//! A name in a record, perhaps with macros (`%{ir}.%{d2}`) → the name that it stands for (RFC 7208 section 7).

use std::net::IpAddr;

use super::record::Why;
use crate::domain::{LABEL_BYTES_MAX, NAME_BYTES_MAX};

/// A macro string, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Macros {
    pieces: Vec<Piece>,
    /// As written; without macros in lower case and without a final dot.
    text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Expand(Expand),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Expand {
    letter: Letter,
    is_escaped: bool,
    /// Labels kept from the right; all where it is `None`.
    kept: Option<usize>,
    is_reversed: bool,
    delimiters: Vec<char>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letter {
    Sender,
    Local,
    SenderDomain,
    Domain,
    Address,
    Validated,
    Family,
    Helo,
}

/// What the letters stand for.
pub(crate) struct Values<'v> {
    pub client: IpAddr,
    pub local: &'v str,
    pub sender_domain: &'v str,
    pub helo: &'v str,
    /// The domain whose record is evaluated.
    pub domain: &'v str,
    /// `%{p}`, asked for only where it stands.
    pub validated: Option<&'v str>,
}

impl Macros {
    /// Parses a macro string; `None` where it is broken.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = rest.get(c.len_utf8()..)?;
            if c != '%' {
                if !c.is_ascii_graphic() {
                    return None;
                }
                literal.push(c);
                continue;
            }
            let kind = rest.chars().next()?;
            rest = rest.get(kind.len_utf8()..)?;
            match kind {
                '%' => literal.push('%'),
                '_' => literal.push(' '),
                '-' => literal.push_str("%20"),
                '{' => {
                    let (inner, after) = rest.split_once('}')?;
                    rest = after;
                    if !literal.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut literal)));
                    }
                    pieces.push(Piece::Expand(Expand::parse(inner)?));
                }
                _ => return None,
            }
        }
        if !literal.is_empty() {
            pieces.push(Piece::Text(literal));
        }
        let text = match text.contains('%') {
            true => text.to_owned(),
            false => text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase(),
        };
        Some(Self { pieces, text })
    }

    /// Parses the name of a term: it ends in a label that could be a top-level domain, or in a macro.
    pub(crate) fn parse_name(text: &str) -> Result<Self, Why> {
        let parsed = Self::parse(text).ok_or(Why::Macro)?;
        let ends_well = match parsed.pieces.last() {
            Some(Piece::Expand(_)) => true,
            Some(Piece::Text(text)) => {
                let text = text.strip_suffix('.').unwrap_or(text);
                text.rsplit_once('.').is_some_and(|(_, label)| is_top_label(label))
            }
            None => false,
        };
        if ends_well { Ok(parsed) } else { Err(Why::Domain) }
    }

    /// The name, where it is the same for every mail.
    pub(crate) fn fixed(&self) -> Option<&str> {
        (!self.text.contains('%')).then_some(self.text.as_str())
    }

    /// The name as it can be told: as written where it is made for each mail.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it can be a name in DNS: the grammar allows empty and long labels, and punctuation.
    pub(crate) fn may_be_asked(&self) -> bool {
        self.fixed().is_none_or(|name| {
            let labels_fit = name.split('.').all(|label| (1..=LABEL_BYTES_MAX).contains(&label.len()));
            labels_fit && name.len() <= NAME_BYTES_MAX && !name.contains(['/', ':', '@', ',', ';', '"'])
        })
    }

    /// Whether `%{p}` stands in it, for which names must be asked.
    pub(crate) fn needs_validated(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Expand(Expand { letter: Letter::Validated, .. })))
    }

    /// The name, cut from the left to what DNS can hold.
    pub(crate) fn name(&self, values: &Values<'_>) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(literal) => text.push_str(literal),
                Piece::Expand(expand) => text.push_str(&expand.value(values)),
            }
        }
        let mut name = text.strip_suffix('.').unwrap_or(&text);
        while name.len() > NAME_BYTES_MAX {
            match name.split_once('.') {
                Some((_, shorter)) => name = shorter,
                None => return String::new(),
            }
        }
        name.to_owned()
    }
}

impl Expand {
    fn parse(inner: &str) -> Option<Self> {
        let first = inner.chars().next()?;
        let letter = match first.to_ascii_lowercase() {
            's' => Letter::Sender,
            'l' => Letter::Local,
            'o' => Letter::SenderDomain,
            'd' => Letter::Domain,
            'i' => Letter::Address,
            'p' => Letter::Validated,
            'v' => Letter::Family,
            'h' => Letter::Helo,
            // The others stand in explanations only.
            _ => return None,
        };
        let rest = inner.get(first.len_utf8()..)?;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = rest.split_at(digits);
        let kept = match number {
            "" => None,
            number => {
                Some(number.parse().unwrap_or(usize::MAX)).filter(|&kept: &usize| kept > 0).map(Some)?
            }
        };
        let reversed = rest.strip_prefix(['r', 'R']);
        let delimiters: Vec<char> = reversed.unwrap_or(rest).chars().collect();
        if !delimiters.iter().all(|c| ".-+,/_=".contains(*c)) {
            return None;
        }
        Some(Self {
            letter,
            is_escaped: first.is_ascii_uppercase(),
            kept,
            is_reversed: reversed.is_some(),
            delimiters,
        })
    }

    fn value(&self, values: &Values<'_>) -> String {
        let value = match self.letter {
            Letter::Sender => format!("{}@{}", values.local, values.sender_domain),
            Letter::Local => values.local.to_owned(),
            Letter::SenderDomain => values.sender_domain.to_owned(),
            Letter::Domain => values.domain.to_owned(),
            Letter::Address => dotted(values.client),
            Letter::Validated => values.validated.unwrap_or("unknown").to_owned(),
            Letter::Family if values.client.is_ipv4() => "in-addr".to_owned(),
            Letter::Family => "ip6".to_owned(),
            Letter::Helo => values.helo.to_owned(),
        };
        let is_delimiter = |c: char| match self.delimiters.as_slice() {
            [] => c == '.',
            delimiters => delimiters.contains(&c),
        };
        let mut labels: Vec<&str> = value.split(is_delimiter).collect();
        if self.is_reversed {
            labels.reverse();
        }
        let skipped = self.kept.map_or(0, |kept| labels.len().saturating_sub(kept));
        let joined = labels.get(skipped..).unwrap_or_default().join(".");
        if self.is_escaped { escaped(&joined) } else { joined }
    }
}

/// An address with dots: as usual, or every half byte of IPv6.
fn dotted(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let halves: Vec<String> = address
                .octets()
                .iter()
                .flat_map(|b| [b >> 4, b & 15])
                .map(|half| format!("{half:x}"))
                .collect();
            halves.join(".")
        }
    }
}

/// As in a web address (RFC 3986 section 2.3).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Whether a label can be a top-level domain: letters, digits and inner hyphens, not digits alone.
fn is_top_label(label: &str) -> bool {
    !label.is_empty()
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !label.bytes().all(|b| b.is_ascii_digit())
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str, client: &str) -> Option<String> {
        let values = Values {
            client: client.parse().unwrap(),
            local: "strong-bad",
            sender_domain: "email.example.com",
            helo: "mail.example.com",
            domain: "email.example.com",
            validated: None,
        };
        Macros::parse(text).map(|macros| macros.name(&values))
    }

    #[test]
    fn expansions_of_the_standard() {
        for (text, expected) in [
            ("%{s}", "strong-bad@email.example.com"),
            ("%{o}", "email.example.com"),
            ("%{d4}", "email.example.com"),
            ("%{d2}", "example.com"),
            ("%{dr}", "com.example.email"),
            ("%{d2r}", "example.email"),
            ("%{l-}", "strong.bad"),
            ("%{lr-}", "bad.strong"),
            ("%{l1r-}", "strong"),
            ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
            ("%{L}", "strong-bad"),
            ("%{S}", "strong-bad%40email.example.com"),
            ("a%%b%_c%-d", "a%b c%20d"),
        ] {
            assert_eq!(name(text, "192.0.2.3").as_deref(), Some(expected), "{text}");
        }
        let long = name("%{ir}.%{v}._spf.%{d2}", "2001:db8::cb01").unwrap();
        assert!(
            long.starts_with("1.0.b.c.0.0.0.0.") && long.ends_with("8.b.d.0.1.0.0.2.ip6._spf.example.com"),
            "{long}"
        );
        for broken in ["%", "%a", "%{", "%{d", "%{x}", "%{d0}", "%{d2rr}", "%{d!}", "%{c}", "a b", "%{}"] {
            assert_eq!(name(broken, "192.0.2.3"), None, "{broken}");
        }
        assert_eq!(name(&"a.".repeat(300), "192.0.2.3").map(|name| name.len()), Some(253));
    }

    #[test]
    fn names_end_in_a_top_level_domain() {
        for good in ["a.example", "a.example.", "a.b-c", "%{d}", "a.%{d}"] {
            assert!(Macros::parse_name(good).is_ok(), "{good}");
        }
        for bad in ["", "example", "a.111", "a.-b", "a.b-", "a.example..", "a.b/", "%{d}a"] {
            assert!(Macros::parse_name(bad).is_err(), "{bad}");
        }
    }
}

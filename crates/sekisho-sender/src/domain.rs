//! A name as somebody wrote it → a domain in the one form in which names are compared: A-labels, lower case (RFC 5890).
//!
//! Only letters, digits, hyphens and underscores stand in it. A name with anything else is none: another program may
//! read its punctuation as the end of a label, of a quote or of the name.

use std::fmt;

/// Longest name in DNS, in bytes (RFC 1035 section 2.3.4).
pub(crate) const NAME_BYTES_MAX: usize = 253;
/// Longest label in DNS, in bytes.
pub(crate) const LABEL_BYTES_MAX: usize = 63;

/// A domain name of at least one label.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Domain(String);

impl Domain {
    /// Parses a name without a final dot. An international name is taken where it reads the same after conversion and
    /// back: full-width letters and ideographic dots are no letters and dots of a name.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.len() > NAME_BYTES_MAX * 4 {
            return None;
        }
        let name = if text.is_ascii() {
            text.to_ascii_lowercase()
        } else {
            let ascii = idna::domain_to_ascii(text).ok()?;
            let (back, fine) = idna::domain_to_unicode(&ascii);
            if fine.is_err() || back != text.to_lowercase() {
                return None;
            }
            ascii
        };
        is_name(&name).then_some(Self(name))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is `other` or a name below it.
    pub(crate) fn is_within(&self, other: &Domain) -> bool {
        self.0.strip_suffix(&other.0).is_some_and(|front| front.is_empty() || front.ends_with('.'))
    }

    pub(crate) fn label_count(&self) -> usize {
        self.0.split('.').count()
    }

    /// The last `count` labels.
    pub(crate) fn last_labels(&self, count: usize) -> Domain {
        let from = self.0.rmatch_indices('.').nth(count.saturating_sub(1)).map_or(0, |(dot, _)| dot + 1);
        Self(self.0.get(from..).unwrap_or(&self.0).to_owned())
    }

    /// Whether names are registered below it (a public suffix: `co.jp`, `github.io`).
    pub(crate) fn is_public_suffix(&self) -> bool {
        psl::suffix(self.0.as_bytes()).is_some_and(|suffix| suffix.as_bytes().len() == self.0.len())
    }

    /// The name registered below a public suffix.
    pub(crate) fn registered(&self) -> Option<&str> {
        psl::domain_str(&self.0)
    }
}

/// Whether both are one name, or stand below the same registered name (relaxed alignment without DNS, by the list of public
/// suffixes). Both in lower case and A-labels.
pub(crate) fn is_same_organisation(one: &str, other: &str) -> bool {
    one == other || matches!((psl::domain_str(one), psl::domain_str(other)), (Some(a), Some(b)) if a == b)
}

/// Whether a host can have the name: none of its labels begins with a hyphen.
pub(crate) fn is_host_name(name: &str) -> bool {
    is_name(name) && !name.split('.').any(|label| label.starts_with('-'))
}

/// Whether it is a name of letters, digits, hyphens and underscores, without a final dot.
fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=LABEL_BYTES_MAX).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    name.len() <= NAME_BYTES_MAX && name.split('.').all(is_label)
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Domain;

    #[test]
    fn only_names_that_every_program_reads_alike_are_domains() {
        for (text, expected) in [
            ("Midori.Example", "midori.example"),
            ("_dmarc.midori.example", "_dmarc.midori.example"),
            ("みどり.example", "xn--q9jyb4c.example"),
            ("xn--q9jyb4c.example", "xn--q9jyb4c.example"),
        ] {
            let found = Domain::parse(text).map(|domain| domain.to_string());
            if text.starts_with('み') {
                assert!(found.is_some_and(|name| name.starts_with("xn--")), "{text}");
            } else {
                assert_eq!(found.as_deref(), Some(expected), "{text}");
            }
        }
        for text in [
            "",
            "midori.example.",
            ".midori.example",
            "midori..example",
            "midori.example\0.other.example",
            "midori.example(other.example)",
            "midori.example other.example",
            "\"midori.example\"",
            "midori。example",
            "ｍｉｄｏｒｉ.example",
            "[192.0.2.1]",
            "midori.example%00",
        ] {
            assert_eq!(Domain::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn labels_and_suffixes() {
        let name = Domain::parse("a.b.midori.co.jp").unwrap();
        assert_eq!(name.last_labels(3).as_str(), "midori.co.jp");
        assert_eq!(name.last_labels(9).as_str(), "a.b.midori.co.jp");
        assert_eq!(name.registered(), Some("midori.co.jp"));
        assert!(Domain::parse("co.jp").unwrap().is_public_suffix());
        assert!(!name.is_public_suffix());
        assert!(name.is_within(&Domain::parse("midori.co.jp").unwrap()));
        assert!(!name.is_within(&Domain::parse("dori.co.jp").unwrap()));
    }
}

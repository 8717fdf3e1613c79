//! What a person typed → a domain that can be asked about, or why it cannot (RFC 1035 section 2.3.4, UTS #46).

use std::net::IpAddr;

use thiserror::Error;

use crate::domain::{Domain as Name, is_host_name, is_same_organisation};

/// A domain, in both of its spellings, without a dot at its end.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Domain {
    name: Name,
    unicode: String,
}

/// What is typed is cut here before anything looks at it.
const TYPED_BYTES_MAX: usize = 2_048;

/// Why something typed is no domain.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotADomain {
    /// Nothing was typed.
    #[error("no domain was given")]
    Empty,
    /// An address of a person: the domain is behind the @.
    #[error("is a mail address; give what stands behind the @: {0}")]
    Address(String),
    /// The address of a web page: the domain is in it.
    #[error("is the address of a page; give only the name: {0}")]
    Page(String),
    /// An IP address.
    #[error("is an IP address; give a domain, such as what stands behind the @ of a mail address")]
    Ip,
    /// Nobody can own it: others register names below it.
    #[error("is a public suffix, below which others register names; give a whole domain")]
    PublicSuffix,
    /// A single label.
    #[error("is only one word; a domain has at least one dot")]
    OneLabel,
    /// It breaks a rule of names.
    #[error(
        "cannot be a domain: letters, digits and hyphens, labels of at most 63 and names of at most 253 characters"
    )]
    Broken,
}

impl Domain {
    /// Reads what a person typed: any case, U-labels or A-labels, perhaps a dot at the end.
    ///
    /// # Errors
    /// Why it is no domain, with the domain in it where one can be seen.
    pub fn parse(typed: &str) -> Result<Self, NotADomain> {
        let text = typed.trim();
        if text.is_empty() {
            return Err(NotADomain::Empty);
        }
        if text.len() > TYPED_BYTES_MAX {
            return Err(NotADomain::Broken);
        }
        if let Some((_, rest)) = text.split_once("://") {
            let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
            return Err(NotADomain::Page(host.to_owned()));
        }
        if let Some((_, domain)) = text.rsplit_once(['@', '＠']) {
            return Err(NotADomain::Address(domain.trim_end_matches('>').to_owned()));
        }
        if text.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
            return Err(NotADomain::Ip);
        }
        let domain = Self::of_name(text).ok_or(NotADomain::Broken)?;
        if domain.name.label_count() == 1 {
            return Err(NotADomain::OneLabel);
        }
        if is_public_suffix(domain.ascii()) {
            return Err(NotADomain::PublicSuffix);
        }
        Ok(domain)
    }

    fn of_name(text: &str) -> Option<Self> {
        let ascii = idna::domain_to_ascii(text).ok()?;
        let ascii = ascii.strip_suffix('.').unwrap_or(&ascii);
        if !is_host_name(ascii) || ascii.parse::<IpAddr>().is_ok() {
            return None;
        }
        let (unicode, decoded) = idna::domain_to_unicode(ascii);
        let unicode = if decoded.is_ok() { unicode } else { ascii.to_owned() };
        Some(Self { name: Name::parse(ascii)?, unicode })
    }

    /// In A-labels and lower case.
    pub fn ascii(&self) -> &str {
        self.name.as_str()
    }

    /// As names in mails and records are compared.
    pub(crate) fn name(&self) -> &Name {
        &self.name
    }

    /// In U-labels and lower case.
    pub fn unicode(&self) -> &str {
        &self.unicode
    }

    /// `below` and the domain: a name of ours under it.
    pub fn below(&self, below: &str) -> String {
        format!("{below}.{}", self.name)
    }

    /// The part that somebody registered; the domain itself where that cannot be told.
    pub fn registered(&self) -> &str {
        self.name.registered().unwrap_or(self.ascii())
    }

    /// Whether it is what was registered, and not a name below it.
    pub fn is_registered(&self) -> bool {
        self.registered() == self.ascii()
    }
}

/// Whether both names are of the same registrant.
pub(super) fn same_registrant(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    is_same_organisation(&a, &b)
}

/// Only suffixes that the list names count: a word that no list knows may be an intranet's.
fn is_public_suffix(ascii: &str) -> bool {
    psl::suffix(ascii.as_bytes())
        .is_some_and(|suffix| suffix.is_known() && suffix.as_bytes() == ascii.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_are_known() {
        let domain = Domain::parse(" みどり。Example. ").unwrap();
        assert_eq!((domain.ascii(), domain.unicode()), ("xn--p9j0b8a.example", "みどり.example"));
        assert_eq!(Domain::parse("XN--P9J0B8A.example").unwrap(), domain);
        assert_eq!(domain.below("_dmarc"), "_dmarc.xn--p9j0b8a.example");
        assert!(domain.is_registered());
        let below = Domain::parse("news.midori.co.jp").unwrap();
        assert_eq!((below.registered(), below.is_registered()), ("midori.co.jp", false));
    }

    #[test]
    fn what_is_no_domain_is_told_with_the_way_out() {
        for (typed, why) in [
            ("", NotADomain::Empty),
            ("sato@midori.example", NotADomain::Address("midori.example".to_owned())),
            ("佐藤 <sato@midori.example>", NotADomain::Address("midori.example".to_owned())),
            ("https://www.midori.example/contact", NotADomain::Page("www.midori.example".to_owned())),
            ("192.0.2.1", NotADomain::Ip),
            ("[2001:db8::1]", NotADomain::Ip),
            ("co.jp", NotADomain::PublicSuffix),
            ("com", NotADomain::OneLabel),
            ("localhost", NotADomain::OneLabel),
            ("mid ori.example", NotADomain::Broken),
            ("midori..example", NotADomain::Broken),
            (&format!("{}.example", "a".repeat(64)), NotADomain::Broken),
            (&"a.".repeat(2_000_000), NotADomain::Broken),
        ] {
            assert_eq!(
                Domain::parse(typed).unwrap_err(),
                why,
                "{}",
                &typed.chars().take(40).collect::<String>()
            );
        }
    }
}

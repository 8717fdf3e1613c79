//! Address fields → mailboxes: names and addresses as mail programs show them (RFC 5322 section 3.4, and what
//! real mail writes instead: raw 8-bit, encoded words in quotes, `a..b@` of Japanese carriers).

mod list;
mod tokens;

use std::fmt;

use serde::{Deserialize, Serialize};

pub(crate) use list::parse_list;
pub(crate) use tokens::quoted;

/// An address: local part as written, domain in lower case (A-labels as written, IDN kept as it stands).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Address {
    local: String,
    domain: String,
}

/// One sender or receiver of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// The name shown, decoded; empty where there is none.
    pub name: String,
    /// The address, where one could be read.
    pub address: Option<Address>,
    /// The name of the group it stands in (`undisclosed-recipients:;`), else empty.
    pub group: String,
}

impl Address {
    /// Parses one bare address: the last `@` divides; carriers' dots, quoted local parts and address literals are
    /// taken, white space and control characters are not.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('<').trim_end_matches('>').trim();
        let (local, domain) = text.rsplit_once('@')?;
        let domain = domain.trim_end_matches('.');
        let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';');
        let quoted = local.len() >= 2 && local.starts_with('"') && local.ends_with('"');
        if local.is_empty() || domain.is_empty() || domain.contains(bad) || (!quoted && local.contains(bad)) {
            return None;
        }
        Some(Self { local: local.to_owned(), domain: domain.to_lowercase() })
    }

    /// The part before the `@`, as written.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The part after the `@`, in lower case, without a final dot.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Whether both lead to the same mailbox: the domain exactly, the local part without regard to ASCII case.
    pub fn same_mailbox(&self, other: &Address) -> bool {
        self.domain == other.domain && self.local.eq_ignore_ascii_case(&other.local)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        [self.local.as_str(), "@", self.domain.as_str()].iter().try_for_each(|part| f.write_str(part))
    }
}

impl From<Address> for String {
    fn from(address: Address) -> String {
        address.to_string()
    }
}

impl TryFrom<String> for Address {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("not an address: \"{text}\""))
    }
}

#[cfg(test)]
mod tests;

//! The text of an SPF record → its terms, with the place of each and of every error (RFC 7208 sections 4.6.1, 5, 6 and 12).
//!
//! Parsing never fails: what cannot be read is a [`Wrong`] with the term and its position, and the other terms stay. For a
//! receiver a record with one wrong term is none; a person who mends it wants to know each.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use super::macros::Macros;

/// A record with at most so many terms is read: the most that stand in one that verification takes.
pub(crate) const TERMS_MAX: usize = 8_192;

/// A record, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// The terms in order.
    pub terms: Vec<Term>,
    /// What cannot be read.
    pub wrong: Vec<Wrong>,
}

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// As written.
    pub text: String,
    /// The number of its first character in the record, from 1.
    pub at: usize,
    /// What it says.
    pub what: What,
}

/// What a term says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Who is meant, and whether they may send.
    Mechanism(Qualifier, Mechanism),
    /// `redirect=`.
    Redirect(Macros),
    /// `exp=`.
    Explanation(Macros),
    /// A modifier that nobody knows, which receivers skip; its name.
    UnknownModifier(String),
    /// It cannot be read.
    Unreadable,
}

/// What happens to those who match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Qualifier {
    /// `+`, or nothing: they may send.
    Pass,
    /// `-`: they may not.
    Fail,
    /// `~`: they probably may not.
    SoftFail,
    /// `?`: nothing is said.
    Neutral,
}

/// Who is meant. A name that is left out is the record's own domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mechanism {
    /// Everybody.
    All,
    /// Those whom another record lets send.
    Include(Macros),
    /// Addresses of a name.
    A(Option<Macros>, Widths),
    /// Addresses of a domain's mail servers.
    Mx(Option<Macros>, Widths),
    /// Clients whose reverse name ends so.
    Ptr(Option<Macros>),
    /// A range of addresses, by the bits that are the same.
    Network(IpAddr, u8),
    /// Whoever a name exists for.
    Exists(Macros),
}

/// Leading bits of an address that must be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Widths {
    pub v4: u8,
    pub v6: u8,
}

/// An error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The term as written.
    pub text: String,
    /// The number of its first character in the record, from 1.
    pub at: usize,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// Nobody knows a mechanism of this name.
    UnknownMechanism,
    /// The mechanism needs a value behind it.
    NoValue,
    /// The mechanism takes no value.
    NeedlessValue,
    /// No IPv4 address, or an impossible length behind it.
    Ip4,
    /// No IPv6 address, or an impossible length behind it.
    Ip6,
    /// No domain.
    Domain,
    /// A `%` that begins no macro.
    Macro,
    /// An impossible length behind `/`.
    Prefix,
    /// The modifier stands twice.
    Twice,
    /// Characters outside of ASCII, or that are never printed.
    NotAscii,
    /// More terms than are read.
    TooMany,
}

/// The version that every record begins with.
pub(crate) const VERSION: &str = "v=spf1";

/// Whether a TXT record is an SPF record (section 4.5): its version, and then a space or the end.
pub(crate) fn is_spf(value: &[u8]) -> bool {
    let (version, rest) = value.split_at_checked(VERSION.len()).unwrap_or_default();
    version.eq_ignore_ascii_case(VERSION.as_bytes()) && matches!(rest.first(), None | Some(b' '))
}

impl Record {
    /// Reads a record, its version included.
    pub(crate) fn parse(text: &str) -> Self {
        let mut record = Record::default();
        let mut at = 1;
        let mut redirects = 0;
        let mut explanations = 0;
        for (number, piece) in text.split(' ').enumerate() {
            let begins = at;
            at += piece.chars().count() + 1;
            if number == 0 || piece.is_empty() {
                continue;
            }
            if record.terms.len() == TERMS_MAX {
                record.wrong.push(Wrong { text: piece.to_owned(), at: begins, why: Why::TooMany });
                break;
            }
            let mut read = term(piece);
            let count = match &read {
                Ok(What::Redirect(_)) => &mut redirects,
                Ok(What::Explanation(_)) => &mut explanations,
                _ => &mut 0,
            };
            *count += 1;
            if *count > 1 {
                read = Err(Why::Twice);
            }
            let what = read.unwrap_or_else(|why| {
                record.wrong.push(Wrong { text: piece.to_owned(), at: begins, why });
                What::Unreadable
            });
            record.terms.push(Term { text: piece.to_owned(), at: begins, what });
        }
        record
    }

    /// The same, terms being wrong too whose name nobody can ask about: for receivers it is a name that does not exist, for
    /// the person who wrote it a mistake.
    pub(crate) fn with_names_checked(mut self) -> Self {
        for term in &mut self.terms {
            if term.what.target().is_some_and(|target| !target.may_be_asked()) {
                term.what = What::Unreadable;
                self.wrong.push(Wrong { text: term.text.clone(), at: term.at, why: Why::Domain });
            }
        }
        self.wrong.sort_by_key(|wrong| wrong.at);
        self
    }

    /// The terms that count: those behind the first `all` never do (section 5.1), but modifiers do wherever they stand.
    pub(crate) fn effective(&self) -> impl Iterator<Item = &Term> {
        let mut all_passed = false;
        self.terms.iter().filter(move |term| {
            let counts = !all_passed || !matches!(term.what, What::Mechanism(..));
            all_passed |= matches!(term.what, What::Mechanism(_, Mechanism::All));
            counts
        })
    }

    /// The qualifier of `all`.
    pub(crate) fn all(&self) -> Option<Qualifier> {
        self.terms.iter().find_map(|term| match term.what {
            What::Mechanism(qualifier, Mechanism::All) => Some(qualifier),
            _ => None,
        })
    }

    /// Where `redirect=` leads; it counts only without `all` (section 6.1).
    pub(crate) fn redirect(&self) -> Option<&Macros> {
        self.terms.iter().find_map(|term| match &term.what {
            What::Redirect(target) => Some(target),
            _ => None,
        })
    }
}

impl What {
    /// The name that the term gives.
    fn target(&self) -> Option<&Macros> {
        match self {
            What::Redirect(target)
            | What::Explanation(target)
            | What::Mechanism(_, Mechanism::Include(target) | Mechanism::Exists(target)) => Some(target),
            What::Mechanism(
                _,
                Mechanism::A(target, _) | Mechanism::Mx(target, _) | Mechanism::Ptr(target),
            ) => target.as_ref(),
            What::Mechanism(_, Mechanism::All | Mechanism::Network(..))
            | What::UnknownModifier(_)
            | What::Unreadable => None,
        }
    }
}

fn term(text: &str) -> Result<What, Why> {
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Why::NotAscii);
    }
    if let Some((name, value)) = text.split_once('=')
        && is_modifier_name(name)
    {
        return modifier(name, value);
    }
    let (qualifier, rest) = match text.as_bytes().first() {
        Some(b'+') => (Qualifier::Pass, text.get(1..)),
        Some(b'-') => (Qualifier::Fail, text.get(1..)),
        Some(b'~') => (Qualifier::SoftFail, text.get(1..)),
        Some(b'?') => (Qualifier::Neutral, text.get(1..)),
        _ => (Qualifier::Pass, Some(text)),
    };
    let rest = rest.unwrap_or_default();
    let end = rest.find([':', '/']).unwrap_or(rest.len());
    let (name, value) = rest.split_at(end);
    let given = value.strip_prefix(':');
    let mechanism = match name.to_ascii_lowercase().as_str() {
        "all" if value.is_empty() => Mechanism::All,
        "all" => return Err(Why::NeedlessValue),
        "include" => Mechanism::Include(Macros::parse_name(needed(given)?)?),
        "exists" => Mechanism::Exists(Macros::parse_name(needed(given)?)?),
        "ptr" if value.is_empty() => Mechanism::Ptr(None),
        "ptr" => Mechanism::Ptr(Some(Macros::parse_name(needed(given)?)?)),
        "a" => host(value).map(|(target, widths)| Mechanism::A(target, widths))?,
        "mx" => host(value).map(|(target, widths)| Mechanism::Mx(target, widths))?,
        "ip4" => range::<Ipv4Addr>(needed(given)?, 32).ok_or(Why::Ip4)?,
        "ip6" => range::<Ipv6Addr>(needed(given)?, 128).ok_or(Why::Ip6)?,
        _ => return Err(Why::UnknownMechanism),
    };
    Ok(What::Mechanism(qualifier, mechanism))
}

fn modifier(name: &str, value: &str) -> Result<What, Why> {
    match name.to_ascii_lowercase().as_str() {
        "redirect" => Macros::parse_name(needed(Some(value))?).map(What::Redirect),
        "exp" => Macros::parse_name(needed(Some(value))?).map(What::Explanation),
        other => {
            Macros::parse(value).ok_or(Why::Macro)?;
            Ok(What::UnknownModifier(other.to_owned()))
        }
    }
}

/// A letter, then letters, digits, `-`, `_` and `.`.
fn is_modifier_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

fn needed(value: Option<&str>) -> Result<&str, Why> {
    value.filter(|value| !value.is_empty()).ok_or(Why::NoValue)
}

/// `[ ":" domain-spec ] [ "/" length ] [ "//" length ]`.
fn host(value: &str) -> Result<(Option<Macros>, Widths), Why> {
    let (value, v6) = match value.rsplit_once("//") {
        // A slash may stand in a macro: `%{d/}`.
        Some((front, digits)) if !digits.contains('}') => (front, Some(digits)),
        _ => (value, None),
    };
    let (value, v4) = match value.rsplit_once('/') {
        // It may stand in a name, too.
        Some((front, digits)) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            (front, Some(digits))
        }
        _ => (value, None),
    };
    let width = |digits: Option<&str>, whole| match digits {
        Some(digits) => length(digits, whole).ok_or(Why::Prefix),
        None => Ok(whole),
    };
    let widths = Widths { v4: width(v4, 32)?, v6: width(v6, 128)? };
    let target = match value.strip_prefix(':') {
        Some(name) => Some(Macros::parse_name(needed(Some(name))?).map_err(|why| {
            let is_length = name.rsplit_once('/').is_some_and(|(_, digits)| !digits.contains('}'));
            if is_length { Why::Prefix } else { why }
        })?),
        None if value.is_empty() => None,
        None => return Err(Why::Prefix),
    };
    Ok((target, widths))
}

fn length(digits: &str, whole: u8) -> Option<u8> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let padded = digits.len() > 1 && digits.starts_with('0');
    digits.parse().ok().filter(|length| plain && !padded && *length <= whole)
}

fn range<A: FromStr + Into<IpAddr>>(value: &str, whole: u8) -> Option<Mechanism> {
    let (address, digits) =
        value.split_once('/').map_or((value, None), |(address, digits)| (address, Some(digits)));
    let length = digits.map_or(Some(whole), |digits| length(digits, whole))?;
    Some(Mechanism::Network(address.parse::<A>().ok()?.into(), length))
}

#[cfg(test)]
mod tests;

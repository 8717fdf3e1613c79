//! The text of an SPF record → its terms, with the place of each and of every error (RFC 7208 sections 4.6.1, 5, 6 and 12).
//!
//! Parsing never fails: what cannot be read is a [`Wrong`] with the term and its position, and the other terms stay.

mod domain_spec;

use std::net::{Ipv4Addr, Ipv6Addr};

pub use domain_spec::DomainSpec;

/// A record with at most so many terms is read; no honest one has more, and a TXT record of 64 KiB could hold thousands.
pub const TERMS_MAX: usize = 1_000;

/// A record, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The terms in order.
    pub terms: Vec<Term>,
    /// What cannot be read.
    pub wrong: Vec<Wrong>,
}

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As written.
    pub text: String,
    /// The number of its first character in the record, from 1.
    pub at: usize,
    /// What it says.
    pub what: What,
}

/// What a term says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Who is meant, and whether they may send.
    Mechanism(Qualifier, Mechanism),
    /// `redirect=`.
    Redirect(DomainSpec),
    /// `exp=`.
    Explanation,
    /// A modifier that nobody knows, which receivers skip; its name.
    UnknownModifier(String),
    /// It cannot be read.
    Unreadable,
}

/// What happens to those who match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// `+`, or nothing: they may send.
    Pass,
    /// `-`: they may not.
    Fail,
    /// `~`: they probably may not.
    SoftFail,
    /// `?`: nothing is said.
    Neutral,
}

/// Who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mechanism {
    /// Everybody.
    All,
    /// Those whom another record lets send.
    Include(DomainSpec),
    /// Addresses of a name; of the domain itself without one. With the prefix lengths of IPv4 and IPv6.
    A(Option<DomainSpec>, u8, u8),
    /// Addresses of a domain's mail servers, likewise.
    Mx(Option<DomainSpec>, u8, u8),
    /// Clients whose reverse name ends so.
    Ptr,
    /// A range of addresses.
    Ip4(Ipv4Addr, u8),
    /// A range of addresses.
    Ip6(Ipv6Addr, u8),
    /// Whoever a name exists for.
    Exists(DomainSpec),
}

/// An error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The term as written.
    pub text: String,
    /// The number of its first character in the record, from 1.
    pub at: usize,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
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

/// The record without its version, where the text is an SPF record (RFC 7208 section 4.5): `v=spf1` and a space or the end.
pub fn after_version(text: &str) -> Option<&str> {
    let version = text.get(..VERSION.len())?;
    let rest = text.get(VERSION.len()..)?;
    (version.eq_ignore_ascii_case(VERSION) && (rest.is_empty() || rest.starts_with(' '))).then_some(rest)
}

/// The version that every record begins with.
pub const VERSION: &str = "v=spf1";

impl Record {
    /// Reads a record, its version included.
    pub fn parse(text: &str) -> Self {
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
                Ok(What::Explanation) => &mut explanations,
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

    /// The terms that count: those behind the first `all` never do (section 5.1), but modifiers do wherever they stand.
    pub fn effective(&self) -> impl Iterator<Item = &Term> {
        let mut all_passed = false;
        self.terms.iter().filter(move |term| {
            let counts = !all_passed || !matches!(term.what, What::Mechanism(..));
            all_passed |= matches!(term.what, What::Mechanism(_, Mechanism::All));
            counts
        })
    }

    /// The qualifier of `all`.
    pub fn all(&self) -> Option<Qualifier> {
        self.terms.iter().find_map(|term| match term.what {
            What::Mechanism(qualifier, Mechanism::All) => Some(qualifier),
            _ => None,
        })
    }

    /// Where `redirect=` leads; it counts only without `all` (section 6.1).
    pub fn redirect(&self) -> Option<&DomainSpec> {
        self.terms.iter().find_map(|term| match &term.what {
            What::Redirect(target) => Some(target),
            _ => None,
        })
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
        "include" => Mechanism::Include(DomainSpec::parse(needed(given)?)?),
        "exists" => Mechanism::Exists(DomainSpec::parse(needed(given)?)?),
        "ptr" if value.is_empty() => Mechanism::Ptr,
        "ptr" => DomainSpec::parse(needed(given)?).map(|_| Mechanism::Ptr)?,
        "a" => host(value).map(|(spec, v4, v6)| Mechanism::A(spec, v4, v6))?,
        "mx" => host(value).map(|(spec, v4, v6)| Mechanism::Mx(spec, v4, v6))?,
        "ip4" => range(needed(given)?, 32)
            .map(|(address, length)| Mechanism::Ip4(address, length))
            .ok_or(Why::Ip4)?,
        "ip6" => range(needed(given)?, 128)
            .map(|(address, length)| Mechanism::Ip6(address, length))
            .ok_or(Why::Ip6)?,
        _ => return Err(Why::UnknownMechanism),
    };
    Ok(What::Mechanism(qualifier, mechanism))
}

fn modifier(name: &str, value: &str) -> Result<What, Why> {
    match name.to_ascii_lowercase().as_str() {
        "redirect" => DomainSpec::parse(needed(Some(value))?).map(What::Redirect),
        "exp" => DomainSpec::parse(needed(Some(value))?).map(|_| What::Explanation),
        other => domain_spec::check_macros(value).map(|()| What::UnknownModifier(other.to_owned())),
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
fn host(value: &str) -> Result<(Option<DomainSpec>, u8, u8), Why> {
    let (value, v6) = length_at_end(value, "//", 128)?;
    let (value, v4) = length_at_end(value, "/", 32)?;
    let spec = match value.strip_prefix(':') {
        Some("") => return Err(Why::NoValue),
        Some(spec) => Some(DomainSpec::parse(spec)?),
        None if value.is_empty() => None,
        None => return Err(Why::Prefix),
    };
    Ok((spec, v4, v6))
}

/// Takes a length behind `slashes` off the end; the whole length where there is none.
fn length_at_end<'a>(value: &'a str, slashes: &str, whole: u8) -> Result<(&'a str, u8), Why> {
    let Some((before, digits)) = value.rsplit_once(slashes) else { return Ok((value, whole)) };
    // A slash may stand in a macro: `%{d/}`.
    if digits.contains('}') {
        return Ok((value, whole));
    }
    length(digits, whole).map(|length| (before, length)).ok_or(Why::Prefix)
}

fn length(digits: &str, whole: u8) -> Option<u8> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let padded = digits.len() > 1 && digits.starts_with('0');
    digits.parse().ok().filter(|length| plain && !padded && *length <= whole)
}

fn range<A: std::str::FromStr>(value: &str, whole: u8) -> Option<(A, u8)> {
    let (address, digits) =
        value.split_once('/').map_or((value, None), |(address, digits)| (address, Some(digits)));
    let length = digits.map_or(Some(whole), |digits| length(digits, whole))?;
    Some((address.parse().ok()?, length))
}

#[cfg(test)]
mod tests;

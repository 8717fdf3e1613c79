//! TXT records → the SPF record among them, as terms (RFC 7208 sections 4.5, 4.6, 5, 6 and 12).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use sekisho_facts::Outcome;

use super::macros::Macros;
use crate::verify::limits;

/// An SPF record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub directives: Vec<Directive>,
    pub redirect: Option<Macros>,
}

/// What to say where a mechanism matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Directive {
    pub says: Outcome,
    pub mechanism: Mechanism,
}

/// A mechanism. Names that are left out are the record's own domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mechanism {
    All,
    Include(Macros),
    A(Option<Macros>, Widths),
    Mx(Option<Macros>, Widths),
    Ptr(Option<Macros>),
    Network(IpAddr, u8),
    Exists(Macros),
}

/// Leading bits that must be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Widths {
    pub v4: u8,
    pub v6: u8,
}

impl Widths {
    /// Whether `address` is `client`, or in its network.
    pub(crate) fn hold(self, address: IpAddr, client: IpAddr) -> bool {
        match address {
            IpAddr::V4(_) => is_in(client, address, self.v4),
            IpAddr::V6(_) => is_in(client, address, self.v6),
        }
    }
}

/// Whether the first `bits` of both are the same, and both of one family.
pub(crate) fn is_in(client: IpAddr, network: IpAddr, bits: u8) -> bool {
    match (client, network) {
        (IpAddr::V4(client), IpAddr::V4(network)) => {
            let differs = u32::from(client) ^ u32::from(network);
            differs.checked_shr(32 - u32::from(bits)).unwrap_or(0) == 0
        }
        (IpAddr::V6(client), IpAddr::V6(network)) => {
            let differs = u128::from(client) ^ u128::from(network);
            differs.checked_shr(128 - u32::from(bits)).unwrap_or(0) == 0
        }
        _ => false,
    }
}

/// What is found among the TXT records of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// None is SPF's.
    None,
    /// Several are, or one that is broken.
    Broken,
    One(Record),
}

/// Chooses and parses the record.
pub(crate) fn find(texts: &[Vec<u8>]) -> Found {
    const VERSION: &[u8] = b"v=spf1";
    let mut own = texts.iter().filter(|text| {
        let (version, rest) = text.split_at_checked(VERSION.len()).unwrap_or_default();
        version.eq_ignore_ascii_case(VERSION) && matches!(rest.first(), None | Some(b' '))
    });
    let Some(text) = own.next() else { return Found::None };
    if own.next().is_some() || text.len() > limits::RECORD_BYTES_MAX || !text.is_ascii() {
        return Found::Broken;
    }
    let text = String::from_utf8_lossy(text.get(VERSION.len()..).unwrap_or_default());
    parse(&text).map_or(Found::Broken, Found::One)
}

fn parse(terms: &str) -> Option<Record> {
    let mut record = Record { directives: Vec::new(), redirect: None };
    let mut has_explanation = false;
    for term in terms.split(' ').filter(|term| !term.is_empty()) {
        let (says, rest) = qualifier(term);
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let (name, value) = rest.split_at(length);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name = name.to_ascii_lowercase();
        let Some(value) = value.strip_prefix('=') else {
            record
                .directives
                .push(Directive { says: says.unwrap_or(Outcome::Pass), mechanism: mechanism(&name, value)? });
            continue;
        };
        match name.as_str() {
            _ if says.is_some() => return None,
            "redirect" if record.redirect.is_none() => record.redirect = Some(Macros::parse_name(value)?),
            "exp" if !has_explanation => {
                Macros::parse_name(value)?;
                has_explanation = true;
            }
            "redirect" | "exp" => return None,
            _ => drop(Macros::parse(value)?),
        }
    }
    Some(record)
}

fn qualifier(term: &str) -> (Option<Outcome>, &str) {
    let says = match term.as_bytes().first() {
        Some(b'+') => Outcome::Pass,
        Some(b'-') => Outcome::Fail,
        Some(b'~') => Outcome::Softfail,
        Some(b'?') => Outcome::Neutral,
        _ => return (None, term),
    };
    (Some(says), term.get(1..).unwrap_or_default())
}

/// A mechanism by its name and what follows it, `:` or `/` included.
fn mechanism(name: &str, value: &str) -> Option<Mechanism> {
    let needed = || Macros::parse_name(value.strip_prefix(':')?);
    let optional = |value: &str| match value.strip_prefix(':') {
        Some(name) => Macros::parse_name(name).map(Some),
        None => value.is_empty().then_some(None),
    };
    match name {
        "all" => value.is_empty().then_some(Mechanism::All),
        "include" => needed().map(Mechanism::Include),
        "exists" => needed().map(Mechanism::Exists),
        "ptr" => optional(value).map(Mechanism::Ptr),
        "a" | "mx" => {
            let (value, widths) = widths(value)?;
            let target = optional(value)?;
            Some(if name == "a" { Mechanism::A(target, widths) } else { Mechanism::Mx(target, widths) })
        }
        "ip4" => {
            let (address, bits) = network(value)?;
            Some(Mechanism::Network(IpAddr::V4(address.parse::<Ipv4Addr>().ok()?), width(bits, 32)?))
        }
        "ip6" => {
            let (address, bits) = network(value)?;
            Some(Mechanism::Network(IpAddr::V6(address.parse::<Ipv6Addr>().ok()?), width(bits, 128)?))
        }
        _ => None,
    }
}

fn network(value: &str) -> Option<(&str, Option<&str>)> {
    let value = value.strip_prefix(':')?;
    Some(value.split_once('/').map_or((value, None), |(address, bits)| (address, Some(bits))))
}

/// Takes `/24`, `//64` or `/24//64` off the end.
fn widths(value: &str) -> Option<(&str, Widths)> {
    let (value, v6) = match value.rsplit_once("//") {
        Some((front, bits)) if !bits.contains('}') => (front, Some(bits)),
        _ => (value, None),
    };
    let (value, v4) = match value.rsplit_once('/') {
        Some((front, bits)) if !bits.is_empty() && bits.bytes().all(|b| b.is_ascii_digit()) => {
            (front, Some(bits))
        }
        _ => (value, None),
    };
    Some((value, Widths { v4: width(v4, 32)?, v6: width(v6, 128)? }))
}

/// A number of bits without leading zeros; all of them where none is given.
fn width(text: Option<&str>, most: u8) -> Option<u8> {
    let Some(text) = text else { return Some(most) };
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|bits| plain && *bits <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_is_chosen_and_read() {
        let find =
            |texts: &[&str]| find(&texts.iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>());
        assert_eq!(find(&["v=spf10 -all", "google-site-verification=x"]), Found::None);
        assert_eq!(find(&["v=spf1 -all", "V=SPF1"]), Found::Broken);
        let Found::One(record) = find(&["v=spf1  a/24//64 ?mx:b.example/8 IP4:192.0.2.0/24 ~all x=%{d}  "])
        else {
            panic!("no record")
        };
        assert_eq!(record.directives.len(), 4);
        assert_eq!(record.directives[0].mechanism, Mechanism::A(None, Widths { v4: 24, v6: 64 }));
        assert_eq!(record.directives[1].says, Outcome::Neutral);
        for broken in [
            "a:",
            "a/",
            "a/33",
            "a/024",
            "a//129",
            "a:b.example/",
            "ip4:192.0.2",
            "ip4:1.2.3.4/",
            "ip6:1.2.3.4",
            "all:x.example",
            "include",
            "exists",
            "foo",
            "-redirect=a.example",
            "redirect=a.example redirect=a.example",
            "x=%",
            "1=a",
            "=a",
            "a.b=%{",
            "redirect=",
            "include:a.example/24",
            "all.",
            "all/8",
            "ptr/24",
        ] {
            assert_eq!(find(&[&format!("v=spf1 {broken} -all")]), Found::Broken, "{broken}");
        }
    }

    #[test]
    fn networks() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        assert!(is_in(ip("192.0.2.9"), ip("192.0.2.1"), 24));
        assert!(!is_in(ip("192.0.3.9"), ip("192.0.2.1"), 24));
        assert!(is_in(ip("203.0.113.1"), ip("192.0.2.1"), 0));
        assert!(is_in(ip("2001:db8::1"), ip("2001:db8::2"), 126));
        assert!(!is_in(ip("2001:db8::1"), ip("192.0.2.1"), 0));
    }
}

//! Questions and replies of any type in one shape, so that a cache, a watch and a deadline are each written once. Whoever
//! can be asked so is a [`Dns`].

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use super::{Answer, Dns, NoAnswer, Records, Tlsa};

/// How long one question is waited for. Resolvers ask again and elsewhere within two seconds, and a name that none of its
/// servers answers for must leave a mail time for its other questions.
pub const QUESTION_PATIENCE: Duration = Duration::from_secs(4);

/// Somebody who answers any question within a time.
pub trait Ask: Sync {
    /// Asks, and waits no longer than `patience`: then the reply is [`NoAnswer::TimedOut`].
    fn ask(&self, question: &Question, patience: Duration) -> Reply;
}

/// A name and the type of the records that are wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Question {
    /// The name in lower case, without a trailing dot; the root is empty.
    pub name: String,
    /// The type.
    pub kind: Kind,
}

/// A type of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Texts.
    Txt,
    /// IPv4 addresses.
    A,
    /// IPv6 addresses.
    Aaaa,
    /// Mail exchangers.
    Mx,
    /// Names of an address; the name asked stands below `in-addr.arpa` or `ip6.arpa`.
    Ptr,
    /// Name servers.
    Ns,
    /// Certificates (RFC 6698).
    Tlsa,
    /// What the name is an alias of, not followed.
    Cname,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// A text, its strings joined.
    Text(Vec<u8>),
    /// An address.
    Address(IpAddr),
    /// A mail exchanger: preference and name.
    Exchange(u16, String),
    /// A name.
    Name(String),
    /// A certificate.
    Tlsa(Tlsa),
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The records, at least one, in the order of the answer.
    pub answer: Result<Vec<Record>, NoAnswer>,
    /// How long this may be remembered, where somebody said so: of records their time to live, of their absence that of
    /// the zone (RFC 2308 section 5).
    pub ttl_seconds: Option<u32>,
}

impl Reply {
    /// No records, and nobody said for how long.
    pub fn none(why: NoAnswer) -> Self {
        Self { answer: Err(why), ttl_seconds: None }
    }
}

impl Question {
    /// A question about a name, in any case, with or without a trailing dot.
    pub fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase(), kind }
    }

    /// The question for the names of an address (RFC 1035 section 3.5, RFC 3596 section 2.5).
    pub fn of_address(address: IpAddr) -> Self {
        let name = match address {
            IpAddr::V4(address) => {
                let [a, b, c, d] = address.octets();
                format!("{d}.{c}.{b}.{a}.in-addr.arpa")
            }
            IpAddr::V6(address) => {
                let nibbles = address.octets().into_iter().rev().flat_map(|byte| [byte & 0xf, byte >> 4]);
                nibbles.map(|nibble| format!("{nibble:x}.")).collect::<String>() + "ip6.arpa"
            }
        };
        Self { name, kind: Kind::Ptr }
    }
}

impl<A: Ask> Dns for A {
    fn txt(&self, name: &str) -> Answer<Vec<u8>> {
        records(self, &Question::new(name, Kind::Txt), |record| match record {
            Record::Text(text) => Some(text),
            _ => None,
        })
    }

    fn a(&self, name: &str) -> Answer<Ipv4Addr> {
        records(self, &Question::new(name, Kind::A), |record| match record {
            Record::Address(IpAddr::V4(address)) => Some(address),
            _ => None,
        })
    }

    fn aaaa(&self, name: &str) -> Answer<Ipv6Addr> {
        records(self, &Question::new(name, Kind::Aaaa), |record| match record {
            Record::Address(IpAddr::V6(address)) => Some(address),
            _ => None,
        })
    }

    fn mx(&self, name: &str) -> Answer<(u16, String)> {
        records(self, &Question::new(name, Kind::Mx), |record| match record {
            Record::Exchange(preference, name) => Some((preference, name)),
            _ => None,
        })
    }

    fn ptr(&self, address: IpAddr) -> Answer<String> {
        records(self, &Question::of_address(address), name)
    }

    fn ns(&self, domain: &str) -> Answer<String> {
        records(self, &Question::new(domain, Kind::Ns), name)
    }

    fn tlsa(&self, name: &str) -> Answer<Tlsa> {
        records(self, &Question::new(name, Kind::Tlsa), |record| match record {
            Record::Tlsa(record) => Some(record),
            _ => None,
        })
    }

    fn cname(&self, alias: &str) -> Answer<String> {
        records(self, &Question::new(alias, Kind::Cname), name)
    }
}

fn name(record: Record) -> Option<String> {
    match record {
        Record::Name(name) => Some(name),
        _ => None,
    }
}

fn records<T>(asked: &impl Ask, question: &Question, wanted: impl Fn(Record) -> Option<T>) -> Answer<T> {
    let reply = asked.ask(question, QUESTION_PATIENCE);
    let values: Vec<T> = reply.answer?.into_iter().filter_map(wanted).collect();
    if values.is_empty() {
        return Err(NoAnswer::NoRecords);
    }
    Ok(Records { values, ttl_seconds: reply.ttl_seconds.unwrap_or(0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_asked_for_backwards() {
        let name = |text: &str| Question::of_address(text.parse().unwrap()).name;
        assert_eq!(name("192.0.2.5"), "5.2.0.192.in-addr.arpa");
        assert_eq!(
            name("2001:db8::1"),
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
        );
    }

    #[test]
    fn one_name_is_one_question() {
        assert_eq!(Question::new("Midori.Example.", Kind::A), Question::new("midori.example", Kind::A));
        assert_eq!(Question::new(".", Kind::Ns).name, "");
    }
}

//! What DNS is asked, and what it answers: whoever asks does not know whether a server, a cache or a test answers.

mod asking;
mod cached;
mod clock;
mod deadline;
mod pulse;
#[cfg(test)]
pub(crate) mod rehearsal;
mod resolver;
mod system;
mod zone;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub use asking::{Ask, Kind, QUESTION_PATIENCE, Question, Record, Reply};
pub use cached::{CacheLimits, Cached};
pub use clock::Clock;
pub use deadline::{Deadline, MAIL_PATIENCE};
pub use pulse::{PROBE, Pulse, SILENCE};
pub use resolver::Resolver;
pub use system::{Nameserver, System, SystemError};
pub use zone::Zone;

/// The records of one name and type, or why there are none.
pub type Answer<T> = Result<Records<T>, NoAnswer>;

/// Records of one name and type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Records<T> {
    /// The records, at least one, in the order of the answer.
    pub values: Vec<T>,
    /// How long they may be remembered, in seconds.
    pub ttl_seconds: u32,
}

/// A TLSA record (RFC 6698 section 2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tlsa {
    /// Certificate usage.
    pub usage: u8,
    /// Which part of the certificate is matched.
    pub selector: u8,
    /// How it is matched.
    pub matching: u8,
    /// What is matched.
    pub data: Vec<u8>,
}

/// Why there are no records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoAnswer {
    /// The name does not exist (NXDOMAIN).
    #[error("no such name")]
    NoSuchName,
    /// The name exists, without records of this type.
    #[error("no records of this type")]
    NoRecords,
    /// Nobody answered before the deadline.
    #[error("no answer in time")]
    TimedOut,
    /// A server failed or refused (SERVFAIL, REFUSED, a broken answer).
    #[error("the server failed")]
    Failed,
}

impl NoAnswer {
    /// Whether DNS has spoken: the records are certainly not there.
    pub fn is_certain(self) -> bool {
        matches!(self, NoAnswer::NoSuchName | NoAnswer::NoRecords)
    }
}

/// Somebody who answers questions about names. Names are given in ASCII (A-labels), without a trailing dot.
pub trait Dns: Sync {
    /// TXT records, the strings of each joined (RFC 7208 section 3.3).
    fn txt(&self, name: &str) -> Answer<Vec<u8>>;
    /// IPv4 addresses.
    fn a(&self, name: &str) -> Answer<Ipv4Addr>;
    /// IPv6 addresses.
    fn aaaa(&self, name: &str) -> Answer<Ipv6Addr>;
    /// Mail exchangers: preference and name. A null MX (RFC 7505) has the name `.`.
    fn mx(&self, name: &str) -> Answer<(u16, String)>;
    /// Names of an address.
    fn ptr(&self, address: IpAddr) -> Answer<String>;
    /// Name servers.
    fn ns(&self, name: &str) -> Answer<String>;
    /// TLSA records (RFC 6698).
    fn tlsa(&self, name: &str) -> Answer<Tlsa>;
    /// What the name itself is an alias of, not followed any further (RFC 1034 section 3.6.2).
    fn cname(&self, name: &str) -> Answer<String>;
}

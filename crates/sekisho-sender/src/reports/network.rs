//! An address → the network that it is told under: /24 of IPv4, /48 of IPv6, as small as providers give to one customer.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use crate::network::is_in;

/// Bits of a network of IPv4.
const BITS_V4: u32 = 24;
/// Bits of a network of IPv6: what one site gets (RFC 6177).
const BITS_V6: u32 = 48;

/// Where mail came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Network {
    /// A network of IPv4, by its first address.
    V4(Ipv4Addr),
    /// A network of IPv6, by its first address.
    V6(Ipv6Addr),
    /// Nothing readable was written.
    Unknown,
    /// One of those that are counted together, because there are too many.
    Others,
}

impl Network {
    /// The network of an address; IPv4 written as IPv6 is IPv4.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => {
                Network::V4(Ipv4Addr::from_bits(address.to_bits() & (u32::MAX << (32 - BITS_V4))))
            }
            IpAddr::V6(address) => {
                Network::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - BITS_V6))))
            }
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Network::V4(first) => write!(f, "{first}/{BITS_V4}"),
            Network::V6(first) => write!(f, "{first}/{BITS_V6}"),
            Network::Unknown => f.write_str("?"),
            Network::Others => f.write_str("…"),
        }
    }
}

/// A block of addresses as it is configured: one address, or `192.0.2.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    first: IpAddr,
    bits: u32,
}

impl Block {
    /// A block; `None` where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().ok()?)),
            None => (text.trim(), None),
        };
        let first: IpAddr = address.parse().ok()?;
        let all = if first.is_ipv4() { 32 } else { 128 };
        let bits: u32 = bits.unwrap_or(all);
        if bits > all {
            return None;
        }
        // IPv4 written as IPv6 has 96 bits before it.
        match (first, first.to_canonical()) {
            (IpAddr::V6(_), short @ IpAddr::V4(_)) => {
                Some(Self { first: short, bits: bits.checked_sub(96)? })
            }
            _ => Some(Self { first, bits }),
        }
    }

    /// Whether an address is in it.
    pub fn holds(&self, address: IpAddr) -> bool {
        is_in(address.to_canonical(), self.first, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_those_of_one_customer() {
        for (address, network) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ] {
            assert_eq!(Network::of(address.parse().unwrap()).to_string(), network);
        }
    }

    #[test]
    fn blocks_hold_their_addresses() {
        for (block, address, holds) in [
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
            ("192.0.2.0/24", "::ffff:192.0.2.9", true),
            ("192.0.2.0/24", "192.0.3.9", false),
            ("::ffff:192.0.2.0/120", "192.0.2.9", true),
            ("::ffff:192.0.2.0/120", "192.0.3.9", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("0.0.0.0/0", "203.0.113.1", true),
        ] {
            assert_eq!(
                Block::parse(block).unwrap().holds(address.parse().unwrap()),
                holds,
                "{block} {address}"
            );
        }
        for text in ["news.example", "192.0.2.0/33", "/", "192.0.2.0/x"] {
            assert_eq!(Block::parse(text), None, "{text}");
        }
    }
}

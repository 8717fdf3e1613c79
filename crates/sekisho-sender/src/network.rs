//! Two addresses → whether they are in one network.

use std::net::IpAddr;

/// Whether the first `bits` of both are the same, and both of one family; more bits than an address has hold nobody.
pub(crate) fn is_in(address: IpAddr, network: IpAddr, bits: u32) -> bool {
    match (address, network) {
        (IpAddr::V4(address), IpAddr::V4(network)) if bits <= 32 => {
            let differs = u32::from(address) ^ u32::from(network);
            differs.checked_shr(32 - bits).unwrap_or(0) == 0
        }
        (IpAddr::V6(address), IpAddr::V6(network)) if bits <= 128 => {
            let differs = u128::from(address) ^ u128::from(network);
            differs.checked_shr(128 - bits).unwrap_or(0) == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        assert!(is_in(ip("192.0.2.9"), ip("192.0.2.1"), 24));
        assert!(!is_in(ip("192.0.3.9"), ip("192.0.2.1"), 24));
        assert!(!is_in(ip("192.0.2.1"), ip("192.0.2.1"), 33));
        assert!(is_in(ip("203.0.113.1"), ip("192.0.2.1"), 0));
        assert!(is_in(ip("2001:db8::1"), ip("2001:db8::2"), 126));
        assert!(!is_in(ip("2001:db8::1"), ip("192.0.2.1"), 0));
    }
}

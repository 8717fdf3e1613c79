//! Whose words about a sender's authentication are believed: `[sender]` of the configuration → names ready for comparison.
//!
//! Names are compared in one normal form: lower case, A-labels (RFC 5890), without a final dot. Configuration and mails
//! both come in any case and in either form of an IDN.

use std::net::IpAddr;

use crate::network::is_in;

/// The hosts, sealers and services that the organisation trusts. Built with [`Trust::normalised`], so that every name
/// stands in normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// Hosts whose `Authentication-Results` are believed (RFC 8601 authserv-id).
    pub authserv_ids: Vec<String>,
    /// Our own hosts, or our provider's, in `Received`: a name, `.suffix` for every name below, an address, or a network
    /// (`192.0.2.0/24`).
    pub border_hosts: Vec<String>,
    /// Domains whose ARC seals are believed (RFC 8617).
    pub arc_sealers: Vec<String>,
    /// Outside services that send in our name: newsletters, accounting, forms.
    pub own_services: Vec<String>,
}

impl Trust {
    /// The same with every name in normal form; empty ones are left out.
    pub fn normalised(self) -> Self {
        let each = |names: Vec<String>| -> Vec<String> {
            names.iter().map(|name| normal_name(name)).filter(|name| !name.is_empty()).collect()
        };
        Self {
            authserv_ids: each(self.authserv_ids),
            border_hosts: each(self.border_hosts),
            arc_sealers: each(self.arc_sealers),
            own_services: each(self.own_services),
        }
    }

    /// Whether results under this authserv-id are ours.
    pub fn is_authserv_id(&self, id: &str) -> bool {
        holds(&self.authserv_ids, id)
    }

    /// Whether a host of this name is ours.
    pub fn is_border_host(&self, name: &str) -> bool {
        let name = normal_name(name);
        let is_it = |host: &String| match host.strip_prefix('.') {
            Some(_) => name.len() > host.len() && name.ends_with(host.as_str()),
            None => *host == name,
        };
        !name.is_empty() && self.border_hosts.iter().any(is_it)
    }

    /// Whether a host of this address is ours, because the address or its network is listed.
    pub fn is_border_address(&self, address: IpAddr) -> bool {
        self.border_hosts.iter().any(|host| match host.split_once('/') {
            Some((network, bits)) => match (network.parse(), bits.parse()) {
                (Ok(network), Ok(bits)) => is_in(address.to_canonical(), network, bits),
                _ => false,
            },
            None => host.parse().is_ok_and(|listed: IpAddr| listed.to_canonical() == address.to_canonical()),
        })
    }

    /// Whether seals of this domain are believed.
    pub fn is_arc_sealer(&self, domain: &str) -> bool {
        holds(&self.arc_sealers, domain)
    }
}

/// A name in normal form: lower case, A-labels, without white space around it or a final dot. What is no domain stays as
/// it is, in lower case.
pub fn normal_name(name: &str) -> String {
    let name = name.trim().trim_end_matches('.');
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    idna::domain_to_ascii(name).unwrap_or_else(|_| name.to_lowercase()).trim_end_matches('.').to_owned()
}

fn holds(names: &[String], name: &str) -> bool {
    let name = normal_name(name);
    !name.is_empty() && names.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trust(border_hosts: &[&str]) -> Trust {
        let border_hosts = border_hosts.iter().map(|&name| name.to_owned()).collect();
        let authserv_ids = vec!["MX.Midori.example.".to_owned(), "受付.example".to_owned(), " ".to_owned()];
        Trust { authserv_ids, border_hosts, ..Trust::default() }.normalised()
    }

    #[test]
    fn names_are_compared_in_one_form() {
        let trust = trust(&["Store.midori.example.", ".provider.example"]);
        for id in [
            "mx.midori.example",
            "MX.MIDORI.EXAMPLE",
            "mx.midori.example.",
            "受付.example",
            "XN--BNQQ5J.example",
        ] {
            assert!(trust.is_authserv_id(id), "{id}");
        }
        for id in ["", " ", ".", "mx.midori.example.evil.example", "midori.example", "a.mx.midori.example"] {
            assert!(!trust.is_authserv_id(id), "{id}");
        }
        assert!(trust.is_border_host("store.midori.example"));
        assert!(trust.is_border_host("in7.provider.example."));
        assert!(!trust.is_border_host("provider.example"));
        assert!(!trust.is_border_host("notprovider.example"));
        assert!(!trust.is_border_host(""));
    }

    #[test]
    fn hosts_may_be_listed_by_address_and_network() {
        let trust = trust(&["192.0.2.7", "198.51.100.0/24", "2001:db8:7::/48", "0.0.0.0/99", "x/y"]);
        for (address, expected) in [
            ("192.0.2.7", true),
            ("192.0.2.8", false),
            ("::ffff:192.0.2.7", true),
            ("198.51.100.255", true),
            ("198.51.101.0", false),
            ("2001:db8:7:1::1", true),
            ("2001:db8:8::1", false),
        ] {
            assert_eq!(trust.is_border_address(address.parse().unwrap()), expected, "{address}");
        }
        let whole = Trust { border_hosts: vec!["0.0.0.0/0".to_owned()], ..Trust::default() };
        assert!(whole.is_border_address("203.0.113.1".parse().unwrap()));
    }
}

//! A domain's mail exchangers → whether mail to it arrives (RFC 5321 section 5.1, RFC 7505, RFC 2181 section 10.3).

mod topics;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::item::{How, Item, Publish, State, Topic};
use crate::domain::is_host_name;
use crate::{Answer, Dns, NoAnswer};

pub(super) static TOPICS: &[&Topic] = topics::ALL;

/// So many mail servers are asked about; senders hardly ever try more.
pub(super) const SERVERS_ASKED_MAX: usize = 10;

/// Where mail to a domain goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Servers {
    /// To these servers, in the order of preference.
    Named(Vec<String>),
    /// Nowhere: it is declared to receive nothing.
    Null,
    /// To the domain's own address, because no server is named.
    Itself,
    /// Nowhere: there is neither a server nor an address.
    Nowhere,
    /// DNS did not answer.
    Unknown,
}

impl Servers {
    /// Asks where mail goes.
    pub(super) fn of(dns: &dyn Dns, domain: &str) -> (Self, Answer<(u16, String)>) {
        let answer = dns.mx(domain);
        let servers = match &answer {
            Ok(records) => {
                let mut named = records.values.clone();
                named.sort();
                let names: Vec<String> =
                    named.into_iter().map(|(_, name)| plain(&name)).filter(|name| !name.is_empty()).collect();
                if names.is_empty() { Servers::Null } else { Servers::Named(names) }
            }
            Err(why) if why.is_certain() => match addresses(dns, domain) {
                Addresses::Found(_) => Servers::Itself,
                Addresses::None => Servers::Nowhere,
                Addresses::Unknown => Servers::Unknown,
            },
            Err(_) => Servers::Unknown,
        };
        (servers, answer)
    }

    /// The servers' names.
    pub(super) fn names(&self) -> &[String] {
        match self {
            Servers::Named(names) => names,
            _ => &[],
        }
    }
}

/// Looks at where mail goes.
pub(super) fn check(
    dns: &dyn Dns,
    domain: &str,
    servers: &Servers,
    answer: &Answer<(u16, String)>,
) -> Vec<Item> {
    let names = match servers {
        Servers::Unknown => return vec![Item::new(&topics::NO_ANSWER)],
        Servers::Null => return vec![Item::new(&topics::NULL)],
        Servers::Nowhere => return vec![Item::new(&topics::NONE).publish(null_mx(domain, How::Add))],
        Servers::Itself => return vec![Item::new(&topics::ITSELF)],
        Servers::Named(names) => names,
    };
    let mut items = Vec::new();
    let has_null =
        answer.as_ref().is_ok_and(|records| records.values.iter().any(|(_, name)| plain(name).is_empty()));
    if has_null {
        items.push(Item::new(&topics::NULL_AND_OTHERS));
    }
    let mut dead = Vec::new();
    for name in names.iter().take(SERVERS_ASKED_MAX) {
        match server(dns, name) {
            Met::Fine => {}
            Met::Alias(target) => {
                items.push(Item::new(&topics::ALIAS).name("server", name).name("target", target))
            }
            Met::IsAddress => items.push(Item::new(&topics::IS_ADDRESS).foreign("server", name)),
            Met::NoName => items.push(Item::new(&topics::NO_NAME).foreign("server", name)),
            Met::Private(address) => {
                items.push(
                    Item::new(&topics::PRIVATE).name("server", name).name("address", address.to_string()),
                );
            }
            Met::NoAnswer => items.push(Item::new(&topics::SERVER_NO_ANSWER).name("server", name)),
            Met::Dead => dead.push(name),
        }
    }
    if !dead.is_empty() && dead.len() == names.len().min(SERVERS_ASKED_MAX) {
        items.push(Item::new(&topics::ALL_DEAD).names("servers", dead.into_iter().cloned().collect()));
    } else {
        items.extend(dead.into_iter().map(|name| Item::new(&topics::DEAD).name("server", name)));
    }
    if names.len() > SERVERS_ASKED_MAX {
        let (count, asked) = (names.len() as u64, SERVERS_ASKED_MAX as u64);
        items.push(Item::new(&topics::MANY).number("count", count).number("asked", asked));
    }
    if !items.iter().any(|item| item.state() > State::Note) {
        let first = names.iter().take(3).cloned().collect();
        items.insert(0, Item::new(&topics::FINE).number("count", names.len() as u64).names("servers", first));
    }
    items
}

/// The record of a domain that receives nothing.
pub(super) fn null_mx(domain: &str, how: How) -> Publish {
    Publish { name: domain.to_owned(), kind: "MX", value: "0 .".to_owned(), how }
}

/// What one server's name turns out to be.
enum Met {
    Fine,
    Alias(String),
    IsAddress,
    NoName,
    Private(IpAddr),
    NoAnswer,
    Dead,
}

fn server(dns: &dyn Dns, name: &str) -> Met {
    if name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
        return Met::IsAddress;
    }
    if !is_host_name(name) {
        return Met::NoName;
    }
    if let Ok(records) = dns.cname(name)
        && let Some(target) = records.values.first()
    {
        return Met::Alias(target.clone());
    }
    match addresses(dns, name) {
        Addresses::Found(found) => found.into_iter().find(is_private).map_or(Met::Fine, Met::Private),
        Addresses::None => Met::Dead,
        Addresses::Unknown => Met::NoAnswer,
    }
}

/// The addresses of a name.
pub(super) enum Addresses {
    /// At least one.
    Found(Vec<IpAddr>),
    /// Certainly none.
    None,
    /// DNS did not answer.
    Unknown,
}

pub(super) fn addresses(dns: &dyn Dns, name: &str) -> Addresses {
    let v4 = dns.a(name);
    if let Ok(records) = &v4 {
        return Addresses::Found(records.values.iter().copied().map(IpAddr::V4).collect());
    }
    // A name that is not there has no records of any type.
    if v4 == Err(NoAnswer::NoSuchName) {
        return Addresses::None;
    }
    match (v4, dns.aaaa(name)) {
        (_, Ok(records)) => Addresses::Found(records.values.into_iter().map(IpAddr::V6).collect()),
        (Err(v4), Err(v6)) if v4.is_certain() && v6.is_certain() => Addresses::None,
        _ => Addresses::Unknown,
    }
}

/// Addresses that nobody outside can reach (RFC 6890). Those for documentation are left alone: examples use them.
fn is_private(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            v4.is_private() || v4.is_loopback() || v4.is_link_local() || *v4 == Ipv4Addr::UNSPECIFIED
        }
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || *v6 == Ipv6Addr::UNSPECIFIED,
    }
}

fn plain(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// A domain that is said to be used for nothing, and still names servers or an address.
pub(super) fn still_receives(domain: &str, servers: &Servers) -> Option<Item> {
    match servers {
        Servers::Named(_) | Servers::Itself => {
            let how = if matches!(servers, Servers::Named(_)) { How::Replace } else { How::Add };
            Some(Item::new(&topics::RECEIVES_STILL).publish(null_mx(domain, how)))
        }
        Servers::Null | Servers::Nowhere | Servers::Unknown => None,
    }
}

//! The `Received` fields of a mail, from the top → who can have written what stands between them.
//!
//! The field on top was written by our side. Each one says from whom its writer took the mail: as long as that is one of
//! ours, the next was written by our side too. Only what the writer found out itself counts for that (address, confirmed
//! name, protocol), never what the client said. Below the first client that is not ours, everything may be a stranger's.

use std::net::IpAddr;

use sekisho_mail::{Received, Trace, TraceField};

use crate::{Trust, normal_name};

/// Who can have written a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writer {
    /// Our side: it stands above the `Received` of the host that took the mail from outside.
    Us,
    /// That host, directly below its own `Received`; or a stranger, if the host deletes no claims (RFC 8601 section 5).
    Border,
    /// A stranger.
    Stranger,
    /// It cannot be told.
    Unsettled,
}

/// Which part of the trace is ours.
pub(super) struct Way<'a> {
    /// For each trace field, who can have written it.
    pub(super) writers: Vec<Writer>,
    /// The `Received` with which the mail came to us, where that is certain.
    pub(super) border: Option<&'a Received>,
    /// The place of the first `Received` below it: the last that the stranger wrote.
    pub(super) handed_over: Option<usize>,
}

impl<'a> Way<'a> {
    pub(super) fn of(trace: &'a [TraceField], trust: &Trust) -> Self {
        let mut way = Self { writers: Vec::with_capacity(trace.len()), border: None, handed_over: None };
        // Whatever was received has such a field; a file without any came another way.
        let is_received = trace.iter().any(|field| matches!(field.says, Trace::Received(_)));
        let mut next = if is_received { Writer::Us } else { Writer::Unsettled };
        for (place, field) in trace.iter().enumerate() {
            let Trace::Received(received) = &field.says else {
                way.writers.push(next);
                continue;
            };
            let writer = match next {
                Writer::Border => Writer::Stranger,
                other => other,
            };
            way.writers.push(writer);
            next = match next {
                Writer::Us => match client(received, trust) {
                    Client::Ours => Writer::Us,
                    Client::Stranger => {
                        way.border = Some(received);
                        Writer::Border
                    }
                    // Without known hosts, what stands directly under the topmost host's field is believed all the same.
                    Client::Unclear if trust.border_hosts.is_empty() => Writer::Border,
                    Client::Unclear => Writer::Unsettled,
                },
                Writer::Border if way.border.is_none() => Writer::Unsettled,
                Writer::Border => {
                    way.handed_over = Some(place);
                    Writer::Stranger
                }
                other => other,
            };
        }
        way
    }
}

/// From whom a host of ours took the mail.
enum Client {
    Ours,
    Stranger,
    Unclear,
}

fn client(received: &Received, trust: &Trust) -> Client {
    // A program on the same host, or a step inside a provider, which names no client.
    if !received.from {
        return Client::Ours;
    }
    let are_known = !trust.border_hosts.is_empty();
    let is_ours = received.by.as_deref().is_some_and(|by| trust.is_border_host(by))
        || received.by_address.is_some_and(|address| trust.is_border_address(address));
    if are_known && !is_ours {
        return Client::Unclear;
    }
    if received.with.as_deref().is_some_and(is_delivery) {
        return Client::Ours;
    }
    let Some(address) = received.client else { return Client::Unclear };
    let confirmed = received.client_name.as_deref();
    let said = received.helo.as_deref();
    if address.is_loopback()
        || trust.is_border_address(address)
        || confirmed.is_some_and(|name| trust.is_border_host(name))
        || (is_local(address) && said.is_some_and(|name| trust.is_border_host(name)))
    {
        return Client::Ours;
    }
    if is_local(address) || confirmed.or(said).is_some_and(|name| is_related(name, received, trust)) {
        return Client::Unclear;
    }
    Client::Stranger
}

/// Protocols by which a mail is fetched or put into a mailbox: nobody sends us mail by them.
fn is_delivery(protocol: &str) -> bool {
    ["LMTP", "POP3", "IMAP", "MAPI", "LOCAL"].iter().any(|name| protocol.starts_with(name))
}

/// Whether an address is one of a network that is not reached from outside.
fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_unique_local() || address.is_unicast_link_local(),
    }
}

/// Whether a name is of the same organisation as a host of ours: it may be one that is not listed.
fn is_related(name: &str, received: &Received, trust: &Trust) -> bool {
    let name = normal_name(name);
    let Some(registered) = psl::domain_str(&name) else { return false };
    let ours = trust.authserv_ids.iter().chain(&trust.border_hosts).map(String::as_str);
    let by = received.by.as_deref().map(normal_name);
    ours.chain(by.as_deref()).any(|host| psl::domain_str(host.trim_start_matches('.')) == Some(registered))
}

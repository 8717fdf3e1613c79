//! A read mail → how it came: authenticated domains, network, mail program, language, kinds of files.

use std::net::IpAddr;

use sekisho_content::Unread;
use sekisho_facts::{AuthResult, Fact, Sender};
use sekisho_mail::{LinkKind, Message, Received, Role, Trace, language_of, network_of};

use crate::learnt::Ways;

/// Kinds of files taken of one mail.
const FILES_MAX: usize = 20;
/// Domains taken of one mail.
const DOMAINS_MAX: usize = 8;

/// How a mail came; `own_text` is its own text without the signature.
pub fn ways(message: &Message, sender: &Sender, own_text: &str) -> Ways {
    let parts = message.parts_all();
    let mut files: Vec<String> = Vec::new();
    for part in parts.iter().filter(|part| part.role == Role::Attachment && part.hold.is_none()) {
        let Some(file) = part.file() else { continue };
        let id = file.kind.id().to_owned();
        if !files.contains(&id) && files.len() < FILES_MAX {
            files.push(id);
        }
    }
    Ways {
        domains: domains(sender),
        network: network(message),
        mailer: message.mail_program().unwrap_or_default(),
        language: language_of(own_text).unwrap_or_default().to_owned(),
        files,
        has_locked_file: parts
            .iter()
            .any(|part| part.unread == Some(Unread::Locked) || part.opened_with.is_some()),
        has_link: has_link(message, own_text),
    }
}

/// Domains of which a full pass was found, each once.
fn domains(sender: &Sender) -> Vec<String> {
    let mut domains: Vec<String> = Vec::new();
    let results = sender.dkim.iter().chain([&sender.spf, &sender.dmarc]).filter_map(Fact::known);
    for domain in
        results.filter(|result| AuthResult::passes_fully(result)).map(|result| result.domain.to_lowercase())
    {
        if !domain.is_empty() && !domains.contains(&domain) && domains.len() < DOMAINS_MAX {
            domains.push(domain);
        }
    }
    domains
}

/// Whether the own text has a link; one in a quotation or in the signature is not its own.
fn has_link(message: &Message, own_text: &str) -> bool {
    message.shown().iter().any(|view| {
        view.links.iter().any(|link| {
            let is_followed = matches!(link.kind, LinkKind::Anchor | LinkKind::Bare | LinkKind::Form);
            let is_quoted = view.quotes.iter().any(|quote| quote.range.contains(&link.range.start));
            let leads_out = !link.target.to_lowercase().starts_with("mailto:");
            is_followed && leads_out && !is_quoted && own_text.contains(link.text.trim())
        })
    })
}

/// The network that handed the mail over from outside, as the first host of our side wrote it: `192.0.2`, or `2001:db8:7` of IPv6. Empty
/// where no `Received` tells.
///
/// From the top, the first client is meant that has an address of the open Internet and is not of the organisation of the host that wrote the
/// field: hosts inside a provider hand mails on among themselves.
pub fn network(message: &Message) -> String {
    let received = message.trace.iter().filter_map(|field| match &field.says {
        Trace::Received(received) => Some(&**received),
        _ => None,
    });
    received
        .filter(|received| !is_inside(received))
        .find_map(|received| received.client.filter(|address| is_open(*address)))
        .and_then(|address| network_of(&address.to_string()))
        .unwrap_or_default()
}

/// Whether a mail was handed in from the open Internet, or from where nobody says. What its client calls itself is not believed.
pub fn came_from_outside(message: &Message) -> bool {
    let mut received = message.trace.iter().filter_map(|field| match &field.says {
        Trace::Received(received) => Some(&**received),
        _ => None,
    });
    received.any(|received| received.from && received.client.is_none_or(is_open))
}

/// Whether a mail was handed on within one organisation.
fn is_inside(received: &Received) -> bool {
    let by = received.by.as_deref().map(organisation);
    let client = received.client_name.as_deref().or(received.helo.as_deref()).map(organisation);
    by.is_some() && by == client
}

/// The registered part of a host's name, nearly: the last two labels, three below short second levels (`co.jp`).
fn organisation(host: &str) -> String {
    let host = host.trim_end_matches('.').to_lowercase();
    let labels: Vec<&str> = host.rsplit('.').collect();
    let count = match labels.as_slice() {
        [top, second, _, ..] if top.len() == 2 && second.len() <= 3 => 3,
        _ => 2,
    };
    labels.into_iter().take(count).collect::<Vec<_>>().join(".")
}

/// Whether an address is of the open Internet.
fn is_open(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            !(address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_unspecified())
        }
        IpAddr::V6(address) => {
            !(address.is_loopback()
                || address.is_unique_local()
                || address.is_unicast_link_local()
                || address.is_unspecified())
        }
    }
}

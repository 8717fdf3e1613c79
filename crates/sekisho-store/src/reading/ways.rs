//! A read mail → how it came: authenticated domains, network, mail program, language, kinds of files.

use sekisho_content::Unread;
use sekisho_facts::{AuthResult, Fact, Sender};
use sekisho_mail::{LinkKind, Message, Role, language_of};

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
        network: message.sending_network().unwrap_or_default(),
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

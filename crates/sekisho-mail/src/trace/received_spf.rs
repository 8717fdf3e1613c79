//! `Received-SPF` → result, what it is about and who says it (RFC 7208 section 9.1), from the key-value pairs or, where a
//! host writes none, from its comment.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::authentication_results::ResultWord;
use super::received::address_of;
use super::scan::{Scanner, start_of};

/// Pairs read of one field. The standard has eight.
const PAIRS_MAX: usize = 40;

/// One `Received-SPF` field. Texts are as written; empty ones and `<unknown>` are `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedSpf {
    /// The result.
    pub result: ResultWord,
    /// The comment, or empty.
    pub comment: String,
    /// Who says it: `receiver=`, else the host that the comment begins with.
    pub receiver: Option<String>,
    /// Which name was checked: `mailfrom` or `helo`, in lower case.
    pub identity: Option<String>,
    /// The domain that the comment says it is about.
    pub comment_domain: Option<String>,
    /// MAIL FROM.
    pub envelope_from: Option<String>,
    /// HELO.
    pub helo: Option<String>,
    /// The client's address.
    pub client: Option<IpAddr>,
}

impl ReceivedSpf {
    /// Parses an unfolded value.
    pub fn parse(raw: &[u8]) -> Self {
        let (text, is_cut) = start_of(raw);
        let mut scanner = Scanner::new(&text, is_cut);
        let mut comments = Vec::new();
        scanner.space(&mut comments);
        let result = ResultWord::of(&scanner.word(None));
        scanner.space(&mut comments);
        let comment = comments.into_iter().next().unwrap_or_default();
        let mut spf = Self {
            result,
            receiver: writer(&comment),
            comment_domain: domain_in(&comment),
            comment,
            identity: None,
            envelope_from: None,
            helo: None,
            client: None,
        };
        let mut ignored = Vec::new();
        for _ in 0..PAIRS_MAX {
            while scanner.eat(';') {
                scanner.space(&mut ignored);
            }
            let name = scanner.word(Some('='));
            scanner.space(&mut ignored);
            if scanner.eat('=') {
                scanner.space(&mut ignored);
                let value = scanner.word(None);
                spf.take(&name, value);
                scanner.space(&mut ignored);
            }
            if scanner.peek().is_none() {
                break;
            }
        }
        spf
    }

    /// The first of each name counts.
    fn take(&mut self, name: &str, value: String) {
        let value = value.trim_start_matches('<').trim_end_matches('>').to_owned();
        if value.is_empty() || value.eq_ignore_ascii_case("unknown") {
            return;
        }
        let slot = match name.to_ascii_lowercase().as_str() {
            "receiver" => {
                self.receiver = Some(value);
                return;
            }
            "client-ip" => {
                self.client = self.client.or_else(|| address_of(&value));
                return;
            }
            "identity" => &mut self.identity,
            "envelope-from" => &mut self.envelope_from,
            "helo" => &mut self.helo,
            _ => return,
        };
        if slot.is_none() {
            *slot =
                Some(if name.eq_ignore_ascii_case("identity") { value.to_ascii_lowercase() } else { value });
        }
    }
}

/// The host before the colon of `(mx.midori.example: domain of …)`.
fn writer(comment: &str) -> Option<String> {
    let (host, _) = comment.split_once(':')?;
    let host = host.trim();
    let is_host = host.contains('.') && !host.contains(|c: char| c.is_whitespace() || c == '@');
    is_host.then(|| host.to_owned())
}

/// The domain in `domain of a@b.example designates …`; a bare domain is taken too.
fn domain_in(comment: &str) -> Option<String> {
    let (_, after) = comment.split_once("domain of ")?;
    let after = after.trim_start_matches("transitioning ");
    let end = match after.strip_prefix('"').and_then(|inner| inner.find("\"@")) {
        Some(quote) => quote + 1 + after.get(quote + 1..)?.find(' ').unwrap_or(after.len()),
        None => after.find(' ').unwrap_or(after.len()),
    };
    let who = after.get(..end).unwrap_or(after);
    let domain = who.rsplit('@').next().unwrap_or_default().trim_matches(|c| matches!(c, '<' | '>' | ','));
    (!domain.is_empty()).then(|| domain.to_owned())
}

//! Text that carries messages, meetings, addresses, keys or encoded files → which (RFC 5322, 2557, 5545, 6350, 7468,
//! 4880).

use memchr::memmem;

use super::head::{Head, Texture};
use crate::Kind;
use crate::limits::MHT_MARK_WITHIN_BYTES;
use crate::number::slice;

/// The kind of a message or of text armour, `None` if the text is neither.
pub(crate) fn kind(bytes: &[u8], head: &Head) -> Option<Kind> {
    by_first_line(head).or_else(|| message(bytes, head))
}

fn by_first_line(head: &Head) -> Option<Kind> {
    let first = head.lines().next()?.to_ascii_lowercase();
    let second = head.lines().nth(1).unwrap_or_default();
    let kind = match first.as_str() {
        "begin:vcalendar" => Kind::Ics,
        "begin:vcard" => Kind::VCard,
        line if line.starts_with("-----begin ") => armour(line)?,
        line if line.starts_with("(this file must be converted with binhex") => Kind::BinHex,
        line if is_uuencode(line, second) => Kind::Uuencode,
        line if line.starts_with("from ") && field_name(second).is_some() => Kind::Mbox,
        _ => return None,
    };
    Some(kind)
}

/// `-----BEGIN CERTIFICATE-----` and its relatives.
fn armour(line: &str) -> Option<Kind> {
    let label = line.strip_prefix("-----begin ")?.trim_end_matches('-');
    match label {
        "pgp message" => Some(Kind::PgpMessage),
        "pgp signature" | "pgp public key block" => Some(Kind::PgpSignature),
        "pkcs7" | "cms" => Some(Kind::Smime),
        label if label.contains("private key") => Some(Kind::PrivateKey),
        label if label.contains("certificate") || label.contains("public key") => Some(Kind::Certificate),
        _ => None,
    }
}

/// `begin 644 name`, then a line whose first character says how long it is.
fn is_uuencode(first: &str, second: &str) -> bool {
    let mut words = first.split_whitespace();
    let begins = matches!(words.next(), Some("begin" | "begin-base64"));
    let mode = words.next().is_some_and(|mode| mode.len() >= 3 && mode.chars().all(|c| c.is_digit(8)));
    begins && mode && words.next().is_some() && !second.is_empty()
}

/// A message has header fields from its first line on, at least two of them telling. Word also opens a saved page
/// that has other lines in front of its header.
fn message(bytes: &[u8], head: &Head) -> Option<Kind> {
    let fields = header_fields(head);
    let telling = fields.iter().filter(|name| TELLING_FIELDS.contains(&name.as_str())).count();
    let has = |name: &str| fields.iter().any(|field| field == name);
    if telling >= 2 || (telling >= 1 && fields.len() >= 4) {
        let travelled = has("received") || has("to") || has("return-path") || has("delivered-to");
        return Some(if !travelled && is_saved_page(bytes) { Kind::Mht } else { Kind::Eml });
    }
    let mime_line = head.lower.lines().any(|line| line.trim_start().starts_with("mime-version:"));
    (head.texture == Texture::Text && mime_line && is_saved_page(bytes)).then_some(Kind::Mht)
}

/// Saved pages are `multipart/related` without a receiver; Word's carry its macros as an ActiveMime part, whose
/// base64 begins with these letters.
fn is_saved_page(bytes: &[u8]) -> bool {
    let start = slice(bytes, 0, MHT_MARK_WITHIN_BYTES);
    let lower = start.to_ascii_lowercase();
    let says = |word: &[u8]| memmem::find(&lower, word).is_some();
    memmem::find(start, b"QWN0aXZlTWltZ").is_some()
        || (says(b"multipart/related") && (says(b"content-location:") || says(b"text/html")))
        || says(b"snapshot-content-location:")
}

/// The names of the header fields at the beginning, lower case, until a line is none.
fn header_fields(head: &Head) -> Vec<String> {
    let mut names = Vec::new();
    for line in head.text.trim_start_matches(['\r', '\n']).lines() {
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        let Some(name) = field_name(line) else { break };
        names.push(name);
    }
    names
}

fn field_name(line: &str) -> Option<String> {
    let (name, _) = line.split_once(':')?;
    let name = name.trim_end();
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    plain.then(|| name.to_ascii_lowercase())
}

const TELLING_FIELDS: &[&str] = &[
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "delivered-to",
    "reply-to",
    "sender",
    "content-type",
    "content-transfer-encoding",
    "dkim-signature",
    "x-mailer",
    "x-original-to",
];

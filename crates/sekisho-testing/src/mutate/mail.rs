//! A raw mail → its header fields and body, to be changed and written again.
//!
//! Only what the mutations need: fields by name, the sender, the subject, the first text and HTML part (RFC 2045,
//! RFC 2047). It decodes on its own, so that a mistake of the reader under test cannot hide itself.

use super::decode;
use crate::Rng;
use crate::encode::{Charset, Transfer, WordForm, header_text, mailbox};
use crate::mime::{Entity, Naming, boundary, media_of};

/// A mail as header fields and body.
#[derive(Debug, Clone)]
pub struct Mail {
    fields: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Mail {
    /// Divides the header from the body; a line that starts an mbox message is left out. Never fails.
    pub fn parse(bytes: &[u8]) -> Self {
        let mut rest = bytes;
        if rest.starts_with(b"From ") {
            rest = next_line(rest).1;
        }
        let mut fields: Vec<(String, Vec<u8>)> = Vec::new();
        while !rest.is_empty() {
            let (line, tail) = next_line(rest);
            rest = tail;
            if line.is_empty() {
                break;
            }
            match (line.first(), line.iter().position(|byte| *byte == b':')) {
                (Some(b' ' | b'\t'), _) => {
                    if let Some((_, value)) = fields.last_mut() {
                        value.extend_from_slice(b"\r\n");
                        value.extend_from_slice(line);
                    }
                }
                (_, Some(colon)) => {
                    let name = String::from_utf8_lossy(&line[..colon]).trim().to_owned();
                    fields.push((name, line[colon + 1..].trim_ascii().to_vec()));
                }
                _ => {}
            }
        }
        Self { fields, body: rest.to_vec() }
    }

    /// The mail as bytes again.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        Entity { fields: self.fields.clone(), body: self.body.clone() }.write(&mut out);
        out
    }

    /// The first field of that name, decoded and unfolded.
    pub fn header(&self, name: &str) -> Option<String> {
        self.raw(name).map(decode::header)
    }

    /// The display name and the address of the first mailbox in From.
    pub fn sender(&self) -> Option<(String, String)> {
        let raw = String::from_utf8_lossy(self.raw("From")?).into_owned();
        let (name, address) = match raw.rsplit_once('<') {
            Some((name, rest)) => (name, rest.split('>').next().unwrap_or_default()),
            None => ("", raw.split_whitespace().find(|word| word.contains('@'))?),
        };
        let name = decode::header(name.trim().trim_matches('"').as_bytes());
        address.contains('@').then(|| (name.trim_matches('"').to_owned(), address.trim().to_owned()))
    }

    /// The decoded subject; empty without one.
    pub fn subject(&self) -> String {
        self.header("Subject").unwrap_or_default()
    }

    /// The first `text/plain` part, decoded, lines ending in LF.
    pub fn text(&self) -> Option<String> {
        decode::first_part(&self.fields, &self.body, "text/plain")
    }

    /// The first `text/html` part, decoded.
    pub fn html(&self) -> Option<String> {
        decode::first_part(&self.fields, &self.body, "text/html")
    }

    pub(super) fn set(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        let value = value.into();
        match self.fields.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, old)) => *old = value,
            None => self.fields.push((name.to_owned(), value)),
        }
    }

    pub(super) fn add(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        self.fields.push((name.to_owned(), value.into()));
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.fields.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    pub(super) fn set_sender(&mut self, rng: &mut Rng, name: &str, address: &str) {
        let form = *rng.pick(&[WordForm::B, WordForm::B, WordForm::Q]);
        let charset = *rng.pick(&[Charset::Utf8, Charset::Iso2022Jp]);
        // Q is not written for ISO-2022-JP by any program.
        let charset = if form == WordForm::Q { Charset::Utf8 } else { charset };
        self.set("From", mailbox(name, address, charset, form));
        // The mail's own way of authentication belonged to the old sender.
        self.remove("Authentication-Results");
        self.remove("Return-Path");
        self.remove("Sender");
        self.remove("Reply-To");
    }

    pub(super) fn set_subject(&mut self, subject: &str) {
        self.set("Subject", header_text(subject, Charset::Utf8, WordForm::B));
    }

    /// Replaces everything below the header by a text, or by a text and the HTML beside it.
    pub(super) fn set_bodies(&mut self, rng: &mut Rng, text: &str, html: Option<&str>) {
        let transfer = *rng.pick(&[Transfer::Base64, Transfer::QuotedPrintable, Transfer::EightBit]);
        let mut parts = vec![Entity::text("plain", text, Charset::Utf8, transfer)];
        parts.extend(html.map(|html| Entity::text("html", html, Charset::Utf8, transfer)));
        let edge = boundary(rng, "=_alt_");
        self.set_content(Entity::multipart("alternative", parts, &edge));
    }

    /// Replaces everything below the header by HTML alone.
    pub(super) fn set_html(&mut self, html: &str) {
        self.set_content(Entity::text("html", html, Charset::Utf8, Transfer::Base64));
    }

    /// Puts other bytes in the place of the body, without regard to the fields.
    pub(super) fn set_raw_body(&mut self, body: Vec<u8>) {
        self.body = body;
    }

    /// Adds a file; the mail becomes `multipart/mixed` of what it was and the file.
    pub(super) fn attach(&mut self, rng: &mut Rng, name: &str, bytes: &[u8]) {
        self.attach_as(rng, name, media_of(name), bytes);
    }

    pub(super) fn attach_as(&mut self, rng: &mut Rng, name: &str, media: &str, bytes: &[u8]) {
        let naming = *rng.pick(&[Naming::Rfc2047, Naming::Rfc2231, Naming::Both]);
        let file = Entity::file(name, media, bytes, naming);
        self.attach_entity(rng, file);
    }

    pub(super) fn attach_entity(&mut self, rng: &mut Rng, file: Entity) {
        let edge = boundary(rng, "=_mixed_");
        let old = self.content();
        self.set_content(Entity::multipart("mixed", vec![old, file], &edge));
    }

    pub(super) fn into_parts(self) -> (Vec<(String, Vec<u8>)>, Vec<u8>) {
        (self.fields, self.body)
    }

    fn raw(&self, name: &str) -> Option<&[u8]> {
        self.fields
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_slice())
    }

    fn content(&self) -> Entity {
        let fields = self.fields.iter().filter(|(name, _)| is_content(name)).cloned().collect();
        Entity { fields, body: self.body.clone() }
    }

    fn set_content(&mut self, mut content: Entity) {
        self.fields.retain(|(name, _)| !is_content(name));
        self.set("MIME-Version", "1.0");
        self.fields.append(&mut content.fields);
        self.body = content.body;
    }
}

fn is_content(name: &str) -> bool {
    name.len() >= 8 && name.as_bytes()[..8].eq_ignore_ascii_case(b"content-")
}

fn next_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(at) => {
            let line = &bytes[..at];
            (line.strip_suffix(b"\r").unwrap_or(line), &bytes[at + 1..])
        }
        None => (bytes, &[]),
    }
}

//! One mail, read: fields, people, the tree of parts, what a person sees.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Date, Defect, Field, Link, Mailbox, Part, Role, TraceField, View};

/// A mail as its receiver would see it, and what is doubtful about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Size of the whole mail in bytes.
    pub size_bytes: u64,
    /// SHA-256 of the whole mail, lower-case hexadecimal.
    pub sha256: String,
    /// The media type declared for the mail's own body, in lower case (`text/plain`, `multipart/alternative`, …). A
    /// multipart that is the mail's own body is no part of the list: its children are `1`, `2`, … below no other.
    pub media_type: String,
    /// The header fields in order.
    pub fields: Vec<Field>,
    /// Everyone whom some program would show as the sender: all `From` fields, in order.
    pub from: Vec<Mailbox>,
    /// `Sender`.
    pub sender: Vec<Mailbox>,
    /// `Reply-To`.
    pub reply_to: Vec<Mailbox>,
    /// `To`.
    pub to: Vec<Mailbox>,
    /// `Cc`.
    pub cc: Vec<Mailbox>,
    /// The subject, decoded; empty where there is none.
    pub subject: String,
    /// The `Date` field, where it could be read.
    pub date: Option<Date>,
    /// The `Date` field as written.
    pub date_raw: String,
    /// The Message-ID without angle brackets, or empty.
    pub message_id: String,
    /// Message-IDs of `In-Reply-To`, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// Message-IDs of `References`, without angle brackets.
    pub references: Vec<String>,
    /// What the hosts on its way wrote, in order from the top: the last host first.
    pub trace: Vec<TraceField>,
    /// The tree in reading order. Parts of mails inside stand in the inner message, with full paths.
    pub parts: Vec<Part>,
    /// What is broken or doubtful.
    pub defects: Vec<Defect>,
}

impl Message {
    /// The first field `name`, decoded.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.is(name)).map(|field| field.text.as_str())
    }

    /// A digest of what makes a mail this mail, in lower-case hexadecimal: From, Date, Message-ID and the letters of the text shown. A copy
    /// that took another way has the same key, also one in a mailbox of Outlook, which keeps no more of a mail than that; a Message-ID
    /// alone proves nothing, since its sender chose it.
    pub fn key(&self) -> String {
        let mut digest = Sha256::new();
        for mailbox in &self.from {
            let address = mailbox.address.as_ref().map(|address| address.to_string().to_lowercase());
            digest.update(address.unwrap_or_default());
            digest.update([0]);
        }
        match self.date {
            Some(date) => digest.update(date.unix_seconds.to_string()),
            None => digest.update(&self.date_raw),
        }
        digest.update([0]);
        digest.update(&self.message_id);
        for view in self.chosen() {
            digest.update([0]);
            // Spaces, line ends and marks of lists differ from program to program.
            let letters: String = view.text.chars().filter(|sign| sign.is_alphanumeric()).collect();
            digest.update(letters);
        }
        data_encoding::HEXLOWER.encode(&digest.finalize())
    }

    /// The texts that a receiver sees as the mail itself (plain and HTML), with their parts.
    pub fn texts(&self) -> impl Iterator<Item = (&Part, &View)> {
        self.parts.iter().filter(|part| part.role == Role::Text).filter_map(|part| Some((part, part.view()?)))
    }

    /// Every part, those of mails inside included, in reading order.
    pub fn parts_all(&self) -> Vec<&Part> {
        let mut all = Vec::with_capacity(self.parts.len());
        collect(self, &mut all);
        all
    }

    /// Every link of the mail's own parts, with its part.
    pub fn links(&self) -> impl Iterator<Item = (&Part, &Link)> {
        self.parts
            .iter()
            .filter_map(|part| Some((part, part.view()?)))
            .flat_map(|(part, view)| view.links.iter().map(move |link| (part, link)))
    }
}

/// Depth is bounded by `Limits::depth_max` when the tree is built.
fn collect<'a>(message: &'a Message, all: &mut Vec<&'a Part>) {
    for part in &message.parts {
        all.push(part);
        if let crate::Body::Message(inner) = &part.body {
            collect(inner, all);
        }
    }
}

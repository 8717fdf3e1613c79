//! A harmless mail → the same mail with one change, so that one named check should fire, or its near miss.
//!
//! Each mutation has the identifier of the check that it is for. `fires` makes the change that the check's name
//! speaks of, in one of several manners; `near_miss` makes the harmless change that lies closest to it. Whatever is
//! attached is inert: headers without code, locks without content. What is known about the sender stands beside the mail.

mod attachments;
mod decode;
mod deeds;
mod identity;
mod links;
mod mail;
mod names;
mod relations;
mod senders;
mod structure;
mod texts;
mod threads;

pub use mail::Mail;

use sekisho_facts::Facts;

use crate::Rng;

/// A change of a mail; it makes nothing where this mail cannot be changed so (no sender, no text…).
#[derive(Debug, Clone, Copy)]
pub enum Change {
    /// Of the mail's bytes; nothing is known beside them.
    Bytes(fn(&mut Rng, &Mail) -> Option<Vec<u8>>),
    /// Of the bytes and of what is known about who sent them.
    Told(fn(&mut Rng, &Mail) -> Option<Changed>),
}

/// A changed mail.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The mail.
    pub bytes: Vec<u8>,
    /// What is known beside it.
    pub facts: Facts,
}

impl Change {
    /// Changes a mail.
    pub fn make(self, rng: &mut Rng, mail: &Mail) -> Option<Changed> {
        match self {
            Change::Bytes(change) => {
                change(rng, mail).map(|bytes| Changed { bytes, facts: Facts::default() })
            }
            Change::Told(change) => change(rng, mail),
        }
    }
}

/// What one check should see, and what it should not.
#[derive(Debug, Clone, Copy)]
pub struct Mutation {
    /// The identifier of the check.
    pub id: &'static str,
    /// The changed mail, on which the check should fire.
    pub fires: Change,
    /// The changed mail, on which it should stay quiet.
    pub near_miss: Change,
}

/// All mutations, each check at most once.
pub fn mutations() -> impl Iterator<Item = &'static Mutation> {
    [
        identity::MUTATIONS,
        senders::MUTATIONS,
        relations::MUTATIONS,
        threads::MUTATIONS,
        attachments::MUTATIONS,
        deeds::MUTATIONS,
        names::MUTATIONS,
        links::MUTATIONS,
        structure::MUTATIONS,
        texts::MUTATIONS,
    ]
    .into_iter()
    .flatten()
}

/// An address that nobody of the mail's world has.
fn stranger(rng: &mut Rng) -> String {
    let host =
        *rng.pick(&["mail-relay", "hosting-77", "server-box", "acme-garden", "clinic-west", "toys-outlet"]);
    let ending = *rng.pick(&["example", "test", "com.example", "net.test"]);
    let local = *rng.pick(&["info", "admin", "sales", "contact", "office", "m.lopez", "support"]);
    format!("{local}@{host}{}.{ending}", rng.between(1, 99))
}

/// The mail's text as it stands, or a line where it has none.
fn own_text(mail: &Mail) -> String {
    mail.text()
        .filter(|text| !text.trim().is_empty())
        .unwrap_or_else(|| "ご確認をお願いいたします。\n".to_owned())
}

/// The mail with one more file.
fn attached(rng: &mut Rng, mail: &Mail, name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut changed = mail.clone();
    changed.attach(rng, name, bytes);
    Some(changed.to_bytes())
}

/// Lines of text as HTML paragraphs.
fn paragraphs(text: &str) -> String {
    text.lines()
        .map(|line| {
            let escaped = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            format!("<p>{escaped}</p>\n")
        })
        .collect()
}

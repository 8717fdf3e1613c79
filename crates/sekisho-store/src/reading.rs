//! A read mail → what is learned of it. The same functions say about a mail that is judged what it is compared with.

mod announcements;
mod texts;
mod ways;

use sekisho_facts::Sender;
use sekisho_mail::{Address, Mailbox, Message, is_reply_subject};

use crate::learnt::{Correspondent, Direction, Learnt, Trust};

pub use announcements::announced;
pub use texts::{Texts, texts};
pub use ways::ways;

/// A mail as one mailbox has it, read, with what is known besides.
#[derive(Clone, Copy)]
pub struct ReadMail<'a> {
    /// The mailbox's owner.
    pub mailbox: &'a Address,
    /// The mail, read.
    pub message: &'a Message,
    /// Who really sent it.
    pub sender: &'a Sender,
    /// Whether the owner sent it.
    pub direction: Direction,
    /// What proves who sent it.
    pub trust: Trust,
    /// The present, in seconds since 1970: no mail is of a later time.
    pub now: i64,
}

/// Receivers taken of one mail. Who writes to more writes to nobody in particular.
const RECEIVERS_MAX: usize = 500;
/// Message-IDs taken of a thread. Its first and its last are kept.
const REFERENCES_MAX: usize = 50;
/// Bytes of a name shown; a longer one is a text.
const NAME_BYTES_MAX: usize = 200;

impl ReadMail<'_> {
    /// What is learned of it.
    pub fn learnt(&self) -> Learnt {
        let message = self.message;
        let Texts { own, quoted, signed, .. } = texts(message);
        let from = message.from.iter().find_map(correspondent);
        let announces = announced(&own, from.as_ref().map(|sender| &sender.address));
        Learnt {
            mailbox: self.mailbox.clone(),
            key: message.key(),
            message_id: message.message_id.clone(),
            references: references(message),
            is_answer: is_reply_subject(&message.subject),
            at: moment(message, self.direction, self.now),
            direction: self.direction,
            trust: self.trust,
            receivers: receivers(message),
            list: list(message),
            ways: ways(message, self.sender, &own),
            sender: from,
            own_text: own,
            quoted,
            signed,
            announces,
        }
    }
}

/// When a mail was sent. Of a received one our own side says it ([`Message::taken_at`]); else its `Date`. Never later than `now`.
pub fn moment(message: &Message, direction: Direction, now: i64) -> i64 {
    let received = message.taken_at().filter(|_| direction == Direction::Received);
    let date = received.filter(|date| date.unix_seconds <= now).or(message.date);
    date.map_or(now, |date| date.unix_seconds.clamp(0, now))
}

fn correspondent(mailbox: &Mailbox) -> Option<Correspondent> {
    let mut name = mailbox.name.trim().to_owned();
    let mut end = NAME_BYTES_MAX.min(name.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.truncate(end);
    Some(Correspondent { address: mailbox.address.clone()?, name })
}

/// `To` and `Cc`, each address once.
fn receivers(message: &Message) -> Vec<Correspondent> {
    let mut seen = std::collections::HashSet::new();
    let all = message.to.iter().chain(&message.cc).filter_map(correspondent);
    all.filter(|party| seen.insert(party.address.to_string().to_lowercase())).take(RECEIVERS_MAX).collect()
}

pub(crate) fn references(message: &Message) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in message.references.iter().chain(&message.in_reply_to) {
        if !ids.contains(id) && ids.len() <= REFERENCES_MAX * 4 {
            ids.push(id.clone());
        }
    }
    if ids.len() > REFERENCES_MAX {
        // The thread is named by its first, the answered mail by the last ones.
        let last = ids.split_off(ids.len() - (REFERENCES_MAX - 1));
        ids.truncate(1);
        ids.extend(last);
    }
    ids
}

/// The mailing list that passed a mail on; empty where none did.
pub(crate) fn list(message: &Message) -> String {
    let Some(list) = message.mailing_list() else { return String::new() };
    let posts_to = || list.posts_to.first().map(ToString::to_string);
    list.domains.first().cloned().or_else(posts_to).unwrap_or_default()
}

#[cfg(test)]
mod tests;

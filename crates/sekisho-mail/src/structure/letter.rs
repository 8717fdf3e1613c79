//! A letter of Outlook → a message, or parts in one: bodies, files, messages inside.

use crate::header::{self, Field};
use crate::mapi::{Attachment, Letter, Properties, id};
use crate::rtf::{self, Words};
use crate::{Date, DefectKind, Mailbox, Message, NameSource, Role};

use super::fields;
use super::leaf::Leaf;
use super::names::Names;
use super::reader::{Draft, Place, Reader, sha256};

impl Reader<'_> {
    /// Reads a letter as a message of its own, whose bytes are `bytes`.
    pub(super) fn letter(&mut self, letter: Letter, place: &mut Place, bytes: &[u8]) -> Message {
        let above = place.above().to_owned();
        let mut draft = Draft::default();
        let mut message = Message {
            size_bytes: bytes.len() as u64,
            sha256: sha256(bytes),
            media_type: "application/vnd.ms-outlook".to_owned(),
            ..Message::default()
        };
        let headers = letter.properties.text(id::TRANSPORT_HEADERS).unwrap_or_default();
        let block = header::split(headers.as_bytes(), self.limits);
        for (kind, seen) in fields::fill(&mut message, block.fields, self.limits) {
            // The sender stands in the properties too, and what is in the parts is not what the header says of them.
            if !matches!(kind, DefectKind::NoFrom | DefectKind::NoMimeVersion) {
                self.note(&mut draft, kind, &above, &seen);
            }
        }
        complete(&mut message, &letter);
        if !message.from.iter().any(|mailbox| mailbox.address.is_some()) {
            self.note(&mut draft, DefectKind::NoFrom, &above, "");
        }
        self.letter_marks(&mut draft, &above, &letter);
        self.letter_parts(&mut draft, place, letter);
        message.parts = draft.parts;
        message.defects = draft.defects;
        message
    }

    /// Notes what could not be read of a letter.
    pub(super) fn letter_marks(&mut self, draft: &mut Draft, path: &str, letter: &Letter) {
        if letter.broken {
            self.note(draft, DefectKind::ContainerBroken, path, "");
        }
        if letter.too_large {
            self.note(draft, DefectKind::LimitReached, path, "container");
        }
    }

    /// Adds a letter's bodies and attachments as parts.
    pub(super) fn letter_parts(&mut self, draft: &mut Draft, place: &mut Place, letter: Letter) {
        self.letter_bodies(draft, place, &letter.properties);
        for attachment in letter.attachments {
            if self.parts_left() == 0 {
                return;
            }
            self.letter_attachment(draft, place, attachment);
        }
    }

    fn letter_bodies(&mut self, draft: &mut Draft, place: &mut Place, properties: &Properties) {
        let text = |media_type: &str, charset: Option<String>| Leaf {
            role: Role::Text,
            charset,
            ..Leaf::found(media_type, Vec::new())
        };
        let utf8 = || Some("utf-8".to_owned());
        let plain = properties.text(id::BODY).filter(|body| !body.trim().is_empty());
        if let Some(body) = &plain {
            self.body(draft, place, text("text/plain", utf8()), body.as_bytes());
        }
        if let Some(html) = properties.text(id::HTML) {
            self.body(draft, place, text("text/html", utf8()), html.as_bytes());
        } else if let Some(html) = properties.bytes(id::HTML) {
            let codepage = properties.number(id::INTERNET_CODEPAGE).and_then(|page| u32::try_from(page).ok());
            let label = codepage.and_then(crate::mapi::charset_label);
            self.body(draft, place, text("text/html", label), html);
        } else if let Some(packed) = properties.bytes(id::RTF_COMPRESSED) {
            let Some(rtf) = rtf::decompress(packed, self.limits.view_bytes_max.saturating_mul(4)) else {
                self.note(draft, DefectKind::ContainerBroken, &place.peek(), "compressed RTF");
                return;
            };
            match rtf::words(&rtf) {
                Words::Html(html) => self.body(draft, place, text("text/html", utf8()), html.as_bytes()),
                Words::Plain(words) if plain.is_none() && !words.trim().is_empty() => {
                    self.body(draft, place, text("text/plain", utf8()), words.as_bytes());
                }
                Words::Plain(_) => {}
            }
        }
    }

    fn body(&mut self, draft: &mut Draft, place: &mut Place, leaf: Leaf, bytes: &[u8]) {
        if self.parts_left() > 0 && self.may_decode(bytes.len()) {
            self.content(draft, place, leaf, bytes);
        }
    }

    fn letter_attachment(&mut self, draft: &mut Draft, place: &mut Place, attachment: Attachment) {
        let properties = &attachment.properties;
        let mut names = Names::default();
        for name in [id::ATTACH_LONG_NAME, id::ATTACH_SHORT_NAME, id::DISPLAY_NAME] {
            names.add(&properties.text(name).unwrap_or_default(), NameSource::Container);
        }
        names.add(&attachment.title, NameSource::Container);
        let media_type = properties.text(id::ATTACH_TYPE).unwrap_or_default().to_ascii_lowercase();
        let content_id = properties.text(id::ATTACH_CONTENT_ID).unwrap_or_default();
        let is_picture = media_type.starts_with("image/") && !content_id.is_empty();
        let media_type =
            if media_type.contains('/') { media_type.as_str() } else { "application/octet-stream" };
        let leaf = Leaf {
            role: if is_picture { Role::Inline } else { Role::Attachment },
            content_id: content_id.trim_start_matches('<').trim_end_matches('>').to_owned(),
            ..Leaf::found(media_type, names.into_list())
        };
        if let Some(inside) = attachment.inside {
            let path = place.take();
            let leaf = Leaf { media_type: "application/vnd.ms-outlook".to_owned(), ..leaf };
            let message = self.deeper(|reader| reader.letter(*inside, &mut Place::below(&path), &[]));
            let unread = message.is_none().then_some(sekisho_content::Unread::TooDeep);
            if unread.is_some() {
                self.note(draft, DefectKind::LimitReached, &path, "depth");
            }
            self.message_part(draft, path, Leaf { unread, ..leaf }, &[], message.unwrap_or_default());
        } else if self.may_decode(attachment.data.len()) {
            self.content(draft, place, leaf, &attachment.data);
        } else {
            self.unread(draft, place, leaf, &[], sekisho_content::Unread::TooLarge);
        }
    }
}

/// Puts what the properties say before what the header says: Outlook shows the properties.
fn complete(message: &mut Message, letter: &Letter) {
    let properties = &letter.properties;
    if let Some(subject) = properties.text(id::SUBJECT) {
        message.subject = subject;
    }
    let author = properties.person(id::REPRESENTING_NAME, &[id::REPRESENTING_SMTP, id::REPRESENTING_ADDRESS]);
    let sender = properties.person(id::SENDER_NAME, &[id::SENDER_SMTP, id::SENDER_ADDRESS]);
    let mut from: Vec<Mailbox> = Vec::new();
    author.into_iter().for_each(|person| add(&mut from, person));
    let authors = from.len();
    sender.into_iter().for_each(|person| add(&mut from, person));
    // Who sent it on somebody's behalf, is shown as that: what `Sender` is in a header.
    if authors == 1 && from.len() > authors {
        let sender = from.split_off(authors);
        if message.sender.is_empty() {
            message.sender = sender;
        }
    }
    for person in std::mem::take(&mut message.from) {
        add(&mut from, person);
    }
    message.from = from;
    for (kind, to) in [(1, &mut message.to), (2, &mut message.cc)] {
        let people =
            letter.recipients.iter().filter(|(one, _)| *one == kind).map(|(_, person)| person.clone());
        let people: Vec<Mailbox> = people.collect();
        if !people.is_empty() {
            *to = people;
        }
    }
    if message.date.is_none() {
        let time = properties.number(id::SUBMIT_TIME).or(properties.number(id::DELIVERY_TIME));
        message.date = time.map(date);
    }
    let ids = |number: u16| fields::message_ids(&properties.text(number).unwrap_or_default());
    if message.message_id.is_empty() {
        message.message_id = ids(id::MESSAGE_ID).into_iter().next().unwrap_or_default();
    }
    if message.in_reply_to.is_empty() {
        message.in_reply_to = ids(id::IN_REPLY_TO);
    }
    if message.references.is_empty() {
        message.references = ids(id::REFERENCES);
    }
    if message.fields.is_empty() && !message.subject.is_empty() {
        let raw = message.subject.clone().into_bytes();
        message.fields.push(Field { name: "Subject".to_owned(), raw, text: message.subject.clone() });
    }
}

/// Adds a person who is not there yet. Outlook keeps the same one with and without an address, and with other spaces in the name.
fn add(people: &mut Vec<Mailbox>, person: Mailbox) {
    let bare = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let address = |one: &Mailbox| one.address.as_ref().map(ToString::to_string).unwrap_or_default();
    let (name, its_address) = (bare(&person.name), bare(&address(&person)));
    for known in people.iter_mut() {
        let (known_name, known_address) = (bare(&known.name), bare(&address(known)));
        let says_no_more = name.is_empty() || name == known_name || name == its_address;
        if says_no_more && !its_address.is_empty() && its_address == known_address {
            return;
        }
        if name == known_name && !name.is_empty() && (its_address.is_empty() || known_address.is_empty()) {
            known.address = known.address.take().or(person.address);
            return;
        }
    }
    people.push(person);
}

/// A time of Windows: 100 ns since 1601.
fn date(ticks: i64) -> Date {
    const UNIX_EPOCH_SECONDS: i64 = 11_644_473_600;
    Date { unix_seconds: (ticks / 10_000_000).saturating_sub(UNIX_EPOCH_SECONDS), offset_minutes: 0 }
}

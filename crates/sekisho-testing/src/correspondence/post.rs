//! A letter → the bytes of a mail as its writer's program sends it and our server stores it.

use jiff::civil::DateTime;

use super::letter::{Letter, Posting};
use super::people::Proof;
use crate::encode::{Charset, WordForm, header_text, mailbox};
use crate::generate::client::{Bodies, Habits};
use crate::generate::html;
use crate::generate::world::Party;
use crate::mime::{Entity, boundary, field, media_of};
use crate::{Rng, files};

/// Seconds since 1970 of a Japanese clock.
pub(crate) fn seconds(date: DateTime) -> i64 {
    jiff::tz::Offset::constant(9).to_timestamp(date).map_or(0, |moment| moment.as_second())
}

/// The raw message, lines ending in CRLF.
pub(crate) fn bytes(letter: &Letter) -> Vec<u8> {
    let mut rng = Rng::new(letter.seed);
    let habits = letter.from.client.habits_today(&mut rng);
    let mut content = content(&mut rng, letter, &habits);
    let mut fields = trace(&mut rng, letter);
    fields.append(&mut header(letter, &habits));
    fields.append(&mut content.fields);
    content.fields = fields;
    let mut bytes = Vec::new();
    content.write(&mut bytes);
    bytes
}

fn content(rng: &mut Rng, letter: &Letter, habits: &Habits) -> Entity {
    let mut parts = vec![bodies(rng, letter, habits)];
    for name in &letter.files {
        parts.push(match name.strip_prefix("locked:") {
            Some(name) => {
                let inner = name.replace(".zip", ".pdf");
                let bytes = files::locked_zip(rng, &[inner.as_str()]);
                Entity::file(name, "application/zip", &bytes, habits.naming)
            }
            None => Entity::file(name, media_of(name), &files::by_name(rng, name), habits.naming),
        });
    }
    let edge = boundary(rng, habits.boundary);
    Entity::multipart("mixed", parts, &edge)
}

fn bodies(rng: &mut Rng, letter: &Letter, habits: &Habits) -> Entity {
    let text = format!("{}\n", letter.text());
    let side = Entity::text("plain", &text, habits.charset, habits.transfer);
    let is_page_fit = matches!(letter.posting, Posting::Top | Posting::Nothing | Posting::Unmarked);
    if habits.bodies == Bodies::Plain || !is_page_fit {
        return side;
    }
    let page = match letter.posting {
        Posting::Top if !letter.quoted.is_empty() => {
            html::letter(letter.from.client, &letter.own, Some(&letter.quoted))
        }
        _ => html::letter(letter.from.client, &letter.text(), None),
    };
    let web = Entity::text("html", &page, habits.charset, habits.transfer);
    if habits.bodies == Bodies::HtmlOnly {
        return web;
    }
    let edge = boundary(rng, habits.boundary);
    Entity::multipart("alternative", vec![side, web], &edge)
}

fn header(letter: &Letter, habits: &Habits) -> Vec<(String, Vec<u8>)> {
    let words = if habits.words == WordForm::Raw { WordForm::B } else { habits.words };
    let list = |people: &[Party], charset: Charset| {
        let all: Vec<Vec<u8>> =
            people.iter().map(|person| mailbox(&person.full, &person.address, charset, words)).collect();
        all.join(b",\r\n ".as_slice())
    };
    let mut fields = Vec::new();
    if let Some((name, value)) = habits.mailer {
        fields.push(field(name, value));
    }
    fields.push(field("Date", rfc5322(letter.date)));
    fields.push(("From".into(), mailbox(&letter.from.display, &letter.from.address, habits.charset, words)));
    fields.push(("To".into(), list(&letter.to, habits.charset)));
    if !letter.cc.is_empty() {
        fields.push(("Cc".into(), list(&letter.cc, habits.charset)));
    }
    fields.push(("Subject".into(), header_text(&letter.subject, habits.charset, words)));
    fields.push(field("Message-ID", &letter.message_id));
    if !letter.in_reply_to.is_empty() {
        fields.push(field("In-Reply-To", &letter.in_reply_to));
        fields.push(field("References", letter.references.join("\r\n ")));
    }
    for (name, value) in &letter.extra {
        fields.push(field(name, value));
    }
    fields.push(field("MIME-Version", "1.0"));
    fields
}

/// What the servers on the way wrote; our border first.
fn trace(rng: &mut Rng, letter: &Letter) -> Vec<(String, Vec<u8>)> {
    let domain = letter.from.domain();
    let stamp = rfc5322(letter.date);
    let mut fields = vec![field("Return-Path", format!("<{}>", letter.from.address))];
    let id = rng.alphanumeric(11);
    if domain == "midori.example" {
        fields.push(field(
            "Received",
            format!("from [192.0.2.44] by mail.midori.example with ESMTPSA id {id};\r\n\t{stamp}"),
        ));
        return fields;
    }
    let number = domain.bytes().fold(17_usize, |sum, byte| (sum * 31 + usize::from(byte)) % 60_000);
    let ip = format!("198.51.{}.{}", number / 250 % 250, number % 250 + 1);
    let first = letter.to.first().map_or("info@midori.example", |person| person.address.as_str());
    fields.push(field(
        "Received",
        format!("from mail.{domain} (mail.{domain} [{ip}])\r\n\tby mx.midori.example (Postfix) with ESMTPS id {id}\r\n\tfor <{first}>; {stamp}"),
    ));
    let results = match letter.proof {
        Proof::Dmarc => format!(
            "spf=pass smtp.mailfrom={domain};\r\n\tdkim=pass header.d={domain};\r\n\tdmarc=pass header.from={domain}"
        ),
        Proof::Spf => {
            format!("spf=pass smtp.mailfrom={domain};\r\n\tdkim=none;\r\n\tdmarc=none header.from={domain}")
        }
        Proof::Nothing => {
            format!("spf=none smtp.mailfrom={domain};\r\n\tdkim=none;\r\n\tdmarc=none header.from={domain}")
        }
        Proof::SpfFails => {
            format!(
                "spf=softfail smtp.mailfrom={domain};\r\n\tdkim=none;\r\n\tdmarc=none header.from={domain}"
            )
        }
        Proof::ThroughList => format!(
            "spf=pass smtp.mailfrom=lists.kenchiku-kai.example;\r\n\tdkim=fail header.d={domain};\r\n\tdmarc=fail (p=none) header.from={domain}"
        ),
        Proof::Unrecorded => String::new(),
    };
    if !results.is_empty() {
        fields.push(field("Authentication-Results", format!("mx.midori.example;\r\n\t{results}")));
    }
    fields.push(field(
        "Received",
        format!("by mail.{domain} with ESMTPA id {};\r\n\t{stamp}", rng.alphanumeric(9)),
    ));
    fields
}

fn rfc5322(when: DateTime) -> String {
    when.strftime("%a, %d %b %Y %H:%M:%S +0900").to_string()
}

//! The header of a mail → who wrote, to whom, about what, in answer to what (RFC 5322 section 3.6).

use crate::header::Field;
use crate::{Date, DefectKind, Limits, Mailbox, Message, address, trace};

/// Fields that stand once in a mail (RFC 5322 section 3.6). `From` and the MIME fields have defects of their own.
const ONCE: &[&str] =
    &["Subject", "Date", "To", "Cc", "Reply-To", "Sender", "Message-ID", "In-Reply-To", "References"];

/// Fills what the fields say into `message` and gives the defects, each with the value seen.
pub(crate) fn fill(message: &mut Message, fields: Vec<Field>, limits: &Limits) -> Vec<(DefectKind, String)> {
    let mut defects = Vec::new();
    people(message, &fields, limits, &mut defects);
    let text = |name: &str| {
        fields
            .iter()
            .find(|field| field.is(name))
            .map(|field| field.text.trim())
            .unwrap_or_default()
            .to_owned()
    };
    message.subject = text("Subject");
    message.date_raw = text("Date");
    message.date = Date::parse(&message.date_raw);
    message.message_id = message_ids(&text("Message-ID")).into_iter().next().unwrap_or_default();
    message.in_reply_to = message_ids(&text("In-Reply-To"));
    message.references = message_ids(&text("References"));
    for name in ONCE {
        let mut all = fields.iter().filter(|field| field.is(name));
        if let (Some(_), Some(second)) = (all.next(), all.next()) {
            defects.push((DefectKind::RepeatedField, format!("{name}: {}", second.text.trim())));
        }
    }
    let has = |name: &str| fields.iter().any(|field| field.is(name));
    if has("Content-Type") && !has("MIME-Version") {
        defects.push((DefectKind::NoMimeVersion, String::new()));
    }
    message.trace = trace::read(&fields);
    message.fields = fields;
    defects
}

/// The Message-IDs in a value: what stands in angle brackets, or bare words with an `@`.
pub(crate) fn message_ids(value: &str) -> Vec<String> {
    // Long threads reach some hundreds; the newest stand last, and the whole field is bounded already.
    const IDS_MAX: usize = 2_000;
    if !value.contains('<') {
        let words = value.split_whitespace().filter(|word| word.contains('@'));
        return words.take(IDS_MAX).map(str::to_owned).collect();
    }
    value
        .split('<')
        .skip(1)
        .filter_map(|after| after.split_once('>').map(|(id, _)| id).or(Some(after)))
        .map(|id| id.split_whitespace().collect::<String>())
        .filter(|id| !id.is_empty())
        .take(IDS_MAX)
        .collect()
}

fn people(message: &mut Message, fields: &[Field], limits: &Limits, defects: &mut Vec<(DefectKind, String)>) {
    let mut list = |name: &str| {
        let mut found = Vec::new();
        let mut people: Vec<Mailbox> = Vec::new();
        for field in fields.iter().filter(|field| field.is(name)) {
            let left = limits.addresses_max.saturating_sub(people.len());
            people.extend(address::parse_list(&field.raw, left, &mut found));
        }
        // Several receivers are no ambiguity: that one is about who wrote the mail.
        found.retain(|&kind| kind != DefectKind::AmbiguousFrom || name == "From");
        defects.extend(found.into_iter().map(|kind| (kind, String::new())));
        people
    };
    message.from = list("From");
    message.sender = list("Sender");
    message.reply_to = list("Reply-To");
    message.to = list("To");
    message.cc = list("Cc");
    let mut from = fields.iter().filter(|field| field.is("From"));
    if let (Some(_), Some(second)) = (from.next(), from.next()) {
        defects.push((DefectKind::SeveralFrom, second.text.trim().to_owned()));
    }
    if !message.from.iter().any(|mailbox| mailbox.address.is_some()) {
        defects.push((DefectKind::NoFrom, String::new()));
    }
}

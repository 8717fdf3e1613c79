//! A letter → a TNEF stream ([MS-OXTNEF]) that [`super::read`] gives back: how a mail from a data file of Outlook becomes bytes of its own.
//!
//! The same letter gives the same bytes. What is broken or left out of a letter is marked by an attribute that breaks off at the end.

use super::{SIGNATURE, attribute};
use crate::Mailbox;
use crate::mapi::{Attachment, Letter, Properties, Value, id};

/// The levels of attributes: of the message, and of its attachments.
const OF_MESSAGE: u8 = 1;
const OF_ATTACHMENT: u8 = 2;

/// Types of attributes ([MS-OXTNEF] section 2.1.3), in the upper half of a tag.
const BYTES: u32 = 0x0006_0000;

/// Types of properties ([MS-OXCDATA] section 2.11.1).
mod kind {
    pub(super) const LONG: u32 = 0x0003;
    pub(super) const OBJECT: u32 = 0x000d;
    pub(super) const LARGE: u32 = 0x0014;
    pub(super) const NARROW: u32 = 0x001e;
    pub(super) const WIDE: u32 = 0x001f;
    pub(super) const TIME: u32 = 0x0040;
    pub(super) const BINARY: u32 = 0x0102;
}

/// The interface by which a message is attached (`IID_IMessage`).
const MESSAGE_INTERFACE: [u8; 16] = [7, 3, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];

/// Writes a letter.
pub(crate) fn write(letter: &Letter) -> Vec<u8> {
    let mut out = SIGNATURE.to_vec();
    // The key, by which a mail program finds a stream and its message together.
    out.extend([0, 0]);
    let mut codepages = letter.properties.codepage.to_le_bytes().to_vec();
    codepages.extend([0; 4]);
    put(&mut out, OF_MESSAGE, attribute::CODEPAGE, &codepages);
    put(&mut out, OF_MESSAGE, attribute::MESSAGE_PROPERTIES, &list(&letter.properties, None));
    if !letter.recipients.is_empty() {
        let count = u32::try_from(letter.recipients.len()).unwrap_or(u32::MAX);
        let mut table = count.to_le_bytes().to_vec();
        letter.recipients.iter().for_each(|(kind, person)| table.extend(receiver(*kind, person)));
        put(&mut out, OF_MESSAGE, attribute::RECEIVERS, &table);
    }
    for attachment in &letter.attachments {
        attach(&mut out, attachment);
    }
    if letter.broken || letter.too_large {
        out.push(OF_MESSAGE);
    }
    out
}

fn attach(out: &mut Vec<u8>, attachment: &Attachment) {
    const RENDERING_BYTES: usize = 14;
    put(out, OF_ATTACHMENT, attribute::ATTACH_BEGIN, &[0; RENDERING_BYTES]);
    let inside = attachment.inside.as_ref().map(|inside| [&MESSAGE_INTERFACE[..], &write(inside)].concat());
    put(out, OF_ATTACHMENT, attribute::ATTACH_PROPERTIES, &list(&attachment.properties, inside));
    if !attachment.data.is_empty() {
        put(out, OF_ATTACHMENT, attribute::ATTACH_DATA, &attachment.data);
    }
}

/// An attribute: its level, tag and length, its data, and the sum of that.
fn put(out: &mut Vec<u8>, level: u8, number: u32, data: &[u8]) {
    out.push(level);
    out.extend((BYTES | number).to_le_bytes());
    out.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(data);
    let sum = data.iter().fold(0_u16, |sum, byte| sum.wrapping_add(u16::from(*byte)));
    out.extend(sum.to_le_bytes());
}

fn receiver(kind: i64, person: &Mailbox) -> Vec<u8> {
    let wide = |text: &str| Value::Wide(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    let mut properties = Properties::default();
    properties.put(id::RECIPIENT_TYPE, Value::Number(kind));
    properties.put(id::DISPLAY_NAME, wide(&person.name));
    if let Some(address) = &person.address {
        properties.put(id::SMTP_ADDRESS, wide(&address.to_string()));
    }
    list(&properties, None)
}

/// A list of properties, with an attached object where there is one.
fn list(properties: &Properties, object: Option<Vec<u8>>) -> Vec<u8> {
    let all = properties.all();
    let count = all.len() + usize::from(object.is_some());
    let mut out = u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes().to_vec();
    for (id, value) in all {
        property(&mut out, id, value);
    }
    if let Some(object) = object {
        sized(&mut out, id::ATTACH_DATA, kind::OBJECT, &object);
    }
    out
}

fn property(out: &mut Vec<u8>, id: u16, value: &Value) {
    match value {
        Value::Wide(text) => sized(out, id, kind::WIDE, text),
        Value::Narrow(text) => sized(out, id, kind::NARROW, text),
        Value::Binary(bytes) => sized(out, id, kind::BINARY, bytes),
        Value::Number(number) => {
            let is_time = matches!(id, id::SUBMIT_TIME | id::DELIVERY_TIME);
            match u32::try_from(*number) {
                Ok(short) if !is_time => {
                    out.extend(tag(id, kind::LONG));
                    out.extend(short.to_le_bytes());
                }
                _ => {
                    out.extend(tag(id, if is_time { kind::TIME } else { kind::LARGE }));
                    out.extend(number.to_le_bytes());
                }
            }
        }
    }
}

fn sized(out: &mut Vec<u8>, id: u16, kind: u32, bytes: &[u8]) {
    const ONE_VALUE: u32 = 1;
    out.extend(tag(id, kind));
    out.extend(ONE_VALUE.to_le_bytes());
    out.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(bytes);
    let padding = (4 - bytes.len() % 4) % 4;
    out.extend(std::iter::repeat_n(0, padding));
}

fn tag(id: u16, kind: u32) -> [u8; 4] {
    (u32::from(id) << 16 | kind).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Address, Limits};

    fn letter(depth: usize) -> Letter {
        let mut letter = Letter::default();
        letter.properties.codepage = 932;
        letter.properties.put(id::SUBJECT, Value::Narrow(b"\x8c\xa9\x90\xcf".to_vec()));
        letter.properties.put(id::BODY, Value::Wide(vec![b'a', 0, b'b', 0, b'c', 0]));
        letter.properties.put(id::SUBMIT_TIME, Value::Number(134_053_056_000_000_000));
        letter.properties.put(id::HTML, Value::Binary(b"<p>x".to_vec()));
        let person = |name: &str, address| Mailbox {
            name: name.to_owned(),
            address: Address::parse(address),
            group: String::new(),
        };
        letter.recipients = vec![(1, person("青井 蓮", "aoi@midori.example")), (2, person("x", ""))];
        let mut file = Attachment { data: vec![7; 3 + depth], ..Attachment::default() };
        file.properties.codepage = 932;
        file.properties.put(id::ATTACH_LONG_NAME, Value::Narrow(b"\x8c\xa9.zip".to_vec()));
        letter.attachments.push(file);
        if depth > 0 {
            let inside = Some(Box::new(self::letter(depth - 1)));
            letter.attachments.push(Attachment { inside, ..Attachment::default() });
        }
        letter
    }

    fn same(one: &Letter, other: &Letter) {
        let text = |letter: &Letter| format!("{:?} {}", letter.properties.all(), letter.properties.codepage);
        assert_eq!(text(one), text(other));
        assert_eq!(one.recipients, other.recipients);
        assert_eq!((one.broken || one.too_large, false), (other.broken, other.too_large));
        assert_eq!(one.attachments.len(), other.attachments.len());
        for (one, other) in one.attachments.iter().zip(&other.attachments) {
            assert_eq!(one.data, other.data);
            assert_eq!(
                one.properties.text(id::ATTACH_LONG_NAME),
                other.properties.text(id::ATTACH_LONG_NAME)
            );
            assert_eq!(one.inside.is_some(), other.inside.is_some());
            if let (Some(one), Some(other)) = (&one.inside, &other.inside) {
                same(one, other);
            }
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let limits = Limits::default();
        let mut one = letter(2);
        same(&one, &super::super::read(&write(&one), &limits));
        assert_eq!(write(&one), write(&letter(2)));
        one.too_large = true;
        same(&one, &super::super::read(&write(&one), &limits));
    }
}

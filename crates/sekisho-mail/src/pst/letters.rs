//! A node of a message ([MS-PST] section 2.4.5) → a letter with its receivers, files and messages inside.

use super::blocks::{Blocks, Inner, Missing};
use super::limits::{DEPTH_MAX, MEMBERS_MAX};
use super::objects::{Object, Read};
use crate::mapi::{Attachment, Letter, Value, id};

/// The number of the table of receivers among the nodes within a message ([MS-PST] section 2.4.1).
const RECEIVERS: u32 = 0x692;
/// The kind of node that an attachment is (section 2.2.2.1).
const ATTACHMENT: u32 = 0x05;

/// Classes of what is kept beside mail, by their beginnings ([MS-OXCMSG] section 2.2.1.3 and those that it names).
const NO_MAIL: &[&str] = &[
    "ipm.contact",
    "ipm.distlist",
    "ipm.abchperson",
    "ipm.appointment",
    "ipm.ole.class",
    "ipm.task",
    "ipm.stickynote",
    "ipm.activity",
    "ipm.configuration",
    "ipm.microsoft",
    "ipm.rule",
    "ipm.extendedrule",
    "ipm.sharing.index",
    "ipm.aggregation",
    "ipm.document",
    "ipm.files",
    "ipc.",
];
/// A task that is asked of somebody comes as a mail.
const MAIL_ALL_THE_SAME: &[&str] = &["ipm.taskrequest"];

/// Reads the message whose data and inner nodes are at these blocks; `codepage` is that of text without one of its own.
pub(super) fn letter(
    blocks: &mut Blocks<'_>,
    data: u64,
    inside: u64,
    codepage: u32,
    depth: usize,
) -> Result<Letter, Missing> {
    let object = Object::open(blocks, data, inside)?;
    let Read { mut properties, is_broken, is_too_large, .. } = object.read(blocks, id::OF_MESSAGE)?;
    properties.settle_codepage(codepage);
    let codepage = properties.codepage;
    let mut letter = Letter { properties, broken: is_broken, too_large: is_too_large, ..Letter::default() };
    if let Some(table) = object.inner(RECEIVERS) {
        receivers(blocks, table, codepage, &mut letter);
    }
    for attached in object.inner.iter().filter(|inner| inner.number & 0x1f == ATTACHMENT) {
        if letter.attachments.len() >= MEMBERS_MAX {
            letter.too_large = true;
            break;
        }
        let attachment = attachment(blocks, *attached, codepage, depth, &mut letter);
        letter.attachments.push(attachment);
    }
    Ok(letter)
}

/// Whether a letter is a mail, and no entry of an address book, a calendar, or of Outlook's own.
pub(super) fn is_mail(letter: &Letter) -> bool {
    let class = letter.properties.text(id::MESSAGE_CLASS).unwrap_or_default().to_ascii_lowercase();
    let begins = |names: &[&str]| names.iter().any(|name| class.starts_with(name));
    !begins(NO_MAIL) || begins(MAIL_ALL_THE_SAME)
}

fn receivers(blocks: &mut Blocks<'_>, table: Inner, codepage: u32, letter: &mut Letter) {
    let rows = Object::open(blocks, table.data, table.inside)
        .and_then(|object| object.rows(blocks, id::OF_RECEIVER));
    let rows = note(rows, letter).unwrap_or_default();
    for mut row in rows {
        letter.broken |= row.is_broken;
        letter.too_large |= row.is_too_large;
        row.properties.settle_codepage(codepage);
        letter.recipients.extend(row.properties.receiver());
    }
}

/// An attachment that cannot be read stays as one without content, so that it is not overlooked.
fn attachment(
    blocks: &mut Blocks<'_>,
    attached: Inner,
    codepage: u32,
    depth: usize,
    letter: &mut Letter,
) -> Attachment {
    let mut attachment = Attachment::default();
    let object = Object::open(blocks, attached.data, attached.inside);
    let read = object.and_then(|object| Ok((object.read(blocks, id::OF_ATTACHMENT)?, object)));
    let Some((read, object)) = note(read, letter) else { return attachment };
    letter.broken |= read.is_broken;
    letter.too_large |= read.is_too_large;
    attachment.properties = read.properties;
    attachment.properties.settle_codepage(codepage);
    match (attachment.properties.take(id::ATTACH_DATA), read.attached) {
        (Some(Value::Binary(data)), _) => attachment.data = data,
        (_, Some(number)) => {
            let inside = object.inner(number).ok_or(Missing::Damaged);
            if let Some(inside) = note(inside, letter) {
                attach_object(blocks, inside, codepage, depth, letter, &mut attachment);
            }
        }
        // Attached by reference only, or lost.
        _ => letter.broken = true,
    }
    attachment
}

/// An attached object: a message, or a document that was embedded.
fn attach_object(
    blocks: &mut Blocks<'_>,
    inside: Inner,
    codepage: u32,
    depth: usize,
    letter: &mut Letter,
    attachment: &mut Attachment,
) {
    const METHOD_MESSAGE: i64 = 5;
    if attachment.properties.number(id::ATTACH_METHOD) != Some(METHOD_MESSAGE) {
        attachment.data = note(blocks.data(inside.data), letter).unwrap_or_default();
        return;
    }
    if depth >= DEPTH_MAX {
        letter.too_large = true;
        return;
    }
    let inner = self::letter(blocks, inside.data, inside.inside, codepage, depth + 1);
    attachment.inside = note(inner, letter).map(Box::new);
}

/// What was read, or the note in the letter that it was not.
fn note<T>(read: Result<T, Missing>, letter: &mut Letter) -> Option<T> {
    match read {
        Ok(read) => return Some(read),
        Err(Missing::Damaged) => letter.broken = true,
        Err(Missing::TooLarge) => letter.too_large = true,
    }
    None
}

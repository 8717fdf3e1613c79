//! A TNEF stream (`winmail.dat`, [MS-OXTNEF]) → a letter with its files and messages inside.

mod write;

use crate::Limits;
use crate::mapi::{Attachment, Letter, Properties, Value, id, narrow};
use crate::ole::u32_at;

pub(crate) use write::write;

/// The first four bytes ([MS-OXTNEF] section 2.1.1).
const SIGNATURE: &[u8] = b"\x78\x9f\x3e\x22";

/// Attributes that are read, by their numbers in [MS-OXTNEF] section 2.1.3.
mod attribute {
    pub(super) const SUBJECT: u32 = 0x8004;
    pub(super) const BODY: u32 = 0x800c;
    pub(super) const ATTACH_DATA: u32 = 0x800f;
    pub(super) const ATTACH_TITLE: u32 = 0x8010;
    pub(super) const ATTACH_BEGIN: u32 = 0x9002;
    pub(super) const MESSAGE_PROPERTIES: u32 = 0x9003;
    pub(super) const RECEIVERS: u32 = 0x9004;
    pub(super) const ATTACH_PROPERTIES: u32 = 0x9005;
    pub(super) const CODEPAGE: u32 = 0x9007;
}

/// Whether `bytes` are one.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// Reads one. What is broken ends the reading; what was read before stays.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Letter {
    read_at(bytes, limits, 0, 0)
}

fn read_at(bytes: &[u8], limits: &Limits, codepage: u32, depth: usize) -> Letter {
    const HEADER_BYTES: usize = 6;
    const ATTRIBUTE_HEADER_BYTES: usize = 9;
    const CHECKSUM_BYTES: usize = 2;
    let mut letter = Letter::default();
    letter.properties.codepage = codepage;
    let mut at = HEADER_BYTES;
    let mut entries = 0;
    while at < bytes.len() {
        let (Some(tag), Some(length)) = (u32_at(bytes, at + 1), u32_at(bytes, at + 5)) else {
            letter.broken = true;
            break;
        };
        entries += 1;
        if entries > limits.container_entries_max {
            letter.too_large = true;
            break;
        }
        let from = at + ATTRIBUTE_HEADER_BYTES;
        let end = from.saturating_add(length as usize);
        letter.broken |= end > bytes.len();
        let data = bytes.get(from..end.min(bytes.len())).unwrap_or_default();
        take(&mut letter, tag & 0xffff, data, limits, depth);
        at = end.saturating_add(CHECKSUM_BYTES);
    }
    letter
}

fn take(letter: &mut Letter, number: u32, data: &[u8], limits: &Limits, depth: usize) {
    let codepage = letter.properties.codepage;
    match number {
        attribute::CODEPAGE => letter.properties.codepage = u32_at(data, 0).unwrap_or(codepage),
        attribute::SUBJECT => letter.properties.put(id::SUBJECT, Value::Narrow(data.to_vec())),
        attribute::BODY => letter.properties.put(id::BODY, Value::Narrow(data.to_vec())),
        attribute::MESSAGE_PROPERTIES => {
            letter.broken |= properties(data, &mut letter.properties, limits).is_none();
            letter.properties.settle_codepage(codepage);
        }
        attribute::RECEIVERS => letter.broken |= receivers(data, letter, limits).is_none(),
        attribute::ATTACH_BEGIN => letter.attachments.push(Attachment::default()),
        attribute::ATTACH_TITLE | attribute::ATTACH_DATA | attribute::ATTACH_PROPERTIES => {
            // Programs also take an attachment that nothing announces.
            if letter.attachments.is_empty() {
                letter.attachments.push(Attachment::default());
            }
            let Some(attachment) = letter.attachments.last_mut() else { return };
            match number {
                attribute::ATTACH_TITLE => attachment.title = narrow(data, codepage),
                attribute::ATTACH_DATA => attachment.data = data.to_vec(),
                _ => {
                    attachment.properties.codepage = codepage;
                    letter.broken |= properties(data, &mut attachment.properties, limits).is_none();
                    letter.too_large |= inside(attachment, limits, codepage, depth);
                }
            }
        }
        _ => {}
    }
}

/// Reads an attachment's data from its properties: an object's interface, then a TNEF stream or a file. True where it
/// is too deep.
fn inside(attachment: &mut Attachment, limits: &Limits, codepage: u32, depth: usize) -> bool {
    const INTERFACE_BYTES: usize = 16;
    let Some(data) = attachment.properties.bytes(id::ATTACH_DATA) else { return false };
    let object = data.get(INTERFACE_BYTES..).unwrap_or_default();
    if !is_one(object) {
        let file = if object.starts_with(b"\xd0\xcf\x11\xe0") { object } else { data };
        if attachment.data.is_empty() {
            attachment.data = file.to_vec();
        }
        return false;
    }
    if depth >= limits.depth_max {
        return true;
    }
    attachment.inside = Some(Box::new(read_at(object, limits, codepage, depth + 1)));
    false
}

/// Reads the table of receivers: their number, then as many property lists; `None` where it breaks off.
fn receivers(data: &[u8], letter: &mut Letter, limits: &Limits) -> Option<()> {
    let mut cursor = Cursor { rest: data };
    let count = cursor.number()? as usize;
    for _ in 0..count.min(limits.container_entries_max) {
        let mut receiver = Properties::within(letter.properties.codepage);
        list(&mut cursor, &mut receiver, limits)?;
        letter.recipients.extend(receiver.receiver());
    }
    Some(())
}

/// Reads a property list ([MS-OXTNEF] section 2.1.3.4); `None` where it breaks off.
fn properties(data: &[u8], into: &mut Properties, limits: &Limits) -> Option<()> {
    list(&mut Cursor { rest: data }, into, limits)
}

fn list(cursor: &mut Cursor<'_>, into: &mut Properties, limits: &Limits) -> Option<()> {
    let count = cursor.number()? as usize;
    for _ in 0..count.min(limits.container_entries_max) {
        let tag = cursor.number()?;
        let (kind, number) = (tag & 0xffff, (tag >> 16) as u16);
        if number >= 0x8000 {
            cursor.skip(16)?;
            if cursor.number()? == 0 {
                cursor.skip(4)?;
            } else {
                cursor.sized()?;
            }
        }
        let several = kind & 0x1000 != 0;
        let kind = kind & !0x1000;
        let is_sized = matches!(kind, 0x000d | 0x001e | 0x001f | 0x0102);
        let values = if several || is_sized { cursor.number()? as usize } else { 1 };
        for _ in 0..values.min(limits.container_entries_max) {
            let value = match kind {
                0x0002 | 0x0003 | 0x0004 | 0x000a | 0x000b => Value::Number(i64::from(cursor.number()?)),
                0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => {
                    let (low, high) = (cursor.number()?, cursor.number()?);
                    Value::Number((u64::from(high) << 32 | u64::from(low)).cast_signed())
                }
                0x0048 => Value::Binary(cursor.take(16)?.to_vec()),
                0x001e => Value::Narrow(cursor.sized()?.to_vec()),
                0x001f => Value::Wide(cursor.sized()?.to_vec()),
                0x000d | 0x0102 => Value::Binary(cursor.sized()?.to_vec()),
                _ => return None,
            };
            into.put(number, value);
        }
    }
    Some(())
}

struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(bytes)?;
        self.rest = rest;
        Some(taken)
    }

    fn skip(&mut self, bytes: usize) -> Option<()> {
        self.take(bytes).map(|_| ())
    }

    fn number(&mut self) -> Option<u32> {
        u32_at(self.take(4)?, 0)
    }

    /// A length, as many bytes, and padding to four.
    fn sized(&mut self) -> Option<&'a [u8]> {
        let length = self.number()? as usize;
        let taken = self.take(length)?;
        let padding = (4 - length % 4) % 4;
        self.rest = self.rest.get(padding..).unwrap_or_default();
        Some(taken)
    }
}

//! An Outlook `.msg` file ([MS-OXMSG]) → a letter with its receivers, files and messages inside.

use memchr::memmem;

use crate::Limits;
use crate::mapi::{Attachment, Letter, Properties, Value, id};
use crate::ole::{self, Ole, u16_at, u32_at};

/// Whether `bytes` are one: a compound file with a property stream.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    const STREAM: &[u8] = b"_\0_\0p\0r\0o\0p\0e\0r\0t\0i\0e\0s\0_\0v\0e\0r\0s\0i\0o\0n\x001\0.\x000\0";
    bytes.starts_with(ole::SIGNATURE) && memmem::find(bytes, STREAM).is_some()
}

/// Reads one. `None` where the compound file cannot be opened.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Option<Letter> {
    let ole = Ole::open(bytes, limits.container_entries_max)?;
    // A hostile directory can name one stream many times; all copies together stay within a multiple of the file.
    const COPIES_MAX: usize = 4;
    let mut walk = Walk {
        ole,
        bytes_left: bytes.len().saturating_mul(COPIES_MAX).min(limits.decoded_bytes_max),
        entries_left: limits.container_entries_max,
        depth_max: limits.depth_max,
    };
    Some(walk.letter(Ole::ROOT, HEADER_OUTERMOST_BYTES, 0, 0))
}

/// Bytes before the entries of a property stream, by what it belongs to ([MS-OXMSG] section 2.4.1).
const HEADER_OUTERMOST_BYTES: usize = 32;
const HEADER_INSIDE_BYTES: usize = 24;
const HEADER_SMALL_BYTES: usize = 8;

struct Walk<'a> {
    ole: Ole<'a>,
    bytes_left: usize,
    entries_left: usize,
    depth_max: usize,
}

impl Walk<'_> {
    fn letter(&mut self, storage: usize, header_bytes: usize, codepage: u32, depth: usize) -> Letter {
        let mut letter = Letter::default();
        letter.properties = self.properties(storage, header_bytes, codepage, &mut letter.too_large);
        let codepage = letter.properties.codepage;
        for (number, name) in self.named(storage) {
            if self.entries_left == 0 {
                letter.too_large = true;
                break;
            }
            self.entries_left -= 1;
            if name.starts_with("__recip_version1.0_") {
                let one = self.properties(number, HEADER_SMALL_BYTES, codepage, &mut letter.too_large);
                letter.recipients.extend(one.receiver());
            } else if name.starts_with("__attach_version1.0_") {
                let attachment = self.attachment(number, codepage, depth, &mut letter);
                letter.attachments.push(attachment);
            }
        }
        letter
    }

    fn attachment(&mut self, storage: usize, codepage: u32, depth: usize, letter: &mut Letter) -> Attachment {
        let properties = self.properties(storage, HEADER_SMALL_BYTES, codepage, &mut letter.too_large);
        let mut attachment = Attachment { properties, ..Attachment::default() };
        let inside = format!("__substg1.0_{:04X}000D", id::ATTACH_DATA);
        let storage_inside = self
            .named(storage)
            .into_iter()
            .find(|(number, name)| name.eq_ignore_ascii_case(&inside) && !self.ole.is_stream(*number));
        match (storage_inside, attachment.properties.bytes(id::ATTACH_DATA)) {
            (Some((number, _)), _) if depth < self.depth_max => {
                attachment.inside =
                    Some(Box::new(self.letter(number, HEADER_INSIDE_BYTES, codepage, depth + 1)));
            }
            (Some(_), _) => letter.too_large = true,
            (None, Some(data)) => attachment.data = data.to_vec(),
            // Attached by reference only, or lost.
            (None, None) => letter.broken = true,
        }
        attachment
    }

    /// The properties of a storage: fixed ones in its property stream, the others in streams of their own.
    fn properties(
        &mut self,
        storage: usize,
        header_bytes: usize,
        codepage: u32,
        too_large: &mut bool,
    ) -> Properties {
        let mut properties = Properties::default();
        for (number, name) in self.named(storage) {
            if !self.ole.is_stream(number) {
                continue;
            }
            if self.entries_left == 0 || self.ole.size_bytes(number) > self.bytes_left {
                *too_large = true;
                break;
            }
            self.entries_left -= 1;
            if name.eq_ignore_ascii_case("__properties_version1.0") {
                let stream = self.stream(number);
                fixed(stream.get(header_bytes..).unwrap_or_default(), &mut properties);
                continue;
            }
            let tag = name.get(..12).filter(|start| start.eq_ignore_ascii_case("__substg1.0_"));
            let Some(tag) = tag.and_then(|_| u32::from_str_radix(name.get(12..20)?, 16).ok()) else {
                continue;
            };
            let (id, kind) = ((tag >> 16) as u16, tag & 0xffff);
            match kind {
                0x001f => properties.put(id, Value::Wide(self.stream(number))),
                0x001e => properties.put(id, Value::Narrow(self.stream(number))),
                0x0102 => properties.put(id, Value::Binary(self.stream(number))),
                _ => {}
            }
        }
        properties.settle_codepage(codepage);
        properties
    }

    fn stream(&mut self, number: usize) -> Vec<u8> {
        let stream = self.ole.stream(number);
        self.bytes_left = self.bytes_left.saturating_sub(stream.len());
        stream
    }

    fn named(&self, storage: usize) -> Vec<(usize, String)> {
        let children = self.ole.children(storage).into_iter();
        children.map(|(number, name)| (number, name.to_owned())).collect()
    }
}

/// Entries of 16 bytes: kind, number, flags, value.
fn fixed(stream: &[u8], properties: &mut Properties) {
    for entry in stream.as_chunks::<16>().0 {
        let (Some(kind), Some(id), Some(low), Some(high)) =
            (u16_at(entry, 0), u16_at(entry, 2), u32_at(entry, 8), u32_at(entry, 12))
        else {
            continue;
        };
        let value = match kind {
            0x0002 | 0x000b => i64::from(low & 0xffff),
            0x0003 => i64::from(low),
            0x0014 | 0x0040 => (u64::from(high) << 32 | u64::from(low)).cast_signed(),
            _ => continue,
        };
        properties.put(id, Value::Number(value));
    }
}

//! XAR, the form of Mac installers → their files (the `xar` project's description of the format): a header, a table of
//! contents in zlib-packed XML, then the heap with the contents.

mod contents;

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::foreign_name;
use crate::Unread;
use crate::limits::XAR_TABLE_BYTES_MAX;
use crate::number::slice;
use crate::open::{Cost, Hold, Look, Member};
use contents::{Entry, entries};

pub(super) fn look(look: &mut Look<'_>) {
    let bytes = look.bytes;
    let header = (short(bytes, 4), long(bytes, 8));
    let (Some(header_bytes), Some(packed_bytes)) = header else {
        look.opened.note(Unread::Damaged, look.kind.id());
        return;
    };
    let packed = slice(bytes, header_bytes, packed_bytes);
    let mut table = Vec::new();
    let whole = ZlibDecoder::new(packed).take(XAR_TABLE_BYTES_MAX + 1).read_to_end(&mut table).is_ok();
    if table.len() as u64 > XAR_TABLE_BYTES_MAX || !look.pays(Cost::Bytes(table.len() as u64)) {
        look.opened.note(Unread::TooLarge, look.kind.id());
        return;
    }
    let heap = slice(bytes, header_bytes.saturating_add(packed_bytes), usize::MAX);
    let text = String::from_utf8_lossy(&table);
    let listed = entries(&text, &mut |entry| look.pays(Cost::Work(1)) && hand(look, heap, &entry));
    if !whole || listed.is_none() {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
}

fn hand(look: &mut Look<'_>, heap: &[u8], entry: &Entry) -> bool {
    let names = foreign_name::names(entry.path.as_bytes());
    let packed = heap.get(entry.offset..).and_then(|rest| rest.get(..entry.length));
    let Some(packed) = packed else {
        return look.hand(Member::unread(names, entry.size_bytes, Unread::Damaged, Hold::Archived));
    };
    match entry.encoding.as_str() {
        "" | "application/octet-stream" => look.unpack(names, &mut &*packed, Hold::Archived),
        // Its own word for zlib.
        "application/x-gzip" => look.unpack(names, &mut ZlibDecoder::new(packed), Hold::Archived),
        // What is packed otherwise is handed out as it is: its kind shows by its bytes.
        "application/x-bzip2" | "application/x-xz" | "application/x-lzma" => {
            look.unpack(names, &mut &*packed, Hold::Archived)
        }
        _ => look.hand(Member::unread(names, entry.size_bytes, Unread::Unsupported, Hold::Archived)),
    }
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u64::from_be_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?)).ok()
}

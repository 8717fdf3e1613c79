//! RPM → its payload, a compressed cpio archive, and the scripts that run when it is installed (the RPM v4 file format).

use crate::Unread;
use crate::image::disk::{Disk, Extents, Run};
use crate::number::slice;
use crate::open::{Hold, Look, Member};

const LEAD_BYTES: usize = 96;

pub(super) fn look(look: &mut Look<'_>) {
    let bytes = look.bytes;
    // The signature is a header too; what follows it stands on a multiple of eight.
    let signature = Header::parse(bytes, LEAD_BYTES);
    let header = signature.and_then(|signature| Header::parse(bytes, signature.end.next_multiple_of(8)));
    let Some(header) = header else {
        look.opened.note(Unread::Damaged, look.kind.id());
        return;
    };
    for (tag, name) in SCRIPTS {
        let Some(text) = header.text(*tag) else { continue };
        if !look.hand(Member::whole(vec![(*name).to_owned()], text, Hold::Embedded)) {
            return;
        }
    }
    let size = bytes.len().saturating_sub(header.end) as u64;
    let run = Run::at(header.end as u64, size);
    look.unpack(Vec::new(), &mut Extents::new(&Disk::flat(bytes), vec![run], size.max(1)), Hold::Archived);
}

/// Tags of scripts, and the words by which `rpm` shows them.
const SCRIPTS: &[(u32, &str)] = &[
    (1023, "preinstall"),
    (1024, "postinstall"),
    (1025, "preuninstall"),
    (1026, "postuninstall"),
    (1079, "verifyscript"),
    (1151, "pretrans"),
    (1152, "posttrans"),
];

struct Header<'a> {
    index: &'a [u8],
    store: &'a [u8],
    end: usize,
}

impl<'a> Header<'a> {
    fn parse(bytes: &'a [u8], at: usize) -> Option<Self> {
        const MAGIC: &[u8] = &[0x8e, 0xad, 0xe8];
        const ENTRY_BYTES: usize = 16;
        if slice(bytes, at, 3) != MAGIC {
            return None;
        }
        let entries = number(bytes, at.checked_add(8)?)?.checked_mul(ENTRY_BYTES)?;
        let stored = number(bytes, at.checked_add(12)?)?;
        let index_at = at.checked_add(16)?;
        let store_at = index_at.checked_add(entries)?;
        let end = store_at.checked_add(stored)?;
        Some(Self { index: bytes.get(index_at..store_at)?, store: bytes.get(store_at..end)?, end })
    }

    /// The string that an entry of the index leads to.
    fn text(&self, tag: u32) -> Option<&'a [u8]> {
        let entry =
            self.index.chunks_exact(16).find(|entry| entry.first_chunk() == Some(&tag.to_be_bytes()))?;
        let rest = self.store.get(number(entry, 8)?..)?;
        Some(rest.split(|byte| *byte == 0).next().unwrap_or_default())
    }
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}

//! tar → its files: old (v7), `ustar`, pax and GNU headers (POSIX.1-2017, `pax`; the GNU tar manual, appendix D).
//!
//! A header whose checksum is wrong is still read where it makes sense, since some programs do; it is noted as damage.
//! Links, folders and devices have no content and are passed by.

mod header;
mod pax;
mod sparse;

use super::foreign_name;
use crate::Unread;
use crate::image::disk::{Disk, Extents, Run};
use crate::image::file::unpack;
use crate::limits::TAR_EXTENSION_BYTES_MAX;
use crate::number::slice;
use crate::open::{Cost, Hold, Look, Member};
use header::{BLOCK_BYTES, Header, Trust};
use pax::Extension;

pub(super) fn look(look: &mut Look<'_>) {
    Walk { bytes: look.bytes, at: 0, ended: false, extension: Extension::default() }.walk(look);
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether a block of zeros went before: then only another whole archive may follow.
    ended: bool,
    /// What earlier headers say of the next file.
    extension: Extension<'a>,
}

/// Whether more is to be read.
#[derive(PartialEq, Eq)]
enum Then {
    GoOn,
    Stop,
}

impl<'a> Walk<'a> {
    fn walk(&mut self, look: &mut Look<'a>) {
        while self.at < self.bytes.len() && look.pays(Cost::Work(1)) {
            let block = slice(self.bytes, self.at, BLOCK_BYTES);
            if block.iter().all(|byte| *byte == 0) {
                self.ended = true;
                self.at += block.len();
                continue;
            }
            let header = Header::parse(block);
            let trust = header.as_ref().map_or(Trust::Nonsense, Header::trust);
            let Some(header) = header.filter(|_| trust != Trust::Nonsense) else { return self.leave(look) };
            if trust == Trust::WrongChecksum {
                if self.ended {
                    return self.leave(look);
                }
                look.opened.note(Unread::Damaged, "checksum");
            }
            if self.entry(look, &header) == Then::Stop {
                return;
            }
        }
    }

    /// Hands out what is no tar any more as it is.
    fn leave(&self, look: &mut Look<'a>) {
        if !self.ended {
            look.opened.note(Unread::Damaged, look.kind.id());
        }
        look.hand(Member::whole(Vec::new(), slice(self.bytes, self.at, usize::MAX), Hold::Appended));
    }

    fn entry(&mut self, look: &mut Look<'a>, header: &Header<'a>) -> Then {
        let data_at = self.at.saturating_add(BLOCK_BYTES);
        let Some(size) = self.size(look, header, data_at).and_then(|size| usize::try_from(size).ok()) else {
            look.opened.note(Unread::Damaged, look.kind.id());
            self.at = data_at;
            return Then::GoOn;
        };
        let size = if header.has_content() || !self.header_follows(data_at) { size } else { 0 };
        let data = slice(self.bytes, data_at, size);
        self.at = data_at.saturating_add(size.div_ceil(BLOCK_BYTES).saturating_mul(BLOCK_BYTES));
        if header.is_extension() {
            if size > TAR_EXTENSION_BYTES_MAX {
                look.opened.note(Unread::TooLarge, "pax");
            } else if data.len() < size {
                look.opened.note(Unread::Damaged, look.kind.id());
            } else {
                self.extension.take(header.kind(), data);
                if self.extension.is_damaged {
                    look.opened.note(Unread::Damaged, "pax");
                }
            }
            return Then::GoOn;
        }
        let extension = std::mem::take(&mut self.extension);
        if !header.has_content() && size == 0 {
            return Then::GoOn;
        }
        let names = extension.names().unwrap_or_else(|| foreign_name::names(&header.name()));
        self.file(look, header, &extension, names, (data_at, size))
    }

    /// The size of the data as an extended header states it, or as the header does. Some programs state the size of a
    /// file with its holes; a size that leads out of the archive would hide what follows.
    fn size(&self, look: &mut Look<'a>, header: &Header<'a>, data_at: usize) -> Option<u64> {
        let left = self.bytes.len().saturating_sub(data_at) as u64;
        let told = self.extension.size.filter(|_| !header.is_extension());
        let in_header = header.size();
        match (told, in_header) {
            (Some(told), Some(size)) if told != size && told > left && size <= left => {
                if self.extension.sparse.is_none() {
                    look.opened.note(Unread::Damaged, "size");
                }
                Some(size)
            }
            _ => told.or(in_header),
        }
    }

    fn file(
        &mut self,
        look: &mut Look<'a>,
        header: &Header<'a>,
        extension: &Extension<'a>,
        names: Vec<String>,
        (data_at, size): (usize, usize),
    ) -> Then {
        let disk = Disk::flat(self.bytes);
        let stored = (data_at as u64, size as u64);
        let sparse = if header.is_sparse() {
            let sparse = sparse::old_gnu(self.bytes, self.at_header(data_at), stored);
            if let Some(sparse) = &sparse {
                self.at = sparse.end(stored.1);
            }
            Some(sparse)
        } else {
            extension.sparse.as_ref().map(|told| told.file(self.bytes, stored))
        };
        let unpacked = match sparse {
            None => {
                let run = Run::at(stored.0, stored.1);
                look.unpack(names, &mut Extents::new(&disk, vec![run], stored.1), Hold::Archived)
            }
            Some(Some(sparse)) => unpack(look, &disk, names, sparse.runs, sparse.size_bytes),
            Some(None) => {
                // What is stored is shown without its holes; one byte more than there is says that it is not right.
                let run = Run::at(stored.0, stored.1);
                let size = stored.1.saturating_add(1);
                look.unpack(names, &mut Extents::new(&disk, vec![run], size), Hold::Archived)
            }
        };
        if unpacked { Then::GoOn } else { Then::Stop }
    }

    fn at_header(&self, data_at: usize) -> usize {
        data_at.saturating_sub(BLOCK_BYTES)
    }

    /// Old programs state the size of the file that a link leads to, and store nothing.
    fn header_follows(&self, at: usize) -> bool {
        let block = slice(self.bytes, at, BLOCK_BYTES);
        block.iter().all(|byte| *byte == 0)
            || Header::parse(block).is_some_and(|next| next.trust() == Trust::Right)
    }
}

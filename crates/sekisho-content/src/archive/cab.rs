//! A cabinet → its files ([MS-CAB]; LZX as in [MS-PATCH]). A file that begins or goes on in another cabinet of its set,
//! and one packed with Quantum, are named only.

mod folder;
mod header;
#[cfg(test)]
mod tests;

use std::io::Read;

use super::checked::Checked;
use crate::limits::CAB_REWINDS_MAX;
use crate::open::{Hold, Look, Member, Unpacked};
use crate::{Cost, Unread};
use folder::FolderReader;
use header::{Cabinet, File, Place};

/// What a note calls the format.
const FORMAT: &str = "cab";

/// What a note calls one of several cabinets that belong together.
const SPLIT: &str = "cab: split";

/// Looks into the cabinet that begins with the first byte.
pub(super) fn look(look: &mut Look<'_>, bytes: &[u8], hold: Hold) {
    let Some(cabinet) = Cabinet::parse(bytes) else {
        look.opened.note(Unread::Damaged, FORMAT);
        return;
    };
    if cabinet.is_damaged {
        look.opened.note(Unread::Damaged, FORMAT);
    }
    if cabinet.is_part {
        look.opened.note(Unread::Unsupported, SPLIT);
    }
    for (number, folder) in cabinet.folders.iter().enumerate() {
        let mut files: Vec<&File> =
            cabinet.files.iter().filter(|file| file.place == Place::Folder(number)).collect();
        files.sort_by_key(|file| file.offset);
        let mut open = || FolderReader::new(bytes, folder, cabinet.data_reserve);
        if !open_folder(look, &mut open, &files, hold) {
            return;
        }
    }
    for file in &cabinet.files {
        let unread = match file.place {
            Place::Split => Unread::Unsupported,
            Place::Folder(number) if number >= cabinet.folders.len() => Unread::Damaged,
            Place::Folder(_) => continue,
        };
        look.opened.note(unread, if unread == Unread::Damaged { FORMAT } else { SPLIT });
        if !look.hand(Member::unread(file.names.clone(), u64::from(file.size_bytes), unread, hold)) {
            return;
        }
    }
}

/// Hands out the files of a folder, in the order of their content; says whether more may follow.
fn open_folder<'a>(
    look: &mut Look<'_>,
    open: &mut dyn FnMut() -> Option<FolderReader<'a>>,
    files: &[&File],
    hold: Hold,
) -> bool {
    let Some(mut reader) = open() else {
        look.opened.note(Unread::Unsupported, "cab: quantum");
        return files.iter().all(|file| {
            look.hand(Member::unread(
                file.names.clone(),
                u64::from(file.size_bytes),
                Unread::Unsupported,
                hold,
            ))
        });
    };
    let mut at = 0_u64;
    let mut rewinds = 0;
    let mut files = files.iter().peekable();
    while let Some(file) = files.next() {
        let mut names = file.names.clone();
        // The same content may be there under several names.
        while let Some(same) = files.next_if(|next| {
            next.offset == file.offset && next.size_bytes == file.size_bytes && file.size_bytes > 0
        }) {
            names.extend(same.names.iter().cloned());
        }
        let offset = u64::from(file.offset);
        if offset < at {
            // Content that overlaps: the folder is unpacked from its beginning again, a few times.
            rewinds += 1;
            match open().filter(|_| rewinds <= CAB_REWINDS_MAX) {
                Some(again) => (reader, at) = (again, 0),
                None => {
                    look.opened.note(Unread::TooLarge, FORMAT);
                    let member = Member::unread(names, u64::from(file.size_bytes), Unread::TooLarge, hold);
                    if !look.hand(member) {
                        return false;
                    }
                    continue;
                }
            }
        }
        let skipped = skip(look, &mut reader, offset - at);
        let mut content = Checked::new(&mut reader, u64::from(file.size_bytes), None);
        let mut unpacked = match skipped {
            Ok(()) => Unpacked::read(&mut content, look.budget),
            Err(unread) => {
                let mut unpacked = Unpacked::empty();
                unpacked.unread = Some(unread);
                unpacked
            }
        };
        at = offset + unpacked.size_bytes();
        if unpacked.unread.is_none() && reader.is_doubtful() {
            unpacked.unread = Some(Unread::Damaged);
        }
        let member = match unpacked.unread {
            Some(unread) if unpacked.size_bytes() == 0 => {
                Member::unread(names, u64::from(file.size_bytes), unread, hold)
            }
            _ => unpacked.member(names, hold),
        };
        if let Some(unread) = member.unread {
            look.opened.note(unread, FORMAT);
        }
        if !look.hand(member) {
            return false;
        }
    }
    true
}

/// Unpacks what no file claims.
fn skip(look: &mut Look<'_>, reader: &mut FolderReader<'_>, mut left_bytes: u64) -> Result<(), Unread> {
    let mut step = vec![0; 32 * 1024];
    while left_bytes > 0 {
        let length = usize::try_from(left_bytes).unwrap_or(usize::MAX).min(step.len());
        let count = reader.read(step.get_mut(..length).unwrap_or_default()).map_err(|_| Unread::Damaged)?;
        if count == 0 {
            return Err(Unread::Damaged);
        }
        look.budget.pay(Cost::Bytes(count as u64)).map_err(|_| Unread::TooLarge)?;
        left_bytes -= count as u64;
    }
    Ok(())
}

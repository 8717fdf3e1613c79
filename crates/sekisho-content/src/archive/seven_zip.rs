//! A 7z archive → its files, folder by folder in one pass (`7zFormat.txt` of the LZMA SDK).

mod aes;
mod coder;
mod header;
mod keys;
#[cfg(test)]
mod tests;

use std::io::Read;

use super::checked::Checked;
use crate::limits::{SEVEN_ZIP_HEADER_NESTED_MAX, SEVEN_ZIP_HEADER_UNPACKED_BYTES_MAX};
use crate::number::{u32_le, u64_le};
use crate::open::{Hold, Look, Member, Unpacked};
use crate::{Cost, Unread};
use coder::{Refused, Unpacking, unpacking};
use header::{Content, Folder, Header, Parsed, Stream};
use keys::{NO_KEY, Ring, Tried};

/// What a note calls the format.
const FORMAT: &str = "7z";

/// Bytes in front of everything else.
const SIGNATURE_HEADER_BYTES: usize = 32;

/// Looks into the archive that begins with the first byte.
pub(super) fn look(look: &mut Look<'_>, bytes: &[u8], hold: Hold) {
    let packed = bytes.get(SIGNATURE_HEADER_BYTES..).unwrap_or_default();
    let mut ring = Ring::new(look.keys);
    let header = match header(look, bytes, packed, &mut ring) {
        Ok(Some(header)) => header,
        Ok(None) => return,
        Err((unread, detail)) => {
            look.opened.note(unread, &detail);
            return;
        }
    };
    let mut files = header.files.iter();
    for folder in header.folders.iter().filter(|folder| !folder.streams.is_empty()) {
        let Some(names) = files_with_content(look, &mut files, folder.streams.len(), hold) else { return };
        if names.len() < folder.streams.len() {
            look.opened.note(Unread::Damaged, FORMAT);
        }
        if !open_folder(look, packed, folder, names, hold, &mut ring) {
            return;
        }
    }
    // Files whose content no folder has.
    for name in files_with_content(look, &mut files, usize::MAX, hold).unwrap_or_default() {
        if !refuse(look, vec![name], 0, Unread::Damaged, hold) {
            return;
        }
    }
}

/// The header, unpacked where it is packed; nothing where the archive is empty.
fn header(
    look: &mut Look<'_>,
    bytes: &[u8],
    packed: &[u8],
    ring: &mut Ring<'_>,
) -> Result<Option<Header>, (Unread, String)> {
    let damaged = || (Unread::Damaged, FORMAT.to_owned());
    let start = bytes.get(12..SIGNATURE_HEADER_BYTES).ok_or_else(damaged)?;
    if u32_le(bytes, 8) != Some(crc32fast::hash(start)) {
        look.opened.note(Unread::Damaged, FORMAT);
    }
    let place = |offset| u64_le(start, offset).and_then(|number| usize::try_from(number).ok());
    let (position, size) = place(0).zip(place(8)).ok_or_else(damaged)?;
    if size == 0 {
        return Ok(None);
    }
    let end = position.checked_add(size).ok_or_else(damaged)?;
    // Its end, with the header, is missing: cut, or in the next of several files.
    let stated = packed.get(position..end).ok_or_else(|| (Unread::Damaged, "7z: cut or split".to_owned()))?;
    if u32_le(start, 16) != Some(crc32fast::hash(stated)) {
        look.opened.note(Unread::Damaged, FORMAT);
    }
    let mut header = stated.to_vec();
    for _ in 0..SEVEN_ZIP_HEADER_NESTED_MAX {
        let folders = match header::parse(&header).ok_or_else(damaged)? {
            Parsed::Header(header) => return Ok(Some(header)),
            Parsed::Encoded(folders) => folders,
        };
        header = unpacked_header(look, packed, &folders, ring)?;
    }
    Err(damaged())
}

fn unpacked_header(
    look: &mut Look<'_>,
    packed: &[u8],
    folders: &[Folder],
    ring: &mut Ring<'_>,
) -> Result<Vec<u8>, (Unread, String)> {
    let folder = folders.first().ok_or_else(|| (Unread::Damaged, FORMAT.to_owned()))?;
    let size = folder.size_bytes();
    let fits = size <= SEVEN_ZIP_HEADER_UNPACKED_BYTES_MAX;
    if !fits || look.budget.pay(Cost::Bytes(size)).is_err() {
        return Err((Unread::TooLarge, FORMAT.to_owned()));
    }
    let mut unpacking = opened_folder(look, packed, folder, ring)?;
    let mut header = Vec::new();
    let read = Checked::new(&mut unpacking.from, size, folder.crc).read_to_end(&mut header);
    if read.is_err() {
        look.opened.note(Unread::Damaged, FORMAT);
    }
    Ok(header)
}

/// The names of the next `count` files that have content. Empty files between them are handed out on the way; `None`
/// where no more may be.
fn files_with_content<'h>(
    look: &mut Look<'_>,
    files: &mut impl Iterator<Item = &'h header::File>,
    count: usize,
    hold: Hold,
) -> Option<Vec<String>> {
    let mut names = Vec::new();
    while names.len() < count {
        let Some(file) = files.next() else { break };
        let name = file.name.replace('\\', "/");
        match file.content {
            Content::Stream => names.push(name),
            Content::Empty => {
                if !look.hand(Member::whole(vec![name], Vec::new(), hold)) {
                    return None;
                }
            }
            Content::Nothing => {}
        }
    }
    Some(names)
}

/// Hands out the files of a folder; says whether more may follow.
fn open_folder(
    look: &mut Look<'_>,
    packed: &[u8],
    folder: &Folder,
    names: Vec<String>,
    hold: Hold,
    ring: &mut Ring<'_>,
) -> bool {
    // A stream that no file names is a file without a name.
    let names = names.into_iter().map(|name| vec![name]).chain(std::iter::repeat(Vec::new()));
    let mut files = folder.streams.iter().zip(names);
    let unread = match opened_folder(look, packed, folder, ring) {
        Ok(mut unpacking) => match unpack(look, &mut unpacking, &mut files, hold) {
            Ended::Whole => return true,
            Ended::NoMore => return false,
            Ended::Broken(unread) => unread,
        },
        Err((unread, detail)) => {
            look.opened.note(unread, &detail);
            unread
        }
    };
    files.all(|(stream, names)| refuse(look, names, stream.size_bytes, unread, hold))
}

/// The stream of a folder, with the key that it needs; or why there is none, with a word of detail.
fn opened_folder<'a>(
    look: &mut Look<'_>,
    packed: &'a [u8],
    folder: &Folder,
    ring: &mut Ring<'_>,
) -> Result<Unpacking<'a>, (Unread, String)> {
    if !look.pays(Cost::Work(folder.work())) {
        return Err((Unread::TooLarge, FORMAT.to_owned()));
    }
    let key = match ring.key(packed, folder, look.budget) {
        Tried::NoneNeeded => NO_KEY,
        Tried::Opens(number, key) => {
            look.opened.key = Some(number);
            key
        }
        Tried::Locked => return Err((Unread::Locked, FORMAT.to_owned())),
        Tried::OutOfDerivation => return Err((Unread::Locked, "derivation".to_owned())),
    };
    unpacking(packed, folder, &key).map_err(|refused| match refused {
        Refused::Damaged => (Unread::Damaged, FORMAT.to_owned()),
        Refused::TooLarge => (Unread::TooLarge, FORMAT.to_owned()),
        Refused::Unsupported(id) => (Unread::Unsupported, format!("7z coder {id}")),
    })
}

/// How the unpacking of a folder ended.
enum Ended {
    Whole,
    /// Nothing more may be handed out.
    NoMore,
    /// The files behind can't be reached.
    Broken(Unread),
}

fn unpack<'f>(
    look: &mut Look<'_>,
    unpacking: &mut Unpacking<'_>,
    files: &mut impl Iterator<Item = (&'f Stream, Vec<String>)>,
    hold: Hold,
) -> Ended {
    for (stream, names) in files {
        let mut checked = Checked::new(&mut unpacking.from, stream.size_bytes, stream.crc);
        let mut unpacked = Unpacked::read(&mut checked, look.budget);
        let reaches_next = checked.left_bytes() == 0 && unpacked.unread != Some(Unread::TooLarge);
        if unpacking.is_cut && !reaches_next {
            unpacked.unread = Some(Unread::TooLarge);
        }
        let unread = unpacked.unread;
        if let Some(unread) = unread {
            look.opened.note(unread, FORMAT);
        }
        let member = match unread {
            Some(unread) if unpacked.size_bytes() == 0 => {
                Member::unread(names, stream.size_bytes, unread, hold)
            }
            _ => unpacked.member(names, hold),
        };
        if !look.hand(member) {
            return Ended::NoMore;
        }
        if let Some(unread) = unread.filter(|_| !reaches_next) {
            return Ended::Broken(unread);
        }
    }
    Ended::Whole
}

/// Hands out a file without its content, and notes why.
fn refuse(look: &mut Look<'_>, names: Vec<String>, size_bytes: u64, unread: Unread, hold: Hold) -> bool {
    look.opened.note(unread, FORMAT);
    look.hand(Member::unread(names, size_bytes, unread, hold))
}

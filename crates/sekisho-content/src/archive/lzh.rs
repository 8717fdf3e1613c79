//! An LZH archive → its files (LHarc, LHA, UNLHA32; headers of level 0 to 3).

mod header;
#[cfg(test)]
mod tests;

use std::io::{Error, ErrorKind, Read};

use delharc::crc::Crc16;
use delharc::decode::{Decoder, DecoderAny};
use delharc::header::CompressionMethod;

use crate::Unread;
use crate::limits::{LZH_MEMBERS_MAX, LZH_SEARCH_BYTES_MAX};
use crate::number::slice;
use crate::open::{Hold, Look, Member, Unpacked};
use header::Header;
pub(super) use header::stands_at;

/// What a note calls the format.
const FORMAT: &str = "lzh";

/// Looks into the archive that begins with the first byte.
pub(super) fn look(look: &mut Look<'_>, bytes: &[u8], hold: Hold) {
    let mut at = 0;
    for _ in 0..LZH_MEMBERS_MAX {
        // A zero in the place of a size is the end; some writers leave it away.
        if at >= bytes.len() || at > 0 && bytes.get(at) == Some(&0) {
            return;
        }
        let Some(header) = Header::parse(bytes, at) else {
            look.opened.note(Unread::Damaged, FORMAT);
            match next(bytes, at) {
                Some(found) => at = found,
                None => return,
            }
            continue;
        };
        if !header.is_sound {
            look.opened.note(Unread::Damaged, FORMAT);
        }
        let packed_bytes = usize::try_from(header.packed_bytes).unwrap_or(usize::MAX);
        let packed = slice(bytes, header.data_at, packed_bytes);
        let goes_on = match header.link() {
            Some((names, target)) => look.hand(Member::whole(names, target, hold)),
            None => header.is_directory() || hand_out(look, &header, packed, hold),
        };
        if !goes_on {
            return;
        }
        at = header.data_at.saturating_add(packed_bytes);
        if at > bytes.len() {
            look.opened.note(Unread::Damaged, FORMAT);
        }
    }
    look.opened.note(Unread::TooLarge, FORMAT);
}

/// The next header behind a damaged one.
fn next(bytes: &[u8], at: usize) -> Option<usize> {
    let within = slice(bytes, at + 1, LZH_SEARCH_BYTES_MAX);
    memchr::memmem::find_iter(within, b"-l")
        .filter_map(|found| (at + 1 + found).checked_sub(2))
        .find(|found| *found > at && stands_at(bytes, *found))
}

/// Hands out one file; says whether more may follow.
fn hand_out(look: &mut Look<'_>, header: &Header, packed: &[u8], hold: Hold) -> bool {
    let names = header.names.clone();
    let Some(reading) = reading(header, packed) else {
        let method = String::from_utf8_lossy(&header.method).into_owned();
        look.opened.note(Unread::Unsupported, &format!("lzh {method}"));
        return look.hand(Member::unread(names, header.size_bytes, Unread::Unsupported, hold));
    };
    let mut content =
        Content { reading, left_bytes: header.size_bytes, crc: Crc16::default(), expected: Some(header.crc) };
    let unpacked = Unpacked::read(&mut content, look.budget);
    let member = match unpacked.unread {
        Some(unread) if unpacked.size_bytes() == 0 => Member::unread(names, header.size_bytes, unread, hold),
        _ => unpacked.member(names, hold),
    };
    if let Some(unread) = member.unread {
        look.opened.note(unread, FORMAT);
    }
    look.hand(member)
}

/// How the bytes of a file are come by.
enum Reading<'a> {
    Stored(&'a [u8]),
    Packed(Box<DecoderAny<&'a [u8]>>),
}

fn reading<'a>(header: &Header, packed: &'a [u8]) -> Option<Reading<'a>> {
    let method = CompressionMethod::try_from(&header.method).ok()?;
    if matches!(method, CompressionMethod::Lh0 | CompressionMethod::Lz4 | CompressionMethod::Pm0) {
        return Some(Reading::Stored(packed));
    }
    let decoder = DecoderAny::new_from_compression(method, packed);
    decoder.is_supported().then(|| Reading::Packed(Box::new(decoder)))
}

/// A file's content, held against its size and checksum.
struct Content<'a> {
    reading: Reading<'a>,
    left_bytes: u64,
    crc: Crc16,
    expected: Option<u16>,
}

impl Read for Content<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        /// Where packed data end too early, the step is lost in which they do.
        const STEP_BYTES: usize = 1024;
        if self.left_bytes == 0 {
            let differs = self.expected.take().is_some_and(|expected| expected != self.crc.sum16());
            return if differs { Err(Error::new(ErrorKind::InvalidData, "checksum differs")) } else { Ok(0) };
        }
        let left = usize::try_from(self.left_bytes).unwrap_or(usize::MAX);
        let buffer_bytes = buffer.len();
        let Some(step) = buffer.get_mut(..left.min(STEP_BYTES).min(buffer_bytes)) else { return Ok(0) };
        let count = match &mut self.reading {
            Reading::Stored(bytes) => Read::read(bytes, step)?,
            Reading::Packed(decoder) => {
                decoder.fill_buffer(step).map_err(|_| ErrorKind::InvalidData)?;
                step.len()
            }
        };
        if count == 0 && !step.is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.crc.digest(step.get(..count).unwrap_or_default());
        self.left_bytes -= count as u64;
        Ok(count)
    }
}

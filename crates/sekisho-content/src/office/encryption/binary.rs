//! The streams of a compound file, read to be decrypted and written back in the clear ([MS-CFB] 2.2, 2.4).

use super::{Attempt, Closed};
use crate::number::slice;
use crate::office::compound::{Compound, Entry};

/// A stream, paid.
pub(super) fn stream(
    compound: &Compound<'_>,
    entry: &Entry,
    attempt: &mut Attempt<'_>,
) -> Result<Vec<u8>, Closed> {
    compound.read(entry, attempt.budget).map(|stream| stream.bytes).map_err(|_| Closed::TooLarge)
}

/// Writes a stream's new content over the old one, in a copy of the file.
pub(super) fn overwrite(compound: &Compound<'_>, entry: &Entry, content: &[u8], file: &mut [u8]) {
    let mut done = 0_usize;
    for (offset, length) in compound.places(entry) {
        let from = slice(content, done, length);
        for (to, byte) in file.iter_mut().skip(offset).zip(from) {
            *to = *byte;
        }
        done = done.saturating_add(length);
    }
}

//! Files stored without their holes → where their pieces belong (the GNU tar manual, D.2; Solaris' `SUN.holesdata`).

use super::header::{BLOCK_BYTES, number};
use super::pax::decimal;
use crate::image::disk::Run;
use crate::limits::SPARSE_PIECES_MAX;
use crate::number::slice;

/// A file with its holes.
pub(super) struct Sparse {
    pub(super) runs: Vec<Run>,
    pub(super) size_bytes: u64,
    data_at: u64,
}

impl Sparse {
    /// Puts pieces (offset in the file, length) that are stored one behind the other from `data_at` on into their places.
    fn build(pieces: &[(u64, u64)], size_bytes: Option<u64>, data_at: u64) -> Option<Self> {
        let mut runs = Vec::new();
        let mut at = 0_u64;
        let mut stored = data_at;
        for (offset, length) in pieces {
            runs.push(Run::hole(offset.checked_sub(at)?));
            runs.push(Run::at(stored, *length));
            stored = stored.checked_add(*length)?;
            at = offset.checked_add(*length)?;
        }
        let size_bytes = size_bytes.unwrap_or(at);
        runs.push(Run::hole(size_bytes.saturating_sub(at)));
        Some(Self { runs, size_bytes, data_at })
    }

    /// Where the next header stands.
    pub(super) fn end(&self, stored: u64) -> usize {
        let padded = stored.div_ceil(BLOCK_BYTES as u64).saturating_mul(BLOCK_BYTES as u64);
        usize::try_from(self.data_at.saturating_add(padded)).unwrap_or(usize::MAX)
    }
}

/// The old GNU format: four pieces in the header, 21 in each block that follows it.
pub(super) fn old_gnu(bytes: &[u8], header_at: usize, stored: (u64, u64)) -> Option<Sparse> {
    let header = slice(bytes, header_at, BLOCK_BYTES);
    let mut pieces = Vec::new();
    take(slice(header, 386, 96), &mut pieces);
    let size_bytes = number(slice(header, 483, 12))?;
    let mut more = *header.get(482)? != 0;
    let mut data_at = usize::try_from(stored.0).ok()?;
    while more && pieces.len() < SPARSE_PIECES_MAX {
        let block = bytes.get(data_at..data_at.checked_add(BLOCK_BYTES)?)?;
        take(slice(block, 0, 504), &mut pieces);
        more = *block.get(504)? != 0;
        data_at += BLOCK_BYTES;
    }
    if more { None } else { Sparse::build(&pieces, Some(size_bytes), data_at as u64) }
}

fn take(table: &[u8], pieces: &mut Vec<(u64, u64)>) {
    for row in table.chunks_exact(24) {
        let (offset, length) = row.split_at(12);
        if let (Some(offset), Some(length)) = (number(offset), number(length))
            && row.first() != Some(&0)
        {
            pieces.push((offset, length));
        }
    }
}

/// What pax records say.
#[derive(Default)]
pub(super) struct Told<'a> {
    pub(super) name: Option<&'a [u8]>,
    pub(super) size_bytes: Option<u64>,
    /// Whether the pieces are listed at the start of the data (format 1.0).
    pub(super) in_data: bool,
    /// The offset whose length comes next (format 0.0).
    pub(super) offset: Option<u64>,
    pieces: Vec<(u64, u64)>,
}

impl Told<'_> {
    pub(super) fn take_length(&mut self, length: Option<u64>) {
        if let (Some(offset), Some(length)) = (self.offset.take(), length)
            && self.pieces.len() < SPARSE_PIECES_MAX
        {
            self.pieces.push((offset, length));
        }
    }

    /// `offset,length,offset,length…` (format 0.1).
    pub(super) fn take_pairs(&mut self, value: &[u8], divider: u8) {
        for digits in value.split(|byte| *byte == divider) {
            match (self.offset, decimal(digits)) {
                (None, offset) => self.offset = offset,
                (Some(_), length) => self.take_length(length),
            }
        }
    }

    /// Where data and holes begin in turn; the last one is the end of the file.
    pub(super) fn take_borders(&mut self, value: &[u8]) {
        let borders: Vec<u64> =
            value.split(|byte| *byte == b' ').filter_map(decimal).take(2 * SPARSE_PIECES_MAX).collect();
        for pair in borders.chunks(2) {
            if let [data, hole] = pair {
                self.pieces.push((*data, hole.saturating_sub(*data)));
            }
        }
        self.size_bytes = self.size_bytes.or(borders.last().copied());
    }

    /// The file, as far as what is told makes sense.
    pub(super) fn file(&self, bytes: &[u8], stored: (u64, u64)) -> Option<Sparse> {
        if !self.in_data {
            return Sparse::build(&self.pieces, self.size_bytes, stored.0);
        }
        let data = slice(bytes, usize::try_from(stored.0).ok()?, usize::try_from(stored.1).ok()?);
        let mut lines = Lines { data, at: 0 };
        let count = lines.next_number()?;
        if count > SPARSE_PIECES_MAX as u64 {
            return None;
        }
        let mut pieces = Vec::new();
        for _ in 0..count {
            pieces.push((lines.next_number()?, lines.next_number()?));
        }
        let listed = lines.at.div_ceil(BLOCK_BYTES) * BLOCK_BYTES;
        Sparse::build(&pieces, self.size_bytes, stored.0.checked_add(listed as u64)?)
    }
}

/// Decimal numbers, one a line, and comments.
struct Lines<'a> {
    data: &'a [u8],
    at: usize,
}

impl Lines<'_> {
    fn next_number(&mut self) -> Option<u64> {
        loop {
            let rest = self.data.get(self.at..)?;
            let end = memchr::memchr(b'\n', rest)?;
            self.at += end + 1;
            let line = rest.get(..end)?;
            if !line.starts_with(b"#") {
                return decimal(line);
            }
        }
    }
}

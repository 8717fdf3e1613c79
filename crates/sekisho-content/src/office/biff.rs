//! A stream of BIFF records, as Excel wrote its workbooks up to 2003 → the records ([MS-XLS] 2.1.4; the same frame in
//! BIFF2 to BIFF5).

use crate::number::{slice, u16_le};

/// The end of a substream.
pub(crate) const EOF: u16 = 0x000a;
/// Says how the stream is encrypted.
pub(crate) const FILE_PASS: u16 = 0x002f;
/// Names a sheet.
pub(crate) const BOUND_SHEET: u16 = 0x0085;
/// A record of no meaning, put where one is struck out.
pub(crate) const NOTHING: u16 = 0xffff;

/// Whether a record begins a substream: the versions differ in the upper byte.
pub(crate) fn is_bof(id: u16) -> bool {
    matches!(id, 0x0009 | 0x0209 | 0x0409 | 0x0809)
}

/// One record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'s> {
    /// Where its head stands in the stream.
    pub(crate) at: usize,
    /// What it is.
    pub(crate) id: u16,
    /// Its content, without its head; shorter where the stream ends.
    pub(crate) body: &'s [u8],
}

/// The records from the beginning on.
pub(crate) fn records(stream: &[u8]) -> Records<'_> {
    Records { stream, at: 0 }
}

/// Goes from record to record. Each step takes four bytes at least.
#[derive(Clone)]
pub(crate) struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Record<'s>> {
        let at = self.at;
        let id = u16_le(self.stream, at)?;
        let length = usize::from(u16_le(self.stream, at + 2)?);
        self.at = at + 4 + length;
        Some(Record { at, id, body: slice(self.stream, at + 4, length) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_end_with_the_stream() {
        let stream = [9, 8, 2, 0, 1, 2, 10, 0, 0, 0, 47, 0, 9, 0, 5];
        let found: Vec<(u16, usize)> =
            records(&stream).map(|record| (record.id, record.body.len())).collect();
        assert_eq!(found, [(0x0809, 2), (EOF, 0), (FILE_PASS, 1)]);
    }
}

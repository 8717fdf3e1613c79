//! The bytes of a disk, wherever they lie in the image file → pieces of it, and files made of pieces.

use std::borrow::Cow;
use std::io::{ErrorKind, Read, Result};
use std::rc::Rc;

/// A disk, or a part of one.
#[derive(Clone)]
pub(crate) struct Disk<'a> {
    bytes: &'a [u8],
    blocks: Option<Rc<Blocks>>,
    start: u64,
    size_bytes: u64,
}

/// Where the blocks of a growing image lie in its file; one that is not there is all zeros.
pub(crate) struct Blocks {
    pub(crate) block_bytes: u64,
    pub(crate) places: Vec<Option<u64>>,
}

/// What stands at a place of a disk.
enum Piece<'a> {
    Bytes(&'a [u8]),
    Zeros(u64),
}

impl<'a> Disk<'a> {
    /// A disk that is written byte for byte.
    pub(crate) fn flat(bytes: &'a [u8]) -> Self {
        Self { bytes, blocks: None, start: 0, size_bytes: bytes.len() as u64 }
    }

    /// A disk of blocks.
    pub(crate) fn of_blocks(bytes: &'a [u8], blocks: Blocks, size_bytes: u64) -> Self {
        Self { bytes, blocks: Some(Rc::new(blocks)), start: 0, size_bytes }
    }

    /// The part from `start` on, no longer than the disk.
    pub(crate) fn part(&self, start: u64, size_bytes: u64) -> Self {
        let left = self.size_bytes.saturating_sub(start);
        Self { start: self.start.saturating_add(start), size_bytes: size_bytes.min(left), ..self.clone() }
    }

    pub(crate) fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// `length` bytes from `offset`; `None` where not all of them are there.
    pub(crate) fn read(&self, offset: u64, length: usize) -> Option<Cow<'a, [u8]>> {
        let wanted = length as u64;
        if offset.checked_add(wanted)? > self.size_bytes {
            return None;
        }
        if let Some(Piece::Bytes(bytes)) = self.piece(offset, wanted)
            && bytes.len() == length
        {
            return Some(Cow::Borrowed(bytes));
        }
        let mut gathered = Vec::new();
        while gathered.len() < length {
            let left = length - gathered.len();
            match self.piece(offset + gathered.len() as u64, left as u64)? {
                Piece::Bytes([]) | Piece::Zeros(0) => return None,
                Piece::Bytes(bytes) => gathered.extend_from_slice(bytes),
                Piece::Zeros(count) => gathered.resize(gathered.len() + usize::try_from(count).ok()?, 0),
            }
        }
        Some(Cow::Owned(gathered))
    }

    /// What stands from `offset` on, at most `length` bytes of one piece; `None` where nothing does.
    fn piece(&self, offset: u64, length: u64) -> Option<Piece<'a>> {
        let length = length.min(self.size_bytes.checked_sub(offset)?);
        let at = self.start.checked_add(offset)?;
        let Some(blocks) = &self.blocks else { return bytes_at(self.bytes, at, length) };
        let within = at.checked_rem(blocks.block_bytes)?;
        let length = length.min(blocks.block_bytes - within);
        let place = blocks.places.get(usize::try_from(at / blocks.block_bytes).ok()?)?;
        match place {
            Some(place) => bytes_at(self.bytes, place.checked_add(within)?, length),
            None => Some(Piece::Zeros(length)),
        }
    }
}

fn bytes_at(bytes: &[u8], at: u64, length: u64) -> Option<Piece<'_>> {
    let rest = bytes.get(usize::try_from(at).ok()?..)?;
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    Some(Piece::Bytes(rest.get(..length).unwrap_or(rest)))
}

/// A stretch of a file: where it lies on the disk, or nowhere (zeros).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: Option<u64>,
    pub(crate) length: u64,
}

impl Run {
    pub(crate) fn at(start: u64, length: u64) -> Self {
        Self { start: Some(start), length }
    }

    pub(crate) fn hole(length: u64) -> Self {
        Self { start: None, length }
    }
}

/// A file on a disk, read run by run. Where the runs end before the stated size, or leave the disk, it is damaged.
pub(crate) struct Extents<'a> {
    disk: Disk<'a>,
    runs: std::vec::IntoIter<Run>,
    run: Run,
    left: u64,
}

impl<'a> Extents<'a> {
    pub(crate) fn new(disk: &Disk<'a>, runs: Vec<Run>, size_bytes: u64) -> Self {
        Self { disk: disk.clone(), runs: runs.into_iter(), run: Run::hole(0), left: size_bytes }
    }
}

impl Read for Extents<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.left == 0 || into.is_empty() {
            return Ok(0);
        }
        while self.run.length == 0 {
            let Some(run) = self.runs.next() else { return Err(ErrorKind::UnexpectedEof.into()) };
            self.run = run;
        }
        let wanted = self.run.length.min(self.left).min(into.len() as u64);
        let piece = match self.run.start {
            None => Piece::Zeros(wanted),
            Some(start) => self.disk.piece(start, wanted).ok_or(ErrorKind::UnexpectedEof)?,
        };
        let count = match piece {
            Piece::Bytes(bytes) => {
                into.get_mut(..bytes.len()).ok_or(ErrorKind::UnexpectedEof)?.copy_from_slice(bytes);
                bytes.len()
            }
            Piece::Zeros(count) => {
                let count = usize::try_from(count).unwrap_or(into.len()).min(into.len());
                into.get_mut(..count).ok_or(ErrorKind::UnexpectedEof)?.fill(0);
                count
            }
        };
        if count == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.left -= count as u64;
        self.run.length -= count as u64;
        self.run.start = self.run.start.map(|start| start.saturating_add(count as u64));
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_of_blocks_is_read_across_them() {
        let bytes = b"BBBBAAAA";
        let blocks = Blocks { block_bytes: 4, places: vec![Some(4), None, Some(0)] };
        let disk = Disk::of_blocks(bytes, blocks, 11);
        assert_eq!(disk.read(0, 11).as_deref(), Some(&b"AAAA\0\0\0\0BBB"[..]));
        assert_eq!(disk.part(2, 100).read(1, 3).as_deref(), Some(&b"A\0\0"[..]));
        assert_eq!(disk.read(4, 8), None);
        let mut file = Vec::new();
        let runs = vec![Run::at(9, 2), Run::hole(1), Run::at(0, 50)];
        let outcome = Extents::new(&disk, runs, 16).read_to_end(&mut file);
        assert_eq!((file.as_slice(), outcome.is_err()), (&b"BB\0AAAA\0\0\0\0BBB"[..], true));
    }
}

//! The content of compiled help → bytes of its files. What is compressed is one LZX stream that begins anew in intervals.

use std::io::{Error, ErrorKind, Read};

use super::directory::{Directory, Entry};
use crate::lzx::{FRAME_BYTES, Lzx};
use crate::number::{place, slice, u64_le};

/// The content.
pub(super) struct Content<'b> {
    bytes: &'b [u8],
    begins: usize,
    stream: Option<Stream<'b>>,
}

/// The compressed stream, and the frame that was decoded last.
struct Stream<'b> {
    input: &'b [u8],
    /// Where each frame begins in the input.
    frames: Vec<usize>,
    unpacked_bytes: u64,
    /// Frames from one new beginning to the next.
    interval: usize,
    decoder: Lzx,
    /// The number of the frame held, and its bytes.
    held: Option<(usize, Vec<u8>)>,
    /// Frames that may still be decoded. Files that lie over one another make some be decoded again, but not without end.
    frames_left: usize,
}

impl<'b> Content<'b> {
    /// The content that a directory tells of.
    pub(super) fn of(bytes: &'b [u8], directory: &Directory) -> Content<'b> {
        let mut content = Content { bytes, begins: directory.content, stream: None };
        content.stream = content.compressed(directory);
        content
    }

    /// A file that is kept as it is.
    pub(super) fn plain(&self, entry: &Entry) -> &'b [u8] {
        let at = usize::try_from(entry.offset).ok().and_then(|offset| self.begins.checked_add(offset));
        at.map_or(&[], |at| slice(self.bytes, at, usize::try_from(entry.length).unwrap_or(usize::MAX)))
    }

    /// A file of the compressed stream.
    pub(super) fn packed(&mut self, entry: &Entry) -> impl Read {
        File { stream: self.stream.as_mut(), at: entry.offset, left: entry.length }
    }

    fn compressed(&self, directory: &Directory) -> Option<Stream<'b>> {
        const STORAGE: &str = "::DataSpace/Storage/MSCompressed/";
        let part = |end: &str| {
            let entry = directory.entries.iter().find(|entry| {
                entry.name.strip_prefix(STORAGE).is_some_and(|name| name.ends_with(end)) && entry.section == 0
            });
            entry.map(|entry| self.plain(entry))
        };
        let input = part("Content")?;
        let control = part("ControlData")?;
        let table = part("ResetTable")?;
        control.get(4..)?.strip_prefix(b"LZXC")?;
        // In its second version sizes count frames.
        let unit = if place(control, 8)? >= 2 { FRAME_BYTES } else { 1 };
        let interval = place(control, 12)?.checked_mul(unit)?;
        let window = place(control, 16)?.checked_mul(unit)?;
        let count = place(table, 4)?;
        let header = place(table, 12)?;
        let listed = table.get(header..)?;
        if u64_le(table, 0x20)? != FRAME_BYTES as u64 {
            return None;
        }
        let frames = listed.chunks_exact(8).take(count).filter_map(|bytes| u64_le(bytes, 0));
        let frames: Vec<usize> = frames.filter_map(|at| usize::try_from(at).ok()).collect();
        Some(Stream {
            input,
            frames_left: frames.len() * 4 + 64,
            frames,
            unpacked_bytes: u64_le(table, 0x10)?,
            interval: (interval / FRAME_BYTES).max(1),
            decoder: Lzx::new(window)?,
            held: None,
        })
    }
}

impl Stream<'_> {
    /// One frame; those between the last beginning and it are decoded on the way.
    fn frame(&mut self, wanted: usize) -> Option<&[u8]> {
        let held = self.held.as_ref().map(|(number, _)| *number);
        if held != Some(wanted) {
            let begin = wanted - wanted % self.interval;
            // What follows the frame held goes on from it.
            let next = held.map(|held| held + 1).filter(|next| *next > begin && *next <= wanted);
            for number in next.unwrap_or(begin)..=wanted {
                if number.is_multiple_of(self.interval) {
                    self.decoder.reset();
                }
                self.held = None;
                let bytes = self.decode(number)?;
                self.held = Some((number, bytes));
            }
        }
        self.held.as_ref().map(|(_, bytes)| bytes.as_slice())
    }

    fn decode(&mut self, number: usize) -> Option<Vec<u8>> {
        self.frames_left = self.frames_left.checked_sub(1)?;
        let from = *self.frames.get(number)?;
        let end = self.frames.get(number + 1).copied().unwrap_or(self.input.len());
        let input = self.input.get(from..end)?;
        let left = self.unpacked_bytes.checked_sub(number as u64 * FRAME_BYTES as u64)?;
        let length = usize::try_from(left).unwrap_or(FRAME_BYTES).min(FRAME_BYTES);
        self.decoder.frame(input, length).ok()
    }
}

/// A file of the stream while it is read.
struct File<'s, 'b> {
    stream: Option<&'s mut Stream<'b>>,
    at: u64,
    left: u64,
}

impl Read for File<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 || into.is_empty() {
            return Ok(0);
        }
        let broken = || Error::from(ErrorKind::InvalidData);
        let number = usize::try_from(self.at / FRAME_BYTES as u64).map_err(|_| broken())?;
        let offset = usize::try_from(self.at % FRAME_BYTES as u64).map_err(|_| broken())?;
        let frame = self.stream.as_mut().and_then(|stream| stream.frame(number)).ok_or_else(broken)?;
        let rest = frame.get(offset..).filter(|rest| !rest.is_empty()).ok_or_else(broken)?;
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len()).min(rest.len());
        let (Some(to), Some(from)) = (into.get_mut(..most), rest.get(..most)) else { return Err(broken()) };
        to.copy_from_slice(from);
        self.at += most as u64;
        self.left -= most as u64;
        Ok(most)
    }
}

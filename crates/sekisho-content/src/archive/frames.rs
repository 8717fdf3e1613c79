//! Compressed frames that stand one behind the other in a file → one stream of bytes, and what stands behind the last.

use std::io::{Error, ErrorKind, Read, Result};

use crate::limits::FRAMES_MAX;
use crate::open::{Hold, Look, Member};

/// One frame of a compressed format.
pub(super) trait Frame<'a>: Read + Sized {
    /// Begins the frame at the start of `bytes`.
    fn open(bytes: &'a [u8]) -> Result<Self>;

    /// Whether another frame begins here.
    fn follows(bytes: &[u8]) -> bool;

    /// Checks the frame after its last byte was read, and gives what stands behind it.
    fn finish(self) -> Result<&'a [u8]>;
}

/// All frames of a file, read as one.
pub(super) struct Frames<'a, F> {
    frame: Option<F>,
    rest: &'a [u8],
    count: usize,
}

impl<'a, F: Frame<'a>> Frames<'a, F> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { frame: None, rest: bytes, count: 0 }
    }

    /// Unpacks everything and hands it out. Bytes behind the last frame that are no filling are a member of their own.
    pub(super) fn unpack(mut self, look: &mut Look<'a>, names: Vec<String>) {
        if look.unpack(names, &mut self, Hold::Archived) && self.rest.iter().any(|byte| *byte != 0) {
            look.hand(Member::whole(Vec::new(), self.rest, Hold::Appended));
        }
    }

    fn step(&mut self, into: &mut [u8]) -> Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let count = frame.read(into)?;
                if count > 0 {
                    return Ok(count);
                }
            }
            if let Some(frame) = self.frame.take() {
                self.rest = frame.finish()?;
            }
            let padding = self.rest.iter().take_while(|byte| **byte == 0).count();
            let next = self.rest.get(padding..).unwrap_or_default();
            if self.count > 0 && !F::follows(next) {
                return Ok(0);
            }
            self.count += 1;
            if self.count > FRAMES_MAX {
                return Err(ErrorKind::OutOfMemory.into());
            }
            self.frame = Some(F::open(if self.count == 1 { self.rest } else { next })?);
        }
    }
}

impl<'a, F: Frame<'a>> Read for Frames<'a, F> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        let outcome = self.step(into);
        if outcome.is_err() {
            // What comes after the damage is the damaged frame's own.
            self.rest = &[];
        }
        outcome
    }
}

/// The bytes of a frame ended too early, or say something that the format does not know.
pub(super) fn damaged() -> Error {
    ErrorKind::InvalidData.into()
}

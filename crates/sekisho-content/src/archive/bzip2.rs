//! BZIP2 → its content. Several streams are one content, as `bunzip2` writes it.

use std::io::{Read, Result};

use ::bzip2::bufread::BzDecoder;

use super::frames::{Frame, Frames};
use crate::open::Look;

pub(super) fn look(look: &mut Look<'_>) {
    Frames::<Bzip2<'_>>::new(look.bytes).unpack(look, Vec::new());
}

struct Bzip2<'a>(BzDecoder<&'a [u8]>);

impl<'a> Frame<'a> for Bzip2<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self> {
        Ok(Self(BzDecoder::new(bytes)))
    }

    fn follows(bytes: &[u8]) -> bool {
        const BLOCK: &[u8] = &[0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
        const END: &[u8] = &[0x17, 0x72, 0x45, 0x38, 0x50, 0x90];
        let block = bytes.get(4..).unwrap_or_default();
        bytes.starts_with(b"BZh") && (block.starts_with(BLOCK) || block.starts_with(END))
    }

    fn finish(self) -> Result<&'a [u8]> {
        Ok(self.0.into_inner())
    }
}

impl Read for Bzip2<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        self.0.read(into)
    }
}

//! Zstandard → its content (RFC 8878). Several frames are one content; skippable frames hold none.

use std::io::{Error, ErrorKind, Read, Result};

use ruzstd::decoding::errors::{FrameDecoderError, FrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::frames::{Frame, Frames, damaged};
use crate::limits::DICTIONARY_BYTES_MAX;
use crate::number::{place, slice};
use crate::open::Look;

pub(super) fn look(look: &mut Look<'_>) {
    Frames::<Zstd<'_>>::new(look.bytes).unpack(look, Vec::new());
}

enum Zstd<'a> {
    Content { decoder: Box<FrameDecoder>, source: &'a [u8] },
    Skipped { behind: &'a [u8] },
}

/// Section 3.1.2: sixteen magic numbers, then the length of what is to be skipped.
pub(super) fn is_skippable(bytes: &[u8]) -> bool {
    matches!(bytes, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

impl<'a> Frame<'a> for Zstd<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self> {
        if is_skippable(bytes) {
            let length = place(bytes, 4).ok_or_else(damaged)?;
            let behind = bytes.get(length.saturating_add(8)..).ok_or_else(damaged)?;
            return Ok(Self::Skipped { behind });
        }
        let mut decoder = Box::new(FrameDecoder::new());
        decoder.set_max_window_size(u64::from(DICTIONARY_BYTES_MAX));
        let mut source = bytes;
        decoder.init(&mut source).map_err(reason)?;
        Ok(Self::Content { decoder, source })
    }

    fn follows(bytes: &[u8]) -> bool {
        bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) || is_skippable(bytes)
    }

    fn finish(self) -> Result<&'a [u8]> {
        match self {
            Self::Skipped { behind } => Ok(behind),
            Self::Content { decoder, source } => {
                let stated = decoder.get_checksum_from_data();
                let wrong = stated.is_some() && stated != decoder.get_calculated_checksum();
                if wrong { Err(damaged()) } else { Ok(slice(source, 0, usize::MAX)) }
            }
        }
    }
}

impl Read for Zstd<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let Self::Content { decoder, source } = self else { return Ok(0) };
        while decoder.can_collect() == 0 && !decoder.is_finished() {
            decoder.decode_blocks(&mut *source, BlockDecodingStrategy::UptoBlocks(1)).map_err(reason)?;
        }
        decoder.read(into)
    }
}

fn reason(error: FrameDecoderError) -> Error {
    match error {
        FrameDecoderError::WindowSizeTooBig { .. }
        | FrameDecoderError::FrameHeaderError(FrameHeaderError::WindowTooBig { .. }) => {
            ErrorKind::OutOfMemory.into()
        }
        FrameDecoderError::DictNotProvided { .. } => ErrorKind::Unsupported.into(),
        _ => damaged(),
    }
}

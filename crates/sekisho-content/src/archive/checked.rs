//! A stream → one member of it: as many bytes as its header states, held against the checksum that its header states.

use std::io::{Error, ErrorKind, Read};

use crc32fast::Hasher;

/// The next bytes of a stream. The end comes too early, or the checksum differs: that is an error, once all bytes that
/// are there have been given.
pub(super) struct Checked<'r> {
    from: &'r mut dyn Read,
    left_bytes: u64,
    crc: Hasher,
    expected: Option<u32>,
}

impl<'r> Checked<'r> {
    /// `size_bytes` of `from`, whose CRC-32 is to be `expected` where one is stated.
    pub(super) fn new(from: &'r mut dyn Read, size_bytes: u64, expected: Option<u32>) -> Self {
        Self { from, left_bytes: size_bytes, crc: Hasher::new(), expected }
    }

    /// Bytes that have not been read yet.
    pub(super) fn left_bytes(&self) -> u64 {
        self.left_bytes
    }
}

impl Read for Checked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left_bytes == 0 {
            let differs =
                self.expected.take().is_some_and(|expected| expected != self.crc.clone().finalize());
            return if differs { Err(Error::new(ErrorKind::InvalidData, "checksum differs")) } else { Ok(0) };
        }
        let length = usize::try_from(self.left_bytes).unwrap_or(usize::MAX).min(buffer.len());
        let Some(buffer) = buffer.get_mut(..length) else { return Ok(0) };
        let count = self.from.read(buffer)?;
        if count == 0 && length > 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.crc.update(buffer.get(..count).unwrap_or_default());
        self.left_bytes = self.left_bytes.saturating_sub(count as u64);
        Ok(count)
    }
}

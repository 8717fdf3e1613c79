//! Where the bytes of a data file come from: it may have 50 GB, so that only what is asked for is read.

use std::io;

/// Bytes that can be read at any place.
pub trait ReadAt {
    /// Reads some bytes from `place` on, as [`std::io::Read::read`] does; 0 at the end.
    ///
    /// # Errors
    /// The system's own.
    fn read_at(&self, place: u64, into: &mut [u8]) -> io::Result<usize>;

    /// How many bytes there are.
    fn size_bytes(&self) -> u64;

    /// Reads until `into` is full or the file ends; how many bytes there were.
    ///
    /// # Errors
    /// The system's own.
    fn read_full(&self, place: u64, into: &mut [u8]) -> io::Result<usize> {
        let mut read = 0;
        while let Some(rest) = into.get_mut(read..).filter(|rest| !rest.is_empty()) {
            match self.read_at(place.saturating_add(read as u64), rest) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(read)
    }
}

impl ReadAt for [u8] {
    fn read_at(&self, place: u64, into: &mut [u8]) -> io::Result<usize> {
        let from = usize::try_from(place).unwrap_or(usize::MAX);
        let mut rest = self.get(from..).unwrap_or_default();
        io::Read::read(&mut rest, into)
    }

    fn size_bytes(&self) -> u64 {
        self.len() as u64
    }
}

impl ReadAt for Vec<u8> {
    fn read_at(&self, place: u64, into: &mut [u8]) -> io::Result<usize> {
        self.as_slice().read_at(place, into)
    }

    fn size_bytes(&self) -> u64 {
        self.len() as u64
    }
}

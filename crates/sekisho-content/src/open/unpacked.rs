//! A stream of unpacked bytes → a member: its beginning kept, all of it counted, hashed and searched for filling, each
//! step paid from the budget before it is taken.

use std::io::{ErrorKind, Read};

use sha2::{Digest, Sha256};

use super::{Budget, Cost, Hold, Member};
use crate::padding::Filling;
use crate::{Padding, Unread};

/// What came out of a stream.
pub(crate) struct Unpacked {
    bytes: Vec<u8>,
    size_bytes: u64,
    beyond: Option<Beyond>,
    /// Why it is not whole.
    pub(crate) unread: Option<Unread>,
}

/// What is kept of bytes that are let go.
struct Beyond {
    hash: Sha256,
    filling: Filling,
}

/// Bytes taken from a stream at a time.
const STEP_BYTES: usize = 64 * 1024;

impl Unpacked {
    /// Reads to the end. What came before an error of the stream stays; the error is damage unless its kind says that
    /// the stream asks for too much memory or is not supported.
    pub(crate) fn read(from: &mut dyn Read, budget: &mut Budget) -> Self {
        let mut unpacked = Self::empty();
        let mut step = vec![0; STEP_BYTES];
        loop {
            match from.read(&mut step) {
                Ok(0) => break,
                Ok(count) => {
                    if let Err(unread) = unpacked.push(step.get(..count).unwrap_or_default(), budget) {
                        unpacked.unread = Some(unread);
                        break;
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    unpacked.unread = Some(reason(&error));
                    break;
                }
            }
        }
        unpacked
    }

    /// Nothing yet; for decoders that hand their bytes out instead of being read.
    pub(crate) fn empty() -> Self {
        Self { bytes: Vec::new(), size_bytes: 0, beyond: None, unread: None }
    }

    /// Takes the next bytes; `TooLarge` where they can't be paid for, and then nothing is taken.
    pub(crate) fn push(&mut self, bytes: &[u8], budget: &mut Budget) -> Result<(), Unread> {
        budget.pay(Cost::Bytes(bytes.len() as u64)).map_err(|_| Unread::TooLarge)?;
        self.size_bytes = self.size_bytes.saturating_add(bytes.len() as u64);
        let room = budget.member_bytes_kept_max.saturating_sub(self.bytes.len());
        let (kept, rest) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
        if self.beyond.is_none() {
            self.bytes.extend_from_slice(kept);
        }
        if !rest.is_empty() || self.beyond.is_some() {
            let rest = if self.beyond.is_some() { bytes } else { rest };
            let beyond = self.beyond.get_or_insert_with(|| Beyond::after(&self.bytes));
            beyond.hash.update(rest);
            beyond.filling.push(rest);
        }
        Ok(())
    }

    /// Bytes counted so far.
    pub(crate) fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// The bytes kept: all of them, unless it is larger than what is kept of a member.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The member that it is.
    pub(crate) fn member(self, names: Vec<String>, hold: Hold) -> Member<'static> {
        let (sha256, padding) = match self.beyond {
            None => (None, None),
            Some(beyond) => {
                (Some(hexadecimal(&beyond.hash.finalize())), padding(&self.bytes, beyond.filling))
            }
        };
        Member {
            names,
            bytes: self.bytes.into(),
            size_bytes: self.size_bytes,
            sha256,
            padding,
            unread: self.unread,
            hold,
        }
    }
}

fn reason(error: &std::io::Error) -> Unread {
    match error.kind() {
        ErrorKind::OutOfMemory => Unread::TooLarge,
        ErrorKind::Unsupported => Unread::Unsupported,
        _ => Unread::Damaged,
    }
}

impl Beyond {
    fn after(beginning: &[u8]) -> Self {
        let mut beyond = Self { hash: Sha256::new(), filling: Filling::default() };
        beyond.hash.update(beginning);
        beyond.filling.push(beginning);
        beyond
    }
}

fn padding(beginning: &[u8], filling: Filling) -> Option<Padding> {
    filling.padding(crate::kind(beginning))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(kept: usize) -> Budget {
        Budget { member_bytes_kept_max: kept, ..Budget::default() }
    }

    #[test]
    fn what_fits_is_kept_whole() {
        let member = Unpacked::read(&mut &b"whole"[..], &mut budget(5)).member(Vec::new(), Hold::Archived);
        assert_eq!(
            (&*member.bytes, member.size_bytes, member.sha256, member.unread),
            (&b"whole"[..], 5, None, None)
        );
    }

    #[test]
    fn what_is_larger_is_hashed_and_its_filling_measured() {
        let content = [&b"MZ dropper"[..], &vec![0; 3_000_000]].concat();
        let member = Unpacked::read(&mut &*content, &mut budget(100_000)).member(Vec::new(), Hold::Archived);
        assert_eq!(member.bytes.len(), 100_000);
        assert_eq!(member.size_bytes, content.len() as u64);
        assert_eq!(member.sha256, Some(hexadecimal(&Sha256::digest(&content))));
        assert!(member.padding.is_some_and(|padding| padding.padded_bytes >= 2_900_000));
    }

    #[test]
    fn a_purse_that_empties_is_too_large() {
        let mut budget = Budget { expanded_bytes_left: 100_000, ..Budget::default() };
        let unpacked = Unpacked::read(&mut std::io::repeat(7), &mut budget);
        assert_eq!(unpacked.unread, Some(Unread::TooLarge));
        assert!(unpacked.size_bytes() <= 100_000);
    }

    #[test]
    fn an_error_of_the_stream_keeps_what_came_before() {
        let mut stream = flate2::read::GzDecoder::new(&b"not gzip"[..]);
        assert_eq!(Unpacked::read(&mut stream, &mut budget(10)).unread, Some(Unread::Damaged));
    }
}

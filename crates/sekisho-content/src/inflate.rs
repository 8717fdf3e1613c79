//! Deflated bytes that are all there → what they hold (RFC 1951).
//!
//! What comes out is made in its place: no window stands beside it, which for the many small parts of a document would
//! cost more than the parts. Streams that come piece by piece are read with `flate2` instead.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use crate::Unread;

/// What came out of a stream.
pub(crate) struct Content {
    /// Its bytes, as far as they go.
    pub(crate) bytes: Vec<u8>,
    /// Why it is not whole.
    pub(crate) unread: Option<Unread>,
}

/// What a deflated stream holds, `most` bytes of it (`TooLarge` where there are more).
///
/// `expected` is what a header says of its size, and is believed where that costs nothing; each step is paid after it
/// was taken.
pub(crate) fn inflated(
    packed: &[u8],
    expected: u64,
    most: usize,
    pays: &mut dyn FnMut(usize) -> bool,
) -> Content {
    const FIRST_BYTES_MIN: usize = 256;
    const STEP_BYTES_MAX: usize = 256 * 1024;
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut decoder = DecompressorOxide::new();
    // One byte more than stated tells whether that is all.
    let first = usize::try_from(expected).unwrap_or(usize::MAX).saturating_add(1);
    let mut room = first.clamp(FIRST_BYTES_MIN, STEP_BYTES_MAX);
    let (mut bytes, mut read, mut written) = (Vec::new(), 0_usize, 0_usize);
    let unread = loop {
        bytes.resize(written.saturating_add(room).min(most), 0);
        let rest = packed.get(read..).unwrap_or_default();
        let (status, taken, made) = decompress(&mut decoder, rest, &mut bytes, written, flags);
        read += taken;
        written += made;
        if !pays(made) {
            break Some(Unread::TooLarge);
        }
        match status {
            TINFLStatus::Done => break None,
            TINFLStatus::HasMoreOutput if written < most => {
                room = written.clamp(FIRST_BYTES_MIN, STEP_BYTES_MAX)
            }
            TINFLStatus::HasMoreOutput => break Some(Unread::TooLarge),
            _ => break Some(Unread::Damaged),
        }
    };
    bytes.truncate(written);
    Content { bytes, unread }
}

/// The first `length` bytes of it, or as many of them as there are.
pub(crate) fn beginning(packed: &[u8], length: usize) -> Vec<u8> {
    inflated(packed, length as u64, length, &mut |_| true).bytes
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn deflated(content: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn all_of_it_whatever_size_is_stated() {
        let content: Vec<u8> = (0..1_000_000_u32).flat_map(|number| (number / 7).to_le_bytes()).collect();
        let packed = deflated(&content);
        for expected in [0, 1, content.len() as u64, u64::MAX] {
            let mut paid = 0;
            let found = inflated(&packed, expected, usize::MAX, &mut |count| {
                paid += count;
                true
            });
            assert!(found.bytes == content && found.unread.is_none() && paid == content.len());
        }
        assert_eq!(beginning(&packed, 5), content[..5]);
        assert!(beginning(&packed, 0).is_empty());
    }

    #[test]
    fn limits_and_damage_keep_what_came_before() {
        let content = vec![7; 3_000_000];
        let packed = deflated(&content);
        let found = inflated(&packed, 0, 1000, &mut |_| true);
        assert_eq!((found.bytes.len(), found.unread), (1000, Some(Unread::TooLarge)));
        let found = inflated(&packed, 3_000_000, 3_000_000, &mut |_| true);
        assert_eq!((found.bytes.len(), found.unread), (3_000_000, None));
        let mut left = 500_000;
        let found = inflated(&packed, u64::MAX, usize::MAX, &mut |count| {
            left -= count as i64;
            left > 0
        });
        assert!(found.unread == Some(Unread::TooLarge) && found.bytes.len() < 1_000_000);
        for end in 0..packed.len() {
            let found = inflated(&packed[..end], 100, usize::MAX, &mut |_| true);
            assert_eq!(found.unread, Some(Unread::Damaged), "{end}");
        }
        assert_eq!(inflated(&[0xff; 9], 9, 9, &mut |_| true).unread, Some(Unread::Damaged));
    }
}

//! Bytes → how much of the end is filling. Some mail scanners skip large files; a small dropper is blown up for them
//! with zeros or a repeated pattern (in 2023 to 500 MB, in a few hundred kilobytes of ZIP).

use serde::{Deserialize, Serialize};

use crate::Kind;
use crate::family::Family;
use crate::limits::{PADDING_BYTES_MIN, PADDING_PATTERN_BYTES_MAX, PADDING_TRAILER_BYTES_MAX};

/// Filling at the end of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Padding {
    /// How many bytes repeat one byte or one short pattern.
    pub padded_bytes: u64,
    /// The size of the whole file in bytes.
    pub total_bytes: u64,
}

/// The filling at the end of `bytes`, unless it is small or the format is one that has such ends by nature.
pub(crate) fn padding(bytes: &[u8], kind: Kind) -> Option<Padding> {
    if bytes.len() < PADDING_BYTES_MIN || has_empty_space_by_nature(kind) {
        return None;
    }
    let trailer_lengths = trailer_lengths(bytes);
    let padded = trailer_lengths
        .into_iter()
        .filter_map(|trailer| bytes.get(..bytes.len().checked_sub(trailer)?))
        .map(repeated_at_end)
        .max()
        .unwrap_or(0);
    (padded >= PADDING_BYTES_MIN)
        .then_some(Padding { padded_bytes: padded as u64, total_bytes: bytes.len() as u64 })
}

/// Filling measured while the bytes stream by.
///
/// It may miss less than one step at the filling's beginning; what is kept of a stream is far more than that.
#[derive(Default)]
pub(crate) struct Filling {
    total_bytes: u64,
    /// The last bytes seen, at most one probe.
    tail: Vec<u8>,
    /// The length of the pattern that repeats, where one does.
    period: Option<usize>,
    run_bytes: u64,
    /// The run before this one, and where it ended: a trailer may stand behind it.
    ended: Option<(u64, u64)>,
}

impl Filling {
    /// Takes the next bytes.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        let joined = [&self.tail, bytes].concat();
        let new_from = self.tail.len();
        let matched = self.period.map_or(0, |period| matching(&joined, new_from, period));
        self.run_bytes += matched as u64;
        if matched < bytes.len() {
            if self.run_bytes >= PADDING_BYTES_MIN as u64 {
                self.ended = Some((self.run_bytes, self.total_bytes + matched as u64));
            }
            let probe = joined.get(joined.len().saturating_sub(PROBE_BYTES)..).unwrap_or_default();
            self.period = (1..=PADDING_PATTERN_BYTES_MAX).find(|period| run(probe, *period) == probe.len());
            self.run_bytes = self.period.map_or(0, |period| run(&joined, period) as u64);
        }
        self.total_bytes += bytes.len() as u64;
        self.tail = joined.get(joined.len().saturating_sub(PROBE_BYTES)..).unwrap_or_default().to_vec();
    }

    /// The filling at the end of what was seen, of this kind.
    pub(crate) fn padding(&self, kind: Kind) -> Option<Padding> {
        let trailed = self
            .ended
            .filter(|(_, end)| self.total_bytes - end <= PADDING_TRAILER_BYTES_MAX as u64)
            .map_or(0, |(run, _)| run);
        let padded_bytes = self.run_bytes.max(trailed);
        let is_filled = padded_bytes >= PADDING_BYTES_MIN as u64 && !has_empty_space_by_nature(kind);
        is_filled.then_some(Padding { padded_bytes, total_bytes: self.total_bytes })
    }
}

/// How many bytes from `from` on equal the one `period` before.
fn matching(bytes: &[u8], from: usize, period: usize) -> usize {
    let later = bytes.get(from..).unwrap_or_default();
    let earlier = from.checked_sub(period).and_then(|at| bytes.get(at..)).unwrap_or_default();
    if earlier.get(..later.len()) == Some(later) {
        return later.len();
    }
    later.iter().zip(earlier).take_while(|(a, b)| a == b).count()
}

/// Disk images hold unused space, and uncompressed pictures and sounds hold white and silence.
fn has_empty_space_by_nature(kind: Kind) -> bool {
    matches!(kind.family(), Family::DiskImage | Family::Text | Family::Audio | Family::Video)
        || matches!(kind, Kind::Bmp | Kind::Tiff | Kind::Tar | Kind::Psd | Kind::Pnm | Kind::OutlookPst)
}

/// How long a trailer behind the filling could be: nothing, or up to the last byte that differs from the one which
/// fills the file just before the longest trailer allowed.
fn trailer_lengths(bytes: &[u8]) -> Vec<usize> {
    let tail_at = bytes.len().saturating_sub(PADDING_TRAILER_BYTES_MAX);
    let mut lengths = vec![0];
    if let Some((&filler, tail)) = bytes.get(tail_at..).and_then(<[u8]>::split_first) {
        let same = tail.iter().take_while(|byte| **byte == filler).count();
        lengths.push(tail.len() - same);
    }
    lengths
}

/// The stretch for which a pattern must hold before it is tried on the whole.
const PROBE_BYTES: usize = PADDING_PATTERN_BYTES_MAX * 8;

/// How many bytes at the end repeat one pattern of up to `PADDING_PATTERN_BYTES_MAX` bytes.
fn repeated_at_end(bytes: &[u8]) -> usize {
    // A pattern that does not even hold for a short stretch is not tried on the whole file.
    let probe = bytes.get(bytes.len().saturating_sub(PROBE_BYTES)..).unwrap_or(bytes);
    let period = (1..=PADDING_PATTERN_BYTES_MAX).find(|period| run(probe, *period) == probe.len());
    period.map_or(0, |period| run(bytes, period))
}

/// The length of the stretch at the end in which every byte equals the one `period` before it.
fn run(bytes: &[u8], period: usize) -> usize {
    let Some(earlier) = bytes.len().checked_sub(period).and_then(|end| bytes.get(..end)) else { return 0 };
    let later = bytes.get(period..).unwrap_or_default();
    let same = earlier.iter().rev().zip(later.iter().rev()).take_while(|(a, b)| a == b).count();
    same + period
}

#[cfg(test)]
mod tests {
    use super::*;

    fn padded(front: &[u8], pattern: &[u8], count: usize, back: &[u8]) -> Option<Padding> {
        let bytes = [front, &pattern.repeat(count), back].concat();
        padding(&bytes, Kind::OfficeWord97)
    }

    #[test]
    fn zeros_and_patterns_are_filling() {
        let two_mebibytes = 2 * 1024 * 1024;
        let found = padded(b"document", b"\0", two_mebibytes, b"").unwrap();
        assert_eq!(found.padded_bytes, two_mebibytes as u64);
        assert_eq!(found.total_bytes, two_mebibytes as u64 + 8);
        assert!(padded(b"document", b"abc", two_mebibytes / 3, b"").is_some());
        assert!(padded(b"document", b"\0", two_mebibytes, b"end record").is_some());
    }

    fn streamed(bytes: &[u8], step: usize) -> Option<u64> {
        let mut filling = Filling::default();
        bytes.chunks(step).for_each(|chunk| filling.push(chunk));
        filling.padding(Kind::OfficeWord97).map(|padding| padding.padded_bytes)
    }

    #[test]
    fn a_stream_tells_the_same_within_a_step() {
        for (pattern, back) in
            [(&b"\0"[..], &b""[..]), (b"abc", b""), (b"\0", b"end record"), (b"0123456", b"]")]
        {
            let front = b"a document in front of it".repeat(1000);
            let filling = pattern.repeat(2_000_000 / pattern.len());
            let bytes = [&front, &filling, back].concat();
            for step in [1000, 8192, 65_536] {
                let found = streamed(&bytes, step).unwrap();
                let missed = (filling.len() as u64).saturating_sub(found);
                assert!(
                    missed <= 65_536 + 64 && found <= filling.len() as u64 + 64,
                    "{pattern:?} {step}: {found}"
                );
            }
        }
        assert_eq!(streamed(&b"words ".repeat(100_000), 8192), None);
    }

    #[test]
    fn near_misses() {
        assert_eq!(padded(b"document", b"\0", 500_000, b""), None);
        let mut seed = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        })
        .take(2_000_000)
        .collect();
        assert_eq!(padding(&noise, Kind::OfficeWord97), None);
        assert_eq!(padding(&vec![0; 2_000_000], Kind::ImgFat), None);
    }
}

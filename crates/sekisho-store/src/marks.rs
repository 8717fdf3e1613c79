//! Fingerprints of a remembered text ↔ the bytes that are kept of it: enough to compare it letter by letter, and to find its anchors.
//!
//! A mark takes three bytes: how far it is from the one before (3 bits; 0: a number of seven-bit groups follows), whether it is an anchor
//! (1 bit), and 20 bits of its hash. Two more bytes of an anchor hold the lower bits of the number that it is looked up by. 20 bits are
//! enough to compare two texts whose runs are checked for order and distance; they are far too few to learn anything from.

use crate::Fingerprint;

/// Bits of the hash in a mark.
pub(crate) const HASH_BITS: u32 = 20;
/// Bits of an anchor's number below those.
const LOWER_BITS: u32 = 32 - HASH_BITS;
/// Bytes of a mark at least.
pub(crate) const MARK_BYTES_MIN: usize = 3;
const STEP_SHIFT: u32 = 21;
const ANCHOR: u32 = 1 << HASH_BITS;
const STEP_MAX: u32 = 7;

/// A fingerprint of a remembered text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// What of its hash is compared.
    pub(crate) hash: u32,
    /// The first letter.
    pub(crate) start: u32,
    /// The number that it is looked up by, where it is an anchor.
    pub(crate) anchor: Option<u32>,
}

impl From<&Fingerprint> for Mark {
    fn from(fingerprint: &Fingerprint) -> Self {
        let number = number(fingerprint.hash);
        Self {
            hash: number >> LOWER_BITS,
            start: fingerprint.start,
            anchor: fingerprint.is_anchor.then_some(number),
        }
    }
}

/// The number that a fingerprint is looked up by.
pub(crate) fn number(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// The bytes of marks that are in order.
pub(crate) fn pack(marks: &[Mark]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(marks.len() * 4);
    let mut last = 0;
    for mark in marks {
        let step = mark.start.saturating_sub(last);
        last = mark.start;
        let short = if step <= STEP_MAX { step } else { 0 };
        let anchor = if mark.anchor.is_some() { ANCHOR } else { 0 };
        let word = short << STEP_SHIFT | anchor | (mark.hash & (ANCHOR - 1));
        bytes.extend(word.to_be_bytes().iter().skip(1));
        if short == 0 {
            let mut rest = step;
            while rest >= 0x80 {
                bytes.push(rest as u8 | 0x80);
                rest >>= 7;
            }
            bytes.push(rest as u8);
        }
        if let Some(number) = mark.anchor {
            bytes.extend(((number & ((1 << LOWER_BITS) - 1)) as u16).to_be_bytes());
        }
    }
    bytes
}

/// The marks in bytes. Damaged bytes give fewer marks.
pub(crate) fn unpack(bytes: &[u8]) -> impl Iterator<Item = Mark> {
    let (mut rest, mut last) = (bytes, 0_u32);
    std::iter::from_fn(move || {
        let (mark, after) = one(rest, last)?;
        (rest, last) = (after, mark.start);
        Some(mark)
    })
}

fn one(bytes: &[u8], last: u32) -> Option<(Mark, &[u8])> {
    let ([a, b, c], mut rest) = bytes.split_first_chunk()?;
    let word = u32::from_be_bytes([0, *a, *b, *c]);
    let mut step = word >> STEP_SHIFT;
    if step == 0 {
        for shift in (0..32).step_by(7) {
            let (byte, after) = rest.split_first()?;
            rest = after;
            step |= u32::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                break;
            }
        }
    }
    let hash = word & (ANCHOR - 1);
    let mut anchor = None;
    if word & ANCHOR != 0 {
        let (lower, after) = rest.split_first_chunk()?;
        rest = after;
        anchor = Some(hash << LOWER_BITS | u32::from(u16::from_be_bytes(*lower)));
    }
    Some((Mark { hash, start: last.saturating_add(step), anchor }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back(all in proptest::collection::vec((any::<u64>(), 0_u32..3_000, any::<bool>()), 0..50)) {
            let mut start = 0;
            let mut marks = Vec::new();
            for (hash, step, is_anchor) in all {
                // Most steps are short.
                start += if step > 2_000 { step } else { step % 8 };
                marks.push(Mark::from(&Fingerprint { hash, start, letters: 9, is_anchor }));
            }
            prop_assert_eq!(unpack(&pack(&marks)).collect::<Vec<_>>(), marks);
        }

        #[test]
        fn any_bytes_are_read(bytes: Vec<u8>) {
            prop_assert!(unpack(&bytes).count() <= bytes.len() / 3);
        }
    }
}

//! Canonical Huffman trees of LZX, and the lengths that describe them.

use super::Broken;
use super::bits::Bits;

const LONGEST: usize = 16;

/// A tree; empty where no symbol has a code.
#[derive(Default)]
pub(super) struct Tree {
    /// Codes of each length.
    counts: [u32; LONGEST + 1],
    /// Symbols in the order of their codes.
    symbols: Vec<u16>,
}

impl Tree {
    /// The tree of these code lengths.
    pub(super) fn new(lengths: &[u8]) -> Result<Tree, Broken> {
        let mut counts = [0; LONGEST + 1];
        for length in lengths.iter().filter(|length| **length > 0) {
            *counts.get_mut(usize::from(*length)).ok_or(Broken)? += 1;
        }
        let mut room = 1_u64;
        for count in counts.iter().skip(1) {
            room = (room * 2).checked_sub(u64::from(*count)).ok_or(Broken)?;
        }
        let mut symbols: Vec<u16> =
            (0..lengths.len()).filter_map(|symbol| u16::try_from(symbol).ok()).collect();
        symbols.retain(|symbol| lengths.get(usize::from(*symbol)).is_some_and(|length| *length > 0));
        symbols.sort_by_key(|symbol| lengths.get(usize::from(*symbol)).copied());
        Ok(Tree { counts, symbols })
    }

    /// The next symbol.
    pub(super) fn symbol(&self, bits: &mut Bits<'_>) -> Result<usize, Broken> {
        let word = bits.peek(LONGEST as u32);
        let mut first = 0_u32;
        let mut index = 0_u32;
        for (length, count) in self.counts.iter().enumerate().skip(1) {
            let code = word >> (LONGEST - length);
            if code < first + count {
                let symbol = self.symbols.get((index + code - first) as usize).ok_or(Broken)?;
                bits.skip(length as u32)?;
                return Ok(usize::from(*symbol));
            }
            index += count;
            first = (first + count) << 1;
        }
        Err(Broken)
    }
}

/// Reads code lengths as changes to those before, themselves coded by a small tree.
pub(super) fn read_lengths(bits: &mut Bits<'_>, lengths: &mut [u8]) -> Result<(), Broken> {
    let mut small = [0; 20];
    for length in &mut small {
        *length = bits.read(4)? as u8;
    }
    let tree = Tree::new(&small)?;
    let mut at = 0;
    while at < lengths.len() {
        let (run, code) = match tree.symbol(bits)? {
            17 => (4 + bits.read(4)?, None),
            18 => (20 + bits.read(5)?, None),
            19 => {
                let run = 4 + bits.read(1)?;
                (run, Some(tree.symbol(bits)?))
            }
            code => (1, Some(code)),
        };
        let old = lengths.get(at).copied().unwrap_or(0);
        let new = match code {
            None => 0,
            Some(code) if code <= LONGEST => (usize::from(old) + LONGEST + 1 - code) % (LONGEST + 1),
            Some(_) => return Err(Broken),
        };
        for _ in 0..run {
            *lengths.get_mut(at).ok_or(Broken)? = new as u8;
            at += 1;
        }
    }
    Ok(())
}

//! Lengths of codes → a table of the codes: those of a length follow one another in the order of their symbols.

use super::bits::Bits;

const LENGTH_MAX: usize = 16;

#[derive(Default)]
pub(super) struct Codes {
    /// How many codes have each length, and the symbols in the order of their codes.
    counts: [u16; LENGTH_MAX + 1],
    symbols: Vec<u16>,
    /// The one symbol that there is, with a code of no bits.
    only: Option<u16>,
}

impl Codes {
    pub(super) fn only(symbol: u16) -> Self {
        Self { only: Some(symbol), ..Self::default() }
    }

    /// `None` where the lengths can't be those of codes: more than fit, or longer ones than the format has.
    pub(super) fn new(lengths: &[u8]) -> Option<Self> {
        let mut counts = [0_u16; LENGTH_MAX + 1];
        for length in lengths {
            *counts.get_mut(usize::from(*length))? += 1;
        }
        let mut free = 1_i32;
        for count in counts.iter().skip(1) {
            free = (free << 1) - i32::from(*count);
            if free < 0 {
                return None;
            }
        }
        let mut symbols = Vec::new();
        for length in 1..=LENGTH_MAX {
            let with = lengths.iter().enumerate().filter(|(_, it)| usize::from(**it) == length);
            symbols.extend(with.filter_map(|(symbol, _)| u16::try_from(symbol).ok()));
        }
        Some(Self { counts, symbols, only: None })
    }

    /// The symbol whose code comes next.
    pub(super) fn read(&self, bits: &mut Bits<'_>) -> Option<u16> {
        if let Some(symbol) = self.only {
            return Some(symbol);
        }
        let ahead = bits.peek(16);
        let (mut code, mut first, mut index) = (0_usize, 0_usize, 0_usize);
        for length in 1..=LENGTH_MAX {
            let count = usize::from(*self.counts.get(length)?);
            code |= usize::from(ahead >> (LENGTH_MAX - length) & 1);
            if code < first + count {
                bits.skip(length as u32)?;
                return self.symbols.get(index + (code - first)).copied();
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_given_in_order() {
        // a: 0, b: 10, c: 110, d: 111
        let codes = Codes::new(&[1, 2, 3, 3]).expect("right lengths");
        let mut bits = Bits::new(&[0b0101_1011, 0b1000_0000], 0, None);
        let read: Vec<u16> = (0..4).filter_map(|_| codes.read(&mut bits)).collect();
        assert_eq!(read, [0, 1, 2, 3]);
        assert!(Codes::new(&[1, 1, 1]).is_none());
    }
}

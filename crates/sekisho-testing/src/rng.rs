//! A seed → a stream of numbers that is the same on every machine and in every later version.
//!
//! SplitMix64 (Steele, Lea and Flood, 2014). Figures are compared over years, so the stream must not change with
//! the release of a dependency; eight lines of our own are the surest way, and nothing here needs secrecy.

/// A small seeded generator of numbers, never for secrets.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// Starts the stream that belongs to `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The stream number `index` of a family: neighbours have nothing in common.
    pub fn stream(seed: u64, index: u64) -> Self {
        let mut mixer = Self(seed.rotate_left(17) ^ index.wrapping_mul(0xD134_2543_DE82_EF95));
        Self(mixer.draw())
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number in `0..bound`; 0 when `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { (self.draw() % bound as u64) as usize }
    }

    /// A number in `low..=high`.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in `percent` of 100 draws.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `choices`.
    ///
    /// # Panics
    /// When `choices` is empty, which is a mistake in a table of this crate.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// `length` characters of `alphabet` (ASCII).
    pub fn token(&mut self, alphabet: &str, length: usize) -> String {
        let letters = alphabet.as_bytes();
        (0..length).map(|_| char::from(*self.pick(letters))).collect()
    }

    /// `length` lower-case hexadecimal digits.
    pub fn hex(&mut self, length: usize) -> String {
        self.token("0123456789abcdef", length)
    }

    /// `length` lower-case letters and digits.
    pub fn alphanumeric(&mut self, length: usize) -> String {
        self.token("abcdefghijklmnopqrstuvwxyz0123456789", length)
    }

    /// `length` decimal digits, the first not 0.
    pub fn digits(&mut self, length: usize) -> String {
        let first = self.token("123456789", length.min(1));
        first + &self.token("0123456789", length.saturating_sub(1))
    }

    /// Puts `items` in another order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

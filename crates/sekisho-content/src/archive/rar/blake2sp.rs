//! BLAKE2sp: eight BLAKE2s over interleaved blocks, and one over their results (RFC 7693; the BLAKE2 paper, section 2.10).

/// Chaining values at the beginning (RFC 7693, section 2.6).
const IV: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The order of the words in each round (RFC 7693, section 2.7).
const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

const BLOCK_BYTES: usize = 64;
const LEAVES: usize = 8;

/// The hash while the bytes come.
pub(super) struct Blake2sp {
    leaves: [Blake2s; LEAVES],
    /// Which leaf the next block goes to.
    turn: usize,
    block: Vec<u8>,
}

impl Blake2sp {
    pub(super) fn new() -> Self {
        let leaf = |number| Blake2s::new(0, number, number as usize == LEAVES - 1);
        Self {
            leaves: [leaf(0), leaf(1), leaf(2), leaf(3), leaf(4), leaf(5), leaf(6), leaf(7)],
            turn: 0,
            block: Vec::with_capacity(BLOCK_BYTES),
        }
    }

    pub(super) fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = BLOCK_BYTES - self.block.len();
            let (next, rest) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
            self.block.extend_from_slice(next);
            bytes = rest;
            if self.block.len() == BLOCK_BYTES {
                self.give();
            }
        }
    }

    pub(super) fn finalize(mut self) -> [u8; 32] {
        self.give();
        let mut root = Blake2s::new(1, 0, true);
        for leaf in self.leaves {
            root.update(&leaf.finalize());
        }
        root.finalize()
    }

    fn give(&mut self) {
        if let Some(leaf) = self.leaves.get_mut(self.turn) {
            leaf.update(&self.block);
        }
        self.block.clear();
        self.turn = (self.turn + 1) % LEAVES;
    }
}

/// One node of the tree.
struct Blake2s {
    state: [u32; 8],
    counted: u64,
    is_last_node: bool,
    block: Vec<u8>,
}

impl Blake2s {
    /// A node of this depth and number, of a tree with a fan-out of eight and two levels.
    fn new(depth: u32, number: u32, is_last_node: bool) -> Self {
        let mut state = IV;
        let parameters = [0x0208_0020, 0, number, depth << 16 | 0x2000_0000, 0, 0, 0, 0];
        state.iter_mut().zip(parameters).for_each(|(word, parameter)| *word ^= parameter);
        Self { state, counted: 0, is_last_node, block: Vec::with_capacity(BLOCK_BYTES) }
    }

    fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            // The last block is told apart, so a full one waits for what follows.
            if self.block.len() == BLOCK_BYTES {
                self.counted += BLOCK_BYTES as u64;
                self.compress(0, 0);
                self.block.clear();
            }
            let room = BLOCK_BYTES - self.block.len();
            let (next, rest) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
            self.block.extend_from_slice(next);
            bytes = rest;
        }
    }

    fn finalize(mut self) -> [u8; 32] {
        self.counted += self.block.len() as u64;
        self.block.resize(BLOCK_BYTES, 0);
        self.compress(u32::MAX, if self.is_last_node { u32::MAX } else { 0 });
        let mut hash = [0; 32];
        let words = self.state.iter().flat_map(|word| word.to_le_bytes());
        hash.iter_mut().zip(words).for_each(|(byte, word)| *byte = word);
        hash
    }

    fn compress(&mut self, last_block: u32, last_node: u32) {
        let mut words = [0_u32; 16];
        let (chunks, _) = self.block.as_chunks::<4>();
        words.iter_mut().zip(chunks).for_each(|(word, bytes)| *word = u32::from_le_bytes(*bytes));
        let [s0, s1, s2, s3, s4, s5, s6, s7] = self.state;
        let [i0, i1, i2, i3, i4, i5, i6, i7] = IV;
        let (low, high) = (self.counted as u32, (self.counted >> 32) as u32);
        let mut v = [
            s0,
            s1,
            s2,
            s3,
            s4,
            s5,
            s6,
            s7,
            i0,
            i1,
            i2,
            i3,
            i4 ^ low,
            i5 ^ high,
            i6 ^ last_block,
            i7 ^ last_node,
        ];
        for order in &SIGMA {
            let mut m = order.iter().map(|at| words.get(*at).copied().unwrap_or(0));
            let mut next = || m.next().unwrap_or(0);
            mix(&mut v, [0, 4, 8, 12], next(), next());
            mix(&mut v, [1, 5, 9, 13], next(), next());
            mix(&mut v, [2, 6, 10, 14], next(), next());
            mix(&mut v, [3, 7, 11, 15], next(), next());
            mix(&mut v, [0, 5, 10, 15], next(), next());
            mix(&mut v, [1, 6, 11, 12], next(), next());
            mix(&mut v, [2, 7, 8, 13], next(), next());
            mix(&mut v, [3, 4, 9, 14], next(), next());
        }
        let (low, high) = v.split_at(8);
        for ((word, low), high) in self.state.iter_mut().zip(low).zip(high) {
            *word ^= low ^ high;
        }
    }
}

/// The mixing function G; the places are this file's own.
fn mix(v: &mut [u32; 16], [a, b, c, d]: [usize; 4], x: u32, y: u32) {
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(x);
    v[d] = (v[d] ^ v[a]).rotate_right(16);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(12);
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(y);
    v[d] = (v[d] ^ v[a]).rotate_right(8);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(7);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hash of nothing, as RAR 5 states it for empty files.
    #[test]
    fn nothing_has_its_known_hash() {
        let hash: String = Blake2sp::new().finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, "dd0e891776933f43c7d032b08a917e25741f8aa9a12c12e1cac8801500f2ca4f");
    }
}

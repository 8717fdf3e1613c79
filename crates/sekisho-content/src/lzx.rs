//! LZX, the compression of help files and cabinets → bytes, one frame of 32 KiB at a time ([MS-PATCH] section 2.1 to 2.6
//! without its DELTA extensions; the published LZX data compression format).

mod bits;
mod tree;

use bits::Bits;
use tree::Tree;

/// Bytes of one frame; only the last one of a stream is shorter.
pub(crate) const FRAME_BYTES: usize = 32 * 1024;

/// What does not decode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

/// A decoder with what it remembers from frame to frame.
pub(crate) struct Lzx {
    window: Vec<u8>,
    /// Where the next byte goes.
    at: usize,
    /// Bytes decoded so far, at most the window's size.
    filled: usize,
    recent: [usize; 3],
    main_lengths: Vec<u8>,
    length_lengths: Vec<u8>,
    block: Block,
    started: bool,
    /// The size that addresses of programs are translated with.
    translation: Option<i32>,
    frames: usize,
}

/// The block that a stream stands in.
#[derive(Default)]
struct Block {
    kind: BlockKind,
    remaining: usize,
    is_odd: bool,
    main: Tree,
    length: Tree,
    aligned: Tree,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum BlockKind {
    #[default]
    None,
    Verbatim,
    Aligned,
    Raw,
}

const LENGTH_SYMBOLS: usize = 249;
const LITERALS: usize = 256;

impl Lzx {
    /// A decoder for a window of 2^15 to 2^21 bytes; `None` for any other size.
    pub(crate) fn new(window_bytes: usize) -> Option<Lzx> {
        let slots = match window_bytes.checked_ilog2()? {
            _ if !window_bytes.is_power_of_two() => return None,
            15 => 30,
            16 => 32,
            17 => 34,
            18 => 36,
            19 => 38,
            20 => 42,
            21 => 50,
            _ => return None,
        };
        Some(Lzx {
            window: vec![0; window_bytes],
            at: 0,
            filled: 0,
            recent: [1; 3],
            main_lengths: vec![0; LITERALS + 8 * slots],
            length_lengths: vec![0; LENGTH_SYMBOLS],
            block: Block::default(),
            started: false,
            translation: None,
            frames: 0,
        })
    }

    /// Begins anew, as streams do in their intervals.
    pub(crate) fn reset(&mut self) {
        self.at = 0;
        self.filled = 0;
        self.recent = [1; 3];
        self.main_lengths.fill(0);
        self.length_lengths.fill(0);
        self.block = Block::default();
        self.started = false;
    }

    /// Decodes the next frame of `length` bytes.
    pub(crate) fn frame(&mut self, input: &[u8], length: usize) -> Result<Vec<u8>, Broken> {
        if length > FRAME_BYTES {
            return Err(Broken);
        }
        let mut bits = Bits::new(input);
        if !self.started {
            self.started = true;
            self.translation = if bits.read(1)? == 1 {
                let high = bits.read(16)?;
                Some((high << 16 | bits.read(16)?).cast_signed())
            } else {
                None
            };
        }
        let mut out = Vec::with_capacity(length);
        while out.len() < length {
            if self.block.remaining == 0 {
                self.begin_block(&mut bits)?;
            }
            let before = out.len();
            let most = self.block.remaining.min(length - out.len());
            if self.block.kind == BlockKind::Raw {
                let bytes = bits.raw(most)?;
                bytes.iter().for_each(|byte| self.push(*byte, &mut out));
            } else {
                self.step(&mut bits, most, length < FRAME_BYTES, &mut out)?;
            }
            self.block.remaining -= out.len() - before;
        }
        self.translate(&mut out);
        self.frames += 1;
        Ok(out)
    }

    fn begin_block(&mut self, bits: &mut Bits<'_>) -> Result<(), Broken> {
        if self.block.kind == BlockKind::Raw && self.block.is_odd {
            // A raw block of odd length is filled up to a word; cut streams may end without.
            let _ = bits.raw(1);
        }
        let kind = bits.read(3)?;
        let size = (bits.read(16)? << 8 | bits.read(8)?) as usize;
        if size == 0 {
            return Err(Broken);
        }
        self.block.remaining = size;
        self.block.is_odd = size % 2 == 1;
        self.block.kind = match kind {
            1 => BlockKind::Verbatim,
            2 => {
                let mut lengths = [0; 8];
                for length in &mut lengths {
                    *length = bits.read(3)? as u8;
                }
                self.block.aligned = Tree::new(&lengths)?;
                BlockKind::Aligned
            }
            3 => {
                bits.align();
                for recent in &mut self.recent {
                    let bytes = bits.raw(4)?;
                    *recent = crate::number::place(bytes, 0).ok_or(Broken)?;
                }
                BlockKind::Raw
            }
            _ => return Err(Broken),
        };
        if self.block.kind != BlockKind::Raw {
            let (literals, matches) = self.main_lengths.split_at_mut_checked(LITERALS).ok_or(Broken)?;
            tree::read_lengths(bits, literals)?;
            tree::read_lengths(bits, matches)?;
            tree::read_lengths(bits, &mut self.length_lengths)?;
            self.block.main = Tree::new(&self.main_lengths)?;
            self.block.length = Tree::new(&self.length_lengths)?;
        }
        Ok(())
    }

    /// One literal or match of at most `most` bytes. The last frame of a stream may be filled up by its encoder, and a
    /// match reach beyond its end.
    fn step(
        &mut self,
        bits: &mut Bits<'_>,
        most: usize,
        is_last: bool,
        out: &mut Vec<u8>,
    ) -> Result<(), Broken> {
        const SHORTEST: usize = 2;
        const LONG: usize = 7;
        let symbol = self.block.main.symbol(bits)?;
        let Some(matched) = symbol.checked_sub(LITERALS) else {
            self.push(symbol as u8, out);
            return Ok(());
        };
        let mut length = matched & 7;
        if length == LONG {
            length += self.block.length.symbol(bits)?;
        }
        length += SHORTEST;
        if is_last {
            length = length.min(most);
        }
        let distance = self.distance(matched >> 3, bits)?;
        if length > most || distance == 0 || distance > self.filled {
            return Err(Broken);
        }
        for _ in 0..length {
            let from = (self.at + self.window.len() - distance) % self.window.len();
            let byte = self.window.get(from).copied().ok_or(Broken)?;
            self.push(byte, out);
        }
        Ok(())
    }

    /// The distance of a position slot, and the recent ones in their new order.
    fn distance(&mut self, slot: usize, bits: &mut Bits<'_>) -> Result<usize, Broken> {
        let [first, second, third] = self.recent;
        let (distance, recent) = match slot {
            0 => (first, [first, second, third]),
            1 => (second, [second, first, third]),
            2 => (third, [third, second, first]),
            _ => {
                let extra = extra_bits(slot);
                let base: usize = (0..slot).map(|slot| 1_usize << extra_bits(slot)).sum();
                let rest = if self.block.kind == BlockKind::Aligned && extra >= 3 {
                    let high = bits.read(extra - 3)? as usize;
                    high << 3 | self.block.aligned.symbol(bits)?
                } else {
                    bits.read(extra)? as usize
                };
                let distance = (base + rest).checked_sub(2).ok_or(Broken)?;
                (distance, [distance, first, second])
            }
        };
        self.recent = recent;
        Ok(distance)
    }

    fn push(&mut self, byte: u8, out: &mut Vec<u8>) {
        if let Some(place) = self.window.get_mut(self.at) {
            *place = byte;
        }
        self.at = (self.at + 1) % self.window.len();
        self.filled = (self.filled + 1).min(self.window.len());
        out.push(byte);
    }

    /// Addresses behind calls (0xE8) of programs were made absolute, and become relative again.
    fn translate(&self, frame: &mut [u8]) {
        const FRAMES_MAX: usize = 32_768;
        const TAIL: usize = 10;
        let Some(size) = self.translation.filter(|_| self.frames < FRAMES_MAX) else { return };
        let mut at = 0;
        while at + TAIL < frame.len() {
            if frame.get(at) != Some(&0xe8) {
                at += 1;
                continue;
            }
            let position = i32::try_from(self.frames * FRAME_BYTES + at).unwrap_or(i32::MAX);
            let Some(field) = frame.get_mut(at + 1..at + 5) else { return };
            let absolute = <[u8; 4]>::try_from(&*field).map(i32::from_le_bytes).unwrap_or(0);
            if absolute >= -position && absolute < size {
                let relative =
                    if absolute >= 0 { absolute.wrapping_sub(position) } else { absolute.wrapping_add(size) };
                field.copy_from_slice(&relative.to_le_bytes());
            }
            at += 5;
        }
    }
}

/// Bits that follow a position slot.
fn extra_bits(slot: usize) -> u32 {
    const MOST: usize = 17;
    let bits = if slot < 4 { 0 } else { (slot / 2 - 1).min(MOST) };
    bits as u32
}

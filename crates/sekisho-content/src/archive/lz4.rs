//! LZ4 frames, new and legacy → their content (LZ4 Frame Format 1.6.4, LZ4 Block Format).

mod block;

pub(super) use block::repeat;

use std::hash::Hasher;
use std::io::{ErrorKind, Read, Result};

use twox_hash::XxHash32;

use super::frames::{Frame, Frames, damaged};
use super::zstd::is_skippable;
use crate::number::{place, slice, u32_le, u64_le};
use crate::open::Look;

pub(super) fn look(look: &mut Look<'_>) {
    Frames::<Lz4<'_>>::new(look.bytes).unpack(look, Vec::new());
}

const MAGIC: &[u8] = &[0x04, 0x22, 0x4d, 0x18];
const LEGACY_MAGIC: &[u8] = &[0x02, 0x21, 0x4c, 0x18];

/// Blocks of the legacy format have this size, the last one may be shorter.
const LEGACY_BLOCK_BYTES: usize = 8 * 1024 * 1024;

/// How far back a match may reach, into earlier blocks too where they are linked.
const WINDOW_BYTES: usize = 64 * 1024;

struct Lz4<'a> {
    rest: &'a [u8],
    shape: Shape,
    /// The end of what went before, then the block that is being handed out from `at` on.
    window: Vec<u8>,
    at: usize,
    checksum: XxHash32,
    size_bytes: u64,
    ended: bool,
}

/// What the header says.
enum Shape {
    Frame { linked: bool, block_checksum: bool, checksum: bool, size_bytes: Option<u64>, block_bytes: usize },
    Legacy,
    Skipped,
}

impl<'a> Frame<'a> for Lz4<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self> {
        let (shape, length) = if bytes.starts_with(LEGACY_MAGIC) {
            (Shape::Legacy, 4)
        } else if is_skippable(bytes) {
            let length = place(bytes, 4).ok_or_else(damaged)?;
            (Shape::Skipped, length.saturating_add(8))
        } else {
            header(bytes)?
        };
        let rest = bytes.get(length..).ok_or_else(damaged)?;
        let ended = matches!(shape, Shape::Skipped);
        let checksum = XxHash32::with_seed(0);
        Ok(Self { rest, shape, window: Vec::new(), at: 0, checksum, size_bytes: 0, ended })
    }

    fn follows(bytes: &[u8]) -> bool {
        begins(bytes)
    }

    fn finish(self) -> Result<&'a [u8]> {
        let Shape::Frame { checksum, size_bytes, .. } = self.shape else { return Ok(self.rest) };
        let told = if checksum { u32_le(self.rest, 0).map(u64::from) } else { Some(self.checksum.finish()) };
        let sized = size_bytes.is_none_or(|stated| stated == self.size_bytes);
        if told != Some(self.checksum.finish()) || !sized {
            return Err(damaged());
        }
        Ok(slice(self.rest, if checksum { 4 } else { 0 }, usize::MAX))
    }
}

fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC) || bytes.starts_with(LEGACY_MAGIC) || is_skippable(bytes)
}

/// The frame descriptor, and where the blocks begin.
fn header(bytes: &[u8]) -> Result<(Shape, usize)> {
    let (Some(flags), Some(sizes)) = (bytes.get(4), bytes.get(5)) else { return Err(damaged()) };
    if !bytes.starts_with(MAGIC) || flags >> 6 != 1 {
        return Err(damaged());
    }
    if flags & 0x01 != 0 {
        // A dictionary that is not in the file.
        return Err(ErrorKind::Unsupported.into());
    }
    let block_bytes = match (sizes >> 4) & 7 {
        power @ 4..=7 => 1_usize << (8 + 2 * u32::from(power)),
        _ => return Err(damaged()),
    };
    let size_bytes = if flags & 0x08 == 0 { None } else { Some(u64_le(bytes, 6).ok_or_else(damaged)?) };
    let end = if size_bytes.is_some() { 14 } else { 6 };
    let told = bytes.get(end).copied().ok_or_else(damaged)?;
    if XxHash32::oneshot(0, slice(bytes, 4, end - 4)) >> 8 & 0xff != u32::from(told) {
        return Err(damaged());
    }
    let shape = Shape::Frame {
        linked: flags & 0x20 == 0,
        block_checksum: flags & 0x10 != 0,
        checksum: flags & 0x04 != 0,
        size_bytes,
        block_bytes,
    };
    Ok((shape, end + 1))
}

impl Lz4<'_> {
    /// Unpacks the next block behind what is kept of those before it.
    fn next_block(&mut self) -> Result<()> {
        let (linked, block_checksum, block_bytes) = match self.shape {
            Shape::Frame { linked, block_checksum, block_bytes, .. } => (linked, block_checksum, block_bytes),
            Shape::Legacy => (false, false, LEGACY_BLOCK_BYTES),
            Shape::Skipped => return Ok(()),
        };
        if matches!(self.shape, Shape::Legacy) && (self.rest.is_empty() || begins(self.rest)) {
            self.ended = true;
            return Ok(());
        }
        let word = u32_le(self.rest, 0).ok_or_else(damaged)?;
        let is_frame = matches!(self.shape, Shape::Frame { .. });
        if is_frame && word == 0 {
            self.rest = slice(self.rest, 4, usize::MAX);
            self.ended = true;
            return Ok(());
        }
        let plain = is_frame && word & 0x8000_0000 != 0;
        let length = (if is_frame { word & 0x7fff_ffff } else { word }) as usize;
        let packed = self.rest.get(4..length.saturating_add(4)).ok_or_else(damaged)?;
        self.rest = self.rest.get(length + 4..).unwrap_or_default();
        if block_checksum {
            if u32_le(self.rest, 0) != Some(XxHash32::oneshot(0, packed)) {
                return Err(damaged());
            }
            self.rest = slice(self.rest, 4, usize::MAX);
        }
        let kept = if linked { WINDOW_BYTES } else { 0 };
        self.window.drain(..self.window.len().saturating_sub(kept));
        self.at = self.window.len();
        if plain && length <= block_bytes {
            self.window.extend_from_slice(packed);
        } else if plain || !block::unpack(packed, &mut self.window, block_bytes) {
            self.ended = true;
            return Err(damaged());
        }
        let fresh = self.window.get(self.at..).unwrap_or_default();
        self.size_bytes = self.size_bytes.saturating_add(fresh.len() as u64);
        self.checksum.write(fresh);
        Ok(())
    }
}

impl Read for Lz4<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        // A block may be empty; each takes at least four bytes of the file.
        while self.at == self.window.len() && !self.ended {
            self.next_block()?;
        }
        let fresh = self.window.get(self.at..).unwrap_or_default();
        let count = fresh.len().min(into.len());
        if let (Some(from), Some(to)) = (fresh.get(..count), into.get_mut(..count)) {
            to.copy_from_slice(from);
        }
        self.at += count;
        Ok(count)
    }
}

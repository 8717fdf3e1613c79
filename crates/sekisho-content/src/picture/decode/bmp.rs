//! A bitmap of Windows → shades of grey: 1, 4, 8, 24 and 32 bits, not packed ([MS-WMF] 2.2.2.3, 2.2.2.9).

use super::super::Grey;
use super::luma;
use crate::number::{place, slice, u16_le, u32_le};

/// Bytes of the header of the file; the one of the bitmap follows.
const FILE_HEADER_BYTES: usize = 14;

/// The size in pixels.
pub(super) fn size(bytes: &[u8]) -> Option<(usize, usize)> {
    let header = place(bytes, FILE_HEADER_BYTES)?;
    if header < 40 {
        return Some((u16_le(bytes, 18)?.into(), u16_le(bytes, 20)?.into()));
    }
    // A negative height says that the first row is the upper one.
    let height = u32_le(bytes, 22)?.cast_signed().unsigned_abs();
    Some((place(bytes, 18)?, usize::try_from(height).ok()?))
}

/// The picture; `None` for one that is packed.
pub(super) fn grey(bytes: &[u8]) -> Option<Grey> {
    let (width, height) = size(bytes)?;
    let header = place(bytes, FILE_HEADER_BYTES)?;
    let is_old = header < 40;
    let bits = usize::from(u16_le(bytes, if is_old { 24 } else { 28 })?);
    let packing = if is_old { 0 } else { u32_le(bytes, 30)? };
    // 3: colours at places that masks tell; they are nearly always the usual ones.
    if !matches!(packing, 0 | 3) || !matches!(bits, 1 | 4 | 8 | 24 | 32) {
        return None;
    }
    let is_upward = is_old || u32_le(bytes, 22)?.cast_signed() > 0;
    let palette =
        palette(slice(bytes, FILE_HEADER_BYTES.checked_add(header)?, 1024), if is_old { 3 } else { 4 });
    let pixels = bytes.get(place(bytes, 10)?..)?;
    let row_bytes = width.checked_mul(bits)?.div_ceil(32).checked_mul(4)?;
    // A picture that its bytes do not fill is not made room for.
    if row_bytes.checked_mul(height)? > pixels.len() {
        return None;
    }
    let mut rows: Vec<&[u8]> = pixels.chunks_exact(row_bytes.max(1)).take(height).collect();
    if is_upward {
        rows.reverse();
    }
    let mut shades = Vec::with_capacity(width.checked_mul(height)?);
    for row in rows {
        shades.extend((0..width).map(|x| shade(row, x, bits, &palette)));
    }
    Some(Grey { width, height, shades })
}

fn shade(row: &[u8], x: usize, bits: usize, palette: &[u8]) -> u8 {
    let at = |at: usize| row.get(at).copied().unwrap_or(255);
    let listed = |index: u8| palette.get(usize::from(index)).copied().unwrap_or(255);
    match bits {
        1 => listed(at(x / 8) >> (7 - x % 8) & 1),
        4 => listed(at(x / 2) >> (4 - 4 * (x % 2)) & 15),
        8 => listed(at(x)),
        _ => {
            let first = x * bits / 8;
            luma(at(first + 2).into(), at(first + 1).into(), at(first).into()) as u8
        }
    }
}

fn palette(bytes: &[u8], entry_bytes: usize) -> Vec<u8> {
    let shade = |entry: &[u8]| {
        let at = |at: usize| u32::from(entry.get(at).copied().unwrap_or(0));
        luma(at(2), at(1), at(0)) as u8
    };
    bytes.chunks_exact(entry_bytes).map(shade).collect()
}

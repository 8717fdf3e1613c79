//! Numbers out of hostile bytes: a place outside the bytes is `None`, never a panic.

/// The little-endian 16-bit number at `offset`.
pub(crate) fn u16_le(bytes: &[u8], offset: usize) -> Option<u16> {
    array(bytes, offset).map(u16::from_le_bytes)
}

/// The little-endian 32-bit number at `offset`.
pub(crate) fn u32_le(bytes: &[u8], offset: usize) -> Option<u32> {
    array(bytes, offset).map(u32::from_le_bytes)
}

/// The little-endian 64-bit number at `offset`.
pub(crate) fn u64_le(bytes: &[u8], offset: usize) -> Option<u64> {
    array(bytes, offset).map(u64::from_le_bytes)
}

/// A little-endian 32-bit number at `offset`, as a place or size in memory.
pub(crate) fn place(bytes: &[u8], offset: usize) -> Option<usize> {
    u32_le(bytes, offset).and_then(|number| usize::try_from(number).ok())
}

/// `length` bytes from `offset`, or as many of them as there are.
pub(crate) fn slice(bytes: &[u8], offset: usize, length: usize) -> &[u8] {
    let rest = bytes.get(offset..).unwrap_or_default();
    rest.get(..length).unwrap_or(rest)
}

/// A number as 7z writes it: the leading ones of the first byte say how many bytes follow, lowest first.
pub(crate) fn seven_zip_number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let following = first.leading_ones() as usize;
    let low = rest.get(..following)?.iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let high_bits = if following >= 7 { 0 } else { u64::from(first & (0x7f >> following)) };
    let high = high_bits.checked_shl(8 * following as u32).unwrap_or(0);
    Some((high | low, rest.get(following..)?))
}

/// A number as RAR 5 writes it: seven bits a byte, lowest first, the top bit says that more follow.
pub(crate) fn rar5_number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    const BYTES_MAX: usize = 10;
    let mut number = 0_u64;
    for (index, byte) in bytes.iter().take(BYTES_MAX).enumerate() {
        number |= u64::from(byte & 0x7f).checked_shl(7 * index as u32).unwrap_or(0);
        if byte & 0x80 == 0 {
            return Some((number, bytes.get(index + 1..)?));
        }
    }
    None
}

fn array<const N: usize>(bytes: &[u8], offset: usize) -> Option<[u8; N]> {
    bytes.get(offset..offset.checked_add(N)?)?.try_into().ok()
}

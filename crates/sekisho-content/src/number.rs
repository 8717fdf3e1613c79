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

fn array<const N: usize>(bytes: &[u8], offset: usize) -> Option<[u8; N]> {
    bytes.get(offset..offset.checked_add(N)?)?.try_into().ok()
}

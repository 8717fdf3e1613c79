//! AppleSingle and AppleDouble files (RFC 1740, appendix) → the name and the data fork they hold.

use crate::ole;

/// What such a file holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Apple<'a> {
    /// The file's true name, as written.
    pub(crate) name: &'a [u8],
    /// The data fork; empty in AppleDouble, whose data is a part of its own.
    pub(crate) data: &'a [u8],
}

/// Reads one; `None` where the bytes are none.
pub(crate) fn read(bytes: &[u8]) -> Option<Apple<'_>> {
    const ENTRY_DATA: u32 = 1;
    const ENTRY_NAME: u32 = 3;
    // The standard knows 15 kinds of entry.
    const ENTRIES_MAX: usize = 64;
    if !matches!(big(bytes, 0)?, 0x0005_1600 | 0x0005_1607) {
        return None;
    }
    let count = usize::from(ole::u16_at(bytes, 24)?.swap_bytes());
    let mut apple = Apple::default();
    for entry in bytes.get(26..)?.as_chunks::<12>().0.iter().take(count.min(ENTRIES_MAX)) {
        let (kind, from, length) = (big(entry, 0)?, big(entry, 4)? as usize, big(entry, 8)? as usize);
        let end = from.saturating_add(length).min(bytes.len());
        let content = bytes.get(from..end).unwrap_or_default();
        match kind {
            ENTRY_DATA => apple.data = content,
            ENTRY_NAME => apple.name = content,
            _ => {}
        }
    }
    Some(apple)
}

fn big(bytes: &[u8], at: usize) -> Option<u32> {
    ole::u32_at(bytes, at).map(u32::swap_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_data_are_found() {
        let mut bytes = b"\x00\x05\x16\x00\x00\x02\x00\x00".to_vec();
        bytes.extend([0; 16]);
        bytes.extend(b"\0\x02\0\0\0\x03\0\0\0\x32\0\0\0\x03\0\0\0\x01\0\0\0\x35\0\0\0\x02a.bhi");
        assert_eq!(read(&bytes), Some(Apple { name: b"a.b", data: b"hi" }));
        for end in 0..bytes.len() {
            read(&bytes[..end]);
        }
    }
}

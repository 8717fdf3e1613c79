//! Base64 (RFC 4648) and ActiveMime, the deflated compound file of saved documents ([MS-OFFCRYPTO] does not name it;
//! the header is of varying length, a zlib stream follows), → bytes.

use std::io::Read;

use crate::number::slice;
use crate::{Budget, Cost, Unread, base64};

/// Decodes base64, skipping what is not of its alphabet, to the first `=` or the end.
pub(crate) fn base64(text: &[u8]) -> Vec<u8> {
    let end = memchr::memchr(b'=', text).unwrap_or(text.len());
    base64::decode(slice(text, 0, end))
}

/// What an ActiveMime file holds.
pub(crate) fn active_mime(bytes: &[u8], budget: &mut Budget) -> Result<Vec<u8>, Unread> {
    const HEADER_BYTES_MAX: usize = 1024;
    let head = slice(bytes, 0, HEADER_BYTES_MAX);
    for at in memchr::memchr_iter(0x78, head) {
        let start = bytes.get(at..).unwrap_or_default();
        if matches!(start.get(1), Some(0x01 | 0x5e | 0x9c | 0xda)) {
            let content = inflated(start, budget)?;
            if !content.is_empty() {
                return Ok(content);
            }
        }
    }
    Err(Unread::Damaged)
}

/// A zlib stream to its end, or to where it breaks; what it yields is paid and kept within the limit for a member.
pub(crate) fn inflated(zlib: &[u8], budget: &mut Budget) -> Result<Vec<u8>, Unread> {
    let mut decoder = flate2::read::ZlibDecoder::new(zlib);
    let mut step = vec![0; 64 * 1024];
    let mut content = Vec::new();
    while let Ok(count @ 1..) = decoder.read(&mut step) {
        budget.pay(Cost::Bytes(count as u64)).map_err(|_| Unread::TooLarge)?;
        if content.len() + count > budget.member_bytes_kept_max {
            return Err(Unread::TooLarge);
        }
        content.extend_from_slice(slice(&step, 0, count));
    }
    Ok(content)
}

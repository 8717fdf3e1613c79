//! Base64 (RFC 4648), zlib streams (RFC 1950), and ActiveMime, the deflated compound file of saved documents
//! ([MS-OFFCRYPTO] does not name it; the header is of varying length, a zlib stream follows), → bytes.

use super::compound::SIGNATURE;
use crate::inflate::{self, Content};
use crate::number::slice;
use crate::{Budget, Cost, Unread, base64};

/// Decodes base64, skipping what is not of its alphabet, to the first `=` or the end.
pub(crate) fn base64(text: &[u8]) -> Vec<u8> {
    let end = memchr::memchr(b'=', text).unwrap_or(text.len());
    base64::decode(slice(text, 0, end))
}

/// How an ActiveMime file begins.
pub(crate) const ACTIVE_MIME: &[u8] = b"ActiveMime";

/// The zlib stream in an ActiveMime file: the first that holds a compound file, or else the first that holds anything.
pub(crate) fn active_mime(bytes: &[u8]) -> Option<&[u8]> {
    const HEADER_BYTES_MAX: usize = 1024;
    let head = slice(bytes, 0, HEADER_BYTES_MAX);
    let streams = || {
        let starts = memchr::memchr_iter(0x78, head).filter_map(|at| bytes.get(at..));
        starts.filter(|start| matches!(start.get(1), Some(0x01 | 0x5e | 0x9c | 0xda)))
    };
    streams()
        .find(|zlib| begins(zlib, &SIGNATURE))
        .or_else(|| streams().find(|zlib| !inflate::beginning(deflated(zlib), 1).is_empty()))
}

/// Whether what a zlib stream holds begins like this.
pub(crate) fn begins(zlib: &[u8], with: &[u8]) -> bool {
    inflate::beginning(deflated(zlib), with.len()) == with
}

/// A zlib stream to its end, or to where it breaks or reaches the limit for a member, paid. Its checksum is not asked,
/// and it is whole where it holds as much as was `stated`: PowerPoint leaves the ends of its streams away.
pub(crate) fn inflated(zlib: &[u8], stated_bytes: u32, budget: &mut Budget) -> Content {
    let most = budget.member_bytes_kept_max;
    let mut pays = |count: usize| budget.pay(Cost::Bytes(count as u64)).is_ok();
    let mut content = inflate::inflated(deflated(zlib), stated_bytes.into(), most, &mut pays);
    if content.unread == Some(Unread::Damaged) && content.bytes.len() as u64 >= stated_bytes.into() {
        content.unread = None;
    }
    content
}

/// Behind two bytes that name the method.
fn deflated(zlib: &[u8]) -> &[u8] {
    zlib.get(2..).unwrap_or_default()
}

//! The order in which the content of a file is asked what it is.

use crate::Kind;
use crate::head::{Head, Texture};
use crate::magic;

/// What `bytes` are, by content alone.
///
/// As lenient as the programs that open files: a PDF header within the first kilobyte, a ZIP archive behind a prefix,
/// white space or a byte order mark in front of a page. What is recognised nowhere is `Text` or `Unknown`.
pub fn kind(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Empty;
    }
    if let Some(kind) = magic::kind(bytes) {
        return kind;
    }
    let head = Head::of(bytes);
    match head.texture {
        Texture::Text => Kind::Text,
        Texture::Binary => Kind::Unknown,
    }
}

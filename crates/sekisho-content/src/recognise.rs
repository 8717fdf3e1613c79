//! The order in which the content of a file is asked what it is.

mod container;
mod data;
mod disk;
mod head;
mod letter;
pub(crate) mod locked;
pub(crate) mod magic;
mod markup;
pub(crate) mod ole;
pub(crate) mod package;
mod program;
mod script;
mod settings;

use memchr::memmem;

use crate::Kind;
use crate::limits::PDF_HEADER_WITHIN_BYTES;
use crate::number::slice;
use crate::zip::Zip;
use head::{Head, Texture};

/// What `bytes` are, by content alone.
///
/// As lenient as the programs that open files: a PDF header within the first kilobyte, a ZIP archive behind a prefix,
/// white space or a byte order mark in front of a page. What is recognised nowhere is `Text` or `Unknown`.
pub fn kind(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Empty;
    }
    binary(bytes).unwrap_or_else(|| {
        let head = Head::of(bytes);
        let known = if head.texture == Texture::Text { text(bytes, &head) } else { forgiven(bytes, &head) };
        known.or_else(|| behind_prefix(bytes)).unwrap_or(match head.texture {
            Texture::Text => Kind::Text,
            Texture::Binary => Kind::Unknown,
        })
    })
}

/// The whole of a text file, decoded as its head is.
pub(crate) fn whole_text(bytes: &[u8]) -> String {
    head::text(bytes)
}

/// What the first bytes decide.
fn binary(bytes: &[u8]) -> Option<Kind> {
    // Word opens anything that begins like this, white space in front included (the version behind it is optional).
    let unspaced = slice(bytes, 0, PDF_HEADER_WITHIN_BYTES).trim_ascii_start();
    let rich_text = unspaced.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(unspaced).starts_with(b"{\\rt");
    if rich_text {
        return Some(Kind::Rtf);
    }
    ole::kind(bytes)
        .or_else(|| Zip::at_start(bytes).map(|zip| package::kind(&zip)))
        .or_else(|| magic::kind(bytes))
        .or_else(|| program::kind(bytes))
        .or_else(|| disk::footer(bytes))
        .or_else(|| container::kind(bytes))
        .or_else(|| disk::kind(bytes))
}

/// What text is.
fn text(bytes: &[u8], head: &Head) -> Option<Kind> {
    letter::kind(bytes, head)
        .or_else(|| settings::kind(head))
        .or_else(|| markup::kind(bytes, head))
        .or_else(|| script::kind(head))
        .or_else(|| markup::later_page(bytes, head))
        .or_else(|| data::kind(head))
}

/// What programs still read although it is no clean text: browsers skip zero bytes, mail programs allow any in a body.
fn forgiven(bytes: &[u8], head: &Head) -> Option<Kind> {
    letter::kind(bytes, head).or_else(|| markup::kind(bytes, head)).or_else(|| script::encoded(head))
}

/// What begins later in the file.
fn behind_prefix(bytes: &[u8]) -> Option<Kind> {
    let early = slice(bytes, 0, PDF_HEADER_WITHIN_BYTES);
    let pdf = memmem::find_iter(early, b"%PDF-").any(|at| early.get(at + 5).is_some_and(u8::is_ascii_digit));
    if pdf {
        return Some(Kind::Pdf);
    }
    Zip::behind_prefix(bytes).map(|zip| package::kind(&zip))
}

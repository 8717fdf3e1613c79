//! Text → its quoted regions, in the shapes that mail programs write.

use crate::Quote;

/// Finds quoted regions in plain text, in order, not overlapping.
pub(crate) fn find(text: &str) -> Vec<Quote> {
    let _ = text;
    Vec::new()
}

/// Finds quoted regions in a rendered page.
pub(crate) fn find_in_page(text: &str, marked: &crate::html::Marked) -> Vec<Quote> {
    let _ = marked;
    find(text)
}

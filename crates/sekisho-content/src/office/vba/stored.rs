//! Strings that a document keeps outside its macros, for macros to read: captions of forms, variables, properties, cells.

use super::fold::Value;

/// What is kept where.
#[derive(Debug, Default)]
pub(super) struct Stored {}

impl Stored {
    /// What a member of this path holds (`userform1.label1.caption`).
    pub(super) fn member(&self, _path: &str) -> Option<String> {
        None
    }

    /// What a collection of this path holds under these arguments (`activedocument.variables`, `"x"`).
    pub(super) fn indexed(&self, _path: &str, _arguments: &[Value]) -> Option<String> {
        None
    }
}

//! Why something was not looked at. An unread thing is never shown as clean.

use serde::{Deserialize, Serialize};

/// The reason a part, or something inside it, was not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unread {
    /// Encrypted, and no password was found that opens it.
    Locked,
    /// Broken beyond what can be read.
    Damaged,
    /// Nested deeper than the limit.
    TooDeep,
    /// Larger, or more in number, than the limit.
    TooLarge,
    /// The reader's time ran out (only the parent process says so).
    OutOfTime,
    /// A format that is not read yet.
    Unsupported,
}

impl Unread {
    /// The word used in JSON, check ids and documents.
    pub fn id(self) -> &'static str {
        match self {
            Unread::Locked => "locked",
            Unread::Damaged => "damaged",
            Unread::TooDeep => "too-deep",
            Unread::TooLarge => "too-large",
            Unread::OutOfTime => "out-of-time",
            Unread::Unsupported => "unsupported",
        }
    }
}

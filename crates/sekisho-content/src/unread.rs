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

/// Why the inside of a file of this kind was not looked at.
pub(crate) fn unread(_bytes: &[u8], kind: crate::Kind) -> Option<Unread> {
    inside(kind)
}

/// What can hide inside, kind by kind. Nothing is opened yet: whatever can hold other files, macros or scripts is
/// unsupported, whatever is shown as it is hides nothing.
fn inside(kind: crate::Kind) -> Option<Unread> {
    use crate::{Family, Kind};
    match kind.family() {
        Family::Archive | Family::DiskImage => Some(Unread::Unsupported),
        Family::Document | Family::Spreadsheet | Family::Presentation => match kind {
            Kind::Slk => None,
            _ => Some(Unread::Unsupported),
        },
        _ => None,
    }
}

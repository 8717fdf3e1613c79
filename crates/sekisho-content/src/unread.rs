//! Why something was not looked at. An unread thing is never shown as clean.

use serde::{Deserialize, Serialize};

use crate::recognise::locked;
use crate::{Family, Kind};

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

/// Why the inside of a file was not looked at; `None` where nothing can hide in it.
pub(crate) fn unread(bytes: &[u8], kind: Kind) -> Option<Unread> {
    if locked::is_locked(bytes, kind) {
        return Some(Unread::Locked);
    }
    inside(kind)
}

/// What can hide inside, kind by kind, as long as nothing is opened here.
///
/// - Whatever holds other files, or can hold macros, scripts or embedded objects, is unsupported: archives, disk
///   images, installers, help files, office documents with or without macros, PDF.
/// - Programs, scripts and shortcuts are judged by being what they are, so nothing is left unsaid.
/// - Pages and messages are read as text and as messages by whoever reads the mail.
/// - Pictures, sound, film, fonts, text and plain data are shown as they are.
/// - What was not recognised was not looked at.
pub(crate) fn inside(kind: Kind) -> Option<Unread> {
    let carries = match kind.family() {
        Family::Archive
        | Family::DiskImage
        | Family::Installer
        | Family::Help
        | Family::Document
        | Family::Spreadsheet
        | Family::Presentation => true,
        Family::AddIn => kind != Kind::Xll,
        Family::Mail => matches!(kind, Kind::Mbox | Kind::OutlookPst),
        Family::Markup => kind == Kind::Mht,
        Family::Image => kind == Kind::Dwg,
        Family::Data => matches!(kind, Kind::Access | Kind::Ole),
        Family::Unknown => kind == Kind::Unknown,
        Family::Program
        | Family::Script
        | Family::Shortcut
        | Family::Audio
        | Family::Video
        | Family::Font
        | Family::Text => false,
    };
    carries.then_some(Unread::Unsupported)
}

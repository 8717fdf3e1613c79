//! The families of kinds: what checks speak of when the exact format does not matter.

use serde::{Deserialize, Serialize};

/// What a group of kinds is to the person who opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Text to be read: Word, PDF, RTF, HWP, Ichitaro…
    Document,
    /// Tables: Excel, ODS, SLK…
    Spreadsheet,
    /// Slides.
    Presentation,
    /// Runs as machine code or bytecode when opened.
    Program,
    /// Text that an interpreter runs when it is opened, settings that change the machine included.
    Script,
    /// Leads elsewhere when opened: to a program, a server or a query.
    Shortcut,
    /// Holds other files.
    Archive,
    /// Holds a file system and is mounted by opening it; marks of origin get lost on the way.
    DiskImage,
    /// A picture.
    Image,
    /// Sound.
    Audio,
    /// Moving pictures.
    Video,
    /// Opened by a web browser: HTML, SVG.
    Markup,
    /// A message, a meeting, an address card, or a mailbox.
    Mail,
    /// Loaded into an office program, which then runs it.
    AddIn,
    /// Installs programs.
    Installer,
    /// Help files, which can run commands.
    Help,
    /// A typeface.
    Font,
    /// For programs, not for people: databases, XML, certificates.
    Data,
    /// Plain text.
    Text,
    /// Not recognised.
    Unknown,
}

/// What happens when a person opens a file with a double click.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// It is shown; whatever it can do, it does inside the program that shows it.
    Shows,
    /// It shows other files, which can be opened in turn.
    Carries,
    /// It runs, installs, or leads to something that does.
    Runs,
}

impl Family {
    /// Whether people expect to look at what is in a file of this family, and at nothing else that happens.
    pub fn is_looked_at(self) -> bool {
        matches!(
            self,
            Family::Document
                | Family::Spreadsheet
                | Family::Presentation
                | Family::Image
                | Family::Audio
                | Family::Video
                | Family::Archive
                | Family::Text
        )
    }

    /// What opening a file of this family does.
    pub fn opening(self) -> Opening {
        match self {
            Family::Program
            | Family::Script
            | Family::Shortcut
            | Family::AddIn
            | Family::Installer
            | Family::Help => Opening::Runs,
            Family::Archive | Family::DiskImage => Opening::Carries,
            _ => Opening::Shows,
        }
    }
}

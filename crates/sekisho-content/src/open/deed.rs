//! What a file does when a person opens it, as far as its bytes tell.

use serde::{Deserialize, Serialize};

/// One thing that a file does, or is made to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// What it is.
    pub kind: DeedKind,
    /// How dangerous.
    pub danger: Danger,
    /// Where it stands inside the file: a stream, a module, a sheet, a page; empty where the file is the place.
    pub place: String,
    /// What starts it (`AutoOpen`, `OpenAction`, `Auto_Open`); empty where nothing starts it by itself.
    pub starts: Vec<String>,
    /// What it then does, in the format's own words (`Shell`, `URLDownloadToFile`, `Launch`), at most 20.
    pub does: Vec<String>,
    /// Links found in it, at most 20.
    pub links: Vec<String>,
    /// Commands and other strings worth showing, each cut to 200 characters, at most 20.
    pub strings: Vec<String>,
}

impl Deed {
    /// Each word, link and string once, and no more than a person would read.
    pub(crate) fn without_doubles(&mut self) {
        const TOLD_MAX: usize = 20;
        for texts in [&mut self.starts, &mut self.does, &mut self.links, &mut self.strings] {
            let mut told: Vec<String> = Vec::new();
            for text in texts.drain(..) {
                if told.len() < TOLD_MAX && !told.contains(&text) {
                    told.push(text);
                }
            }
            *texts = told;
        }
    }
}

/// Kinds of deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeedKind {
    /// A VBA macro.
    Macro,
    /// An Excel 4 macro.
    Excel4Macro,
    /// A template loaded from elsewhere.
    ExternalTemplate,
    /// An object, frame, picture or data loaded from elsewhere, other than an ordinary link to click.
    ExternalObject,
    /// DDE or DDEAUTO: a field or formula that starts a program.
    Dde,
    /// An ActiveX control.
    ActiveX,
    /// Another document taken in (altChunk).
    AltChunk,
    /// An object of the equation editor or another class that is known to be attacked.
    AttackedObject,
    /// A script that runs when the file is opened (script files, HTA, CHM, SVG, HTML, PDF JavaScript).
    Script,
    /// A program or command is started (LNK, PDF Launch, OneNote with a file over a button).
    Command,
    /// A link that is followed by itself, or that covers the whole page.
    Link,
    /// A page or script that builds a file and hands it to the reader.
    BuildsFile,
    /// Words or a picture that ask to "enable content".
    EnableContentLure,
}

/// How dangerous a deed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Danger {
    /// There is something, and it is empty.
    Empty,
    /// It does nothing outside the document.
    Harmless,
    /// It starts by itself, or reaches outside the document, but not both to a harmful end.
    Active,
    /// It starts by itself (or by one click) and runs, writes, fetches or hides something.
    Dangerous,
}

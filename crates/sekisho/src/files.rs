//! Paths → a stream of mails, whatever the paths are: a mail, an mbox, a Maildir, an Outlook data file, a folder of these, `-`.
//!
//! Everything is handed over in order, one at a time, as soon as it is read; nothing is collected. A path that cannot
//! be used is handed over as a [`Problem`], and the next one follows.

mod contents;
mod cut_off;
mod folder;
mod gaps;
mod looks;
mod mbox;
mod outlook;
mod problem;
mod spliced;

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub use contents::MAIL_BYTES_MAX;
pub use looks::Looks;
pub use problem::{Obstacle, Problem};
pub use sekisho_mail::pst::Purpose;

/// What was met on the way through the paths.
#[derive(Debug)]
pub enum Met {
    /// A mail.
    Mail(RawMail),
    /// A file that is no mail, with its content; only where [`Want::AnyFile`] asks for it.
    File(RawFile),
    /// An input that could not be used.
    Problem(Problem),
    /// A file in a folder that is no mail; it is counted, and not judged.
    NotMail,
}

/// One mail as it lay in a file.
#[derive(Debug)]
pub struct RawMail {
    /// The path as given, or found below it.
    pub path: String,
    /// The number of the mail in an mbox, from 0, or in a data file of Outlook; `None` where the file is one mail.
    pub index: Option<u64>,
    /// What the folder is for, where a data file of Outlook says so.
    pub purpose: Option<Purpose>,
    /// Whether it is a mail as it was stored: `false` where an mbox is cut off or damaged in it.
    pub is_whole: bool,
    /// The mail itself.
    pub bytes: Vec<u8>,
}

/// One file that is no mail.
#[derive(Debug)]
pub struct RawFile {
    /// The path as given, or found below it.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// What is done with files that are no mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// They cannot be used where they were named, and are only counted in folders.
    Mails,
    /// They are handed over like mails.
    AnyFile,
}

/// Where everything met is handed to. `Break` ends the walk: nobody listens any more.
pub type Sink<'s> = dyn FnMut(Met) -> ControlFlow<()> + 's;

/// The name of standard input among paths.
const STDIN: &str = "-";

/// Bytes read at a time. Large enough that a folder of small mails needs one read each.
pub(crate) const READ_BYTES: usize = 64 * 1024;

/// Hands over everything found at `paths`, in their order.
pub fn walk(paths: &[PathBuf], want: Want, sink: &mut Sink<'_>) -> ControlFlow<()> {
    for path in paths {
        named(path, want, sink)?;
    }
    ControlFlow::Continue(())
}

/// One path that a person named: symbolic links are followed here, and only here.
fn named(path: &Path, want: Want, sink: &mut Sink<'_>) -> ControlFlow<()> {
    if path == Path::new(STDIN) {
        return stream(STDIN, io::stdin().lock(), want, sink);
    }
    let shown = path.to_string_lossy().into_owned();
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => return sink(Met::Problem(Problem::new(shown, Obstacle::of(&error)))),
    };
    if metadata.is_dir() {
        return folder::walk(path, want, sink);
    }
    match File::open(path) {
        Err(error) => sink(Met::Problem(Problem::new(shown, Obstacle::of(&error)))),
        Ok(file) if metadata.is_file() => contents::of_file(&shown, file, contents::Place::Named, want, sink),
        // A pipe or a device has no size and cannot be read twice.
        Ok(file) => stream(&shown, file, want, sink),
    }
}

fn stream(shown: &str, input: impl Read, want: Want, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let reader = BufReader::with_capacity(READ_BYTES, input);
    contents::of_reader(shown, reader, contents::Place::Named, want, sink)
}

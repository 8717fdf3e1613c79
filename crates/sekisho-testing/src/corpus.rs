//! The fetched sets under `data/` → labelled mails and single files.
//!
//! `make data` brings the sets; `SEKISHO_DATA` names another folder. Order is that of the paths, so that figures can
//! be repeated.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Folders inside folders that are followed at most; the deepest set has seven.
const DEPTH_MAX: usize = 16;

/// What people said of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// Wanted mail.
    Harmless,
    /// Wanted mail that looks like unsolicited mail (the set's own division).
    HarmlessHard,
    /// Unsolicited mail.
    Unsolicited,
}

/// One mail of the labelled set.
#[derive(Debug, Clone)]
pub struct LabelledMail {
    /// Where it is.
    pub path: PathBuf,
    /// What it is.
    pub label: Label,
    /// The raw message.
    pub bytes: Vec<u8>,
}

/// Why a set could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The set was never fetched.
    #[error("no set {set:?} in {folder}; fetch it with `make data`, or name another folder with SEKISHO_DATA", folder = folder.display())]
    Absent {
        /// The folder looked into.
        folder: PathBuf,
        /// The set that is missing.
        set: String,
    },
    /// A file or folder of the set could not be read.
    #[error("{path}: {source}", path = path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// The folder of the sets: `SEKISHO_DATA`, else `data` beside the workspace's `Cargo.toml`.
pub fn folder() -> PathBuf {
    match std::env::var_os("SEKISHO_DATA") {
        Some(named) => PathBuf::from(named),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data"),
    }
}

/// The 6,046 labelled mails, by path.
///
/// # Errors
/// [`CorpusError::Absent`] when the set was not fetched, [`CorpusError::Unreadable`] when a file cannot be read.
pub fn labelled() -> Result<Vec<LabelledMail>, CorpusError> {
    labelled_in(&folder())
}

/// The mails of two public technical lists, by path.
///
/// # Errors
/// [`CorpusError::Absent`] when the set was not fetched, [`CorpusError::Unreadable`] when a file cannot be read.
pub fn lists() -> Result<Vec<Vec<u8>>, CorpusError> {
    let part = folder().join(LIST_SET);
    if !part.is_dir() {
        return Err(CorpusError::Absent { folder: folder(), set: LIST_SET.to_owned() });
    }
    let mut paths = Vec::new();
    collect(&part, 0, &mut paths)?;
    paths
        .into_iter()
        .map(|path| fs::read(&path).map_err(|source| CorpusError::Unreadable { path: path.clone(), source }))
        .collect()
}

/// Every regular file of every set, by path.
///
/// # Errors
/// [`CorpusError::Absent`] when nothing was fetched, [`CorpusError::Unreadable`] when a folder cannot be read.
pub fn every_file() -> Result<impl Iterator<Item = PathBuf>, CorpusError> {
    every_file_in(&folder()).map(Vec::into_iter)
}

const LABELLED_SET: &str = "spam-assassin";
const LIST_SET: &str = "notmuch";

const LABELS: &[(&str, Label)] = &[
    ("easy-ham-1", Label::Harmless),
    ("easy-ham-2", Label::Harmless),
    ("hard-ham-1", Label::HarmlessHard),
    ("spam-1", Label::Unsolicited),
    ("spam-2", Label::Unsolicited),
];

fn labelled_in(folder: &Path) -> Result<Vec<LabelledMail>, CorpusError> {
    let mut mails = Vec::new();
    for (name, label) in LABELS {
        let part = folder.join(LABELLED_SET).join(name);
        if !part.is_dir() {
            let set = format!("{LABELLED_SET}/{name}");
            return Err(CorpusError::Absent { folder: folder.to_owned(), set });
        }
        let mut paths = Vec::new();
        collect(&part, 0, &mut paths)?;
        for path in paths {
            let bytes =
                fs::read(&path).map_err(|source| CorpusError::Unreadable { path: path.clone(), source })?;
            mails.push(LabelledMail { path, label: *label, bytes });
        }
    }
    Ok(mails)
}

fn every_file_in(folder: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    let mut paths = Vec::new();
    if folder.is_dir() {
        collect(folder, 0, &mut paths)?;
    }
    if paths.is_empty() {
        return Err(CorpusError::Absent { folder: folder.to_owned(), set: "*".to_owned() });
    }
    Ok(paths)
}

/// Hidden files are the fetcher's own marks; links are not followed, so that no file counts twice.
fn collect(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> Result<(), CorpusError> {
    let failed = |source| CorpusError::Unreadable { path: folder.to_owned(), source };
    let mut entries = fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let hidden = depth == 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
        let kind = entry.file_type().map_err(failed)?;
        if hidden {
            continue;
        }
        if kind.is_dir() && depth < DEPTH_MAX {
            collect(&entry.path(), depth + 1, paths)?;
        } else if kind.is_file() {
            paths.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absent_set_says_how_to_fetch_it() {
        let nowhere = Path::new("/nonexistent/sets");
        for said in
            [labelled_in(nowhere).unwrap_err().to_string(), every_file_in(nowhere).unwrap_err().to_string()]
        {
            assert!(said.contains("make data") && said.contains("/nonexistent/sets"), "{said}");
        }
    }

    #[test]
    fn the_labelled_set_is_whole_where_it_was_fetched() {
        let Ok(mails) = labelled() else { return };
        let count = |label| mails.iter().filter(|mail| mail.label == label).count();
        assert_eq!(
            [count(Label::Harmless), count(Label::HarmlessHard), count(Label::Unsolicited)],
            [3900, 250, 1896]
        );
        assert!(every_file().unwrap().count() > mails.len());
    }
}

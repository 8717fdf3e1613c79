//! A folder → its mails, sorted by name, folders below included; a Maildir's `tmp` is left out.

use std::fs::{self, DirEntry, File};
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::{Met, Obstacle, Problem, Sink, Want, contents};

/// Folders below folders. Mail programs nest a handful; the walk keeps one list a level.
const DEPTH_MAX: usize = 64;

/// Hands over what the folder holds. Finding no mail at all is a problem of its own.
pub fn walk(folder: &Path, want: Want, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut found = false;
    let mut told = false;
    below(folder, 0, want, &mut |met| {
        found |= matches!(met, Met::Mail(_) | Met::File(_));
        told |= matches!(met, Met::Problem(_));
        sink(met)
    })?;
    if found || told {
        return ControlFlow::Continue(());
    }
    sink(Met::Problem(Problem::new(folder.to_string_lossy(), Obstacle::NoMailInFolder)))
}

/// Symbolic links inside a folder are not followed: they lead out of it, or round in circles.
fn below(folder: &Path, depth: usize, want: Want, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let shown = folder.to_string_lossy();
    if depth > DEPTH_MAX {
        return sink(Met::Problem(Problem::new(shown, Obstacle::TooDeep(DEPTH_MAX))));
    }
    let entries = match sorted(folder) {
        Ok(entries) => entries,
        Err(error) => return sink(Met::Problem(Problem::new(shown, Obstacle::of(&error)))),
    };
    let has = |name: &str| entries.iter().any(|entry| entry.file_name() == name);
    let is_maildir = has("cur") && has("new");
    for entry in entries.iter().filter(|entry| !(is_maildir && entry.file_name() == "tmp")) {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => below(&path, depth + 1, want, sink)?,
            Ok(kind) if kind.is_file() => file(&path, want, sink)?,
            Ok(_) => sink(Met::NotMail)?,
            Err(error) => sink(Met::Problem(Problem::new(path.to_string_lossy(), Obstacle::of(&error))))?,
        }
    }
    ControlFlow::Continue(())
}

fn file(path: &Path, want: Want, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let shown = path.to_string_lossy();
    match File::open(path) {
        Ok(file) => contents::of_file(&shown, file, contents::Place::InFolder, want, sink),
        Err(error) => sink(Met::Problem(Problem::new(shown, Obstacle::of(&error)))),
    }
}

fn sorted(folder: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<DirEntry>>>()?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

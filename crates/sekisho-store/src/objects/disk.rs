//! Sealed objects as files: `ab/cdef…` in a folder that only its owner may enter.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::spool::{Spool, make_folder, sync_folder};
use super::{Digest, Kept, ObjectsError, Shelf};

pub(super) struct Disk {
    folder: PathBuf,
}

impl Disk {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn path(&self, digest: &Digest) -> PathBuf {
        self.folder.join(digest.path())
    }

    fn told(&self, error: io::Error) -> ObjectsError {
        ObjectsError::of_disk(&self.folder, error)
    }
}

impl Shelf for Disk {
    fn keep(&self, digest: &Digest, written: Spool) -> Result<(), ObjectsError> {
        let path = self.path(digest);
        let folder = path.parent().unwrap_or(&self.folder);
        let kept = make_folder(folder)
            .and_then(|()| written.rename(&path))
            .and_then(|()| sync_folder(folder))
            .and_then(|()| sync_folder(&self.folder));
        // The first object made the folder; not everybody may open the one above it.
        let _ = self.folder.parent().map(sync_folder);
        kept.map_err(|error| self.told(error))
    }

    fn take(&self, digest: &Digest) -> Result<Box<dyn Read + Send>, ObjectsError> {
        match File::open(self.path(digest)) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(ObjectsError::Missing(digest.clone()))
            }
            Err(error) => Err(self.told(error)),
        }
    }

    fn delete(&self, digest: &Digest) -> Result<(), ObjectsError> {
        let path = self.path(digest);
        match fs::remove_file(&path) {
            Ok(()) => sync_folder(path.parent().unwrap_or(&self.folder)).map_err(|error| self.told(error)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(self.told(error)),
        }
    }

    fn list(&self, each: &mut dyn FnMut(Kept)) -> Result<(), ObjectsError> {
        for folder in names(&self.folder).map_err(|error| self.told(error))? {
            if folder.len() != 2 {
                continue;
            }
            // One folder's names at a time: a 256th of all.
            for file in names(&self.folder.join(&folder)).map_err(|error| self.told(error))? {
                let Some(digest) = Digest::of_path(&format!("{folder}/{file}")) else { continue };
                let about = match fs::metadata(self.path(&digest)) {
                    Ok(about) => about,
                    // Deleted in the meantime.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    Err(error) => return Err(self.told(error)),
                };
                let at = about.modified().map_err(|error| self.told(error))?;
                let at = at
                    .duration_since(UNIX_EPOCH)
                    .map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX));
                each(Kept { digest, size_bytes: about.len(), at });
            }
        }
        Ok(())
    }
}

/// The names in a folder, in order; none where it is not there, or is none.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry?.file_name().into_string().ok());
    }
    names.sort_unstable();
    Ok(names)
}

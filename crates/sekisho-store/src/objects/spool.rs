//! Files that grow before they are shown under a name. A writer that is gone leaves its file unlocked, and it is cleared away.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder of such files, beside the objects.
pub(super) const FOLDER: &str = "new";

/// A file that grows. It goes when it is dropped, unless it was given a name.
pub(super) struct Spool {
    path: PathBuf,
    file: File,
}

impl Spool {
    /// A new one in `folder`, which is made where it is not there.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        make_folder(folder)?;
        loop {
            let mut name = [0; 16];
            getrandom::fill(&mut name).map_err(|error| io::Error::other(error.to_string()))?;
            let path = folder.join(data_encoding::HEXLOWER.encode(&name));
            let mut options = OpenOptions::new();
            options.read(true).write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.open(&path)?;
            // Locked while its writer lives. Somebody who clears away may have been faster; then it is gone, and another is made.
            file.lock()?;
            if path.exists() {
                return Ok(Self { path, file });
            }
        }
    }

    /// Waits until what was written is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// The file, to be read from its beginning.
    pub(super) fn open(&self) -> io::Result<File> {
        File::open(&self.path)
    }

    /// Gives it its name, in the place of what had it before.
    pub(super) fn rename(self, to: &Path) -> io::Result<()> {
        fs::rename(&self.path, to)
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        // Where it has its name already, nothing is there any more.
        let _ = fs::remove_file(&self.path);
    }
}

/// Removes the files of writers that are gone. What cannot be removed takes room and does no harm.
pub(super) fn clear(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let Some(file) = is_file.then(|| File::open(entry.path()).ok()).flatten() else { continue };
        if file.try_lock().is_ok() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes a folder that only its owner may enter, with those above it.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Waits until a folder's names are on the disk. Not every system can.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

//! A small file that only its owner may read → its text: the secret key, and what opens an object store.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

/// Bytes read at most: a key or two names fit many times over.
const BYTES_MAX: u64 = 16 * 1024;

/// Who keeps others from reading the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    /// Its permissions.
    Permissions,
    /// The folder of a service's credentials: systemd closes it, and gives the files themselves permissions that look open (an access
    /// list shows as the group's).
    ServiceFolder,
}

/// Why it could not be read.
#[derive(Debug)]
pub(crate) enum NotRead {
    /// There is no such file.
    Missing,
    /// It holds no text, or far too much.
    NoText,
    /// Others than the owner may read or write it.
    Open {
        /// Its permissions.
        mode: u32,
    },
    /// The system refused.
    Refused(io::Error),
}

/// A file as it is asked for.
#[derive(Clone, Debug)]
pub(crate) struct PrivateFile {
    /// Where it is.
    pub path: PathBuf,
    /// Who guards it.
    pub guard: Guard,
}

impl PrivateFile {
    /// The credential of that name that the running service has (in the folder `credentials`), else the file in `home`.
    pub(crate) fn find(home: &Path, name: &str, credentials: Option<&Path>) -> Self {
        let given = credentials.map(|folder| folder.join(name)).filter(|path| path.is_file());
        match given {
            Some(path) => Self { path, guard: Guard::ServiceFolder },
            None => Self { path: home.join(name), guard: Guard::Permissions },
        }
    }

    /// Its text; wiped from memory when dropped.
    pub(crate) fn read(&self) -> Result<Zeroizing<String>, NotRead> {
        let file = File::open(&self.path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => NotRead::Missing,
            _ => NotRead::Refused(error),
        })?;
        let about = file.metadata().map_err(NotRead::Refused)?;
        // The file that is open is the one looked at: nobody can put another in its place in between.
        if self.guard == Guard::Permissions {
            is_closed(&about)?;
        }
        let mut text =
            Zeroizing::new(String::with_capacity(usize::try_from(about.len().min(BYTES_MAX)).unwrap_or(0)));
        match file.take(BYTES_MAX + 1).read_to_string(&mut text) {
            Ok(read) if read as u64 <= BYTES_MAX => Ok(text),
            Ok(_) => Err(NotRead::NoText),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(NotRead::NoText),
            Err(error) => Err(NotRead::Refused(error)),
        }
    }
}

#[cfg(unix)]
fn is_closed(about: &fs::Metadata) -> Result<(), NotRead> {
    use std::os::unix::fs::PermissionsExt;

    let mode = about.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(NotRead::Open { mode }) }
}

#[cfg(not(unix))]
fn is_closed(_about: &fs::Metadata) -> Result<(), NotRead> {
    Ok(())
}

//! The installation's secret key: what turns texts into fingerprints that nobody else can test or make.
//!
//! It lies apart from the database, readable by its owner alone. Whoever has the database without it learns no text; whoever loses it
//! cannot use the fingerprints any more and learns again from the mailboxes.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of a key.
const BYTES: usize = 32;
/// Hexadecimal digits of a key's id.
const ID_BYTES: usize = 8;

/// The secret key. It is never shown.
#[derive(Clone)]
pub struct Secret([u8; BYTES]);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum NoSecret {
    /// There is no such file.
    #[error("{0}: the secret key is not there; put it back from the backup, or learn again with a new one")]
    Missing(String),
    /// The file holds something else.
    #[error("{0}: not a secret key: {BYTES} bytes in hexadecimal are expected")]
    Damaged(String),
    /// Others than the owner may read or write it.
    #[error("{path}: others may read the secret key (mode {mode:03o}); chmod 600 it")]
    Open {
        /// The file.
        path: String,
        /// Its permissions.
        mode: u32,
    },
    /// The system refused.
    #[error("{0}: {1}")]
    Refused(String, io::Error),
}

impl Secret {
    /// A key of given bytes.
    pub fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// The key in a file.
    ///
    /// # Errors
    /// The file is missing, damaged, open to others, or cannot be read.
    pub fn read(path: &Path) -> Result<Self, NoSecret> {
        let shown = path.display().to_string();
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(NoSecret::Missing(shown)),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => return Err(NoSecret::Damaged(shown)),
            Err(error) => return Err(NoSecret::Refused(shown, error)),
        };
        is_closed(path)?;
        let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok();
        let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(NoSecret::Damaged(shown))
    }

    /// Makes a new key and writes it; never over an existing file.
    ///
    /// # Errors
    /// The file exists or cannot be written, or the system gives no random bytes.
    pub fn create(path: &Path) -> Result<Self, NoSecret> {
        let refused = |error| NoSecret::Refused(path.display().to_string(), error);
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|error| refused(io::Error::other(error.to_string())))?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(refused)?;
        let line = data_encoding::HEXLOWER.encode(&bytes) + "\n";
        file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).map_err(refused)?;
        Ok(Self(bytes))
    }

    /// What the database calls this key, so that another is refused: it says nothing about the key.
    pub fn id(&self) -> String {
        data_encoding::HEXLOWER.encode(self.derived("id").get(..ID_BYTES).unwrap_or_default())
    }

    /// A key for one purpose.
    pub(crate) fn key(&self, purpose: &str) -> [u8; 16] {
        let mut key = [0; 16];
        key.iter_mut().zip(self.derived(purpose)).for_each(|(to, from)| *to = from);
        key
    }

    fn derived(&self, purpose: &str) -> [u8; 32] {
        // A key of any length is a key of HMAC.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return [0; 32] };
        mac.update(purpose.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

#[cfg(unix)]
fn is_closed(path: &Path) -> Result<(), NoSecret> {
    use std::os::unix::fs::PermissionsExt;

    let shown = path.display().to_string();
    let mode =
        fs::metadata(path).map_err(|error| NoSecret::Refused(shown.clone(), error))?.permissions().mode()
            & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(NoSecret::Open { path: shown, mode }) }
}

#[cfg(not(unix))]
fn is_closed(_path: &Path) -> Result<(), NoSecret> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        assert!(matches!(Secret::read(&path), Err(NoSecret::Missing(_))));
        let made = Secret::create(&path).unwrap();
        assert_eq!(Secret::read(&path).unwrap().id(), made.id());
        assert!(matches!(Secret::create(&path), Err(NoSecret::Refused(..))));
        assert_ne!(made.id(), Secret::from_bytes([0; 32]).id());
        assert_ne!(made.key("one"), made.key("two"));
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        Secret::create(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = Secret::read(&path).err().unwrap().to_string();
        assert!(error.ends_with("others may read the secret key (mode 640); chmod 600 it"), "{error}");
    }

    #[test]
    fn something_else_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        for text in ["", "abc", &"0".repeat(62), &"g".repeat(64)] {
            fs::remove_file(&path).ok();
            Secret::create(&path).unwrap();
            fs::write(&path, text).unwrap();
            assert!(matches!(Secret::read(&path), Err(NoSecret::Damaged(_))), "{text}");
        }
    }
}

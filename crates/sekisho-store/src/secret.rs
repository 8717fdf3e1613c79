//! The installation's secret key: what turns texts into fingerprints that nobody else can test or make, and seals objects.
//!
//! It lies apart from the database, readable by its owner alone: in the home, or as a credential that the service manager hands over
//! (`LoadCredential=secret.key:…`). Whoever has the database without it learns no text; whoever loses it cannot use the fingerprints any
//! more and learns again from the mailboxes, as far as they still exist. Objects sealed with it are lost with it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use crate::private_file::{NotRead, PrivateFile};

/// Bytes of a key.
const BYTES: usize = 32;
/// Bytes of a key's id.
pub(crate) const ID_BYTES: usize = 8;

/// The key's file in a home, and its name as a service's credential.
pub const SECRET_FILE: &str = "secret.key";

/// The secret key. It is never shown, and wiped from memory when dropped.
pub struct Secret {
    bytes: [u8; BYTES],
    /// Keys that were made of it already: a recall needs them some hundred times.
    made: Mutex<Vec<Made>>,
}

/// What a key is for, and the key.
type Made = (&'static str, Zeroizing<[u8; 16]>);

impl Clone for Secret {
    fn clone(&self) -> Self {
        Self::from_bytes(self.bytes)
    }
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum NoSecret {
    /// There is no such file.
    #[error(
        "{0}: the secret key is not there; put it back from the backup; if there is none, `sekisho learn --start-over` makes a new one, and what was learned is learned again"
    )]
    Missing(String),
    /// The file holds something else.
    #[error(
        "{0}: not a secret key: {digits} hexadecimal digits are expected; put the file back from the backup; if there is none, move the file away and run `sekisho learn --start-over`",
        digits = BYTES * 2
    )]
    Damaged(String),
    /// Others than the owner may read or write it.
    #[error("{path}: others may read the secret key (mode {mode:03o}); chmod 600 it")]
    Open {
        /// The file.
        path: String,
        /// Its permissions.
        mode: u32,
    },
    /// A new key would be written over one that is there.
    #[error("{0}: there is a secret key already; it is never written over")]
    Exists(String),
    /// The system refused.
    #[error("{0}: {1}")]
    Refused(String, io::Error),
}

impl Secret {
    /// A key of given bytes.
    pub fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self { bytes, made: Mutex::default() }
    }

    /// The key of an installation: the credential of the running service where `credentials` (`CREDENTIALS_DIRECTORY`) has one, else the
    /// file in `home`.
    ///
    /// # Errors
    /// It is missing, damaged, open to others, or cannot be read.
    pub fn of(home: &Path, credentials: Option<&Path>) -> Result<Self, NoSecret> {
        read(&PrivateFile::find(home, SECRET_FILE, credentials))
    }

    /// The key in a file that only its owner may read.
    ///
    /// # Errors
    /// The file is missing, damaged, open to others, or cannot be read.
    pub fn read(path: &Path) -> Result<Self, NoSecret> {
        read(&PrivateFile { path: path.to_owned(), guard: crate::private_file::Guard::Permissions })
    }

    /// Makes a new key and writes it; never over an existing file, and never half.
    ///
    /// # Errors
    /// The file exists or cannot be written, or the system gives no random bytes.
    pub fn create(path: &Path) -> Result<Self, NoSecret> {
        let shown = path.display().to_string();
        let refused = |error| NoSecret::Refused(shown.clone(), error);
        let mut secret = Self::from_bytes([0; BYTES]);
        let mut mark = [0; 8];
        getrandom::fill(&mut secret.bytes)
            .and_then(|()| getrandom::fill(&mut mark))
            .map_err(|error| refused(io::Error::other(error.to_string())))?;
        let written = path.with_extension(format!("new-{}", data_encoding::HEXLOWER.encode(&mark)));
        let line = Zeroizing::new(data_encoding::HEXLOWER.encode(&secret.bytes) + "\n");
        // Linked under its name only when it is whole: a link, unlike a new name, never takes the place of a file.
        let made = write_new(&written, line.as_bytes()).and_then(|()| match fs::hard_link(&written, path) {
            // Some disks know no links (memory cards, shares).
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => write_new(path, line.as_bytes()),
            other => other,
        });
        let _ = fs::remove_file(&written);
        match made {
            Ok(()) => {
                sync_folder(path);
                Ok(secret)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(NoSecret::Exists(shown)),
            Err(error) => Err(refused(error)),
        }
    }

    /// What the database calls this key, so that another is refused: it says nothing about the key.
    pub fn id(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.id_bytes())
    }

    /// The id as bytes.
    pub(crate) fn id_bytes(&self) -> [u8; ID_BYTES] {
        let mut id = [0; ID_BYTES];
        id.iter_mut().zip(*self.derived(&[b"id"])).for_each(|(to, from)| *to = from);
        id
    }

    /// A key for one purpose.
    pub(crate) fn key(&self, purpose: &'static str) -> [u8; 16] {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, key)) = made.iter().find(|(of, _)| *of == purpose) {
            return **key;
        }
        let mut key = [0; 16];
        key.iter_mut().zip(*self.derived(&[purpose.as_bytes()])).for_each(|(to, from)| *to = from);
        made.push((purpose, Zeroizing::new(key)));
        key
    }

    /// A long key for one purpose and one thing.
    pub(crate) fn long_key(&self, purpose: &str, of: &[u8]) -> Zeroizing<[u8; 32]> {
        self.derived(&[purpose.as_bytes(), &[0], of])
    }

    fn derived(&self, purpose: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        // A key of any length is a key of HMAC.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.bytes) else { return Zeroizing::new([0; 32]) };
        purpose.iter().for_each(|part| mac.update(part));
        Zeroizing::new(mac.finalize().into_bytes().into())
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

fn read(file: &PrivateFile) -> Result<Secret, NoSecret> {
    let shown = file.path.display().to_string();
    let text = match file.read() {
        Ok(text) => text,
        Err(NotRead::Missing) => return Err(NoSecret::Missing(shown)),
        Err(NotRead::NoText) => return Err(NoSecret::Damaged(shown)),
        Err(NotRead::Open { mode }) => return Err(NoSecret::Open { path: shown, mode }),
        Err(NotRead::Refused(error)) => return Err(NoSecret::Refused(shown, error)),
    };
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok().map(Zeroizing::new);
    let bytes = bytes.and_then(|bytes| <[u8; BYTES]>::try_from(bytes.as_slice()).ok());
    bytes.map(Secret::from_bytes).ok_or(NoSecret::Damaged(shown))
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A key that a power cut takes away again would take what was learned with it. Where folders cannot be synced, the system does it in time.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
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
        assert!(matches!(Secret::create(&path), Err(NoSecret::Exists(..))));
        assert_eq!(Secret::read(&path).unwrap().id(), made.id());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left behind");
        assert_ne!(made.id(), Secret::from_bytes([0; 32]).id());
        assert_ne!(made.key("one"), made.key("two"));
        assert_ne!(*made.long_key("one", b"a"), *made.long_key("one", b"b"));
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        Secret::create(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        for mode in [0o640, 0o604, 0o620, 0o666] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let error = Secret::read(&path).err().unwrap().to_string();
            let wanted = format!("others may read the secret key (mode {mode:03o}); chmod 600 it");
            assert!(error.ends_with(&wanted), "{error}");
        }
    }

    #[test]
    fn something_else_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let long = "0".repeat(1_000_000);
        for text in ["", "abc", &"0".repeat(62), &"0".repeat(66), &"g".repeat(64), &long] {
            fs::remove_file(&path).ok();
            Secret::create(&path).unwrap();
            fs::write(&path, text).unwrap();
            let error = Secret::read(&path).err().unwrap().to_string();
            assert!(
                error.contains("64 hexadecimal digits are expected; put the file back from the backup"),
                "{error}"
            );
        }
        fs::write(&path, [0xff; 64]).unwrap();
        assert!(matches!(Secret::read(&path), Err(NoSecret::Damaged(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_service_has_its_key_as_a_credential() {
        use std::os::unix::fs::PermissionsExt;

        let (home, credentials) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let error = Secret::of(home.path(), Some(credentials.path())).err().unwrap().to_string();
        assert!(
            error.contains("secret.key: the secret key is not there; put it back from the backup"),
            "{error}"
        );
        let of_file = Secret::create(&home.path().join(SECRET_FILE)).unwrap();
        assert_eq!(Secret::of(home.path(), Some(credentials.path())).unwrap().id(), of_file.id());
        let given = credentials.path().join(SECRET_FILE);
        let of_service = Secret::create(&given).unwrap();
        // As systemd leaves it for a service that does not run as root.
        fs::set_permissions(&given, fs::Permissions::from_mode(0o440)).unwrap();
        assert_eq!(Secret::of(home.path(), Some(credentials.path())).unwrap().id(), of_service.id());
        assert_eq!(Secret::of(home.path(), None).unwrap().id(), of_file.id());
        fs::write(&given, "short").unwrap();
        assert!(
            matches!(Secret::of(home.path(), Some(credentials.path())), Err(NoSecret::Damaged(_))),
            "a damaged credential is not passed over for the file"
        );
    }

    #[test]
    fn many_who_start_at_once_have_one_key() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join(SECRET_FILE);
        let made: Vec<String> = std::thread::scope(|scope| {
            let started: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| match Secret::create(&path) {
                        Err(NoSecret::Exists(_)) => Secret::read(&path).unwrap().id(),
                        other => other.unwrap().id(),
                    })
                })
                .collect();
            started.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(made.iter().all(|id| *id == made[0]), "{made:?}");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }
}

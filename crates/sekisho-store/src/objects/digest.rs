//! The SHA-256 of an object's bytes: its name, in 64 hexadecimal digits and nothing else, so that no name leads out of the place.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::ObjectsError;

/// Hexadecimal digits that name an object's folder.
const FOLDER_DIGITS: usize = 2;

/// The SHA-256 of some bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of bytes at hand.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    pub(super) fn of_hash(hash: Sha256) -> Self {
        Self(hash.finalize().into())
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Folder and file: `ab/cdef…`.
    pub(super) fn path(&self) -> String {
        let mut text = self.to_string();
        text.insert(FOLDER_DIGITS, '/');
        text
    }

    /// The digest that a folder and a file are the path of.
    pub(super) fn of_path(path: &str) -> Option<Self> {
        let (folder, file) = path.split_once('/')?;
        if folder.len() != FOLDER_DIGITS {
            return None;
        }
        format!("{folder}{file}").parse().ok()
    }
}

impl FromStr for Digest {
    type Err = ObjectsError;

    fn from_str(text: &str) -> Result<Self, ObjectsError> {
        // Lower case only: one object has one name.
        let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).ok();
        let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| ObjectsError::NotADigest(text.chars().take(80).collect()))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_digest_is_a_name() {
        let digest = Digest::of(b"");
        assert_eq!(digest.to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(digest.to_string().parse::<Digest>().unwrap(), digest);
        assert_eq!(Digest::of_path(&digest.path()), Some(digest.clone()));
        let upper = digest.to_string().to_uppercase();
        let up = format!("../{}", &digest.to_string()[3..]);
        for text in ["", "..", "../../etc/passwd", &up, &upper, &digest.to_string()[1..], "é", "\0"] {
            let error = text.parse::<Digest>().unwrap_err().to_string();
            assert!(error.contains("not the name of an object"), "{error}");
        }
        for path in ["", "new", "e3b/0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "../x"] {
            assert_eq!(Digest::of_path(path), None);
        }
    }
}

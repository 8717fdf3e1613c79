//! Whole mails and files that must outlive a moment (held mail, evidence) → sealed objects by their SHA-256, on disk or in an S3-compatible
//! store.
//!
//! What is put is sealed (encrypted and authenticated with a key derived from the installation's secret) into a file of the home first, its
//! digest held against the name, synced, and only then shown under its name: a full disk, a killed writer or a cut connection leaves the
//! object whole or not there. What is got is held against its seal piece by piece and against its name at the end, so nobody ever reads half
//! a mail to its end without an error.

#[cfg(test)]
mod conformance;
mod digest;
mod disk;
mod error;
#[cfg(test)]
mod foreign;
mod place;
mod s3;
mod seal;
mod spool;

use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use digest::Digest;
pub use error::{ObjectsError, Refusal};
pub use place::ObjectsPlace;

use crate::Secret;
use place::Kind;
use seal::Unsealing;
use spool::Spool;

/// Where objects are kept, and what opens their seals.
pub struct Objects {
    shelf: Box<dyn Shelf>,
    /// Where objects grow before they are shown.
    spool: PathBuf,
    secret: Secret,
}

/// An object as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name: the digest of its bytes.
    pub digest: Digest,
    /// How many bytes it has, without its seal.
    pub size_bytes: u64,
    /// When it was put, in seconds since 1970.
    pub at: i64,
}

/// An object while it is read. A clean end means that all of it was read and is what its name says.
pub struct Object(Unsealing<Box<dyn Read + Send>>);

/// A place for sealed objects. It knows nothing of what is in them.
trait Shelf: Send + Sync {
    /// Shows a written and synced file under a name; one that is there already gives way.
    fn keep(&self, digest: &Digest, written: Spool) -> Result<(), ObjectsError>;
    /// The sealed bytes under a name.
    fn take(&self, digest: &Digest) -> Result<Box<dyn Read + Send>, ObjectsError>;
    /// Takes a name away, where it is there.
    fn delete(&self, digest: &Digest) -> Result<(), ObjectsError>;
    /// Hands every name to `each`, in order, with its sealed size.
    fn list(&self, each: &mut dyn FnMut(Kept)) -> Result<(), ObjectsError>;
}

impl Objects {
    /// Opens the objects at `place`; folders are taken from `home`, and what opens an S3-compatible store from the variables of the
    /// environment (`variable`), a service's credential or a file of the home. What writers that are gone left half is cleared away.
    ///
    /// Nothing is asked of a server yet.
    ///
    /// # Errors
    /// There are no credentials, or no certificates to trust.
    pub fn open(
        place: &ObjectsPlace,
        home: &Path,
        secret: &Secret,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ObjectsError> {
        let (shelf, spool): (Box<dyn Shelf>, PathBuf) = match &place.0 {
            Kind::Disk(folder) => {
                let folder = home.join(folder);
                let spool = folder.join(spool::FOLDER);
                (Box::new(disk::Disk::new(folder)), spool)
            }
            Kind::S3(settings) => {
                let spool = home.join(place::FOLDER).join(spool::FOLDER);
                (Box::new(s3::S3::open(settings, home, variable)?), spool)
            }
        };
        spool::clear(&spool);
        Ok(Self { shelf, spool, secret: secret.clone() })
    }

    /// Puts the bytes of `from` under their digest; how many there were. Putting again changes nothing, and mends a damaged object.
    ///
    /// When this returns without an error, the object is durable.
    ///
    /// # Errors
    /// The bytes are not those of the digest, cannot be read, or cannot be kept. Then the objects are as before.
    pub fn put(&self, digest: &Digest, from: &mut dyn Read) -> Result<u64, ObjectsError> {
        let told = |error| ObjectsError::of_disk(&self.spool, error);
        let mut written = Spool::new(&self.spool).map_err(told)?;
        let size_bytes =
            seal::seal(&self.secret, digest, from, &mut written).map_err(|error| match error {
                seal::NotSealed::Reading(error) => {
                    ObjectsError::NotRead { object: digest.clone(), cause: error.to_string() }
                }
                seal::NotSealed::Writing(error) => told(error),
                seal::NotSealed::OtherBytes(found) => {
                    ObjectsError::OtherBytes { object: digest.clone(), found }
                }
            })?;
        written.sync().map_err(told)?;
        self.shelf.keep(digest, written)?;
        Ok(size_bytes)
    }

    /// The bytes under a digest, to be read as they come. **Only its clean end says that they are whole**: whoever hands them on must be able
    /// to take them back until then.
    ///
    /// # Errors
    /// There is no such object, it was sealed with another key, its beginning is damaged, or it cannot be read.
    pub fn get(&self, digest: &Digest) -> Result<Object, ObjectsError> {
        Unsealing::of(self.shelf.take(digest)?, digest, &self.secret).map(Object)
    }

    /// All bytes under a digest, at most `bytes_max` of them.
    ///
    /// # Errors
    /// As [`Objects::get`]; the object is damaged anywhere, or larger.
    pub fn whole(&self, digest: &Digest, bytes_max: u64) -> Result<Vec<u8>, ObjectsError> {
        let mut bytes = Vec::new();
        let mut object = self.get(digest)?.take(bytes_max.saturating_add(1));
        object.read_to_end(&mut bytes).map_err(|error| ObjectsError::of_reading(digest, error))?;
        if bytes.len() as u64 > bytes_max {
            return Err(ObjectsError::TooLarge { object: digest.clone(), bytes_max });
        }
        Ok(bytes)
    }

    /// Deletes what is under a digest. What is not there is deleted already.
    ///
    /// # Errors
    /// It cannot be deleted.
    pub fn delete(&self, digest: &Digest) -> Result<(), ObjectsError> {
        self.shelf.delete(digest)
    }

    /// Hands every object to `each`, in the order of their names. Other files in the same place are passed over.
    ///
    /// # Errors
    /// The place cannot be listed to its end; `each` has seen only some of them.
    pub fn list(&self, each: &mut dyn FnMut(Kept)) -> Result<(), ObjectsError> {
        self.shelf.list(&mut |kept| {
            let size_bytes = seal::unsealed_size(kept.size_bytes);
            each(Kept { size_bytes, ..kept });
        })
    }
}

impl Read for Object {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

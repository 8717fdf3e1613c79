//! Why an object could not be kept or read, in words, with the way out.

use std::fmt;
use std::io;
use std::path::Path;

use super::Digest;

/// Why an object could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum ObjectsError {
    /// The setting names no place.
    #[error(
        "store.objects = \"{text}\": {why}; expected disk, disk:FOLDER or s3://BUCKET/PREFIX?region=…&endpoint=…"
    )]
    NotAPlace {
        /// The setting, without what might be a password.
        text: String,
        /// What is wrong with it.
        why: String,
    },
    /// A name that is no SHA-256.
    #[error("not the name of an object: {0:?}; expected a SHA-256 in 64 hexadecimal digits, in lower case")]
    NotADigest(String),
    /// There is no such object.
    #[error("object {0}: not there")]
    Missing(Digest),
    /// The object is not what was put.
    #[error("object {object}: damaged: {what}; put it back from the backup")]
    Damaged {
        /// Its name.
        object: Digest,
        /// What is wrong.
        what: &'static str,
    },
    /// It was sealed with another secret key.
    #[error("object {object}: sealed with the secret key {wanted}, this is {given}; put the right key back")]
    OtherSecret {
        /// Its name.
        object: Digest,
        /// The id of the key it was sealed with.
        wanted: String,
        /// The id of the key at hand.
        given: String,
    },
    /// What was handed over is not what the name says.
    #[error("object {object}: the bytes handed over have the digest {found}; nothing was kept")]
    OtherBytes {
        /// The name given.
        object: Digest,
        /// The digest of the bytes.
        found: Digest,
    },
    /// What was handed over could not be read to its end.
    #[error("object {object}: the bytes handed over could not be read: {cause}; nothing was kept")]
    NotRead {
        /// The name given.
        object: Digest,
        /// What happened.
        cause: String,
    },
    /// The object has more bytes than asked for.
    #[error("object {object}: more than {bytes_max} bytes")]
    TooLarge {
        /// Its name.
        object: Digest,
        /// The limit.
        bytes_max: u64,
    },
    /// The disk is full.
    #[error("{0}: no room left for objects; nothing was kept")]
    Full(String),
    /// The system refused.
    #[error("{place}: {cause}")]
    Refused {
        /// The folder.
        place: String,
        /// What it said.
        cause: io::Error,
    },
    /// Nothing opens the object store.
    #[error("{place}: no credentials: {why}")]
    NoCredentials {
        /// The store.
        place: String,
        /// What was looked for, and what to do.
        why: String,
    },
    /// The server cannot be reached, or broke off.
    #[error("{place}: cannot be reached: {cause}")]
    Unreachable {
        /// The store.
        place: String,
        /// What happened.
        cause: String,
    },
    /// The server answered, and refused.
    #[error("{place}: {refusal}")]
    Server {
        /// The store.
        place: String,
        /// What it said.
        refusal: Refusal,
    },
}

/// Why an S3-compatible server refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such bucket.
    NoBucket,
    /// The credentials are not known, or their secret is wrong.
    WrongCredentials,
    /// The credentials may not do this.
    Forbidden,
    /// Our clock and the server's differ too much. By how many seconds ours is ahead, where the server said its time.
    Clock(Option<i64>),
    /// The bucket is in another region.
    OtherRegion(String),
    /// The server has too much to do, or is broken. Its status.
    Busy(u16),
    /// The server's room is used up.
    Full,
    /// Something else: the status and the server's own words.
    Other(u16, String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBucket => f.write_str("there is no such bucket; make it, or mend its name in store.objects"),
            Self::WrongCredentials => f.write_str("the credentials are not valid there; check the access key and its secret"),
            Self::Forbidden => f.write_str(
                "the credentials may not do this; allow s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket",
            ),
            Self::Clock(Some(ahead)) => {
                let way = if *ahead > 0 { "ahead of" } else { "behind" };
                write!(f, "this machine's clock is {} s {way} the server's; set it (chrony, timedatectl)", ahead.abs())
            }
            Self::Clock(None) => {
                f.write_str("this machine's clock differs from the server's; set it (chrony, timedatectl)")
            }
            Self::OtherRegion(region) if region.is_empty() => {
                f.write_str("the bucket is in another region; mend region= in store.objects")
            }
            Self::OtherRegion(region) => {
                write!(f, "the bucket is in the region {region:?}; mend region= in store.objects")
            }
            Self::Busy(status) => write!(f, "the server cannot answer now (status {status}); try again later"),
            Self::Full => f.write_str("no room left in the object store; nothing was kept"),
            Self::Other(status, words) => write!(f, "the server refused (status {status}): {words}"),
        }
    }
}

impl ObjectsError {
    /// What a file system's refusal means.
    pub(super) fn of_disk(place: &Path, cause: io::Error) -> Self {
        let place = place.display().to_string();
        match cause.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::Full(place)
            }
            _ => Self::Refused { place, cause },
        }
    }

    /// The error inside what a reader of an object returned.
    pub fn of_reading(object: &Digest, error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(inner) => inner,
            Err(cause) => Self::Refused { place: format!("object {object}"), cause },
        }
    }
}

//! One thing that a file holds.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Padding, Unread};

/// A member of an archive, an embedded object, an attached or built file.
#[derive(Clone, Debug)]
pub struct Member<'b> {
    /// Every name it could be shown with, the likeliest first; folders divided by `/`. Empty where it has none.
    pub names: Vec<String>,
    /// Its content; only the beginning where it is larger than [`super::Budget::member_bytes_kept_max`].
    pub bytes: Cow<'b, [u8]>,
    /// Its full size in bytes, as counted while it was unpacked; as stated where it could not be.
    pub size_bytes: u64,
    /// SHA-256 of the full content where `bytes` is only its beginning, lower-case hexadecimal.
    pub sha256: Option<String>,
    /// Filling at the end of the full content, where `bytes` is only its beginning.
    pub padding: Option<Padding>,
    /// Why its content is not there, or not whole.
    pub unread: Option<Unread>,
    /// How it is held.
    pub hold: Hold,
}

/// How a file holds a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// In an archive or image.
    Archived,
    /// An object in a document (OLE object, package, picture, attachment of a PDF or notebook).
    Embedded,
    /// Data behind the file's end, or in a place where nothing belongs.
    Appended,
    /// Built by a script or page when it is opened.
    Built,
}

impl<'b> Member<'b> {
    /// A member whose whole content is there.
    pub fn whole(names: Vec<String>, bytes: impl Into<Cow<'b, [u8]>>, hold: Hold) -> Self {
        let bytes = bytes.into();
        Self { names, size_bytes: bytes.len() as u64, bytes, sha256: None, padding: None, unread: None, hold }
    }

    /// A member whose content could not be read.
    pub fn unread(names: Vec<String>, size_bytes: u64, unread: Unread, hold: Hold) -> Self {
        Self {
            names,
            size_bytes,
            bytes: Cow::Borrowed(&[]),
            sha256: None,
            padding: None,
            unread: Some(unread),
            hold,
        }
    }
}

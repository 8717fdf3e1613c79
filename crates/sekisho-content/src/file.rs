//! Bytes and a name → everything this crate says about a file.

use serde::{Deserialize, Serialize};

use crate::claim::{Claim, claim};
use crate::padding::{Padding, padding};
use crate::{Kind, Unread, kind, unread};

/// A file as it was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// What it is by its content.
    pub kind: Kind,
    /// What its name claims; `None` without a name or an extension.
    pub claim: Option<Claim>,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// Why its inside was not looked at, or `None` where there is nothing inside to look at.
    pub unread: Option<Unread>,
    /// Filling at its end.
    pub padding: Option<Padding>,
}

/// Reads a file: its kind, its claim, whether its inside could be looked at, and whether it is blown up.
pub fn read(bytes: &[u8], name: Option<&str>) -> File {
    let kind = kind(bytes);
    File {
        kind,
        claim: name.and_then(claim),
        size_bytes: bytes.len() as u64,
        unread: unread::unread(bytes, kind),
        padding: padding(bytes, kind),
    }
}

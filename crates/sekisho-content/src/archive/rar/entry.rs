//! What a header says of a file, whatever the version of the format.

use crate::Unread;

/// What a walk through the headers came to.
#[derive(Default)]
pub(super) struct Walked<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) notes: Vec<(Unread, String)>,
    /// The password that opened encrypted headers.
    pub(super) opened_by: Option<usize>,
}

impl Walked<'_> {
    pub(super) fn note(&mut self, unread: Unread, detail: &str) {
        if !self.notes.iter().any(|(known, text)| *known == unread && text == detail) {
            self.notes.push((unread, detail.to_owned()));
        }
    }
}

/// A file, or what else has a name.
pub(super) struct Entry<'a> {
    pub(super) names: Vec<String>,
    /// Its size unpacked; RAR 5 may leave it open.
    pub(super) size_bytes: Option<u64>,
    pub(super) content: Content<'a>,
}

/// What stands behind a name.
pub(super) enum Content<'a> {
    Directory,
    /// A symbolic link or junction, with where it leads.
    Link(Vec<u8>),
    /// The content of the entry with this name.
    SameAs(String),
    Packed(Packed<'a>),
}

/// Content, packed.
pub(super) struct Packed<'a> {
    pub(super) bytes: &'a [u8],
    /// Whether all of it is there.
    pub(super) extent: Extent,
    pub(super) method: Method,
    /// Whether it is packed with what came before in view.
    pub(super) is_solid: bool,
    pub(super) lock: Option<Lock>,
    pub(super) crc: Option<u32>,
    pub(super) blake2sp: Option<[u8; 32]>,
}

/// How much of the packed content is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    /// It begins or goes on in another file.
    Split,
    /// The file ends before it does.
    Cut,
}

/// How content is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    /// RAR 1.5.
    Lz15,
    /// RAR 2.
    Lz20,
    /// RAR 3 and 4.
    Lz29,
    /// RAR 5 and 7, with the size of the dictionary.
    Lz50 {
        algorithm: u8,
        dictionary_bytes: u64,
    },
    /// A method that is not read.
    Other(u8),
}

/// How content is encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lock {
    Rar15,
    Rar20,
    Rar30 { salt: Option<[u8; 8]> },
    Rar50 { derivation: Derivation, iv: [u8; 16], sums_are_keyed: bool },
}

/// How RAR 5 makes a key from a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Derivation {
    /// The power of two of the rounds; the sender chooses it.
    pub(super) power: u8,
    pub(super) salt: [u8; 16],
    /// What tells a false password, where it is there.
    pub(super) check: Option<[u8; 8]>,
}

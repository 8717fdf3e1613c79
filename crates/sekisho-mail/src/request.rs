//! What a reading is asked for: limits, passwords to try, whether sources are kept.

use sekisho_content::Sources;

use crate::{Limits, Message, Part, structure};

/// How a mail is to be read.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// What it may cost.
    pub limits: &'a Limits,
    /// Passwords tried on locked files after those found in the mail.
    pub passwords: &'a [String],
    /// Whether the sources of macros and scripts are kept in the parts.
    pub sources: Sources,
}

impl<'a> Request<'a> {
    /// A reading within `limits`, without passwords of its own, sources dropped.
    pub fn new(limits: &'a Limits) -> Self {
        Self { limits, passwords: &[], sources: Sources::Drop }
    }

    /// Reads one mail, whatever the bytes.
    pub fn read(&self, bytes: &[u8]) -> Message {
        self.read_with(bytes, &mut |_, _| {})
    }

    /// Reads one mail and hands each part's bytes to `see` before they are let go, members of files included: those of
    /// attached files come after all that stands in the mail itself. What opening tells of a part is not known yet then.
    pub fn read_with(&self, bytes: &[u8], see: &mut dyn FnMut(&Part, &[u8])) -> Message {
        structure::read_with(bytes, self, see)
    }

    /// Reads a file that is no mail, as if it were attached to one without texts: a message without header whose part
    /// `1` is the file, with what it holds below.
    pub fn read_file(&self, bytes: &[u8], name: &str) -> Message {
        self.read_file_with(bytes, name, &mut |_, _| {})
    }

    /// The same, showing each part's bytes as [`Request::read_with`] does.
    pub fn read_file_with(&self, bytes: &[u8], name: &str, see: &mut dyn FnMut(&Part, &[u8])) -> Message {
        structure::read_file_with(bytes, name, self, see)
    }
}

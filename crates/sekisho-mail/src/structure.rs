//! The whole mail → its tree (RFC 5322, RFC 2045, RFC 2046), with a second look wherever mail programs differ: every
//! plausible part is in the tree, and the difference is a defect.
//!
//! One pass down: [`reader`] keeps the limits, `fields` fills what stands in the header, [`declared`] is what an
//! entity says of itself, `entity` chooses how it is read, `multipart` and [`boundary`] divide it, `leaf` decodes and
//! keeps content, `inside` reads mails found in content, `containers` and `letter` those of Outlook, S/MIME and Apple, [`look`] tells what bytes look like.
//! Attached files are opened when the texts have been read, so that the passwords in them are known: `walk`.

mod boundary;
mod containers;
mod declared;
mod entity;
mod fields;
mod inside;
mod leaf;
mod letter;
mod look;
mod multipart;
mod names;
mod reader;
mod walk;

use crate::{Message, Part, Request};

pub(crate) use reader::Reader;

/// Reads one mail and shows each part's decoded bytes.
pub(crate) fn read_with(bytes: &[u8], request: &Request<'_>, see: &mut dyn FnMut(&Part, &[u8])) -> Message {
    Reader::new(bytes.len(), request, see).outermost(bytes)
}

//! The whole mail → its tree (RFC 5322, RFC 2045, RFC 2046), with a second look wherever mail programs differ: every
//! plausible part is in the tree, and the difference is a defect.
//!
//! One pass down: [`reader`] keeps the limits, `fields` fills what stands in the header, [`declared`] is what an
//! entity says of itself, `entity` chooses how it is read, `multipart` and [`boundary`] divide it, `leaf` decodes and
//! keeps content, `inside` reads mails found in content, `containers` and `letter` those of Outlook, S/MIME and Apple, [`look`] tells what bytes look like,
//! [`language`] whether there are words in them.
//! Attached files are opened when the texts have been read, so that the passwords in them are known: `walk`.

mod boundary;
mod containers;
mod declared;
mod entity;
mod fields;
mod inside;
mod language;
mod leaf;
mod letter;
mod look;
mod multipart;
mod names;
mod reader;
mod walk;

use crate::{Message, Part, Request};

use leaf::{Leaf, container_name};
use reader::{Draft, Place};
pub(crate) use reader::{Reader, sha256};

/// Reads one mail and shows each part's decoded bytes.
pub(crate) fn read_with(bytes: &[u8], request: &Request<'_>, see: &mut dyn FnMut(&Part, &[u8])) -> Message {
    Reader::new(bytes.len(), request, see).outermost(bytes)
}

/// Reads one file as the only part of a message that has no header, and shows each part's decoded bytes.
pub(crate) fn read_file_with(
    bytes: &[u8],
    name: &str,
    request: &Request<'_>,
    see: &mut dyn FnMut(&Part, &[u8]),
) -> Message {
    Reader::new(bytes.len(), request, see).then_opened(|reader| {
        let mut draft = Draft::default();
        let leaf = Leaf::found("application/octet-stream", vec![container_name(name)]);
        reader.content(&mut draft, &mut Place::outermost(), leaf, bytes);
        Message {
            size_bytes: bytes.len() as u64,
            sha256: sha256(bytes),
            parts: draft.parts,
            defects: draft.defects,
            ..Message::default()
        }
    })
}

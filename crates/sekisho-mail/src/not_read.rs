//! Bytes that no reader could read → the message that stands for them: one part that is unread, with the reason.

use sekisho_content::{File, Kind, Unread};

use crate::structure::sha256;
use crate::{Body, Message, NameSource, Part, PartName, Role};

/// The media type of the part that stands for a mail.
const WHOLE_MAIL: &str = "message/rfc822";

impl Message {
    /// Stands for a mail that was not read, with what its header says where that was read apart.
    pub fn not_read(bytes: &[u8], header: Option<Message>, why: Unread) -> Self {
        let part = part(bytes, WHOLE_MAIL, Vec::new(), why);
        // Defects of a header without its body are no defects of the mail.
        let header = header.unwrap_or_default();
        Self {
            size_bytes: part.size_bytes,
            sha256: part.sha256.clone(),
            parts: vec![part],
            defects: Vec::new(),
            ..header
        }
    }

    /// Stands for a file that was not read.
    pub fn file_not_read(bytes: &[u8], name: &str, why: Unread) -> Self {
        let name = PartName { value: name.to_owned(), source: NameSource::Container };
        let part = part(bytes, "application/octet-stream", vec![name], why);
        Self {
            size_bytes: part.size_bytes,
            sha256: part.sha256.clone(),
            parts: vec![part],
            ..Self::default()
        }
    }

    /// Why the whole mail was not read, where it was not.
    pub fn why_not_read(&self) -> Option<Unread> {
        match self.parts.as_slice() {
            // A part of a mail that was read never has the digest of the whole.
            [only] if only.media_type == WHOLE_MAIL && only.sha256 == self.sha256 => only.unread,
            _ => None,
        }
    }
}

fn part(bytes: &[u8], media_type: &str, names: Vec<PartName>, why: Unread) -> Part {
    let size_bytes = bytes.len() as u64;
    let file = File { kind: Kind::Unknown, claim: None, size_bytes, unread: Some(why), padding: None };
    Part {
        path: "1".to_owned(),
        names,
        media_type: media_type.to_owned(),
        role: Role::Attachment,
        content_id: String::new(),
        size_bytes,
        sha256: sha256(bytes),
        unread: Some(why),
        unread_details: Vec::new(),
        hold: None,
        opened_with: None,
        deeds: Vec::new(),
        sources: Vec::new(),
        body: Body::File(file),
    }
}

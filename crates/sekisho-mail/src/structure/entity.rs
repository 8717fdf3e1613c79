//! One entity (the mail itself, or a piece of a multipart) → parts: the way it is read is chosen here.

use sekisho_content::Unread;

use crate::header;
use crate::parameters::Structured;
use crate::{DefectKind, Message};

use super::declared::Declared;
use super::fields;
use super::leaf::Leaf;
use super::reader::{Draft, Place, Reader, sha256};

/// What an entity is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Within {
    /// It is the mail's own body.
    Mail,
    /// `multipart/mixed` and all that are treated like it.
    Mixed,
    /// `multipart/alternative`.
    Alternative,
    /// `multipart/related`.
    Related,
    /// `multipart/digest`: mails, unless something else is said.
    Digest,
    /// `multipart/encrypted`.
    Encrypted,
}

/// Where an entity stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    /// What it is in.
    pub(crate) within: Within,
    /// Whether nothing stands before it there.
    pub(crate) first: bool,
}

impl Reader<'_> {
    /// Reads a mail: its header, then its body at `place`.
    pub(crate) fn mail(&mut self, bytes: &[u8], place: &mut Place) -> Message {
        let block = header::split(bytes, self.limits);
        let above = place.above().to_owned();
        let mut draft = Draft::default();
        self.note_all(&mut draft, &block.defects, &above);
        let declared = Declared::of(&block.fields, "text/plain");
        let mut message = Message {
            size_bytes: bytes.len() as u64,
            sha256: sha256(bytes),
            media_type: declared.media_type().to_owned(),
            ..Message::default()
        };
        for (kind, seen) in fields::fill(&mut message, block.fields, self.limits) {
            self.note(&mut draft, kind, &above, &seen);
        }
        self.note_all(&mut draft, &declared.defects, &above);
        let body = bytes.get(block.body_at..).unwrap_or_default();
        self.entity(&mut draft, place, &declared, body, Context { within: Within::Mail, first: true });
        message.parts = draft.parts;
        message.defects = draft.defects;
        message
    }

    /// Reads the entity that a signature encloses, at `place`.
    pub(super) fn signed_entity(&mut self, draft: &mut Draft, place: &mut Place, bytes: &[u8]) {
        self.piece(draft, place, bytes, Context { within: Within::Mixed, first: true });
    }

    /// Reads one piece of a multipart.
    pub(crate) fn piece(&mut self, draft: &mut Draft, place: &mut Place, bytes: &[u8], context: Context) {
        let block = header::split(bytes, self.limits);
        let default_type = match context.within {
            Within::Digest => "message/rfc822",
            _ => "text/plain",
        };
        let declared = Declared::of(&block.fields, default_type);
        let path = place.peek();
        self.note_all(draft, &block.defects, &path);
        self.note_all(draft, &declared.defects, &path);
        let body = bytes.get(block.body_at..).unwrap_or_default();
        self.entity(draft, place, &declared, body, context);
    }

    /// Reads a body in every way that it is declared.
    fn entity(
        &mut self,
        draft: &mut Draft,
        place: &mut Place,
        declared: &Declared,
        body: &[u8],
        context: Context,
    ) {
        for kind in &declared.types {
            if self.parts_left() == 0 {
                return;
            }
            self.entity_as(draft, place, declared, kind, body, context);
        }
    }

    fn entity_as(
        &mut self,
        draft: &mut Draft,
        place: &mut Place,
        declared: &Declared,
        kind: &Structured,
        body: &[u8],
        context: Context,
    ) {
        let word = kind.word.as_str();
        let leaf = Leaf::of(declared, kind, context);
        if word.starts_with("multipart/") {
            if !self.may_go_deeper() {
                self.unread(draft, place, leaf, body, Unread::TooDeep);
                return;
            }
            self.multipart(draft, place, declared, kind, body, context);
            return;
        }
        match word {
            "message/rfc822" | "message/global" | "message/news" => {
                self.declared_mail(draft, place, declared, leaf, body);
            }
            "message/partial" => {
                self.note(
                    draft,
                    DefectKind::Partial,
                    &place.peek(),
                    kind.parameter("id").unwrap_or_default(),
                );
                self.decoded(draft, place, declared, leaf.unread(Unread::Unsupported), body);
            }
            "message/external-body" => {
                let from = ["url", "site", "name"].iter().find_map(|name| kind.parameter(name));
                self.note(draft, DefectKind::ExternalBody, &place.peek(), from.unwrap_or_default());
                self.decoded(draft, place, declared, leaf.unread(Unread::Unsupported), body);
            }
            _ => self.decoded(draft, place, declared, leaf, body),
        }
    }
}

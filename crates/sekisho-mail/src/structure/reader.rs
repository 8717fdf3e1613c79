//! The state of one reading: what is left of each limit, and the list of parts and defects that grows.

use std::collections::HashSet;

use data_encoding::HEXLOWER;
use sekisho_content::Unread;
use sha2::{Digest, Sha256};

use crate::{Body, Defect, DefectKind, Limits, Part, Request, Role};

use super::walk::Walk;

/// What one reading may still cost.
pub(crate) struct Reader<'a> {
    pub(crate) limits: &'a Limits,
    see: &'a mut dyn FnMut(&Part, &[u8]),
    parts_left: usize,
    decoded_bytes_left: usize,
    searched_bytes_left: usize,
    /// Bytes of text that may still be rendered, all readings of the same bytes together.
    pub(crate) rendered_bytes_left: usize,
    pub(crate) links_left: usize,
    defects_left: usize,
    depth: usize,
    /// What opening attached files may still cost, and how far it is.
    pub(super) walk: Walk<'a>,
    /// The boundaries declared so far, anywhere in the mail.
    pub(crate) boundaries: HashSet<String>,
}

/// The parts and defects of one message while it is read.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) parts: Vec<Part>,
    pub(crate) defects: Vec<Defect>,
}

/// Where the next part of a level gets its path.
pub(crate) struct Place {
    above: String,
    next: usize,
}

impl<'a> Reader<'a> {
    /// A reading of `size_bytes` bytes.
    pub(crate) fn new(
        size_bytes: usize,
        request: &'a Request<'a>,
        see: &'a mut dyn FnMut(&Part, &[u8]),
    ) -> Self {
        let limits = request.limits;
        // Short mails of deep structure are cheap; they need a floor.
        const SEARCHED_BYTES_MIN: usize = 64 * 1024;
        // A text is rendered once, or a few times where readings differ; what is compressed grows, and is short.
        const RENDERED_TIMES_MAX: usize = 3;
        const RENDERED_BYTES_MIN: usize = 1024 * 1024;
        Self {
            limits,
            see,
            parts_left: limits.parts_max,
            decoded_bytes_left: limits.decoded_bytes_max,
            searched_bytes_left: size_bytes.saturating_mul(limits.searches_max).max(SEARCHED_BYTES_MIN),
            rendered_bytes_left: size_bytes.saturating_mul(RENDERED_TIMES_MAX).max(RENDERED_BYTES_MIN),
            links_left: limits.links_max,
            defects_left: limits.defects_max,
            depth: 0,
            walk: Walk::new(request),
            boundaries: HashSet::new(),
        }
    }

    /// Goes one level down for `read`, if the limit allows.
    pub(crate) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if !self.may_go_deeper() {
            return None;
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        Some(value)
    }

    /// Whether there may be another level.
    pub(crate) fn may_go_deeper(&self) -> bool {
        self.depth < self.limits.depth_max
    }

    /// How many parts may still come.
    pub(crate) fn parts_left(&self) -> usize {
        self.parts_left
    }

    /// Lets so many parts more come: members of files are counted apart from the parts of the mail.
    pub(super) fn add_parts(&mut self, members: usize) {
        self.parts_left = self.parts_left.saturating_add(members);
    }

    /// Takes `bytes` off what may still be searched; false when that is used up.
    pub(crate) fn may_search(&mut self, bytes: usize) -> bool {
        take(&mut self.searched_bytes_left, bytes)
    }

    /// Takes `bytes` off what may still be decoded; false when that is used up.
    pub(crate) fn may_decode(&mut self, bytes: usize) -> bool {
        take(&mut self.decoded_bytes_left, bytes)
    }

    /// Adds a part to the list; false when there may be no more.
    pub(crate) fn push(&mut self, draft: &mut Draft, part: Part) -> bool {
        if self.parts_left == 0 {
            self.note(draft, DefectKind::LimitReached, &part.path, "parts");
            return false;
        }
        self.parts_left -= 1;
        if self.parts_left == 0 {
            // The last one says that more may have followed.
            self.note(draft, DefectKind::LimitReached, &part.path, "parts");
            draft.parts.push(Part { unread: Some(Unread::TooLarge), ..part });
            return false;
        }
        draft.parts.push(part);
        true
    }

    /// Adds a mail whose parts have been read and counted; it is never lost, for its parts would be lost with it.
    pub(crate) fn push_filled(&mut self, draft: &mut Draft, part: Part) {
        self.parts_left = self.parts_left.saturating_sub(1);
        draft.parts.push(part);
    }

    /// Adds a part with its bytes: shown to the caller, then to the list.
    pub(crate) fn push_seen(&mut self, draft: &mut Draft, part: Part, bytes: &[u8]) -> bool {
        if self.parts_left > 0 {
            (self.see)(&part, bytes);
        }
        self.push(draft, part)
    }

    /// Adds a container whose parts follow.
    pub(crate) fn push_container(
        &mut self,
        draft: &mut Draft,
        path: &str,
        media_type: &str,
        bytes: &[u8],
    ) -> bool {
        let part = Part {
            path: path.to_owned(),
            names: Vec::new(),
            media_type: media_type.to_owned(),
            role: Role::Container,
            content_id: String::new(),
            size_bytes: bytes.len() as u64,
            sha256: String::new(),
            unread: None,
            unread_details: Vec::new(),
            hold: None,
            opened_with: None,
            deeds: Vec::new(),
            sources: Vec::new(),
            body: Body::Container,
        };
        self.push(draft, part)
    }

    /// Notes a defect of the part at `path`, once a kind and part.
    pub(crate) fn note(&mut self, draft: &mut Draft, kind: DefectKind, path: &str, seen: &str) {
        const SEEN_CHARACTERS_MAX: usize = 80;
        if self.defects_left == 0 || draft.defects.iter().any(|old| old.kind == kind && old.part == path) {
            return;
        }
        self.defects_left -= 1;
        let seen = seen.chars().take(SEEN_CHARACTERS_MAX).collect();
        draft.defects.push(Defect { kind, part: path.to_owned(), seen });
    }

    /// Notes several defects of one part.
    pub(crate) fn note_all(&mut self, draft: &mut Draft, kinds: &[DefectKind], path: &str) {
        for kind in kinds {
            self.note(draft, *kind, path, "");
        }
    }
}

impl Place {
    /// The places of the outermost mail: `1`, `2`, …
    pub(crate) fn outermost() -> Self {
        Self::below("")
    }

    /// The places below a path: `2.1`, `2.2`, …
    pub(crate) fn below(path: &str) -> Self {
        Self { above: path.to_owned(), next: 1 }
    }

    /// The path that the next part will get.
    pub(crate) fn peek(&self) -> String {
        if self.above.is_empty() { self.next.to_string() } else { format!("{}.{}", self.above, self.next) }
    }

    /// The path of what all these places are in; empty for the outermost mail.
    pub(crate) fn above(&self) -> &str {
        &self.above
    }

    /// The next path.
    pub(crate) fn take(&mut self) -> String {
        let path = self.peek();
        self.next += 1;
        path
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

fn take(left: &mut usize, bytes: usize) -> bool {
    match left.checked_sub(bytes) {
        Some(rest) => {
            *left = rest;
            true
        }
        None => {
            *left = 0;
            false
        }
    }
}

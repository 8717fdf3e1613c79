//! A multipart (RFC 2046 section 5.1) → its parts, by every boundary that it may have.

use sekisho_content::Unread;

use crate::DefectKind;
use crate::parameters::Structured;
use crate::transfer::Encoding;

use super::boundary::{self, Division};
use super::declared::Declared;
use super::entity::{Context, Within};
use super::leaf::Leaf;
use super::look::begins_with_mime_field;
use super::reader::{Draft, Place, Reader};

impl Reader<'_> {
    /// Reads a multipart at `place`. The mail's own body is no part of the list; any other gets one.
    pub(super) fn multipart(
        &mut self,
        draft: &mut Draft,
        place: &mut Place,
        declared: &Declared,
        kind: &Structured,
        body: &[u8],
        context: Context,
    ) {
        if context.within == Within::Mail {
            let path = place.above().to_owned();
            self.deeper(|reader| reader.children(draft, place, &path, declared, kind, body));
            return;
        }
        let path = place.take();
        if self.push_container(draft, &path, &kind.word, body) {
            let mut below = Place::below(&path);
            self.deeper(|reader| reader.children(draft, &mut below, &path, declared, kind, body));
        }
    }

    fn children(
        &mut self,
        draft: &mut Draft,
        place: &mut Place,
        path: &str,
        declared: &Declared,
        kind: &Structured,
        body: &[u8],
    ) {
        let boundaries = self.boundaries(draft, path, kind);
        let mut found = self.divided(draft, place, path, kind, body, &boundaries);
        for encoding in &declared.encodings {
            // RFC 2045 section 6.4 forbids an encoded multipart; some programs decode it all the same.
            if matches!(encoding, Encoding::Base64 | Encoding::QuotedPrintable) {
                self.note(draft, DefectKind::TransferEncodingDoubtful, path, "encoded multipart");
                if self.may_decode(body.len()) && (*encoding == Encoding::Base64 || !found) {
                    let decoded = encoding.decode(body).bytes;
                    found |= self.divided(draft, place, path, kind, &decoded, &boundaries);
                }
            }
        }
        if !found {
            self.undivided(draft, place, path, declared, kind, body);
        } else if boundaries.iter().all(String::is_empty) {
            // An empty boundary is none for most programs; they show the whole as text.
            self.note(draft, DefectKind::BoundaryMissing, path, "");
            self.whole_as_text(draft, place, declared, body);
        }
    }

    /// The boundaries to try, in the order they are declared.
    fn boundaries(&mut self, draft: &mut Draft, path: &str, kind: &Structured) -> Vec<String> {
        let mut boundaries: Vec<String> = Vec::new();
        for parameter in kind.all("boundary") {
            let value = parameter.value.trim_end();
            if boundaries.len() < self.limits.boundaries_max && boundaries.iter().all(|known| known != value)
            {
                boundaries.push(value.to_owned());
            }
        }
        self.boundaries.extend(boundaries.iter().cloned());
        if let [_, second, ..] = boundaries.as_slice() {
            self.note(draft, DefectKind::SeveralBoundaries, path, second);
        }
        boundaries
    }

    /// Divides `body` by each boundary that occurs in it and reads the pieces; false where none occurs.
    fn divided(
        &mut self,
        draft: &mut Draft,
        place: &mut Place,
        path: &str,
        kind: &Structured,
        body: &[u8],
        boundaries: &[String],
    ) -> bool {
        let mut all = Division::default();
        let mut occurring = 0;
        for boundary in boundaries {
            if !self.may_search(body.len()) {
                self.note(draft, DefectKind::LimitReached, path, "searched bytes");
                return occurring > 0;
            }
            // Each piece takes two delimiters at most; there is no sense in finding more than parts may be.
            let max = self.parts_left().saturating_mul(2).saturating_add(2);
            let Some(division) = boundary::divide(body, boundary, max) else { continue };
            occurring += 1;
            all.doubtful |= division.doubtful;
            all.not_closed |= division.not_closed;
            all.goes_on |= division.goes_on;
            all.too_many |= division.too_many;
            all.pieces.extend(division.pieces);
            all.outside = division.outside;
        }
        if occurring == 0 {
            return false;
        }
        all.pieces.sort_by_key(|piece| (piece.start, std::cmp::Reverse(piece.end)));
        all.pieces.dedup();
        for (is, defect) in [
            (all.doubtful, DefectKind::BoundaryDoubtful),
            (all.not_closed, DefectKind::NotClosed),
            (all.goes_on, DefectKind::PartOutsideBoundary),
            (all.too_many, DefectKind::LimitReached),
        ] {
            if is {
                self.note(draft, defect, path, "");
            }
        }
        let within = within(&kind.word);
        for (nth, piece) in all.pieces.iter().enumerate() {
            if self.parts_left() == 0 {
                break;
            }
            let bytes = body.get(piece.clone()).unwrap_or_default();
            self.piece(draft, place, bytes, Context { within, first: nth == 0 });
        }
        // With two boundaries, what is outside for one is inside for the other.
        if occurring == 1 {
            for outside in &all.outside {
                self.outside(draft, place, path, body.get(outside.clone()).unwrap_or_default());
            }
        }
        true
    }

    /// Reads what stands before the first or after a closing delimiter, where it looks like a part.
    fn outside(&mut self, draft: &mut Draft, place: &mut Place, path: &str, text: &[u8]) {
        let text = text.trim_ascii_start();
        if text.is_empty() || self.parts_left() == 0 || !self.may_search(text.len()) {
            return;
        }
        let context = Context { within: Within::Mixed, first: false };
        if begins_with_mime_field(text) {
            self.note(draft, DefectKind::PartOutsideBoundary, path, "");
            self.piece(draft, place, text, context);
        } else if let Some(boundary) = boundary::stray(text) {
            let boundary = String::from_utf8_lossy(boundary).into_owned();
            self.note(draft, DefectKind::PartOutsideBoundary, path, &boundary);
            self.stray_pieces(draft, place, text, &boundary);
        }
    }

    /// Reads a multipart none of whose boundaries occurs: by a line that looks like one, and as text.
    fn undivided(
        &mut self,
        draft: &mut Draft,
        place: &mut Place,
        path: &str,
        declared: &Declared,
        kind: &Structured,
        body: &[u8],
    ) {
        let declared_boundary = kind.parameter("boundary").unwrap_or_default();
        self.note(draft, DefectKind::BoundaryMissing, path, declared_boundary);
        if body.trim_ascii().is_empty() {
            return;
        }
        if self.may_search(body.len())
            && let Some(boundary) = boundary::stray(body)
        {
            let boundary = String::from_utf8_lossy(boundary).into_owned();
            self.stray_pieces(draft, place, body, &boundary);
        }
        self.whole_as_text(draft, place, declared, body);
    }

    fn whole_as_text(&mut self, draft: &mut Draft, place: &mut Place, declared: &Declared, body: &[u8]) {
        let text = Structured { word: "text/plain".to_owned(), parameters: Vec::new() };
        let leaf = Leaf::of(declared, &text, Context { within: Within::Mixed, first: true });
        self.decoded(draft, place, declared, leaf, body);
    }

    pub(super) fn stray_pieces(&mut self, draft: &mut Draft, place: &mut Place, text: &[u8], boundary: &str) {
        let max = self.parts_left().saturating_mul(2);
        let Some(division) = boundary::divide(text, boundary, max) else { return };
        for (nth, piece) in division.pieces.iter().enumerate() {
            if self.parts_left() == 0 {
                return;
            }
            let bytes = text.get(piece.clone()).unwrap_or_default();
            self.piece(draft, place, bytes, Context { within: Within::Mixed, first: nth == 0 });
        }
    }

    /// Adds a part that is not looked at.
    pub(super) fn unread(
        &mut self,
        draft: &mut Draft,
        place: &mut Place,
        leaf: Leaf,
        bytes: &[u8],
        why: Unread,
    ) {
        if matches!(why, Unread::TooDeep | Unread::TooLarge) {
            self.note(draft, DefectKind::LimitReached, &place.peek(), why.id());
        }
        self.file(draft, place, leaf.unread(why), bytes);
    }
}

fn within(multipart: &str) -> Within {
    match multipart {
        "multipart/alternative" => Within::Alternative,
        "multipart/related" => Within::Related,
        "multipart/digest" => Within::Digest,
        "multipart/encrypted" => Within::Encrypted,
        _ => Within::Mixed,
    }
}

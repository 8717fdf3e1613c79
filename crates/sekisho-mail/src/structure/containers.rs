//! Content in the containers of Outlook, S/MIME and Apple → the parts within.

use sekisho_content::Unread;

use crate::smime::Cms;
use crate::{Body, DefectKind, Part, Role, apple, outlook_msg, smime, tnef, words};

use super::leaf::{Leaf, container_name};
use super::names::Names;
use super::reader::{Draft, Place, Reader, sha256};

impl Reader<'_> {
    /// Reads content that is a container; false where it is none.
    pub(super) fn container(
        &mut self,
        draft: &mut Draft,
        place: &mut Place,
        leaf: &Leaf,
        bytes: &[u8],
    ) -> bool {
        if tnef::is_one(bytes) {
            self.tnef(draft, place, leaf, bytes);
            return true;
        }
        if outlook_msg::is_one(bytes) {
            return self.outlook_msg(draft, place, leaf, bytes);
        }
        let is_cms = matches!(
            leaf.media_type.as_str(),
            "application/pkcs7-mime" | "application/x-pkcs7-mime" | "application/cms"
        );
        if is_cms || leaf.is_named(&[".p7m", ".p7z"]) {
            return self.cms(draft, place, leaf, bytes);
        }
        self.apple(draft, place, leaf, bytes)
    }

    fn tnef(&mut self, draft: &mut Draft, place: &mut Place, leaf: &Leaf, bytes: &[u8]) {
        let path = place.take();
        if !self.opened(draft, &path, leaf, bytes) {
            return;
        }
        let letter = tnef::read(bytes, self.limits);
        self.letter_marks(draft, &path, &letter);
        let mut below = Place::below(&path);
        self.deeper(|reader| reader.letter_parts(draft, &mut below, letter));
    }

    fn outlook_msg(&mut self, draft: &mut Draft, place: &mut Place, leaf: &Leaf, bytes: &[u8]) -> bool {
        if !self.may_go_deeper() || !self.may_decode(bytes.len()) {
            let why = if self.may_go_deeper() { Unread::TooLarge } else { Unread::TooDeep };
            self.unread(draft, place, leaf.clone(), bytes, why);
            return true;
        }
        let Some(letter) = outlook_msg::read(bytes, self.limits) else {
            self.note(draft, DefectKind::ContainerBroken, &place.peek(), "");
            return false;
        };
        let path = place.take();
        let message = self.deeper(|reader| reader.letter(letter, &mut Place::below(&path), bytes));
        self.message_part(draft, path, leaf.clone(), bytes, message.unwrap_or_default());
        true
    }

    fn cms(&mut self, draft: &mut Draft, place: &mut Place, leaf: &Leaf, bytes: &[u8]) -> bool {
        match smime::read(bytes) {
            Some(Cms::Signed(entity)) => {
                let path = place.take();
                if self.opened(draft, &path, leaf, bytes) && self.may_decode(entity.len()) {
                    let mut below = Place::below(&path);
                    self.deeper(|reader| reader.signed_entity(draft, &mut below, &entity));
                }
                true
            }
            Some(Cms::Enveloped) => {
                self.unread(draft, place, leaf.clone(), bytes, Unread::Locked);
                true
            }
            Some(Cms::Other) => {
                self.file(draft, place, leaf.clone().unread(Unread::Unsupported), bytes);
                true
            }
            Some(Cms::Empty) => false,
            None => {
                self.note(draft, DefectKind::ContainerBroken, &place.peek(), "");
                self.file(draft, place, leaf.clone().unread(Unread::Damaged), bytes);
                true
            }
        }
    }

    fn apple(&mut self, draft: &mut Draft, place: &mut Place, leaf: &Leaf, bytes: &[u8]) -> bool {
        let Some(apple) = apple::read(bytes).filter(|apple| !apple.data.is_empty()) else { return false };
        let path = place.take();
        if self.opened(draft, &path, leaf, bytes) && self.may_decode(apple.data.len()) {
            let mut names = Names::default();
            let true_name = container_name(&words::decode(apple.name, &mut Vec::new()));
            names.add(&true_name.value, true_name.source);
            for name in &leaf.names {
                names.add(&name.value, name.source);
            }
            let inside = Leaf::found("application/octet-stream", names.into_list());
            let mut below = Place::below(&path);
            self.deeper(|reader| reader.content(draft, &mut below, inside, apple.data));
        }
        true
    }

    /// Adds the container itself; false where nothing within may be read.
    fn opened(&mut self, draft: &mut Draft, path: &str, leaf: &Leaf, bytes: &[u8]) -> bool {
        let too_deep = !self.may_go_deeper();
        if too_deep {
            self.note(draft, DefectKind::LimitReached, path, Unread::TooDeep.id());
        }
        let part = Part {
            path: path.to_owned(),
            names: leaf.names.clone(),
            media_type: leaf.media_type.clone(),
            role: Role::Container,
            content_id: leaf.content_id.clone(),
            size_bytes: bytes.len() as u64,
            sha256: sha256(bytes),
            unread: too_deep.then_some(Unread::TooDeep),
            unread_details: Vec::new(),
            hold: leaf.hold(),
            opened_with: None,
            deeds: Vec::new(),
            sources: Vec::new(),
            body: Body::Container,
        };
        self.push_seen(draft, part, bytes) && !too_deep
    }
}

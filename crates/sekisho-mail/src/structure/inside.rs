//! Content that holds more than one file: mails, containers of Outlook and S/MIME, files written into texts.

use sekisho_content::Unread;

use crate::{Body, DefectKind, Message, NameSource, Part, Role, outlook_msg, tnef, transfer, words};

use super::boundary;
use super::declared::Declared;
use super::leaf::{Leaf, container_name};
use super::look::{self, Doubt};
use super::names::Names;
use super::reader::{Draft, Place, Reader, sha256};

impl Reader<'_> {
    /// Reads the outermost bytes; then the files in it are opened.
    pub(super) fn outermost(&mut self, bytes: &[u8]) -> Message {
        self.then_opened(|reader| reader.outermost_closed(bytes))
    }

    fn outermost_closed(&mut self, bytes: &[u8]) -> Message {
        let letter = if outlook_msg::is_one(bytes) {
            outlook_msg::read(bytes, self.limits)
        } else {
            tnef::is_one(bytes).then(|| tnef::read(bytes, self.limits))
        };
        if let Some(letter) = letter {
            let message = self.deeper(|reader| reader.letter(letter, &mut Place::outermost(), bytes));
            return message.unwrap_or_default();
        }
        self.deeper(|reader| reader.mail(bytes, &mut Place::outermost())).unwrap_or_default()
    }

    /// Reads content by what it is declared as, is called or looks like.
    pub(crate) fn content(&mut self, draft: &mut Draft, place: &mut Place, leaf: Leaf, bytes: &[u8]) {
        if matches!(leaf.unread, Some(Unread::Locked)) {
            self.file(draft, place, leaf, bytes);
            return;
        }
        if self.container(draft, place, &leaf, bytes) {
            self.text_of_container(draft, place, leaf, bytes);
            return;
        }
        let is_text = leaf.role == Role::Text;
        let doubt = if leaf.is_named(&[".eml", ".mht", ".mhtml", ".nws"])
            || leaf.media_type.starts_with("message/")
        {
            Doubt::Declared
        } else {
            Doubt::Undeclared
        };
        // A delivery status has fields that look like a header; it is none.
        let may_be_mail = !matches!(
            leaf.media_type.as_str(),
            "message/delivery-status"
                | "message/disposition-notification"
                | "message/feedback-report"
                | "message/external-body"
                | "text/rfc822-headers"
        );
        if !is_text && may_be_mail && look::is_mail(bytes, doubt) {
            self.mail_inside(draft, place, leaf, bytes);
            return;
        }
        let searches_inside = leaf.member.is_none()
            && (leaf.media_type.starts_with("text/") || leaf.media_type.starts_with("application/oct"));
        let path = self.file_and_text(draft, place, leaf, bytes);
        if searches_inside && self.parts_left() > 0 && self.may_search(bytes.len()) {
            self.inside_text(draft, &path, bytes, is_text);
        }
    }

    /// Reads an entity declared as a mail, encoded or not: RFC 2046 section 5.2.1 forbids encoding it, programs
    /// decode it, or do not.
    pub(super) fn declared_mail(
        &mut self,
        draft: &mut Draft,
        place: &mut Place,
        declared: &Declared,
        leaf: Leaf,
        body: &[u8],
    ) {
        if !self.may_decode(body.len()) {
            self.unread(draft, place, leaf, &[], Unread::TooLarge);
            return;
        }
        let path = place.peek();
        let mut mails: Vec<std::borrow::Cow<'_, [u8]>> = Vec::new();
        for reading in self.readings(draft, &path, declared, body) {
            if mails.is_empty() || look::is_mail(&reading, Doubt::Declared) {
                mails.push(reading);
            }
        }
        let is_encoded = mails.first().is_some_and(|first| first.as_ref() != body);
        if is_encoded {
            self.note(draft, DefectKind::TransferEncodingDoubtful, &path, "encoded mail");
            if look::is_mail(body, Doubt::Declared) {
                mails.push(body.into());
            }
        }
        if mails.len() > 1 {
            mails.retain(|mail| look::is_mail(mail, Doubt::Declared));
        }
        for mail in mails {
            self.mail_inside(draft, place, leaf.clone(), &mail);
        }
    }

    /// Reads a mail inside this one.
    pub(crate) fn mail_inside(&mut self, draft: &mut Draft, place: &mut Place, leaf: Leaf, bytes: &[u8]) {
        if !self.may_go_deeper() || !self.may_decode(bytes.len()) {
            let why = if self.may_go_deeper() { Unread::TooLarge } else { Unread::TooDeep };
            self.unread(draft, place, leaf, bytes, why);
            return;
        }
        let path = place.take();
        let read = |reader: &mut Self| reader.deeper(|reader| reader.mail(bytes, &mut Place::below(&path)));
        let message = self.then_opened(|reader| read(reader).unwrap_or_default());
        self.message_part(draft, path, leaf, bytes, message);
    }

    /// Adds a mail inside that has been read. It is kept even when its own parts used up the limit.
    pub(crate) fn message_part(
        &mut self,
        draft: &mut Draft,
        path: String,
        leaf: Leaf,
        bytes: &[u8],
        message: Message,
    ) {
        let mut names = Names::default();
        for name in &leaf.names {
            names.add(&name.value, name.source);
        }
        names.add(&message.subject, NameSource::Subject);
        let hold = leaf.hold();
        let part = Part {
            path,
            names: names.into_list(),
            media_type: leaf.media_type,
            role: Role::Attachment,
            content_id: leaf.content_id,
            size_bytes: bytes.len() as u64,
            sha256: sha256(bytes),
            unread: leaf.unread,
            unread_details: Vec::new(),
            hold,
            opened_with: None,
            deeds: Vec::new(),
            sources: Vec::new(),
            body: Body::Message(Box::new(message)),
        };
        self.push_filled(draft, part);
    }

    /// Finds what is written into a text: a whole mail, or files.
    fn inside_text(&mut self, draft: &mut Draft, path: &str, text: &[u8], is_shown: bool) {
        let mut below = Place::below(path);
        if is_shown && look::is_mail(text, Doubt::Undeclared) {
            self.mail_inside(draft, &mut below, Leaf::found("message/rfc822", Vec::new()), text);
        }
        // Parts that close or open out of turn lie in the text of another one for whoever reads strictly.
        let stray = boundary::stray(text).map(|stray| String::from_utf8_lossy(stray).into_owned());
        if let Some(stray) = stray.filter(|stray| self.boundaries.contains(stray)) {
            self.note(draft, DefectKind::BoundaryDoubtful, path, &stray);
            self.deeper(|reader| reader.stray_pieces(draft, &mut below, text, &stray));
        }
        for file in transfer::find_inline(text, self.limits.inline_files_max) {
            self.note(draft, DefectKind::Uuencode, path, &String::from_utf8_lossy(&file.name));
            if !file.closed {
                self.note(draft, DefectKind::NotClosed, path, "");
            }
            if self.parts_left() == 0 || !self.may_decode(file.bytes.len()) {
                return;
            }
            let name = container_name(&words::decode(&file.name, &mut Vec::new()));
            let leaf = Leaf::found("application/octet-stream", vec![name]);
            self.content(draft, &mut below, leaf, &file.bytes);
        }
    }
}

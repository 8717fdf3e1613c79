//! An entity that holds no others → its content decoded, in every reading, and kept as text or file.

use std::borrow::Cow;

use sekisho_content::{Family, Hold, Kind, Unread};

use crate::coverage::Covered;
use crate::parameters::Structured;
use crate::rtf::{self, Words};
use crate::transfer::{self, Encoding};
use crate::{Body, DefectKind, NameSource, Part, PartName, Role, View, calendar, charset};

use super::declared::Declared;
use super::entity::{Context, Within};
use super::reader::{Draft, Place, Reader, sha256};
use super::walk::Held;
use super::{language, look};

/// Types of text that a receiver gets as a file or does not see, never as words of the mail.
const FILE_TEXTS: &[&str] = &[
    "text/calendar",
    "text/css",
    "text/csv",
    "text/directory",
    "text/javascript",
    "text/rfc822-headers",
    "text/vcard",
    "text/x-amp-html",
    "text/x-vcalendar",
    "text/x-vcard",
    "text/xml",
];

/// What programs show of a file as if it were the mail's own text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    Nothing,
    /// The words of an entry of a calendar.
    Entry,
    /// The page that it is.
    Page,
}

impl Beside {
    fn of(declared: &Declared, media_type: &str) -> Self {
        match media_type {
            _ if declared.disposition == "attachment" => Self::Nothing,
            "text/calendar" | "text/x-vcalendar" => Self::Entry,
            "application/xhtml+xml" if declared.names.is_empty() => Self::Page,
            _ => Self::Nothing,
        }
    }
}

/// What is known of a part before its content is decoded.
#[derive(Clone)]
pub(crate) struct Leaf {
    pub(crate) media_type: String,
    pub(crate) names: Vec<PartName>,
    pub(crate) role: Role,
    pub(crate) content_id: String,
    pub(crate) charset: Option<String>,
    pub(crate) unread: Option<Unread>,
    /// What programs show of it beside the file that it is.
    pub(super) beside: Beside,
    /// What the file that holds it says of it, where it stands in one.
    pub(super) member: Option<Held>,
}

impl Leaf {
    /// What an entity declares, and the role that follows from where it stands.
    pub(super) fn of(declared: &Declared, kind: &Structured, context: Context) -> Self {
        let media_type = kind.word.clone();
        let locked = context.within == Within::Encrypted && media_type != "application/pgp-encrypted";
        Self {
            role: role(declared, &media_type, context),
            names: declared.names.clone(),
            content_id: declared.content_id.clone(),
            charset: kind.parameter("charset").map(str::to_owned),
            unread: locked.then_some(Unread::Locked),
            beside: Beside::of(declared, &media_type),
            member: None,
            media_type,
        }
    }

    /// A file found inside something else, with the names it has there.
    pub(crate) fn found(media_type: &str, names: Vec<PartName>) -> Self {
        Self {
            media_type: media_type.to_owned(),
            names,
            role: Role::Attachment,
            content_id: String::new(),
            charset: None,
            unread: None,
            beside: Beside::Nothing,
            member: None,
        }
    }

    /// The same, not looked at.
    pub(super) fn unread(self, why: Unread) -> Self {
        Self { unread: Some(why), ..self }
    }

    /// How a file holds it.
    pub(super) fn hold(&self) -> Option<Hold> {
        self.member.as_ref().map(|member| member.hold)
    }

    /// The name that counts most.
    pub(super) fn name(&self) -> Option<&str> {
        self.names.first().map(|name| name.value.as_str())
    }

    /// Whether any of the names ends in one of `endings`.
    pub(super) fn is_named(&self, endings: &[&str]) -> bool {
        self.names.iter().any(|name| look::has_ending(&name.value, endings))
    }
}

impl Reader<'_> {
    /// Decodes an entity's body and reads what it holds; readings that give another kind of file get parts too.
    pub(super) fn decoded(
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
        let mut readings = self.readings(draft, &path, declared, body).into_iter();
        let Some(first) = readings.next() else { return };
        self.content(draft, place, leaf.clone(), &first);
        if readings.len() == 0 {
            return;
        }
        let mut kinds = vec![kind_of(&first)];
        for other in readings {
            let kind = kind_of(&other);
            if kinds.contains(&kind) || self.parts_left() == 0 || !self.may_decode(other.len()) {
                continue;
            }
            kinds.push(kind);
            self.content(draft, place, leaf.clone(), &other);
        }
    }

    /// Every reading of an encoded body, the likeliest first.
    pub(super) fn readings<'b>(
        &mut self,
        draft: &mut Draft,
        path: &str,
        declared: &Declared,
        body: &'b [u8],
    ) -> Vec<Cow<'b, [u8]>> {
        let mut encodings = declared.encodings.clone();
        if !declared.encoding_unknown.is_empty() {
            // What nobody knows is shown as it stands, or read as what it looks like.
            let looks_like =
                if transfer::looks_like_base64(body) { Encoding::Base64 } else { Encoding::Identity };
            self.note(draft, DefectKind::TransferEncodingDoubtful, path, &declared.encoding_unknown);
            encodings.extend([looks_like, Encoding::Identity]);
        }
        if encodings.is_empty() {
            encodings.push(Encoding::Identity);
        }
        let mut readings = Vec::new();
        for encoding in encodings {
            let decoded = encoding.decode(body);
            if let Some(defect) = decoded.defect {
                self.note(draft, defect, path, "");
            }
            readings.push(decoded.bytes);
            readings.extend(decoded.others.into_iter().map(Cow::Owned));
        }
        readings
    }

    /// Keeps decoded content as a part: text where it is shown or opened as text, else a file.
    pub(crate) fn file(&mut self, draft: &mut Draft, place: &mut Place, leaf: Leaf, bytes: &[u8]) -> String {
        let form = form(&leaf, bytes);
        self.kept(draft, place, leaf, form, bytes)
    }

    /// Keeps decoded content as a part, as text or as a file.
    fn kept(&mut self, draft: &mut Draft, place: &mut Place, leaf: Leaf, form: Form, bytes: &[u8]) -> String {
        let path = place.take();
        let mut file = sekisho_content::read(bytes, leaf.name());
        if let Some(member) = &leaf.member {
            member.correct(&mut file);
        }
        let kind = file.kind;
        let (role, unread, body) = match form {
            _ if matches!(leaf.unread, Some(Unread::TooDeep | Unread::TooLarge | Unread::Locked)) => {
                (leaf.role, leaf.unread, Body::File(file))
            }
            Form::File => {
                let role = if leaf.role == Role::Text { Role::Attachment } else { leaf.role };
                (role, leaf.unread.or(file.unread), Body::File(file))
            }
            Form::Plain | Form::Html => {
                let (view, cut) = self.view(draft, &path, &leaf, form, bytes);
                let role = if leaf.hold().is_some() { Role::Attachment } else { leaf.role };
                (role, leaf.unread.or(cut), Body::Text(Box::new(view), file))
            }
        };
        let part = Part {
            path: path.clone(),
            names: leaf.names,
            media_type: leaf.media_type,
            role,
            content_id: leaf.content_id,
            size_bytes: leaf.member.as_ref().map_or(bytes.len() as u64, |member| member.size_bytes),
            sha256: leaf
                .member
                .as_ref()
                .and_then(|member| member.sha256.clone())
                .unwrap_or_else(|| sha256(bytes)),
            unread,
            unread_details: Vec::new(),
            hold: leaf.member.as_ref().map(|member| member.hold),
            opened_with: None,
            deeds: Vec::new(),
            sources: Vec::new(),
            body,
        };
        let is_opened = role != Role::Text && !matches!(leaf.unread, Some(why) if why != Unread::Unsupported);
        if self.push_seen(draft, part, bytes) && is_opened {
            self.opened_or_kept(draft, &path, kind, bytes);
        }
        path
    }

    /// Keeps content as what it looks like, and reads it as text all the same where a receiver's program shows it as such,
    /// whatever its first letters are; gives the path of the first part.
    pub(super) fn file_and_text(
        &mut self,
        draft: &mut Draft,
        place: &mut Place,
        leaf: Leaf,
        bytes: &[u8],
    ) -> String {
        let is_doubtful = leaf.role == Role::Text && leaf.unread.is_none() && look::is_binary(bytes);
        if !is_doubtful || !self.reads_as_text(&leaf, bytes) {
            let beside = (leaf.beside != Beside::Nothing && leaf.unread.is_none()).then(|| leaf.clone());
            let path = self.file(draft, place, leaf, bytes);
            if let Some(beside) = beside.filter(|_| self.parts_left() > 0) {
                self.text_beside(draft, place, beside, bytes);
            }
            return path;
        }
        let text = |leaf: Leaf| {
            let form = declared_form(&leaf, bytes);
            (leaf, if form == Form::File { Form::Plain } else { form })
        };
        if !look::begins_as_file(bytes) || kind_of(bytes).family() == Family::Text {
            let (leaf, form) = text(leaf);
            return self.kept(draft, place, leaf, form, bytes);
        }
        let path = self.file(draft, place, leaf.clone(), bytes);
        let is_rich = matches!(leaf.media_type.as_str(), "text/rtf" | "text/richtext");
        if self.parts_left() > 0 && is_rich && bytes.starts_with(b"{\\rtf") {
            self.rich_text(draft, place, bytes);
        } else if self.parts_left() > 0 {
            let (leaf, form) = text(leaf);
            self.kept(draft, place, leaf, form, bytes);
        }
        path
    }

    /// Adds what programs show of a file as the text that it is there.
    fn text_beside(&mut self, draft: &mut Draft, place: &mut Place, leaf: Leaf, bytes: &[u8]) {
        match leaf.beside {
            Beside::Nothing => {}
            Beside::Entry => self.entry(draft, place, &leaf, bytes),
            Beside::Page => {
                self.kept(draft, place, Leaf { role: Role::Text, ..leaf }, Form::Html, bytes);
            }
        }
    }

    /// Adds the words of a rich text that is shown as the mail.
    fn rich_text(&mut self, draft: &mut Draft, place: &mut Place, bytes: &[u8]) {
        let kept = bytes.get(..self.limits.view_bytes_max.saturating_mul(4)).unwrap_or(bytes);
        let (media_type, form, words) = match rtf::words(kept) {
            Words::Html(html) => ("text/html", Form::Html, html),
            Words::Plain(words) => ("text/plain", Form::Plain, words),
        };
        if !words.trim().is_empty() {
            let charset = Some("utf-8".to_owned());
            let leaf = Leaf { role: Role::Text, charset, ..Leaf::found(media_type, Vec::new()) };
            self.kept(draft, place, leaf, form, words.as_bytes());
        }
    }

    /// Adds the words of a calendar entry as the text that programs show.
    fn entry(&mut self, draft: &mut Draft, place: &mut Place, leaf: &Leaf, bytes: &[u8]) {
        let mut words = calendar::words(bytes);
        if !self.says_more(leaf, &words) {
            words.html.clear();
        }
        for (media_type, form, bytes) in
            [("text/plain", Form::Plain, words.plain), ("text/html", Form::Html, words.html)]
        {
            if bytes.trim_ascii().is_empty() || self.parts_left() == 0 {
                continue;
            }
            let found = Leaf::found(media_type, Vec::new());
            let leaf = Leaf { role: Role::Text, charset: leaf.charset.clone(), ..found };
            self.kept(draft, place, leaf, form, &bytes);
        }
    }

    /// Whether an entry's page says what its other words do not; Outlook writes the same twice.
    fn says_more(&self, leaf: &Leaf, words: &calendar::Words) -> bool {
        const OTHER_LETTERS_MIN: usize = 12;
        let text = |bytes: &[u8]| charset::decode(bytes, leaf.charset.as_deref()).text;
        let mut covered = Covered::default();
        covered.add(&text(&words.plain));
        let page = View::of_html(&text(&words.html), self.limits).text;
        covered.missing(&page, OTHER_LETTERS_MIN) >= OTHER_LETTERS_MIN
    }

    /// Reads a container as text too, where a receiver's program shows it as such and there are words in it.
    pub(super) fn text_of_container(
        &mut self,
        draft: &mut Draft,
        place: &mut Place,
        leaf: Leaf,
        bytes: &[u8],
    ) {
        let is_shown = leaf.role == Role::Text && leaf.unread.is_none() && self.parts_left() > 0;
        if is_shown && self.reads_as_text(&leaf, bytes) {
            let form = declared_form(&leaf, bytes);
            self.kept(draft, place, leaf, form, bytes);
        }
    }

    /// Whether there are words in content that is shown as text.
    fn reads_as_text(&mut self, leaf: &Leaf, bytes: &[u8]) -> bool {
        let most = self.limits.view_bytes_max.min(self.rendered_bytes_left);
        let kept = bytes.get(..most).unwrap_or(bytes);
        self.rendered_bytes_left -= kept.len();
        let form = declared_form(leaf, bytes);
        let own = if form == Form::Html { look::html_charset(kept) } else { None };
        let text = charset::decode(kept, leaf.charset.as_deref().or(own)).text;
        let view = match form {
            Form::Html => View::of_html(&text, self.limits),
            Form::Plain | Form::File => View::of_plain(text, self.limits),
        };
        language::has_words(&view.text)
    }

    /// Renders a text, as much of it as the limit allows.
    fn view(
        &mut self,
        draft: &mut Draft,
        path: &str,
        leaf: &Leaf,
        form: Form,
        bytes: &[u8],
    ) -> (View, Option<Unread>) {
        let most = self.limits.view_bytes_max.min(self.rendered_bytes_left);
        let kept = bytes.get(..most).unwrap_or(bytes);
        self.rendered_bytes_left -= kept.len();
        let own = if form == Form::Html { look::html_charset(kept) } else { None };
        let decoded = charset::decode(kept, leaf.charset.as_deref().or(own));
        if let Some(defect) = decoded.defect {
            let label = leaf.charset.as_deref().unwrap_or_default();
            self.note(draft, defect, path, &format!("{label} → {}", decoded.charset));
        }
        if decoded.text.contains('\0') {
            self.note(draft, DefectKind::Nul, path, "");
        }
        let mut view = match form {
            Form::Html => View::of_html(&decoded.text, self.limits),
            Form::Plain | Form::File => View::of_plain(decoded.text, self.limits),
        };
        if view.links.len() > self.links_left {
            view.links.truncate(self.links_left);
            self.note(draft, DefectKind::LimitReached, path, "links");
        }
        self.links_left -= view.links.len();
        let cut = kept.len() < bytes.len();
        if cut {
            self.note(draft, DefectKind::LimitReached, path, "text");
        }
        (view, cut.then_some(Unread::TooLarge))
    }
}

/// How content is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Html,
    File,
}

fn form(leaf: &Leaf, bytes: &[u8]) -> Form {
    if look::is_binary(bytes) { Form::File } else { declared_form(leaf, bytes) }
}

/// How content is kept that is no file by its bytes.
fn declared_form(leaf: &Leaf, bytes: &[u8]) -> Form {
    let word = leaf.media_type.as_str();
    let is_text = word.starts_with("text/") || word.starts_with("message/");
    if matches!(word, "text/html" | "application/xhtml+xml" | "text/x-amp-html") {
        return Form::Html;
    }
    let opened_as_html =
        leaf.names.iter().any(|name| look::is_html_name(&name.value)) || (!is_text && look::is_html(bytes));
    match (leaf.role, opened_as_html) {
        (Role::Attachment, true) => Form::Html,
        _ if is_text => Form::Plain,
        _ => Form::File,
    }
}

fn role(declared: &Declared, media_type: &str, context: Context) -> Role {
    let is_attached = declared.disposition == "attachment";
    let is_inline = declared.disposition == "inline";
    if media_type.starts_with("text/") && !FILE_TEXTS.contains(&media_type) && !is_attached {
        let is_named = !declared.names.is_empty();
        let is_shown = !is_named || is_inline || context.first || context.within == Within::Alternative;
        return if is_shown { Role::Text } else { Role::Attachment };
    }
    if media_type.starts_with("image/") && !is_attached && (is_inline || !declared.content_id.is_empty()) {
        return Role::Inline;
    }
    Role::Attachment
}

/// What tells two readings apart.
fn kind_of(bytes: &[u8]) -> Kind {
    sekisho_content::kind(bytes)
}

/// A name found inside a container.
pub(crate) fn container_name(value: &str) -> PartName {
    PartName { value: value.to_owned(), source: NameSource::Container }
}

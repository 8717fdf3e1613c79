//! The tree of a mail, as a flat list in reading order: each part with its path, names, kind and what it holds.

mod nested;

use serde::{Deserialize, Serialize};

use sekisho_content::{Deed, File, Hold, Unread};

use crate::{FoundIn, Message, View};

/// One node of the tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Where it stands: `1`, `2.1`, `2.1.3`; the parts of a mail inside go on below its own path.
    pub path: String,
    /// Every name that a mail program could show for it, the likeliest first, without doubles.
    pub names: Vec<PartName>,
    /// `type/subtype` in lower case as declared; the default of RFC 2045 where nothing is.
    pub media_type: String,
    /// Inline text, attachment or container, as a receiver's program would treat it.
    pub role: Role,
    /// The Content-ID without angle brackets, or empty.
    pub content_id: String,
    /// Size of the decoded content in bytes; of the raw bytes for a multipart.
    pub size_bytes: u64,
    /// SHA-256 of the decoded content, lower-case hexadecimal; empty for multiparts.
    pub sha256: String,
    /// Why it was not looked at, if it was not.
    pub unread: Option<Unread>,
    /// Every reason why it, or something in it, was not read, with a word of detail; `unread` is the first.
    pub unread_details: Vec<(Unread, String)>,
    /// How a file holds it, where it stands in a file; `None` for parts of the mail itself.
    pub hold: Option<Hold>,
    /// Where the password was found that opened it, where it was locked.
    pub opened_with: Option<FoundIn>,
    /// What it does when a person opens it.
    pub deeds: Vec<Deed>,
    /// Sources of its macros and scripts by name, where [`crate::Request::sources`] asks for them.
    pub sources: Vec<(String, String)>,
    /// What it holds.
    pub body: Body,
}

/// A name given to a part, and where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartName {
    /// The name, decoded.
    pub value: String,
    /// Where it stands.
    pub source: NameSource,
}

/// Where a part's name was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameSource {
    /// `Content-Disposition`, parameter `filename*` (RFC 2231).
    DispositionExtended,
    /// `Content-Disposition`, parameter `filename`, also with encoded words or raw.
    Disposition,
    /// `Content-Type`, parameter `name*` (RFC 2231).
    TypeExtended,
    /// `Content-Type`, parameter `name`, also with encoded words or raw.
    Type,
    /// Inside the container (uuencode, TNEF, .msg).
    Container,
    /// The subject of the mail inside.
    Subject,
}

/// How a receiver's mail program treats a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Holds other parts.
    Container,
    /// Text shown as the mail itself.
    Text,
    /// Shown inside the text (a picture with a Content-ID).
    Inline,
    /// Offered as a file.
    Attachment,
}

/// What a part holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// A multipart, TNEF or S/MIME container; its parts follow in the list.
    Container,
    /// Text as a person sees it, and what the content is (an HTML file attached is read as text too).
    Text(Box<View>, File),
    /// A mail inside; its parts stand in it, with paths that go on below this one.
    Message(#[serde(deserialize_with = "nested::deserialize")] Box<Message>),
    /// Anything else.
    File(File),
}

impl Part {
    /// The name that a receiver most likely sees, or an empty text.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", |name| name.value.as_str())
    }

    /// What is known of the content; `None` for containers and mails.
    pub fn file(&self) -> Option<&File> {
        match &self.body {
            Body::Text(_, file) | Body::File(file) => Some(file),
            Body::Container | Body::Message(_) => None,
        }
    }

    /// The text, where it is one.
    pub fn view(&self) -> Option<&View> {
        match &self.body {
            Body::Text(view, _) => Some(view),
            _ => None,
        }
    }
}

//! What a person sees of a text part: the text, what is hidden in it, links, forms, quoted regions.

#[cfg(test)]
mod golden;
#[cfg(test)]
mod laws;
mod plain;

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A text part, rendered. Ranges are byte offsets into `text`, on character boundaries, in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The text shown, lines divided by `\n`. Hidden text is not in it.
    pub text: String,
    /// Text that is there but not shown.
    pub hidden: Vec<Hidden>,
    /// Links, in order.
    pub links: Vec<Link>,
    /// Forms that ask for input.
    pub forms: Vec<Form>,
    /// Quoted regions of `text`.
    pub quotes: Vec<Quote>,
    /// Whether it was HTML.
    pub source: Source,
}

/// What the view was made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// `text/plain` and everything shown as it stands.
    #[default]
    Plain,
    /// HTML, rendered.
    Html,
}

/// Text in the HTML that a receiver does not see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// The text, cut to 4,000 characters.
    pub text: String,
    /// How it is hidden.
    pub by: HiddenBy,
    /// Where in the shown text it would stand (byte offset).
    pub at: usize,
}

/// How text is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HiddenBy {
    /// `display:none`, `visibility:hidden`, the `hidden` attribute, `mso-hide:all`.
    Display,
    /// A font size, height or width of (nearly) nothing, or opacity 0.
    Size,
    /// Letters in the colour of their background.
    Colour,
    /// Placed outside the visible area.
    Position,
    /// Characters without width, or Unicode tags, between visible letters.
    Invisible,
}

/// A link: what is shown, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The text shown for it (or a picture's alternative text); for a bare URL the URL itself.
    pub text: String,
    /// The target as written, entities decoded, white space trimmed.
    pub target: String,
    /// What it is.
    pub kind: LinkKind,
    /// Where its shown text stands in the view.
    pub range: Range<usize>,
}

/// What a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// `<a href>` or `<area href>`.
    Anchor,
    /// The target of a form.
    Form,
    /// A URL in the text that programs make clickable.
    Bare,
    /// A picture or other content loaded from elsewhere.
    Loaded,
    /// `<meta http-equiv=refresh>`, `<base>`, frames: leads there by itself.
    Automatic,
}

/// A form in HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Where it is sent, as written; empty where nothing is said.
    pub action: String,
    /// Names and types of its fields, `type:name`, in lower case, at most 50.
    pub fields: Vec<String>,
}

/// A quoted region: a conversation cited by this mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Where it stands, its introducing lines included.
    pub range: Range<usize>,
    /// Where the quoted words themselves stand.
    pub words: Range<usize>,
    /// The shape it has.
    pub style: QuoteStyle,
    /// The person that the introduction names, as written; empty where none.
    pub author: String,
}

/// The shapes of quotations, by the programs that write them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteStyle {
    /// Lines that begin with `>` (or `|`, `》`), with or without an introducing line.
    Marked,
    /// A block of From/Sent/To/Subject lines (Outlook and its kin, 差出人/送信日時/宛先/件名).
    HeaderBlock,
    /// A dividing line (`-----Original Message-----`, `-------- 元のメッセージ --------`, `---------- Forwarded message`).
    Divider,
    /// An introduction (`On … wrote:`, `2026年11月1日(日) 12:00 山田 <…>:`), the words below it unmarked.
    Introduced,
    /// HTML `<blockquote>` or a program's own quote container.
    Block,
}

impl View {
    /// The text without the quoted regions: what the sender wrote for this mail.
    pub fn own_text(&self) -> String {
        let mut own = String::with_capacity(self.text.len());
        let mut at = 0;
        for quote in &self.quotes {
            if quote.range.start >= at {
                own.push_str(self.text.get(at..quote.range.start).unwrap_or_default());
                at = quote.range.end;
            }
        }
        own.push_str(self.text.get(at..).unwrap_or_default());
        own
    }

    /// The view of plain text.
    pub(crate) fn of_plain(text: String, limits: &crate::Limits) -> View {
        let (text, hidden) = plain::seen(&text, limits.view_bytes_max);
        let links = crate::links::bare(&text, limits.links_max);
        let quotes = crate::quotes::find(&text);
        View { text, hidden, links, quotes, ..View::default() }
    }

    /// The view of HTML.
    pub(crate) fn of_html(html: &str, limits: &crate::Limits) -> View {
        crate::html::render(html, limits)
    }
}

//! A mail → its own text, the texts that it quotes, and the names that it is signed with.

use sekisho_mail::{Body, Message, Part, Source, View, signature};

/// A mail's texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// What its sender wrote, without the signature.
    pub own: String,
    /// What it quotes, region by region, and the texts of mails inside it.
    pub quoted: Vec<String>,
    /// Names in the signature block: people, then organisations.
    pub signed: Vec<String>,
}

/// Bytes of own text that are learned; a longer one is a book.
const OWN_BYTES_MAX: usize = 256 * 1024;
/// Bytes of all quoted texts of a mail. A long thread quotes itself again and again.
const QUOTED_BYTES_MAX: usize = 512 * 1024;
/// Quoted regions of a mail. Who answers between the lines has some dozens.
const QUOTED_MAX: usize = 200;
/// Mails inside mails, one below the other.
const INSIDE_MAX: usize = 4;

/// The texts of a mail. Where a text is there as plain text and as HTML, it is taken once.
pub fn texts(message: &Message) -> Texts {
    let mut texts = Texts::default();
    for view in seen(message) {
        let own = view.own_text();
        let signed = signature(&own);
        let end = signed.as_ref().map_or(own.len(), |signed| signed.range.start);
        for name in
            signed.into_iter().flat_map(|signed| signed.people.into_iter().chain(signed.organisations))
        {
            if !texts.signed.contains(&name) {
                texts.signed.push(name);
            }
        }
        push(&mut texts.own, own.get(..end).unwrap_or_default(), OWN_BYTES_MAX);
        for quote in &view.quotes {
            add(&mut texts.quoted, view.text.get(quote.words.clone()).unwrap_or_default());
        }
    }
    inside(message, &mut texts.quoted, 0);
    texts
}

/// Mails inside were passed on: their texts are quoted.
fn inside(message: &Message, quoted: &mut Vec<String>, depth: usize) {
    if depth >= INSIDE_MAX {
        return;
    }
    for part in &message.parts {
        let Body::Message(inner) = &part.body else { continue };
        for view in seen(inner) {
            add(quoted, &view.own_text());
            for quote in &view.quotes {
                add(quoted, view.text.get(quote.words.clone()).unwrap_or_default());
            }
        }
        inside(inner, quoted, depth + 1);
    }
}

fn add(quoted: &mut Vec<String>, text: &str) {
    let bytes: usize = quoted.iter().map(String::len).sum();
    let text = cut(text.trim(), QUOTED_BYTES_MAX.saturating_sub(bytes));
    if !text.is_empty() && quoted.len() < QUOTED_MAX {
        quoted.push(text.to_owned());
    }
}

fn push(own: &mut String, text: &str, bytes_max: usize) {
    let text = text.trim();
    if text.is_empty() || own.contains(text) {
        return;
    }
    if !own.is_empty() {
        own.push('\n');
    }
    own.push_str(cut(text, bytes_max.saturating_sub(own.len())));
}

fn cut(text: &str, bytes_max: usize) -> &str {
    let mut end = bytes_max.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The texts that a receiver sees: of alternatives the HTML, unless nothing can be read in it.
pub(super) fn seen(message: &Message) -> Vec<&View> {
    let texts: Vec<(&Part, &View)> = message.texts().collect();
    if texts.len() < 2 {
        return texts.into_iter().map(|(_, view)| view).collect();
    }
    let alternatives = alternatives(message);
    let chosen: Vec<(&str, &str)> = alternatives
        .iter()
        .filter_map(|alternative| {
            let inside =
                || texts.iter().filter_map(|(part, view)| Some((branch(&part.path, alternative)?, *view)));
            let is_read = |(_, view): &(&str, &View)| !view.text.trim().is_empty();
            let html = inside().rfind(|found| is_read(found) && found.1.source == Source::Html);
            let branch = html.or_else(|| inside().find(is_read)).or_else(|| inside().next())?.0;
            Some((*alternative, branch))
        })
        .collect();
    let is_chosen = |path: &str| {
        chosen
            .iter()
            .all(|(alternative, wanted)| branch(path, alternative).is_none_or(|branch| branch == *wanted))
    };
    texts.into_iter().filter(|(part, _)| is_chosen(&part.path)).map(|(_, view)| view).collect()
}

/// Paths of the parts whose children say the same in several forms; empty for the mail itself.
fn alternatives(message: &Message) -> Vec<&str> {
    // Outlook's own format keeps both bodies side by side.
    const FORMS: &[&str] = &["multipart/alternative", "application/vnd.ms-outlook"];
    let whole = FORMS.contains(&message.media_type.as_str()).then_some("");
    let parts = message.parts.iter().filter(|part| part.media_type == "multipart/alternative");
    whole.into_iter().chain(parts.map(|part| part.path.as_str())).collect()
}

/// The child of `above` on the way to `path`; `None` where it is not on the way.
fn branch<'a>(path: &'a str, above: &str) -> Option<&'a str> {
    let below = if above.is_empty() { path } else { path.strip_prefix(above)?.strip_prefix('.')? };
    below.split('.').next()
}

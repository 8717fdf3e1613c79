//! A mail → its own text, the texts that it quotes, and the names that it is signed with.

use sekisho_mail::{Address, Body, Message, letter_below, signature};

/// A mail's texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// What its sender wrote, without the signature.
    pub own: String,
    /// What it quotes, region by region, a letter below its own without any mark, and the texts of mails inside it.
    pub quoted: Vec<String>,
    /// Names in the signature block: people, then organisations.
    pub signed: Vec<String>,
    /// Addresses in the signature block.
    pub signed_addresses: Vec<Address>,
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
    for view in message.shown() {
        let whole = view.own_text();
        let (own, below) = letter_below(&whole).map_or((whole.as_str(), ""), |at| whole.split_at(at));
        let signed = signature(own);
        let end = signed.as_ref().map_or(own.len(), |signed| signed.range.start);
        if let Some(signed) = signed {
            add_each(&mut texts.signed, signed.people.into_iter().chain(signed.organisations));
            add_each(&mut texts.signed_addresses, signed.addresses);
        }
        push(&mut texts.own, own.get(..end).unwrap_or_default(), OWN_BYTES_MAX);
        add(&mut texts.quoted, below);
        for quote in &view.quotes {
            add(&mut texts.quoted, view.text.get(quote.words.clone()).unwrap_or_default());
        }
    }
    inside(message, &mut texts.quoted, 0);
    texts
}

fn add_each<T: PartialEq>(known: &mut Vec<T>, new: impl IntoIterator<Item = T>) {
    for one in new {
        if !known.contains(&one) {
            known.push(one);
        }
    }
}

/// Mails inside were passed on: their texts are quoted.
fn inside(message: &Message, quoted: &mut Vec<String>, depth: usize) {
    if depth >= INSIDE_MAX {
        return;
    }
    for part in &message.parts {
        let Body::Message(inner) = &part.body else { continue };
        for view in inner.shown() {
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
    text.get(..text.floor_char_boundary(bytes_max)).unwrap_or_default()
}

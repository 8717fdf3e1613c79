//! A mail's own text → the new addresses that it announces: of its sender or the sender's firm, or of a colleague who takes over.
//!
//! An address is announced where its sentence says so, or where it is written down below or above a sentence that does; so is another address
//! of the sender's own, which is not new, and one from which the sender will write. What somebody else said,
//! what is quoted, asked or denied announces nothing, nor does anything in a mail that warns of forgers.
//! Who may announce what is decided by whoever learns; a stranger's announcement is worth nothing.

mod claims;
mod doubts;
mod further;
mod phrases;
mod sentences;
#[cfg(test)]
mod tests;
mod topics;

use sekisho_mail::Address;

use claims::Place;
use sentences::{ADDRESS, OWN, Sentence, sentences};

/// Addresses that one mail announces; a list of more is a directory.
const ADDRESSES_MAX: usize = 5;
/// Addresses that a text may mention beside them.
const MENTIONED_MAX: usize = 60;
/// Sentences above an address in which it may be said.
const ABOVE: usize = 3;
/// Sentences below an address in which it may be said.
const BELOW: usize = 2;
/// Local parts of desks, which nobody takes for his own.
#[rustfmt::skip]
const DESKS: &[&str] = &[
    "info", "support", "help", "helpdesk", "sales", "eigyo", "billing", "invoice", "invoices", "accounts", "accounting", "keiri", "soumu", "somu", "jinji", "saiyo", "recruit", "hr", "order", "orders", "contact", "toiawase", "madoguchi", "webmaster", "noreply", "no-reply",
];

/// The announced addresses, each once. `sender` is the mail's own address, which is nothing new.
pub fn announced(own_text: &str, sender: Option<&Address>) -> Vec<Address> {
    // Most mails name no other address.
    if !own_text.contains(['@', '＠']) {
        return Vec::new();
    }
    let text = doubts::without_disclaimers(own_text);
    let sentences = sentences(&text, sender);
    if sentences.iter().map(|it| it.addresses.len()).sum::<usize>() > MENTIONED_MAX {
        return Vec::new();
    }
    let (mut found, mut denied): (Vec<Address>, Vec<Address>) = (Vec::new(), Vec::new());
    for (at, sentence) in sentences.iter().enumerate() {
        for (place, address) in places(sentence) {
            if doubts::is_denied(place.before, place.after) {
                denied.push(address.clone());
            } else if !is_among(address, &found)
                && is_announced(&sentences, at, &place, is_desk(address, sender))
            {
                found.push(address.clone());
            }
        }
    }
    found.retain(|address| !is_among(address, &denied));
    if found.len() > ADDRESSES_MAX || (!found.is_empty() && doubts::warns(&text)) {
        found.clear();
    }
    found
}

fn is_among(address: &Address, addresses: &[Address]) -> bool {
    addresses.iter().any(|known| known.same_mailbox(address))
}

/// A sentence's addresses, with what stands around each.
fn places(sentence: &Sentence) -> impl Iterator<Item = (Place<'_>, &Address)> {
    let whole = sentence.text.as_str();
    let marks = whole.match_indices(ADDRESS).map(move |(at, mark)| {
        let (before, after) = (whole.get(..at), whole.get(at + mark.len()..));
        Place { whole, before: before.unwrap_or_default(), after: after.unwrap_or_default() }
    });
    marks.zip(&sentence.addresses)
}

fn is_announced(sentences: &[Sentence], at: usize, place: &Place<'_>, is_desk: bool) -> bool {
    let above =
        || sentences.get(..at).unwrap_or_default().iter().rev().map(|it| it.text.as_str()).take(ABOVE);
    let hands_over = claims::hands_over(place.whole) || above().any(claims::hands_over);
    let is_of_others = |text: &str| !hands_over && doubts::is_of_others(text);
    let below = sentences.get(at + 1).is_some_and(|below| doubts::is_hearsay(&below.text));
    if below
        || doubts::is_hearsay(place.whole)
        || above().take(1).any(doubts::is_told)
        || (doubts::has_purpose(place.whole) && !further::is_mine(place))
        || claims::is_old(place)
        || is_of_others(place.whole)
        || above().take(2).any(|text| is_of_others(text) && claims::leads(text))
    {
        return false;
    }
    if claims::states(place) {
        return !is_desk || claims::leads(place.whole);
    }
    if further::is_further(place) {
        return !is_desk && !above().take(1).any(is_in_doubt);
    }
    claims::is_item(place)
        && (is_led_to(sentences, at) || is_pointed_to(sentences, at) || is_registered(sentences, at, place))
}

/// Whether one of the sentences above says that a new address follows; the nearest that says anything decides.
fn is_led_to(sentences: &[Sentence], at: usize) -> bool {
    let above = sentences.get(..at).unwrap_or_default().iter().rev();
    let mut spoken = above.filter(|above| above.text.chars().any(char::is_alphanumeric)).take(ABOVE);
    let deciding = spoken.find(|above| is_in_doubt(&above.text) || claims::leads(&above.text));
    deciding.is_some_and(|above| !is_in_doubt(&above.text))
}

/// Whether it is written down as what is to be registered from now on: ご登録の変更をお願いします。変更後: …
fn is_registered(sentences: &[Sentence], at: usize, place: &Place<'_>) -> bool {
    let above = sentences.get(..at).unwrap_or_default().iter().rev();
    let spoken = above.filter(|above| above.text.chars().any(char::is_alphanumeric));
    // The old one may stand between.
    let mut spoken = spoken.filter(|above| !above.text.contains(OWN)).take(1);
    claims::is_labelled_new(place)
        && spoken.any(|above| claims::asks_to_register(&above.text) && !is_in_doubt(&above.text))
}

/// Whether the next sentence that names no address says that the one above it is new.
fn is_pointed_to(sentences: &[Sentence], at: usize) -> bool {
    let below = sentences.get(at + 1..).unwrap_or_default().iter().take(BELOW);
    let mut below = below.map(|below| below.text.as_str());
    let next = below.find(|text| !text.contains([ADDRESS, OWN]));
    next.is_some_and(|text| claims::points_back(text) && !is_in_doubt(text))
}

fn is_in_doubt(text: &str) -> bool {
    let is_of_others = !claims::hands_over(text) && doubts::is_of_others(text);
    doubts::is_hearsay(text) || is_of_others
}

/// Whether it is the address of a desk other than the sender's own.
fn is_desk(address: &Address, sender: Option<&Address>) -> bool {
    let local = address.local().to_lowercase();
    DESKS.contains(&local.as_str())
        && !sender.is_some_and(|sender| sender.local().eq_ignore_ascii_case(&local))
}

//! A mail → the places where it shows names, and the keys by which these are looked up.

use sekisho_facts::{AuthResult, Fact, NameKey, NamePlace, addresses_written};
use sekisho_mail::{Address, Mailbox, opening, without_prefixes};

use crate::Secret;
use crate::store::learning::address_id;
use crate::store::names::{Kind, key_of, keys};
use crate::store::organisations::are_colleagues;
use crate::store::relations::recall::Recall;

/// Names looked up in one mail.
const CANDIDATES_MAX: usize = 40;

/// Senders whose names are looked at: a mail that shows more is told by another check.
const SENDERS_MAX: usize = 4;

/// Quotations whose authors are looked at.
const QUOTES_MAX: usize = 12;

/// A name that a mail shows.
pub(in crate::store::relations) struct Candidate {
    /// As shown.
    pub(in crate::store::relations) name: String,
    pub(in crate::store::relations) place: NamePlace,
    /// Keys of all names that it may hold.
    pub(in crate::store::relations) keys: Vec<(i64, Kind)>,
    /// The address that stands beside it in a quotation.
    pub(in crate::store::relations) beside: Option<Address>,
    /// The number of the address that it is, where one is written out in place of a name.
    pub(in crate::store::relations) written: Option<i64>,
}

impl Candidate {
    /// The address that the name is shown for.
    pub(in crate::store::relations) fn address<'c>(
        &'c self,
        recall: &'c Recall<'_, '_>,
    ) -> Option<&'c Address> {
        self.beside.as_ref().or(recall.sender)
    }

    /// Its number.
    pub(in crate::store::relations) fn shown_for(&self, recall: &Recall<'_, '_>) -> Option<i64> {
        self.address(recall).map(|address| address_id(recall.secret, address))
    }
}

/// The names that a mail shows.
pub(in crate::store::relations) fn candidates(recall: &Recall<'_, '_>) -> Vec<Candidate> {
    let secret = recall.secret;
    let mut all = Vec::new();
    for sender in recall.asked.message.from.iter().take(SENDERS_MAX) {
        all.extend(held(secret, &sender.name, NamePlace::Sender));
        all.extend(written_out(secret, &sender.name));
    }
    for sender in on_behalf(recall).take(SENDERS_MAX) {
        all.extend(held(secret, &sender.name, NamePlace::Sender));
        // A list names itself there.
        let address = sender.address.as_ref().filter(|_| recall.asked.message.mailing_list().is_none());
        all.extend(address.map(|address| written(secret, address, NamePlace::Sender)));
    }
    let subject = without_prefixes(&recall.asked.message.subject);
    all.extend(whole(secret, subject, NamePlace::Subject, None));
    for name in &recall.texts.signed {
        all.extend(whole(secret, name, NamePlace::Signature, None));
    }
    for name in opening(&recall.texts.own) {
        all.extend(held(secret, &name, NamePlace::Opening));
    }
    let addresses = recall.texts.signed_addresses.iter();
    all.extend(addresses.map(|address| written(secret, address, NamePlace::Signature)));
    let views = recall.asked.message.texts().map(|(_, view)| view);
    for quote in views.flat_map(|view| &view.quotes).take(QUOTES_MAX) {
        let (name, address) = apart(&quote.author);
        all.extend(whole(secret, &name, NamePlace::Quotation, address));
    }
    all.truncate(CANDIDATES_MAX);
    all
}

/// Who is named in `Sender` and is not in `From` (RFC 5322 section 3.6.2): programs show it as 「山田（代理）」 or "on behalf of". Who sent the mail as
/// its signature or SPF say is named there by right.
fn on_behalf<'a>(recall: &Recall<'a, '_>) -> impl Iterator<Item = &'a Mailbox> {
    let asked = recall.asked;
    let is_sender = |mailbox: &&Mailbox| {
        let Some(address) = &mailbox.address else { return true };
        let is_from = asked
            .message
            .from
            .iter()
            .any(|from| from.address.as_ref().is_some_and(|from| from.same_mailbox(address)));
        let results = asked.sender.dkim.iter().chain([&asked.sender.spf]).filter_map(Fact::known);
        let mut passed = results.filter(|result| result.passes_fully());
        let signs = |result: &AuthResult| {
            are_colleagues(address, &format!("@{}", result.domain.to_lowercase()), asked.is_shared_domain)
        };
        !is_from && !passed.any(signs)
    };
    asked.message.sender.iter().filter(is_sender)
}

/// A name among other words: every run of words is looked up. An address in it is looked at as one (`written_out`): its parts name nobody.
fn held(secret: &Secret, name: &str, place: NamePlace) -> Option<Candidate> {
    let words = without_addresses(name);
    let people = NameKey::shown(&words)
        .runs()
        .into_iter()
        .chain(NameKey::member(&words))
        .chain(NameKey::members_in(&words))
        .map(|run| (key_of(secret, Kind::Person, &run), Kind::Person));
    let organisations = NameKey::organisations_in(&words)
        .into_iter()
        .map(|run| (key_of(secret, Kind::Organisation, &run), Kind::Organisation));
    let keys: Vec<(i64, Kind)> = people.chain(organisations).collect();
    (!keys.is_empty()).then(|| Candidate { name: name.to_owned(), place, keys, beside: None, written: None })
}

/// A name that stands alone: a person's, or an organisation's with its form. 「山田様の件」 speaks of somebody.
fn whole(secret: &Secret, name: &str, place: NamePlace, beside: Option<Address>) -> Option<Candidate> {
    let keys = keys(secret, name);
    (!keys.is_empty()).then(|| Candidate { name: name.to_owned(), place, keys, beside, written: None })
}

/// 「菅原@瀬戸内幼稚園」 is no address.
fn without_addresses(name: &str) -> String {
    let is_address = |word: &str| word.rsplit_once('@').is_some_and(|(_, domain)| domain.contains('.'));
    let words: Vec<&str> = name.split(is_edge).filter(|word| !is_address(word)).collect();
    if words.len() == name.split(is_edge).count() { name.to_owned() } else { words.join(" ") }
}

/// Whether a character stands between the words of a shown name.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || "<>()[]（）＜＞「」\"',:;、".contains(c)
}

/// Addresses that stand in the place of a name.
fn written_out(secret: &Secret, name: &str) -> Vec<Candidate> {
    let addresses = addresses_written(name).into_iter().take(2);
    addresses.map(|address| written(secret, &address, NamePlace::Sender)).collect()
}

fn written(secret: &Secret, address: &Address, place: NamePlace) -> Candidate {
    Candidate {
        name: address.to_string(),
        place,
        keys: Vec::new(),
        beside: None,
        written: Some(address_id(secret, address)),
    }
}

/// Who is said to have written quoted words: the name, and the address beside it.
fn apart(author: &str) -> (String, Option<Address>) {
    let is_edge = |c: char| c.is_whitespace() || "<>()[]（）＜＞\"',;、".contains(c);
    let word = author.split(is_edge).find(|word| word.contains('@'));
    let address = word.and_then(|word| Address::parse(word.trim_start_matches("mailto:")));
    let name = match word {
        Some(word) => author.replace(word, " "),
        None => author.to_owned(),
    };
    let name = name.replace(['<', '>', '"', '\''], " ");
    (name.trim().to_owned(), address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_are_taken_apart() {
        for (author, name, address) in [
            ("山田 太郎 <yamada@partner.example>", "山田 太郎", "yamada@partner.example"),
            ("\"山田 太郎\" [mailto:yamada@partner.example]", "山田 太郎   [ ]", "yamada@partner.example"),
            ("yamada@partner.example", "", "yamada@partner.example"),
            ("山田 太郎", "山田 太郎", ""),
            ("", "", ""),
        ] {
            let found = apart(author);
            assert_eq!(found.1.map(|address| address.to_string()).unwrap_or_default(), address, "{author}");
            let plain = |text: &str| text.replace(['[', ']', ' '], "");
            assert_eq!(plain(&found.0), plain(name), "{author}");
        }
    }

    #[test]
    fn parts_of_an_address_name_nobody() {
        for (name, words) in [
            ("kita-kensetsu@partner.example", ""),
            ("山田 太郎 <yamada@partner.example>", "山田 太郎  "),
            ("山田太郎（北建設）", "山田太郎（北建設）"),
            ("山田@北建設", "山田@北建設"),
        ] {
            assert_eq!(without_addresses(name), words, "{name}");
        }
    }
}

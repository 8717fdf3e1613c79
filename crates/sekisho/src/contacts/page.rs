//! Contacts → lines of a table, everything about one, or JSON.

use sekisho_facts::{Contact, Habit, Standing};
use sekisho_judge::{Lang, foreign};
use sekisho_store::{COUNTED_MAX, Confirmation};
use serde::Serialize;

use crate::days;
use crate::judging::json_line;
use crate::relations::{days_seen, mails, parties, standing};
use crate::setup::Setup;
use crate::terminal::{Tone, column, cut};
use crate::words::{either, harmless, harmless_address};

/// Columns of a day, of a count, and of an address.
const DAY_COLUMNS: usize = 12;
const COUNT_COLUMNS: usize = 6;
const STANDING_COLUMNS: usize = 28;
const ADDRESS_COLUMNS: usize = 36;
/// Columns of a name.
const NAME_COLUMNS: usize = 40;
/// Values told of one habit.
const VALUES_MAX: usize = 5;

/// What is told of one contact beyond itself.
pub struct Around {
    /// The mailboxes that have mail of it.
    pub known_by: Vec<String>,
    /// Others who showed a name of it.
    pub same_name: Vec<Contact>,
    /// Who confirmed it.
    pub confirmations: Vec<Confirmation>,
}

/// The list with its heading.
pub fn list(contacts: &[Contact], setup: &Setup) -> String {
    let lang = setup.lang;
    let heading = [
        column(either(lang, "最後", "last"), DAY_COLUMNS),
        column(either(lang, "受信", "from"), COUNT_COLUMNS),
        column(either(lang, "送信", "to"), COUNT_COLUMNS),
        column(either(lang, "アドレス", "address"), ADDRESS_COLUMNS),
        column(either(lang, "相手", "standing"), STANDING_COLUMNS),
        either(lang, "表示名", "shown as").to_owned(),
    ];
    let mut out = format!("{}\n", setup.page.paint(Tone::Heading, heading.concat().trim_end()));
    for contact in contacts {
        let name =
            contact.names.first().map(|name| foreign(&cut(name, NAME_COLUMNS), lang)).unwrap_or_default();
        let line = [
            column(&last_day(contact), DAY_COLUMNS),
            column(&counted(contact.received), COUNT_COLUMNS),
            column(&counted(contact.sent), COUNT_COLUMNS),
            filled(&harmless_address(&contact.address), ADDRESS_COLUMNS),
            column(standing(contact.standing, lang), STANDING_COLUMNS),
            name,
        ]
        .concat();
        let line = line.trim_end();
        let line = setup.page.columns.map_or_else(|| line.to_owned(), |columns| cut(line, columns));
        out.push_str(&format!("{line}\n"));
    }
    out
}

/// Whole, whatever it takes: an address that is cut is no address.
fn filled(text: &str, columns: usize) -> String {
    match crate::terminal::width(text) < columns {
        true => column(text, columns),
        false => format!("{text} "),
    }
}

/// How many, as far as the memory counts.
fn counted(mails: u32) -> String {
    if mails < COUNTED_MAX { mails.to_string() } else { format!("{COUNTED_MAX}+") }
}

/// A confirmed contact may never have written.
fn last_day(contact: &Contact) -> String {
    match contact.received + contact.sent {
        0 => "–".to_owned(),
        _ => days::shown(contact.last_at),
    }
}

/// Everything about one contact.
pub fn whole(contact: &Contact, around: &Around, setup: &Setup) -> String {
    let lang = setup.lang;
    let names = contact.names.iter().map(|name| foreign(&cut(name, NAME_COLUMNS), lang)).collect::<Vec<_>>();
    let counts = [contact.received, contact.authenticated, contact.sent];
    let [received, authenticated, sent] = counts.map(|count| mails(count, lang));
    let mut lines = vec![
        (either(lang, "相手", "standing"), standing(contact.standing, lang).to_owned()),
        (either(lang, "確認", "confirmed"), confirmed(&around.confirmations, lang)),
        (either(lang, "表示名", "shown as"), names.join(either(lang, "、", ", "))),
        (
            either(lang, "メール", "mails"),
            either(
                lang,
                format!("受信 {received}（うち差出人を確かめられたもの {authenticated}）、送信 {sent}"),
                format!("{received} received ({authenticated} of them authenticated), {sent} sent"),
            ),
        ),
    ];
    if contact.received + contact.sent > 0 {
        let days = days_seen(contact.first_at, contact.last_at, lang);
        lines.push((either(lang, "期間", "days"), days));
    }
    let known = parties(&around.known_by, around.known_by.len(), lang);
    lines.push((either(lang, "知っている人", "known by"), known));
    lines.push((
        either(lang, "同じ名前のほかのアドレス", "same name, other address"),
        same_name(around, lang),
    ));
    lines.extend(habits(contact, lang));
    let mut out = format!("{}\n", setup.page.paint(Tone::Heading, &harmless_address(&contact.address)));
    for (what, words) in lines.iter().filter(|(_, words)| !words.is_empty()) {
        out.push_str(&setup.page.paragraph(&format!("  {what}: "), words));
    }
    out
}

/// Who confirmed it, when, and under which name.
fn confirmed(all: &[Confirmation], lang: Lang) -> String {
    let one = |one: &Confirmation| {
        let (day, author) = (days::shown(one.at), harmless(&one.author));
        match one.name.is_empty() {
            true => either(lang, format!("{day} {author}"), format!("{day} by {author}")),
            false => {
                let name = foreign(&cut(&one.name, NAME_COLUMNS), lang);
                either(
                    lang,
                    format!("{day} {author}（{name}として）"),
                    format!("{day} by {author} (as {name})"),
                )
            }
        }
    };
    all.iter().map(one).collect::<Vec<_>>().join(either(lang, "、", ", "))
}

/// Each with how far it is trusted: the name is disputed between them.
fn same_name(around: &Around, lang: Lang) -> String {
    let one = |other: &Contact| {
        let (address, standing) = (harmless_address(&other.address), standing(other.standing, lang));
        either(lang, format!("{address}（{standing}）"), format!("{address} ({standing})"))
    };
    around.same_name.iter().map(one).collect::<Vec<_>>().join(either(lang, "、", ", "))
}

fn habits(contact: &Contact, lang: Lang) -> Vec<(&'static str, String)> {
    let habits = &contact.habits;
    let values = |values: &[Habit]| {
        let value = |habit: &Habit| {
            let value = harmless(&cut(&habit.value, NAME_COLUMNS));
            either(lang, format!("{value}（{} 通）", habit.mails), format!("{value} ({})", habit.mails))
        };
        values.iter().take(VALUES_MAX).map(value).collect::<Vec<_>>().join(either(lang, "、", ", "))
    };
    let count = |mails: u32| match mails {
        0 => String::new(),
        _ => either(
            lang,
            format!("{mails} 通（{} 通中）", habits.mails),
            format!("{mails} of {}", habits.mails),
        ),
    };
    vec![
        (either(lang, "認証されたドメイン", "authenticated by"), values(&habits.domains)),
        (either(lang, "送信元のネットワーク", "networks"), values(&habits.networks)),
        (either(lang, "メールソフト", "mail programs"), values(&habits.mailers)),
        (either(lang, "言語", "languages"), values(&habits.languages)),
        (either(lang, "添付ファイル", "files"), values(&habits.files)),
        (either(lang, "パスワード付きの添付", "with a locked file"), count(habits.locked)),
        (either(lang, "リンクのあるメール", "with a link"), count(habits.links)),
    ]
}

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    address: &'a str,
    names: &'a [String],
    standing: Standing,
    received: u32,
    authenticated: u32,
    sent: u32,
    first: Option<String>,
    last: Option<String>,
    habits: &'a sekisho_facts::Habits,
    known_by: Option<&'a [String]>,
    same_name: Option<Vec<&'a str>>,
    confirmed: Option<Vec<Confirmed<'a>>>,
}

#[derive(Serialize)]
struct Confirmed<'a> {
    name: &'a str,
    author: &'a str,
    at: Option<String>,
}

impl<'a> Confirmed<'a> {
    fn of(confirmation: &'a Confirmation) -> Self {
        let Confirmation { name, author, at } = confirmation;
        Self { name, author, at: days::rfc3339(*at) }
    }
}

/// One line of JSON; what is around it only where one contact was asked for.
pub fn json(contact: &Contact, around: Option<&Around>) -> String {
    let was_seen = contact.received + contact.sent > 0;
    json_line(&Line {
        schema: "sekisho.contact/1",
        address: &contact.address,
        names: &contact.names,
        standing: contact.standing,
        received: contact.received,
        authenticated: contact.authenticated,
        sent: contact.sent,
        first: was_seen.then(|| days::rfc3339(contact.first_at)).flatten(),
        last: was_seen.then(|| days::rfc3339(contact.last_at)).flatten(),
        habits: &contact.habits,
        known_by: around.map(|around| around.known_by.as_slice()),
        same_name: around.map(|around| around.same_name.iter().map(|other| other.address.as_str()).collect()),
        confirmed: around.map(|around| around.confirmations.iter().map(Confirmed::of).collect()),
    })
}

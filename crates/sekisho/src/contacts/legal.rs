//! Legal holds: what must be kept for the sake of the law is not forgotten, whoever asks.

use jiff::Timestamp;
use sekisho_mail::Address;
use serde::Serialize;

use super::{EXIT_DONE, EXIT_NOTHING};
use crate::conversations::opened;
use crate::days;
use crate::decisions;
use crate::flags::{LegalHold, LegalHolds, LegalRelease};
use crate::judging::json_line;
use crate::memory;
use crate::setup::Setup;
use crate::terminal;
use crate::words::{either, harmless, harmless_address};

/// Keeps somebody, or everybody, from being forgotten.
pub fn hold(hold: &LegalHold, setup: &Setup) -> Result<u8, String> {
    decisions::why(&hold.reason, setup.lang)?;
    decisions::by_whom(&hold.by, setup.lang)?;
    let mut store = memory::open(setup).map_err(|error| error.words(setup.lang))?;
    let now = Timestamp::now().as_second();
    store
        .hold_legally(hold.address.as_ref(), &hold.reason, &hold.by, now)
        .map_err(|error| memory::words(&error, setup.lang))?;
    let who = who(hold.address.as_ref(), setup);
    let _ = terminal::print(&either(
        setup.lang,
        format!("法律上の保全を記録しました: {who}。解くまで、忘れることはできません\n"),
        format!("Legal hold on {who}: nothing of it is forgotten until it is released.\n"),
    ));
    Ok(EXIT_DONE)
}

/// Ends a legal hold.
pub fn release(release: &LegalRelease, setup: &Setup) -> Result<u8, String> {
    drop(opened(setup)?);
    let mut store = memory::open(setup).map_err(|error| error.words(setup.lang))?;
    let was_there =
        store.release_legally(release.address.as_ref()).map_err(|error| memory::words(&error, setup.lang))?;
    let who = who(release.address.as_ref(), setup);
    let (text, status) = match was_there {
        true => (
            either(
                setup.lang,
                format!("法律上の保全を解きました: {who}\n"),
                format!("The legal hold on {who} is released.\n"),
            ),
            EXIT_DONE,
        ),
        false => (
            either(
                setup.lang,
                format!("法律上の保全は記録されていません: {who}\n"),
                format!("there is no legal hold on {who}\n"),
            ),
            EXIT_NOTHING,
        ),
    };
    let _ = terminal::print(&text);
    Ok(status)
}

/// Lists the legal holds.
pub fn list(wish: &LegalHolds, setup: &Setup) -> Result<u8, String> {
    let lang = setup.lang;
    let holds = opened(setup)?.legal_holds().map_err(|error| memory::words(&error, lang))?;
    if holds.is_empty() {
        if !wish.json {
            let _ = terminal::print(either(lang, "法律上の保全はありません\n", "there are no legal holds\n"));
        }
        return Ok(EXIT_NOTHING);
    }
    if wish.json {
        let _ = terminal::print(&holds.iter().map(json).collect::<String>());
        return Ok(EXIT_DONE);
    }
    for hold in holds {
        let whom = hold.address.as_deref().map_or_else(|| everybody(setup).to_owned(), harmless_address);
        let (reason, author) = (harmless(&hold.reason), harmless(&hold.author));
        let words = either(
            lang,
            format!("{whom}: {reason}（決めた人: {author}）"),
            format!("{whom}: {reason} (by {author})"),
        );
        let _ = terminal::print(&setup.page.paragraph(&format!("{}  ", days::shown(hold.at)), &words));
    }
    Ok(EXIT_DONE)
}

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    address: Option<&'a str>,
    reason: &'a str,
    author: &'a str,
    at: Option<String>,
}

fn json(hold: &sekisho_store::LegalHold) -> String {
    json_line(&Line {
        schema: "sekisho.legal-hold/1",
        address: hold.address.as_deref(),
        reason: &hold.reason,
        author: &hold.author,
        at: days::rfc3339(hold.at),
    })
}

fn who(address: Option<&Address>, setup: &Setup) -> String {
    address.map_or_else(|| everybody(setup).to_owned(), |address| harmless_address(&address.to_string()))
}

fn everybody(setup: &Setup) -> &'static str {
    either(setup.lang, "すべての方", "everybody")
}

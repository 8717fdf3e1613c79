//! `contacts`: whom the organisation writes with → a list, or everything about one; what people say about them → the memory.

mod forgetting;
mod legal;
mod page;

use std::collections::BTreeSet;
use std::process::ExitCode;

use jiff::Timestamp;
use sekisho_facts::Contact;
use sekisho_store::{Confirmation, Search, Store, StoreError, Wanted};

use crate::conversations::opened;
use crate::days;
use crate::decisions;
use crate::flags::{Confirm, Contacts, ContactsAct, address};
use crate::memory;
use crate::setup::Setup;
use crate::terminal;
use crate::words::{either, harmless, harmless_address};

/// Something was found, or done.
const EXIT_DONE: u8 = 0;
/// Nothing was found.
const EXIT_NOTHING: u8 = 1;
/// It could not be done.
const EXIT_FAILED: u8 = 2;

/// Mails looked at to say which mailboxes know somebody.
const MAILS_LOOKED_AT: usize = 10_000;

/// Names of one contact for which others are looked for.
const NAMES_LOOKED_AT: usize = 5;
/// Others told.
const OTHERS_MAX: usize = 10;

/// Lists, shows, confirms or forgets.
pub fn run(contacts: &Contacts, setup: &Setup) -> ExitCode {
    let done = match &contacts.act {
        Some(ContactsAct::Confirm(confirm)) => self::confirm(confirm, setup),
        Some(ContactsAct::Forget(forget)) => forgetting::run(forget, setup),
        Some(ContactsAct::Readmit(readmit)) => forgetting::readmit(readmit, setup),
        Some(ContactsAct::LegalHold(hold)) => legal::hold(hold, setup),
        Some(ContactsAct::LegalRelease(release)) => legal::release(release, setup),
        Some(ContactsAct::LegalHolds(wish)) => legal::list(wish, setup),
        None => show(contacts, setup),
    };
    ExitCode::from(done.unwrap_or_else(|line| {
        terminal::complain(&line);
        EXIT_FAILED
    }))
}

fn show(wish: &Contacts, setup: &Setup) -> Result<u8, String> {
    let mut store = opened(setup)?;
    let refused = |error: StoreError| memory::words(&error, setup.lang);
    let as_of = wish.as_of.map(days::end_of);
    let text = wish.search.clone().unwrap_or_default();
    let search = Search { text: text.clone(), mailbox: wish.mailbox.clone(), limit: wish.limit };
    let found = store.contacts(&search, as_of).map_err(refused)?;
    let whole = address(&text).ok().map(|address| address.to_string().to_lowercase());
    let one = found.iter().find(|contact| Some(&contact.address) == whole.as_ref());
    let text = match (one, wish.json) {
        _ if found.is_empty() => {
            if !wish.json {
                let _ = terminal::print(either(
                    setup.lang,
                    "該当する相手は見つかりません\n",
                    "nobody like that is remembered\n",
                ));
            }
            return Ok(EXIT_NOTHING);
        }
        (Some(one), json) => {
            let known_by = known_by(&mut store, one, as_of).map_err(refused)?;
            let same_name = same_name(&mut store, one, as_of).map_err(refused)?;
            let confirmations = confirmations(&mut store, one, as_of).map_err(refused)?;
            let around = page::Around { known_by, same_name, confirmations };
            if json { page::json(one, Some(&around)) } else { page::whole(one, &around, setup) }
        }
        (None, true) => found.iter().map(|contact| page::json(contact, None)).collect(),
        (None, false) => page::list(&found, setup),
    };
    let _ = terminal::print(&text);
    Ok(EXIT_DONE)
}

/// The mailboxes that have mail of a contact.
fn known_by(store: &mut Store, contact: &Contact, as_of: Option<i64>) -> Result<Vec<String>, StoreError> {
    let Ok(party) = address(&contact.address) else { return Ok(Vec::new()) };
    let wanted = Wanted { party: Some(&party), mailbox: None, limit: MAILS_LOOKED_AT };
    let mails = store.mails(&wanted, as_of)?;
    Ok(mails.into_iter().map(|mail| mail.mailbox).collect::<BTreeSet<String>>().into_iter().collect())
}

/// Who confirmed a contact.
fn confirmations(
    store: &mut Store,
    contact: &Contact,
    as_of: Option<i64>,
) -> Result<Vec<Confirmation>, StoreError> {
    address(&contact.address).map_or(Ok(Vec::new()), |address| store.confirmations(&address, as_of))
}

/// Others who showed a name of this contact: two people of one name, two addresses of one person, or somebody who only claims it.
fn same_name(store: &mut Store, contact: &Contact, as_of: Option<i64>) -> Result<Vec<Contact>, StoreError> {
    let mut others: Vec<Contact> = Vec::new();
    for name in contact.names.iter().take(NAMES_LOOKED_AT) {
        let search = Search { text: name.clone(), mailbox: None, limit: OTHERS_MAX };
        let found = store.contacts(&search, as_of)?.into_iter();
        let is_other = |other: &Contact| other.address != contact.address && other.names.contains(name);
        for other in found.filter(is_other) {
            if others.len() < OTHERS_MAX && others.iter().all(|known| known.address != other.address) {
                others.push(other);
            }
        }
    }
    Ok(others)
}

fn confirm(confirm: &Confirm, setup: &Setup) -> Result<u8, String> {
    decisions::by_whom(&confirm.by, setup.lang)?;
    let mut store = memory::open(setup).map_err(|error| error.words(setup.lang))?;
    let now = Timestamp::now().as_second();
    let confirmed = store
        .confirm(&confirm.address, &confirm.name, &confirm.by, now)
        .map_err(|error| memory::words(&error, setup.lang))?;
    if !confirmed.forgotten.is_empty() {
        let address = harmless_address(&confirm.address.to_string());
        return Err(either(
            setup.lang,
            format!(
                "{address}: 忘れた方なので、記録していません。戻すには `sekisho contacts readmit {address}` を実行してから、もう一度確認してください"
            ),
            format!(
                "{address}: was forgotten, so nothing was kept; `sekisho contacts readmit {address}` lets them return, then confirm them again"
            ),
        ));
    }
    let (address, by) = (harmless_address(&confirm.address.to_string()), harmless(&confirm.by));
    let name = match confirm.name.is_empty() {
        true => String::new(),
        false => harmless(&confirm.name),
    };
    let _ = terminal::print(&match name.is_empty() {
        true => either(
            setup.lang,
            format!("{address} を、確認した相手として記録しました（確認した人: {by}）\n"),
            format!("{address} is confirmed (by {by}).\n"),
        ),
        false => either(
            setup.lang,
            format!("{address} を {name} さんのアドレスとして記録しました（確認した人: {by}）\n"),
            format!("{address} is confirmed as {name}'s (by {by}).\n"),
        ),
    });
    Ok(EXIT_DONE)
}

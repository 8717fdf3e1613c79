//! Words that a person looks for → contacts; and the whole memory → counts.

use std::collections::BTreeSet;

use sekisho_facts::Contact;
use sekisho_mail::Address;
use unicode_normalization::UnicodeNormalization;

use super::contacts::{View, contacts};
use super::learning::address_id;
use super::names;
use super::together::{addresses, each};
use crate::database::{Database, Value};
use crate::{Secret, StoreError};

/// Which contacts are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// A part of the address or of a name, in any case; empty for all.
    pub text: String,
    /// One mailbox's contacts alone, and counted in it alone.
    pub mailbox: Option<Address>,
    /// How many at most.
    pub limit: usize,
}

impl Default for Search {
    fn default() -> Self {
        Self { text: String::new(), mailbox: None, limit: 100 }
    }
}

/// The memory in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Its mailboxes, by address.
    pub mailboxes: Vec<MailboxSummary>,
    /// Remembered texts.
    pub texts: u64,
    /// Addresses seen.
    pub addresses: u64,
    /// Confirmed and imported contacts.
    pub confirmed: u64,
    /// People who were forgotten.
    pub tombstones: u64,
}

/// One mailbox in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailboxSummary {
    /// Its owner.
    pub mailbox: String,
    /// Mails learned.
    pub mails: u64,
    /// Those that its owner sent.
    pub sent: u64,
    /// Those received.
    pub received: u64,
    /// Those received that were authenticated.
    pub authenticated: u64,
    /// Addresses written to or from.
    pub contacts: u64,
    /// Threads.
    pub conversations: u64,
    /// The first mail, in seconds since 1970.
    pub first_at: i64,
    /// The last.
    pub last_at: i64,
}

/// Candidates looked at for one search: more than are shown, because some were seen only later or elsewhere.
const CANDIDATES_MAX: usize = 2_000;

/// The contacts looked for, the most trusted and then the most recent first.
pub(super) fn search(
    database: &mut dyn Database,
    secret: &Secret,
    search: &Search,
    view: View,
) -> Result<Vec<Contact>, StoreError> {
    let mailbox = search.mailbox.as_ref().map(|mailbox| address_id(secret, mailbox));
    let view = View { mailbox, ..view };
    let ids = candidates(database, secret, search.text.trim(), mailbox)?;
    let mut found: Vec<Contact> = contacts(database, &ids, view)?.into_values().collect();
    found.sort_by(|a, b| (b.standing, b.last_at, &a.address).cmp(&(a.standing, a.last_at, &b.address)));
    found.truncate(search.limit);
    Ok(found)
}

/// Addresses by a part of them or of a name that they showed, or by the whole name however it is written; the most recent correspondents where nothing is looked for.
fn candidates(
    database: &mut dyn Database,
    secret: &Secret,
    text: &str,
    mailbox: Option<i64>,
) -> Result<Vec<i64>, StoreError> {
    let most = Value::Int(CANDIDATES_MAX as i64);
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut keep = |row: &[Value]| {
        found.extend(row.first().and_then(Value::int).filter(|id| seen.insert(*id)));
    };
    let here = |column: &str| mailbox.map_or_else(String::new, |id| format!("AND {column} = {id}"));
    if text.is_empty() {
        let here = here("mailbox");
        let wrote = format!(
            "SELECT sender, MAX(at) AS last FROM ways WHERE TRUE {here} GROUP BY sender ORDER BY 2 DESC LIMIT $1"
        );
        database.rows(&wrote, std::slice::from_ref(&most), &mut keep)?;
        let written_to = match mailbox {
            Some(_) => format!(
                "SELECT address, MAX(at) AS last FROM parties WHERE role > 0 AND role < 3 AND mail IN (SELECT id FROM mails WHERE TRUE {here}) \
                 GROUP BY address ORDER BY 2 DESC LIMIT $1"
            ),
            None => "SELECT address, MAX(at) AS last FROM parties WHERE role > 0 AND role < 3 GROUP BY address ORDER BY 2 DESC LIMIT $1".to_owned(),
        };
        database.rows(&written_to, std::slice::from_ref(&most), &mut keep)?;
        let confirmed = "SELECT addresses.id FROM confirmed JOIN addresses ON addresses.address = confirmed.address LIMIT $1";
        if mailbox.is_none() {
            database.rows(confirmed, &[most], &mut keep)?;
        }
        return Ok(found);
    }
    // As it was typed, and with wide letters narrow, as most names and all addresses are written.
    let forms = BTreeSet::from([text.to_lowercase(), text.nfkc().flat_map(char::to_lowercase).collect()]);
    for form in forms {
        let like = Value::Text(format!("%{}%", literally(&form)));
        let by_address = "SELECT id FROM addresses WHERE address LIKE $1 ESCAPE '\\' LIMIT $2";
        database.rows(by_address, &[like.clone(), most.clone()], &mut keep)?;
        let by_name = "SELECT DISTINCT ways.sender FROM words JOIN ways ON ways.name = words.id \
            WHERE LOWER(words.word) LIKE $1 ESCAPE '\\' LIMIT $2";
        database.rows(by_name, &[like.clone(), most.clone()], &mut keep)?;
        let bound = "SELECT DISTINCT names.address FROM words JOIN names ON names.word = words.id \
            WHERE LOWER(words.word) LIKE $1 ESCAPE '\\' LIMIT $2";
        database.rows(bound, &[like, most.clone()], &mut keep)?;
    }
    // 「三浦健太郎様」 is found where 「三浦 健太郎」 was shown.
    let keys: Vec<i64> = names::keys(secret, text).into_iter().map(|(key, _)| key).collect();
    let by_key = format!(
        "SELECT DISTINCT address FROM names WHERE name = {{id}} AND rank >= 1 LIMIT {CANDIDATES_MAX}"
    );
    each(database, &by_key, &[], &keys, &mut keep)?;
    Ok(found)
}

/// A text as it stands in a pattern of `LIKE … ESCAPE '\'`.
pub(super) fn literally(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c])).collect()
}

/// Counts everything. It reads the whole memory: for a person who asks, not for each mail.
pub(super) fn summary(database: &mut dyn Database) -> Result<Summary, StoreError> {
    let mut rows: Vec<(i64, MailboxSummary)> = Vec::new();
    let sql = "SELECT mailbox, COUNT(*), COUNT(CASE WHEN direction = 1 THEN 1 END), COUNT(CASE WHEN direction = 0 AND trust = 1 THEN 1 END), \
        COUNT(DISTINCT sender), COUNT(DISTINCT thread), MIN(at), MAX(at) FROM mails GROUP BY mailbox";
    database.rows(sql, &[], &mut |row| {
        let numbers: Vec<i64> = row.iter().map(|value| value.int().unwrap_or(0)).collect();
        if let [mailbox, mails, sent, authenticated, contacts, conversations, first_at, last_at] = numbers[..]
        {
            let count = |number: i64| number.max(0) as u64;
            let summary = MailboxSummary {
                mailbox: String::new(),
                mails: count(mails),
                sent: count(sent),
                received: count(mails - sent),
                authenticated: count(authenticated),
                contacts: count(contacts),
                conversations: count(conversations),
                first_at,
                last_at,
            };
            rows.push((mailbox, summary));
        }
    })?;
    let ids: Vec<i64> = rows.iter().map(|(id, _)| *id).collect();
    let names = addresses(database, &ids)?;
    let mut mailboxes: Vec<MailboxSummary> = rows
        .into_iter()
        .map(|(id, summary)| MailboxSummary {
            mailbox: names.get(&id).cloned().unwrap_or_default(),
            ..summary
        })
        .collect();
    mailboxes.sort_by(|a, b| a.mailbox.cmp(&b.mailbox));
    let mut count = |of: &str| database.count(of, &[]);
    Ok(Summary {
        mailboxes,
        texts: count("(SELECT DISTINCT text FROM holders) AS texts")?,
        addresses: count("addresses")?,
        confirmed: count("confirmed")?,
        tombstones: count("tombstones")?,
    })
}

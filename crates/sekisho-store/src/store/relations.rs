//! A mail → what the memory says about it: whom its sender is known as, whose names it shows, which conversations it quotes or answers.
//!
//! One recall costs a bounded number of statements and rows, however much is remembered and whoever filled it: every list has a limit with
//! a name, and what proves something is asked for before what a stranger may add.

mod correspondence;
mod holdings;
mod itself;
mod knowers;
mod lists;
mod recall;
mod shown;

use sekisho_facts::{Contact, Fact, Learned, Relations, Standing, Why};
use sekisho_mail::Address;

use super::asked::Asked;
use super::contacts::{View, acquaintances, contacts, day_of_installation};
use super::organisations::organisation;
use super::together::each;
use super::{exceptions, learning};
use crate::database::{Database, INSTALLED, Value};
use crate::{Secret, StoreError};
use recall::Recall;

/// Mails learned in all below which nothing is said: a first look at a part of one mailbox knows nobody.
const LEARNED_MAILS_MIN: i64 = 50;

/// Mails of one mailbox below which somebody new means nothing: a few weeks of an office worker's mail.
pub const MAILBOX_MAILS_MIN: i64 = 100;

/// Asked for where no mailbox is given: no address has this number.
const NOBODY: i64 = 0;

/// Contacts told of the sender's organisation.
const ORGANISATION_MAX: usize = 8;

pub(super) fn relations(
    database: &mut dyn Database,
    secret: &Secret,
    asked: &Asked<'_>,
    as_of: Option<i64>,
) -> Result<Fact<Relations>, StoreError> {
    // What was learned of the mail itself, and later, says nothing about it.
    let until = itself::before_it(database, secret, asked)?.into_iter().chain(as_of).min();
    let until = until.unwrap_or(i64::MAX);
    let extent = Extent::of(database, secret, asked.mailboxes, until)?;
    if !extent.is_enough {
        return Ok(Fact::Unknown { unknown: Why::NothingLearned });
    }
    let view = View { until, installed: extent.installed, mailbox: None };
    let mut relations = Relations { mailbox: extent.mailbox, ..Relations::default() };
    let mut recall = Recall::new(database, secret, asked, view);
    if let (Some(sender), Some(id)) = (recall.sender, recall.sender_id) {
        relations.sender = contacts(recall.database, &[id], view)?.into_values().next();
        relations.organisation = of_organisation(&mut recall, sender, id)?;
        relations.exceptions = exceptions::covering(recall.database, sender, asked.at)?;
    }
    relations.names = shown::names(&mut recall, &relations.organisation)?;
    (relations.quoted, relations.answered) = correspondence::recall(&mut recall)?;
    Ok(Fact::Known(relations))
}

/// How much was learned, and since when the memory is there.
struct Extent {
    installed: i64,
    /// Whether there are mails enough in all.
    is_enough: bool,
    /// Whether one of the receivers' mailboxes has learned enough.
    mailbox: Learned,
}

impl Extent {
    fn of(
        database: &mut dyn Database,
        secret: &Secret,
        mailboxes: &[Address],
        until: i64,
    ) -> Result<Self, StoreError> {
        let count = |condition: &str, most: i64| {
            format!(
                "(SELECT COUNT(*) FROM (SELECT id FROM mails WHERE {condition} AND at <= $1 LIMIT {most}) AS found)"
            )
        };
        let question = format!(
            "SELECT (SELECT value FROM settings WHERE name = '{INSTALLED}') AS installed, {} AS learned, {} AS here",
            count("TRUE", LEARNED_MAILS_MIN),
            count("mailbox = {id}", MAILBOX_MAILS_MIN)
        );
        let mut ids: Vec<i64> =
            mailboxes.iter().map(|mailbox| learning::address_id(secret, mailbox)).collect();
        if ids.is_empty() {
            ids.push(NOBODY);
        }
        let mut extent = Self { installed: i64::MIN, is_enough: false, mailbox: Learned::TooLittle };
        each(database, &question, &[Value::Int(until)], &ids, &mut |row| {
            if let [installed, Value::Int(learned), Value::Int(here)] = row {
                extent.installed = day_of_installation(installed.text());
                extent.is_enough = *learned >= LEARNED_MAILS_MIN;
                if *here >= MAILBOX_MAILS_MIN {
                    extent.mailbox = Learned::Enough;
                }
            }
        })?;
        Ok(extent)
    }
}

/// Those of the sender's organisation whom we answer, to whom we write, or who are confirmed; the most trusted first, then the oldest.
fn of_organisation(
    recall: &mut Recall<'_, '_>,
    sender: &Address,
    sender_id: i64,
) -> Result<Vec<Contact>, StoreError> {
    let domain = sender.domain().to_lowercase();
    let Some(name) = organisation(&domain) else { return Ok(Vec::new()) };
    if (recall.asked.is_shared_domain)(&domain) || (recall.asked.is_shared_domain)(name) {
        return Ok(Vec::new());
    }
    let sql =
        "SELECT id FROM addresses WHERE organisation = $1 AND rank < 3 AND id <> $2 ORDER BY rank LIMIT $3";
    let values = [
        Value::Int(learning::organisation_id(recall.secret, name)),
        Value::Int(sender_id),
        Value::Int(ORGANISATION_MAX as i64 * 2),
    ];
    let mut ids = Vec::new();
    recall.database.rows(sql, &values, &mut |row| ids.extend(row.first().and_then(Value::int)))?;
    let acquaintances = acquaintances(recall.database, &ids, recall.view)?;
    let mut found: Vec<Contact> =
        acquaintances.into_values().filter(|contact| contact.standing > Standing::Met).collect();
    found.sort_by(|a, b| (b.standing, a.first_at, &a.address).cmp(&(a.standing, b.first_at, &b.address)));
    found.truncate(ORGANISATION_MAX);
    Ok(found)
}

/// Whether a contact is more than somebody who once wrote.
fn is_trusted(contact: &Contact) -> bool {
    contact.standing >= Standing::Historic
}

//! A mail → what the memory says about it: whom its sender is known as, whose names it shows, which conversations it quotes or answers.
//!
//! One recall costs a bounded number of statements and rows, however much is remembered and whoever filled it: every list has a limit with
//! a name, and what proves something is asked for before what a stranger may add.

mod correspondence;
mod excerpt;
mod holdings;
mod itself;
mod knowers;
mod lists;
mod people;
mod recall;
mod shown;
mod stretches;

use sekisho_facts::{Contact, Exception, Fact, Learned, Relations, Standing, Why};
use sekisho_mail::Address;

use super::asked::Asked;
use super::contacts::{Acquaintances, Counted, View};
use super::organisations::organisation;
use super::together::Together;
use super::{exceptions, learning};
use crate::database::{Database, Value};
use crate::{Secret, StoreError};
use correspondence::Correspondence;
use recall::Recall;
use shown::Names;

/// Mails learned in all below which nothing is said: a first look at a part of one mailbox knows nobody.
pub const LEARNED_MAILS_MIN: i64 = 50;

/// Mails of one mailbox below which somebody new means nothing: a few weeks of an office worker's mail.
pub const MAILBOX_MAILS_MIN: i64 = 100;

/// Contacts told of the sender's organisation.
const ORGANISATION_MAX: usize = 8;

pub(super) fn relations(
    database: &mut dyn Database,
    secret: &Secret,
    asked: &Asked<'_>,
    view: View,
) -> Result<Fact<Relations>, StoreError> {
    let recall = Recall::new(database, secret, asked, view);
    let (mut extent, mut first_copy) = (Extent::default(), None);
    let (mut sender, mut names, mut correspondence) =
        (Sender::default(), Names::of(&recall), Correspondence::default());
    // Each round asks at once for what the one before led to.
    let mut round = Together::default();
    itself::ask_first_copy(&mut round, secret, asked.message, &mut first_copy);
    extent.ask(&mut round, secret, asked.mailboxes, view.until);
    sender.ask(&mut round, &recall);
    names.ask_owners(&mut round, view);
    // To make the texts ready for their search takes as long as a server looks for the names.
    round.later(|round| {
        correspondence = Correspondence::of(asked, &recall.texts, secret);
        correspondence.ask_places(round, view, recall.sender_id);
    });
    round.ask(recall.database)?;
    // What was learned of the mail itself, and later, says nothing about it.
    if let Some(before) = first_copy.and_then(|first| itself::before(first, asked.at))
        && before < view.until
    {
        return relations(recall.database, secret, asked, View { until: before, ..view });
    }
    if !extent.is_enough {
        return Ok(Fact::Unknown { unknown: Why::NothingLearned });
    }
    let mut round = Together::default();
    sender.ask_more(&mut round, view);
    names.ask_around(&mut round, &recall);
    correspondence.ask_texts(&mut round, &recall);
    round.ask(recall.database)?;
    let mut round = Together::default();
    sender.ask_threads(&mut round, view);
    names.ask_threads(&mut round, view);
    correspondence.ask_holders(&mut round, &recall);
    round.ask(recall.database)?;
    let mut relations = sender.told(view);
    let mut round = Together::default();
    names.ask_told(&mut round, &recall);
    correspondence.ask_receivers(&mut round, &recall);
    round.ask(recall.database)?;
    let mut round = Together::default();
    names.ask_others(&mut round, &recall, &relations.organisation);
    correspondence.ask_people(&mut round, &recall);
    round.ask(recall.database)?;
    let mut round = Together::default();
    correspondence.ask_threads(&mut round, view);
    round.ask(recall.database)?;
    relations.mailbox = extent.mailbox;
    relations.names = names.told(&recall);
    (relations.quoted, relations.answered) = correspondence.told(&recall);
    Ok(Fact::Known(relations))
}

/// How much was learned.
#[derive(Default)]
struct Extent {
    /// Whether there are mails enough in all.
    is_enough: bool,
    /// Whether one of the receivers' mailboxes has learned enough.
    mailbox: Learned,
}

impl Extent {
    /// Asks for it.
    fn ask<'t>(&'t mut self, round: &mut Together<'t>, secret: &Secret, mailboxes: &[Address], until: i64) {
        let count = |condition: &str, most: i64| {
            format!(
                "(SELECT COUNT(*) FROM (SELECT id FROM mails WHERE {condition} AND at <= $1 LIMIT {most}) AS found)"
            )
        };
        let question = format!(
            "SELECT {} AS learned, {} AS here",
            count("TRUE", LEARNED_MAILS_MIN),
            count("mailbox = {id}", MAILBOX_MAILS_MIN)
        );
        let mut ids: Vec<i64> =
            mailboxes.iter().map(|mailbox| learning::address_id(secret, mailbox)).collect();
        if ids.is_empty() {
            // Where no mailbox is given.
            ids.push(learning::NOBODY);
        }
        round.each(question, &[Value::Int(until)], &ids, |row| {
            if let [Value::Int(learned), Value::Int(here)] = row {
                self.is_enough = *learned >= LEARNED_MAILS_MIN;
                if *here >= MAILBOX_MAILS_MIN {
                    self.mailbox = Learned::Enough;
                }
            }
        });
    }
}

/// What is asked about the sender.
#[derive(Default)]
struct Sender {
    contact: Counted,
    /// The addresses of its organisation that are most trusted.
    colleagues: Vec<i64>,
    organisation: Acquaintances,
    exceptions: Vec<Exception>,
}

impl Sender {
    /// Asks for the contact, the exceptions, and who else is of its organisation.
    fn ask<'t>(&'t mut self, round: &mut Together<'t>, recall: &Recall<'_, '_>) {
        let (Some(sender), Some(id)) = (recall.sender, recall.sender_id) else { return };
        self.contact.ask(round, &[id], recall.view);
        exceptions::covering(round, sender, recall.asked.judged_at, &mut self.exceptions);
        let domain = sender.domain().to_lowercase();
        let is_shared = recall.asked.is_shared_domain;
        if let Some(name) = organisation(&domain).filter(|name| !is_shared(name) && !is_shared(&domain)) {
            let sql = "SELECT id FROM addresses WHERE organisation = $1 AND rank < 3 AND id <> $2 ORDER BY rank LIMIT $3";
            let number = learning::organisation_id(recall.secret, name);
            let values = [number, id, ORGANISATION_MAX as i64 * 2].map(Value::Int);
            let colleagues = &mut self.colleagues;
            round.rows(sql, &values, |row| colleagues.extend(row.first().and_then(Value::int)));
        }
    }

    /// Asks for the contact's habits, and about those of its organisation.
    fn ask_more<'t>(&'t mut self, round: &mut Together<'t>, view: View) {
        self.contact.ask_more(round, view);
        self.organisation.ask_with_dates(round, &self.colleagues, view);
    }

    /// Asks how well those are known.
    fn ask_threads<'t>(&'t mut self, round: &mut Together<'t>, view: View) {
        self.organisation.ask_threads(round, view);
    }

    /// Who it is, what a person decided about it, and those of its organisation whom we answer, to whom we write, or who are confirmed: the
    /// most trusted first, then the oldest.
    fn told(self, view: View) -> Relations {
        let sender = self.contact.contacts(view).into_values().next();
        let colleagues = self.organisation.contacts(view);
        let mut organisation: Vec<Contact> =
            colleagues.into_values().filter(|contact| contact.standing > Standing::Met).collect();
        organisation
            .sort_by(|a, b| (b.standing, a.first_at, &a.address).cmp(&(a.standing, b.first_at, &b.address)));
        organisation.truncate(ORGANISATION_MAX);
        Relations { sender, organisation, exceptions: self.exceptions, ..Relations::default() }
    }
}

/// Whether a contact is more than somebody who once wrote.
fn is_trusted(contact: &Contact) -> bool {
    contact.standing >= Standing::Historic
}

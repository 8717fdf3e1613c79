//! A mail → what the memory says about it: whom its sender is known as, which conversations it quotes.

use std::collections::BTreeSet;

use sekisho_facts::{Fact, HeldBy, Learned, Quoted, Region, Relations, Why};
use sekisho_mail::Address;

use super::asked::Asked;
use super::contacts::{self, View};
use super::{Conversation, conversations, exceptions, learning};
use crate::database::{Database, Value};
use crate::{Secret, StoreError};

/// Mails learned in all below which nothing is said: a first look at a part of one mailbox knows nobody.
const LEARNED_MAILS_MIN: i64 = 50;

/// Mails of one mailbox below which somebody new means nothing: a few weeks of an office worker's mail.
pub const MAILBOX_MAILS_MIN: i64 = 100;

/// Quoted regions looked at in one mail: an answer between the lines has many, and the first ones tell.
const REGIONS_MAX: usize = 16;

/// Parties named of one conversation.
const PARTIES_SHOWN: usize = 50;

pub(super) fn relations(
    database: &mut dyn Database,
    secret: &Secret,
    asked: &Asked<'_>,
    as_of: Option<i64>,
) -> Result<Fact<Relations>, StoreError> {
    let until = as_of.unwrap_or(i64::MAX);
    if mails(database, "at <= $1", &[Value::Int(until)], LEARNED_MAILS_MIN)? < LEARNED_MAILS_MIN {
        return Ok(Fact::Unknown { unknown: Why::NothingLearned });
    }
    let mut relations = Relations::default();
    for mailbox in asked.mailboxes {
        let values = [Value::Int(learning::address_id(secret, mailbox)), Value::Int(until)];
        if mails(database, "mailbox = $1 AND at <= $2", &values, MAILBOX_MAILS_MIN)? >= MAILBOX_MAILS_MIN {
            relations.mailbox = Learned::Enough;
        }
    }
    let sender = asked.message.from.iter().find_map(|mailbox| mailbox.address.as_ref());
    if let Some(sender) = sender {
        let ids = [learning::address_id(secret, sender)];
        let view = View { until, installed: contacts::installed(database)?, mailbox: None };
        relations.sender = contacts::contacts(database, &ids, view)?.into_values().next();
        relations.exceptions = exceptions::covering(database, sender, asked.at)?;
    }
    for region in regions(asked) {
        for found in conversations::recall(database, secret, &region, as_of)? {
            relations.quoted.push(quoted(asked, sender, &region, found));
        }
    }
    relations.quoted.sort_by_key(|quoted| std::cmp::Reverse((quoted.weight_of_language, quoted.weight)));
    Ok(Fact::Known(relations))
}

/// How many mails there are under a condition, at most `max`.
fn mails(
    database: &mut dyn Database,
    condition: &str,
    values: &[Value],
    max: i64,
) -> Result<i64, StoreError> {
    let sql = format!("SELECT COUNT(*) FROM (SELECT id FROM mails WHERE {condition} LIMIT {max}) AS some");
    Ok(database.one(&sql, values)?.as_ref().and_then(Value::int).unwrap_or(0))
}

/// The words of the quoted regions, each once.
fn regions(asked: &Asked<'_>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let texts = asked
        .message
        .texts()
        .flat_map(|(_, view)| view.quotes.iter().filter_map(|quote| view.text.get(quote.words.clone())));
    texts.filter(|text| seen.insert(*text)).take(REGIONS_MAX).map(str::to_owned).collect()
}

fn quoted(asked: &Asked<'_>, sender: Option<&Address>, region: &str, found: Conversation) -> Quoted {
    let is_receivers =
        |mailbox: &String| asked.mailboxes.iter().any(|own| own.to_string().eq_ignore_ascii_case(mailbox));
    let sender = sender.map(|sender| sender.to_string().to_lowercase());
    Quoted {
        excerpt: region.chars().take(80).collect(),
        region: Region::Quotation,
        weight: found.weight,
        weight_of_language: found.weight_of_language,
        parties_total: found.parties.len() as u32,
        sender_was_party: sender.is_some_and(|sender| found.parties.contains(&sender)),
        sender_may_know: false,
        held_by: if found.mailboxes.iter().any(is_receivers) { HeldBy::Receiver } else { HeldBy::Others },
        parties: found.parties.into_iter().take(PARTIES_SHOWN).collect(),
        from_at: found.from,
        until_at: found.until,
    }
}

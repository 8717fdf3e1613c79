//! What is older than it may be kept → forgotten: words of conversations, and contacts that were not seen for long.
//!
//! Days count back from now, or from the newest remembered mail where that is earlier: a clock that runs ahead deletes nothing. What a person
//! said stays (confirmed contacts, exceptions, tombstones), and so does whatever a legal hold is on.
//!
//! Nobody gets a milder verdict by outliving a contact: who shows the name of one that is to go, and is still seen, keeps it remembered as
//! somebody else's.

use std::collections::BTreeSet;

use super::{Store, forgetting, learning, texts};
use crate::StoreError;
use crate::database::{Database, Value};

/// For how many days what is kept; `None` for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Fingerprints of what a mail says, from its day on.
    pub conversations_days: Option<u32>,
    /// A contact, from the last mail on that it wrote or received.
    pub contacts_days: Option<u32>,
}

/// What was forgotten for its age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expired {
    /// Mails whose words were forgotten.
    pub conversations: u64,
    /// Contacts that were forgotten with all their mail.
    pub contacts: u64,
}

const DAY_SECONDS: i64 = 86_400;

/// Mails, or contacts, forgotten in one step: whoever is stopped goes on there.
const AT_ONCE: usize = 500;

/// Others of one name that are looked at before a contact is kept for their sake.
const NAMESAKES_MAX: i64 = 1_000;

impl Store {
    /// Forgets what is older than it may be kept, some hundred rows in a step.
    ///
    /// # Errors
    /// The database refused; what was forgotten before stays so.
    pub fn expire(&mut self, retention: Retention, now: i64) -> Result<Expired, StoreError> {
        let database = self.database.as_mut();
        let newest = database.one("SELECT MAX(at) FROM mails", &[])?;
        let Some(newest) = newest.as_ref().and_then(Value::int) else { return Ok(Expired::default()) };
        let before = |days: Option<u32>| days.map(|days| now.min(newest) - i64::from(days) * DAY_SECONDS);
        let mut expired = Expired::default();
        if let Some(before) = before(retention.conversations_days) {
            expired.conversations = conversations(database, before)?;
        }
        if let Some(before) = before(retention.contacts_days) {
            expired.contacts = contacts(database, before)?;
        }
        if expired.contacts > 0 {
            database.whole(unused_words)?;
        }
        Ok(expired)
    }
}

/// Forgets the words of mails sent before a moment. A later mail that quotes them still holds them.
fn conversations(database: &mut (dyn Database + '_), before: i64) -> Result<u64, StoreError> {
    let free = forgetting::and_free(database)?;
    let sql = format!(
        "SELECT at, id FROM mails WHERE at < $1 AND at >= $2 AND (at > $2 OR id > $3) \
         AND EXISTS (SELECT 1 FROM holders WHERE holders.mail = mails.id) {free} ORDER BY at, id LIMIT {AT_ONCE}"
    );
    let (mut total, mut last) = (0, (i64::MIN, i64::MIN));
    loop {
        let values = [before, last.0, last.1].map(Value::Int);
        let mut mails: Vec<(i64, i64)> = Vec::new();
        database.rows(&sql, &values, &mut |row| {
            if let [Value::Int(at), Value::Int(id)] = row {
                mails.push((*at, *id));
            }
        })?;
        let Some(next) = mails.last().copied() else { return Ok(total) };
        database.whole(|database| mails.iter().try_for_each(|(_, mail)| texts::let_go(database, *mail)))?;
        total += mails.len() as u64;
        last = next;
    }
}

/// Forgets contacts that were not seen since a moment.
fn contacts(database: &mut (dyn Database + '_), before: i64) -> Result<u64, StoreError> {
    let unseen = unseen(database, before)?;
    let are_held = !forgetting::holds(database)?.is_empty();
    let mut gone = Vec::new();
    for id in &unseen {
        let is_kept = is_shown_by_others(database, *id, &unseen)?
            || (are_held && forgetting::held_with(database, *id)?.is_some());
        gone.extend((!is_kept).then_some(*id));
    }
    for some in gone.chunks(AT_ONCE) {
        database.whole(|database| forget(database, some))?;
    }
    Ok(gone.len() as u64)
}

/// Forgets addresses and words that stand in no mail any more. It looks through all of them: a person waits for this, and no mail does.
pub(super) fn nowhere_any_more(database: &mut (dyn Database + '_)) -> Result<(), StoreError> {
    let gone: Vec<i64> = unseen(database, i64::MIN)?.into_iter().collect();
    for some in gone.chunks(AT_ONCE) {
        forget(database, some)?;
    }
    unused_words(database)
}

/// Addresses of which nothing was seen since a moment: owners of mailboxes, confirmed ones and those under a legal hold are never among them.
fn unseen(database: &mut (dyn Database + '_), before: i64) -> Result<BTreeSet<i64>, StoreError> {
    let seen = "SELECT sender AS id FROM mails WHERE at >= $1 UNION SELECT address FROM parties WHERE at >= $1 \
        UNION SELECT address FROM announcements WHERE at >= $1 UNION SELECT mailbox FROM mails";
    let sql = format!(
        "SELECT addresses.id FROM addresses LEFT JOIN ({seen}) AS seen ON seen.id = addresses.id \
         LEFT JOIN confirmed ON confirmed.address = addresses.address \
         LEFT JOIN legal_holds ON legal_holds.address IN (addresses.address, '*') \
         WHERE seen.id IS NULL AND confirmed.address IS NULL AND legal_holds.address IS NULL"
    );
    let mut unseen = BTreeSet::new();
    database.rows(&sql, &[Value::Int(before)], &mut |row| {
        unseen.extend(row.first().and_then(Value::int));
    })?;
    Ok(unseen)
}

/// Whether somebody who stays shows a name of an address: a person's, or its organisation's from elsewhere.
fn is_shown_by_others(
    database: &mut (dyn Database + '_),
    id: i64,
    unseen: &BTreeSet<i64>,
) -> Result<bool, StoreError> {
    let sql = "SELECT DISTINCT other.address FROM names AS own JOIN names AS other ON other.name = own.name \
        JOIN addresses AS one ON one.id = own.address JOIN addresses AS two ON two.id = other.address \
        WHERE own.address = $1 AND other.address <> $1 \
        AND (own.kind = 1 OR COALESCE(one.organisation, 0) <> COALESCE(two.organisation, 0)) LIMIT $2";
    let mut others = 0;
    let mut stays = false;
    database.rows(sql, &[Value::Int(id), Value::Int(NAMESAKES_MAX)], &mut |row| {
        others += 1;
        stays |= row.first().and_then(Value::int).is_some_and(|other| !unseen.contains(&other));
    })?;
    Ok(stays || others >= NAMESAKES_MAX)
}

/// Forgets some contacts. Of a mail that they wrote, it is only remembered that it was there: else it would be read, and learned, again.
fn forget(database: &mut (dyn Database + '_), some: &[i64]) -> Result<(), StoreError> {
    let places: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
    let (places, ids) = (places.join(", "), some.iter().copied().map(Value::Int).collect::<Vec<Value>>());
    let mut mails = Vec::new();
    database.rows(&format!("SELECT mail FROM ways WHERE sender IN ({places})"), &ids, &mut |row| {
        mails.extend(row.first().and_then(Value::int));
    })?;
    for mail in mails {
        texts::let_go(database, mail)?;
        learning::forget_people(database, mail)?;
    }
    for statement in [
        "UPDATE mails SET trust = 2, rank = 4, thread = message, message_id = NULL, answers = NULL, list = NULL, name_key = NULL, \
         sender = NULL WHERE id IN (SELECT mail FROM ways WHERE sender IN ({ids}))",
        "DELETE FROM ways WHERE sender IN ({ids})",
        "DELETE FROM parties WHERE address IN ({ids})",
        "DELETE FROM names WHERE address IN ({ids})",
        "DELETE FROM announcements WHERE address IN ({ids}) OR announcer IN ({ids})",
        "DELETE FROM addresses WHERE id IN ({ids})",
    ] {
        database.run(&statement.replace("{ids}", &places), &ids)?;
    }
    Ok(())
}

/// Forgets names, mail programs and the like that stand in no mail any more.
fn unused_words(database: &mut (dyn Database + '_)) -> Result<(), StoreError> {
    let columns = ["list", "name", "language", "mailer", "network", "domains", "files"];
    let used: Vec<String> = columns.iter().map(|column| format!("SELECT {column} AS id FROM ways")).collect();
    let sql = format!(
        "DELETE FROM words WHERE id IN (SELECT words.id FROM words LEFT JOIN ({} UNION SELECT list FROM mails UNION SELECT word FROM names) AS used \
         ON used.id = words.id WHERE used.id IS NULL)",
        used.join(" UNION ")
    );
    database.run(&sql, &[]).map(|_| ())
}

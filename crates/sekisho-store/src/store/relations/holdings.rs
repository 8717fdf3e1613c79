//! Texts and Message-IDs → the mails that hold them, with everybody in these, in a bounded number of rows and statements.
//!
//! Of many mails, those that prove something come first: our own, then those from people to whom we write. However many mails a stranger
//! adds, these stay.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::knowers::Holding;
use crate::StoreError;
use crate::database::{Database, Value};
use crate::store::contacts::View;
use crate::store::together::each;

/// Mails looked at that hold one text, bear one Message-ID, or are of one thread.
const MAILS_MAX: i64 = 32;

/// Receivers read of one mail: from some dozens on it is no secret.
const RECEIVERS_MAX: i64 = 128;

/// Mails that may bear one Message-ID: a mail to all of us lies in many mailboxes. More say nothing sure.
const BEARERS_MAX: usize = 200;

/// What is read of a mail.
const MAIL: &str = "mails.id, mails.mailbox, mails.sender, mails.at, mails.direction, mails.trust, mails.list, mails.answers";

/// A mail that holds letters of a text.
pub(super) struct Held {
    pub(super) text: i64,
    pub(super) letters: Range<i64>,
    pub(super) holding: Holding,
}

/// The mails that hold texts. Their receivers are not read yet.
pub(super) fn of_texts(
    database: &mut dyn Database,
    texts: &[i64],
    view: View,
) -> Result<Vec<Held>, StoreError> {
    let question = format!(
        "SELECT held.text, held.first, held.until, held.quoted, {MAIL} FROM \
         (SELECT text, mail, first, until, quoted FROM holders WHERE text = {{id}} AND at <= $1 ORDER BY rank, at LIMIT {MAILS_MAX}) AS held \
         JOIN mails ON mails.id = held.mail"
    );
    let mut all = Vec::new();
    each(database, &question, &[Value::Int(view.until)], texts, &mut |row| {
        if let [Value::Int(text), Value::Int(first), Value::Int(until), Value::Int(quoted), mail @ ..] = row
            && let Some(holding) = read(mail, view)
        {
            let holding = Holding { is_own: *quoted == 0, ..holding };
            all.push(Held { text: *text, letters: *first..*until, holding });
        }
    })?;
    Ok(all)
}

/// The mails that bear Message-IDs, with the Message-ID and the thread of each, ours first. Their receivers are not read yet.
pub(super) fn of_messages(
    database: &mut dyn Database,
    ids: &[i64],
    view: View,
) -> Result<Vec<(i64, i64, Holding)>, StoreError> {
    let mut all = Vec::new();
    let question = ours_and_others(&format!("message_id, thread, {MAIL}"), "message_id");
    each(database, &question, &[Value::Int(view.until)], ids, &mut |row| {
        if let [Value::Int(id), Value::Int(thread), mail @ ..] = row
            && let Some(holding) = read(mail, view)
        {
            all.push((*id, *thread, Holding { is_own: true, ..holding }));
        }
    })?;
    all.sort_by_key(|(_, _, holding)| !holding.is_sent);
    Ok(all)
}

/// The mails of threads. Their receivers are not read yet.
pub(super) fn of_threads(
    database: &mut dyn Database,
    threads: &[i64],
    view: View,
) -> Result<Vec<(i64, Holding)>, StoreError> {
    let mut all = Vec::new();
    let question = ours_and_others(&format!("thread, {MAIL}"), "thread");
    each(database, &question, &[Value::Int(view.until)], threads, &mut |row| {
        if let [Value::Int(thread), mail @ ..] = row
            && let Some(holding) = read(mail, view)
        {
            all.push((*thread, holding));
        }
    })?;
    all.sort_by_key(|(_, holding)| !holding.is_sent);
    Ok(all)
}

/// Mails by a column: so many of ours, and so many of others.
fn ours_and_others(columns: &str, column: &str) -> String {
    let some = |ranks: &str, order: &str| {
        format!(
            "SELECT * FROM (SELECT {columns} FROM mails WHERE {column} = {{id}} AND {ranks} AND at <= $1 ORDER BY {order} LIMIT {MAILS_MAX}) AS chosen"
        )
    };
    format!("{} UNION ALL {}", some("rank = 0", "at"), some("rank > 0 AND rank < 4", "rank, at"))
}

/// Who sent the mails that our own ones answer: `None` among them for a sender who is not proven, or where too many bear the Message-ID.
pub(super) fn answered(
    database: &mut dyn Database,
    holdings: &[&Holding],
    view: View,
) -> Result<BTreeMap<i64, BTreeSet<Option<i64>>>, StoreError> {
    let ids: Vec<i64> =
        holdings.iter().filter(|holding| holding.is_sent).filter_map(|holding| holding.answers).collect();
    let question = format!(
        "SELECT message_id, sender, direction, trust, at FROM mails WHERE message_id = {{id}} LIMIT {}",
        BEARERS_MAX + 1
    );
    let mut bearers: BTreeMap<i64, usize> = BTreeMap::new();
    let mut senders: BTreeMap<i64, BTreeSet<Option<i64>>> = BTreeMap::new();
    each(database, &question, &[], &ids, &mut |row| {
        if let [Value::Int(id), sender, Value::Int(direction), Value::Int(trust), Value::Int(at)] = row {
            let count = bearers.entry(*id).or_default();
            *count += 1;
            let is_proven = *direction == 1 || *trust == 1 || (*trust == 0 && view.is_archive(*at));
            let sender = sender.int().filter(|_| is_proven && *count <= BEARERS_MAX);
            senders.entry(*id).or_default().insert(sender);
        }
    })?;
    Ok(senders)
}

fn read(row: &[Value], view: View) -> Option<Holding> {
    let [
        Value::Int(mail),
        Value::Int(mailbox),
        sender,
        Value::Int(at),
        Value::Int(direction),
        Value::Int(trust),
        list,
        answers,
    ] = row
    else {
        return None;
    };
    Some(Holding {
        mail: *mail,
        mailbox: *mailbox,
        sender: sender.int(),
        at: *at,
        is_sent: *direction == 1,
        is_proven: *direction == 1 || *trust == 1 || view.is_archive(*at),
        is_own: false,
        list: list.int(),
        answers: answers.int(),
        receivers: Vec::new(),
    })
}

/// Reads who received the mails.
pub(super) fn receivers(
    database: &mut dyn Database,
    holdings: &mut [&mut Holding],
) -> Result<(), StoreError> {
    let mails: Vec<i64> = holdings.iter().map(|holding| holding.mail).collect();
    let mut by_mail: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let question =
        format!("SELECT mail, address FROM parties WHERE mail = {{id}} AND role <> 3 LIMIT {RECEIVERS_MAX}");
    each(database, &question, &[], &mails, &mut |row| {
        if let [Value::Int(mail), Value::Int(address)] = row {
            by_mail.entry(*mail).or_default().push(*address);
        }
    })?;
    for holding in holdings {
        holding.receivers = by_mail.get(&holding.mail).cloned().unwrap_or_default();
    }
    Ok(())
}

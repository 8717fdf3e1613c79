//! Texts and Message-IDs → the mails that hold them, with everybody in these, in a bounded number of rows and statements.
//!
//! Of many mails, those that prove something come first: our own, then those from people to whom we write. However many mails a stranger
//! adds, these stay.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::knowers::Holding;
use crate::database::Value;
use crate::store::contacts::View;
use crate::store::together::Together;

/// Mails looked at that bear one Message-ID, or are of one thread.
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

/// A mail with the Message-ID that it bears, and its thread.
pub(super) struct Bearer {
    pub(super) message_id: i64,
    pub(super) thread: i64,
    pub(super) holding: Holding,
}

/// Asks for the mails that hold texts, `most` of each: of those that prove something, and then of the others, those that hold most of it. A
/// phrase of it may be in every mail of ours. Their receivers are not asked for.
pub(super) fn of_texts<'t>(
    together: &mut Together<'t>,
    texts: &[i64],
    most: usize,
    view: View,
    held: &'t mut Vec<Held>,
) {
    let question = format!(
        "SELECT held.text, held.first, held.until, held.quoted, {MAIL} FROM (SELECT text, mail, first, until, quoted FROM holders \
         WHERE text = {{id}} AND at <= $1 ORDER BY precedence, at LIMIT $2) AS held JOIN mails ON mails.id = held.mail"
    );
    together.each(question, &[Value::Int(view.until), Value::Int(most as i64)], texts, move |row| {
        if let [Value::Int(text), Value::Int(first), Value::Int(until), Value::Int(quoted), mail @ ..] = row
            && let Some(holding) = read(mail, view)
        {
            let holding = Holding { is_own: *quoted == 0, ..holding };
            held.push(Held { text: *text, letters: *first..*until, holding });
        }
    });
}

/// Asks for the mails that bear Message-IDs. Their receivers are not asked for.
pub(super) fn of_messages<'t>(
    together: &mut Together<'t>,
    ids: &[i64],
    view: View,
    bearers: &'t mut Vec<Bearer>,
) {
    let question = ours_and_others(&format!("message_id, thread, {MAIL}"), "message_id");
    together.each(question, &[Value::Int(view.until)], ids, move |row| {
        if let [Value::Int(message_id), Value::Int(thread), mail @ ..] = row
            && let Some(holding) = read(mail, view)
        {
            let holding = Holding { is_own: true, ..holding };
            bearers.push(Bearer { message_id: *message_id, thread: *thread, holding });
        }
    });
}

/// Asks for the mails of threads, by thread. Their receivers are not asked for.
pub(super) fn of_threads<'t>(
    together: &mut Together<'t>,
    threads: &[i64],
    view: View,
    mails: &'t mut Vec<(i64, Holding)>,
) {
    let question = ours_and_others(&format!("thread, {MAIL}"), "thread");
    together.each(question, &[Value::Int(view.until)], threads, move |row| {
        if let [Value::Int(thread), mail @ ..] = row
            && let Some(holding) = read(mail, view)
        {
            mails.push((*thread, holding));
        }
    });
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

/// Who sent the mails that our own ones answer, by Message-ID: `None` among them for a sender who is not proven, or where too many bear it.
#[derive(Default)]
pub(super) struct AnsweredSenders {
    bearers: BTreeMap<i64, usize>,
    pub(super) senders: BTreeMap<i64, BTreeSet<Option<i64>>>,
}

impl AnsweredSenders {
    /// Asks for them.
    pub(super) fn ask<'t, 'h>(
        &'t mut self,
        together: &mut Together<'t>,
        holdings: impl Iterator<Item = &'h Holding>,
        view: View,
    ) {
        let ids: Vec<i64> =
            holdings.filter(|holding| holding.is_sent).filter_map(|holding| holding.answers).collect();
        let question = format!(
            "SELECT message_id, sender, direction, trust, at FROM mails WHERE message_id = {{id}} LIMIT {}",
            BEARERS_MAX + 1
        );
        together.each(question, &[], &ids, move |row| {
            if let [Value::Int(id), sender, Value::Int(direction), Value::Int(trust), Value::Int(at)] = row {
                let count = self.bearers.entry(*id).or_default();
                *count += 1;
                let is_proven = *direction == 1 || *trust == 1 || (*trust == 0 && view.is_archive(*at));
                let sender = sender.int().filter(|_| is_proven && *count <= BEARERS_MAX);
                self.senders.entry(*id).or_default().insert(sender);
            }
        });
    }
}

/// Asks who received mails, by mail.
pub(super) fn receivers<'t, 'h>(
    together: &mut Together<'t>,
    holdings: impl Iterator<Item = &'h Holding>,
    receivers: &'t mut BTreeMap<i64, Vec<i64>>,
) {
    let mails: Vec<i64> = holdings.map(|holding| holding.mail).collect();
    let question =
        format!("SELECT mail, address FROM parties WHERE mail = {{id}} AND role <> 3 LIMIT {RECEIVERS_MAX}");
    together.each(question, &[], &mails, |row| {
        if let [Value::Int(mail), Value::Int(address)] = row {
            receivers.entry(*mail).or_default().push(*address);
        }
    });
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

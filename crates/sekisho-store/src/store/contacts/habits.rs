//! The newest mails of contacts → their names, threads and habits.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_facts::Habit;

use super::{LOOKED_AT_MAX, Seen, View, both};
use crate::StoreError;
use crate::database::{Database, Value};
use crate::store::together::{each, words};

/// Values named of one habit.
const VALUES_MAX: usize = 8;

/// Names of somebody of whom nothing is proven.
const UNPROVEN_MAX: i64 = 10;

/// Proven mails that show how somebody's mail comes by themselves, without older ones that nothing proves.
const PROVEN_MIN: usize = 5;

/// The columns asked for; the words among them last.
const COLUMNS: &str = "sender, trust, at, thread, message, has_locked, has_link, name, language, mailer, network, domains, files";

/// One mail that was looked at.
struct Looked {
    sender: i64,
    is_proven: bool,
    at: i64,
    message: i64,
    has_locked: bool,
    has_link: bool,
    /// Name, language, mailer, network, domains, files.
    words: [Option<i64>; 6],
}

/// How often each word stands in each of the columns of words.
type Counts = [BTreeMap<i64, u32>; 6];

/// Adds names, threads and habits. Habits come from mail that is proven, or where that lacks of the old archive: a forger's are not the
/// contact's.
pub(super) fn look(
    database: &mut dyn Database,
    seen: &mut BTreeMap<i64, Seen>,
    view: View,
) -> Result<(), StoreError> {
    let ids: Vec<i64> = seen.keys().copied().collect();
    let here = view.in_mailbox("mailbox");
    let newest = |trust: i64, until: &str, most: i64| {
        format!(
            "SELECT {COLUMNS} FROM ways WHERE sender = {{id}} AND trust = {trust} AND at {until} {here} ORDER BY at DESC LIMIT {most}"
        )
    };
    let mut looked = Vec::new();
    let question = both(&newest(1, "<= $1", LOOKED_AT_MAX), &newest(0, "< $2", LOOKED_AT_MAX));
    each(database, &question, &view.moments(), &ids, &mut |row| note(row, seen, view, &mut looked))?;
    // A mail that lies in several mailboxes counts once.
    let mut messages = BTreeSet::new();
    looked.retain(|mail: &Looked| messages.insert((mail.sender, mail.message)));
    let unproven: Vec<i64> =
        ids.into_iter().filter(|id| !looked.iter().any(|mail| mail.sender == *id)).collect();
    let mut met = Vec::new();
    each(database, &newest(0, "<= $1", UNPROVEN_MAX), &[Value::Int(view.until)], &unproven, &mut |row| {
        met.extend(read(row));
    })?;
    let names = words(database, &word_ids(looked.iter().chain(&met)))?;
    confirmed_names(database, seen)?;
    for (id, seen) in seen.iter_mut() {
        describe(seen, looked.iter().filter(|mail| mail.sender == *id), &names);
        if seen.contact.names.is_empty() {
            let counts = count(met.iter().filter(|mail| mail.sender == *id));
            let shown = counts.first().map(|counts| most_frequent(counts, &names)).unwrap_or_default();
            seen.contact.names = shown.into_iter().map(|habit| habit.value).collect();
        }
    }
    Ok(())
}

fn note(row: &[Value], seen: &mut BTreeMap<i64, Seen>, view: View, looked: &mut Vec<Looked>) {
    let Some(mail) = read(row) else { return };
    if let [_, Value::Int(trust), Value::Int(at), Value::Int(thread), ..] = row
        && let Some(seen) = seen.get_mut(&mail.sender)
    {
        seen.note_thread(*trust, *at, *thread, view);
    }
    looked.push(mail);
}

fn read(row: &[Value]) -> Option<Looked> {
    let [
        Value::Int(sender),
        Value::Int(trust),
        Value::Int(at),
        _,
        Value::Int(message),
        locked,
        link,
        name,
        language,
        mailer,
        network,
        domains,
        files,
    ] = row
    else {
        return None;
    };
    Some(Looked {
        sender: *sender,
        is_proven: *trust == 1,
        at: *at,
        message: *message,
        has_locked: locked.int() == Some(1),
        has_link: link.int() == Some(1),
        words: [name, language, mailer, network, domains, files].map(Value::int),
    })
}

fn word_ids<'a>(mails: impl Iterator<Item = &'a Looked>) -> Vec<i64> {
    mails.flat_map(|mail| mail.words).flatten().collect()
}

/// Names that a person confirmed come first.
fn confirmed_names(database: &mut dyn Database, seen: &mut BTreeMap<i64, Seen>) -> Result<(), StoreError> {
    let ids: Vec<i64> = seen.iter().filter(|(_, seen)| seen.is_confirmed).map(|(id, _)| *id).collect();
    let question = "SELECT addresses.id, confirmed.name FROM addresses JOIN confirmed ON confirmed.address = addresses.address \
        WHERE addresses.id = {id} ORDER BY confirmed.name LIMIT 8";
    each(database, question, &[], &ids, &mut |row| {
        if let [Value::Int(id), Value::Text(name)] = row
            && let Some(seen) = seen.get_mut(id).filter(|_| !name.is_empty())
        {
            seen.contact.names.push(name.clone());
        }
    })
}

fn describe<'a>(
    seen: &mut Seen,
    mails: impl Iterator<Item = &'a Looked> + Clone,
    words: &BTreeMap<i64, String>,
) {
    let [names, ..] = count(mails.clone());
    for name in most_frequent(&names, words) {
        if !seen.contact.names.contains(&name.value) {
            seen.contact.names.push(name.value);
        }
    }
    let mails = usual(mails);
    let [_, languages, mailers, networks, domains, files] = count(mails.iter().copied());
    let habits = &mut seen.contact.habits;
    habits.mails = mails.len() as u32;
    habits.locked = mails.iter().filter(|mail| mail.has_locked).count() as u32;
    habits.links = mails.iter().filter(|mail| mail.has_link).count() as u32;
    habits.languages = most_frequent(&languages, words);
    habits.mailers = most_frequent(&mailers, words);
    habits.networks = most_frequent(&networks, words);
    habits.domains = apart(&domains, words);
    habits.files = apart(&files, words);
}

/// The mails that tell how a contact's mail comes. Once its mail is proven, what nothing proves may be a forger's and is left out, also where
/// it lies in the old archive; only where most of it still is unproven, honest mail of the contact must be among that. What is older than
/// the first proven mail counts until the proven ones are enough.
fn usual<'a>(mails: impl Iterator<Item = &'a Looked> + Clone) -> Vec<&'a Looked> {
    let proven = mails.clone().filter(|mail| mail.is_proven);
    let Some(first_at) = proven.clone().map(|mail| mail.at).min() else { return mails.collect() };
    let proven = proven.count();
    let is_late = |mail: &Looked| !mail.is_proven && mail.at >= first_at;
    if mails.clone().filter(|mail| is_late(mail)).count() > proven {
        return mails.collect();
    }
    let is_early = |mail: &Looked| mail.at < first_at && proven < PROVEN_MIN;
    mails.filter(|mail| mail.is_proven || is_early(mail)).collect()
}

fn count<'a>(mails: impl Iterator<Item = &'a Looked>) -> Counts {
    let mut counts = Counts::default();
    for mail in mails {
        for (counts, word) in counts.iter_mut().zip(mail.words) {
            if let Some(word) = word {
                *counts.entry(word).or_default() += 1;
            }
        }
    }
    counts
}

fn most_frequent(counts: &BTreeMap<i64, u32>, words: &BTreeMap<i64, String>) -> Vec<Habit> {
    let known = counts.iter().filter_map(|(id, mails)| Some((words.get(id)?.clone(), *mails)));
    first(known.collect())
}

/// As `most_frequent`, of words that are lists.
fn apart(counts: &BTreeMap<i64, u32>, words: &BTreeMap<i64, String>) -> Vec<Habit> {
    let mut each: BTreeMap<String, u32> = BTreeMap::new();
    for (id, mails) in counts {
        for word in words.get(id).into_iter().flat_map(|list| list.split(' ')) {
            *each.entry(word.to_owned()).or_default() += mails;
        }
    }
    first(each.into_iter().collect())
}

fn first(mut all: Vec<(String, u32)>) -> Vec<Habit> {
    all.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    all.into_iter().take(VALUES_MAX).map(|(value, mails)| Habit { value, mails }).collect()
}

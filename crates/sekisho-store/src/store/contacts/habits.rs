//! The newest mails of contacts → their names, threads and habits.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_facts::Habit;

use super::{LOOKED_AT_MAX, Seen, View, both};
use crate::database::Value;
use crate::store::together::{Together, ask_words};

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
    thread: i64,
    message: i64,
    has_locked: bool,
    has_link: bool,
    /// Name, language, mailer, network, domains, files.
    words: [Option<i64>; 6],
}

/// How often each word stands in each of the columns of words.
type Counts = [BTreeMap<i64, u32>; 6];

/// The newest mails of contacts, asked for in two rounds.
#[derive(Default)]
pub(super) struct Newest {
    looked: Vec<Looked>,
    words: BTreeMap<i64, String>,
    /// Names that a person confirmed.
    confirmed: BTreeMap<i64, Vec<String>>,
    /// Names of those of whom nothing is proven, with how often they were shown.
    met: BTreeMap<i64, BTreeMap<String, u32>>,
}

impl Newest {
    /// Asks for the mails that are proven, or of the old archive.
    pub(super) fn ask<'t>(&'t mut self, together: &mut Together<'t>, ids: &[i64], view: View) {
        let question =
            both(&newest(1, "<= $1", LOOKED_AT_MAX, view), &newest(0, "< $2", LOOKED_AT_MAX, view));
        together.each(question, &view.moments(), ids, |row| self.looked.extend(read(row)));
    }

    /// Asks for the words in them, for the names that were confirmed, and for those of whoever has none of these mails.
    pub(super) fn ask_words<'t>(
        &'t mut self,
        together: &mut Together<'t>,
        ids: &[i64],
        confirmed: &[i64],
        view: View,
    ) {
        let is_met = |id: &i64| !self.looked.iter().any(|mail| mail.sender == *id);
        let met: Vec<i64> = ids.iter().copied().filter(is_met).collect();
        let words: Vec<i64> = self.looked.iter().flat_map(|mail| mail.words).flatten().collect();
        ask_words(together, &words, &mut self.words);
        let question = "SELECT addresses.id, confirmed.name FROM addresses JOIN confirmed ON confirmed.address = addresses.address \
            WHERE addresses.id = {id} ORDER BY confirmed.name LIMIT 8";
        together.each(question, &[], confirmed, |row| {
            if let [Value::Int(id), Value::Text(name)] = row
                && !name.is_empty()
            {
                self.confirmed.entry(*id).or_default().push(name.clone());
            }
        });
        let question = format!(
            "SELECT newest.sender, words.word FROM ({}) AS newest JOIN words ON words.id = newest.name",
            newest(0, "<= $1", UNPROVEN_MAX, view)
        );
        together.each(question, &[Value::Int(view.until)], &met, |row| {
            if let [Value::Int(id), Value::Text(name)] = row {
                *self.met.entry(*id).or_default().entry(name.clone()).or_default() += 1;
            }
        });
    }

    /// Adds names, threads and habits. Habits come from mail that is proven, or where that lacks of the old archive: a forger's are not the
    /// contact's.
    pub(super) fn describe(mut self, all: &mut BTreeMap<i64, Seen>, view: View) {
        for mail in &self.looked {
            if let Some(seen) = all.get_mut(&mail.sender) {
                seen.note_thread(mail.is_proven, mail.at, mail.thread, view);
            }
        }
        // A mail that lies in several mailboxes counts once.
        let mut messages = BTreeSet::new();
        self.looked.retain(|mail| messages.insert((mail.sender, mail.message)));
        for (id, seen) in all {
            // Names that a person confirmed come first.
            seen.contact.names.extend(self.confirmed.remove(id).unwrap_or_default());
            describe(seen, self.looked.iter().filter(|mail| mail.sender == *id), &self.words);
            if seen.contact.names.is_empty() {
                let met = first(self.met.remove(id).unwrap_or_default().into_iter().collect());
                seen.contact.names = met.into_iter().map(|habit| habit.value).collect();
            }
        }
    }
}

/// The question for the newest mails of somebody.
fn newest(trust: i64, until: &str, most: i64, view: View) -> String {
    let here = view.in_mailbox("mailbox");
    format!(
        "SELECT {COLUMNS} FROM ways WHERE sender = {{id}} AND trust = {trust} AND at {until} {here} ORDER BY at DESC LIMIT {most}"
    )
}

fn read(row: &[Value]) -> Option<Looked> {
    let [
        Value::Int(sender),
        Value::Int(trust),
        Value::Int(at),
        Value::Int(thread),
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
        thread: *thread,
        message: *message,
        has_locked: locked.int() == Some(1),
        has_link: link.int() == Some(1),
        words: [name, language, mailer, network, domains, files].map(Value::int),
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

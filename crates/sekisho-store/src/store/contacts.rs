//! Addresses → contacts: a contact is a view over the mails in which an address stands, as of a day.
//!
//! Nothing is added up when mail is learned, so nothing has to be taken back when it is unlearned. Each kind of mail is looked at by
//! itself and the newest ones of it: however much somebody sends in a contact's name, it hides nothing of what is proven.

mod habits;

use std::collections::{BTreeMap, BTreeSet};

use sekisho_facts::{Contact, Standing};

use super::together::each;
use crate::StoreError;
use crate::database::{Database, Value};

/// Mails counted of one contact and one kind: more are said to be so many.
const COUNTED_MAX: i64 = 1_000;

/// Mails of one contact and one kind whose threads and habits are looked at: the newest ones.
const LOOKED_AT_MAX: i64 = 100;

/// Threads in which both wrote before somebody counts as known without our having written first: one is answered by mistake.
const THREADS_MIN: usize = 2;

/// Over so many days at least, where it is not an old archive: a swindler is in a hurry.
const DAYS_MIN: i64 = 14;

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// What is asked of the memory: until when, since which day it is there, and whose mailbox alone.
#[derive(Clone, Copy)]
pub(super) struct View {
    /// Mails sent until then, in seconds since 1970.
    pub(super) until: i64,
    /// The day of installation: older mail is an old archive.
    pub(super) installed: i64,
    /// One mailbox alone.
    pub(super) mailbox: Option<i64>,
}

/// What was read of one address.
#[derive(Default)]
struct Seen {
    contact: Contact,
    is_confirmed: bool,
    is_mailbox: bool,
    opened: i64,
    /// Threads in which it wrote: proven now, or in the old archive; with when.
    wrote: Threads,
    /// Threads in which we answered it.
    answered: Threads,
}

#[derive(Default)]
struct Threads {
    /// Thread → when.
    now: BTreeMap<i64, i64>,
    before: BTreeSet<i64>,
}

/// The contacts with these numbers; those never seen are left out.
pub(super) fn contacts(
    database: &mut dyn Database,
    ids: &[i64],
    view: View,
) -> Result<BTreeMap<i64, Contact>, StoreError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut seen = counted(database, ids, view)?;
    habits::look(database, &mut seen, view)?;
    answers(database, &mut seen, view)?;
    Ok(seen.into_iter().map(|(id, seen)| (id, seen.into_contact())).collect())
}

/// The day of installation.
pub(super) fn installed(database: &mut dyn Database) -> Result<i64, StoreError> {
    let day = crate::database::setting(database, crate::database::INSTALLED)?;
    Ok(day.and_then(|day| day.parse().ok()).unwrap_or(i64::MIN))
}

/// How many mails there are of each kind, and when.
fn counted(database: &mut dyn Database, ids: &[i64], view: View) -> Result<BTreeMap<i64, Seen>, StoreError> {
    let mut all = BTreeMap::new();
    each(database, &counting(view), &[Value::Int(view.until)], ids, &mut |row| {
        if let [
            Value::Int(id),
            Value::Text(address),
            Value::Int(confirmed),
            Value::Int(mailbox),
            Value::Int(unproven),
            Value::Int(proven),
            Value::Int(opened),
            Value::Int(answered),
            moments @ ..,
        ] = row
        {
            if confirmed + unproven + proven + opened + answered == 0 {
                return;
            }
            let (first_at, last_at) = span(moments);
            let contact = Contact {
                address: address.clone(),
                received: (unproven + proven) as u32,
                authenticated: *proven as u32,
                sent: (opened + answered) as u32,
                first_at,
                last_at,
                ..Contact::default()
            };
            let seen = Seen {
                contact,
                is_confirmed: *confirmed > 0,
                is_mailbox: *mailbox > 0,
                opened: *opened,
                ..Seen::default()
            };
            all.insert(*id, seen);
        }
    })?;
    Ok(all)
}

/// What is counted of one address.
fn counting(view: View) -> String {
    let here = view.in_mailbox("mailbox");
    let here_party = match view.mailbox {
        Some(_) => format!("AND mail IN (SELECT id FROM mails WHERE TRUE {here})"),
        None => String::new(),
    };
    let from = |trust: i64| format!("mails WHERE sender = {{id}} AND trust = {trust} AND at <= $1 {here}");
    let to = |role: i64| {
        format!("parties WHERE address = {{id}} AND role = {role} AND role < 3 AND at <= $1 {here_party}")
    };
    // A mail that lies in several mailboxes is one: its copies have one `message`.
    let mails = |of: &str| {
        format!(
            "(SELECT COUNT(DISTINCT message) FROM (SELECT message FROM {of} LIMIT {COUNTED_MAX}) AS counted)"
        )
    };
    let times =
        |of: &str| format!("(SELECT COUNT(*) FROM (SELECT at FROM {of} LIMIT {COUNTED_MAX}) AS counted)");
    let confirmed = "confirmed WHERE confirmed.address = addresses.address AND at <= $1";
    format!(
        "SELECT id, address, (SELECT COUNT(*) FROM {confirmed}) AS confirmed, \
         (SELECT COUNT(*) FROM (SELECT id FROM mails WHERE mailbox = {{id}} AND at <= $1 LIMIT 1) AS owned) AS mailbox, {} AS unproven, {} AS proven, {} AS opened, {} AS answered, \
         (SELECT MIN(at) FROM {}) AS first_proven, (SELECT MAX(at) FROM {}) AS last_proven, \
         (SELECT MIN(at) FROM {}) AS first_unproven, (SELECT MAX(at) FROM {}) AS last_unproven, \
         (SELECT MIN(at) FROM {}) AS first_opened, (SELECT MAX(at) FROM {}) AS last_opened, \
         (SELECT MIN(at) FROM {}) AS first_answered, (SELECT MAX(at) FROM {}) AS last_answered FROM addresses WHERE id = {{id}}",
        mails(&from(0)),
        mails(&from(1)),
        times(&to(1)),
        times(&to(2)),
        from(1),
        from(1),
        from(0),
        from(0),
        to(1),
        to(1),
        to(2),
        to(2),
    )
}

/// The first and the last moment: of what is proven, of what is not proven (which says what its sender likes), of what we wrote.
fn span(moments: &[Value]) -> (i64, i64) {
    let at = |place: usize| moments.get(place).and_then(Value::int);
    let first = [at(0), at(4), at(6)].into_iter().flatten().min().or(at(2));
    let last = [at(1), at(5), at(7)].into_iter().flatten().max().or(at(3));
    (first.unwrap_or_default(), last.unwrap_or_default())
}

/// The threads in which we answered those to whom we did not write of our own accord.
fn answers(
    database: &mut dyn Database,
    seen: &mut BTreeMap<i64, Seen>,
    view: View,
) -> Result<(), StoreError> {
    let ids: Vec<i64> = seen
        .iter()
        .filter(|(_, seen)| seen.opened == 0 && seen.contact.sent > 0)
        .map(|(id, _)| *id)
        .collect();
    let newest = |until: &str| {
        format!(
            "SELECT parties.address, mails.thread, parties.at FROM parties JOIN mails ON mails.id = parties.mail \
             WHERE parties.address = {{id}} AND parties.role = 2 AND parties.role < 3 AND parties.at {until} {} \
             ORDER BY parties.at DESC LIMIT {LOOKED_AT_MAX}",
            view.in_mailbox("mails.mailbox")
        )
    };
    for (until, moment) in [("<= $1", view.until), ("< $1", view.installed.min(view.until))] {
        each(database, &newest(until), &[Value::Int(moment)], &ids, &mut |row| {
            if let [Value::Int(id), Value::Int(thread), Value::Int(at)] = row
                && let Some(seen) = seen.get_mut(id)
            {
                seen.answered.now.insert(*thread, *at);
                if view.is_archive(*at) {
                    seen.answered.before.insert(*thread);
                }
            }
        })?;
    }
    Ok(())
}

impl View {
    /// Whether a mail of that moment is of the old archive: there before the memory was.
    pub(super) fn is_archive(&self, at: i64) -> bool {
        at < self.installed
    }

    /// A condition on a column of mailboxes. The number is ours: a keyed hash.
    fn in_mailbox(&self, column: &str) -> String {
        self.mailbox.map_or_else(String::new, |mailbox| format!("AND {column} = {mailbox}"))
    }
}

impl Seen {
    fn into_contact(self) -> Contact {
        let standing = self.standing();
        Contact { standing, ..self.contact }
    }

    /// Design, section 6: trust is learned from our own mail and from authenticated mail; an old archive proves nothing, so there both must
    /// have written in several threads. That somebody wrote, however often, is no ground, nor is a single answer of ours.
    fn standing(&self) -> Standing {
        if self.is_confirmed {
            return Standing::Confirmed;
        }
        // The owner of a mailbox is one of ours.
        if self.opened > 0 || self.is_mailbox {
            return Standing::Known;
        }
        let both: Vec<i64> = self
            .answered
            .now
            .iter()
            .filter(|(thread, _)| self.wrote.now.contains_key(*thread))
            .map(|(_, at)| *at)
            .collect();
        let days =
            both.iter().max().zip(both.iter().min()).map_or(0, |(last, first)| (last - first) / DAY_SECONDS);
        if both.len() >= THREADS_MIN && days >= DAYS_MIN {
            return Standing::Known;
        }
        let old = self.answered.before.intersection(&self.wrote.before).count();
        match (old >= THREADS_MIN, both.is_empty() && old == 0) {
            (true, _) => Standing::Historic,
            (false, true) => Standing::Met,
            (false, false) => Standing::Answered,
        }
    }
}

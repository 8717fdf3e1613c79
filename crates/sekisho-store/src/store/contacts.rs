//! Addresses → contacts: a contact is a view over the mails in which an address stands, as of a day.
//!
//! Nothing is added up when mail is learned, so nothing has to be taken back when it is unlearned. Each kind of mail is looked at by
//! itself and the newest ones of it: however much somebody sends in a contact's name, it hides nothing of what is proven.

mod habits;

use std::collections::{BTreeMap, BTreeSet};

use sekisho_facts::{Contact, Standing};

use super::together::{Together, at_once};
use crate::StoreError;
use crate::database::{Database, Value};
use habits::Newest;

/// Mails counted of one contact and one kind: more are said to be so many.
pub const COUNTED_MAX: u32 = 1_000;

/// Rows read for that: a mail to several of us lies in several mailboxes.
const ROWS_MAX: u32 = 4 * COUNTED_MAX;

/// The same of those who are asked about beside the sender: enough to tell how well we know somebody.
const COUNTED_BESIDE_MAX: i64 = 100;

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
    /// Whether we wrote there before anything came from there.
    is_first_written: bool,
    is_opened: bool,
    is_answered: bool,
    /// Threads in which it wrote: proven now, or in the old archive; with when.
    wrote: Threads,
    /// Threads in which we answered it.
    answered: Threads,
    /// Threads that we began, though it had written before.
    opened: Threads,
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
    let mut counted = Counted::default();
    at_once(database, |round| counted.ask(round, ids, view))?;
    at_once(database, |round| counted.ask_more(round, view))?;
    Ok(counted.contacts(view))
}

/// Addresses whose mails were counted, with their habits: asked for in two rounds.
#[derive(Default)]
pub(super) struct Counted {
    seen: BTreeMap<i64, Seen>,
    newest: Newest,
    exchanged: Exchanged,
}

impl Counted {
    /// Asks how many mails there are of each kind, and when; and for the newest.
    pub(super) fn ask<'t>(&'t mut self, together: &mut Together<'t>, ids: &[i64], view: View) {
        let seen = &mut self.seen;
        together.each(counting(view), &[Value::Int(view.until)], ids, |row| seen.extend(counted(row)));
        self.newest.ask(together, ids, view);
    }

    /// Asks for the words of these, and for the threads in which we wrote.
    pub(super) fn ask_more<'t>(&'t mut self, together: &mut Together<'t>, view: View) {
        let ids: Vec<i64> = self.seen.keys().copied().collect();
        let confirmed = self.seen.iter().filter(|(_, seen)| seen.is_confirmed).map(|(id, _)| *id);
        self.newest.ask_words(together, &ids, &confirmed.collect::<Vec<i64>>(), view);
        ask_answers(together, &known_by_threads(&self.seen), view, &mut self.exchanged.answers);
    }

    /// The contacts that they are.
    pub(super) fn contacts(mut self, view: View) -> BTreeMap<i64, Contact> {
        self.newest.describe(&mut self.seen, view);
        self.exchanged.note(&mut self.seen, view);
        self.seen.into_iter().map(|(id, seen)| (id, seen.into_contact())).collect()
    }
}

/// Contacts as far as verdicts ask about others than the sender. They have no names and no habits.
#[derive(Default)]
pub(super) struct Acquaintances {
    seen: BTreeMap<i64, Seen>,
    exchanged: Exchanged,
}

impl Acquaintances {
    /// Asks for addresses and standings.
    pub(super) fn ask<'t>(&'t mut self, together: &mut Together<'t>, ids: &[i64], view: View) {
        self.ask_with(together, "", ids, view);
    }

    /// Asks for how often we wrote, the first and the last mail, too.
    pub(super) fn ask_with_dates<'t>(&'t mut self, together: &mut Together<'t>, ids: &[i64], view: View) {
        self.ask_with(together, &dates(), ids, view);
    }

    fn ask_with<'t>(&'t mut self, together: &mut Together<'t>, more: &str, ids: &[i64], view: View) {
        let seen = &mut self.seen;
        together.each(standing_with(more), &[Value::Int(view.until)], ids, |row| seen.extend(standing(row)));
    }

    /// Asks for the threads of those whose standing they tell: in the next round.
    pub(super) fn ask_threads<'t>(&'t mut self, together: &mut Together<'t>, view: View) {
        let ids = known_by_threads(&self.seen);
        ask_wrote(together, &ids, view, &mut self.exchanged.wrote);
        ask_answers(together, &ids, view, &mut self.exchanged.answers);
    }

    /// The addresses of everybody asked for.
    pub(super) fn addresses(&self) -> BTreeMap<i64, String> {
        self.seen.iter().map(|(id, seen)| (*id, seen.contact.address.clone())).collect()
    }

    /// Everybody asked for; addresses never seen are among them, as only met.
    pub(super) fn contacts(mut self, view: View) -> BTreeMap<i64, Contact> {
        self.exchanged.note(&mut self.seen, view);
        self.seen.into_iter().map(|(id, seen)| (id, seen.into_contact())).collect()
    }
}

/// When the first and the last mail of each kind were sent, as in `span`, and how often we wrote.
fn dates() -> String {
    let from = |of: &str, trust: i64| {
        format!("(SELECT {of}(at) FROM ways WHERE sender = addresses.id AND trust = {trust} AND at <= $1)")
    };
    let to = |role: i64| {
        format!("parties WHERE address = addresses.id AND role = {role} AND role < 3 AND at <= $1")
    };
    let last = |role: i64| format!("(SELECT MAX(at) FROM {})", to(role));
    let count = |role: i64| {
        format!("(SELECT COUNT(*) FROM (SELECT at FROM {} LIMIT {COUNTED_BESIDE_MAX}) AS counted)", to(role))
    };
    format!(
        ", {} AS first_proven, {} AS last_proven, {} AS first_unproven, {} AS last_unproven, {} AS last_opened, {} AS last_answered, \
         {} AS opened, {} AS answered",
        from("MIN", 1),
        from("MAX", 1),
        from("MIN", 0),
        from("MAX", 0),
        last(1),
        last(2),
        count(1),
        count(2),
    )
}

/// Whether a person confirmed an address: only of those who are ranked so.
const CONFIRMED: &str = "CASE WHEN rank < 2 THEN (SELECT COUNT(*) FROM confirmed WHERE confirmed.address = addresses.address AND at <= $1) ELSE 0 END";

/// Whether we wrote to an address before anything came from it, whatever that was: whoever writes first is not chosen by us.
const FIRST_WRITTEN: &str = "CASE WHEN opened <= $1 AND (came IS NULL OR came >= opened) THEN 1 ELSE 0 END";

/// The question for the standings of a list of addresses, and more of them.
fn standing_with(more: &str) -> String {
    format!(
        "SELECT id, address, {CONFIRMED} AS is_confirmed, CASE WHEN owned <= $1 THEN 1 ELSE 0 END AS is_mailbox, \
         {FIRST_WRITTEN} AS is_first_written, CASE WHEN opened <= $1 THEN opened END AS first_opened, CASE WHEN answered <= $1 THEN answered END AS first_answered{more} \
         FROM addresses WHERE id = {{id}}"
    )
}

fn standing(row: &[Value]) -> Option<(i64, Seen)> {
    let [Value::Int(id), Value::Text(address), confirmed, mailbox, first, opened, answered, dates @ ..] = row
    else {
        return None;
    };
    let mut contact = Contact { address: address.clone(), ..Contact::default() };
    if let [from @ .., last_opened, last_answered, Value::Int(opens), Value::Int(answers)] = dates {
        let to = [opened, last_opened, answered, last_answered];
        let moments: Vec<Value> = from.iter().chain(to).cloned().collect();
        (contact.first_at, contact.last_at) = span(&moments);
        contact.sent = (opens + answers) as u32;
    }
    let seen = Seen {
        contact,
        is_confirmed: confirmed.int() > Some(0),
        is_mailbox: mailbox.int() > Some(0),
        is_first_written: first.int() > Some(0),
        is_opened: opened.int().is_some(),
        is_answered: answered.int().is_some(),
        ..Seen::default()
    };
    Some((*id, seen))
}

/// Those of whom only the threads in which we wrote to them say whether they are known.
fn known_by_threads(all: &BTreeMap<i64, Seen>) -> Vec<i64> {
    let asks = |seen: &Seen| {
        let is_known = seen.is_first_written || seen.is_confirmed || seen.is_mailbox;
        (seen.is_answered || seen.is_opened) && !is_known
    };
    all.iter().filter(|(_, seen)| asks(seen)).map(|(id, _)| *id).collect()
}

/// One question in the place of two that have the same columns.
pub(super) fn both(one: &str, other: &str) -> String {
    format!("SELECT * FROM ({one}) AS one UNION ALL SELECT * FROM ({other}) AS other")
}

/// The day of installation.
pub(super) fn installed(database: &mut dyn Database) -> Result<i64, StoreError> {
    let day = crate::database::setting(database, crate::database::INSTALLED)?;
    Ok(day.and_then(|day| day.parse().ok()).unwrap_or(i64::MIN))
}

/// One who was seen.
fn counted(row: &[Value]) -> Option<(i64, Seen)> {
    let [
        Value::Int(id),
        Value::Text(address),
        Value::Int(confirmed),
        Value::Int(mailbox),
        Value::Int(first),
        Value::Int(received),
        Value::Int(proven),
        Value::Int(opened),
        Value::Int(answered),
        moments @ ..,
    ] = row
    else {
        return None;
    };
    if confirmed + received + opened + answered == 0 {
        return None;
    }
    let (first_at, last_at) = span(moments);
    let contact = Contact {
        address: address.clone(),
        received: (*received as u32).min(COUNTED_MAX),
        authenticated: (*proven as u32).min(COUNTED_MAX),
        sent: (opened + answered) as u32,
        first_at,
        last_at,
        ..Contact::default()
    };
    let seen = Seen {
        contact,
        is_confirmed: *confirmed > 0,
        is_mailbox: *mailbox > 0,
        is_first_written: *first > 0,
        is_opened: *opened > 0,
        is_answered: *answered > 0,
        ..Seen::default()
    };
    Some((*id, seen))
}

/// What is counted of one address.
fn counting(view: View) -> String {
    let here = view.in_mailbox("mailbox");
    let here_party = match view.mailbox {
        Some(_) => format!("AND mail IN (SELECT id FROM mails WHERE TRUE {here})"),
        None => String::new(),
    };
    let from = |trust: i64| format!("ways WHERE sender = {{id}} AND trust = {trust} AND at <= $1 {here}");
    let to = |role: i64| {
        format!("parties WHERE address = {{id}} AND role = {role} AND role < 3 AND at <= $1 {here_party}")
    };
    // A mail that lies in several mailboxes is one: its copies have one `message`, whichever of them is proven.
    let some =
        |of: &str| format!("SELECT * FROM (SELECT message, trust FROM {of} LIMIT {ROWS_MAX}) AS copies");
    let mails = format!(
        "(SELECT COUNT(DISTINCT message) AS received, COUNT(DISTINCT CASE WHEN trust = 1 THEN message END) AS proven \
         FROM ({} UNION ALL {}) AS counted) AS written",
        some(&from(1)),
        some(&from(0))
    );
    let times =
        |of: &str| format!("(SELECT COUNT(*) FROM (SELECT at FROM {of} LIMIT {COUNTED_MAX}) AS counted)");
    format!(
        "SELECT id, address, {CONFIRMED} AS confirmed, CASE WHEN owned <= $1 THEN 1 ELSE 0 END AS mailbox, \
         {FIRST_WRITTEN} AS is_first_written, received, proven, {} AS opened, {} AS answered, \
         (SELECT MIN(at) FROM {}) AS first_proven, (SELECT MAX(at) FROM {}) AS last_proven, \
         (SELECT MIN(at) FROM {}) AS first_unproven, (SELECT MAX(at) FROM {}) AS last_unproven, \
         (SELECT MIN(at) FROM {}) AS first_opened, (SELECT MAX(at) FROM {}) AS last_opened, \
         (SELECT MIN(at) FROM {}) AS first_answered, (SELECT MAX(at) FROM {}) AS last_answered FROM {mails}, addresses WHERE id = {{id}}",
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

/// The threads in which somebody and we wrote.
#[derive(Default)]
struct Exchanged {
    /// Who, trust, thread and moment of their mails.
    wrote: Vec<[i64; 4]>,
    /// To whom, role, thread and moment of ours.
    answers: Vec<[i64; 4]>,
}

/// Asks for the threads in which these wrote.
fn ask_wrote<'t>(together: &mut Together<'t>, ids: &[i64], view: View, wrote: &'t mut Vec<[i64; 4]>) {
    let newest = |trust: i64, until: &str| {
        format!(
            "SELECT sender, trust, thread, at FROM ways WHERE sender = {{id}} AND trust = {trust} AND at {until} \
             ORDER BY at DESC LIMIT {LOOKED_AT_MAX}"
        )
    };
    let question = both(&newest(1, "<= $1"), &newest(0, "< $2"));
    together.each(question, &view.moments(), ids, |row| wrote.extend(numbers(row)));
}

/// Asks for the threads in which we wrote to those who had written before.
fn ask_answers<'t>(together: &mut Together<'t>, ids: &[i64], view: View, answers: &'t mut Vec<[i64; 4]>) {
    let here = match view.mailbox {
        Some(_) => format!("AND mail IN (SELECT id FROM mails WHERE TRUE {})", view.in_mailbox("mailbox")),
        None => String::new(),
    };
    let newest = |role: i64, until: &str| {
        format!(
            "SELECT address, role, thread, at FROM parties WHERE address = {{id}} AND role = {role} AND role < 3 AND at {until} {here} \
             ORDER BY at DESC LIMIT {LOOKED_AT_MAX}"
        )
    };
    let of = |role: i64| both(&newest(role, "<= $1"), &newest(role, "< $2"));
    together.each(both(&of(1), &of(2)), &view.moments(), ids, |row| answers.extend(numbers(row)));
}

fn numbers(row: &[Value]) -> Option<[i64; 4]> {
    let [Value::Int(who), Value::Int(kind), Value::Int(thread), Value::Int(at)] = row else { return None };
    Some([*who, *kind, *thread, *at])
}

impl Exchanged {
    /// Notes them with those who wrote and were written to.
    fn note(self, all: &mut BTreeMap<i64, Seen>, view: View) {
        for [sender, trust, thread, at] in self.wrote {
            if let Some(seen) = all.get_mut(&sender) {
                seen.note_thread(trust == 1, at, thread, view);
            }
        }
        for [address, role, thread, at] in self.answers {
            if let Some(seen) = all.get_mut(&address) {
                let threads = if role == 1 { &mut seen.opened } else { &mut seen.answered };
                threads.now.insert(thread, at);
                if view.is_archive(at) {
                    threads.before.insert(thread);
                }
            }
        }
    }
}

impl View {
    /// Whether a mail of that moment is of the old archive: there before the memory was.
    pub(super) fn is_archive(&self, at: i64) -> bool {
        at < self.installed
    }

    /// Until when, and until when of the old archive.
    fn moments(&self) -> [Value; 2] {
        [Value::Int(self.until), Value::Int(self.installed.min(self.until))]
    }

    /// A condition on a column of mailboxes. The number is ours: a keyed hash.
    fn in_mailbox(&self, column: &str) -> String {
        self.mailbox.map_or_else(String::new, |mailbox| format!("AND {column} = {mailbox}"))
    }
}

impl Seen {
    /// Notes a thread in which it wrote.
    fn note_thread(&mut self, is_proven: bool, at: i64, thread: i64, view: View) {
        if is_proven {
            self.wrote.now.insert(thread, at);
        }
        if view.is_archive(at) {
            self.wrote.before.insert(thread);
        }
    }

    fn into_contact(self) -> Contact {
        let standing = self.standing();
        Contact { standing, ..self.contact }
    }

    /// Design, section 6: trust is learned from our own mail and from authenticated mail; an old archive proves nothing, so there both must
    /// have written in several threads. That somebody wrote, however often, is no ground, nor is a single answer of ours; and after they wrote
    /// first, a mail that names no other may be one.
    fn standing(&self) -> Standing {
        if self.is_confirmed {
            return Standing::Confirmed;
        }
        // The owner of a mailbox is one of ours.
        if self.is_first_written || self.is_mailbox {
            return Standing::Known;
        }
        let is_theirs = |thread: &i64| self.wrote.now.contains_key(thread);
        let answered = self.answered.now.iter().filter(|(thread, _)| is_theirs(thread));
        let both: Vec<i64> = answered.chain(&self.opened.now).map(|(_, at)| *at).collect();
        let days =
            both.iter().max().zip(both.iter().min()).map_or(0, |(last, first)| (last - first) / DAY_SECONDS);
        if both.len() >= THREADS_MIN && days >= DAYS_MIN {
            return Standing::Known;
        }
        let old = self
            .answered
            .before
            .union(&self.opened.before)
            .filter(|thread| self.wrote.before.contains(*thread))
            .count();
        match (old >= THREADS_MIN, both.is_empty() && old == 0) {
            (true, _) => Standing::Historic,
            (false, true) => Standing::Met,
            (false, false) => Standing::Answered,
        }
    }
}

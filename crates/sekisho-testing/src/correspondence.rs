//! A seed → a year of the correspondence of みどり設計事務所: the first part to learn from, the later part to judge.
//!
//! Some sixty partner organisations, threads of several turns, newsletters, a mailing list, a help desk; and in the later part people who
//! are new and have every right to be. The texts under `texts/correspondence/` were written without regard to any check; they are put
//! together of several hundred blocks with choices and slots, so that hardly a sentence stands there twice.

pub(crate) mod grammar;
pub(crate) mod letter;
mod newcomers;
pub(crate) mod people;
pub(crate) mod post;
mod systems;
pub(crate) mod thread;

pub use newcomers::Newcomer;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};

use crate::generate::slots::business_day;
use crate::generate::world::Party;
use crate::{Person, Rng, organisation};
use grammar::{Begun, Pen, Topic, topics};
use letter::Letter;
use people::{Circle, Organisation};
use post::seconds;
use thread::{Cast, Thread};

/// How much is written.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Threads in the year.
    pub threads: usize,
    /// People who are new in the later part.
    pub newcomers: usize,
    /// Newsletters and notices in the year.
    pub services: usize,
    /// Threads of the mailing list, and tickets, in the year.
    pub systems: usize,
}

/// A year of mail, in order of time.
#[derive(Debug)]
pub struct Correspondence {
    /// What is learned.
    pub first: Vec<Posted>,
    /// What comes later, harmless all of it.
    pub later: Vec<Posted>,
    pub(crate) circle: Circle,
}

/// One mail as our server keeps it.
#[derive(Debug, Clone)]
pub struct Posted {
    /// When it was sent, in seconds since 1970.
    pub at: i64,
    /// What it is.
    pub kind: Kind,
    /// The mailboxes of ours that have it.
    pub mailboxes: Vec<String>,
    pub(crate) content: Content,
}

#[derive(Debug, Clone)]
pub(crate) enum Content {
    Letter(Box<Letter>),
    Raw(Vec<u8>),
}

/// What a mail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// In a thread between us and a partner that began before the later part.
    Continued,
    /// In a thread of a partner that is new.
    NewThread,
    /// Between our own people.
    Internal,
    /// Of ours to the outside; never judged.
    Outgoing,
    /// Of an organisation that writes for the first time.
    FirstContact,
    /// A partner announces an address, a successor or somebody who joins.
    Announcement,
    /// A newsletter of a service.
    Newsletter,
    /// A notice of a service or system.
    Notification,
    /// Through the mailing list.
    MailingList,
    /// Of a help desk, from an address of the ticket.
    Ticket,
    /// By the machine of somebody absent.
    AutoReply,
    /// Somebody new quotes us and attaches something.
    Newcomer(Newcomer),
}

impl Kind {
    /// In a table.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Continued => "thread continued",
            Kind::NewThread => "new thread of a partner",
            Kind::Internal => "between our own people",
            Kind::Outgoing => "outgoing",
            Kind::FirstContact => "first contact, nothing quoted",
            Kind::Announcement => "announcement of a partner",
            Kind::Newsletter => "newsletter",
            Kind::Notification => "notification",
            Kind::MailingList => "mailing list",
            Kind::Ticket => "ticket system",
            Kind::AutoReply => "automatic reply",
            Kind::Newcomer(kind) => kind.label(),
        }
    }
}

impl Posted {
    /// The raw message, lines ending in CRLF; the same each time.
    pub fn bytes(&self) -> Vec<u8> {
        match &self.content {
            Content::Letter(letter) => post::bytes(letter),
            Content::Raw(bytes) => bytes.clone(),
        }
    }

    /// Whether one of ours wrote it.
    pub fn is_outgoing(&self) -> bool {
        self.kind == Kind::Outgoing
    }

    pub(crate) fn letter(letter: Letter, kind: Kind) -> Self {
        let mut mailboxes: Vec<String> = Vec::new();
        for party in letter.parties().filter(|party| party.domain() == OWN_DOMAIN) {
            if !mailboxes.contains(&party.address) {
                mailboxes.push(party.address.clone());
            }
        }
        Self { at: seconds(letter.date), kind, mailboxes, content: Content::Letter(Box::new(letter)) }
    }

    /// The letter, where it is one.
    pub(crate) fn as_letter(&self) -> Option<&Letter> {
        match &self.content {
            Content::Letter(letter) => Some(letter),
            Content::Raw(_) => None,
        }
    }
}

/// The year of the correspondence of `seed`.
pub fn correspondence(seed: u64, size: Size) -> Correspondence {
    correspondence_of(organisation().people, seed, size)
}

/// The year of the correspondence of `seed`, in an office where these people work.
pub fn correspondence_of(ours: &[Person], seed: u64, size: Size) -> Correspondence {
    let mut circle = Circle::new(seed, ours);
    let mut rng = Rng::stream(seed, u64::MAX - 3);
    let projects = projects(&mut rng, size.threads / 30 + 12);
    let mut all: Vec<Posted> = Vec::new();
    let mut threads = Vec::new();
    for number in 0..size.threads {
        let rng = Rng::stream(seed, number as u64);
        threads.push(thread(&mut circle, rng, &projects));
    }
    for thread in &threads {
        let began = thread.letters.first().map_or(BEGIN.at(0, 0, 0, 0), |letter| letter.date);
        all.extend(thread.letters.iter().map(|letter| posted(letter, thread, began)));
    }
    for (at, letter) in threads.iter().flat_map(|thread| &thread.letters).enumerate() {
        let is_to_partner =
            letter.from.domain() == OWN_DOMAIN && letter.to.iter().all(|to| to.domain() != OWN_DOMAIN);
        if is_to_partner && at % 61 == 0 {
            let proof =
                letter.to.first().and_then(|to| circle.partners.iter().find(|one| one.domain == to.domain()));
            let proof = proof.map_or(people::Proof::Nothing, |one| one.proof);
            all.extend(systems::away(Rng::stream(seed, 500_000 + at as u64), letter, proof));
        }
    }
    all.extend(machines(&mut circle, &mut rng, seed, size));
    all.extend(new_people(&mut circle, seed, size, &threads));
    all.retain(|posted| posted.at < seconds(END.at(0, 0, 0, 0)));
    all.sort_by_key(|posted| posted.at);
    let split = seconds(SPLIT.at(0, 0, 0, 0));
    let at = all.partition_point(|posted| posted.at < split);
    let later = all.split_off(at);
    Correspondence { first: all, later, circle }
}

/// When the year begins, when the later part begins, and when the year ends.
pub const BEGIN: Date = date(2025, 11, 4);
/// The first day of the later part.
pub const SPLIT: Date = date(2026, 8, 1);
/// The day after the last.
pub const END: Date = date(2026, 11, 21);

const OWN_DOMAIN: &str = "midori.example";

fn posted(letter: &Letter, thread: &Thread, began: DateTime) -> Posted {
    let is_first_contact =
        thread.cast.organisation.as_ref().is_some_and(|one| one.regular == [usize::MAX; 2]);
    let kind = if thread.cast.organisation.is_none() {
        Kind::Internal
    } else if letter.from.domain() == OWN_DOMAIN {
        Kind::Outgoing
    } else if is_first_contact {
        Kind::FirstContact
    } else if began.date() < SPLIT {
        Kind::Continued
    } else {
        Kind::NewThread
    };
    Posted::letter(letter.clone(), kind)
}

fn thread(circle: &mut Circle, mut rng: Rng, projects: &[String]) -> Thread {
    let start = moment(&mut rng, BEGIN, END);
    // Earlier projects end as later ones begin.
    let progress = (start.date() - BEGIN).get_days() as usize * projects.len() / 385;
    let near = progress.saturating_sub(4).min(projects.len() - 1);
    let project = projects[(near + rng.below(8)).min(projects.len() - 1)].clone();
    if rng.chance(3) {
        return first_contact(circle, rng, &project, start);
    }
    let cast = cast(circle, &mut rng);
    let is_internal = cast.organisation.is_none();
    let is_english = cast.organisation.as_ref().is_some_and(|one| one.is_english);
    let fitting: Vec<&'static Topic> = topics()
        .iter()
        .filter(|topic| (topic.begun == Begun::Internal) == is_internal && topic.is_english() == is_english)
        .collect();
    let topic = *rng.pick(&fitting);
    let ours_begin = match topic.begun {
        Begun::Ours | Begun::Internal => true,
        Begun::Theirs => false,
        Begun::Either => rng.chance(50),
    };
    Thread::written(topic, cast, &project, rng, start, ours_begin)
}

fn cast(circle: &Circle, rng: &mut Rng) -> Cast {
    if rng.chance(14) {
        let ours = rng.pick(&circle.own).clone();
        let others: Vec<&Party> = circle.own.iter().filter(|person| person.address != ours.address).collect();
        let theirs = (*rng.pick(&others)).clone();
        return Cast { ours, theirs, copies: Vec::new(), organisation: None, further: Vec::new() };
    }
    // Some partners write far more than others.
    let count = circle.partners.len();
    let partner = &circle.partners[rng.below(count).min(rng.below(count))];
    let ours = match rng.below(20) {
        0..=11 => &circle.own[partner.regular[0]],
        12..=16 => &circle.own[partner.regular[1]],
        _ => rng.pick(&circle.own),
    };
    let members = partner.people.len();
    let theirs = &partner.people[rng.below(members).min(rng.below(members))];
    let mut copies = Vec::new();
    if rng.chance(30) {
        copies.push(rng.pick(&circle.own).clone());
    }
    if rng.chance(25) {
        copies.push(rng.pick(&partner.people).clone());
    }
    let mut further = Vec::new();
    if rng.chance(7) {
        let other = rng.pick(&circle.partners).clone();
        if other.domain != partner.domain && other.is_english == partner.is_english {
            copies.extend(other.people.first().cloned());
            further.push(other);
        }
    }
    copies.retain(|copy| copy.address != ours.address && copy.address != theirs.address);
    Cast { ours: ours.clone(), theirs: theirs.clone(), copies, organisation: Some(partner.clone()), further }
}

/// An organisation that nobody knows writes to us, and we may answer.
fn first_contact(circle: &mut Circle, mut rng: Rng, project: &str, start: DateTime) -> Thread {
    let organisation = Organisation { regular: [usize::MAX; 2], ..circle.organisation(1) };
    let theirs = organisation.people.first().cloned().unwrap_or_else(|| circle.own[0].clone());
    let ours = rng.pick(&circle.own).clone();
    let mut pen = Pen::new(Rng::new(rng.draw()), start);
    pen.bind("project", project);
    pen.bind("company", &organisation.name);
    pen.bind("sender", &theirs.surname);
    pen.bind("trade2", rng.pick::<&str>(grammar::words("trades")));
    let sentences = [pen.one_of("cold"), pen.one_of("cold_matter")];
    let matter = thread::laid_out(&sentences, theirs.taste, false);
    let mut letter = systems::plain(&mut rng, &theirs, &ours, start, &matter);
    letter.subject = pen.fill("<ご挨拶|はじめまして|{trade2}のご案内>（{company}）");
    letter.proof = organisation.proof;
    if rng.chance(60) {
        letter.files.push(pen.fill("<会社案内|施工例|カタログ{digits4}>.pdf"));
    }
    let cast =
        Cast { ours, theirs, copies: Vec::new(), organisation: Some(organisation), further: Vec::new() };
    Thread { topic: &topics()[0], cast, pen, letters: vec![letter] }
}

fn machines(circle: &mut Circle, rng: &mut Rng, seed: u64, size: Size) -> Vec<Posted> {
    let days: Vec<DateTime> = (0..size.services).map(|_| moment(rng, BEGIN, END)).collect();
    let mut all = systems::services(seed, &days);
    let list = systems::List::new(circle, rng);
    let desks: Vec<Organisation> =
        circle.partners.iter().filter(|one| !one.is_english).skip(3).step_by(19).cloned().collect();
    for number in 0..size.systems {
        let start = moment(rng, BEGIN, END);
        all.extend(list.thread(Rng::stream(seed, 800_000 + number as u64), start));
        let start = moment(rng, BEGIN, END);
        let at = rng.below(desks.len());
        let rng = Rng::stream(seed, 900_000 + number as u64);
        all.extend(systems::tickets(rng, circle, (at, &desks[at]), start));
    }
    all
}

/// People who are new in the later part, evenly of each kind.
fn new_people(circle: &mut Circle, seed: u64, size: Size, threads: &[Thread]) -> Vec<Posted> {
    let from = SPLIT;
    let until = END.saturating_sub(12.days());
    let fitting: Vec<&Thread> = threads
        .iter()
        .filter(|thread| {
            let last = thread.letters.last().map(|letter| letter.date.date());
            let is_talk = thread.letters.iter().any(|letter| letter.from.domain() == OWN_DOMAIN);
            let is_work = !["small-talk", "events", "recruiting"].contains(&thread.topic.name);
            thread.cast.organisation.is_some()
                && is_work
                && is_talk
                && last.is_some_and(|last| last >= from && last < until)
        })
        .collect();
    // Each thread brings in one newcomer as long as there are threads enough, and nobody changes jobs twice in a season.
    let mut order: Vec<usize> = (0..fitting.len()).collect();
    Rng::stream(seed, 599_999).shuffle(&mut order);
    let mut moved: Vec<&str> = Vec::new();
    let mut all = Vec::new();
    for number in 0..size.newcomers {
        let rng = Rng::stream(seed, 600_000 + number as u64);
        let Some(thread) = order.get(number % order.len().max(1)).and_then(|at| fitting.get(*at)) else {
            break;
        };
        let mut kind = Newcomer::ALL[number % Newcomer::ALL.len()];
        let theirs = thread.cast.theirs.address.as_str();
        if kind == Newcomer::Moved && moved.contains(&theirs) {
            kind = Newcomer::Colleague;
        } else if kind == Newcomer::Moved {
            moved.push(theirs);
        }
        all.extend(newcomers::newcomer(circle, kind, thread, rng).into_iter().flatten());
    }
    all
}

fn projects(rng: &mut Rng, count: usize) -> Vec<String> {
    let mut pen = Pen::new(Rng::new(rng.draw()), BEGIN.at(9, 0, 0, 0));
    (0..count)
        .map(|_| {
            let template =
                if pen.rng.chance(45) { "{surname}様邸{work}" } else { "{town}{facility}{work}" };
            // Each project has its own words.
            pen = Pen::new(Rng::new(pen.rng.draw()), BEGIN.at(9, 0, 0, 0));
            pen.fill(template)
        })
        .collect()
}

/// A moment of business between two days.
fn moment(rng: &mut Rng, from: Date, until: Date) -> DateTime {
    let days = (until - from).get_days() as usize;
    let day = business_day(from.saturating_add((rng.below(days) as i64).days()));
    day.at(rng.between(8, 18) as i8, rng.below(60) as i8, rng.below(60) as i8, 0)
}

#[cfg(test)]
mod tests;

//! Folders of mails → how well quotations of earlier mails are found, and what strangers share: `quotations FOLDER…`.
//!
//! Mails are taken in the order of their dates: what a mail quotes is looked for in all before it, then its own text is remembered. It is
//! the measure by which grams, window and thresholds are chosen; the memory is a table here, so that nothing but the method counts.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "an experiment on files that are there")]

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use sekisho_mail::{Limits, Message, Request};
use sekisho_store::{Letters, Secret, Shared, fingerprints, runs};

/// Weights that divide quotations into classes, in tenths of a Latin letter.
const CLASSES: [u32; 5] = [200, 400, 600, 1_200, 3_000];
/// Places kept of one fingerprint.
const PLACES_MAX: usize = 16;
/// Examples shown of what strangers share.
const SHOWN: usize = 15;

fn main() {
    let mut paths = Vec::new();
    std::env::args().skip(1).for_each(|folder| walk(Path::new(&folder), &mut paths));
    let limits = Limits::default();
    let read = |path: &PathBuf| Request::new(&limits).read(&std::fs::read(path).unwrap());
    let mut mails: Vec<Message> = paths.iter().map(read).collect();
    mails.sort_by_key(|mail| mail.date.as_ref().map_or(0, |date| date.unix_seconds));
    let mut memory = Memory::new();
    mails.iter().for_each(|mail| memory.meet(mail));
    memory.print();
}

/// Everything met so far.
struct Memory {
    secret: Secret,
    places: HashMap<u64, Vec<(u64, u32)>>,
    by_id: HashMap<String, u64>,
    parties: Vec<HashSet<String>>,
    subjects: Vec<String>,
    quotations: [Found; CLASSES.len() + 1],
    strangers: Vec<Stranger>,
}

/// Quotations of one class.
#[derive(Clone, Copy, Default)]
struct Found {
    all: u32,
    in_thread: u32,
    half_in_thread: u32,
    anywhere: u32,
}

/// A text shared with somebody whom its writer never met.
struct Stranger {
    run: u32,
    whole: u32,
    is_in_thread: bool,
    subjects: String,
}

impl Memory {
    fn new() -> Self {
        Self {
            secret: Secret::from_bytes([3; 32]),
            places: HashMap::new(),
            by_id: HashMap::new(),
            parties: Vec::new(),
            subjects: Vec::new(),
            quotations: Default::default(),
            strangers: Vec::new(),
        }
    }

    fn meet(&mut self, mail: &Message) {
        let earlier = mail.references.iter().chain(&mail.in_reply_to);
        let thread: Vec<u64> = earlier.filter_map(|id| self.by_id.get(id).copied()).collect();
        let mut own = String::new();
        for (_, view) in mail.texts().take(1) {
            let mut at = 0;
            for quote in &view.quotes {
                own.push_str(view.text.get(at..quote.range.start).unwrap_or_default());
                at = quote.range.end;
                let letters = Letters::of(view.text.get(quote.words.clone()).unwrap_or_default());
                if !thread.is_empty() {
                    self.look_for_quotation(&letters, &thread);
                }
            }
            own.push_str(view.text.get(at..).unwrap_or_default());
        }
        self.remember(mail, &Letters::of(&own), &thread);
    }

    fn look_for_quotation(&mut self, letters: &Letters, thread: &[u64]) {
        let in_thread = self.heaviest(letters, |text| thread.contains(&text));
        let anywhere = self.heaviest(letters, |_| true);
        let whole = weight(letters);
        let class = CLASSES.iter().position(|limit| whole < *limit).unwrap_or(CLASSES.len());
        let found = &mut self.quotations[class];
        found.all += 1;
        found.in_thread += u32::from(in_thread.is_some());
        found.half_in_thread += u32::from(in_thread.is_some_and(|(run, _)| run * 2 >= whole));
        found.anywhere += u32::from(anywhere.is_some());
    }

    fn remember(&mut self, mail: &Message, own: &Letters, thread: &[u64]) {
        let number = self.parties.len() as u64;
        let addresses = |of: &[sekisho_mail::Mailbox]| -> Vec<String> {
            of.iter()
                .filter_map(|mailbox| mailbox.address.as_ref())
                .map(|address| address.to_string().to_lowercase())
                .collect()
        };
        let from = addresses(&mail.from);
        let met = |text: u64| self.parties[text as usize].iter().any(|party| from.contains(party));
        if let Some((run, text)) = self.heaviest(own, |text| !thread.contains(&text) && !met(text)) {
            let subjects = format!("{} | {}", mail.subject, self.subjects[text as usize]);
            self.strangers.push(Stranger {
                run,
                whole: weight(own),
                is_in_thread: !thread.is_empty(),
                subjects,
            });
        }
        for mark in fingerprints(own, &self.secret) {
            let places = self.places.entry(mark.hash).or_default();
            if places.len() < PLACES_MAX {
                places.push((number, mark.start));
            }
        }
        self.by_id.insert(mail.message_id.clone(), number);
        self.parties.push(from.into_iter().chain(addresses(&mail.to)).chain(addresses(&mail.cc)).collect());
        self.subjects.push(mail.subject.clone());
    }

    /// The weight of the heaviest run of language with a text that counts, and that text.
    fn heaviest(&self, letters: &Letters, counts: impl Fn(u64) -> bool) -> Option<(u32, u64)> {
        let mut shared = Vec::new();
        for here in fingerprints(letters, &self.secret) {
            let places = self.places.get(&here.hash).into_iter().flatten().filter(|(text, _)| counts(*text));
            shared.extend(places.map(|(text, start_there)| Shared {
                here,
                text: *text,
                start_there: *start_there,
            }));
        }
        runs(letters, &shared).first().map(|run| (run.weight_of_language, run.text))
    }

    fn print(mut self) {
        println!("quotations by weight: all, found in their thread, half of them, found anywhere");
        for (class, found) in self.quotations.iter().enumerate() {
            let below = CLASSES.get(class).map_or("more".to_owned(), |limit| format!("< {limit}"));
            println!(
                "  {below:>7}: {:5} {:5} {:5} {:5}",
                found.all, found.in_thread, found.half_in_thread, found.anywhere
            );
        }
        println!(
            "own texts of {} mails that share a run with one of somebody they never met:",
            self.parties.len()
        );
        for limit in [160, 300, 400, 600, 900, 1_200, 2_000] {
            let long = self.strangers.iter().filter(|stranger| stranger.run >= limit);
            println!(
                "  {limit:>5}: {:5}, {:5} of them outside of threads",
                long.clone().count(),
                long.filter(|one| !one.is_in_thread).count()
            );
        }
        self.strangers.sort_by_key(|stranger| std::cmp::Reverse(stranger.run));
        for stranger in self.strangers.iter().filter(|stranger| stranger.run < CLASSES[3]).take(SHOWN) {
            println!("  {} of {}: {}", stranger.run, stranger.whole, stranger.subjects);
        }
    }
}

fn weight(letters: &Letters) -> u32 {
    letters.weight_of_language(0..letters.all().len())
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    let mut inside: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    inside.sort();
    for path in inside {
        if path.is_dir() { walk(&path, paths) } else { paths.push(path) }
    }
}

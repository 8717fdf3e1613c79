//! `learn`: mailboxes → the memory of who wrote what to whom.
//!
//! Mails are read by confined readers on many threads and written by one, some hundred at a time, each time whole or not at all: a learner that
//! is stopped or killed loses what it had not yet written, and goes on there when it is started again. Bytes that were learned are not read again;
//! those of a mail of which it was only noted that it came are, since a person may have cleared its sender.
//!
//! Where somebody who was forgotten may return, the mails in which they may have taken part come first, in all mailboxes: until they are made
//! whole, whoever answers and quotes them seems to be a stranger to them.

mod batch;
mod folders;
mod mail;
mod mailbox;
mod marks;
mod not_taken;
mod people;
mod start_over;
mod sum;
mod told;
mod whose;
pub mod withdraw;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::PoisonError;

use jiff::Timestamp;
use sekisho_judge::Lang;
use sekisho_mail::Address;
use sekisho_store::{
    Copier, CopyId, Expired, LEARNED_MAILS_MIN, MailboxSummary, Retention, Store, StoreError,
};

use crate::files::{self, Met, Problem, RawMail, Sink, Want};
use crate::flags::Learn;
use crate::memory::{self, NoMemory};
use crate::pipeline;
use crate::scan::progress::Progress;
use crate::scan::{EXIT_NOTHING, EXIT_UNUSABLE};
use crate::setup::{Setup, Speech};
use crate::terminal;
use crate::words::either;
use batch::Batch;
use folders::Folder;
use mail::{Outcome, Reader};
use mailbox::Owner;
use sum::Sum;

/// Learns everything at the paths, or forgets.
pub fn run(learn: &Learn, setup: &Setup) -> ExitCode {
    let complained = setup.complain();
    if learn.start_over {
        return start_over::run(learn, setup);
    }
    let mut store = match memory::open(setup) {
        Ok(store) => store,
        Err(error) => return refused(&error, setup),
    };
    if learn.takes_back() {
        return withdraw::run(learn, &mut store, setup);
    }
    if let Some(mailbox) = &learn.mailbox {
        told::complain_of_stranger(mailbox, setup);
    }
    let mut sums = Vec::new();
    let mut unusable = complained;
    let mailboxes: Vec<Mailbox<'_>> =
        learn.paths.iter().map(|path| (path.as_path(), whose(path, learn, setup))).collect();
    make_whole(&mailboxes, learn, &mut store, setup);
    for (path, owner) in mailboxes {
        match owner.and_then(|owner| learn_one(path, owner, Which::New, learn, &mut store, setup)) {
            Ok(sum) => {
                unusable |= sum.has_unusable();
                told::complain_of_other(&sum, setup);
                sums.push(sum);
            }
            Err(Stopped::Mailbox(line)) => {
                terminal::complain(&line);
                unusable = true;
            }
            Err(Stopped::Memory(error, sum)) => {
                // Where nothing was learned yet, figures would say that there was no mail.
                sums.extend((*sum).filter(Sum::has_learned));
                if sums.iter().any(Sum::has_learned) {
                    told::tell(&sums, None, &mut store, learn, setup);
                }
                return refused(&error, setup);
            }
        }
    }
    let expired = expire(&mut store, setup);
    // Where it could not be done when something was forgotten.
    memory::erase(&mut store, setup);
    if let Err(error) = &expired {
        terminal::complain(&error.words(setup.lang));
        unusable = true;
    }
    told::tell(&sums, expired.ok(), &mut store, learn, setup);
    ExitCode::from(if unusable { EXIT_UNUSABLE } else { EXIT_NOTHING })
}

/// Forgets what is older than the configuration keeps it: only a learner writes, and so nothing grows old in secret for long.
fn expire(store: &mut Store, setup: &Setup) -> Result<Expired, NoMemory> {
    let days = |days: u32| (days > 0).then_some(days);
    let configured = &setup.config.retention;
    let retention = Retention {
        conversations_days: days(configured.conversations),
        contacts_days: days(configured.contacts),
    };
    store.expire(retention, Timestamp::now().as_second()).map_err(NoMemory::Store)
}

fn refused(error: &NoMemory, setup: &Setup) -> ExitCode {
    terminal::complain(&error.words(setup.lang));
    ExitCode::from(EXIT_UNUSABLE)
}

/// Why a mailbox was not learned to its end.
enum Stopped {
    /// It is not clear whose it is, or it holds nothing; the line that says so.
    Mailbox(String),
    /// The memory refused; what was learned before stays.
    Memory(NoMemory, Box<Option<Sum>>),
}

/// Which mails of a mailbox are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    /// Those that were not learned.
    New,
    /// Those that are to be made whole, since somebody who was forgotten may return.
    Lacking,
}

/// A path, and whose mailbox it is.
type Mailbox<'a> = (&'a Path, Result<Address, Stopped>);

/// Reads the mails that are to be made whole. What goes wrong is told when the others are read.
fn make_whole(mailboxes: &[Mailbox<'_>], learn: &Learn, store: &mut Store, setup: &Setup) {
    // Standard input can be read but once.
    let files = mailboxes.iter().filter(|(path, _)| *path != Path::new("-"));
    let owned = files.filter_map(|(path, owner)| owner.as_ref().ok().map(|owner| (*path, owner)));
    let lacking: Vec<(&Path, &Address)> =
        owned.filter(|(_, owner)| store.has_returning(owner).unwrap_or_default()).collect();
    let read = |(path, owner): &(&Path, &Address)| {
        learn_one(path, Address::clone(owner), Which::Lacking, learn, store, setup).is_ok()
    };
    if lacking.iter().all(read) {
        for (_, owner) in lacking {
            // Where that cannot be noted, they are looked for once more.
            let _ = store.looked_for_returning(owner);
        }
    }
}

/// One mailbox.
fn learn_one(
    path: &Path,
    owner: Address,
    which: Which,
    learn: &Learn,
    store: &mut Store,
    setup: &Setup,
) -> Result<Sum, Stopped> {
    // A second connection looks up what is known while the first one writes.
    let mut known = memory::open(setup).map_err(|error| Stopped::Memory(error, Box::new(None)))?;
    let copier = store.copier(&owner);
    let is_compared = which == Which::New
        && has_enough(store, &owner).map_err(|error| Stopped::Memory(error, Box::new(None)))?;
    let reader = Reader { mailbox: &owner, is_compared, is_all: learn.all_folders, setup };
    let mut sum = Sum::new(path, owner.clone());
    let walked = Mutex::new(Walked::default());
    let progress = Progress::counting(setup, progress_words(which, setup.lang));
    let mut batch = Batch::new(&owner);
    let mut error = None;
    let paths = [path.to_owned()];
    let tell = |line: &str| {
        if which == Which::New {
            progress.aside(|| terminal::complain(line));
        }
    };
    pipeline::run(
        threads(learn),
        |sink| {
            let mut passing = Passing {
                path,
                which,
                learn,
                copier: &copier,
                known: &mut known,
                walked: &walked,
                waiting: Vec::new(),
                bytes: 0,
            };
            files::walk(&paths, Want::Mails, &mut |met| passing.take(met, sink))?;
            passing.let_through(sink)
        },
        |met| look(met, path, &copier, reader),
        |seen| {
            progress.step();
            let written = taken(seen, &mut sum, &mut batch, store, setup, &tell);
            match written {
                Ok(()) => ControlFlow::Continue(()),
                Err(refused) => {
                    error = Some(refused);
                    ControlFlow::Break(())
                }
            }
        },
    );
    progress.end();
    let error = error.or_else(|| batch.write(store, &mut sum).err());
    sum.walked(walked.into_inner().unwrap_or_else(PoisonError::into_inner));
    match error {
        Some(error) => Err(Stopped::Memory(NoMemory::Store(error), Box::new(Some(sum)))),
        None => Ok(sum),
    }
}

/// Takes what became of one input, and writes when enough waits.
fn taken(
    seen: Seen,
    sum: &mut Sum,
    batch: &mut Batch<'_>,
    store: &mut Store,
    setup: &Setup,
    tell: &dyn Fn(&str),
) -> Result<(), StoreError> {
    match seen {
        Seen::Mail(copy, outcome) => {
            let complaint = sum.take(*outcome, copy, batch, setup);
            complaint.into_iter().for_each(|line| tell(&line));
            if batch.is_full() { batch.write(store, sum) } else { Ok(()) }
        }
        Seen::Problem(problem) => {
            tell(&problem.words(setup.lang));
            sum.unusable += problem.mails();
            Ok(())
        }
        Seen::NotMail => Ok(()),
    }
}

fn progress_words(which: Which, lang: Lang) -> &'static str {
    match which {
        Which::New => either(lang, "{spinner} {pos} 通を学習しました", "{spinner} {pos} mails learned"),
        Which::Lacking => {
            either(lang, "{spinner} {pos} 通を読み直しました", "{spinner} {pos} mails read again")
        }
    }
}

/// Whether enough of a mailbox was learned before to judge by it, as where mail to it is judged: of what is learned for the first time, nobody
/// knows yet who took part in what.
fn has_enough(store: &mut Store, owner: &Address) -> Result<bool, NoMemory> {
    let summary = store.summary().map_err(NoMemory::Store)?;
    let is_owners = |mailbox: &&MailboxSummary| {
        Address::parse(&mailbox.mailbox).is_some_and(|address| address.same_mailbox(owner))
    };
    let of_owner = summary.mailboxes.iter().filter(is_owners);
    let mails: u64 = of_owner.map(|mailbox| mailbox.mails).sum();
    Ok(i64::try_from(mails).is_ok_and(|mails| mails >= LEARNED_MAILS_MIN))
}

/// Whose mailbox it is: as a person said, else as its mails say.
fn whose(path: &Path, learn: &Learn, setup: &Setup) -> Result<Address, Stopped> {
    if let Some(mailbox) = &learn.mailbox {
        return Ok(mailbox.clone());
    }
    let owner = if path == Path::new("-") { Owner::Unsure(Vec::new()) } else { mailbox::owner(path, setup) };
    match owner {
        Owner::Found(address, counted, all) => {
            if setup.speech == Speech::Full && !learn.json {
                let _ = terminal::print(&told::guessed(path, &address, counted, all, setup));
            }
            told::complain_of_stranger(&address, setup);
            Ok(address)
        }
        Owner::Several(parts) => Err(Stopped::Mailbox(told::several(path, &parts, setup.lang))),
        Owner::Unsure(likely) => Err(Stopped::Mailbox(told::unsure(path, &likely, setup.lang))),
        Owner::NoMail => Err(Stopped::Mailbox(no_mail(path, setup))),
    }
}

/// Why there is no mail at a path: the first problem met there.
fn no_mail(path: &Path, setup: &Setup) -> String {
    let mut first: Option<Problem> = None;
    let _ = files::walk(&[path.to_owned()], Want::Mails, &mut |met| match met {
        Met::Problem(problem) => {
            first = Some(problem);
            ControlFlow::Break(())
        }
        _ => ControlFlow::Continue(()),
    });
    let first =
        first.unwrap_or_else(|| Problem::new(path.to_string_lossy(), files::Obstacle::NoMailInFolder));
    first.words(setup.lang)
}

/// With DNS, so many mails at least: waiting for an answer takes no processor.
const THREADS_ASKING_MIN: usize = 8;

fn threads(learn: &Learn) -> usize {
    if let Some(threads) = learn.threads {
        return threads.get();
    }
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    if learn.dns { processors.max(THREADS_ASKING_MIN) } else { processors }
}

/// What became of one input.
enum Seen {
    /// A mail was looked at.
    Mail(CopyId, Box<Outcome>),
    /// An input could not be used.
    Problem(Problem),
    /// A file in a folder is no mail.
    NotMail,
}

/// One input; this runs on many threads.
fn look(met: Met, path: &Path, copier: &Copier, reader: Reader<'_>) -> Seen {
    match met {
        Met::Mail(raw) => {
            let folder = Folder::of_mail(path, &raw);
            Seen::Mail(copier.id(&raw.bytes), Box::new(mail::read(&raw, folder, reader)))
        }
        Met::Problem(problem) => Seen::Problem(problem),
        Met::File(_) | Met::NotMail => Seen::NotMail,
    }
}

/// What was passed by on the way through a mailbox.
#[derive(Default)]
pub struct Walked {
    /// Mails whose bytes were learned before.
    pub known: u64,
    /// Mails in folders of which nothing is learned.
    pub passed: BTreeMap<Folder, u64>,
}

/// Mails that wait until it is known whether they were learned.
struct Passing<'a> {
    path: &'a Path,
    which: Which,
    learn: &'a Learn,
    copier: &'a Copier,
    known: &'a mut Store,
    walked: &'a Mutex<Walked>,
    waiting: Vec<RawMail>,
    bytes: usize,
}

/// Mails looked up at a time, and their bytes.
const WAITING_MAX: usize = 64;
const WAITING_BYTES_MAX: usize = 4 * 1024 * 1024;

impl Passing<'_> {
    fn take(&mut self, met: Met, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let Met::Mail(raw) = met else { return sink(met) };
        // That it is damaged is told. Under what is left of it, it would count again once it is whole.
        if !raw.is_whole {
            return ControlFlow::Continue(());
        }
        let folder = Folder::of_mail(self.path, &raw);
        if !folder.is_learned() && !self.learn.all_folders {
            let mut walked = self.walked.lock().unwrap_or_else(PoisonError::into_inner);
            *walked.passed.entry(folder).or_default() += 1;
            return ControlFlow::Continue(());
        }
        self.bytes += raw.bytes.len();
        self.waiting.push(raw);
        if self.waiting.len() < WAITING_MAX && self.bytes < WAITING_BYTES_MAX {
            return ControlFlow::Continue(());
        }
        self.let_through(sink)
    }

    /// Hands on what is to be read.
    fn let_through(&mut self, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let copies: Vec<CopyId> = self.waiting.iter().map(|raw| self.copier.id(&raw.bytes)).collect();
        // Where it cannot be asked, the mails are read again, and found known then.
        let (asked, are_read) = match self.which {
            Which::New => (self.known.known_copies(&copies), false),
            Which::Lacking => (self.known.returning_copies(&copies), true),
        };
        let asked = asked.unwrap_or_default();
        self.bytes = 0;
        for (raw, copy) in std::mem::take(&mut self.waiting).into_iter().zip(copies) {
            if asked.contains(&copy) == are_read {
                sink(Met::Mail(raw))?;
            } else {
                self.walked.lock().unwrap_or_else(PoisonError::into_inner).known += 1;
            }
        }
        ControlFlow::Continue(())
    }
}

//! Size and speed of the memory, on SQLite and PostgreSQL: bytes kept, mails learned a second, and how long one recall takes, cold and warm.
//!
//! `MEMORY_MAILS=10000,100000,1000000 figures memory-speed` measures at these sizes; 10,000 alone where nothing is said. The mails are of
//! `office`; all are learned through `Store::learn`, a thousand at a time. `MEMORY_FOLDER` says on which disk; what was learned is gone
//! afterwards, unless `MEMORY_KEPT` names a folder for it: then the next run goes on from there.
//!
//! *Warm*: one process asks again and again for other texts, and the system has the database's files in its cache; it sleeps while it waits, as
//! a look through stored mail does. *New*: each recall is the first of a connection. *Cold*: the same, after the database's files were dropped
//! from the system's cache (`dd iflag=nocache`); PostgreSQL is started anew as well. *Ready*: the memory was warmed up before
//! (`Store::warm_up`), as by a service that starts. How long it takes to open the connection before, and to warm up, stands beside it.

mod office;
mod profile;

use std::fs;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use sekisho_facts::{Fact, Own, Sender};
use sekisho_mail::{Address, Limits, Message};
use sekisho_store::server::Server;
use sekisho_store::{Asked, Learnt, Secret, Store};
use sekisho_testing::Rng;

use crate::cpu::thread_cpu_seconds;
use profile::Profile;

/// Mails learned in one step.
const BATCH: u64 = 1_000;
/// Mails of the figure of size.
const SIZED: u64 = 4_000;
/// Recalls measured warm, after as many as warm up.
const WARM: u64 = 1_000;
const WARM_UP: u64 = 300;
/// Connections measured, of each of which the first recall is. PostgreSQL is started anew for each where it is to be cold.
const ANEW: u64 = 100;
/// A virtual machine gives freed memory back to its host for some seconds, and reading pages from the cache takes ten times as long meanwhile
/// (seen with `pread` alone). So long is waited for each gigabyte that was dropped from it, before what is to be quick is measured.
const SETTLED_A_GIGABYTE: Duration = Duration::from_secs(3);
/// What the quotations weigh at least that are counted as found: about half of them.
const QUOTED_WEIGHT: u32 = 1_000;
/// A page, and how many of them a recall on SQLite reads, about.
const PAGE_BYTES: u64 = 4_096;
const PAGES_OF_A_RECALL: u64 = 200;
/// Where the machine reads so many times slower than it mostly does, it was disturbed.
const DISTURBED_TIMES: u32 = 4;
/// A recall that takes longer breaks the promise.
const RECALL_MAX: Duration = Duration::from_millis(5);

/// Prints the figures; what does not hold are recalls that take too long when warm, or when the memory was warmed up.
pub(crate) fn print() -> Result<Vec<String>, String> {
    let sizes = std::env::var("MEMORY_MAILS").unwrap_or_else(|_| "10000".to_owned());
    let sizes: Result<Vec<u64>, _> = sizes.split(',').map(str::parse).collect();
    let sizes = sizes.map_err(|error| format!("MEMORY_MAILS: {error}"))?;
    let only = std::env::var("MEMORY_DATABASE").unwrap_or_default();
    let folder = Folder::new()?;
    let mut broken = Vec::new();
    for kind in ["sqlite", "postgres"].into_iter().filter(|kind| only.is_empty() || *kind == only) {
        let Some(mut place) = Place::new(&folder.path, kind)? else {
            println!("{kind}: not installed, nothing was measured");
            continue;
        };
        let mut learned = place.learned();
        if learned == 0 {
            size(&mut place)?;
            place.empty()?;
        }
        for size in &sizes {
            if learned < *size {
                learn(&mut place, learned, *size)?;
                learned = *size;
                place.note_learned(learned)?;
            }
            broken.extend(recall(&mut place, learned)?);
        }
    }
    Ok(broken)
}

/// What texts and holders take: the same mails without their texts, with them, and as a colleague has them too.
fn size(place: &mut Place) -> Result<(), String> {
    let all: Result<Vec<Learnt>, String> = (0..SIZED).map(office::mail).collect();
    let all = all?;
    let letters: usize = all.iter().map(|mail| mail.own_text.chars().count()).sum();
    let quotes: usize = all.iter().map(|mail| mail.quoted.len()).sum();
    let bare: Vec<Learnt> = all
        .iter()
        .map(|mail| Learnt { own_text: String::new(), quoted: Vec::new(), ..mail.clone() })
        .collect();
    let own: Vec<Learnt> = all.iter().map(|mail| Learnt { quoted: Vec::new(), ..mail.clone() }).collect();
    let mut sizes = Vec::new();
    for mails in [&bare, &own, &all] {
        place.empty()?;
        place.learn_all(mails)?;
        sizes.push(place.bytes()?);
    }
    let [bare, own, quoting] = sizes.as_slice() else { return Ok(()) };
    println!("{}, {SIZED} mails with {letters} characters of their own:", place.kind);
    println!(
        "  {:.0} bytes for 1,000 new characters of text, {:.0} for a further holder (a mail that quotes), {:.0} for a mail without text; indexes included",
        (own - bare) as f64 * 1_000.0 / letters as f64,
        (quoting - own) as f64 / quotes as f64,
        *bare as f64 / SIZED as f64
    );
    Ok(())
}

fn learn(place: &mut Place, from: u64, to: u64) -> Result<(), String> {
    let mut store = place.open()?;
    let (mut wall, mut cpu) = (Duration::ZERO, 0.0);
    let mut first = from;
    while first < to {
        let end = to.min(first + BATCH);
        let mails: Result<Vec<Learnt>, String> = (first..end).map(office::mail).collect();
        let mails = mails?;
        let (begun, before) = (Instant::now(), thread_cpu_seconds());
        store.learn(&mails).map_err(|error| error.to_string())?;
        wall += begun.elapsed();
        cpu += thread_cpu_seconds() - before;
        first = end;
    }
    drop(store);
    let mails = (to - from) as f64;
    println!(
        "{} at {to} mails: {} MB, learned {:.0} mails a second, {:.0} a second of our CPU; peak memory {} MB",
        place.kind,
        place.bytes()? / 1_000_000,
        mails / wall.as_secs_f64(),
        mails / cpu,
        peak_kib()? / 1_000
    );
    Ok(())
}

fn recall(place: &mut Place, mails: u64) -> Result<Vec<String>, String> {
    let mut profile = Profile::new();
    place.warm()?;
    let mut warm = Again::measured(place, mails, false, Some(&mut profile))?;
    place.let_warm_up()?;
    let mut warm_ready = Again::measured(place, mails, true, None)?;
    let mut new = Anew::measured(place, mails, false, |_| Ok(()))?;
    let mut new_ready = Anew::measured(place, mails, true, |_| Ok(()))?;
    let mut cold = Anew::measured(place, mails, false, Place::cool)?;
    let settled = SETTLED_A_GIGABYTE.mul_f64(place.bytes()? as f64 / 1e9);
    let mut cold_ready = Anew::measured(place, mails, true, |place| {
        place.cool()?;
        thread::sleep(settled);
        Ok(())
    })?;
    let kind = place.kind;
    println!(
        "{kind} at {mails} mails, one whole recall of a mail of 2,000 characters (half of them quote; found {} of {WARM}):",
        warm.found
    );
    let mut promised = vec![("warm", print_times("  warm", &mut warm.asked))];
    print_times("  warm, our CPU", &mut warm.cpu);
    promised.push(("warm, ready", print_times("  warm, ready", &mut warm_ready.asked)));
    print_times("  new", &mut new.asked);
    print_times("    to open", &mut new.opened);
    promised.push(("ready", print_times("  new, ready", &mut new_ready.asked)));
    print_times("    to get ready", &mut new_ready.opened);
    print_times("  cold", &mut cold.asked);
    print_times("    to open", &mut cold.opened);
    let mut undisturbed = cold_ready.undisturbed();
    print_times("  cold, ready", &mut cold_ready.asked);
    print_times("    pread alone", &mut cold_ready.read);
    promised.push(("cold, ready, undisturbed", print_times("    undisturbed", &mut undisturbed)));
    print_times("    to get ready", &mut cold_ready.opened);
    profile.print();
    promised.retain(|(_, p99)| *p99 > RECALL_MAX);
    let broken =
        |(which, p99): &(&str, Duration)| format!("{kind} at {mails} mails, {which}: p99 is {p99:?}");
    Ok(promised.iter().map(broken).collect())
}

/// Recalls of one connection after another, and how many found what is quoted.
#[derive(Default)]
struct Again {
    asked: Vec<Duration>,
    cpu: Vec<Duration>,
    found: u64,
}

impl Again {
    fn measured(
        place: &Place,
        mails: u64,
        is_ready: bool,
        mut profile: Option<&mut Profile>,
    ) -> Result<Self, String> {
        let mut store = place.open()?;
        if let Some(profile) = &profile {
            store = profile.watched(store);
        }
        if is_ready {
            place.get_ready(&mut store)?;
        }
        let mut times = Self::default();
        for number in 0..WARM_UP + WARM {
            let question = Question::new(number, mails)?;
            let (begun, before) = (Instant::now(), thread_cpu_seconds());
            let is_found = question.ask(&mut store)?;
            let time = begun.elapsed();
            let counts = number >= WARM_UP;
            if let Some(profile) = &mut profile {
                profile.end(time, counts);
            }
            if counts {
                times.asked.push(time);
                times.cpu.push(Duration::from_secs_f64(thread_cpu_seconds() - before));
                times.found += u64::from(is_found);
            }
        }
        Ok(times)
    }
}

/// How long it takes to open a connection, or to get it ready, and its first recall.
#[derive(Default)]
struct Anew {
    opened: Vec<Duration>,
    asked: Vec<Duration>,
    /// How long the machine took right behind each for as many reads as a recall has, without any of our program: see [`Place::read_pages`].
    read: Vec<Duration>,
}

impl Anew {
    /// Each after `prepare`.
    fn measured(
        place: &mut Place,
        mails: u64,
        is_ready: bool,
        prepare: impl Fn(&mut Place) -> Result<(), String>,
    ) -> Result<Self, String> {
        let mut times = Self::default();
        for number in 0..ANEW {
            let question = Question::new(WARM_UP + WARM + number, mails)?;
            prepare(place)?;
            let begun = Instant::now();
            let mut store = place.open()?;
            if is_ready {
                place.get_ready(&mut store)?;
            }
            times.opened.push(begun.elapsed());
            let begun = Instant::now();
            question.ask(&mut store)?;
            times.asked.push(begun.elapsed());
            times.read.push(place.read_pages(number)?);
        }
        Ok(times)
    }
}

impl Anew {
    /// The recalls behind which the machine read as fast as it mostly does; they and its reads are in the order of the starts still.
    fn undisturbed(&self) -> Vec<Duration> {
        let mut sorted = self.read.clone();
        sorted.sort();
        let usual = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
        let both = self.asked.iter().zip(&self.read);
        both.filter(|(_, read)| **read <= usual * DISTURBED_TIMES).map(|(asked, _)| *asked).collect()
    }
}

/// A mail that the memory is asked about.
struct Question {
    message: Message,
    mailbox: Address,
    own: Own,
}

impl Question {
    fn new(number: u64, mails: u64) -> Result<Self, String> {
        let (bytes, mailbox) = office::looked_for(number, mails)?;
        let own = Own::new("Midori Design Office", ["midori.example".to_owned()], Vec::new());
        Ok(Self { message: sekisho_mail::read(&bytes, &Limits::default()), mailbox, own })
    }

    /// Whether it quotes something remembered.
    fn ask(&self, store: &mut Store) -> Result<bool, String> {
        let at = self.message.date.as_ref().map_or(0, |date| date.unix_seconds);
        let asked = Asked {
            message: &self.message,
            sender: &Sender::default(),
            own: &self.own,
            mailboxes: std::slice::from_ref(&self.mailbox),
            at,
            judged_at: at,
            is_shared_domain: &|_| false,
        };
        match store.relations(&asked, None).map_err(|error| error.to_string())? {
            Fact::Known(relations) => {
                Ok(relations.quoted.iter().any(|quoted| quoted.weight >= QUOTED_WEIGHT))
            }
            Fact::Unknown { unknown } => Err(format!("nothing is known: {unknown:?}")),
        }
    }
}

/// Prints half and nearly all of the times; nearly all.
fn print_times(what: &str, times: &mut [Duration]) -> Duration {
    times.sort();
    // The least that so many of them do not exceed.
    let at = |percent: usize| {
        let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
        times.get(place).copied().unwrap_or_default()
    };
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    let mean = times.iter().sum::<Duration>() / times.len().max(1) as u32;
    println!(
        "{what:16}: p50 {:.2} ms, p99 {:.2} ms, mean {:.2} ms, {} recalls",
        ms(at(50)),
        ms(at(99)),
        ms(mean),
        times.len()
    );
    at(99)
}

/// A database of one kind.
struct Place {
    kind: &'static str,
    folder: PathBuf,
    server: Option<Server>,
}

impl Place {
    fn new(folder: &Path, kind: &'static str) -> Result<Option<Self>, String> {
        let folder = folder.join(kind);
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let server = if kind == "postgres" { Server::start(&folder)? } else { None };
        let is_there = server.is_some() || kind == "sqlite";
        Ok(is_there.then_some(Self { kind, folder, server }))
    }

    fn open(&self) -> Result<Store, String> {
        let url = self.server.as_ref().map_or("sqlite".to_owned(), Server::url);
        let store = Store::open(&url, &self.folder, Secret::from_bytes([5; 32]));
        store.map_err(|error| error.to_string())
    }

    fn learn_all(&self, mails: &[Learnt]) -> Result<(), String> {
        self.open()?.learn(mails).map(|_| ()).map_err(|error| error.to_string())
    }

    /// How many mails an earlier run left here.
    fn learned(&self) -> u64 {
        fs::read_to_string(self.folder.join("learned")).ok().and_then(|text| text.parse().ok()).unwrap_or(0)
    }

    fn note_learned(&self, mails: u64) -> Result<(), String> {
        fs::write(self.folder.join("learned"), mails.to_string()).map_err(|error| error.to_string())
    }

    /// Forgets everything.
    fn empty(&mut self) -> Result<(), String> {
        match &self.server {
            Some(server) => server.answer("DROP SCHEMA public CASCADE; CREATE SCHEMA public").map(|_| ()),
            None => {
                for name in ["sekisho.db", "sekisho.db-wal", "sekisho.db-shm"] {
                    let _ = fs::remove_file(self.folder.join(name));
                }
                Ok(())
            }
        }
    }

    /// Bytes of the database with its indexes.
    fn bytes(&self) -> Result<u64, String> {
        match &self.server {
            Some(server) => {
                let sql = "SELECT SUM(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace";
                server.answer(sql)?.parse().map_err(|error| format!("PostgreSQL's size: {error}"))
            }
            None => {
                let path = self.folder.join("sekisho.db");
                fs::metadata(&path)
                    .map(|file| file.len())
                    .map_err(|error| format!("{}: {error}", path.display()))
            }
        }
    }

    /// Has the system read the database.
    fn warm(&self) -> Result<(), String> {
        let mut read = Command::new("find");
        read.arg(&self.folder).args(["-type", "f", "-exec", "cat", "{}", "+"]);
        let read = read.stdout(Stdio::null()).status().map_err(|error| format!("find: {error}"))?;
        read.success().then_some(()).ok_or_else(|| "the database could not be read".to_owned())
    }

    /// How long it takes to read as many pages of the largest file as a recall reads, here and there in it, with `pread` alone: where this is
    /// slow, too, the machine was; no other process writes meanwhile, since to close SQLite's file takes its locks from it. A virtual machine
    /// that shares its host may take 60 µs for a page in its cache, in the place of 1.5.
    fn read_pages(&self, seed: u64) -> Result<Duration, String> {
        let (bytes, path) = largest(&self.folder)?.ok_or_else(|| "the database has no file".to_owned())?;
        let failed = |error: std::io::Error| format!("{}: {error}", path.display());
        let file = fs::File::open(&path).map_err(failed)?;
        let pages = (bytes / PAGE_BYTES) as usize;
        let mut rng = Rng::new(seed);
        let mut page = [0; PAGE_BYTES as usize];
        let begun = Instant::now();
        for _ in 0..PAGES_OF_A_RECALL {
            file.read_exact_at(&mut page, rng.below(pages) as u64 * PAGE_BYTES).map_err(failed)?;
        }
        Ok(begun.elapsed())
    }

    /// As an administrator of the server does once for `Store::warm_up`.
    fn let_warm_up(&self) -> Result<(), String> {
        match &self.server {
            Some(server) => server.answer("CREATE EXTENSION IF NOT EXISTS pg_prewarm").map(|_| ()),
            None => Ok(()),
        }
    }

    /// Has a connection ready for recalls that must not wait.
    fn get_ready(&self, store: &mut Store) -> Result<(), String> {
        let was_read = store.warm_up().map_err(|error| error.to_string())?;
        if was_read { Ok(()) } else { Err(format!("{}: the database could not be read ahead", self.kind)) }
    }

    /// Has nothing of the database in any memory.
    fn cool(&mut self) -> Result<(), String> {
        match &mut self.server {
            Some(server) => {
                server.stop();
                drop_from_cache(server.data())?;
                server.again()
            }
            None => drop_from_cache(&self.folder),
        }
    }
}

/// The largest file below a folder, and its bytes.
fn largest(folder: &Path) -> Result<Option<(u64, PathBuf)>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut found = None;
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let metadata = entry.metadata().map_err(failed)?;
        let one = match metadata.is_dir() {
            true => largest(&entry.path())?,
            false => Some((metadata.len(), entry.path())),
        };
        found = found.max(one);
    }
    Ok(found)
}

/// Drops the files of a folder from the system's cache.
fn drop_from_cache(folder: &Path) -> Result<(), String> {
    let sync = Command::new("sync").arg("-f").arg(folder).status();
    sync.map_err(|error| format!("sync: {error}"))?;
    // `count=0` reads nothing: dd only tells the system that the file is not needed in its cache.
    let script = "find \"$0\" -type f -size +0 -exec dd if={} iflag=nocache count=0 status=none \\;";
    let dropped = Command::new("sh").args(["-c", script]).arg(folder).status();
    let dropped = dropped.map_err(|error| format!("dd: {error}"))?;
    dropped.success().then_some(()).ok_or_else(|| "dd could not drop files from the cache".to_owned())
}

/// The most memory that this process had, in KiB (Linux).
fn peak_kib() -> Result<u64, String> {
    let path = "/proc/self/status";
    let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok());
    number.ok_or_else(|| format!("{path}: no VmHWM"))
}

/// A folder of its own, removed when dropped unless it was named.
struct Folder {
    path: PathBuf,
    is_kept: bool,
}

impl Folder {
    fn new() -> Result<Self, String> {
        let kept = std::env::var_os("MEMORY_KEPT").map(PathBuf::from);
        let is_kept = kept.is_some();
        let path = kept.unwrap_or_else(|| {
            let parent = std::env::var_os("MEMORY_FOLDER").map_or_else(std::env::temp_dir, PathBuf::from);
            parent.join(format!("sekisho-memory-speed-{}", Rng::new(u64::from(std::process::id())).hex(8)))
        });
        fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        // The server's user must reach its own folder inside.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755))
                .map_err(|error| error.to_string())?;
        }
        Ok(Self { path, is_kept })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.is_kept {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

//! A folder → the people whose mailboxes lie in it, where there are several: whoever learns a whole server's mail as one person's would be wrong
//! in every answer.
//!
//! Some mails of every folder and file below are looked at. Another person's mailbox is one whose mails name its owner, who also writes mail
//! somewhere here, and mostly not the person whose folders are the most: in the folders that somebody makes, that person is named nearly
//! everywhere, and lists and desks (`info@`) write nothing. A Maildir is always one person's.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use sekisho_mail::Address;

use super::folders::Folder;
use super::mailbox::{self, Count, Owner};
use super::{marks, whose};
use crate::files::{self, Met, Want};
use crate::setup::Setup;

/// Mails of each folder or file that are looked at.
const MAILS_MAX: usize = 30;
/// Mails of a file that are passed by, since they lie in a folder of which nothing is learned.
const PASSED_MAX: usize = 300;
/// Folders below folders.
const DEPTH_MAX: usize = 64;
/// Fewer mails make no mailbox.
const OWNED_MAILS_MIN: u32 = 5;
/// In another's mailbox, a person is named on at most this share of the mails, in percent.
const NAMED_PERCENT_MAX: u32 = 50;

/// A folder or file, and whose it seems to be; nobody's where that is not clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it lies.
    pub path: PathBuf,
    /// The owners of the mailboxes in it.
    pub owners: BTreeSet<String>,
}

/// The parts of a folder in which several people's mailboxes lie; none where it is one person's, or no folder.
pub fn parts(path: &Path, setup: &Setup) -> Vec<Part> {
    if !path.is_dir() || is_maildir(path) {
        return Vec::new();
    }
    let mut samples = Samples { root: path, setup, counts: BTreeMap::new() };
    samples.look(path, 0);
    let owned = owned(&samples.counts, setup);
    if !has_others(&owned) {
        return Vec::new();
    }
    divided(&samples.counts, &owned)
}

fn is_maildir(folder: &Path) -> bool {
    folder.join("cur").is_dir() && folder.join("new").is_dir()
}

/// Mails of every folder and file below a folder, counted apart.
struct Samples<'a> {
    root: &'a Path,
    setup: &'a Setup,
    counts: BTreeMap<PathBuf, Count>,
}

impl Samples<'_> {
    /// Symbolic links are not followed. What cannot be read is told when it is learned.
    fn look(&mut self, folder: &Path, depth: usize) {
        if depth > DEPTH_MAX || !Folder::of(self.root, folder).is_learned() {
            return;
        }
        let is_maildir = is_maildir(folder);
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_file() => files.push(entry.path()),
                Ok(kind) if kind.is_dir() && !(is_maildir && entry.file_name() == "tmp") => {
                    folders.push(entry.path());
                }
                _ => {}
            }
        }
        files.sort();
        let step = files.len().div_ceil(MAILS_MAX).max(1);
        files.iter().step_by(step).for_each(|file| self.look_into(file));
        folders.iter().for_each(|folder| self.look(folder, depth + 1));
    }

    fn look_into(&mut self, file: &Path) {
        let (mut met, mut taken) = (0, 0);
        let _ = files::walk(&[file.to_owned()], Want::Mails, &mut |it| {
            let Met::Mail(raw) = it else { return ControlFlow::Continue(()) };
            met += 1;
            let folder = Folder::of_mail(self.root, &raw);
            if folder.is_learned()
                && let Ok(reading) = self.setup.readers.mail(mailbox::header(&raw.bytes))
            {
                taken += 1;
                let place = if raw.index.is_some() { file } else { mailbox_of(file) };
                let folder = folder.marked(marks::folder(&reading.message));
                if folder.is_learned() && !whose::is_of_list(&reading.message) {
                    self.counts.entry(place.to_owned()).or_default().add(&reading.message, folder);
                }
            }
            if taken < MAILS_MAX && met < PASSED_MAX {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
    }
}

/// The folder in which a mail lies; of a Maildir the whole of it.
fn mailbox_of(file: &Path) -> &Path {
    let folder = file.parent().unwrap_or(file);
    let is_half = matches!(folder.file_name().and_then(OsStr::to_str), Some("cur" | "new"));
    folder.parent().filter(|_| is_half).unwrap_or(folder)
}

/// A folder or file of which somebody is the owner.
struct Owned<'a> {
    path: &'a Path,
    owner: Address,
    count: &'a Count,
}

/// Everything that has an owner who writes mail, too.
fn owned<'a>(counts: &'a BTreeMap<PathBuf, Count>, setup: &Setup) -> Vec<Owned<'a>> {
    let writes = |owner: &Address| {
        counts
            .values()
            .any(|count| count.has_sent(owner) || count.has_written(owner) && !whose::is_shared(owner))
    };
    let mut all: Vec<Owned<'_>> = counts
        .iter()
        .filter_map(|(path, count)| match count.owner(setup) {
            Owner::Found(owner, ..) if writes(&owner) => Some(Owned { path, owner, count }),
            _ => None,
        })
        .collect();
    let is_ours = |owned: &Owned<'_>| setup.own.is_own_address(&owned.owner);
    if all.iter().any(is_ours) {
        all.retain(is_ours);
    }
    all
}

/// Whether somebody else's mailbox lies beside that of the person whose folders are the most.
fn has_others(owned: &[Owned<'_>]) -> bool {
    let of = |owner: &Address| owned.iter().filter(|it| it.owner.same_mailbox(owner)).count();
    let Some(first) = owned.iter().max_by_key(|it| of(&it.owner)).map(|it| &it.owner) else { return false };
    let is_others = |it: &&Owned<'_>| {
        !it.owner.same_mailbox(first)
            && !is_alias(&it.owner, first)
            && it.count.named(first) * 100 <= it.count.all() * NAMED_PERCENT_MAX
    };
    let mut mails: BTreeMap<String, u32> = BTreeMap::new();
    for it in owned.iter().filter(is_others) {
        *mails.entry(it.owner.to_string().to_lowercase()).or_default() += it.count.all();
    }
    mails.values().any(|mails| *mails >= OWNED_MAILS_MIN)
}

/// Whether two addresses seem to be one person's: `sato@` and `t.sato@`, or the same name elsewhere. `ito@` and `saito@` are two people.
fn is_alias(one: &Address, other: &Address) -> bool {
    let words = |address: &Address| -> BTreeSet<String> {
        address.local().to_lowercase().split(['.', '_', '-', '+']).map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    one.is_subset(&other) || other.is_subset(&one)
}

/// What lies side by side where the mailboxes part, with its owners.
fn divided(counts: &BTreeMap<PathBuf, Count>, owned: &[Owned<'_>]) -> Vec<Part> {
    let mut common: Option<PathBuf> = None;
    for path in counts.keys() {
        let shared = common.as_deref().map_or_else(|| path.clone(), |known| shared(known, path));
        common = Some(shared);
    }
    let common = common.unwrap_or_default();
    let part = |path: &Path| {
        let next = path.strip_prefix(&common).ok()?.components().next()?;
        Some(common.join(next))
    };
    let mut parts: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for path in counts.keys().filter_map(|path| part(path)) {
        parts.entry(path).or_default();
    }
    for it in owned {
        if let Some(owners) = part(it.path).and_then(|path| parts.get_mut(&path)) {
            owners.insert(it.owner.to_string().to_lowercase());
        }
    }
    parts.into_iter().map(|(path, owners)| Part { path, owners }).collect()
}

/// The folder in which both lie.
fn shared(one: &Path, other: &Path) -> PathBuf {
    let pairs = one.components().zip(other.components());
    pairs.take_while(|(one, other)| one == other).map(|(one, _)| one).collect()
}

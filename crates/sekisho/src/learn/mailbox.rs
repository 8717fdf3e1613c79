//! A mailbox → whose it is, where its mails say so clearly.
//!
//! The owner is who wrote nearly all of the sent mail, and to whom nearly all of the received mail was delivered. Where sent and received mail
//! lie together, it is the one of our addresses that nearly every mail is from or to. Where that is nobody, a person has to say it: what is
//! learned under a wrong name would be wrong in every answer.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use sekisho_mail::{Address, Message};

use super::folders::Folder;
use super::marks;
use super::people::{self, Part};
use crate::files::{self, Met, Want};
use crate::setup::Setup;

/// Whose mailbox it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// This person's, as so many of so many mails say.
    Found(Address, u32, u32),
    /// These people's: their mailboxes lie in one folder.
    Several(Vec<Part>),
    /// It cannot be told; the likeliest ones.
    Unsure(Vec<Address>),
    /// There is no mail.
    NoMail,
}

/// Mails looked at of each kind, sent and received.
const SAMPLE_MAX: u32 = 150;
/// Mails passed by in search of the other kind.
const PASSED_MAX: u32 = 3_000;
/// Of those passed by, each so manieth is looked at: behind one person's mails another's may follow.
const PASSED_EACH: u32 = 20;
/// Fewer mails say nothing about their owner.
const MAILS_MIN: u32 = 3;
/// The owner has this share of what is counted, in percent.
const SHARE_PERCENT: u32 = 60;
/// And everybody else at most this share of the owner's.
const OTHERS_PERCENT: u32 = 50;
/// In an archive of sent and received mail together, the owner has this share, in percent: a colleague stands on many mails, too.
const ARCHIVE_SHARE_PERCENT: u32 = 90;
/// And fewer mails of an archive say nothing.
const ARCHIVE_MAILS_MIN: u32 = 10;
/// Bytes of a mail's header that are read.
const HEADER_BYTES_MAX: usize = 64 * 1024;
/// Likely owners that are named.
const NAMED_MAX: usize = 3;

/// Finds out whose mailbox is at `path`.
pub fn owner(path: &Path, setup: &Setup) -> Owner {
    let parts = people::parts(path, setup);
    if parts.is_empty() { owner_of_all(path, setup) } else { Owner::Several(parts) }
}

/// The one owner of everything at `path`.
fn owner_of_all(path: &Path, setup: &Setup) -> Owner {
    let mut count = Count::default();
    let mut passed = 0;
    let paths: [PathBuf; 1] = [path.to_owned()];
    let _ = files::walk(&paths, Want::Mails, &mut |met| {
        let Met::Mail(raw) = met else { return ControlFlow::Continue(()) };
        let folder = Folder::of_mail(path, &raw);
        let is_wanted = folder.is_learned() && count.wants(folder);
        passed += u32::from(!is_wanted);
        let is_sample = folder.is_learned() && passed % PASSED_EACH == 0;
        if (is_wanted || is_sample)
            && let Ok(reading) = setup.readers.mail(header(&raw.bytes))
        {
            let folder = folder.marked(marks::folder(&reading.message));
            if folder.is_learned() {
                count.add(&reading.message, folder);
            }
        }
        let is_enough = !count.wants(Folder::Sent) && !count.wants(Folder::Received);
        if is_enough || passed > PASSED_MAX { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    count.owner(setup)
}

/// The header, where the mail is text; a message of Outlook whole.
pub fn header(bytes: &[u8]) -> &[u8] {
    if sekisho_mail::is_outlooks(bytes) {
        return bytes;
    }
    let end = |mark: &[u8]| memchr::memmem::find(bytes, mark).map(|at| at + mark.len());
    let end = end(b"\n\n").into_iter().chain(end(b"\r\n\r\n")).min().unwrap_or(bytes.len());
    bytes.get(..end.min(HEADER_BYTES_MAX)).unwrap_or(bytes)
}

/// How often somebody wrote or received the mails looked at.
#[derive(Default)]
pub struct Count {
    sent: u32,
    received: u32,
    people: HashMap<String, Person>,
}

#[derive(Clone)]
struct Person {
    address: Address,
    sent: u32,
    received: u32,
    /// Mails to others that this person wrote, wherever they lie.
    written: u32,
    /// Mails that are from or to this person.
    together: u32,
}

impl Count {
    fn wants(&self, folder: Folder) -> bool {
        let count = if folder == Folder::Sent { self.sent } else { self.received };
        count < SAMPLE_MAX
    }

    /// Counts a mail that lies in a folder of that kind.
    pub fn add(&mut self, message: &Message, folder: Folder) {
        let from = message.from.iter().find_map(|from| from.address.clone());
        let to = to(message);
        if folder == Folder::Sent {
            self.sent += 1;
            from.iter().for_each(|address| self.person(address).sent += 1);
        } else {
            self.received += 1;
            to.iter().for_each(|address| self.person(address).received += 1);
        }
        let is_to = |address: &Address| to.iter().any(|other| other.same_mailbox(address));
        if let Some(from) = from.as_ref().filter(|from| !is_to(from)) {
            self.person(from).written += 1;
        }
        for address in once_each(to.into_iter().chain(from)) {
            self.person(&address).together += 1;
        }
    }

    /// How many mails were counted.
    pub fn all(&self) -> u32 {
        self.sent + self.received
    }

    /// On how many of them somebody stands.
    pub fn named(&self, address: &Address) -> u32 {
        self.known(address).map_or(0, |person| person.together)
    }

    /// Whether somebody wrote a mail to others.
    pub fn has_written(&self, address: &Address) -> bool {
        self.known(address).is_some_and(|person| person.written > 0)
    }

    /// Whether somebody wrote a mail in a folder of sent mail.
    pub fn has_sent(&self, address: &Address) -> bool {
        self.known(address).is_some_and(|person| person.sent > 0)
    }

    fn known(&self, address: &Address) -> Option<&Person> {
        self.people.get(&address.to_string().to_lowercase())
    }

    fn person(&mut self, address: &Address) -> &mut Person {
        let fresh = || Person { address: address.clone(), sent: 0, received: 0, written: 0, together: 0 };
        self.people.entry(address.to_string().to_lowercase()).or_insert_with(fresh)
    }

    /// Whose mails they are.
    pub fn owner(&self, setup: &Setup) -> Owner {
        let all = self.all();
        if all == 0 {
            return Owner::NoMail;
        }
        let is_ours = |person: &&Person| setup.own.is_own_address(&person.address);
        // Whoever was only written to says nothing.
        let takes_part = |person: &&Person| person.sent + person.received + person.written > 0;
        let have_ours = self.people.values().filter(takes_part).any(|person| is_ours(&person));
        let mut people: Vec<&Person> =
            self.people.values().filter(takes_part).filter(|person| !have_ours || is_ours(person)).collect();
        people.sort_by_key(|person| {
            (std::cmp::Reverse(person.sent + person.received), person.address.to_string())
        });
        let named = || people.iter().take(NAMED_MAX).map(|person| person.address.clone()).collect();
        let Some(first) = people.first() else { return Owner::Unsure(Vec::new()) };
        let counted = first.sent + first.received;
        let next = people.get(1).map_or(0, |person| person.sent + person.received);
        let is_sure = all >= MAILS_MIN
            && counted * 100 >= all * SHARE_PERCENT
            && next * 100 <= counted * OTHERS_PERCENT
            && (self.sent == 0 || first.sent * 100 >= self.sent * SHARE_PERCENT);
        if is_sure {
            return Owner::Found(first.address.clone(), counted, all);
        }
        let of_archive = self.of_archive(setup);
        of_archive.map_or_else(
            || Owner::Unsure(named()),
            |person| Owner::Found(person.address.clone(), person.together, all),
        )
    }

    /// The owner of an archive in which sent and received mail lie together.
    fn of_archive(&self, setup: &Setup) -> Option<&Person> {
        if self.sent > 0 || self.received < ARCHIVE_MAILS_MIN {
            return None;
        }
        let mut ours: Vec<&Person> =
            self.people.values().filter(|person| setup.own.is_own_address(&person.address)).collect();
        ours.sort_by_key(|person| std::cmp::Reverse(person.together));
        let first = ours.first()?;
        let next = ours.get(1).map_or(0, |person| person.together);
        let is_sure = first.together * 100 >= self.received * ARCHIVE_SHARE_PERCENT
            && next * 100 <= first.together * OTHERS_PERCENT;
        is_sure.then_some(first)
    }
}

/// To whom a mail was delivered. Where the mail server wrote it down, that is surer than what the sender wrote.
fn to(message: &Message) -> Vec<Address> {
    let delivered =
        ["Delivered-To", "X-Original-To"].iter().find_map(|name| Address::parse(message.field(name)?));
    let written = || message.to.iter().chain(&message.cc).filter_map(|it| it.address.clone());
    delivered.map_or_else(|| once_each(written()), |address| vec![address])
}

fn once_each(addresses: impl Iterator<Item = Address>) -> Vec<Address> {
    let mut seen: Vec<Address> = Vec::new();
    for address in addresses {
        if !seen.iter().any(|known| known.same_mailbox(&address)) {
            seen.push(address);
        }
    }
    seen
}

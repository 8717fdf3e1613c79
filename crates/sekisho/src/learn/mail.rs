//! One mail of a mailbox → what is learned of it: read by a confined reader, its sender found out, judged, and told sent from received.

use std::panic::{self, AssertUnwindSafe};

use jiff::Timestamp;
use sekisho_content::Unread;
use sekisho_facts::{Facts, Identity, Own};
use sekisho_judge::{Action, Grade, Input, Judgement, judge};
use sekisho_mail::{Address, Message};
use sekisho_sender::{Dns, Gathered, Resolver, gather};
use sekisho_store::{Direction, Learnt, ReadMail, Trust};

use super::folders::Folder;
use super::marks;
use super::not_taken::NotTaken;
use super::whose;
use crate::files::{Obstacle, Problem, RawMail};
use crate::judging::today;
use crate::setup::Setup;

/// A mail that was read to be learned.
pub struct Read {
    /// What is learned of it.
    pub learnt: Learnt,
    /// Whether it came from outside under the owner's own address, without proof that it is the owner's.
    pub in_owners_name: bool,
    /// What is told of it where nothing is learned of it.
    pub not_taken: Option<NotTaken>,
    /// The addresses of ours that stand on it.
    pub ours: Vec<Address>,
}

/// What became of a mail.
pub enum Outcome {
    /// It was read.
    Read(Box<Read>),
    /// Its reader ended on it: nothing can be learned of it.
    NotRead(Unread),
    /// A mark in it says that it is of a kind of which nothing is learned.
    LeftOut(Folder),
    /// It could not be used at all.
    Problem(Problem),
}

/// The check that tells of a contact whose mail comes in other ways than always.
const OTHER_WAYS: &str = "partner-from-elsewhere";

/// Whose mailbox is learned.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The owner.
    pub mailbox: &'a Address,
    /// Whether enough was learned before to compare mail with it.
    pub is_compared: bool,
    /// Whether mail in every folder is learned.
    pub is_all: bool,
    pub setup: &'a Setup,
}

/// Reads one mail; this runs on many threads.
pub fn read(raw: &RawMail, folder: Folder, reader: Reader<'_>) -> Outcome {
    let setup = reader.setup;
    let problem = |obstacle| Outcome::Problem(Problem::of_mail(&raw.path, raw.index, obstacle));
    let message = match setup.readers.mail(&raw.bytes) {
        Ok(reading) => reading.message,
        Err(error) => return problem(Obstacle::NoReader(error)),
    };
    if let Some(why) = message.why_not_read() {
        return Outcome::NotRead(why);
    }
    let folder = folder.marked(marks::folder(&message));
    if !folder.is_learned() && !reader.is_all {
        return Outcome::LeftOut(folder);
    }
    let rest_of_the_way = || learnt(raw, &message, folder, reader);
    match panic::catch_unwind(AssertUnwindSafe(rest_of_the_way)) {
        Ok(read) => Outcome::Read(Box::new(read)),
        Err(_) => problem(Obstacle::JudgeFailed),
    }
}

fn learnt(raw: &RawMail, message: &Message, folder: Folder, reader: Reader<'_>) -> Read {
    let Reader { mailbox, is_compared, setup, .. } = reader;
    let now = Timestamp::now();
    let dns = setup.dns.as_ref().map(Resolver::for_one_mail);
    let dns = dns.as_ref().map(|dns| dns as &dyn Dns);
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let Gathered { sender, claims } = gather(dns, &raw.bytes, message, &setup.trust, seconds);
    let mut facts = Facts { sender, claims, ..Facts::default() };
    let is_sent = is_sent(message, facts.sender.identity, mailbox, &setup.own, folder);
    let mut suspected = None;
    if !is_sent || folder != Folder::Sent {
        suspected =
            Some(judged(message, &facts, setup, now)).filter(|it| it.verdict.action > Action::Deliver);
    }
    if is_compared && !is_sent && suspected.is_none() {
        let seconds = now.as_second();
        facts.relations = setup.recall.relations_then(message, &facts.sender, mailbox, setup, seconds);
        suspected = Some(judged(message, &facts, setup, now)).filter(|it| is_strange(it, &facts));
    }
    let is_suspicious = suspected.is_some();
    let direction = if is_sent && !is_suspicious { Direction::Sent } else { Direction::Received };
    let trust = match direction {
        Direction::Received if is_suspicious => Trust::Suspicious,
        _ if facts.sender.identity == Identity::AsContact => Trust::Authenticated,
        _ => Trust::Unproven,
    };
    let in_owners_name =
        direction == Direction::Received && is_from(message, mailbox) && trust != Trust::Authenticated;
    let sender = &facts.sender;
    let learnt = ReadMail { mailbox, message, sender, direction, trust, now: now.as_second() }.learnt();
    let told =
        |judgement: &Judgement| NotTaken::of(raw, message, judgement, &learnt.key, learnt.at, setup.lang);
    let not_taken = suspected.as_ref().map(told);
    Read { learnt, in_owners_name, not_taken, ours: whose::ours(message, &setup.own, mailbox) }
}

/// What the judge says: nothing of a mail that it would not deliver is learned.
fn judged(message: &Message, facts: &Facts, setup: &Setup, now: Timestamp) -> Judgement {
    judge(&Input::new(message, facts, &setup.own, setup.lists(), today(now)), &setup.policy)
}

/// Whether the judge would not have delivered it by what was remembered. Whom we wrote to by then is learned all the same, or a newcomer whom
/// we answer would stay one for ever; but not how their mail came where that is what was wrong.
fn is_strange(judgement: &Judgement, facts: &Facts) -> bool {
    let sender = facts.relations.known().and_then(|relations| relations.sender.as_ref());
    let is_written_to = sender.is_some_and(|sender| sender.sent > 0);
    let comes_otherwise =
        judgement.findings.iter().any(|finding| finding.id == OTHER_WAYS && finding.grade >= Grade::Weak);
    judgement.verdict.action > Action::Deliver && (!is_written_to || comes_otherwise)
}

/// Whether the owner sent a mail. In the folder of sent mail the owner's and our other addresses did; anywhere else only what is proven to be
/// the owner's, or did not come from outside: everybody can write our address into `From`, and our server's name into the greeting.
fn is_sent(message: &Message, identity: Identity, mailbox: &Address, own: &Own, folder: Folder) -> bool {
    let is_ours = || {
        let mut from = message.from.iter().filter_map(|from| from.address.as_ref());
        from.all(|address| own.is_own_address(address))
    };
    let is_owners = is_from(message, mailbox);
    match (folder, identity) {
        (Folder::Sent, _) => is_owners || is_ours(),
        (_, Identity::AsContact) => is_owners,
        (_, Identity::NotAsContact) => false,
        (_, Identity::Unknown) => is_owners && !message.came_from_outside(),
    }
}

fn is_from(message: &Message, mailbox: &Address) -> bool {
    message.from.iter().filter_map(|from| from.address.as_ref()).any(|address| address.same_mailbox(mailbox))
}

#[cfg(test)]
mod tests {
    use sekisho_mail::Limits;

    use super::*;

    #[test]
    fn our_address_in_from_makes_no_mail_ours() {
        let outside = "Received: from evil.test (evil.test [203.0.113.5]) by mx.midori.example; Tue, 24 Nov 2026 10:00:00 +0900\n";
        let local =
            "Received: from pc (pc [192.168.0.5]) by mx.midori.example; Tue, 24 Nov 2026 10:00:00 +0900\n";
        // The name in the greeting is the client's choice.
        let greeted = "Received: from mail.midori.example (unknown [203.0.113.5]) by mx.midori.example; Tue, 24 Nov 2026 10:00:00 +0900\n";
        let mailbox = Address::parse("sato@midori.example").unwrap();
        let own = Own::new("", ["midori.example".to_owned()], Vec::new());
        let (yes, no, unknown) = (Identity::AsContact, Identity::NotAsContact, Identity::Unknown);
        for (trace, from, identity, folder, expected) in [
            ("", "sato@midori.example", unknown, Folder::Received, true),
            ("", "sato@midori.example", no, Folder::Received, false),
            (local, "Sato@midori.example", unknown, Folder::Received, true),
            (outside, "sato@midori.example", unknown, Folder::Received, false),
            (greeted, "sato@midori.example", unknown, Folder::Received, false),
            (outside, "sato@midori.example", yes, Folder::Received, true),
            (outside, "sato@midori.example", unknown, Folder::Sent, true),
            ("", "ito@midori.example", unknown, Folder::Sent, true),
            ("", "ito@midori.example", yes, Folder::Received, false),
            ("", "yamada@kita.example", yes, Folder::Sent, false),
        ] {
            let mail = format!("{trace}From: {from}\nTo: a@b.example\n\nx\n");
            let message = sekisho_mail::read(mail.as_bytes(), &Limits::default());
            let found = is_sent(&message, identity, &mailbox, &own, folder);
            assert_eq!(found, expected, "{trace}{from} {identity:?} {folder:?}");
        }
    }
}

//! The office with its memory: mails are learned and judged as in earnest, in a folder that is gone afterwards.

use sekisho_facts::{Fact, Facts, Identity, Sender};
use sekisho_judge::lists::Lists;
use sekisho_judge::{Action, Judgement};
use sekisho_mail::{Address, Message};
use sekisho_sender::{Trust as TrustedHosts, gather};
use sekisho_store::{Asked, Direction, Learnt, ReadMail, Secret, Store, Trust};
use sekisho_testing::correspondence::Posted;

use crate::judging::Court;

/// Mails learned in one transaction where none is judged in between.
const BATCH: usize = 400;

/// The office, its configuration and its memory.
pub(crate) struct Office {
    pub(crate) court: Court,
    store: Store,
    hosts: TrustedHosts,
    waiting: Vec<Learnt>,
    _folder: tempfile::TempDir,
}

impl Office {
    /// An office that remembers nothing yet.
    pub(crate) fn new() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let store = Store::open("sqlite", folder.path(), Secret::from_bytes([7; 32]))
            .map_err(|error| error.to_string())?;
        let hosts =
            TrustedHosts { authserv_ids: vec!["mx.midori.example".to_owned()], ..TrustedHosts::default() };
        Ok(Self {
            court: Court::new()?,
            store,
            hosts: hosts.normalised(),
            waiting: Vec::new(),
            _folder: folder,
        })
    }

    /// Learns a mail that nobody judges: an archive, or a mail of ours.
    pub(crate) fn learn(&mut self, posted: &Posted) -> Result<(), String> {
        let bytes = posted.bytes();
        let message = self.court.read(&bytes);
        let sender = self.sender(&bytes, &message, posted.at);
        self.learn_read(&message, &sender, posted.at, &posted.mailboxes, None)
    }

    /// Learns a mail that was judged: hardly anything of one that was not simply delivered.
    pub(crate) fn learn_judged(&mut self, posted: &Posted, judgement: &Judgement) -> Result<(), String> {
        let bytes = posted.bytes();
        let message = self.court.read(&bytes);
        let sender = self.sender(&bytes, &message, posted.at);
        let trust = (judgement.verdict.action > Action::Deliver).then_some(Trust::Suspicious);
        self.learn_read(&message, &sender, posted.at, &posted.mailboxes, trust)
    }

    /// Learns a mail that was read, of which it is known who sent it.
    pub(crate) fn learn_read(
        &mut self,
        message: &Message,
        sender: &Sender,
        at: i64,
        mailboxes: &[String],
        trust: Option<Trust>,
    ) -> Result<(), String> {
        let usual = match sender.identity {
            Identity::AsContact => Trust::Authenticated,
            _ => Trust::Unproven,
        };
        let from = message.from.first().and_then(|mailbox| mailbox.address.as_ref());
        for mailbox in mailboxes.iter().filter_map(|mailbox| Address::parse(mailbox)) {
            let is_sent = from.is_some_and(|from| from.same_mailbox(&mailbox));
            let direction = if is_sent { Direction::Sent } else { Direction::Received };
            let trust = trust.unwrap_or(usual);
            let read = ReadMail { mailbox: &mailbox, message, sender, direction, trust, now: at };
            self.waiting.push(read.learnt());
        }
        if self.waiting.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Learns what waits.
    pub(crate) fn flush(&mut self) -> Result<(), String> {
        self.store.learn(&self.waiting).map_err(|error| error.to_string())?;
        self.waiting.clear();
        Ok(())
    }

    /// Judges a mail to these mailboxes with everything that is known about it.
    pub(crate) fn judge(&mut self, bytes: &[u8], at: i64, mailboxes: &[String]) -> Result<Judgement, String> {
        let message = self.court.read(bytes);
        let gathered = gather(None, bytes, &message, &self.hosts, at.unsigned_abs());
        let facts = Facts { sender: gathered.sender, claims: gathered.claims, ..Facts::default() };
        self.judge_read(&message, facts, at, mailboxes)
    }

    /// Judges a mail that was read; the relations are added to the facts.
    pub(crate) fn judge_read(
        &mut self,
        message: &Message,
        mut facts: Facts,
        at: i64,
        mailboxes: &[String],
    ) -> Result<Judgement, String> {
        if !self.waiting.is_empty() {
            self.flush()?;
        }
        let from = message.from.first().and_then(|mailbox| mailbox.address.as_ref());
        let mailboxes: Vec<Address> = mailboxes
            .iter()
            .filter_map(|mailbox| Address::parse(mailbox))
            .filter(|mailbox| !from.is_some_and(|from| from.same_mailbox(mailbox)))
            .collect();
        facts.relations = self.relations(message, &facts.sender, at, &mailboxes)?;
        Ok(self.court.judge_with(message, facts))
    }

    fn relations(
        &mut self,
        message: &Message,
        sender: &Sender,
        at: i64,
        mailboxes: &[Address],
    ) -> Result<Fact<sekisho_facts::Relations>, String> {
        let is_shared_domain = |domain: &str| Lists::built_in().freemail.holds(domain);
        let asked = Asked {
            message,
            sender,
            own: &self.court.own,
            mailboxes,
            at,
            judged_at: at,
            is_shared_domain: &is_shared_domain,
        };
        self.store.relations(&asked, None).map_err(|error| error.to_string())
    }

    fn sender(&self, bytes: &[u8], message: &Message, at: i64) -> Sender {
        gather(None, bytes, message, &self.hosts, at.unsigned_abs()).sender
    }
}

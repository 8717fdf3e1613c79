//! What was learned of one mailbox, counted.

use std::collections::BTreeMap;
use std::path::Path;

use sekisho_content::Unread;
use sekisho_mail::Address;
use sekisho_store::{CopyId, Direction, Learnt, Trust};

use super::Walked;
use super::batch::Batch;
use super::folders::Folder;
use super::mail::{Outcome, Read};
use super::not_taken::{AllNotTaken, NotTaken};
use super::whose::{Other, Whose};
use crate::setup::Setup;

/// The figures of one mailbox.
pub struct Sum {
    /// The path as it was named.
    pub path: String,
    /// Its owner.
    pub mailbox: Address,
    /// New mails that the owner sent.
    pub sent: u64,
    /// New mails that the owner received.
    pub received: u64,
    /// Those of them that are authenticated as what they show.
    pub authenticated: u64,
    /// Those of them that the judge would not deliver.
    pub suspicious: u64,
    /// Mails that the judge would not deliver, those too of which it was noted before that they came.
    pub not_taken: AllNotTaken,
    /// Mails from outside in the owner's name, without proof.
    pub in_owners_name: u64,
    /// Whom the mails name.
    pub whose: Whose,
    /// New mails of which nothing was learned, since whoever wrote them was forgotten.
    pub forgotten: u64,
    /// Mails that had been learned before.
    pub known: u64,
    /// Mails of which no text was read, by reason.
    pub not_read: BTreeMap<Unread, u64>,
    /// Inputs that could not be used.
    pub unusable: u64,
    /// Mails in folders of which nothing is learned, or with a mark that says so.
    pub passed: BTreeMap<Folder, u64>,
}

impl Sum {
    /// Nothing yet.
    pub fn new(path: &Path, mailbox: Address) -> Self {
        Self {
            path: path.to_string_lossy().into_owned(),
            mailbox,
            sent: 0,
            received: 0,
            authenticated: 0,
            suspicious: 0,
            not_taken: AllNotTaken::default(),
            in_owners_name: 0,
            whose: Whose::default(),
            forgotten: 0,
            known: 0,
            not_read: BTreeMap::new(),
            unusable: 0,
            passed: BTreeMap::new(),
        }
    }

    /// Takes what was read into the batch; the line about it, where it could not be used.
    pub fn take(
        &mut self,
        outcome: Outcome,
        copy: CopyId,
        batch: &mut Batch<'_>,
        setup: &Setup,
    ) -> Option<String> {
        match outcome {
            Outcome::Read(read) => {
                let Read { learnt, in_owners_name, not_taken, ours } = *read;
                self.in_owners_name += u64::from(in_owners_name);
                // Whoever forges mail names whom they like.
                if not_taken.is_none() {
                    self.whose.add(&ours, &self.mailbox);
                }
                batch.push(learnt, copy, not_taken);
                None
            }
            Outcome::LeftOut(folder) => {
                *self.passed.entry(folder).or_default() += 1;
                None
            }
            Outcome::NotRead(why) => {
                *self.not_read.entry(why).or_default() += 1;
                None
            }
            Outcome::Problem(problem) => {
                self.unusable += 1;
                Some(problem.words(setup.lang))
            }
        }
    }

    /// Counts a mail that was learned.
    pub fn learned(&mut self, mail: &Learnt) {
        match mail.direction {
            Direction::Sent => self.sent += 1,
            Direction::Received => self.received += 1,
        }
        match mail.trust {
            Trust::Authenticated => self.authenticated += 1,
            Trust::Suspicious => self.suspicious += 1,
            Trust::Unproven => {}
        }
    }

    /// Tells of a mail of which nothing is learned.
    pub fn noted(&mut self, mail: Option<NotTaken>) {
        mail.into_iter().for_each(|mail| self.not_taken.push(mail));
    }

    /// Ends it with what was passed by on the way.
    pub fn walked(&mut self, walked: Walked) {
        self.not_taken.keep_the_latest();
        self.known += walked.known;
        for (folder, count) in walked.passed {
            *self.passed.entry(folder).or_default() += count;
        }
    }

    /// Another address of ours to which nearly all of the mails belong.
    pub fn other(&self) -> Option<Other> {
        self.whose.other(&self.mailbox)
    }

    /// Mails that were learned now.
    pub fn new_mails(&self) -> u64 {
        self.sent + self.received
    }

    /// Whether any mail was learned, now or before.
    pub fn has_learned(&self) -> bool {
        self.new_mails() + self.known > 0
    }

    /// Every mail that was met.
    pub fn mails(&self) -> u64 {
        self.new_mails()
            + self.known
            + self.forgotten
            + self.not_read.values().sum::<u64>()
            + self.passed.values().sum::<u64>()
    }

    /// Whether anything could not be used.
    pub fn has_unusable(&self) -> bool {
        self.unusable > 0 || !self.not_read.is_empty()
    }
}

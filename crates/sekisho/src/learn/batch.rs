//! Mails that were read → the memory, two thousand in one step.

use sekisho_mail::Address;
use sekisho_store::{CopyId, Learning, Learnt, Store, StoreError};

use super::not_taken::NotTaken;
use super::sum::Sum;

/// Mails in one step: a killed learner reads at most so many again.
const MAILS_MAX: usize = 2_048;
/// Bytes of text in one step.
const BYTES_MAX: usize = 16 * 1024 * 1024;

/// Mails of one mailbox that wait to be written.
pub struct Batch<'a> {
    mailbox: &'a Address,
    mails: Vec<Learnt>,
    copies: Vec<CopyId>,
    not_taken: Vec<Option<NotTaken>>,
    bytes: usize,
}

impl<'a> Batch<'a> {
    /// An empty one.
    pub fn new(mailbox: &'a Address) -> Self {
        Self { mailbox, mails: Vec::new(), copies: Vec::new(), not_taken: Vec::new(), bytes: 0 }
    }

    /// Adds a mail, with what is told of it where nothing is learned of it.
    pub fn push(&mut self, learnt: Learnt, copy: CopyId, not_taken: Option<NotTaken>) {
        self.bytes += learnt.own_text.len() + learnt.quoted.iter().map(String::len).sum::<usize>();
        self.mails.push(learnt);
        self.copies.push(copy);
        self.not_taken.push(not_taken);
    }

    /// Whether it is to be written.
    pub fn is_full(&self) -> bool {
        self.mails.len() >= MAILS_MAX || self.bytes >= BYTES_MAX
    }

    /// Writes it, and counts what was new.
    ///
    /// # Errors
    /// The memory refused; nothing of the batch was kept.
    pub fn write(&mut self, store: &mut Store, sum: &mut Sum) -> Result<(), StoreError> {
        let mails = std::mem::take(&mut self.mails);
        let copies = std::mem::take(&mut self.copies);
        let not_taken = std::mem::take(&mut self.not_taken);
        self.bytes = 0;
        if mails.is_empty() {
            return Ok(());
        }
        for ((mail, not_taken), learning) in mails.iter().zip(not_taken).zip(store.learn(&mails)?) {
            match learning {
                Learning::New => {
                    sum.learned(mail);
                    sum.noted(not_taken);
                }
                Learning::Forgotten => sum.forgotten += 1,
                Learning::Noted => {
                    sum.known += 1;
                    sum.noted(not_taken);
                }
                // It was learned before, however it looks now.
                Learning::Known => sum.known += 1,
            }
        }
        let noted: Vec<(CopyId, &str)> =
            copies.into_iter().zip(mails.iter().map(|mail| mail.key.as_str())).collect();
        store.note_copies(self.mailbox, &noted)
    }
}

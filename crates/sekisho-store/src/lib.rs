//! Everything remembered: who we know and what we said to each other, without keeping what was said.

mod database;
mod fingerprint;
mod learnt;
mod letters;
mod marks;
mod matching;
mod objects;
mod private_file;
mod reading;
mod secret;
#[cfg(any(test, feature = "postgres-server"))]
pub mod server;
mod store;

pub use database::{StoreError, Watcher};
pub use fingerprint::{ANCHOR_WINDOW, Fingerprint, GRAM_WEIGHT, WINDOW, fingerprints};
pub use learnt::{Correspondent, Direction, Learning, Learnt, Trust, Ways};
pub use letters::{LETTERS_MAX, Letter, Letters};
pub use matching::{Run, Shared, runs};
pub use objects::{Digest, Kept, Object, Objects, ObjectsError, ObjectsPlace, Refusal};
pub use reading::{ReadMail, Texts, announced, moment, texts, ways};
pub use secret::{NoSecret, SECRET_FILE, Secret};
pub use store::{
    Asked, COUNTED_MAX, Confirmation, Conversation, Copier, Copy, CopyId, Expired, Forgotten,
    LEARNED_MAILS_MIN, LegalHold, MAILBOX_MAILS_MIN, MailboxSummary, Remembered, Retention, Search,
    StartedOver, Store, Summary, Tombstone, Vouched, Wanted, Withdrawn,
};

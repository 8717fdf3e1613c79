//! Hostile bytes → reading, in a pool of confined child processes; a crash costs one mail.
//!
//! The parent ([`Pool`]) hands each mail to a child of its own, over a pipe, and waits no longer than a limit. The child
//! ([`serve`]) gives up every right before it reads its first byte: no files, no network, no processes, bounded memory
//! and time. What a child that ended leaves behind is a message that says that it was not read, and why.
//!
//! A mailbox of Outlook is one file with many mails. A child gets it as an open file that it can read and nothing else ([`read_mailbox`]),
//! and hands out one mail after the other, whose bytes go the same way as any.
//!
//! The child confines itself, with what the system offers to an ordinary process: Landlock, seccomp and rlimits on
//! Linux. Elsewhere it is a process of its own, and [`Confinement`] says that it is no more than that.

mod child;
mod confine;
mod ended;
mod limits;
mod mailbox;
mod pool;
mod process;
mod watch;
mod wire;

pub use child::{read, serve, serve_with};
pub use confine::{Confinement, Layer};
pub use limits::{ADDRESS_SPACE_BYTES_MAX, MAILS_A_READER_MAX};
pub use mailbox::{Met, OnDisk, Place, read_mailbox, serve_mailbox, serve_mailbox_with};
pub use pool::{Patience, Pool, PoolError};
pub use wire::{Answer, Contents, Reading, Request, What, Wishes};

//! Bytes of a file → what it is. So far: its kind by content, what its name claims, and whether it is locked.
//!
//! A pure function of the bytes: no clock, network, disk or async.

mod file;
mod unread;

pub use file::{File, read};
pub use unread::Unread;

//! Bytes of a file → what it is. So far: its kind by content, what its name claims, and whether it is locked.
//!
//! A pure function of the bytes: no clock, network, disk or async. Nothing here fails or panics, whatever the bytes;
//! every loop has its limit in `limits`.

mod addin;
mod archive;
mod base64;
mod calendar;
mod claim;
mod command;
mod family;
mod file;
mod help;
mod image;
mod inflate;
mod installer;
mod interpreted;
mod javascript;
mod kind;
mod limits;
mod lzx;
mod name;
mod number;
mod office;
mod onenote;
mod open;
mod padding;
mod page;
mod pdf;
mod picture;
mod recognise;
mod sample;
mod shortcut;
mod tags;
mod unread;
mod xml;
mod zip;

pub use claim::{Claim, Fit, claim};
pub use family::{Family, Opening};
pub use file::{File, read};
pub use kind::{Kind, Label};
pub use name::{NameTrick, NameTricks, plain_name_tricks};
pub use open::{Budget, Cost, Danger, Deed, DeedKind, Hold, Keys, Member, Opened, See, Sources, open};
pub use padding::Padding;
pub use recognise::kind;
pub use sample::{locked_sample, sample};
pub use unread::Unread;

//! Bytes of a file → what it is. So far: its kind by content, what its name claims, and whether it is locked.
//!
//! A pure function of the bytes: no clock, network, disk or async. Nothing here fails or panics, whatever the bytes;
//! every loop has its limit in `limits`.

mod claim;

mod container;
mod data;
mod disk;
mod family;
mod file;
mod head;
mod kind;
mod letter;
mod limits;
mod locked;
mod magic;
mod markup;
mod name;
mod number;
mod office;
mod ole;
mod open;
mod package;
mod padding;
mod program;
mod sample;
mod script;
mod settings;
mod sniff;
mod unread;
mod zip;

pub use claim::{Claim, Fit, claim};
pub use family::{Family, Opening};
pub use file::{File, read};
pub use kind::{Kind, Label};
pub use name::{NameTrick, NameTricks, plain_name_tricks};
pub use open::{Budget, Cost, Danger, Deed, DeedKind, Hold, Keys, Member, Opened, See, Sources, open};
pub use padding::Padding;
pub use sample::{locked_sample, sample};
pub use sniff::kind;
pub use unread::Unread;

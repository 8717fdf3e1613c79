//! Message, envelope and DNS → who really sent a mail; domains → how well they are protected; report mail → who sends in
//! our name.
//!
//! DNS is injected ([`Dns`]): everything here is a pure function of the bytes and of what DNS answered. What DNS did not
//! say in time is unknown, never a failure.

mod authentication_results;
mod crypto;
mod dmarc;
pub mod dns;
mod domain;
mod gather;
pub mod health;
mod key_record;
mod network;
mod recorded;
pub mod reports;
mod spf;
mod tags;
mod trust;
mod verify;

pub use authentication_results::authentication_results;
pub use dns::{Answer, Dns, Nameserver, NoAnswer, Records, Resolver, System, SystemError, Tlsa, Zone};
pub use gather::{Gathered, combined, gather};
pub use recorded::{Recorded, is_forged_claim, recorded};
pub use trust::{Trust, normal_name};
pub use verify::verify;

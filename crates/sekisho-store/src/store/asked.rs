//! What is asked about one mail.

use sekisho_facts::{Own, Sender};
use sekisho_mail::{Address, Message};

/// A mail to be judged, and what is known besides its bytes.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The mail, read.
    pub message: &'a Message,
    /// Who really sent it.
    pub sender: &'a Sender,
    /// The organisation.
    pub own: &'a Own,
    /// The receivers' mailboxes of ours.
    pub mailboxes: &'a [Address],
    /// When it came, in seconds since 1970.
    pub at: i64,
    /// When it is judged: what people have decided by then counts, for a mail that came before, too.
    pub judged_at: i64,
    /// Whether anybody gets an address at a domain (free mail services, telephone companies): addresses there have no organisation in common.
    pub is_shared_domain: &'a dyn Fn(&str) -> bool,
}

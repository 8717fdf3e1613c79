//! `learn` as a person types it.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use sekisho_mail::Address;

use super::address;
use crate::days;

/// What `learn` is told.
#[derive(Args, Debug)]
pub struct Learn {
    /// Mailboxes of one person each: Maildirs, mboxes, Outlook data files (.pst), folders of .eml or .msg; - for standard input
    #[arg(value_name = "PATH", required_unless_present_any = ["unlearn", "unlearn_since", "unlearn_mailbox", "start_over"])]
    pub paths: Vec<PathBuf>,
    /// Whose mailbox it is [default: found in the mails, and said]
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub mailbox: Option<Address>,
    /// Learn junk, deleted mail and drafts too
    #[arg(long)]
    pub all_folders: bool,
    /// Ask DNS, and verify signatures afresh, where the receiving server recorded nothing
    ///
    /// Your name servers then see which domains the mails come from; nothing else leaves this machine.
    #[arg(long)]
    pub dns: bool,
    /// Print one JSON object (sekisho.learned/1) and nothing else
    #[arg(long)]
    pub json: bool,
    /// Read this many mails at a time [default: one a processor; with --dns at least 8]
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<NonZeroUsize>,
    /// Forget what was learned of a mail, named by its Message-ID or its key; may be repeated
    #[arg(long, value_name = "MAIL", conflicts_with = "paths")]
    pub unlearn: Vec<String>,
    /// Forget what was learned of all mails since this day, as after an infection
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "paths", value_parser = days::parse)]
    pub unlearn_since: Option<Date>,
    /// Forget everything that was learned of this mailbox, as where it was learned by mistake
    ///
    /// Says first how much that is, and asks.
    #[arg(long, value_name = "ADDRESS", group = "asks", conflicts_with_all = ["paths", "mailbox", "unlearn", "unlearn_since"], value_parser = address)]
    pub unlearn_mailbox: Option<Address>,
    /// Where the secret key is lost for good: drop what was learned with it, and begin anew with a new key
    ///
    /// Says first what is dropped and what stays, and asks. Then let it learn the mailboxes again.
    #[arg(long, group = "asks", conflicts_with_all = ["paths", "unlearn", "unlearn_since", "unlearn_mailbox"])]
    pub start_over: bool,
    /// With --start-over or --unlearn-mailbox: do not ask first
    #[arg(long, short, requires = "asks")]
    pub yes: bool,
    /// With --start-over: a copy of the database is kept, as it must be while there is a legal hold
    #[arg(long, requires = "start_over")]
    pub copy_kept: bool,
}

impl Learn {
    /// Whether something is to be forgotten instead.
    pub fn takes_back(&self) -> bool {
        !self.unlearn.is_empty() || self.unlearn_since.is_some() || self.unlearn_mailbox.is_some()
    }
}

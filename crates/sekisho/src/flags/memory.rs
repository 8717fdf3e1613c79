//! What the commands about the memory are told: `conversations`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use sekisho_mail::Address;

use crate::days;

/// What `conversations` is told.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Conversations {
    /// What to do instead of listing.
    #[command(subcommand)]
    pub act: Option<ConversationsAct>,
    /// A mail or a text: which remembered conversations does it hold? - for standard input
    #[arg(value_name = "FILE", conflicts_with_all = ["party", "mailbox"])]
    pub file: Option<PathBuf>,
    /// List the remembered mails that this address wrote or received
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub party: Option<Address>,
    /// List the remembered mails of this mailbox
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub mailbox: Option<Address>,
    /// As it was known at the end of this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = days::parse)]
    pub as_of: Option<Date>,
    /// List at most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    pub limit: usize,
    /// Print one JSON object a conversation or mail (sekisho.conversation/1, sekisho.remembered/1) and nothing else
    #[arg(long)]
    pub json: bool,
}

/// What is done with conversations.
#[derive(Subcommand, Debug)]
pub enum ConversationsAct {
    /// Forget the words of the conversations that a mail or text holds
    ///
    /// Their fingerprints are removed from every mailbox's memory; who wrote to whom and when stays. Learning the same mails
    /// again does not bring them back.
    Forget(ForgetConversations),
}

/// What `conversations forget` is told.
#[derive(Args, Debug)]
pub struct ForgetConversations {
    /// A mail or a text; - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Do not ask first
    #[arg(long, short)]
    pub yes: bool,
}

/// An address as it is typed.
///
/// # Errors
/// It is none; the value and how to write it.
pub fn address(text: &str) -> Result<Address, String> {
    Address::parse(text)
        .ok_or_else(|| format!("no address: \"{text}\"; write it like yamada@partner.example"))
}

//! What the commands about the memory are told: `contacts`, `conversations`, `exceptions`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use sekisho_mail::Address;

use crate::days;
use crate::words::Bilingual;

/// What `contacts` is told.
#[derive(Args, Debug)]
#[command(override_usage = "sekisho contacts [OPTIONS] [SEARCH]\n       sekisho contacts <COMMAND>")]
pub struct Contacts {
    /// What to do instead of listing.
    #[command(subcommand)]
    pub act: Option<ContactsAct>,
    /// Part of an address or of a name; a whole address shows everything about it
    #[arg(value_name = "SEARCH")]
    pub search: Option<String>,
    /// Only whom this mailbox knows
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub mailbox: Option<Address>,
    /// As it was known at the end of this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = days::parse)]
    pub as_of: Option<Date>,
    /// List at most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 100, value_parser = limit, allow_negative_numbers = true)]
    pub limit: usize,
    /// Print one JSON object a contact (sekisho.contact/1) and nothing else
    #[arg(long)]
    pub json: bool,
}

/// What is done with a contact.
#[derive(Subcommand, Debug)]
pub enum ContactsAct {
    /// Confirm that an address, and with --name a name, truly belongs to somebody we know
    ///
    /// For instance after a call. A disputed name is settled by it.
    Confirm(Confirm),
    /// Forget a person entirely
    ///
    /// Removes the address with its names and habits from every mailbox's memory. A mark without content stays, so that
    /// learning again does not bring the person back. What others wrote to the person's own mailbox stays; it is said how to
    /// remove that.
    Forget(Forget),
    /// Take back the mark that forgetting somebody left, as where the address was mistyped
    ///
    /// What was forgotten stays forgotten. Their mail is learned from then on; mail that still lies in a mailbox is, once that is learned again.
    Readmit(Readmit),
    /// For the sake of the law, keep somebody (or, without ADDRESS, everybody) from being forgotten
    LegalHold(LegalHold),
    /// End a legal hold
    LegalRelease(LegalRelease),
    /// List the legal holds
    LegalHolds(LegalHolds),
}

/// What `contacts legal-holds` is told.
#[derive(Args, Debug)]
pub struct LegalHolds {
    /// Print one JSON object a legal hold (sekisho.legal-hold/1) and nothing else
    #[arg(long)]
    pub json: bool,
}

/// What `contacts legal-hold` is told.
#[derive(Args, Debug)]
pub struct LegalHold {
    /// The address [default: everybody]
    #[arg(value_name = "ADDRESS", value_parser = address)]
    pub address: Option<Address>,
    /// Why
    #[arg(long)]
    pub reason: String,
    /// Who ordered it
    #[arg(long, value_name = "WHO")]
    pub by: String,
}

/// What `contacts legal-release` is told.
#[derive(Args, Debug)]
pub struct LegalRelease {
    /// The address [default: the hold on everybody]
    #[arg(value_name = "ADDRESS", value_parser = address)]
    pub address: Option<Address>,
}

/// What `contacts confirm` is told.
#[derive(Args, Debug)]
pub struct Confirm {
    /// The address
    #[arg(value_name = "ADDRESS", value_parser = address)]
    pub address: Address,
    /// The name that truly belongs to it
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub name: String,
    /// Who says so
    #[arg(long, value_name = "WHO")]
    pub by: String,
}

/// What `contacts forget` is told.
#[derive(Args, Debug)]
pub struct Forget {
    /// The address
    #[arg(value_name = "ADDRESS", value_parser = address)]
    pub address: Address,
    /// Who decided it
    #[arg(long, value_name = "WHO")]
    pub by: String,
    /// Do not ask first
    #[arg(long, short)]
    pub yes: bool,
}

/// What `contacts readmit` is told.
#[derive(Args, Debug)]
pub struct Readmit {
    /// The address
    #[arg(value_name = "ADDRESS", value_parser = address)]
    pub address: Address,
}

/// What `conversations` is told.
#[derive(Args, Debug)]
#[command(override_usage = "sekisho conversations [OPTIONS] [FILE]\n       sekisho conversations <COMMAND>")]
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
    #[arg(long, value_name = "NUMBER", default_value_t = 100, value_parser = limit, allow_negative_numbers = true)]
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

/// What `exceptions` is told.
#[derive(Args, Debug)]
#[command(override_usage = "sekisho exceptions [OPTIONS]\n       sekisho exceptions <COMMAND>")]
pub struct Exceptions {
    /// What to do instead of listing.
    #[command(subcommand)]
    pub act: Option<ExceptionsAct>,
    /// Those that held at the end of this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = days::parse)]
    pub as_of: Option<Date>,
    /// Print one JSON object an exception (sekisho.exception/1) and nothing else
    #[arg(long)]
    pub json: bool,
}

/// What is done with exceptions.
#[derive(Subcommand, Debug)]
pub enum ExceptionsAct {
    /// Let checks be silent for a sender, for a reason and until a day
    ///
    /// An exception counts only for mail that is authenticated as that sender, and never for what an attachment or a link does.
    Add(AddException),
    /// Withdraw an exception before its day
    Withdraw(Withdraw),
}

/// What `exceptions add` is told.
#[derive(Args, Debug)]
pub struct AddException {
    /// The address, or @domain for everybody there
    #[arg(long, value_name = "ADDRESS", value_parser = covered)]
    pub sender: String,
    /// A check to silence, by its id; may be repeated [default: every check that may be silenced]
    #[arg(long = "check", value_name = "CHECK")]
    pub checks: Vec<String>,
    /// Why
    #[arg(long)]
    pub reason: String,
    /// Who decided it
    #[arg(long, value_name = "WHO")]
    pub by: String,
    /// The last day on which it holds
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = days::parse)]
    pub until: Date,
}

/// What `exceptions withdraw` is told.
#[derive(Args, Debug)]
pub struct Withdraw {
    /// Its number
    #[arg(value_name = "NUMBER")]
    pub id: i64,
    /// Who decided it
    #[arg(long, value_name = "WHO")]
    pub by: String,
}

/// An address as it is typed.
///
/// # Errors
/// It is none; the value and how to write it.
pub fn address(text: &str) -> Result<Address, Bilingual> {
    Address::parse(text).ok_or_else(|| Bilingual {
        ja: "メールアドレスは yamada@partner.example のように書いてください".to_owned(),
        en: format!("no address: \"{text}\"; write it like yamada@partner.example"),
    })
}

/// Whom an exception covers: an address, or `@domain`.
fn covered(text: &str) -> Result<String, Bilingual> {
    let wrong = || Bilingual {
        ja: "yamada@partner.example か @partner.example のように書いてください".to_owned(),
        en: format!("no sender: \"{text}\"; write it like yamada@partner.example or @partner.example"),
    };
    match text.trim().strip_prefix('@') {
        // A domain is what would be one behind somebody's @.
        Some(domain) => Address::parse(&format!("a@{domain}"))
            .filter(|address| address.local() == "a" && address.domain().contains('.'))
            .map(|address| format!("@{}", address.domain()))
            .ok_or_else(wrong),
        None => Address::parse(text).map(|address| address.to_string().to_lowercase()).ok_or_else(wrong),
    }
}

/// How many are listed at most.
fn limit(text: &str) -> Result<usize, Bilingual> {
    text.parse().ok().filter(|limit| *limit > 0).ok_or_else(|| Bilingual {
        ja: "多くても何件まで出すかを、1 以上の数で書いてください".to_owned(),
        en: "a limit is how many are listed at most: a number from 1 on".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exception_covers_an_address_or_a_domain() {
        assert_eq!(covered("Yamada@Partner.example").unwrap(), "yamada@partner.example");
        assert_eq!(covered(" @Partner.example").unwrap(), "@partner.example");
        for wrong in ["", "@", "@com", "partner.example", "@a b.example", "@a@b.example"] {
            assert!(covered(wrong).is_err(), "{wrong}");
        }
    }
}

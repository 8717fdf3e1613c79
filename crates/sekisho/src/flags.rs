//! The command line as a person types it. Help, manual, completions and `docs/cli.md` are made of these definitions.

mod import;
mod japanese;
mod learn;
mod memory;
mod typed;
mod wrong;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use sekisho_content::Sources;
use sekisho_judge::{Lang, Profile};
use sekisho_mail::Address;
use sekisho_reader::{Contents, Wishes};
use sekisho_sender::reports::Day;

pub use import::Import;
pub use learn::Learn;
pub use memory::{
    AddException, Confirm, Contacts, ContactsAct, Conversations, ConversationsAct, Exceptions, ExceptionsAct,
    Forget, ForgetConversations, LegalHold, LegalHolds, LegalRelease, Readmit, Withdraw, address,
};

use crate::days;
use crate::terminal::ColourChoice;
use crate::words::Bilingual;

/// A mail checkpoint: judges mail, and says why.
///
/// Sekisho reads mail from files, finds forged senders, dangerous attachments and links, and says in Japanese or
/// English what it found, what it compared and what it could not look at.
#[derive(Parser, Debug)]
#[command(name = "sekisho", version, disable_help_subcommand = true, propagate_version = true)]
#[command(
    after_help = "Exit status of scan and inspect: 0 nothing above deliver, 1 something above it, 2 some input could not be used."
)]
pub struct Flags {
    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What holds for every command.
#[derive(Args, Debug)]
pub struct Common {
    /// Folder of this installation: sekisho.toml, policy.toml, lists/
    ///
    /// Without it: the environment variable SEKISHO_HOME, else sekisho in the user's data folder.
    #[arg(long, value_name = "DIR", global = true, help_heading = "Common options")]
    pub home: Option<PathBuf>,
    /// Language of everything said [default: that of the environment]
    #[arg(long, value_name = "LANG", global = true, help_heading = "Common options")]
    pub lang: Option<LangChoice>,
    /// When to use colours
    #[arg(
        long,
        value_name = "WHEN",
        visible_alias = "colour",
        default_value = "auto",
        global = true,
        help_heading = "Common options"
    )]
    pub color: ColourChoice,
    /// Say only what needs attention: no summary, no progress, no mails to deliver
    #[arg(long, short, global = true, help_heading = "Common options")]
    pub quiet: bool,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Judge mail from files and say why
    ///
    /// A PATH is an .eml or Outlook .msg file, an mbox, a Maildir, an Outlook data file (.pst, .ost), a folder of these, or - for
    /// one mail or an mbox on standard input. Output keeps the order of the input. Symbolic links inside folders are not followed.
    Scan(Scan),
    /// Show everything found in one mail or file
    ///
    /// Draws a mail's tree of parts with names, kinds, links, quotations, hidden text and findings; an mbox or
    /// Outlook data file is drawn mail by mail. Of a file that is no mail, says what it is, what its name claims, what it holds and does, and what
    /// was not looked at.
    Inspect(Inspect),
    /// List and show whom we write with, confirm an address, or forget a person
    ///
    /// Contacts are learned by learn and import. Without SEARCH all are listed, the most trusted first; a whole address shows
    /// everything about it. Exit status: 0 done, 1 nothing found, 2 it could not be done.
    Contacts(Contacts),
    /// Find the remembered conversations that a mail or text holds, list remembered mails, or forget words
    ///
    /// No text of a mail is kept: what is shown is who wrote to whom, and when. Exit status: 0 done, 1 nothing found, 2 it could
    /// not be done.
    Conversations(Conversations),
    /// Learn who writes what to whom, from mailboxes
    ///
    /// Reads Maildirs, mboxes, Outlook data files (.pst, .ost) and folders of .eml or .msg, and remembers names, addresses, habits and
    /// fingerprints of what was written; no text of a mail is kept. Learning the same mail twice changes nothing, and a learner that was
    /// stopped goes on where it was. Each PATH is the mailbox of one person.
    ///
    /// Exit status: 0 everything was learned, 1 a mail or mailbox to be forgotten is not remembered, 2 some input could
    /// not be used.
    Learn(Learn),
    /// List, add and withdraw exceptions that a person makes for a sender
    ///
    /// Exit status: 0 done, 1 there is none, 2 it could not be done.
    Exceptions(Exceptions),
    /// Take address books and lists of staff or partners into the memory
    ///
    /// Reads CSV exported by Outlook, Google or Thunderbird, lists of names and addresses, vCards and LDIF, in UTF-8, UTF-16 or
    /// Shift_JIS. Those in them count as confirmed. Exit status: 0 everything was taken, 2 some file could not be used.
    Import(Import),
    /// Explain a check, or list all of them
    ///
    /// Says what a check finds, why that matters, what it misses and what it needs.
    Explain(Explain),
    /// Read reports that receivers send about our domains, and say who sends in our name
    ///
    /// Reads DMARC aggregate reports, failure reports and TLS reports (TLS-RPT) out of mails (.eml, .msg, mbox, Maildir,
    /// folders, -) and files (.xml, .json, gzip, ZIP), known by their content. Says who sends in the name of each domain, what
    /// passes, who is new, and since when a domain is abused. A report that comes twice counts once. Nothing is asked of DNS,
    /// and reports are believed as they are written. Days are those of UTC. Exit status: 0 nothing to look at, 1 failing mail
    /// rises, or senders nobody knows fail, or encrypted transport fails, 2 some input could not be read in full.
    Reports(Reports),
    /// Check how well domains are protected against forgery, and say what to publish
    ///
    /// Looks in DNS at SPF, DKIM, DMARC, MX, MTA-STS, TLS-RPT, DANE and BIMI, says what is wrong and why it matters, prints the
    /// records to publish, and leads from p=none to p=reject step by step. A DOMAIN is what stands behind the @ of mail
    /// addresses; - reads a list from standard input. Without any, the organisation's own (sekisho.toml) are checked.
    ///
    /// Exit status: 0 everything is in order, 1 something is to be mended, 2 something could not be looked at.
    CheckDomain(CheckDomain),
    /// Say what is missing in this installation, and how to mend it
    ///
    /// Exit status: 0 nothing to mend, 1 something to mend.
    Doctor(Doctor),
    /// Write an annotated configuration to begin with
    ///
    /// Writes sekisho.toml into the installation's folder, and never overwrites one. On a terminal it asks for what no
    /// option gave; an empty answer leaves it open.
    Init(Init),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, of one command if it is named
    Manual {
        /// The command
        command: Option<String>,
    },
    /// Read mails from standard input for another process of this program, without any right
    #[command(hide = true)]
    Reader,
    /// Take mails out of an Outlook data file on standard input for another process of this program, without any right
    #[command(hide = true)]
    MailboxReader {
        /// The number to begin with
        from: u32,
    },
    /// Read reports from standard input for another process of this program, without any right
    #[command(hide = true)]
    ReportReader,
    /// Write the generated reference pages into a folder
    #[command(hide = true)]
    Pages {
        /// The folder
        folder: PathBuf,
    },
}

/// What `scan` is told.
#[derive(Args, Debug)]
pub struct Scan {
    /// Mails, mboxes, Maildirs, Outlook data files or folders; - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Print one JSON object a mail (sekisho.case/1) and nothing else
    #[arg(long)]
    pub json: bool,
    /// List every mail
    ///
    /// Without it the first 50 mails are listed whatever their verdict; after them, those to deliver are only counted.
    #[arg(long)]
    pub all: bool,
    /// How the mails are judged.
    #[command(flatten)]
    pub judging: Judging,
}

/// What `inspect` is told.
#[derive(Args, Debug)]
pub struct Inspect {
    /// Mails or any files; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Print one JSON object a mail (sekisho.case/1) or file (sekisho.file/1)
    #[arg(long)]
    pub json: bool,
    /// Print the source of macros and scripts, and formulas of Excel 4 macros
    #[arg(long)]
    pub source: bool,
    /// Write all parts into a new ZIP archive with the password "infected"
    ///
    /// The password is the custom of those who examine malware: no scanner opens it, and nobody by mistake.
    #[arg(long, value_name = "FILE.zip")]
    pub extract: Option<PathBuf>,
    /// How the mails are judged.
    #[command(flatten)]
    pub judging: Judging,
}

/// How mails are judged.
#[derive(Args, Debug, Default)]
pub struct Judging {
    /// Judge with this profile instead of the configured one
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<ProfileChoice>,
    /// Judge with the rules of this file instead of HOME/policy.toml
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Try the passwords in this file, one a line, on locked attachments
    ///
    /// Passwords that stand in the mail itself are always tried, and first.
    #[arg(long, value_name = "FILE")]
    pub passwords: Option<PathBuf>,
    /// Ask DNS, and verify signatures (DKIM, ARC) and policies (DMARC) afresh
    ///
    /// Your name servers then see which domains the mails come from; nothing else leaves this machine. A mail waits ten
    /// seconds at most, and what was not answered is unknown, never failed. SPF is not computed again for stored mail, and a
    /// key that is gone is no failure.
    #[arg(long)]
    pub dns: bool,
    /// Judge the mails as this mailbox of ours received them [default: the own addresses that a mail names]
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub mailbox: Option<Address>,
    /// Judge by what was remembered at the end of this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = days::parse)]
    pub as_of: Option<Date>,
    /// Judge this many mails at a time [default: one a processor; with --dns at least 8]
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<NonZeroUsize>,
}

/// What `explain` is told.
#[derive(Args, Debug)]
pub struct Explain {
    /// The check's id
    #[arg(value_name = "CHECK")]
    pub check: Option<String>,
    /// Print one JSON object a check (sekisho.check/1)
    #[arg(long)]
    pub json: bool,
}

/// What `reports` is told.
#[derive(Args, Debug)]
pub struct Reports {
    /// Reports, or mails, mboxes, Maildirs and folders with them; - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Print one JSON object (sekisho.reports/1) and nothing else
    #[arg(long)]
    pub json: bool,
    /// Only reports about this domain and those below it
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// Only reports about this day and later ones; a sender first seen since then is new
    ///
    /// Without it, a sender is new that was first seen in the last 14 days of the reports.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub since: Option<Day>,
    /// Only reports about this day and earlier ones
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub until: Option<Day>,
    /// List every sender, reporter and failure report
    #[arg(long)]
    pub all: bool,
    /// Read this many reports at a time [default: one a processor]
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<NonZeroUsize>,
}

fn day(text: &str) -> Result<Day, Bilingual> {
    Day::parse(text).ok_or_else(|| days::no_day(text))
}

/// What `check-domain` is told.
#[derive(Args, Debug)]
pub struct CheckDomain {
    /// Domains; - for a list on standard input [default: those of sekisho.toml]
    #[arg(value_name = "DOMAIN")]
    pub domains: Vec<String>,
    /// Check the domains listed in this file too, one a line
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Look at the DKIM keys of these selectors, separated by commas
    #[arg(long, value_name = "SELECTOR", value_delimiter = ',')]
    pub selector: Vec<String>,
    /// Take the DKIM selectors from the signatures of this mail, sent from the domains; may be repeated
    #[arg(long, value_name = "PATH")]
    pub mail: Vec<PathBuf>,
    /// Check the domains as ones that nothing is sent from
    #[arg(long)]
    pub sends_nothing: bool,
    /// Ask this DNS server instead of the configured ones; may be repeated
    #[arg(long, value_name = "ADDRESS")]
    pub nameserver: Vec<String>,
    /// Print one JSON object a domain (sekisho.domain/1) and nothing else
    #[arg(long)]
    pub json: bool,
    /// Check this many domains at a time [default: 12]
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<NonZeroUsize>,
}

/// What `doctor` is told.
#[derive(Args, Debug)]
pub struct Doctor {
    /// Print one JSON object (sekisho.doctor/1)
    #[arg(long)]
    pub json: bool,
    /// Ask whether DNS answers
    #[arg(long)]
    pub dns: bool,
    /// Say that the memory's secret key is saved elsewhere; it is asked for until then
    #[arg(long)]
    pub key_saved: bool,
}

/// What `init` is told.
#[derive(Args, Debug)]
pub struct Init {
    /// The organisation's name
    #[arg(long)]
    pub name: Option<String>,
    /// One of the organisation's mail domains; may be repeated
    #[arg(long = "domain", value_name = "DOMAIN")]
    pub domains: Vec<String>,
    /// One of the organisation's people; may be repeated
    #[arg(long = "person", value_name = "NAME <ADDRESS>")]
    pub people: Vec<String>,
    /// A CSV list of people beside sekisho.toml: name, address, other spellings
    #[arg(long, value_name = "FILE")]
    pub people_file: Option<String>,
}

/// A language by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangChoice {
    /// Japanese
    Ja,
    /// English
    En,
}

/// A profile by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProfileChoice {
    /// Judges as balanced, acts on nothing
    Watch,
    /// What most organisations want
    Balanced,
    /// Rather one false alarm more than one miss
    Strict,
}

impl Command {
    /// How mails are judged, where the command judges any.
    pub fn judging(&self) -> Option<&Judging> {
        match self {
            Command::Scan(scan) => Some(&scan.judging),
            Command::Inspect(inspect) => Some(&inspect.judging),
            _ => None,
        }
    }

    /// Whether what is remembered is to be changed.
    pub fn changes_memory(&self) -> bool {
        match self {
            Command::Learn(_) | Command::Import(_) => true,
            Command::Contacts(contacts) => match contacts.act {
                Some(ContactsAct::LegalHolds(_)) | None => false,
                Some(_) => true,
            },
            Command::Exceptions(exceptions) => exceptions.act.is_some(),
            Command::Conversations(conversations) => conversations.act.is_some(),
            _ => false,
        }
    }

    /// Whether DNS is to be asked.
    pub fn asks_dns(&self) -> bool {
        match self {
            Command::Doctor(doctor) => doctor.dns,
            Command::Learn(learn) => learn.dns,
            command => command.judging().is_some_and(|judging| judging.dns),
        }
    }
}

impl Inspect {
    /// What the readers are asked for beyond reading.
    pub fn wish(&self, wishes: &mut Wishes) {
        if self.source {
            wishes.sources = Sources::Keep;
        }
        if self.extract.is_some() {
            wishes.contents = Contents::Keep;
        }
    }
}

impl From<LangChoice> for Lang {
    fn from(choice: LangChoice) -> Self {
        match choice {
            LangChoice::Ja => Lang::Ja,
            LangChoice::En => Lang::En,
        }
    }
}

impl From<ProfileChoice> for Profile {
    fn from(choice: ProfileChoice) -> Self {
        match choice {
            ProfileChoice::Watch => Profile::Watch,
            ProfileChoice::Balanced => Profile::Balanced,
            ProfileChoice::Strict => Profile::Strict,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definitions_are_sound() {
        super::Flags::command().debug_assert();
    }
}

//! `sekisho`, the command line: flags, files, configuration and words on the terminal around the judge.

mod authentication;
mod check_domain;
mod completions;
mod config;
mod contacts;
mod conversations;
mod days;
mod decisions;
mod doctor;
mod exceptions;
mod explain;
mod files;
mod flags;
mod given_passwords;
mod home;
mod import;
mod init;
mod inspect;
mod judging;
mod learn;
mod memory;
mod pages;
mod pipeline;
mod readers;
mod recall;
mod relations;
mod reports;
mod scan;
mod setup;
mod signals;
mod terminal;
mod words;

use std::process::ExitCode;

use flags::{Command, Flags};
use setup::Setup;

/// The whole run: flags are read, the installation is looked up, one command does its work.
fn main() -> ExitCode {
    let flags = Flags::typed();
    if let Command::Reader = flags.command {
        return sekisho_reader::serve();
    }
    if let Command::MailboxReader { from } = flags.command {
        return sekisho_reader::serve_mailbox(from);
    }
    if let Command::ReportReader = flags.command {
        return reports::serve();
    }
    signals::let_writes_fail();
    let setup = Setup::of(&flags);
    if flags.command.changes_memory()
        && let Err(refused) = memory::may_change(&setup)
    {
        terminal::complain(&refused.words(setup.lang));
        return ExitCode::from(scan::EXIT_UNUSABLE);
    }
    match &flags.command {
        Command::Scan(scan) => scan::run(scan, &setup),
        Command::Inspect(inspect) => inspect::run(inspect, &setup),
        Command::Conversations(conversations) => conversations::run(conversations, &setup),
        Command::Import(import) => import::run(import, &setup),
        Command::Learn(learn) => learn::run(learn, &setup),
        Command::Contacts(contacts) => contacts::run(contacts, &setup),
        Command::Exceptions(exceptions) => exceptions::run(exceptions, &setup),
        Command::Explain(explain) => explain::run(explain, &setup),
        Command::Reports(reports) => reports::run(reports, &setup),
        Command::CheckDomain(check) => check_domain::run(check, &setup),
        Command::Doctor(doctor) => doctor::run(doctor, &setup),
        Command::Init(init) => init::run(init, &setup),
        Command::Completions { shell } => completions::shell(*shell),
        Command::Manual { command } => completions::manual(command.as_deref()),
        Command::Pages { folder } => pages::write(folder),
        Command::Reader | Command::MailboxReader { .. } | Command::ReportReader => ExitCode::SUCCESS,
    }
}

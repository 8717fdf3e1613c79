//! The definitions of flags → completions for shells, manual pages.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::flags::Flags;
use crate::terminal;

/// Prints the completions for one shell.
pub fn shell(shell: Shell) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Flags::command(), "sekisho", &mut text);
    print(&text)
}

/// Prints the manual page of the program, or of one command.
pub fn manual(command: Option<&str>) -> ExitCode {
    match manual_page(command) {
        Some(page) => print(page.as_bytes()),
        None => {
            let command = crate::words::harmless(command.unwrap_or_default());
            terminal::complain(&format!("no command \"{command}\"; `sekisho --help` lists them"));
            ExitCode::from(2)
        }
    }
}

/// The manual page of the program, or of one command, as roff text.
pub fn manual_page(command: Option<&str>) -> Option<String> {
    let mut program = Flags::command();
    program.build();
    let definition = match command {
        None => program,
        Some(name) => program.find_subcommand(name)?.clone(),
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(definition).render(&mut page).ok()?;
    String::from_utf8(page).ok()
}

/// The commands that have a page of their own.
pub fn commands() -> Vec<String> {
    let program = Flags::command();
    program
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
        .map(|command| command.get_name().to_owned())
        .collect()
}

fn print(text: &[u8]) -> ExitCode {
    let _ = terminal::print(&String::from_utf8_lossy(text));
    ExitCode::SUCCESS
}

//! What a person typed → flags, or an error in their language: an option of a list is not passed over in silence where a subcommand runs.

use std::ffi::OsString;
use std::io::{self, Write};

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory, Error, FromArgMatches, ValueEnum};
use sekisho_judge::Lang;
use sekisho_judge::nearest::nearest;

use super::{Flags, LangChoice, japanese, wrong};
use crate::words::language_of_environment;

impl Flags {
    /// The flags of this run. Help, and an error told with exit status 2, end the program.
    pub fn typed() -> Self {
        let arguments: Vec<OsString> = std::env::args_os().collect();
        Self::parsed(arguments.iter().cloned()).unwrap_or_else(|error| end(&error, &arguments))
    }

    /// The flags in a command line.
    pub(super) fn parsed(arguments: impl Iterator<Item = OsString>) -> Result<Self, Error> {
        let arguments: Vec<OsString> = arguments.collect();
        let mut program = match lang(&arguments) {
            Lang::Ja => japanese::program(Self::command()),
            Lang::En => Self::command(),
        };
        let matches = program
            .try_get_matches_from_mut(&arguments)
            .map_err(|error| with_subcommand(error, &program, &arguments))?;
        if let Some(error) = of_the_list(&mut program, &matches) {
            return Err(error);
        }
        Self::from_arg_matches(&matches)
    }
}

fn end(error: &Error, arguments: &[OsString]) -> ! {
    let lang = lang(arguments);
    match wrong::in_japanese(error) {
        Some(text) if lang == Lang::Ja => {
            let _ = io::stderr().lock().write_all(text.as_bytes());
            std::process::exit(error.exit_code())
        }
        _ => error.exit(),
    }
}

/// The language of a command line that cannot be used: that of its `--lang`, else of the environment.
fn lang(arguments: &[OsString]) -> Lang {
    let options = arguments.iter().take_while(|word| *word != "--");
    let words: Vec<&str> = options.filter_map(|word| word.to_str()).collect();
    let behind = words.iter().position(|word| *word == "--lang").and_then(|at| words.get(at + 1)).copied();
    let named = behind.or_else(|| words.iter().find_map(|word| word.strip_prefix("--lang=")));
    named
        .and_then(|code| LangChoice::from_str(code, false).ok())
        .map_or_else(|| language_of_environment(|name| std::env::var(name).ok()), Lang::from)
}

/// A subcommand that was mistyped is taken for a word to search for, and what stands behind it is one too many: the subcommand is named.
fn with_subcommand(mut error: Error, program: &Command, arguments: &[OsString]) -> Error {
    if error.kind() == ErrorKind::UnknownArgument {
        let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str());
        let command = words.find_map(|word| program.find_subcommand(word));
        let names = || command.into_iter().flat_map(Command::get_subcommands).map(Command::get_name);
        let word = words.find(|word| !word.starts_with('-'));
        let near =
            word.filter(|word| names().all(|name| name != *word)).and_then(|word| nearest(word, names()));
        if let Some(near) = near {
            let near = ContextValue::Strings(vec![near.to_owned()]);
            error.insert(ContextKind::SuggestedSubcommand, near);
        }
    }
    error
}

/// An option of `contacts`, `conversations` or `exceptions` themselves, beside one of their subcommands.
fn of_the_list(program: &mut Command, matches: &ArgMatches) -> Option<Error> {
    let (name, given) = matches.subcommand()?;
    let act = given.subcommand_name()?;
    let command = program.find_subcommand_mut(name)?;
    let was_typed = |id: &str| given.value_source(id) == Some(ValueSource::CommandLine);
    let argument = command
        .get_arguments()
        .find(|argument| !argument.is_global_set() && was_typed(argument.get_id().as_str()))?
        .to_string();
    // The subcommand's own option stands behind it.
    let long = argument.split_whitespace().next().and_then(|word| word.strip_prefix("--")).map(str::to_owned);
    let is_its_own = |sub: &Command| sub.get_arguments().any(|its| its.get_long() == long.as_deref());
    let is_there = long.is_some() && command.find_subcommand(act).is_some_and(is_its_own);
    let usage = command.render_usage();
    let mut error = Error::new(ErrorKind::ArgumentConflict).with_cmd(command);
    error.insert(ContextKind::InvalidArg, ContextValue::String(argument));
    error.insert(ContextKind::PriorArg, ContextValue::String(format!("{name} {act}")));
    if let Some(long) = long.filter(|_| is_there) {
        let there = StyledStr::from(format!("'{name} {act} --{long}' exists"));
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![there]));
    }
    error.insert(ContextKind::Usage, ContextValue::StyledStr(usage));
    Some(error)
}

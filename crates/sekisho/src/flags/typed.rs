//! What a person typed → flags, or an error: an option of a list is not passed over in silence where a subcommand runs.

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory, Error, FromArgMatches};

use super::Flags;

impl Flags {
    /// The flags of this run. Help, and an error told with exit status 2, end the program.
    pub fn typed() -> Self {
        let mut program = Self::command();
        let matches = program.get_matches_mut();
        if let Some(error) = of_the_list(&mut program, &matches) {
            error.exit()
        }
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}

/// An option of `contacts`, `conversations` or `exceptions` themselves, beside one of their subcommands.
fn of_the_list(program: &mut Command, matches: &ArgMatches) -> Option<Error> {
    let (name, given) = matches.subcommand()?;
    let act = given.subcommand_name()?;
    let command = program.find_subcommand_mut(name)?;
    let was_typed = |id: &str| given.value_source(id) == Some(ValueSource::CommandLine);
    let argument = command
        .get_arguments()
        .find(|argument| !argument.is_global_set() && was_typed(argument.get_id().as_str()))?;
    let line = format!("the argument '{argument}' cannot be used with '{name} {act}'; leave it out");
    Some(command.error(ErrorKind::ArgumentConflict, line))
}

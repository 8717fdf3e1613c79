//! The definitions of flags → `docs/cli.md` and the manual pages.

use clap::{ArgAction, Command, CommandFactory};

use super::{GENERATED, Pages, cell};
use crate::completions;
use crate::flags::Flags;

/// Adds the page of the command line and a manual page for each command.
pub fn add(pages: &mut Pages) {
    let mut program = Flags::command();
    program.build();
    let mut out = format!("{GENERATED}# Command line\n\n{}\n\n", about(&program));
    out.push_str(BEGINNING);
    out.push_str("## Common options\n\n");
    out.push_str(&options(&program, true));
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        out.push_str(&one(command, "## sekisho"));
        for act in command.get_subcommands().filter(|act| !act.is_hide_set()) {
            out.push_str(&one(act, &format!("### sekisho {}", command.get_name())));
        }
    }
    pages.insert("cli.md".to_owned(), out);
    pages.extend(completions::manual_page(None).map(|page| ("man/sekisho.1".to_owned(), page)));
    for command in completions::commands() {
        pages.extend(
            completions::manual_page(Some(&command)).map(|page| (format!("man/sekisho-{command}.1"), page)),
        );
    }
}

const BEGINNING: &str = "Completions: `sekisho completions bash` (zsh, fish, …). Manual page: `sekisho manual`, or the files in `docs/man/`.

## Exit status

| command | 0 | 1 | 2 |
|---|---|---|---|
| `scan`, `inspect` | nothing is above `deliver` | something is above `deliver` | some input could not be used; the rest was judged |
| `reports` | nothing to look at | failing mail rises, senders nobody knows fail, or encrypted transport fails | some input could not be read, or not in full; the rest was counted |
| `check-domain` | every domain is in order | something warns or fails | something could not be looked at (DNS, an unknown DKIM selector), or what was given is no domain; the rest was checked |
| `contacts`, `conversations`, `exceptions` | done | nothing is found | it could not be done |
| `doctor` | nothing is to be mended | something is to be mended | what was said could not be noted |
| `explain`, `init`, `manual` | done | | the check, the command or the folder cannot be used |

A wrong option is told with exit status 2, and nothing is judged. Help and what is said of wrong options are in Japanese where `--lang` or
the environment asks for it; the longer explanations and the manual pages are in English.

## Days

Days that you type and days that are shown are those of the computer's time zone (`TZ`, else the system's; UTC where neither names one). These are not:
`reports` counts days of UTC, as receivers do; a mail's date in `scan` and `inspect` is the one that its sender wrote; the month of a conversation that a
finding names, and the days of dated lists, are those of UTC, so that a mail is judged alike everywhere. JSON has moments in UTC.

## Output

A table on a terminal: verdict, date, sender and subject of each mail, with the reasons below. Values that a stranger chose stand in quotation marks; what
acts on a terminal is shown by its number, and links cannot be clicked. The first 50 mails are listed whatever their verdict; after them, those to deliver
are only counted, unless `--all` is given. Into a file or a pipe, lines are not cut, and each mail's place is at their end.

With `--json` one [`sekisho.case/1`](json.md) a line, and nothing else. Lines come in the order of the input, each as soon as it is ready: what was finished
when a run is broken off is complete.

";

fn one(command: &Command, above: &str) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let mut out = format!("\n{above} {}\n\n{}\n\n```\n{usage}\n```\n", command.get_name(), about(command));
    let options = options(command, false);
    if !options.is_empty() {
        out.push('\n');
        out.push_str(&options);
    }
    out
}

fn about(command: &Command) -> String {
    command.get_long_about().or_else(|| command.get_about()).map(ToString::to_string).unwrap_or_default()
}

/// The arguments of a command as a table; those that hold for every command only where asked for.
fn options(command: &Command, common: bool) -> String {
    let mut rows = String::new();
    for argument in command.get_arguments().filter(|argument| argument.is_global_set() == common) {
        if argument.is_hide_set()
            || matches!(
                argument.get_action(),
                ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong | ArgAction::Version
            )
        {
            continue;
        }
        let values: Vec<String> =
            argument.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
        let help = argument
            .get_long_help()
            .or_else(|| argument.get_help())
            .map(ToString::to_string)
            .unwrap_or_default();
        let help = help.replace("\n\n", ". ");
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        let takes_values = argument.get_action().takes_values() && !values.is_empty();
        let values = if takes_values { format!(" ({})", values.join(", ")) } else { String::new() };
        rows.push_str(&format!("| `{}` | {}{} |\n", cell(&argument.to_string()), cell(&help), cell(&values)));
    }
    if rows.is_empty() { rows } else { format!("| option | |\n|---|---|\n{rows}") }
}

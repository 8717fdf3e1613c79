//! `inspect`: mails or files → everything found in each, drawn as a tree or as one JSON line a file.

mod plain_file;
mod tree;

use std::ops::ControlFlow;
use std::process::ExitCode;

use sekisho_judge::Action;

use crate::files::{self, Met, Problem, Want};
use crate::flags::Inspect;
use crate::judging;
use crate::pipeline;
use crate::scan::{EXIT_FOUND, EXIT_NOTHING, EXIT_UNUSABLE, threads};
use crate::setup::Setup;
use crate::terminal;
#[cfg(test)]
pub use plain_file::json_line as plain_file_json_line;

/// Draws everything at the paths.
pub fn run(inspect: &Inspect, setup: &Setup) -> ExitCode {
    let mut unusable = setup.complain();
    let mut found = false;
    pipeline::run(
        threads(&inspect.judging),
        |sink| files::walk(&inspect.files, Want::AnyFile, sink),
        |met| look(met, inspect, setup),
        |drawn| match drawn {
            Drawn::Text(text, action) => {
                found |= action > Action::Deliver;
                terminal::print(&text)
            }
            Drawn::Problem(problem) => {
                unusable = true;
                terminal::complain(&problem.words(setup.lang));
                ControlFlow::Continue(())
            }
            Drawn::Nothing => ControlFlow::Continue(()),
        },
    );
    ExitCode::from(match (unusable, found) {
        (true, _) => EXIT_UNUSABLE,
        (false, true) => EXIT_FOUND,
        (false, false) => EXIT_NOTHING,
    })
}

/// One input, drawn.
enum Drawn {
    /// Its lines, and what is done with it.
    Text(String, Action),
    /// It could not be used.
    Problem(Problem),
    /// There is nothing to draw.
    Nothing,
}

fn look(met: Met, inspect: &Inspect, setup: &Setup) -> Drawn {
    match met {
        Met::Mail(raw) => {
            let drawn = judging::with_judged(&raw, setup, |mail| {
                let text = if inspect.json { mail.json_line() } else { tree::draw(mail, setup) };
                Drawn::Text(text, mail.judgement.verdict.action)
            });
            drawn.unwrap_or_else(Drawn::Problem)
        }
        Met::File(file) => {
            let text =
                if inspect.json { plain_file::json_line(&file) } else { plain_file::draw(&file, setup) };
            Drawn::Text(text, Action::Deliver)
        }
        Met::Problem(problem) => Drawn::Problem(problem),
        Met::NotMail => Drawn::Nothing,
    }
}

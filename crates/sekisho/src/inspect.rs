//! `inspect`: mails or files → everything found in each, drawn as a tree or as one JSON line a file.

mod extract;
mod plain_file;
mod tree;

use std::ops::ControlFlow;
use std::process::ExitCode;

use sekisho_judge::Action;

use crate::files::{self, Met, Problem, Want};
use crate::flags::Inspect;
use crate::judging;
use crate::pipeline;
use crate::scan::listing;
use crate::scan::{EXIT_FOUND, EXIT_NOTHING, EXIT_UNUSABLE, threads};
use crate::setup::{Setup, Speech};
use crate::terminal;
use extract::{Extracted, Extraction};
#[cfg(test)]
pub use plain_file::json_line as plain_file_json_line;

/// Draws everything at the paths.
pub fn run(inspect: &Inspect, setup: &Setup) -> ExitCode {
    let mut unusable = setup.complain();
    let mut found = false;
    let mut extraction = match inspect.extract.as_deref().map(|file| Extraction::create(file, setup.lang)) {
        Some(Err(error)) => {
            terminal::complain(&error);
            return ExitCode::from(EXIT_UNUSABLE);
        }
        Some(Ok(extraction)) => Some(extraction),
        None => None,
    };
    let mut failed = None;
    pipeline::run(
        threads(&inspect.judging),
        |sink| files::walk(&inspect.files, Want::AnyFile, sink),
        |met| look(met, inspect, setup),
        |drawn| match drawn {
            Drawn::Text(drawing) => {
                found |= drawing.action > Action::Deliver;
                if let Some(extraction) = &mut extraction
                    && let Err(error) = extraction.add(&drawing.input, &drawing.extracted)
                {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
                terminal::print(&drawing.text)
            }
            Drawn::Problem(problem) => {
                unusable = true;
                terminal::complain(&problem.words(setup.lang));
                ControlFlow::Continue(())
            }
            Drawn::Nothing => ControlFlow::Continue(()),
        },
    );
    if let (Some(extraction), Some(file)) = (extraction, &inspect.extract) {
        match failed.map_or_else(|| extraction.finish(file, setup.lang), Err) {
            Ok(words) if setup.speech == Speech::Full => terminal::complain(&words),
            Ok(_) => {}
            Err(error) => {
                unusable = true;
                terminal::complain(&extract::failed(file, &error, setup.lang));
            }
        }
    }
    unusable |= setup.recall.failed();
    ExitCode::from(match (unusable, found) {
        (true, _) => EXIT_UNUSABLE,
        (false, true) => EXIT_FOUND,
        (false, false) => EXIT_NOTHING,
    })
}

/// One input, drawn.
enum Drawn {
    /// As it is shown.
    Text(Drawing),
    /// It could not be used.
    Problem(Problem),
    /// There is nothing to draw.
    Nothing,
}

/// One input as it is shown, what is done with it, and what is taken out of it.
struct Drawing {
    input: String,
    text: String,
    action: Action,
    extracted: Vec<Extracted>,
}

fn look(met: Met, inspect: &Inspect, setup: &Setup) -> Drawn {
    match met {
        Met::Mail(raw) => {
            let drawn = judging::with_judged(&raw, setup, |mail| Drawing {
                input: listing::place(mail),
                text: if inspect.json { mail.json_line() } else { tree::draw(mail, setup) },
                action: mail.judgement.verdict.action,
                extracted: extract::parts(mail.message, mail.contents),
            });
            drawn.map_or_else(Drawn::Problem, Drawn::Text)
        }
        Met::File(raw) => {
            let drawn = judging::with_judged_file(&raw, setup, |file| Drawing {
                input: raw.path.clone(),
                text: if inspect.json { plain_file::json_line(file) } else { plain_file::draw(file, setup) },
                action: file.judgement.verdict.action,
                extracted: extract::parts(file.message, file.contents),
            });
            drawn.map_or_else(Drawn::Problem, Drawn::Text)
        }
        Met::Problem(problem) => Drawn::Problem(problem),
        Met::NotMail => Drawn::Nothing,
    }
}

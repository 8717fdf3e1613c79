//! `reports`: paths → reports read by confined children, added up, and told as a table or as one JSON object.

mod json;
mod reading;
mod table;
mod verdict;
mod words;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::thread;

use sekisho_content::Unread;
use sekisho_sender::reports::{Added, Filter, Known, Picture};

use crate::files::{self, Want};
use crate::flags::Reports;
use crate::pipeline;
use crate::scan::progress::Progress;
use crate::scan::{EXIT_FOUND, EXIT_NOTHING, EXIT_UNUSABLE};
use crate::setup::{Setup, Speech};
use crate::terminal;
use crate::words::either;
use reading::{Reading, Taken};

pub use reading::serve;

/// Reads everything at the paths.
pub fn run(reports: &Reports, setup: &Setup) -> ExitCode {
    let readers = match reading::Readers::start() {
        Ok(readers) => readers,
        Err(error) => {
            terminal::complain(&files::Problem::new("-", files::Obstacle::NoReader(error)).words(setup.lang));
            return ExitCode::from(EXIT_UNUSABLE);
        }
    };
    let mut sum = Sum::new(reports, setup);
    let progress = Progress::counting(
        setup,
        either(setup.lang, "{spinner} {pos} 件を読みました", "{spinner} {pos} inputs read"),
    );
    pipeline::run(
        threads(reports.threads),
        |sink| files::walk(&reports.paths, Want::AnyFile, sink),
        |met| readers.read(met),
        |reading| {
            progress.step();
            let complaints = sum.add(reading, setup);
            if !complaints.is_empty() {
                progress.aside(|| complaints.iter().for_each(|line| terminal::complain(line)));
            }
            ControlFlow::Continue(())
        },
    );
    progress.end();
    if reports.json {
        let _ = terminal::print(&json::line(&sum, setup));
    } else {
        let _ = terminal::print(&table::draw(&sum, reports, setup));
    }
    ExitCode::from(match (sum.unusable > 0, verdict::wants_a_look(&sum, setup)) {
        (true, _) => EXIT_UNUSABLE,
        (false, true) => EXIT_FOUND,
        (false, false) => EXIT_NOTHING,
    })
}

fn threads(asked: Option<NonZeroUsize>) -> usize {
    asked.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}

/// Everything added up, and what became of the inputs.
pub struct Sum {
    picture: Picture,
    /// The first day of what was asked for, where one was named.
    since: Option<sekisho_sender::reports::Day>,
    /// The paths as they were named.
    named: Vec<String>,
    counted: u64,
    duplicates: u64,
    unwanted: u64,
    damaged: u64,
    no_reports: u64,
    unusable: u64,
}

impl Sum {
    fn new(reports: &Reports, setup: &Setup) -> Self {
        let trust = &setup.trust;
        let known = Known::new(trust.own_services.iter().chain(&trust.border_hosts).cloned());
        let domain =
            reports.domain.as_ref().map(|domain| domain.trim().trim_start_matches('@').to_lowercase());
        let filter = Filter { domain, since: reports.since, until: reports.until };
        Self {
            picture: Picture::new(known, filter),
            since: reports.since,
            named: reports.paths.iter().map(|path| path.to_string_lossy().into_owned()).collect(),
            counted: 0,
            duplicates: 0,
            unwanted: 0,
            damaged: 0,
            no_reports: 0,
            unusable: 0,
        }
    }

    /// Adds what was read from one input; what could not be, in a line each.
    fn add(&mut self, reading: Reading, setup: &Setup) -> Vec<String> {
        match reading {
            Reading::Problem(problem) => {
                self.unusable += 1;
                vec![problem.words(setup.lang)]
            }
            Reading::Taken(input, taken) => self.take(&input, taken, setup),
        }
    }

    fn take(&mut self, input: &str, taken: Taken, setup: &Setup) -> Vec<String> {
        let Taken { reports, unread } = taken;
        let mut complaints = Vec::new();
        if reports.is_empty() {
            match unread {
                Some(unread) => {
                    self.unusable += 1;
                    complaints.push(words::unread(input, unread, setup.lang));
                }
                None => {
                    self.no_reports += 1;
                    // A folder of mail holds mostly other mails; what a person named is told.
                    if setup.speech == Speech::Full && self.named.iter().any(|named| named == input) {
                        complaints.push(words::no_report(input, setup.lang));
                    }
                }
            }
        }
        for report in reports {
            let broken = words::breaks(&report);
            match self.picture.add(report) {
                Added::Counted => self.counted += 1,
                Added::Duplicate => {
                    self.duplicates += 1;
                    continue;
                }
                Added::Unwanted => {
                    self.unwanted += 1;
                    continue;
                }
            }
            if let Some(broken) = broken {
                self.damaged += 1;
                self.unusable += 1;
                complaints.push(words::broken(input, broken, setup.lang));
            }
        }
        complaints
    }
}

/// Why nothing could be read, of several reasons the gravest.
fn worse(one: Option<Unread>, other: Option<Unread>) -> Option<Unread> {
    one.max(other)
}

/// An answer that has something of everything.
#[cfg(test)]
pub fn sample_line() -> String {
    tests::sample_line()
}

#[cfg(test)]
mod tests;

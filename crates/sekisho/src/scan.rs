//! `scan`: paths → judged mails, one after another, as a table for people or as JSON lines for programs.

pub mod listing;
pub mod progress;
mod summary;

use std::ops::ControlFlow;
use std::process::ExitCode;
use std::thread;

use sekisho_judge::Action;

use crate::files::{self, Met, Problem, Want};
use crate::flags::{Judging, Scan};
use crate::judging;
use crate::pipeline;
use crate::setup::{Setup, Speech};
use crate::terminal;
use listing::Listed;
use progress::Progress;
use summary::Summary;

/// So many mails are listed whatever their verdict; after them, those to deliver are only counted.
pub const LISTED_WHATEVER_MAX: u64 = 50;

/// Nothing is above `deliver`.
pub const EXIT_NOTHING: u8 = 0;
/// Something is above `deliver`.
pub const EXIT_FOUND: u8 = 1;
/// Some input could not be used.
pub const EXIT_UNUSABLE: u8 = 2;

/// Judges everything at the paths.
pub fn run(scan: &Scan, setup: &Setup) -> ExitCode {
    let mut summary = Summary::default();
    summary.unusable += u64::from(setup.complain());
    let progress = Progress::start(setup);
    let mut table = Table { scan, setup, listed: 0 };
    pipeline::run(
        threads(&scan.judging),
        |sink| files::walk(&scan.paths, Want::Mails, sink),
        |met| look(met, scan, setup),
        |seen| {
            summary.count(&seen);
            if matches!(seen, Seen::Mail(_)) {
                progress.step();
            }
            progress.aside(|| table.show(seen))
        },
    );
    progress.end();
    summary.unusable += u64::from(setup.recall.failed());
    if !scan.json && setup.speech == Speech::Full && summary.mails() > 0 {
        let _ = terminal::print(&summary.words(setup));
    }
    ExitCode::from(summary.exit_status())
}

/// With DNS, so many mails at least: waiting for an answer takes no processor.
const THREADS_ASKING_MIN: usize = 8;

/// How many mails are judged at a time.
pub fn threads(judging: &Judging) -> usize {
    if let Some(threads) = judging.threads {
        return threads.get();
    }
    let processors = thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    if judging.dns { processors.max(THREADS_ASKING_MIN) } else { processors }
}

/// What became of one input.
pub enum Seen {
    /// A mail was judged.
    Mail(Listed),
    /// An input could not be used.
    Problem(Problem),
    /// A file in a folder is no mail.
    NotMail,
}

/// One input, judged and put into words; this runs on many threads.
fn look(met: Met, scan: &Scan, setup: &Setup) -> Seen {
    match met {
        Met::Mail(raw) => {
            let listed = judging::with_judged(&raw, setup, |mail| Listed::of(mail, setup, scan.json));
            listed.map_or_else(Seen::Problem, Seen::Mail)
        }
        Met::Problem(problem) => Seen::Problem(problem),
        Met::File(_) | Met::NotMail => Seen::NotMail,
    }
}

/// What has been written so far.
struct Table<'a> {
    scan: &'a Scan,
    setup: &'a Setup,
    listed: u64,
}

impl Table<'_> {
    fn show(&mut self, seen: Seen) -> ControlFlow<()> {
        match seen {
            Seen::NotMail => ControlFlow::Continue(()),
            Seen::Problem(problem) => {
                terminal::complain(&problem.words(self.setup.lang));
                ControlFlow::Continue(())
            }
            Seen::Mail(mail) => self.mail(&mail),
        }
    }

    fn mail(&mut self, mail: &Listed) -> ControlFlow<()> {
        if self.scan.json {
            return terminal::print(&mail.text);
        }
        let quiet = self.setup.speech == Speech::Quiet;
        let early = self.listed < LISTED_WHATEVER_MAX;
        let wanted = mail.action > Action::Deliver || (!quiet && (self.scan.all || early));
        if !wanted {
            return ControlFlow::Continue(());
        }
        if self.listed == 0 && !quiet {
            terminal::print(&listing::heading(self.setup))?;
        }
        self.listed += 1;
        terminal::print(&mail.text)
    }
}

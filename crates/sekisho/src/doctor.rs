//! `doctor`: the installation → what is missing, and how to mend it.

mod memory;
mod questions;

use std::process::ExitCode;

use serde::Serialize;

use crate::flags::Doctor;
use crate::judging::json_line;
use crate::setup::Setup;
use crate::terminal::{self, Tone};
use crate::words::either;

/// What was looked at, how it stands, and how to mend it.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// A short name, for programs.
    pub id: &'static str,
    /// How it stands.
    pub state: State,
    /// What was found, in words.
    pub words: String,
    /// How to mend it; empty where nothing is to be done.
    pub way_out: String,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Fine,
    /// Works, and could be better.
    Note,
    /// Something does not work, or is not looked at.
    Mend,
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    home: String,
    answers: &'a [Answer],
}

/// Nothing is to be mended.
const EXIT_FINE: u8 = 0;
/// Something is to be mended.
const EXIT_MEND: u8 = 1;

/// What was said could not be noted.
const EXIT_FAILED: u8 = 2;

/// Looks at everything and tells it.
pub fn run(doctor: &Doctor, setup: &Setup) -> ExitCode {
    if doctor.key_saved
        && let Err(line) = memory::note_key_saved(setup)
    {
        terminal::complain(&line);
        return ExitCode::from(EXIT_FAILED);
    }
    let answers = questions::ask_all(setup);
    let text = if doctor.json {
        let home = setup.home.folder.to_string_lossy().into_owned();
        json_line(&Report { schema: "sekisho.doctor/1", home, answers: &answers })
    } else {
        words(&answers, setup)
    };
    let _ = terminal::print(&text);
    let mend = answers.iter().any(|answer| answer.state == State::Mend);
    ExitCode::from(if mend { EXIT_MEND } else { EXIT_FINE })
}

fn words(answers: &[Answer], setup: &Setup) -> String {
    let (lang, page) = (setup.lang, &setup.page);
    let mut out = String::new();
    for answer in answers {
        let (word, tone) = match answer.state {
            State::Fine => (either(lang, "良好  ", "fine  "), Tone::Good),
            State::Note => (either(lang, "参考  ", "note  "), Tone::Doubtful),
            State::Mend => (either(lang, "要対応", "mend  "), Tone::Bad),
        };
        let quiet = setup.speech == crate::setup::Speech::Quiet && answer.state == State::Fine;
        if quiet {
            continue;
        }
        let head = page.paragraph("        ", &answer.words);
        out.push_str(&format!("{}  {}", page.paint(tone, word), head.trim_start()));
        if !answer.way_out.is_empty() {
            out.push_str(&page.paragraph("        → ", &answer.way_out));
        }
    }
    out
}

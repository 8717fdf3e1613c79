//! One mail, the whole way: read (by a confined reader) → facts → judge. What comes out is handed to whoever shows it.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use sekisho_facts::Facts;
use sekisho_judge::{Case, Input, Judged, Judgement, Source, judge, judge_files};
use sekisho_mail::Message;
use sekisho_sender::{Dns, Gathered, Resolver, gather};

use crate::files::{Obstacle, Problem, RawFile, RawMail};
use crate::setup::Setup;

/// A mail, read and judged, with what it was judged by.
pub struct JudgedMail<'a> {
    /// Where it lay.
    pub raw: &'a RawMail,
    /// The mail, read.
    pub message: &'a Message,
    /// What the judge was told.
    pub input: &'a Input<'a>,
    /// What the judge found and decided.
    pub judgement: &'a Judgement,
    /// The contents of its parts by path, where the readers were asked for them.
    pub contents: &'a [(String, Vec<u8>)],
    setup: &'a Setup,
    now: Timestamp,
}

/// A file that is no mail, read and judged by what it holds and does.
pub struct JudgedFile<'a> {
    /// Where it lay.
    pub raw: &'a RawFile,
    /// Its name without folders.
    pub name: &'a str,
    /// The file as the only part of a message that has no header, with what it holds below.
    pub message: &'a Message,
    /// What the judge found and decided.
    pub judgement: &'a Judgement,
    /// The contents of its parts by path, where the readers were asked for them.
    pub contents: &'a [(String, Vec<u8>)],
}

/// Reads and judges one file that is no mail, and hands it to `show`.
///
/// # Errors
/// As with [`with_judged`].
pub fn with_judged_file<R>(
    raw: &RawFile,
    setup: &Setup,
    show: impl FnOnce(&JudgedFile<'_>) -> R,
) -> Result<R, Problem> {
    let problem = |obstacle| Problem::new(&raw.path, obstacle);
    let name = Path::new(&raw.path).file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let reading =
        setup.readers.file(&raw.bytes, &name).map_err(|error| problem(Obstacle::NoReader(error)))?;
    let rest_of_the_way = || {
        let facts = Facts::default();
        let message = &reading.message;
        let input = Input::new(message, &facts, &setup.own, setup.lists(), today(Timestamp::now()));
        let judgement = judge_files(&input, &setup.policy);
        let contents = &reading.contents;
        show(&JudgedFile { raw, name: &name, message, judgement: &judgement, contents })
    };
    panic::catch_unwind(AssertUnwindSafe(rest_of_the_way)).map_err(|_| problem(Obstacle::JudgeFailed))
}

/// Reads and judges one mail, and hands it to `show`.
///
/// # Errors
/// No reader could be had; or a fault in our own code: the mail could not be judged, and is told so instead of being
/// passed over.
pub fn with_judged<R>(
    raw: &RawMail,
    setup: &Setup,
    show: impl FnOnce(&JudgedMail<'_>) -> R,
) -> Result<R, Problem> {
    let problem = |obstacle| Problem::of_mail(&raw.path, raw.index, obstacle);
    let reading = setup.readers.mail(&raw.bytes).map_err(|error| problem(Obstacle::NoReader(error)))?;
    let rest_of_the_way = || {
        let now = Timestamp::now();
        let message = &reading.message;
        let facts = facts(&raw.bytes, message, setup, now);
        let input =
            Input::new(message, &facts, &setup.own, setup.lists(), today(now)).in_zone(TimeZone::system());
        let judgement = judge(&input, &setup.policy);
        let contents = &reading.contents;
        show(&JudgedMail { raw, message, input: &input, judgement: &judgement, contents, setup, now })
    };
    panic::catch_unwind(AssertUnwindSafe(rest_of_the_way)).map_err(|_| problem(Obstacle::JudgeFailed))
}

/// What the judge is told besides the mail. A file knows no envelope; who sent the mail follows from what our own servers
/// recorded in it, and from DNS where it is to be asked; whom we know, from what was learned.
fn facts(raw: &[u8], message: &Message, setup: &Setup, now: Timestamp) -> Facts {
    let mail = setup.dns.as_ref().map(Resolver::for_one_mail);
    let dns = mail.as_ref().map(|mail| mail as &dyn Dns);
    let now_seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let Gathered { sender, claims } = gather(dns, raw, message, &setup.trust, now_seconds);
    let relations = setup.recall.relations(message, &sender, setup, now.as_second());
    Facts { sender, claims, relations, ..Facts::default() }
}

/// The day of a moment, in UTC: lists are dated by the day, so the zone hardly matters.
pub fn today(now: Timestamp) -> Date {
    Offset::UTC.to_datetime(now).date()
}

impl JudgedMail<'_> {
    /// The mail's case, on one line, with a line end.
    pub fn json_line(&self) -> String {
        let source = Source {
            channel: "file",
            path: self.raw.path.clone(),
            index: self.raw.index,
            mailbox: self.setup.mailbox.as_ref().map(ToString::to_string),
            direction: "in",
        };
        let judged = Judged { id: random_id(), judged_at: self.now.to_string(), source };
        json_line(&Case::new(judged, self.input, self.judgement, &self.setup.policy))
    }
}

/// A value as one line of JSON that acts on no terminal: what turns the writing direction or is invisible is escaped,
/// whether it is printed or piped, so that both are the same bytes.
pub fn json_line(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"));
    let mut line = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if acts(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                line.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            line.push(c);
        }
    }
    line.push('\n');
    line
}

/// Whether a character acts instead of showing: JSON itself escapes only those below U+0020.
fn acts(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// 128 random bits: cases of many machines come together in one place. Where the system gives none, the mail still
/// has its digest, and the id stays empty.
fn random_id() -> String {
    let mut bytes = [0_u8; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_acts_on_no_terminal_and_means_the_same() {
        let text = "a\u{202e}b\u{9b}c\u{e0041}d\u{1b}「é";
        let line = json_line(&text);
        assert_eq!(line, "\"a\\u202eb\\u009bc\\udb40\\udc41d\\u001b「é\"\n");
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }

    #[test]
    fn a_fault_costs_one_mail_and_is_told() {
        let flags = <crate::flags::Flags as clap::Parser>::parse_from([
            "sekisho",
            "--home",
            "no-such-home",
            "scan",
            "-",
        ]);
        let setup = Setup::of(&flags);
        let raw = RawMail {
            path: "a.mbox".to_owned(),
            index: Some(3),
            purpose: None,
            is_whole: true,
            bytes: b"From: a@b.example\n\n".to_vec(),
        };
        let problem = with_judged(&raw, &setup, |_| panic!("a fault")).map(|()| "judged").unwrap_err();
        assert_eq!(problem.input, "a.mbox[3]");
        assert_eq!(problem.obstacle, Obstacle::JudgeFailed);
    }

    #[test]
    fn ids_are_not_the_same_twice() {
        assert_eq!(random_id().len(), 32);
        assert_ne!(random_id(), random_id());
    }
}

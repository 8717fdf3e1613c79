//! An open mailbox of Outlook → its mails one after the other, taken out by a confined child that can read that file and nothing else.
//!
//! The child gets the file as its standard input, says what it meets, and is replaced by another before it has lived long. A mail on which
//! it ends is lost with a reason, and the next child goes on behind it: the order of the mails is that of their numbers.

mod serve;

use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use sekisho_content::Unread;
use sekisho_mail::pst::{Purpose, Refused};
use serde::{Deserialize, Serialize};

use crate::PoolError;
use crate::limits::{MAIL_TIME_MAX, MAILBOX_ENDS_MAX, MAILBOX_MAIL_BYTES_MAX};
use crate::process::Started;
use crate::watch::Watch;
use crate::wire;

pub use serve::{OnDisk, serve_mailbox, serve_mailbox_with};

/// Where a mail lies in a mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Names of folders from the top down.
    pub folders: Vec<String>,
    /// What the folder is for, where the mailbox says so.
    pub purpose: Option<Purpose>,
}

/// What is met in a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Met {
    /// A mail: its number in the mailbox, where it lies, and its bytes as [`sekisho_mail::read`] takes them.
    Mail(u32, Place, Vec<u8>),
    /// A message that is no mail, such as a contact.
    NotMail,
    /// A message that could not be read, and why.
    Lost(Unread),
    /// A part of the index that is damaged: messages may be missing.
    IndexDamaged,
    /// The file is not read, and why. Nothing follows.
    Refused(Refused),
    /// Reading it ended readers over and over, or before the first mail. Nothing follows.
    GivenUp(Unread),
}

/// What the child says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Told {
    /// The message with this number comes next.
    Next(u32),
    /// It is a mail, whose bytes follow.
    Mail(Place),
    NotMail,
    Lost(Unread),
    IndexDamaged,
    Going,
    Refused(Refused),
    /// There is more, for another child.
    Enough,
    End,
}

/// Hands over everything in the mailbox `file`, read by children that run `program` with `arguments` and, last, the number to begin with;
/// they must come to [`serve_mailbox`]. `Break` ends it.
///
/// # Errors
/// No child could be started.
pub fn read_mailbox(
    program: PathBuf,
    arguments: &[&str],
    file: &File,
    met: &mut dyn FnMut(Met) -> ControlFlow<()>,
) -> Result<(), PoolError> {
    let failed = |error| PoolError { program: program.clone(), error };
    let watch = Watch::start().map_err(failed)?;
    let mut from = 0;
    let mut ends = 0;
    loop {
        let number = from.to_string();
        let arguments: Vec<&str> = arguments.iter().copied().chain([number.as_str()]).collect();
        let mut child = Child::start(&program, &arguments, file, &watch, from).map_err(failed)?;
        match child.hear_all(met) {
            Ended::Whole => return Ok(()),
            Ended::Enough => match child.next {
                Some(next) if next > from => from = next,
                // It did nothing and wants to be replaced: it was taken over.
                _ => {
                    given_up(met, Unread::Damaged);
                    return Ok(());
                }
            },
            Ended::On(why) => {
                ends += 1;
                let Some(number) = child.at.filter(|_| ends < MAILBOX_ENDS_MAX) else {
                    given_up(met, why);
                    return Ok(());
                };
                if met(Met::Lost(why)).is_break() {
                    return Ok(());
                }
                match number.checked_add(1) {
                    Some(next) => from = next,
                    None => return Ok(()),
                }
            }
        }
    }
}

fn given_up(met: &mut dyn FnMut(Met) -> ControlFlow<()>, why: Unread) {
    // Whoever listens may end it; it is at its end.
    let _ = met(Met::GivenUp(why));
}

/// How a child came to its end.
enum Ended {
    /// Everything was handed over, or nobody listens any more.
    Whole,
    /// There is more.
    Enough,
    /// It ended by itself, or had to be ended.
    On(Unread),
}

struct Child {
    started: Started,
    /// The message in work.
    at: Option<u32>,
    /// What the next message's number must not be below.
    next: Option<u32>,
}

impl Child {
    fn start(program: &Path, arguments: &[&str], file: &File, watch: &Watch, from: u32) -> io::Result<Self> {
        let input = Stdio::from(file.try_clone()?);
        let (started, _) = Started::start(program, arguments, input, watch)?;
        Ok(Self { started, at: None, next: Some(from) })
    }

    fn hear_all(&mut self, met: &mut dyn FnMut(Met) -> ControlFlow<()>) -> Ended {
        loop {
            let heard = match self.hear() {
                Ok(Some(heard)) => heard,
                Ok(None) => continue,
                Err(ended) => return ended,
            };
            if matches!(heard, Met::Mail(..) | Met::NotMail | Met::Lost(_)) {
                self.at = None;
            }
            let is_last = matches!(heard, Met::Refused(_));
            if met(heard).is_break() || is_last {
                return Ended::Whole;
            }
        }
    }

    /// What it says next, where that is of interest.
    fn hear(&mut self) -> Result<Option<Met>, Ended> {
        let told = self.within_time(wire::hear::<Told>)?;
        Ok(Some(match told {
            Told::Next(number) => {
                // Numbers that do not rise would never end.
                if self.next.is_none_or(|next| number < next) {
                    return Err(Ended::On(Unread::Damaged));
                }
                self.at = Some(number);
                self.next = number.checked_add(1);
                return Ok(None);
            }
            Told::Going => return Ok(None),
            Told::Mail(place) => {
                let bytes = self.within_time(|output| wire::hear_bytes(output, MAILBOX_MAIL_BYTES_MAX))?;
                let Some(number) = self.at else { return Err(Ended::On(Unread::Damaged)) };
                Met::Mail(number, place, bytes)
            }
            Told::NotMail => Met::NotMail,
            Told::Lost(why) => Met::Lost(why),
            Told::IndexDamaged => Met::IndexDamaged,
            Told::Refused(why) => Met::Refused(why),
            Told::Enough => return Err(Ended::Enough),
            Told::End => return Err(Ended::Whole),
        }))
    }

    fn within_time<T>(
        &mut self,
        hear: impl FnOnce(&mut io::BufReader<std::process::ChildStdout>) -> io::Result<T>,
    ) -> Result<T, Ended> {
        let Started { watched, output, .. } = &mut self.started;
        watched.allow(MAIL_TIME_MAX);
        let heard = hear(output);
        match heard {
            Ok(heard) if self.started.watched.answered() => Ok(heard),
            Ok(_) => Err(Ended::On(Unread::OutOfTime)),
            Err(error) => Err(Ended::On(self.started.why(&error))),
        }
    }
}

//! One open file → the mails in it: one mail, an mbox streamed, an Outlook message, or no mail at all.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use sekisho_content::Kind;

use super::looks::{self, Looks};
use super::{Met, Obstacle, Problem, READ_BYTES, RawFile, RawMail, Sink, Want, mbox, outlook, problem};

/// A mail over this size is told and not judged. Mail servers take 10 to 50 MiB; every mail in work is in memory.
pub const MAIL_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A file that is no mail is inspected up to this size.
pub const PLAIN_FILE_BYTES_MAX: usize = 256 * 1024 * 1024;

/// Whether a person named the file, or it was found in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Named: if it is no mail, that is told.
    Named,
    /// Found: if it is no mail, it is counted.
    InFolder,
}

/// Hands over what a regular file holds.
pub fn of_file(shown: &str, file: File, place: Place, want: Want, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match outlook::is_one(&file) {
        Ok(true) => return outlook::walk(shown, &file, place, sink),
        Ok(false) => {}
        Err(error) => return sink(Met::Problem(Problem::new(shown, Obstacle::of(&error)))),
    }
    of_reader(shown, BufReader::with_capacity(READ_BYTES, file), place, want, sink)
}

/// Hands over what a stream holds.
pub fn of_reader(
    shown: &str,
    mut reader: impl BufRead,
    place: Place,
    want: Want,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let mut head = Vec::with_capacity(READ_BYTES);
    if let Err(error) = (&mut reader).take(READ_BYTES as u64).read_to_end(&mut head) {
        return sink(Met::Problem(Problem::new(shown, Obstacle::of(&error))));
    }
    let looks = Looks::of(shown, &head);
    let named = place == Place::Named || shown.to_lowercase().ends_with(".eml");
    if head.is_empty() && named {
        return sink(Met::Problem(Problem::new(shown, Obstacle::Empty)));
    }
    // A file in a folder that is no mail is not read any further: it may be a film.
    let kind = if looks == Looks::Other { sekisho_content::kind(&head) } else { Kind::Unknown };
    if looks == Looks::Other && want == Want::Mails {
        return not_mail(shown, kind, place, sink);
    }
    let whole = io::Cursor::new(head).chain(reader);
    match looks {
        Looks::Mbox => mbox::split(shown, whole, sink),
        Looks::Mail => mail(shown, whole, sink),
        Looks::Emlx => emlx(shown, whole, sink),
        Looks::CompoundFile => compound_file(shown, whole, place, want, sink),
        Looks::Other => plain_file(shown, whole, sink),
    }
}

fn mail(shown: &str, whole: impl Read, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match read_whole(whole, MAIL_BYTES_MAX) {
        Ok(bytes) => sink(Met::Mail(RawMail {
            path: shown.to_owned(),
            index: None,
            purpose: None,
            is_whole: true,
            bytes,
        })),
        Err(obstacle) => sink(Met::Problem(Problem::new(shown, obstacle))),
    }
}

fn emlx(shown: &str, whole: impl Read, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let bytes = match read_whole(whole, MAIL_BYTES_MAX) {
        Ok(bytes) => bytes,
        Err(obstacle) => return sink(Met::Problem(Problem::new(shown, obstacle))),
    };
    let line = looks::first_line(&bytes);
    let length = looks::emlx_length(line).unwrap_or(usize::MAX);
    let mail: Vec<u8> = bytes.iter().skip(line.len() + 1).take(length).copied().collect();
    sink(Met::Mail(RawMail {
        path: shown.to_owned(),
        index: None,
        purpose: None,
        is_whole: true,
        bytes: mail,
    }))
}

/// Only the whole of a compound file tells whether it is a message: its directory may stand at its end.
fn compound_file(
    shown: &str,
    whole: impl Read,
    place: Place,
    want: Want,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let bytes = match read_whole(whole, MAIL_BYTES_MAX) {
        Ok(bytes) => bytes,
        // A large document in a folder is no mail; a large message can hardly be told from it.
        Err(_) if place == Place::InFolder && !shown.to_lowercase().ends_with(".msg") => {
            return sink(Met::NotMail);
        }
        Err(obstacle) => return sink(Met::Problem(Problem::new(shown, obstacle))),
    };
    let kind = sekisho_content::kind(&bytes);
    match (kind, want) {
        (Kind::OutlookMsg, _) => sink(Met::Mail(RawMail {
            path: shown.to_owned(),
            index: None,
            purpose: None,
            is_whole: true,
            bytes,
        })),
        (_, Want::AnyFile) => sink(Met::File(RawFile { path: shown.to_owned(), bytes })),
        (kind, Want::Mails) => not_mail(shown, kind, place, sink),
    }
}

fn plain_file(shown: &str, whole: impl Read, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match read_whole(whole, PLAIN_FILE_BYTES_MAX) {
        Ok(bytes) => sink(Met::File(RawFile { path: shown.to_owned(), bytes })),
        Err(obstacle) => sink(Met::Problem(Problem::new(shown, obstacle))),
    }
}

/// A mailbox that comes where nothing can be read twice holds mails nobody judged: that is told wherever it lies.
fn not_mail(shown: &str, kind: Kind, place: Place, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match (kind, place) {
        (Kind::OutlookPst, _) => {
            sink(Met::Problem(Problem::new(shown, Obstacle::Outlook(outlook::Trouble::NoFile))))
        }
        (_, Place::Named) => sink(Met::Problem(Problem::new(shown, Obstacle::NotMail(kind)))),
        (_, Place::InFolder) => sink(Met::NotMail),
    }
}

fn read_whole(whole: impl Read, bytes_max: usize) -> Result<Vec<u8>, Obstacle> {
    let mut bytes = Vec::new();
    whole.take(bytes_max as u64 + 1).read_to_end(&mut bytes).map_err(|error| Obstacle::of(&error))?;
    if bytes.len() <= bytes_max {
        return Ok(bytes);
    }
    Err(if bytes_max == MAIL_BYTES_MAX {
        problem::mail_too_large()
    } else {
        Obstacle::TooLarge(bytes_max as u64)
    })
}

//! What goes over the pipes: postcard, each piece behind its length (8 bytes, little end first), and contents as they are.
//!
//! A request is `length of the head · head · length of the content · content`. Nobody outside speaks this: both ends are
//! the same program. Yet the answer may come from a reader that a mail took over, so it is read as carefully as a mail:
//! bounded in length, refused where it is malformed.

use std::io::{self, BufRead, Read, Write};

use sekisho_content::Sources;
use sekisho_mail::Message;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Confinement;
use crate::limits::{ANSWER_BYTES_MAX, HEAD_BYTES_MAX, NAME_BYTES_MAX, ONE_PIECE_BYTES};

/// What a reader is asked to read, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// What the bytes are.
    pub what: What<'a>,
    /// A mail or a file.
    pub bytes: &'a [u8],
    /// How it is to be read.
    pub wishes: &'a Wishes,
}

/// What is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What<'a> {
    /// A mail.
    Mail,
    /// A file that is no mail, with its name.
    File(&'a str),
}

/// How something is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Passwords to try after those found in the mail.
    pub passwords: Vec<String>,
    /// Whether the sources of macros and scripts come with the answer.
    pub sources: Sources,
    /// Whether the contents of the parts come with the answer.
    pub contents: Contents,
}

/// Whether the contents of parts are handed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contents {
    /// They are read and let go.
    #[default]
    Drop,
    /// They come with the answer, as many as fit into it.
    Keep,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The mail; for a file, a message without header that has the file as its only part.
    pub message: Message,
    /// The contents of its parts by path, where they were wished for.
    pub contents: Vec<(String, Vec<u8>)>,
}

/// What a reader answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// It was read.
    Read(Box<Reading>),
    /// The answer is larger than what is handed over.
    TooLarge,
    /// Reading failed by a fault of our own.
    Fault,
}

/// What stands before the content of a request.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    what: What<'a>,
    wishes: std::borrow::Cow<'a, Wishes>,
}

/// The first that a reader says, before it takes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hello {
    pub confinement: Confinement,
}

/// A request as it was taken from the pipe; the buffers are used again for the next.
#[derive(Default)]
pub(crate) struct Taken {
    head: Vec<u8>,
    wishes: Wishes,
    content: Vec<u8>,
}

impl Taken {
    /// Takes the next request; `false` where none will come.
    pub fn next(&mut self, input: &mut impl BufRead) -> io::Result<bool> {
        if input.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let head_bytes = length(input)?;
        if head_bytes > HEAD_BYTES_MAX {
            return Err(malformed());
        }
        take(input, head_bytes, &mut self.head)?;
        let head: Head<'_> = postcard::from_bytes(&self.head).map_err(io::Error::other)?;
        self.wishes = head.wishes.into_owned();
        let content_bytes = length(input)?;
        take(input, content_bytes, &mut self.content)?;
        Ok(true)
    }

    pub fn request(&self) -> Option<Request<'_>> {
        let head: Head<'_> = postcard::from_bytes(&self.head).ok()?;
        Some(Request { what: head.what, bytes: &self.content, wishes: &self.wishes })
    }
}

/// Sends a request.
pub(crate) fn send(output: &mut impl Write, request: Request<'_>) -> io::Result<()> {
    let what = match request.what {
        What::File(name) => What::File(cut(name)),
        What::Mail => What::Mail,
    };
    let head = Head { what, wishes: std::borrow::Cow::Borrowed(request.wishes) };
    let mut piece = postcard::to_extend(&head, vec![0; 8]).map_err(io::Error::other)?;
    let head_bytes = (piece.len() - 8) as u64;
    piece.splice(..8, head_bytes.to_le_bytes());
    piece.extend((request.bytes.len() as u64).to_le_bytes());
    let is_small = request.bytes.len() < ONE_PIECE_BYTES;
    if is_small {
        piece.extend(request.bytes);
    }
    output.write_all(&piece)?;
    if !is_small {
        output.write_all(request.bytes)?;
    }
    output.flush()
}

/// Says something in postcard. Whether it was small enough to be said.
pub(crate) fn say(output: &mut impl Write, value: &impl Serialize) -> io::Result<bool> {
    let mut said = vec![0; 8];
    said = postcard::to_extend(value, said).map_err(io::Error::other)?;
    let bytes = (said.len() - 8) as u64;
    if bytes > ANSWER_BYTES_MAX {
        return Ok(false);
    }
    let (head, _) = said.split_at_mut(8);
    head.copy_from_slice(&bytes.to_le_bytes());
    output.write_all(&said)?;
    output.flush()?;
    Ok(true)
}

/// Hears something in postcard. Memory grows with what comes, not with what is announced.
pub(crate) fn hear<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<T> {
    let bytes = length(input)?;
    if bytes > ANSWER_BYTES_MAX {
        return Err(malformed());
    }
    let mut said = Vec::new();
    take(input, bytes, &mut said)?;
    postcard::from_bytes(&said).map_err(io::Error::other)
}

/// Says bytes as they are.
pub(crate) fn say_bytes(output: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(bytes)?;
    output.flush()
}

/// Hears bytes as they are, at most so many.
pub(crate) fn hear_bytes(input: &mut impl Read, bytes_max: u64) -> io::Result<Vec<u8>> {
    let bytes = length(input)?;
    if bytes > bytes_max {
        return Err(malformed());
    }
    let mut heard = Vec::new();
    take(input, bytes, &mut heard)?;
    Ok(heard)
}

fn length(input: &mut impl Read) -> io::Result<u64> {
    let mut bytes = [0; 8];
    input.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

/// Exactly so many bytes.
fn take(input: &mut impl Read, bytes: u64, into: &mut Vec<u8>) -> io::Result<()> {
    into.clear();
    into.shrink_to(ONE_PIECE_BYTES);
    let taken = input.take(bytes).read_to_end(into)?;
    if taken as u64 == bytes { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn malformed() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

/// A name within the limit, cut between characters.
fn cut(name: &str) -> &str {
    let mut end = name.len().min(NAME_BYTES_MAX);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Cursor};

    #[test]
    fn requests_arrive_as_they_were_sent() {
        let large = vec![b'x'; ONE_PIECE_BYTES * 3];
        let plain = Wishes::default();
        let many = Wishes {
            passwords: vec!["みどり2026".to_owned()],
            sources: Sources::Keep,
            contents: Contents::Keep,
        };
        let requests = [
            Request { what: What::Mail, bytes: b"From: a@b.example\n\n", wishes: &plain },
            Request { what: What::File("契約書.doc"), bytes: b"", wishes: &many },
            Request { what: What::Mail, bytes: &large, wishes: &many },
            Request { what: What::Mail, bytes: b"", wishes: &plain },
        ];
        let mut pipe = Vec::new();
        for request in requests {
            send(&mut pipe, request).unwrap();
        }
        let mut input = BufReader::new(Cursor::new(pipe));
        let mut taken = Taken::default();
        for request in requests {
            assert!(taken.next(&mut input).unwrap());
            assert_eq!(taken.request(), Some(request));
        }
        assert!(!taken.next(&mut input).unwrap());
    }

    #[test]
    fn answers_that_lie_are_refused() {
        let mut fine = Vec::new();
        let message = sekisho_mail::read(b"Subject: a\n\nb", &sekisho_mail::Limits::default());
        let reading = Reading { message, contents: Vec::new() };
        say(&mut fine, &Answer::Read(Box::new(reading))).unwrap();
        assert!(hear::<Answer>(&mut fine.as_slice()).is_ok());
        for end in 0..fine.len() {
            assert!(hear::<Answer>(&mut &fine[..end]).is_err(), "cut at {end}");
        }
        let announced = [&u64::MAX.to_le_bytes()[..], b"x"].concat();
        assert!(hear::<Answer>(&mut announced.as_slice()).is_err());
        // A message in a message, without an end: refused before it exhausts the stack of whoever hears it.
        let level = nested_level();
        let deep = level.repeat(200_000);
        let deep = [&(deep.len() as u64).to_le_bytes()[..], &deep].concat();
        assert!(hear::<Answer>(&mut deep.as_slice()).is_err());
    }

    /// The bytes of a message up to the message inside its only part.
    fn nested_level() -> Vec<u8> {
        let inner = b"Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nSubject: x\n\ny";
        let mut message = sekisho_mail::read(inner, &sekisho_mail::Limits::default());
        message.parts.truncate(1);
        let whole = postcard::to_stdvec(&message).unwrap();
        let sekisho_mail::Body::Message(inside) = &message.parts[0].body else { panic!("no mail inside") };
        let inside = postcard::to_stdvec(inside).unwrap();
        let at = whole.windows(inside.len()).position(|window| window == inside).unwrap();
        whole[..at].to_vec()
    }
}

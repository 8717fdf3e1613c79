//! What goes over the pipes: requests as they are, answers in postcard, each behind its length (8 bytes, little end
//! first).
//!
//! A request is `kind (1 byte) · length of the name · length of the content · name · content`. Nobody outside speaks this: both
//! ends are the same program. Yet the answer may come from a reader that a mail took over, so it is read as carefully
//! as a mail: bounded in length, refused where it is malformed.

use std::io::{self, BufRead, Read, Write};

use sekisho_content::File;
use sekisho_mail::Message;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Confinement;
use crate::limits::{ANSWER_BYTES_MAX, NAME_BYTES_MAX, ONE_PIECE_BYTES};

/// What a reader is asked to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request<'a> {
    /// A mail.
    Mail(&'a [u8]),
    /// A file, with its name.
    File(&'a [u8], &'a str),
}

/// What a reader answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The mail, read.
    Mail(Box<Message>),
    /// The file, read.
    File(Box<File>),
    /// The answer is larger than what is handed over.
    TooLarge,
    /// Reading failed by a fault of our own.
    Fault,
}

/// The first that a reader says, before it takes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hello {
    pub confinement: Confinement,
}

const MAIL: u8 = b'm';
const FILE: u8 = b'f';
const HEAD_BYTES: usize = 1 + 8 + 8;

/// A request as it was taken from the pipe; the buffers are used again for the next.
#[derive(Default)]
pub(crate) struct Taken {
    kind: u8,
    name: String,
    content: Vec<u8>,
}

impl Taken {
    /// Takes the next request; `false` where none will come.
    pub fn next(&mut self, input: &mut impl BufRead) -> io::Result<bool> {
        if input.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let mut kind = [0];
        input.read_exact(&mut kind)?;
        let (name_bytes, content_bytes) = (length(input)?, length(input)?);
        self.kind = kind[0];
        let mut name = Vec::new();
        take(input, name_bytes.min(NAME_BYTES_MAX as u64), &mut name)?;
        self.name = String::from_utf8(name).map_err(|_| malformed())?;
        take(input, content_bytes, &mut self.content)?;
        Ok(true)
    }

    pub fn request(&self) -> Option<Request<'_>> {
        match self.kind {
            MAIL => Some(Request::Mail(&self.content)),
            FILE => Some(Request::File(&self.content, &self.name)),
            _ => None,
        }
    }
}

/// Sends a request.
pub(crate) fn send(output: &mut impl Write, request: Request<'_>) -> io::Result<()> {
    let (kind, name, content) = match request {
        Request::Mail(content) => (MAIL, "", content),
        Request::File(content, name) => (FILE, cut(name), content),
    };
    let small = content.len() < ONE_PIECE_BYTES;
    let mut piece = Vec::with_capacity(HEAD_BYTES + name.len() + if small { content.len() } else { 0 });
    piece.push(kind);
    piece.extend((name.len() as u64).to_le_bytes());
    piece.extend((content.len() as u64).to_le_bytes());
    piece.extend(name.as_bytes());
    if small {
        piece.extend(content);
    }
    output.write_all(&piece)?;
    if !small {
        output.write_all(content)?;
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
        let requests = [
            Request::Mail(b"From: a@b.example\n\n"),
            Request::File(b"", "契約書.doc"),
            Request::Mail(&large),
            Request::Mail(b""),
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
        say(&mut fine, &Answer::Mail(Box::new(message))).unwrap();
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

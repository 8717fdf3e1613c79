//! The child: confines itself, says so, then answers one request after another until its input ends.

use std::io::{self, BufReader, BufWriter, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::thread;

use sekisho_mail::{Limits, Part};

use crate::limits::{CONTENTS_BYTES_MAX, ONE_PIECE_BYTES, STACK_BYTES};
use crate::wire::{self, Hello, Taken};
use crate::{Answer, Confinement, Contents, Reading, Request, What, confine};

/// The life of a reader: standard input and standard output are the pipes of its [`crate::Pool`].
pub fn serve() -> ExitCode {
    serve_with(read)
}

/// The same with another way of reading: for tests, whose readers try to do harm.
pub fn serve_with(answer: impl Fn(Request<'_>) -> Answer + Send) -> ExitCode {
    confined(None, |confinement| answer_all(confinement, answer))
}

/// Gives every right up, but for reading the open file with this number, and does its work.
pub(crate) fn confined(
    file: Option<u32>,
    work: impl FnOnce(Confinement) -> io::Result<()> + Send,
) -> ExitCode {
    // What a fault says may quote the mail; the parent learns that there was one.
    panic::set_hook(Box::new(|_| {}));
    let confinement = confine::before_threads();
    let ended = thread::scope(|scope| {
        // The thread's stack is of a known size, whatever the limits of whoever started us.
        let reading = thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || work(confine::with_threads(confinement, file)));
        reading.map(|thread| thread.join())
    });
    match ended {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn answer_all(confinement: Confinement, answer: impl Fn(Request<'_>) -> Answer) -> io::Result<()> {
    let mut input = BufReader::with_capacity(ONE_PIECE_BYTES, io::stdin().lock());
    // An answer holds line ends anywhere; the buffer keeps standard output from cutting it there.
    let mut output = BufWriter::with_capacity(ONE_PIECE_BYTES, io::stdout().lock());
    wire::say(&mut output, &Hello { confinement })?;
    let mut taken = Taken::default();
    while taken.next(&mut input)? {
        let Some(request) = taken.request() else { return Err(io::ErrorKind::InvalidData.into()) };
        let answered = panic::catch_unwind(AssertUnwindSafe(|| answer(request))).unwrap_or(Answer::Fault);
        if !wire::say(&mut output, &answered)? {
            wire::say(&mut output, &Answer::TooLarge)?;
        }
    }
    output.flush()
}

/// Reads what is asked for, in this process.
pub fn read(request: Request<'_>) -> Answer {
    let limits = Limits::default();
    let wishes = request.wishes;
    let asked =
        sekisho_mail::Request { limits: &limits, passwords: &wishes.passwords, sources: wishes.sources };
    let mut contents = Vec::new();
    let mut room = match wishes.contents {
        Contents::Keep => CONTENTS_BYTES_MAX,
        Contents::Drop => 0,
    };
    let mut keep = |part: &Part, bytes: &[u8]| {
        if let Some(rest) = room.checked_sub(bytes.len()).filter(|_| wishes.contents == Contents::Keep) {
            room = rest;
            contents.push((part.path.clone(), bytes.to_vec()));
        }
    };
    let message = match request.what {
        What::Mail => asked.read_with(request.bytes, &mut keep),
        What::File(name) => asked.read_file_with(request.bytes, name, &mut keep),
    };
    Answer::Read(Box::new(Reading { message, contents }))
}

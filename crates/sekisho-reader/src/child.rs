//! The child: confines itself, says so, then answers one request after another until its input ends.

use std::io::{self, BufReader, BufWriter, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::thread;

use sekisho_mail::Limits;

use crate::limits::{ONE_PIECE_BYTES, STACK_BYTES};
use crate::wire::{self, Hello, Taken};
use crate::{Answer, Confinement, Request, confine};

/// The life of a reader: standard input and standard output are the pipes of its [`crate::Pool`].
pub fn serve() -> ExitCode {
    serve_with(read)
}

/// The same with another way of reading: for tests, whose readers try to do harm.
pub fn serve_with(answer: impl Fn(Request<'_>) -> Answer + Send) -> ExitCode {
    // What a fault says may quote the mail; the parent learns that there was one.
    panic::set_hook(Box::new(|_| {}));
    let confinement = confine::before_threads();
    let ended = thread::scope(|scope| {
        // The thread's stack is of a known size, whatever the limits of whoever started us.
        let reading = thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || answer_all(confine::with_threads(confinement), answer));
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

fn read(request: Request<'_>) -> Answer {
    match request {
        Request::Mail(bytes) => Answer::Mail(Box::new(sekisho_mail::read(bytes, &Limits::default()))),
        Request::File(bytes, name) => Answer::File(Box::new(sekisho_content::read(bytes, Some(name)))),
    }
}

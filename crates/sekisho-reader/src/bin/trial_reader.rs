//! A reader that tries to do harm as the mail tells it, for the tests of this crate. It ships with nothing.
//!
//! A mail whose text is `trial: WORD` is a trial; any other one is read as always. A trial that is not stopped answers
//! with a message whose subject is `did it`. With three arguments it takes mails out of a mailbox: the trial, the number of the mail at which it
//! comes, and the number to begin with.

use std::fs::File;
use std::hint::black_box;
use std::net::{TcpStream, UdpSocket};
use std::process::{Command, ExitCode};
use std::time::Duration;

use sekisho_mail::Message;
use sekisho_reader::{Answer, Reading, read, serve_mailbox_with, serve_with};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, at, from] = &arguments[..] {
        return mailbox(word, at, from);
    }
    serve_with(|request| match String::from_utf8_lossy(request.bytes).split_once("\n\ntrial: ") {
        Some((_, word)) => trial(word, request.bytes.len() as u64),
        None => read(request),
    })
}

/// Takes mails out of a mailbox, and does harm before the one with the number `at`.
fn mailbox(word: &str, at: &str, from: &str) -> ExitCode {
    let (Ok(at), Ok(from)) = (at.parse::<u32>(), from.parse()) else { return ExitCode::FAILURE };
    serve_mailbox_with(from, |number| {
        if number == at || at == 0 {
            // A trial that nothing stopped must be noticed.
            if let Answer::Read(reading) = trial(word, 0)
                && reading.message.subject == "did it"
            {
                std::process::exit(1);
            }
        }
    })
}

fn trial(word: &str, size_bytes: u64) -> Answer {
    let word = word.lines().next().unwrap_or_default();
    let (word, argument) = word.split_once(' ').unwrap_or((word, ""));
    let done = match word {
        "open-file" => File::open(argument).is_ok(),
        "write-file" => File::create(argument).is_ok(),
        "list-folder" => std::fs::read_dir(argument).is_ok(),
        "connect" => TcpStream::connect(argument).is_ok(),
        "send" => UdpSocket::bind("127.0.0.1:0").is_ok_and(|socket| socket.send_to(b"x", argument).is_ok()),
        "run" => Command::new(argument).status().is_ok(),
        "thread" => std::thread::Builder::new().spawn(|| {}).is_ok(),
        "look-around" => std::env::vars_os().next().is_some() || std::env::current_dir().is_ok(),
        "stack" => descend(0) > 0,
        "memory" => hoard(),
        "loop" => loop {
            black_box(());
        },
        "sleep" => {
            std::thread::sleep(Duration::from_secs(1_000));
            true
        }
        "panic" => panic!("a fault"),
        "abort" => std::process::abort(),
        "end" => std::process::exit(0),
        "lie" => return Answer::Read(Box::default()),
        _ => false,
    };
    let subject = if done { "did it" } else { "could not" };
    let message = Message { subject: subject.to_owned(), size_bytes, ..Message::default() };
    Answer::Read(Box::new(Reading { message, contents: Vec::new() }))
}

/// Never ends; each call keeps something that the next one's result needs.
#[allow(unconditional_recursion)]
fn descend(depth: u64) -> u64 {
    let here = black_box([depth; 64]);
    descend(depth + 1).wrapping_add(here[(depth % 64) as usize])
}

/// Takes memory until none is given.
fn hoard() -> bool {
    let mut all = Vec::new();
    loop {
        all.push(black_box(vec![1_u8; 64 * 1024 * 1024]));
    }
}

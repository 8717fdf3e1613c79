//! The figures of the README: real and generated mail → counts, shares with 95 % intervals, CPU a mail.
//!
//! `figures` prints all of them; `figures NAME…` some; `--gate` fails where a figure that must hold does not; `--show N` also prints
//! so many of the single mails that a figure has to say something about.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]

mod authentication;
mod cpu;
mod dns;
mod harmless;
mod judging;
mod look_alikes;
mod macros;
mod memory;
mod memory_speed;
mod mutations;
mod pool;
mod reading;
mod senders;

use std::process::ExitCode;

/// A figure: its name on the command line, and what prints it. What it returns are the promises that do not hold.
type Figure = (&'static str, fn() -> Result<Vec<String>, String>);

/// All figures, in the order of the README. Memory is a high-water mark of the process, so macros, then reading
/// come first.
const FIGURES: &[Figure] = &[
    ("macros", macros::print),
    ("reading", reading::print),
    ("harmless", harmless::print),
    ("mutations", mutations::print),
    ("look-alikes", look_alikes::print),
    ("authentication", authentication::print),
    ("senders", senders::print),
    ("memory", memory::print),
    ("memory-speed", memory_speed::print),
    ("cpu", cpu::print),
    ("pool", pool::print),
    ("dns", dns::print),
];

/// Those that a change must not worsen.
const GATES: &[&str] =
    &["macros", "reading", "harmless", "mutations", "look-alikes", "authentication", "senders"];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words == [pool::READER] {
        return sekisho_reader::serve();
    }
    let gate = is_gate();
    let is_named = |word: &&str| !word.starts_with("--") && word.parse::<usize>().is_err();
    let named: Vec<&str> = words.iter().map(String::as_str).filter(is_named).collect();
    if let Some(unknown) = named.iter().find(|name| !FIGURES.iter().any(|(known, _)| known == *name)) {
        let known: Vec<&str> = FIGURES.iter().map(|(name, _)| *name).collect();
        eprintln!("figures: unknown figure \"{unknown}\"; known are {}", known.join(", "));
        return ExitCode::from(2);
    }
    let wanted =
        |name: &str| if named.is_empty() { !gate || GATES.contains(&name) } else { named.contains(&name) };
    let mut broken = Vec::new();
    for (name, print) in FIGURES.iter().filter(|(name, _)| wanted(name)) {
        println!("== {name}");
        match print() {
            Ok(promises) => broken.extend(promises.into_iter().map(|promise| format!("{name}: {promise}"))),
            Err(error) => broken.push(format!("{name}: {error}")),
        }
        println!();
    }
    for promise in &broken {
        eprintln!("figures: {promise}");
    }
    if gate && !broken.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Whether this is the run that a change must pass: figures that take long make themselves smaller.
fn is_gate() -> bool {
    std::env::args().any(|word| word == "--gate")
}

/// How many single mails are asked for (`--show N`).
fn shown() -> usize {
    std::env::args()
        .skip_while(|word| word != "--show")
        .nth(1)
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

//! Writes the everyday mail of the two people in the samples, as an mbox each: enough to tell who is new to them.
//!
//!     cargo run -p sekisho-testing --example sample_past samples/past
//!
//! Only short letters without files are taken, threads as they are, in order of time. The same comes out each time.

use std::fs;
use std::path::Path;

use sekisho_testing::correspondence::{Kind, Posted, Size, correspondence_of};
use sekisho_testing::{Person, organisation};

/// Mails in each mailbox: with those that tell the samples' stories, more than a mailbox needs to know who is new.
const MAILS: usize = 85;

/// A letter with more bytes has a file, or quotes a long thread.
const BYTES_MAX: usize = 1_900;

const SEED: u64 = 11;

fn main() -> Result<(), String> {
    let folder =
        std::env::args_os().nth(1).ok_or("name the folder with a folder for each person, as samples/past")?;
    let size = Size { threads: 7_000, newcomers: 0, services: 40, systems: 0 };
    let year = correspondence_of(&people(), SEED, size).first;
    for person in ["sato", "suzuki"] {
        let path = Path::new(&folder).join(person).join("everyday.mbox");
        fs::write(&path, mbox(&year, &format!("{person}@midori.example")))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// Ours, with the Suzuki of the samples in the place of the generator's.
fn people() -> Vec<Person> {
    let ours = organisation().people.iter();
    ours.map(|person| match person.address {
        "suzuki@midori.example" => Person { name: "鈴木 一郎", romaji: "Ichiro Suzuki", ..*person },
        _ => *person,
    })
    .collect()
}

/// The last short letters in a mailbox.
fn mbox(year: &[Posted], mailbox: &str) -> Vec<u8> {
    let is_everyday = |posted: &&Posted| {
        let kinds = [Kind::Continued, Kind::NewThread, Kind::Internal, Kind::Outgoing, Kind::Newsletter];
        kinds.contains(&posted.kind) && posted.mailboxes.iter().any(|one| one == mailbox)
    };
    let mails = year.iter().filter(is_everyday).map(Posted::bytes).filter(|bytes| bytes.len() <= BYTES_MAX);
    let mails: Vec<Vec<u8>> = mails.collect();
    let mut out = Vec::new();
    for mail in mails.iter().skip(mails.len().saturating_sub(MAILS)) {
        out.extend_from_slice(b"From MAILER-DAEMON Thu Jan  1 00:00:00 2026\n");
        for line in mail.split_inclusive(|byte| *byte == b'\n') {
            if line.starts_with(b"From ") {
                out.push(b'>');
            }
            out.extend(line.iter().filter(|byte| **byte != b'\r'));
        }
        out.push(b'\n');
    }
    out
}

//! Mails altered at random → learned, asked about and unlearned: without a panic or a refusal of the database, and what is told stays
//! small. The fuzz target `relations` does the same with any bytes.
#![allow(clippy::unwrap_used)] // A failed step of a test is its failure.

mod memory;

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use sekisho_mail::Limits;

use memory::{held_against, learned};

/// What is done to a mail.
#[derive(Clone, Debug)]
enum Change {
    /// Bytes at a place, in thousandths of the mail, are others.
    Write(usize, Vec<u8>),
    /// What stands at the one place is repeated at the other.
    Repeat(usize, usize, usize),
    /// The rest is gone.
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (0..1_000_usize, proptest::collection::vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Change::Write(at, bytes)),
        3 => (0..1_000_usize, 0..1_000_usize, 1..400_usize).prop_map(|(from, to, times)| Change::Repeat(from, to, times)),
        1 => (200..1_000_usize).prop_map(Change::Cut),
    ]
}

fn changed(mail: &[u8], changes: &[Change]) -> Vec<u8> {
    const REPEATED_BYTES: usize = 100;
    let mut bytes = mail.to_vec();
    for change in changes {
        let place = |thousandths: &usize| bytes.len() * thousandths / 1_000;
        match change {
            Change::Write(at, new) => {
                let at = place(at);
                let end = (at + new.len()).min(bytes.len());
                bytes.splice(at..end, new.iter().copied());
            }
            Change::Repeat(from, to, times) => {
                let (from, to) = (place(from), place(to));
                let piece = bytes[from..(from + REPEATED_BYTES).min(bytes.len())].repeat(*times);
                bytes.splice(to..to, piece);
            }
            Change::Cut(at) => bytes.truncate(place(at)),
        }
    }
    bytes
}

#[test]
fn altered_mails_are_learned_asked_about_and_unlearned() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/inbox");
    let mut mails: Vec<Vec<u8>> =
        fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect();
    mails.push(
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/relations/answer")).unwrap(),
    );
    let store = RefCell::new(learned());
    let changes = proptest::collection::vec(change(), 0..6);
    let cases = (0..mails.len(), 0..mails.len(), changes, 0..4_usize);
    let mut runner = TestRunner::new(ProptestConfig { cases: 150, ..ProptestConfig::default() });
    let result = runner.run(&cases, |(first, second, changes, kind)| {
        let (first, second) = (changed(&mails[first], &changes), changed(&mails[second], &changes));
        held_against(&mut store.borrow_mut(), &Limits::default(), &first, &second, kind);
        Ok(())
    });
    result.unwrap();
}

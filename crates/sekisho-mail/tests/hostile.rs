//! Any bytes, changed samples and mails made to be slow → a tree, in time, inside the limits.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use sekisho_mail::{Limits, Message};

fn samples() -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/mails");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

fn read(bytes: &[u8]) -> Message {
    let limits = Limits::default();
    let message = sekisho_mail::read(bytes, &limits);
    assert!(message.parts_all().len() <= limits.parts_max + limits.depth_max);
    message
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_a_tree(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        read(&bytes);
    }

    #[test]
    fn any_changed_sample_gives_a_tree(
        nth in any::<prop::sample::Index>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..8),
    ) {
        let samples = samples();
        let mut bytes = samples[nth.index(samples.len())].clone();
        for (at, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at),
            }
        }
        read(&bytes);
    }
}

#[test]
fn every_beginning_of_every_sample_gives_a_tree() {
    for sample in samples() {
        for end in (0..sample.len()).step_by(7) {
            read(&sample[..end]);
        }
    }
}

/// One megabyte each, in the shapes that cost a careless reader the most.
fn slow_mails() -> Vec<(&'static str, Vec<u8>)> {
    const SIZE_BYTES: usize = 1_000_000;
    let fill = |head: &str, piece: &str| {
        let mut mail = head.as_bytes().to_vec();
        while mail.len() < SIZE_BYTES {
            mail.extend_from_slice(piece.as_bytes());
        }
        mail
    };
    let nest = |declare: &dyn Fn(usize) -> String| {
        let mut mail = String::new();
        for level in 0..10_000 {
            mail.push_str(&declare(level));
        }
        mail.into_bytes()
    };
    let of = |boundary: &str| format!("Content-Type: multipart/mixed; boundary={boundary}\n\n");
    vec![
        ("empty parts", fill(&of("b"), "--b\n")),
        ("parts without header", fill(&of("b"), "--b\n\nx\n")),
        ("boundaries in the middle of lines", fill(&of("b"), "x--b--b")),
        ("boundaries with trailing text", fill(&of("b"), "--b x\nContent-Type: text/plain\n")),
        ("dashes", fill(&of("-"), "-")),
        ("rows of dashes", fill(&of("b"), "\n--------")),
        ("closed again and again", fill(&of("b"), "--b--\n--b\n\nx\n")),
        ("stray boundaries", fill(&of("never"), "\n--x\nContent-Type: text/plain\n\nx\n")),
        ("deep, each another boundary", nest(&|level| format!("{}--b{level}x\n", of(&format!("b{level}x"))))),
        ("deep, one boundary", nest(&|_| format!("{}--b\n", of("b")))),
        (
            "deep, each boundary a prefix",
            nest(&|level| {
                let boundary = "b".repeat(level % 60 + 1);
                format!("{}--{boundary}\n", of(&boundary))
            }),
        ),
        ("mails in mails", fill("", "Content-Type: message/rfc822\n\n")),
        (
            "two boundaries, deep",
            nest(&|level| {
                format!(
                    "Content-Type: multipart/mixed; boundary=a{level}; boundary=b{level}\n\n--a{level}\n--b{level}\n"
                )
            }),
        ),
        (
            "two types, deep",
            nest(&|level| {
                format!(
                    "Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=a{level}x\n\n--a{level}x\n"
                )
            }),
        ),
        ("uuencode that never comes", fill("\n", "begin 644 a\n")),
        ("yenc that never ends", fill("\n", "=ybegin line=1 name=a\nx\n")),
        ("equal signs", fill("Content-Transfer-Encoding: quoted-printable\n\n", "= ")),
        ("base64 of one piece each", fill("Content-Transfer-Encoding: base64\n\n", "QQ==")),
        ("epilogues", fill(&of("b"), "--b--\nContent-Type: text/plain\n\nx\n--b\n\n")),
    ]
}

#[test]
fn mails_made_to_be_slow_are_not() {
    let most = if cfg!(debug_assertions) { Duration::from_secs(8) } else { Duration::from_millis(400) };
    for (what, mail) in slow_mails() {
        let begin = Instant::now();
        read(&mail);
        let taken = begin.elapsed();
        println!("{what}: {taken:?}");
        assert!(taken < most, "{what} took {taken:?}");
    }
}

//! The generated office as a whole: the same seed gives the same bytes, every mail can be read, and there is variety.

use mail_parser::MessageParser;
use sekisho_testing::generate::{Direction, Generated, office, text_bodies, text_count};
use sekisho_testing::mutate::Mail;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const SEED: u64 = 20_26;

fn mails() -> &'static [Generated] {
    static MAILS: LazyLock<Vec<Generated>> = LazyLock::new(|| office(SEED, 3000).collect());
    &MAILS
}

#[test]
fn same_seed_same_bytes() {
    let first: Vec<_> = office(7, 400).map(|mail| mail.bytes).collect();
    let again: Vec<_> = office(7, 400).map(|mail| mail.bytes).collect();
    let other: Vec<_> = office(8, 400).map(|mail| mail.bytes).collect();
    assert!(first == again);
    assert!(first != other);
}

#[test]
fn every_mail_has_a_sender_and_a_body() {
    for mail in mails() {
        let message = MessageParser::default().parse(&mail.bytes).expect("a message");
        let shown = String::from_utf8_lossy(&mail.bytes).into_owned();
        let from = message.from().and_then(|from| from.first()).and_then(|from| from.address());
        assert!(from.is_some_and(|from| from.contains('@')), "{shown}");
        assert!(message.body_text(0).is_some_and(|text| text.trim().chars().count() > 3), "{shown}");
        assert!(message.date().is_some() && message.message_id().is_some(), "{shown}");
    }
}

#[test]
fn words_survive_the_way_into_bytes() {
    for mail in mails() {
        let read = Mail::parse(&mail.bytes);
        let end = mail.bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_default();
        let raw_header = !mail.bytes[..end].is_ascii();
        let name = read.sender().map(|(name, _)| name).unwrap_or_default();
        // Raw Shift_JIS in a header cannot be told from other charsets here; its second bytes may even be braces.
        let header = if raw_header { Vec::new() } else { vec![read.subject(), name] };
        for part in header.into_iter().chain([body(mail)]) {
            assert!(!part.contains('\u{FFFD}'), "{} {part}", mail.about);
            assert!(part.contains("<html") || !part.contains('{'), "{} {part}", mail.about);
            assert!(!part.contains("=?"), "{} {part}", mail.about);
        }
    }
}

#[test]
fn texts_and_mails_are_many() {
    let distinct: BTreeSet<&str> = text_bodies().collect();
    assert!(distinct.len() >= 300, "{}", distinct.len());
    let used: BTreeSet<usize> = mails().iter().map(|mail| mail.text).collect();
    assert_eq!(used.len(), text_count());
    let bodies: BTreeSet<String> = mails().iter().map(body).collect();
    assert!(bodies.len() > 2800, "{} of 3000 bodies are distinct", bodies.len());
}

#[test]
fn shapes_are_mixed() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let marks = [
        ("ISO-2022-JP", "charset=iso-2022-jp"),
        ("Shift_JIS", "charset=shift_jis"),
        ("EUC-JP", "charset=euc-jp"),
        ("UTF-8", "charset=utf-8"),
        ("quoted-printable", "quoted-printable"),
        ("base64", "base64"),
        ("8bit", "8bit"),
        ("alternative", "multipart/alternative"),
        ("mixed", "multipart/mixed"),
        ("related", "multipart/related"),
        ("report", "multipart/report"),
        ("RFC 2231", "filename*"),
        ("answer", "in-reply-to:"),
        ("list", "list-id:"),
        ("calendar", "text/calendar"),
    ];
    let mails = mails();
    for mail in mails {
        let raw = String::from_utf8_lossy(&mail.bytes).to_ascii_lowercase();
        for (name, mark) in marks {
            *counts.entry(name).or_default() += usize::from(raw.contains(mark));
        }
    }
    println!("{counts:?}");
    for (name, least) in [("ISO-2022-JP", 500), ("UTF-8", 900), ("Shift_JIS", 30), ("EUC-JP", 30)] {
        assert!(counts[name] >= least, "{name}: {counts:?}");
    }
    for (name, _) in marks {
        assert!(counts[name] >= 10, "{name}: {counts:?}");
    }
    for direction in [Direction::Incoming, Direction::Internal, Direction::Outgoing] {
        assert!(mails.iter().filter(|mail| mail.direction == direction).count() >= 100, "{direction:?}");
    }
}

/// Prints mails for reading: `cargo test -p sekisho-testing --test office show -- --ignored --nocapture`.
#[test]
#[ignore = "for people to read"]
fn show() {
    for mail in office(SEED + 1, 60) {
        let read = Mail::parse(&mail.bytes);
        println!("\n######## {} ({:?})", mail.about, mail.direction);
        println!("From: {:?}\nSubject: {}\n{}", read.sender(), read.subject(), body(&mail));
    }
}

fn body(mail: &Generated) -> String {
    let read = Mail::parse(&mail.bytes);
    read.text().or_else(|| read.html()).unwrap_or_default()
}

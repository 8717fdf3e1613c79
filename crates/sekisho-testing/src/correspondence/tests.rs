//! What the generated correspondence must be like, and a look at it.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

const SMALL: Size = Size { threads: 300, newcomers: 48, services: 40, systems: 20 };

#[test]
fn the_same_seed_gives_the_same_mail() {
    let (one, other) = (correspondence(5, SMALL), correspondence(5, SMALL));
    assert_eq!(one.first.len(), other.first.len());
    for (one, other) in one.first.iter().zip(&other.first).step_by(17) {
        assert_eq!(one.bytes(), other.bytes());
        assert_eq!(one.bytes(), one.bytes());
    }
    assert_ne!(correspondence(6, SMALL).first[3].bytes(), one.first[3].bytes());
}

#[test]
fn every_kind_is_there_and_in_order() {
    let made = correspondence(1, SMALL);
    let kinds: BTreeSet<Kind> = made.later.iter().map(|posted| posted.kind).collect();
    assert!(kinds.len() >= 18, "{kinds:?}");
    assert!(
        made.first.is_sorted_by_key(|posted| posted.at) && made.later.is_sorted_by_key(|posted| posted.at)
    );
    assert!(made.first.last().unwrap().at < made.later[0].at);
    assert!(made.first.iter().chain(&made.later).all(|posted| !posted.mailboxes.is_empty()));
    assert!(made.first.iter().all(|posted| !matches!(posted.kind, Kind::Newcomer(_))));
}

#[test]
fn sentences_rarely_repeat() {
    let made = correspondence(1, SMALL);
    let letters = made.first.iter().filter_map(Posted::as_letter);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut total = 0;
    for letter in letters {
        for sentence in
            letter.matter.replace('\n', "").split('。').filter(|sentence| sentence.chars().count() >= 25)
        {
            *counts.entry(sentence.to_owned()).or_default() += 1;
            total += 1;
        }
    }
    let repeated: usize = counts.values().filter(|count| **count > 1).sum();
    assert!(total > 1_000 && repeated * 50 < total, "{repeated} of {total}");
}

/// `cargo test -p sekisho-testing a_look -- --ignored --nocapture`: some mails, to be read by a person.
#[test]
#[ignore = "prints, for a person to read"]
fn a_look_at_some() {
    let made = correspondence(1, SMALL);
    let mut shown: BTreeMap<Kind, usize> = BTreeMap::new();
    for posted in made.first.iter().step_by(41).chain(&made.later) {
        let count = shown.entry(posted.kind).or_default();
        *count += 1;
        if *count > 4 {
            continue;
        }
        if let Some(letter) = posted.as_letter() {
            let people =
                |all: &[Party]| all.iter().map(|one| one.address.clone()).collect::<Vec<_>>().join(", ");
            println!(
                "=== {:?} {} <{}> → {} cc {}\n{} {:?} {:?} {:?}\n\n{}\n",
                posted.kind,
                letter.from.display,
                letter.from.address,
                people(&letter.to),
                people(&letter.cc),
                letter.date,
                letter.subject,
                letter.files,
                letter.posting,
                letter.text()
            );
        }
    }
}

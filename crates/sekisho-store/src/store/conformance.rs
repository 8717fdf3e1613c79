//! What is remembered and forgotten, alike on SQLite and on a real PostgreSQL.

mod asking;
mod erasing;
mod on_behalf;
mod people;
mod plans;
mod poisoning;
mod ranks;
mod relations;
mod retention;
mod returning;
mod trouble;
mod withdrawing;

use std::fs;
use std::path::Path;

use super::*;
use crate::database::Value;
use crate::learnt::{Correspondent, Direction, Trust, Ways};
use crate::server::on_both;

const OURS: &str =
    "来週の打ち合わせの件、会議室を予約しておきました。資料は当日に配りますので、印刷の必要はありません。";
const ANSWER: &str =
    "ご準備ありがとうございます。当日は弊社から二名で伺います。駐車場をお借りできますでしょうか。";
const ENGLISH: &str = "Thank you for the drawings of the second floor. The stairs look narrower than we agreed on Friday, could you check the width again?";

#[test]
fn texts_are_remembered_and_none_is_kept() {
    on_both(|url, home| {
        remembers(url, home);
        for entry in fs::read_dir(home).unwrap() {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            for text in [OURS, ANSWER, ENGLISH] {
                let words: String = text.chars().take(8).collect();
                assert!(
                    !bytes.windows(words.len()).any(|window| window == words.as_bytes()),
                    "a text is in the database"
                );
            }
        }
    });
}

/// A moment: day `day` of the memory's test, in seconds since 1970. The day of installation is in 2026.
fn day(day: i64) -> i64 {
    1_600_000_000 + day * 24 * 60 * 60
}

/// A moment after the installation.
fn after(days: i64) -> i64 {
    4_000_000_000 + days * 24 * 60 * 60
}

fn person(text: &str) -> Correspondent {
    match text.split_once(" <") {
        Some((name, rest)) => {
            Correspondent { name: name.to_owned(), address: address(rest.trim_end_matches('>')) }
        }
        None => Correspondent { name: String::new(), address: address(text) },
    }
}

/// A mail from one to others, in the mailbox of whichever of them is ours.
fn mail(key: &str, at: i64, from: &str, to: &[&str]) -> Learnt {
    let sender = person(from);
    let receivers: Vec<Correspondent> = to.iter().map(|to| person(to)).collect();
    let is_ours = |person: &&Correspondent| person.address.domain() == "midori.example";
    let direction = if is_ours(&&sender) { Direction::Sent } else { Direction::Received };
    let owner = std::iter::once(&sender).chain(&receivers).find(is_ours).unwrap();
    let mut learnt = learnt(&owner.address.clone(), key, at, direction, &sender.address, &[], "");
    learnt.message_id = format!("{key}@test");
    Learnt { sender: Some(sender), receivers, ..learnt }
}

/// As [`mail`], authenticated.
fn proven(key: &str, at: i64, from: &str, to: &[&str]) -> Learnt {
    Learnt { trust: Trust::Authenticated, ..mail(key, at, from, to) }
}

/// A mail that answers another.
fn answering(mail: Learnt, answered: &[&str]) -> Learnt {
    Learnt { references: answered.iter().map(|key| format!("{key}@test")).collect(), ..mail }
}

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

/// A mail of which only these are known.
fn learnt(
    mailbox: &Address,
    key: &str,
    at: i64,
    direction: Direction,
    sender: &Address,
    receivers: &[&Address],
    own_text: &str,
) -> Learnt {
    let nameless = |address: &Address| Correspondent { address: address.clone(), name: String::new() };
    Learnt {
        sender: Some(nameless(sender)),
        receivers: receivers.iter().map(|address| nameless(address)).collect(),
        own_text: own_text.to_owned(),
        ..Learnt::bare(mailbox, key, at, direction)
    }
}

fn remembers(url: &str, home: &Path) {
    let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
    let (sato, yamada, mori) =
        (address("Sato@midori.example"), address("yamada@partner.example"), address("mori@midori.example"));
    let sent = learnt(&sato, "1", 1_000, Direction::Sent, &sato, &[&yamada], OURS);
    let quoted = OURS.replace("会議室", "> 会議室\n> ").replace('。', "。\n> ");
    let received = Learnt {
        quoted: vec![quoted.clone()],
        ..learnt(&sato, "2", 2_000, Direction::Received, &yamada, &[&sato, &mori], ANSWER)
    };
    let copy = Learnt { mailbox: mori.clone(), ..received.clone() };
    let english = learnt(&mori, "3", 3_000, Direction::Received, &yamada, &[&mori], ENGLISH);
    let all = [sent, received, copy, english];
    assert_eq!(store.learn(&all).unwrap(), [Learning::New; 4]);
    assert_eq!(store.learn(&all).unwrap(), [Learning::Known; 4]);

    let found = store.conversations(&quoted, None).unwrap();
    let [ours] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(ours.parties, ["mori@midori.example", "sato@midori.example", "yamada@partner.example"]);
    assert_eq!(ours.mailboxes, ["mori@midori.example", "sato@midori.example"]);
    assert_eq!((ours.from, ours.until), (1_000, 2_000));
    assert!(ours.weight_of_language > 600, "{ours:?}");

    let then = store.conversations(OURS, Some(1_500)).unwrap();
    assert_eq!(then[0].parties, ["sato@midori.example", "yamada@partner.example"]);
    assert_eq!(store.conversations(OURS, Some(500)).unwrap(), []);
    assert_eq!(
        store.conversations("明日の天気は晴れのようです。洗濯物を干してから出かけましょう。", None).unwrap(),
        []
    );
    assert_eq!(store.conversations(&ENGLISH.to_uppercase().replace(' ', "\n"), None).unwrap().len(), 1);

    assert_eq!(store.unlearn(&mori, "3").unwrap(), Withdrawn { forgotten: 1, held: 0 });
    assert_eq!(store.unlearn(&mori, "3").unwrap(), Withdrawn::default());
    assert_eq!(store.conversations(ENGLISH, None).unwrap(), []);
    assert_eq!(store.unlearn(&sato, "1").unwrap().forgotten, 1);
    // The answer quotes it, so it is still remembered.
    assert_eq!(store.conversations(OURS, None).unwrap()[0].from, 2_000);
}

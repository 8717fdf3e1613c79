//! Mails altered at random → learned, asked about and unlearned: without a panic or a refusal of the database, and what is told stays
//! small. The fuzz target `relations` does the same with any bytes.
#![allow(clippy::unwrap_used)] // A failed step of a test is its failure.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use sekisho_facts::{Fact, Own, Sender};
use sekisho_mail::{Address, Limits, read};
use sekisho_store::{Asked, Correspondent, Direction, Learnt, ReadMail, Secret, Store, Trust, Ways};

/// The time of the first mail in the memory.
const BEGIN: i64 = 1_700_000_000;
/// Mails learned beforehand: enough for the memory to answer at all.
const LEARNED: i64 = 120;
/// Characters of everything that is told of one mail.
const TOLD_MAX: usize = 1 << 20;

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
        held_against(&mut store.borrow_mut(), &first, &second, kind);
        Ok(())
    });
    result.unwrap();
}

fn held_against(store: &mut Store, first: &[u8], second: &[u8], kind: usize) {
    let (direction, trust) = [
        (Direction::Sent, Trust::Unproven),
        (Direction::Received, Trust::Authenticated),
        (Direction::Received, Trust::Suspicious),
        (Direction::Received, Trust::Unproven),
    ][kind];
    let (owner, own) =
        (address("sato@midori.example"), Own::new("みどり", ["midori.example".to_owned()], Vec::new()));
    let (learned, asked) = (read(first, &Limits::default()), read(second, &Limits::default()));
    let sender = Sender::default();
    let now = BEGIN + 100 * 86_400;
    let mail =
        ReadMail { mailbox: &owner, message: &learned, sender: &sender, direction, trust, now }.learnt();
    store.learn(std::slice::from_ref(&mail)).unwrap();
    assert!(store.knows(&owner, &mail.key).unwrap());
    for message in [&asked, &learned] {
        let mailboxes = std::slice::from_ref(&owner);
        let is_shared_domain = |domain: &str| domain == "free.example";
        let asked = Asked {
            message,
            sender: &sender,
            own: &own,
            mailboxes,
            at: now,
            is_shared_domain: &is_shared_domain,
        };
        let relations = store.relations(&asked, None).unwrap();
        assert!(matches!(relations, Fact::Known(_)), "enough was learned to answer");
        assert!(format!("{relations:?}").len() < TOLD_MAX);
    }
    assert!(store.unlearn(&owner, &mail.key).unwrap());
    assert!(!store.knows(&owner, &mail.key).unwrap());
}

/// A memory of some months: one partner who writes and is answered.
fn learned() -> Store {
    let mut store = Store::open("sqlite::memory:", Path::new(""), Secret::from_bytes([3; 32])).unwrap();
    let mails: Vec<Learnt> = (0..LEARNED).map(one).collect();
    store.learn(&mails).unwrap();
    store
}

fn one(number: i64) -> Learnt {
    let (us, partner) =
        (party("佐藤 花子", "sato@midori.example"), party("山田 太郎", "yamada@kita.example"));
    let is_ours = number % 2 == 0;
    Learnt {
        mailbox: us.address.clone(),
        key: number.to_string(),
        message_id: format!("{number}@midori.example"),
        references: (number > 0).then(|| format!("{}@midori.example", number - 1)).into_iter().collect(),
        at: BEGIN + number * 86_400 / 2,
        direction: if is_ours { Direction::Sent } else { Direction::Received },
        trust: if is_ours { Trust::Unproven } else { Trust::Authenticated },
        sender: Some(if is_ours { us.clone() } else { partner.clone() }),
        receivers: vec![if is_ours { partner } else { us }],
        list: String::new(),
        own_text: format!(
            "第{number}回の打ち合わせの件です。資料をお送りしますので、{number}ページからご確認をお願いいたします。"
        ),
        quoted: Vec::new(),
        signed: Vec::new(),
        announces: Vec::new(),
        ways: Ways { domains: vec!["kita.example".to_owned()], ..Ways::default() },
    }
}

fn party(name: &str, text: &str) -> Correspondent {
    Correspondent { address: address(text), name: name.to_owned() }
}

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

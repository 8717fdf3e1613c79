//! A memory of some months, and two mails held against it: the first is learned, the memory is asked about both, the first is unlearned.
//! Shared with the fuzz target `relations`.
#![allow(clippy::unwrap_used)] // A failed step of a test is its failure.

use std::path::Path;

use sekisho_facts::{Fact, Own, Sender};
use sekisho_mail::{Address, Limits, read};
use sekisho_store::{Asked, Correspondent, Direction, Learnt, ReadMail, Secret, Store, Trust, Ways};

/// The time of the first mail in the memory.
const BEGIN: i64 = 1_700_000_000;
/// Mails learned beforehand: enough for the memory to answer at all.
const LEARNED: i64 = 120;
/// Characters of everything that is told of one mail.
const TOLD_MAX: usize = 1 << 20;

/// Learns the first mail as `kind` says (four of them), asks about both and unlearns it: nothing is refused, what is told stays small, and
/// nothing is left.
pub fn held_against(store: &mut Store, limits: &Limits, first: &[u8], second: &[u8], kind: usize) {
    let (direction, trust) = [
        (Direction::Sent, Trust::Unproven),
        (Direction::Received, Trust::Authenticated),
        (Direction::Received, Trust::Suspicious),
        (Direction::Received, Trust::Unproven),
    ][kind % 4];
    let (owner, own) =
        (address("sato@midori.example"), Own::new("みどり", ["midori.example".to_owned()], Vec::new()));
    let (learned, asked) = (read(first, limits), read(second, limits));
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
            judged_at: now,
            is_shared_domain: &is_shared_domain,
        };
        let relations = store.relations(&asked, None).unwrap();
        assert!(matches!(relations, Fact::Known(_)), "enough was learned to answer");
        assert!(format!("{relations:?}").len() < TOLD_MAX);
    }
    assert_eq!(store.unlearn(&owner, &mail.key).unwrap().forgotten, 1);
    assert!(!store.knows(&owner, &mail.key).unwrap());
}

/// A memory of some months: one partner who writes and is answered.
pub fn learned() -> Store {
    let mut store = Store::open("sqlite::memory:", Path::new(""), Secret::from_bytes([3; 32])).unwrap();
    let mails: Vec<Learnt> = (0..LEARNED).map(one).collect();
    store.learn(&mails).unwrap();
    store
}

fn one(number: i64) -> Learnt {
    let (us, partner) =
        (party("佐藤 花子", "sato@midori.example"), party("山田 太郎", "yamada@kita.example"));
    let is_ours = number % 2 == 0;
    let direction = if is_ours { Direction::Sent } else { Direction::Received };
    let at = BEGIN + number * 86_400 / 2;
    Learnt {
        message_id: format!("{number}@midori.example"),
        references: (number > 0).then(|| format!("{}@midori.example", number - 1)).into_iter().collect(),
        trust: if is_ours { Trust::Unproven } else { Trust::Authenticated },
        sender: Some(if is_ours { us.clone() } else { partner.clone() }),
        receivers: vec![if is_ours { partner } else { us.clone() }],
        own_text: format!(
            "第{number}回の打ち合わせの件です。資料をお送りしますので、{number}ページからご確認をお願いいたします。"
        ),
        ways: Ways { domains: vec!["kita.example".to_owned()], ..Ways::default() },
        ..Learnt::bare(&us.address, &number.to_string(), at, direction)
    }
}

fn party(name: &str, text: &str) -> Correspondent {
    Correspondent { address: address(text), name: name.to_owned() }
}

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

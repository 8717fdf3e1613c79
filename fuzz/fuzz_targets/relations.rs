//! Two mails of any bytes: the first is learned, the memory is asked about the second; without a panic, within the limits of what is
//! learned and told, and with nothing left once the first is unlearned.

#![no_main]

use std::cell::RefCell;
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use sekisho_facts::{Fact, Own, Relations, Sender};
use sekisho_mail::{Address, Limits, read};
use sekisho_store::{Asked, Correspondent, Direction, Learnt, ReadMail, Secret, Store, Trust, Ways};

/// The time of the first mail in the memory.
const BEGIN: i64 = 1_700_000_000;
/// Mails learned beforehand: enough for the memory to answer at all.
const LEARNED: i64 = 120;

thread_local! {
    static MEMORY: RefCell<Option<Store>> = RefCell::new(learned());
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, second)) = divided(bytes) else { return };
    MEMORY.with_borrow_mut(|memory| {
        let store = memory.as_mut().expect("a memory in memory can be made");
        let (owner, own) =
            (address("sato@midori.example"), Own::new("みどり", ["midori.example".to_owned()], Vec::new()));
        let limits = Limits { decoded_bytes_max: 1 << 20, ..Limits::default() };
        let (learned, asked) = (read(first, &limits), read(second, &limits));
        let sender = Sender::default();
        let (direction, trust) = match bytes.first().map(|byte| byte % 4) {
            Some(0) => (Direction::Sent, Trust::Unproven),
            Some(1) => (Direction::Received, Trust::Authenticated),
            Some(2) => (Direction::Received, Trust::Suspicious),
            _ => (Direction::Received, Trust::Unproven),
        };
        let now = BEGIN + 100 * 86_400;
        let mail =
            ReadMail { mailbox: &owner, message: &learned, sender: &sender, direction, trust, now }.learnt();
        store.learn(std::slice::from_ref(&mail)).expect("any mail can be learned");
        assert!(store.knows(&owner, &mail.key).expect("the memory answers"));
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
            if let Fact::Known(relations) = store.relations(&asked, None).expect("the memory answers") {
                is_bounded(&relations);
            }
        }
        assert!(store.unlearn(&owner, &mail.key).expect("what was learned is unlearned"));
        assert!(!store.knows(&owner, &mail.key).expect("the memory answers"));
    });
});

/// What is told of one mail is for a person to read.
fn is_bounded(relations: &Relations) {
    assert!(format!("{relations:?}").len() < 1 << 20);
}

/// The two mails, divided where a line says so, else in the middle.
fn divided(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    const LINE: &[u8] = b"\n====\n";
    let line = bytes.windows(LINE.len()).position(|window| window == LINE);
    match line {
        Some(at) => Some((bytes.get(..at)?, bytes.get(at + LINE.len()..)?)),
        None => Some(bytes.split_at(bytes.len() / 2)),
    }
}

/// A memory of some months: one partner who writes and is answered.
fn learned() -> Option<Store> {
    let mut store = Store::open("sqlite::memory:", Path::new(""), Secret::from_bytes([3; 32])).ok()?;
    let mails: Vec<Learnt> = (0..LEARNED).map(one).collect();
    store.learn(&mails).ok()?;
    Some(store)
}

fn one(number: i64) -> Learnt {
    let (us, partner) =
        (party("佐藤 花子", "sato@midori.example"), party("山田 太郎", "yamada@kita.example"));
    let is_ours = number % 2 == 0;
    let text = format!(
        "第{number}回の打ち合わせの件です。資料をお送りしますので、{number}ページからご確認をお願いいたします。"
    );
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
        own_text: text,
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
    Address::parse(text).expect("an address")
}

//! Names and domains of correspondents in the mail of others.

use sekisho_facts::{Fact, Identity, Own, Sender};
use sekisho_mail::{Address, Limits};

use crate::learnt::{Correspondent, Direction, Learnt, Trust};
use crate::{Asked, Secret, Store};

/// After any day of installation, in seconds since 1970.
const AFTER: i64 = 4_000_000_000;
const DAY: i64 = 24 * 60 * 60;

const SATO: &str = "sato@midori.example";

/// Correspondents to whom Sato writes, with the names in their signatures.
const PARTNERS: &[(&str, &str, &[&str])] = &[
    ("三浦 健太郎", "miura@hokuto-kensetsu.example", &["三浦 健太郎", "株式会社北斗建設"]),
    ("秋山 文子", "akiyama@seiryo-law.example", &["秋山 文子", "清涼法律事務所"]),
    ("Nora Field", "nora@brightwater.example", &["Nora Field", "Brightwater Law Office"]),
];

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

fn correspondent(name: &str, text: &str) -> Correspondent {
    Correspondent { name: name.to_owned(), address: address(text) }
}

/// Many strangers wrote; and Sato to each of the correspondents, who answered.
fn office(home: &std::path::Path) -> Store {
    let mut store = Store::open("sqlite", home, Secret::from_bytes([1; 32])).unwrap();
    let mail = |key: &str, at: i64, direction: Direction| {
        let learnt = Learnt::bare(&address(SATO), key, AFTER + at * DAY, direction);
        Learnt { message_id: format!("{key}@test"), trust: Trust::Authenticated, ..learnt }
    };
    let filler = |number: i64| Learnt {
        sender: Some(correspondent("", &format!("person{number}@many.example"))),
        receivers: vec![correspondent("", SATO)],
        ..mail(&format!("filler{number}"), number % 90, Direction::Received)
    };
    let mut all: Vec<Learnt> = (0..120).map(filler).collect();
    for (name, whose, signed) in PARTNERS {
        all.push(Learnt {
            sender: Some(correspondent("佐藤 花子", SATO)),
            receivers: vec![correspondent(name, whose)],
            ..mail(&format!("to {whose}"), 60, Direction::Sent)
        });
        all.push(Learnt {
            sender: Some(correspondent(name, whose)),
            receivers: vec![correspondent("佐藤 花子", SATO)],
            signed: signed.iter().map(|name| (*name).to_owned()).collect(),
            references: vec![format!("to {whose}@test")],
            ..mail(&format!("from {whose}"), 61, Direction::Received)
        });
    }
    store.learn(&all).unwrap();
    store
}

/// The names that belong to others, in a few words.
fn told(store: &mut Store, from: &str, bytes: &[u8], at: i64) -> String {
    let head = format!("From: {from}\r\nTo: {SATO}\r\nMessage-ID: <asked@test>\r\nMIME-Version: 1.0\r\n");
    let mail = [head.as_bytes(), bytes].concat();
    let message = sekisho_mail::read(&mail, &Limits::default());
    let sender = Sender { identity: Identity::AsContact, ..Sender::default() };
    let own = Own::new("みどり設計", ["midori.example".to_owned()], Vec::new());
    let asked = Asked {
        message: &message,
        sender: &sender,
        own: &own,
        mailboxes: &[address(SATO)],
        at: AFTER + at * DAY,
        judged_at: AFTER + at * DAY,
        is_shared_domain: &|domain: &str| domain == "free.example",
    };
    let Fact::Known(relations) = store.relations(&asked, Some(AFTER + at * DAY)).unwrap() else {
        panic!("nothing is known")
    };
    let one = |name: &sekisho_facts::ShownName| {
        let owners: Vec<&str> = name.belongs_to.iter().map(|contact| contact.address.as_str()).collect();
        format!("{:?} {:?} {} of {} ({:?})", name.place, name.kind, name.name, owners.join("+"), name.tie)
    };
    relations.names.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn text(text: &str) -> Vec<u8> {
    format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n").into_bytes()
}

/// The same text as Japanese mail writes it.
fn in_charset(charset: &str, text: &str) -> Vec<u8> {
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes()).unwrap();
    let (bytes, _, failed) = encoding.encode(text);
    assert!(!failed, "{charset}");
    [format!("Content-Type: text/plain; charset={charset}\r\n\r\n").as_bytes(), &bytes, b"\r\n"].concat()
}

const SIGNED: &str =
    "振込先が変わりました。ご確認ください。\r\n\r\n-- \r\n清涼法律事務所 経理部\r\nTEL 03-0000-0000\r\n";
const OPENED: &str =
    "佐藤様\r\n\r\nお世話になっております。\r\n北斗建設の三浦です。\r\n\r\n見積書をお送りします。\r\n";

#[test]
fn an_institutions_name_binds_without_a_legal_form() {
    let home = tempfile::tempdir().unwrap();
    let mut store = office(home.path());
    let found = "Signature Organisation 清涼法律事務所 of akiyama@seiryo-law.example (None)";
    for charset in ["utf-8", "iso-2022-jp", "shift_jis", "euc-jp"] {
        let mail = in_charset(charset, SIGNED);
        assert_eq!(told(&mut store, "x@evil.example", &mail, 100), found, "{charset}");
    }
    let latin =
        "Our account has changed.\r\n\r\n-- \r\nAccounts, Brightwater Law Office\r\nTel 03-0000-0000\r\n";
    let of_nora = "Signature Organisation Brightwater Law Office of nora@brightwater.example (None)";
    assert_eq!(told(&mut store, "x@evil.example", &text(latin), 100), of_nora);
    for (from, what) in [
        ("keiri@seiryo-law.example", SIGNED.to_owned()),
        ("x@evil.example", SIGNED.replace("清涼", "深緑")),
        ("x@evil.example", SIGNED.replace("清涼法律事務所", "東京事務所")),
    ] {
        let found = told(&mut store, from, &text(&what), 100);
        assert!(found.is_empty() || found.ends_with("(Colleague)"), "{from} {what}: {found}");
    }
}

#[test]
fn who_opens_in_a_correspondents_name_is_told() {
    let home = tempfile::tempdir().unwrap();
    let mut store = office(home.path());
    let found = "Opening Person 北斗建設 三浦 of miura@hokuto-kensetsu.example (None)";
    for charset in ["utf-8", "iso-2022-jp", "shift_jis", "euc-jp"] {
        let mail = in_charset(charset, OPENED);
        assert_eq!(told(&mut store, "x@evil.example", &mail, 100), found, "{charset}");
    }
    for (opening, expected) in [
        (
            "This is Nora Field from Brightwater.",
            "Opening Person Nora Field (Brightwater) of nora@brightwater.example (None)",
        ),
        ("三浦健太郎です。", "Opening Person 三浦健太郎 of miura@hokuto-kensetsu.example (None)"),
        (
            "株式会社北斗建設 経理部でございます。",
            "Opening Organisation 株式会社北斗建設 経理部 of miura@hokuto-kensetsu.example (None)",
        ),
        ("三浦です。", ""),
        ("南斗建設の三浦です。", ""),
        ("明日は北斗建設の三浦が伺います。", ""),
        ("先日北斗建設の三浦様よりご連絡をいただきました。", ""),
        ("ご担当は、北斗建設の三浦です。", ""),
    ] {
        let found = told(&mut store, "x@evil.example", &text(opening), 100);
        assert_eq!(found, expected, "{opening}");
    }
    let newcomer = told(&mut store, "j.miura@hokuto-kensetsu.example", &text(OPENED), 100);
    assert!(newcomer.ends_with("(Colleague)"), "{newcomer}");
    assert_eq!(told(&mut store, "miura@hokuto-kensetsu.example", &text(OPENED), 100), "");
}

#[test]
fn a_domain_that_looks_like_a_correspondents_is_told() {
    let home = tempfile::tempdir().unwrap();
    let mut store = office(home.path());
    let found = |domain: &str| format!("Sender Domain {domain} of miura@hokuto-kensetsu.example (None)");
    for domain in [
        "hokuto-kensetzu.example",
        "hokut0-kensetsu.test",
        "hokutokensetsu.example",
        "hokuto-kensetsu-support.example",
    ] {
        let looked_like = told(&mut store, &format!("keiri@{domain}"), &text("資料です。"), 100);
        let expected = if domain.ends_with("test") { String::new() } else { found(domain) };
        assert_eq!(looked_like, expected, "{domain}");
    }
    for domain in [
        "hokuto-kensetsu.example",
        "nishi-shoji.example",
        "persons.example",
        "midorl.example",
        "free.example",
    ] {
        assert_eq!(told(&mut store, &format!("keiri@{domain}"), &text("資料です。"), 100), "", "{domain}");
    }
    // Before we wrote there, nobody could have been meant.
    assert_eq!(told(&mut store, "keiri@hokuto-kensetzu.example", &text("資料です。"), 59), "");
}

//! Who is named in `Sender` beside another in `From`.

use sekisho_facts::{AuthResult, Fact, Identity, Outcome, Own, Sender};

use super::asking::{YAMADA, letter, office, told};
use super::*;

fn names(store: &mut Store, passed: &str, mail: &str) -> String {
    let message = sekisho_mail::read(mail.as_bytes(), &sekisho_mail::Limits::default());
    let signature = AuthResult {
        known: Outcome::Pass,
        domain: passed.to_owned(),
        by: "mx.midori.example".to_owned(),
        notes: Vec::new(),
    };
    let sender =
        Sender { identity: Identity::AsContact, dkim: vec![Fact::Known(signature)], ..Sender::default() };
    let own = Own::new("みどり設計", ["midori.example".to_owned()], Vec::new());
    let asked = Asked {
        message: &message,
        sender: &sender,
        own: &own,
        mailboxes: &[address("sato@midori.example")],
        at: after(100),
        judged_at: after(100),
        is_shared_domain: &|domain: &str| domain == "free.example",
    };
    told(store.relations(&asked, None).unwrap().known().unwrap())
}

const NAME: &str = "sender Person of yamada@partner.example (None)";
const ADDRESS: &str = "sender Address of yamada@partner.example (None)";

/// What, `From`, further fields, who signed it, the names that are told.
#[rustfmt::skip]
const TABLE: &[(&str, &str, &str, &str, &[&str])] = &[
    ("both", "x@evil.example", "Sender: 山田 太郎 <yamada@partner.example>", "evil.example", &[NAME, ADDRESS]),
    ("the name", "x@evil.example", "Sender: 山田 太郎 <y@evil.example>", "other.example", &[NAME]),
    ("the address", "x@evil.example", "Sender: yamada@partner.example", "evil.example", &[ADDRESS]),
    ("he sent it himself", "x@new.example", "Sender: 山田 太郎 <yamada@partner.example>", "mail.partner.example", &[]),
    ("a list by its address", "x@new.example", "List-Post: <mailto:a@lists.example>\r\nSender: yamada@partner.example", "lists.example", &[]),
    ("what calls itself a list, by his name", "x@evil.example", "List-Post: <mailto:a@lists.example>\r\nSender: 山田 太郎 <yamada@partner.example>", "evil.example", &[NAME]),
    ("the same as the sender", YAMADA, "Sender: 山田 太郎 <yamada@partner.example>", "evil.example", &["sender Known"]),
    ("somebody else", "x@new.example", "Sender: 鈴木 次郎 <suzuki@new.example>", "other.example", &[]),
    ("an address taken apart in the name", "\"yamada [at] partner.example\" <x@evil.example>", "X-A: b", "evil.example", &[ADDRESS]),
    ("letters that nobody sees", "\"yama\u{200b}da＠partner.example\" <x@evil.example>", "X-A: b", "evil.example", &[ADDRESS]),
];

#[test]
fn a_name_in_the_sender_field_counts_as_shown() {
    on_both(|url, home| {
        let mut store = office(url, home);
        for (what, from, fields, passed, expected) in TABLE {
            let mail = letter(from, &format!("{fields}\r\n"), "資料です。");
            assert_eq!(names(&mut store, passed, &mail), expected.join("; "), "{what}");
        }
    });
}

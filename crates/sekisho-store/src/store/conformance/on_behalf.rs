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

#[test]
fn a_name_in_the_sender_field_counts_as_shown() {
    const NAME: &str = "sender Person of yamada@partner.example (None)";
    const ADDRESS: &str = "sender Address of yamada@partner.example (None)";
    on_both(|url, home| {
        let mut store = office(url, home);
        let list = "List-Post: <mailto:a@lists.example>\r\n";
        for (what, from, sender, passed, expected) in [
            (
                "both",
                "x@evil.example",
                format!("Sender: {YAMADA}\r\n"),
                "evil.example",
                format!("{NAME}; {ADDRESS}"),
            ),
            (
                "the name",
                "x@evil.example",
                "Sender: 山田 太郎 <y@evil.example>\r\n".to_owned(),
                "other.example",
                NAME.to_owned(),
            ),
            (
                "the address",
                "x@evil.example",
                "Sender: yamada@partner.example\r\n".to_owned(),
                "evil.example",
                ADDRESS.to_owned(),
            ),
            (
                "he sent it himself",
                "x@new.example",
                format!("Sender: {YAMADA}\r\n"),
                "mail.partner.example",
                String::new(),
            ),
            (
                "a list by its address",
                "x@new.example",
                format!("{list}Sender: yamada@partner.example\r\n"),
                "lists.example",
                String::new(),
            ),
            (
                "what calls itself a list, by his name",
                "x@evil.example",
                format!("{list}Sender: {YAMADA}\r\n"),
                "evil.example",
                NAME.to_owned(),
            ),
            (
                "the same as the sender",
                YAMADA,
                format!("Sender: {YAMADA}\r\n"),
                "evil.example",
                "sender Known".to_owned(),
            ),
            (
                "somebody else",
                "x@new.example",
                "Sender: 鈴木 次郎 <suzuki@new.example>\r\n".to_owned(),
                "other.example",
                String::new(),
            ),
            (
                "an address taken apart in the name",
                "\"yamada [at] partner.example\" <x@evil.example>",
                String::new(),
                "evil.example",
                ADDRESS.to_owned(),
            ),
            (
                "letters that nobody sees",
                "\"yama\u{200b}da＠partner.example\" <x@evil.example>",
                String::new(),
                "evil.example",
                ADDRESS.to_owned(),
            ),
        ] {
            let mail = letter(from, &sender, "資料です。");
            assert_eq!(names(&mut store, passed, &mail), expected, "{what}");
        }
    });
}

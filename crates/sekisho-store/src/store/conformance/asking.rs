//! A small office with its past, and mails that ask the memory about it.

use sekisho_facts::{Fact, Identity, NamePlace, Own, Relations, Sender};

use super::*;

pub(super) const SATO: &str = "佐藤 花子 <sato@midori.example>";
pub(super) const MORI: &str = "森 次郎 <mori@midori.example>";
pub(super) const YAMADA: &str = "山田 太郎 <yamada@partner.example>";

/// A store with the office's past: Sato wrote to Yamada, who answered; and a hundred other mails.
pub(super) fn office(url: &str, home: &Path) -> Store {
    let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
    let others = |at: i64| {
        proven(&format!("filler{at}"), after(at % 90), &format!("person{at}@many.example"), &[SATO])
    };
    store.learn(&(0..120).map(others).collect::<Vec<_>>()).unwrap();
    store.learn(&past()).unwrap();
    store
}

/// Sato's question, Yamada's answer with it, and Mori's copy.
pub(super) fn past() -> Vec<Learnt> {
    let signed = vec!["山田 太郎".to_owned(), "株式会社やまと建材".to_owned()];
    let answer = Learnt {
        own_text: ANSWER.to_owned(),
        quoted: vec![OURS.to_owned()],
        signed,
        ..answering(proven("answer", after(11), YAMADA, &[SATO, MORI]), &["question"])
    };
    vec![
        Learnt { own_text: OURS.to_owned(), ..mail("question", after(10), SATO, &[YAMADA]) },
        Learnt { mailbox: address("mori@midori.example"), ..answer.clone() },
        answer,
    ]
}

/// What the memory says about a mail in Sato's mailbox. What somebody else's results would be stands in `identity`.
pub(super) fn ask(store: &mut Store, identity: Identity, mail: &str) -> Relations {
    ask_at(store, identity, mail, after(100))
}

/// The same about one that came at a moment.
pub(super) fn ask_at(store: &mut Store, identity: Identity, mail: &str, at: i64) -> Relations {
    ask_for(store, &[address("sato@midori.example")], identity, mail, at)
}

/// The same about one that came to some mailboxes.
pub(super) fn ask_for(
    store: &mut Store,
    mailboxes: &[Address],
    identity: Identity,
    mail: &str,
    at: i64,
) -> Relations {
    let message = sekisho_mail::read(mail.as_bytes(), &sekisho_mail::Limits::default());
    let sender = Sender { identity, ..Sender::default() };
    let own = Own::new("みどり設計", ["midori.example".to_owned()], Vec::new());
    let is_shared_domain = &|domain: &str| domain == "free.example";
    let asked = Asked {
        message: &message,
        sender: &sender,
        own: &own,
        mailboxes,
        at,
        judged_at: after(100),
        is_shared_domain,
    };
    match store.relations(&asked, None).unwrap() {
        Fact::Known(relations) => relations,
        Fact::Unknown { unknown } => panic!("{unknown:?}"),
    }
}

/// A mail: who writes, further header lines, the text.
pub(super) fn letter(from: &str, more: &str, text: &str) -> String {
    format!(
        "From: {from}\r\nTo: sato@midori.example\r\nMessage-ID: <asked@test>\r\n{more}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
}

/// Our words as a quotation.
pub(super) fn quoting(words: &str) -> String {
    format!("2026年11月1日(日) 12:00 佐藤 花子 <sato@midori.example>:\r\n> {words}\r\n")
}

/// The relations in a few words, for comparing.
pub(super) fn told(relations: &Relations) -> String {
    let place = |place: NamePlace| format!("{place:?}").to_lowercase();
    let mut all = Vec::new();
    if let Some(sender) = &relations.sender {
        all.push(format!("sender {:?}", sender.standing));
    }
    all.extend(relations.organisation.iter().map(|contact| format!("organisation {}", contact.address)));
    for name in &relations.names {
        let owners: Vec<&str> = name.belongs_to.iter().map(|contact| contact.address.as_str()).collect();
        all.push(format!("{} {:?} of {} ({:?})", place(name.place), name.kind, owners.join("+"), name.tie));
    }
    let knows = |party: bool, may: bool| {
        if party {
            "party"
        } else if may {
            "may know"
        } else {
            "stranger"
        }
    };
    for quoted in &relations.quoted {
        let (knows, parties) =
            (knows(quoted.sender_was_party, quoted.sender_may_know), quoted.parties.join("+"));
        all.push(format!("quoted of {parties} ({knows}, {:?})", quoted.held_by));
    }
    for answered in &relations.answered {
        let (knows, parties) =
            (knows(answered.sender_was_party, answered.sender_may_know), answered.parties.join("+"));
        all.push(format!("answered {} of {parties} ({knows})", answered.message_id));
    }
    all.join("; ")
}

//! Mails as they come → what is learned of them.

use sekisho_facts::{AuthResult, Fact, Identity, Outcome, Sender};
use sekisho_mail::{Address, Limits, Message};

use super::*;

fn read(mail: &str) -> Message {
    sekisho_mail::read(mail.as_bytes(), &Limits::default())
}

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

#[test]
fn addresses_in_signature_and_quotation_are_not_announced() {
    let mail = "From: yamada@kita.example\nTo: sato@midori.example\n\nアドレスを変更しました。\n\n\
        2026年11月1日(日) 12:00 佐藤 <sato@midori.example>:\n> 新しいアドレスは other@midori.example ですか。\n\n\
        -- \n山田 太郎\nTEL 03-0000-0000\ninfo@kita.example\n";
    let texts = texts(&read(mail));
    assert_eq!(announced(&texts.own, None), []);
    assert_eq!(texts.signed, ["山田 太郎"]);
    assert_eq!(texts.quoted, ["> 新しいアドレスは other@midori.example ですか。"]);
}

#[test]
fn a_text_in_two_forms_is_taken_once() {
    let mail = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\
        Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nPlain words of the offer.\n--x\n\
        Content-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\n<p>Rich words of the offer.</p>\n--r--\n--x--\n\
        --m\nContent-Type: text/plain\n\nA footer of the list.\n--m--\n";
    assert_eq!(texts(&read(mail)).own, "Rich words of the offer.\nA footer of the list.");
    let empty = mail.replace("<p>Rich words of the offer.</p>", "<img src=x>");
    assert!(texts(&read(&empty)).own.starts_with("Plain words of the offer."));
}

#[test]
fn mails_inside_are_quoted() {
    let mail = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\nSee below.\n--m\n\
        Content-Type: message/rfc822\n\nFrom: c@d.example\nSubject: x\n\nThe words of somebody else.\n--m--\n";
    let texts = texts(&read(mail));
    assert_eq!((texts.own.as_str(), texts.quoted.len()), ("See below.", 1));
    assert_eq!(texts.quoted[0], "The words of somebody else.");
}

#[test]
fn the_moment_is_what_our_side_wrote_and_never_in_the_future() {
    let mail = |received: &str| {
        read(&format!("{received}From: a@b.example\nDate: Tue, 24 Nov 2026 01:00:00 +0000\n\nx\n"))
    };
    let received =
        "Received: from a (a [203.0.113.5]) by mx.midori.example; Tue, 24 Nov 2026 02:00:00 +0000\n";
    let (date, at) = (1_795_482_000, 1_795_485_600);
    assert_eq!(moment(&mail(received), Direction::Received, i64::MAX), at);
    assert_eq!(moment(&mail(received), Direction::Sent, i64::MAX), date);
    assert_eq!(moment(&mail(""), Direction::Received, i64::MAX), date);
    assert_eq!(moment(&mail(""), Direction::Received, date - 5), date - 5);
    assert_eq!(moment(&mail(received), Direction::Received, at - 5), date);
}

#[test]
fn everything_of_a_mail_is_learned() {
    let mail = "Received: from mail.kita.example (mail.kita.example [203.0.113.5]) by mx.midori.example; Tue, 24 Nov 2026 10:00:00 +0900\n\
        From: =?utf-8?B?5bGx55SwIOWkqumDjg==?= <Yamada@Kita.example>\nTo: =?utf-8?B?5L2Q6Jek?= <sato@midori.example>, SATO@midori.example\n\
        Cc: ito@minami.example\nMessage-ID: <2@kita.example>\nReferences: <0@x.example> <1@midori.example>\nIn-Reply-To: <1@midori.example>\n\
        List-Id: <kenkyu.lists.example>\nList-Post: <mailto:kenkyu@lists.example>\nX-Mailer: Becky! ver. 2.75\nMIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain; charset=utf-8\n\n\
        お世話になっております。見積書は https://kita.example/e にあります。\n\n--\n山田 太郎\n株式会社北建設\nhttps://kita.example/\n--m\n\
        Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\n%PDF-1.4\n--m--\n";
    let message = read(mail);
    let pass = AuthResult::ours(Outcome::Pass, "Kita.example", Vec::new());
    let sender = Sender { dkim: vec![Fact::Known(pass)], identity: Identity::AsContact, ..Sender::default() };
    let owner = address("sato@midori.example");
    let (direction, trust) = (Direction::Received, Trust::Authenticated);
    let learnt =
        ReadMail { mailbox: &owner, message: &message, sender: &sender, direction, trust, now: i64::MAX }
            .learnt();
    let sender = learnt.sender.clone().unwrap();
    assert_eq!(
        (sender.name.as_str(), sender.address.to_string().as_str()),
        ("山田 太郎", "Yamada@kita.example")
    );
    assert_eq!(
        learnt.receivers.iter().map(|it| it.address.to_string()).collect::<Vec<_>>(),
        ["sato@midori.example", "ito@minami.example"]
    );
    assert_eq!(learnt.references, ["0@x.example", "1@midori.example"]);
    assert_eq!(learnt.message_id, "2@kita.example");
    assert_eq!(learnt.list, "kenkyu.lists.example");
    assert_eq!(learnt.own_text, "お世話になっております。見積書は https://kita.example/e にあります。");
    assert_eq!(learnt.signed, ["山田 太郎", "株式会社北建設"]);
    let ways = &learnt.ways;
    assert_eq!(
        (ways.domains.as_slice(), ways.network.as_str()),
        (["kita.example".to_owned()].as_slice(), "203.0.113")
    );
    assert_eq!(
        (ways.mailer.as_str(), ways.language.as_str(), ways.files.as_slice()),
        ("becky!", "ja", ["pdf".to_owned()].as_slice())
    );
    assert!(ways.has_link && !ways.has_locked_file);
    assert_eq!(learnt.key.len(), 64);
}

#[test]
fn a_link_in_the_signature_is_not_its_own() {
    let mail =
        "From: a@b.example\n\nThe drawings follow by post.\n\n-- \nTaro Yamada\nhttps://kita.example/\n";
    let message = read(mail);
    assert!(!ways(&message, &Sender::default(), &texts(&message).own).has_link);
}

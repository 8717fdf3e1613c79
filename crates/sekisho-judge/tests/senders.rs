//! What is known of a sender → what is done with the mail, in each profile of the built-in policy.
//!
//! Each block begins with the actions of the balanced and the strict profile; the rest is a case as checks have them.

use sekisho_judge::lists::Lists;
use sekisho_judge::{Action, Input, Policy, Profile, judge, trials};

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 24);

const BLOCKS: &str = "
== quiet: hold hold: a domain that forbids it
dmarc: fail partner.example !policy-reject
From: 山田太郎 <yamada@partner.example>

== quiet: deliver deliver: a domain that asks for nothing
dmarc: fail partner.example !policy-none
From: 山田太郎 <yamada@partner.example>

== quiet: deliver deliver: forwarded, and a trusted sealer vouches for it
dmarc: fail partner.example !policy-reject
dkim: fail partner.example !aligned !body-changed
spf: fail partner.example
arc: pass forwarder.example !trusted-sealer
From: 山田太郎 <yamada@partner.example>

== quiet: deliver deliver: passed on by a mailing list
dmarc: fail partner.example !policy-reject
dkim: fail partner.example !aligned !body-changed
spf: pass lists.example
From: 山田太郎 <yamada@partner.example>
List-Id: <kenkyu.lists.example>
List-Post: <mailto:kenkyu@lists.example>
Subject: [kenkyu:00123] 次回の例会

== quiet: deliver deliver: our own post, brought back by a mailing list
own: midori.example
person: 佐藤 花子 <sato@midori.example>
claims: mx.midori.example dkim
dmarc: fail midori.example !policy-quarantine
dkim: fail midori.example !aligned !body-changed
spf: pass lists.example
From: 佐藤花子 <sato@midori.example>
List-Id: <kenkyu.lists.example>
List-Post: <mailto:kenkyu@lists.example>

== quiet: deliver deliver: a service that sends in our name
own: midori.example
own service: newsletter.example
dmarc: fail midori.example !policy-none
dkim: pass newsletter.example
From: みどり設計事務所 <news@midori.example>

== quiet: hold hold: our domain forged
own: midori.example
dmarc: fail midori.example !policy-none
spf: fail midori.example
From: 佐藤花子 <sato@midori.example>

== quiet: deliver deliver: our domain, for which we publish nothing
own: midori.example
dmarc: none midori.example
spf: none midori.example
From: 佐藤花子 <sato@midori.example>

== quiet: hold hold: the president, from our own forged address, through what calls itself a list
own: midori.example
person: 緑川 一郎 <midorikawa@midori.example>
dmarc: fail midori.example !policy-none
spf: pass unrelated.example
From: 緑川一郎 <midorikawa@midori.example>
List-Post: <mailto:a@unrelated.example>
Subject: 業務連絡

LINEグループを作成し、QRコードをこのメールに返信してください。

== quiet: warn hold: our own name, authenticated as a free address
own: midori.example
dmarc: pass gmail.com
From: みどり設計事務所 総務 <midori.soumu@gmail.com>

== quiet: hold hold: our own name, authenticated as a stranger, with a locked file
own: midori.example
dmarc: pass unrelated.example
From: みどり設計事務所 <info@unrelated.example>

ご確認ください。
--- attach 書類.zip locked zip

== quiet: warn hold: added to after it was signed
dmarc: neutral partner.example !policy-reject
dkim: pass partner.example !aligned !unsigned-tail
From: 山田太郎 <yamada@partner.example>

https://partner.example/login をご覧ください。

== quiet: warn hold: results in our server's name, and nothing passed
claims: mx.midori.example dmarc spf
dmarc: fail partner.example !policy-none
From: 山田太郎 <yamada@partner.example>

== quiet: hold hold: a brand's name stays a lie, although it is authenticated
dmarc: pass unrelated.example
From: Amazon.co.jp <info@unrelated.example>
Subject: お支払い方法の更新

https://unrelated.example/login で更新してください。

== quiet: hold hold: what a partner sends is no better for being authenticated
dmarc: pass partner.example
From: 山田太郎 <yamada@partner.example>

--- attach 見積書.exe as windows-program

== quiet: deliver deliver: SPF and the server's name say nothing alone
own: midori.example
client: 203.0.113.9
helo: mail.midori.example
reverse: none
dmarc: none partner.example
spf: fail partner.example
From: 山田太郎 <yamada@partner.example>

== quiet: deliver deliver: DNS does not answer
dmarc: temperror partner.example
spf: unknown no-dns
dkim: unknown no-dns
From: 山田太郎 <yamada@partner.example>
";

#[test]
fn each_sender_is_treated_as_written() {
    let mut wrong = Vec::new();
    for trial in trials(BLOCKS).expect("the blocks can be read") {
        let (actions, about) = trial.title.split_once(": ").expect("actions and a title");
        for (profile, wanted) in [Profile::Balanced, Profile::Strict].into_iter().zip(actions.split(' ')) {
            let policy = Policy::built_in(profile).expect("the built-in policy can be read");
            let message = trial.message();
            let input = Input::new(&message, &trial.facts, &trial.own, Lists::built_in(), TODAY);
            let judgement = judge(&input, &policy);
            if judgement.verdict.action.id() != wanted {
                wrong.push(format!("{about}, {profile:?}: {:?}", judgement.verdict));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_not_known_is_told_and_never_found() {
    let policy = Policy::built_in(Profile::Strict).expect("the built-in policy can be read");
    for (told, not_looked_at) in [
        ("", "sender:not-asked"),
        ("dmarc: unknown no-dns\n", "sender:no-dns"),
        ("dmarc: temperror midori.example\nspf: temperror midori.example\n", "sender:no-dns"),
        ("dmarc: none midori.example\ndkim: unknown no-dns\n", "sender:no-dns"),
        ("dmarc: none midori.example\nspf: unknown not-asked\n", "sender:not-asked"),
        ("dmarc: neutral midori.example\ndkim: unknown no-dns\n", "signatures:no-dns"),
        ("dmarc: fail midori.example\narc: pass forwarder.example !trusted-sealer\n", ""),
        ("dmarc: unknown not-asked\ndkim: pass midori.example\n", ""),
    ] {
        let block =
            format!("\n== quiet: x\nown: midori.example\n{told}From: 佐藤花子 <sato@midori.example>\n");
        for trial in trials(&block).expect("the block can be read") {
            let message = trial.message();
            let input = Input::new(&message, &trial.facts, &trial.own, Lists::built_in(), TODAY);
            let judgement = judge(&input, &policy);
            let left: Vec<String> = judgement
                .not_looked_at
                .iter()
                .filter(|left| !["own-people", "memory"].contains(&left.what.as_str()))
                .map(|left| format!("{}:{}", left.what, left.why))
                .collect();
            assert_eq!(left.join(" "), not_looked_at, "{told}");
            assert_eq!((judgement.verdict.action, judgement.findings.len()), (Action::Deliver, 0), "{told}");
        }
    }
}

#[test]
fn no_built_in_rule_rejects() {
    for profile in Profile::ALL {
        let policy = Policy::built_in(*profile).expect("the built-in policy can be read");
        assert!(policy.rules().iter().all(|rule| rule.action(*profile) < Action::Reject), "{profile:?}");
    }
}

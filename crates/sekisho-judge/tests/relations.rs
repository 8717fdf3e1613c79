//! What is remembered about a mail → what is done with it, in each profile of the built-in policy; and that nothing which a sender can
//! bring about alone makes that milder.
//!
//! Each block begins with the actions of the balanced and the strict profile; the rest is a case as checks have them.

use jiff::tz;
use sekisho_facts::Fact;
use sekisho_judge::lists::Lists;
use sekisho_judge::{ALL, Action, Input, Judgement, Lang, Policy, Profile, SilencedBy, Trial, judge, trials};

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 24);

const BLOCKS: &str = "
== quiet: hold hold: a partner's name and conversation, with a file
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
dmarc: pass unrelated.example
From: 山田太郎 <info@unrelated.example>
Subject: Re: 見積書の件

ご確認ください。
--- attach 見積書.pdf as pdf

== quiet: hold hold: a partner's name, with a link
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
dmarc: pass unrelated.example
From: 山田太郎 <info@unrelated.example>

資料はこちらです。 https://unrelated.example/wp/x
--- html
<p>資料は<a href=\"https://unrelated.example/wp/x\">こちら</a>です。</p>

== quiet: hold hold: a partner's name, with a request
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

振込先が変わりましたので、お知らせします。

== quiet: hold hold: a partner's name that wants to be called
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
dmarc: pass unrelated.example
From: 山田太郎 <info@unrelated.example>

折り返しお電話をいただけますか。

== quiet: warn hold: a partner's name that may be called with questions
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
dmarc: pass unrelated.example
From: 山田太郎 <info@unrelated.example>

ご不明な点がございましたら、お気軽にお電話ください。

== quiet: deliver deliver: the partner, who wants to be called
own: midori.example
known: 山田太郎 <yamada@partner.example>
dmarc: pass partner.example
From: 山田太郎 <yamada@partner.example>

折り返しお電話をいただけますか。

== quiet: warn hold: a conversation by an unknown name that wants to be called
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
dmarc: pass unrelated.example
From: 加藤一郎 <kato@unrelated.example>

折り返しお電話をいただけますか。

> 来週の件

== quiet: hold hold: a conversation by a party's name in Latin letters, with a document
own: midori.example
known: 山田太郎 <yamada@partner.example>
quoted: 1200 parties=yamada@partner.example,sato@midori.example
dmarc: pass unrelated.example
From: Taro Yamada <info@unrelated.example>

ご確認ください。
--- attach 見積書.pdf as pdf

== quiet: warn hold: a partner's name and conversation, and nothing to open
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 山田太郎 <info@unrelated.example>

承知しました。

== quiet: warn hold: a partner's name alone
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

承知しました。

== quiet: warn hold: a conversation alone, by an unknown name
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <info@unrelated.example>

承知しました。

== quiet: warn hold: somebody to whom it was forwarded out of our sight, with a document
own: midori.example
quoted: 2400 parties=yamada@partner.example,sato@midori.example
dmarc: pass newfirm.example
From: 鈴木次郎 <suzuki@newfirm.example>

はじめてご連絡いたします。
--- attach 会社案内.pdf as pdf

== quiet: deliver deliver: somebody brought in, with the partner in copy and a document
own: midori.example
quoted: 2400 parties=yamada@partner.example,sato@midori.example
dmarc: pass newfirm.example
From: 鈴木次郎 <suzuki@newfirm.example>
To: 佐藤花子 <sato@midori.example>
Cc: 山田太郎 <yamada@partner.example>

はじめてご連絡いたします。
--- attach 会社案内.pdf as pdf

== quiet: warn warn: somebody brought in, with the partner in copy and a locked archive
own: midori.example
quoted: 2400 parties=yamada@partner.example,sato@midori.example
dmarc: pass newfirm.example
From: 鈴木次郎 <suzuki@newfirm.example>
To: 佐藤花子 <sato@midori.example>
Cc: 山田太郎 <yamada@partner.example>

パスワードは別途お送りします。
--- attach 資料.zip locked zip

== quiet: hold hold: a conversation by an unknown name, with a locked archive
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
dmarc: pass unrelated.example
From: 鈴木次郎 <info@unrelated.example>

パスワードは別途お送りします。
--- attach 資料.zip locked zip

== quiet: hold hold: a conversation by an unknown name, with a changed account
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <info@unrelated.example>

振込先の変更をお知らせします。

== quiet: deliver deliver: a sentence of a conversation
own: midori.example
quoted: 430 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <info@newfirm.example>

承知しました。
--- attach 会社案内.pdf as pdf

== quiet: deliver deliver: a partner's assistant
own: midori.example
known: 山田太郎 <yamada@partner.example>
quoted: 2400 parties=yamada@partner.example,sato@midori.example sender=party
answered: a@midori.example parties=yamada@partner.example,sato@midori.example sender=party
From: 北村花 <kitamura@partner.example>
In-Reply-To: <a@midori.example>
--- attach 見積書.pdf as pdf

== quiet: deliver deliver: a partner who announced the new address
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example tie=announced
name: 山田太郎 of yamada@partner.example tie=announced place=signature
quoted: 2400 parties=yamada@partner.example,sato@midori.example sender=may-know
dmarc: pass newfirm.example
From: 山田太郎 <yamada@newfirm.example>
--- attach 見積書.pdf as pdf

== quiet: deliver deliver: a namesake whom a partner brought in
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
quoted: 2400 parties=suzuki@kita.example,sato@midori.example
From: 山田太郎 <yamada@newfirm.example>
Cc: 鈴木次郎 <suzuki@kita.example>
--- attach 見積書.pdf as pdf

== quiet: deliver deliver: a list that we write to
own: midori.example
known: 山田太郎 <yamada@partner.example>
known: 研究会 <kenkyu@lists.example> sent=5
name: 山田太郎 of yamada@partner.example
quoted: 2400 parties=yamada@partner.example,kenkyu@lists.example sender=may-know
From: \"山田太郎 via 研究会\" <kenkyu@lists.example>
To: kenkyu@lists.example
List-Post: <mailto:kenkyu@lists.example>

https://lists.example/archive に過去の投稿があります。

== quiet: deliver deliver: a newcomer on a list, among whose subscribers we are
own: midori.example
quoted: 2400 parties=sato@midori.example,kenkyu@lists.example
answered: a@midori.example parties=sato@midori.example,kenkyu@lists.example
From: 鈴木次郎 <suzuki@newfirm.example>
To: kenkyu@lists.example
List-Post: <mailto:kenkyu@lists.example>
In-Reply-To: <a@midori.example>

私も同じ意見です。

== quiet: deliver deliver: a bill in a partner's name, by a service
own: midori.example
known: 北設計 <info@kita.example>
name: 北設計 of info@kita.example kind=organisation
From: 北設計 <noreply@billing.example>

ご請求書ができました。 https://billing.example/x
--- attach 請求書.pdf as pdf

== quiet: hold hold: a partner's address without its usual authentication, from elsewhere, with a file
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=20 domains=partner.example:20 networks=203.0.113:20
dmarc: none partner.example
spf: softfail partner.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
--- attach 見積書.pdf as pdf

== quiet: warn warn: a partner's address that fails after five mails that passed, with a file
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=5 domains=partner.example:5
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>
--- attach 見積書.pdf as pdf

== quiet: warn warn: the same without DMARC, with a link
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=5 domains=partner.example:5
dmarc: none partner.example
spf: softfail partner.example
From: 山田太郎 <yamada@partner.example>

資料です。 https://unrelated.example/x

== quiet: warn warn: the same with a changed account
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=5 domains=partner.example:5
dmarc: none partner.example
spf: none partner.example
From: 山田太郎 <yamada@partner.example>

振込先の変更をお知らせします。

== quiet: deliver deliver: the same, and it brings nothing
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=5 domains=partner.example:5
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>

承知しました。

== quiet: deliver deliver: a partner who never authenticates, with a file
own: midori.example
known: 山田太郎 <yamada@partner.example> authenticated=0
habits: yamada@partner.example mails=20 networks=203.0.113:20
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: none partner.example
spf: softfail partner.example
client: 203.0.113.9
From: 山田太郎 <yamada@partner.example>
--- attach 見積書.pdf as pdf

== quiet: hold hold: a partner's address that fails, with our conversation and a file
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=5 domains=partner.example:5
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>
--- attach 見積書.docx as office-word-ooxml

== quiet: warn hold: the same, where the domain publishes nothing
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=5 domains=partner.example:5
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: none partner.example
spf: softfail partner.example
From: 山田太郎 <yamada@partner.example>
--- attach 見積書.docx as office-word-ooxml

== quiet: deliver deliver: a partner's answer that was forwarded and lost its authentication, and brings nothing
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>

承知しました。

== quiet: deliver deliver: a partner's post to a list that breaks signatures
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
quoted: 1200 parties=yamada@partner.example,sato@midori.example,kenkyu@lists.example sender=party
dmarc: fail partner.example
spf: pass lists.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
To: kenkyu@lists.example
List-Post: <mailto:kenkyu@lists.example>

私も同じ意見です。 https://elsewhere.example/paper

== quiet: warn warn: a partner's account from elsewhere with another program, with a changed account
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12 mailers=becky!:12
dmarc: pass partner.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2

振込先の変更をお知らせします。

== quiet: warn warn: the same, with a kind of file that never came
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12 mailers=becky!:12 files=pdf:9
dmarc: pass partner.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2
--- attach 見積書.zip as zip

== quiet: deliver deliver: a partner on the telephone, with a photograph
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12 mailers=becky!:12 files=pdf:9
dmarc: pass partner.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
X-Mailer: iPhone Mail (20H30)
--- attach 現場.jpg as jpeg

== quiet: deliver deliver: a partner with another program, and a PDF
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12 mailers=becky!:12
dmarc: pass partner.example
client: 203.0.113.9
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2
--- attach 見積書.pdf as pdf

== quiet: deliver deliver: a partner from another network, with a changed account
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: pass partner.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>

振込先の変更をお知らせします。

== quiet: hold hold: whoever calls their own server a list, with a partner's name and conversation and a link
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
spf: pass unrelated.example
dmarc: pass unrelated.example
From: 山田太郎 <info@unrelated.example>
List-Post: <mailto:a@unrelated.example>

https://files.unrelated.example/d/8471

== quiet: deliver deliver: a newsletter in the name of a partner's firm
own: midori.example
known: 北設計 <info@kita.example>
name: 北設計 of info@kita.example kind=organisation
spf: pass mailer.example
dmarc: pass mailer.example
From: 北設計 <news@mailer.example>
List-Id: <news.mailer.example>
List-Unsubscribe: <https://mailer.example/unsub>
Precedence: list

夏季休業のご案内です。 https://mailer.example/u/x8

== quiet: hold hold: a colleague's name in what calls itself a list, with a link
own: midori.example
person: 伊藤 四郎 <ito@midori.example>
mailbox: enough
From: 伊藤四郎 <info@unrelated.example>
List-Id: <news.unrelated.example>

https://files.unrelated.example/d/8471

== quiet: hold hold: a colleague's name with a file
own: midori.example
person: 伊藤 四郎 <ito@midori.example>
mailbox: enough
From: 伊藤四郎 <info@unrelated.example>
--- attach 見積書.pdf as pdf

== quiet: warn hold: a photograph that somebody sends to themselves
own: midori.example
person: 佐藤 花子 <sato@midori.example>
mailbox: enough
From: 佐藤花子 <hanako@private.example>
To: sato@midori.example
--- attach 写真.jpg as jpeg

== quiet: hold hold: a partner's signature without a name, with a file
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature
From: info@unrelated.example
--- attach 見積書.pdf as pdf

== quiet: deliver deliver: an exception that a person made
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
quoted: 2400 parties=yamada@partner.example,sato@midori.example
exception: 7 taro@other.example
dmarc: pass other.example
From: 山田太郎 <taro@other.example>
--- attach 見積書.pdf as pdf

== quiet: hold hold: the same, forged
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
exception: 7 taro@other.example
dmarc: fail other.example
From: 山田太郎 <taro@other.example>
--- attach 見積書.pdf as pdf

== quiet: hold hold: the same, with a file that runs
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
exception: 7 taro@other.example
dmarc: pass other.example
From: 山田太郎 <taro@other.example>
--- attach 見積書.exe as windows-program

== quiet: hold hold: a partner's signature under a department's name, with a changed account
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature
dmarc: pass unrelated.example
From: 経理部 <keiri@unrelated.example>

振込先の変更をお知らせします。

== quiet: warn warn: a partner's firm alone in the signature, with a changed account
own: midori.example
known: 北設計 <info@kita.example>
name: 北設計 of info@kita.example place=signature kind=organisation
dmarc: pass unrelated.example
From: 経理部 <keiri@unrelated.example>

振込先の変更をお知らせします。

== quiet: deliver deliver: a partner's firm in the signature of somebody who asks for nothing
own: midori.example
known: 北設計 <info@kita.example>
name: 北設計 of info@kita.example place=signature kind=organisation
dmarc: pass service.example
From: 北設計 請求係 <billing@service.example>

今月の請求書をお送りします。

== quiet: deliver deliver: somebody new with a document
own: midori.example
mailbox: enough
From: 鈴木次郎 <suzuki@newfirm.example>

はじめてご連絡いたします。
--- attach 会社案内.pdf as pdf
";

fn judged(trial: &Trial, profile: Profile) -> Judgement {
    let policy = Policy::built_in(profile).expect("the built-in policy can be read");
    let message = trial.message();
    judge(&Input::new(&message, &trial.facts, &trial.own, Lists::built_in(), TODAY), &policy)
}

#[test]
fn each_mail_is_treated_as_written() {
    let mut wrong = Vec::new();
    for trial in trials(BLOCKS).expect("the blocks can be read") {
        let (actions, about) = trial.title.split_once(": ").expect("actions and a title");
        for (profile, wanted) in [Profile::Balanced, Profile::Strict].into_iter().zip(actions.split(' ')) {
            let judgement = judged(&trial, profile);
            if judgement.verdict.action.id() != wanted {
                let found: Vec<_> =
                    judgement.findings.iter().map(|finding| (&finding.id, finding.grade)).collect();
                wrong.push(format!("{about}, {profile:?}: {:?} {found:?}", judgement.verdict.action));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_month_is_the_one_of_the_readers_clock() {
    let case = "\n== fires: x\nown: midori.example\nknown: 山田太郎 <yamada@partner.example>\n\
        quoted: 1200 parties=yamada@partner.example,sato@midori.example\nFrom: info@unrelated.example\n";
    let trial = &mut trials(case).unwrap()[0];
    let Fact::Known(relations) = &mut trial.facts.relations else { panic!("they are known") };
    // The last evening of October in UTC.
    let evening = jiff::civil::date(2026, 10, 31).at(20, 0, 0, 0);
    relations.quoted[0].until_at = tz::offset(0).to_timestamp(evening).unwrap().as_second();
    let message = trial.message();
    let policy = Policy::built_in(Profile::Balanced).unwrap();
    for (zone, month) in
        [(tz::TimeZone::UTC, "2026年10月"), (tz::TimeZone::fixed(tz::offset(9)), "2026年11月")]
    {
        let input = Input::new(&message, &trial.facts, &trial.own, Lists::built_in(), TODAY).in_zone(zone);
        let words: String =
            judge(&input, &policy).findings.iter().map(|one| one.sentence(Lang::Ja)).collect();
        assert!(words.contains(month), "{words}");
    }
}

/// A forged mail, whose lines about the memory and header go where `{memory}` and `{header}` stand.
const FORGED: &str = "
== quiet: x
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example tie={tie}
quoted: 1200 parties=yamada@partner.example,sato@midori.example
{memory}spf: pass unrelated.example
dmarc: pass unrelated.example
From: 山田太郎 <info@unrelated.example>
To: sato@midori.example
{header}
ご確認ください。{link}
{file}";

#[test]
fn nothing_that_a_forger_does_first_makes_it_milder() {
    let met = "known: 山田太郎 <info@unrelated.example> standing=met received=500 authenticated=0 sent=0\n";
    let authenticated = "known: 山田太郎 <info@unrelated.example> received=500 authenticated=500 sent=0\n";
    let answered = "known: 山田太郎 <info@unrelated.example> received=500 authenticated=500 sent=2\n";
    let habits = "known: 山田太郎 <info@unrelated.example> received=500 authenticated=500 sent=0\n\
        habits: info@unrelated.example mails=20 domains=unrelated.example:20 files=pdf:20 locked=20\n";
    let thread = "answered: a@midori.example parties=yamada@partner.example,sato@midori.example\n";
    let reply = "In-Reply-To: <a@midori.example>\nReferences: <a@midori.example>\n";
    for (tie, memory, header) in [
        ("none", "", ""),
        ("disputed", "", ""),
        ("disputed", met, ""),
        ("disputed", authenticated, ""),
        ("disputed", answered, ""),
        ("disputed", habits, ""),
        ("none", thread, reply),
        ("none", "", "Auto-Submitted: auto-replied\n"),
        ("none", "", "List-Unsubscribe: <mailto:off@unrelated.example>\n"),
        ("none", "", "List-Id: <kenkyu.lists.example>\nList-Post: <mailto:kenkyu@lists.example>\n"),
        ("none", "", "List-Id: <news.unrelated.example>\nList-Post: <mailto:info@unrelated.example>\n"),
        ("none", "", "List-Id: <news.unrelated.example>\nPrecedence: list\n"),
        ("none", "", "List-Post: <mailto:a@unrelated.example>\nList-Archive: <https://unrelated.example/>\n"),
        ("none", "", "Cc: yamada@partner.example\n"),
        ("none", "mailbox: too-little\n", ""),
    ] {
        let block = FORGED.replace("{tie}", tie).replace("{memory}", memory).replace("{header}", header);
        for (link, file) in
            [("", "--- attach 見積書.pdf as pdf\n"), (" https://unrelated.example/d/8471", "")]
        {
            let block = block.replace("{link}", link).replace("{file}", file);
            let trial = trials(&block).expect("the block can be read").remove(0);
            let action = judged(&trial, Profile::Balanced).verdict.action;
            assert_eq!(action, Action::Hold, "{tie} {memory} {header} {link}");
        }
    }
}

#[test]
fn exceptions_silence_names_and_relations_alone() {
    for registered in ALL.iter().filter(|registered| registered.check.silenced_by == SilencedBy::Exception) {
        let tells_of_a_part =
            trials(registered.check.cases).expect("its cases can be read").iter().any(|trial| {
                judged(trial, Profile::Balanced)
                    .findings
                    .iter()
                    .any(|finding| finding.id == registered.id && finding.part.is_some())
            });
        assert!(!tells_of_a_part, "{} tells of a file or link", registered.id);
    }
}

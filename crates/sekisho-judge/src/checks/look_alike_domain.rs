//! A domain that looks like one of ours, a partner's or a known brand's, but is another.

use std::collections::HashSet;

use crate::domain::{How, Strength};
use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, domain, named};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "本物によく似た別のドメインです",
        "A domain that only looks like the true one",
    ),
    says: Text::new(
        "{where}の {domain} は、{protected} によく似ていますが別のドメインです（{how}）。",
        "{where} {domain} looks like {protected}, but is another domain ({how}).",
    ),
    why: Text::new(
        "一文字違い、よく似た文字、余分な言葉などで本物に見せかけたドメインです。ひと目では気づけません。",
        "One letter changed, letters that look alike, or a word added make it pass for the true one at a glance.",
    ),
    misses: Text::new(
        "短い名前、ふつうの言葉の名前、末尾（.com と .jp など）だけが違うものは弱い印か対象外です。ローマ字の日本語どうしは一文字違い（takahashi と takanashi）でも別の会社のことが多いので、弱い印です。よく知られた会社でも設定の partners に書いた取引先でもないものに似せたドメインは、ここでは分かりません（やり取りのある相手に似せた差出人は look-alike-of-contact が見ます）。",
        "Short names, everyday words, and names that differ in their ending alone are weak or left out. Romanised Japanese names one letter apart (takahashi, takanashi) are mostly other firms, so they are weak too. Look-alikes of firms that are neither well known nor among the partners of the configuration are not known here; senders that look like a correspondent are told by look-alike-of-contact.",
    ),
    needs: &[],
    lists: &[ListName::Brands],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: letters that look alike in the sender's domain
own: midori-sekkei.example
From: 佐藤花子 <sato@rnidori-sekkei.example>

== fires: a brand's name with words added, in a link
Subject: お知らせ
--- html
<a href="https://www.amazon-co-jp.example/x">こちら</a>

== fires: answers go to a look-alike of our domain
own: midori-sekkei.example
From: 佐藤花子 <sato@midori-sekkei.example>
Reply-To: sato@midori-sekkel.example

== fires: a partner's domain with one letter changed
own: midori.example
partner: kita-kensetsu.example
From: 山田太郎 <yamada@kita-kensetzu.example>

== fires: a partner's name in front of a stranger's
own: midori.example
partner: kita-kensetsu.example
From: 山田太郎 <yamada@kita-kensetsu.example.login.test>

== quiet: the partner itself, and a name below it
own: midori.example
partner: kita-kensetsu.example
From: 山田太郎 <yamada@mail.kita-kensetsu.example>
Reply-To: yamada@kita-kensetsu.example

== quiet: a partner whose name is close to ours
own: midori-sekkei.example
partner: midori-sekkel.example
From: 山田太郎 <yamada@midori-sekkel.example>

== quiet: nobody's partner
own: midori.example
From: 山田太郎 <yamada@kita-kensetzu.example>

== fires: the name shows a look-alike
own: midori-sekkei.example
From: "sato@midori-sekkel.example" <info@unrelated.example>

== fires: a look-alike alone in the name
own: midori-sekkei.example
From: "midori-sekkel.example 総務" <info@unrelated.example>

== fires: sent for somebody by a look-alike
own: midori-sekkei.example
From: 山田太郎 <yamada@partner.example>
Sender: sato@midori-sekkel.example

== fires: signed by a look-alike
own: midori-sekkei.example
dkim: pass midori-sekkel.example
From: 山田太郎 <yamada@partner.example>

== fires: letters of another alphabet, written as they are in DNS
own: midori-sekkei.example
From: 佐藤花子 <sato@xn--mdori-sekkei-1ok.example>

== fires weak: the same name under another ending
own: midori-sekkei.example
From: 佐藤花子 <sato@midori-sekkei.test>

== quiet: a service of ours
own: midori-sekkei.example
own service: midori-sekkei-mail.test
From: みどり設計事務所 <news@midori-sekkei-mail.test>

== quiet: signed and named by ourselves
own: midori-sekkei.example
dkim: pass midori-sekkei.example
From: "sato@midori-sekkei.example" <info@midori-sekkei.example>
Sender: sato@midori-sekkei.example

== quiet: our own domain
own: midori-sekkei.example
From: 佐藤花子 <sato@midori-sekkei.example>

== quiet: our own domain, although it looks like a brand's
own: amazon-shop.example
From: 佐藤花子 <sato@amazon-shop.example>

== quiet: the brand's own domain
Subject: お知らせ
--- html
<a href="https://www.amazon.co.jp/x">こちら</a>

== quiet: a name that looks like none
own: midori-sekkei.example
From: 山田太郎 <yamada@partner.example>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let mut seen = HashSet::new();
    for (_, address) in input.senders() {
        look(input, found, &mut seen, None, address.domain(), Text::new("差出人", "The sender's domain"));
    }
    for (mailbox, _) in input.senders() {
        let addresses = named::addresses_in(&mailbox.name).into_iter().map(|address| address.domain().to_owned());
        for domain in addresses.chain(named::domains_in(&mailbox.name)) {
            look(input, found, &mut seen, None, &domain, Text::new("表示名", "The name's"));
        }
    }
    for address in input.message.sender.iter().filter_map(|mailbox| mailbox.address.as_ref()) {
        look(input, found, &mut seen, None, address.domain(), Text::new("代理の差出人（Sender）", "The domain of who sends for them"));
    }
    for signature in input.signatures() {
        look(input, found, &mut seen, None, &signature.domain, Text::new("電子署名（DKIM）", "The signature's domain"));
    }
    for address in input.message.reply_to.iter().filter_map(|mailbox| mailbox.address.as_ref()) {
        look(input, found, &mut seen, None, address.domain(), Text::new("返信先", "The domain for answers"));
    }
    for link in input.links().iter().filter(|link| link.is_web()) {
        look(input, found, &mut seen, Some(&link.part.path), &link.host, Text::new("リンク先", "The link's host"));
    }
}

fn look(input: &Input<'_>, found: &mut Found, seen: &mut HashSet<String>, part: Option<&str>, candidate: &str, place: Text) {
    // A mail has many links to few hosts; each host is compared once.
    if !seen.insert(candidate.to_owned()) || input.own.is_own_domain(candidate) || input.own.is_own_service(candidate) {
        return;
    }
    if input.lists.brands.owner_of(candidate).is_some() {
        return;
    }
    let sets = [input.protected(), input.lists.brands.protected()];
    let Some(like) = domain::look_alike(candidate, &sets) else { return };
    let grade = match like.strength {
        Strength::Strong => Grade::Strong,
        Strength::Weak => Grade::Weak,
    };
    let values = [
        ("where", Value::Word(place)),
        ("domain", shown(candidate)),
        ("protected", Value::address(&like.protected)),
        ("how", Value::Word(words(like.how))),
    ];
    found.add_graded(grade, part, values);
}

/// The name as a person sees it; where that is not how it is written, both.
pub(super) fn shown(domain: &str) -> Value {
    let (unicode, ascii) = (domain::to_unicode(domain), domain::to_ascii(domain));
    if unicode == ascii { Value::address(ascii) } else { Value::address(format!("{unicode}({ascii})")) }
}

pub(super) fn words(how: How) -> Text {
    match how {
        How::Subdomain => Text::new("本物の名前を左側に置いただけ", "the true name only stands at its left"),
        How::Punycode => Text::new("別の文字体系の紛らわしい文字", "letters of another script"),
        How::Confusable => Text::new("見分けにくい文字", "letters that look alike"),
        How::AddedWord => Text::new("余分な言葉の付け足し", "words added"),
        How::Hyphens => Text::new("ハイフンの違い", "hyphens"),
        How::Dots => Text::new("点の位置の違い", "a dot moved or left out"),
        How::Edit(_) => Text::new("一文字違い", "one letter"),
        How::OtherTld => Text::new("末尾の違い", "another ending"),
    }
}

//! Our own domain as the sender of a mail that nothing authenticates as ours.

use sekisho_facts::{AuthResult, Identity, Outcome};

use crate::authentication::List;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "当組織のアドレスですが、当組織から送られたと確かめられません",
        "Our own address, but nothing shows that we sent it",
    ),
    says: Text::new(
        "差出人は当組織の {address} ですが、当組織から送られたとは認められませんでした（{how}）。認証に通ったドメイン: {others}",
        "The sender is our own {address}, but nothing shows that we sent it ({how}). Domains that passed authentication: {others}.",
    ),
    why: Text::new(
        "自分の組織のメールなら認証に通るはずです。通らないなら、よそから送られています。",
        "Our own mail passes authentication. What does not was sent from elsewhere.",
    ),
    misses: Text::new(
        "認証の結果が分からないメール（保存されたメールなど）は「確認できていない」とします。当組織の名前で送る外部サービスは、own_services に書いてあって自分の署名（DKIM）を付けていれば対象外です。自組織の SPF・DKIM・DMARC が公表されていなければ、弱い印か参考にとどめます。",
        "Mail whose authentication is not known (stored mail, for instance) is not looked at. Outside services that send in our name are left out where own_services lists them and they sign as themselves (DKIM). Where we publish no SPF, DKIM and DMARC, the sign is weak or none.",
    ),
    needs: &[Need::OwnDomains, Need::Sender],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: our domain, authentication failed
own: midori.example
dmarc: fail midori.example
From: 佐藤花子 <sato@midori.example>

== fires: a stranger's server sends and signs as itself
own: midori.example
dmarc: fail midori.example !policy-none
dkim: pass bulk.example
From: 佐藤花子 <sato@midori.example>

== fires: we publish SPF alone, and it forbids this
own: midori.example
dmarc: none midori.example
spf: fail midori.example
From: 佐藤花子 <sato@midori.example>

== fires weak: we publish SPF alone, and it is in doubt
own: midori.example
dmarc: none midori.example
spf: softfail midori.example
From: 佐藤花子 <sato@midori.example>

== fires weak: we publish nothing, and it is authenticated as somebody else
own: midori.example
dmarc: none midori.example
spf: pass bulk.example
From: 佐藤花子 <sato@midori.example>

== fires weak: we publish nothing, and a signature in our name is broken
own: midori.example
dmarc: none midori.example
dkim: fail midori.example !signature-wrong
spf: none midori.example
From: 佐藤花子 <sato@midori.example>

== fires info: we publish nothing, and nothing is there
own: midori.example
dmarc: none midori.example
spf: none midori.example
From: 佐藤花子 <sato@midori.example>

== fires info: our own post, brought back by a mailing list
own: midori.example
dmarc: fail midori.example !policy-none
dkim: fail midori.example !aligned !body-changed
spf: pass lists.example
From: 佐藤花子 <sato@midori.example>
List-Id: <kenkyu.lists.example>
List-Post: <mailto:kenkyu@lists.example>

== fires weak: a list that nobody authenticates
own: midori.example
dmarc: fail midori.example
spf: fail unrelated.example
From: 佐藤花子 <sato@midori.example>
List-Id: <kenkyu.lists.example>
List-Post: <mailto:kenkyu@lists.example>

== quiet: a service that sends in our name and signs as itself
own: midori.example
own service: newsletter.example
dmarc: fail midori.example !policy-none
dkim: pass mail.newsletter.example
From: みどり設計事務所 <news@midori.example>

== fires: a service of ours, and the signature in its name is broken
own: midori.example
own service: newsletter.example
dmarc: fail midori.example
dkim: fail newsletter.example !body-changed
From: みどり設計事務所 <news@midori.example>

== fires: the server of a service of ours, without its signature
own: midori.example
own service: newsletter.example
dmarc: fail midori.example
spf: pass newsletter.example
From: みどり設計事務所 <news@midori.example>

== quiet: forwarded, and a trusted sealer says that it was ours
own: midori.example
dmarc: fail midori.example !policy-reject
arc: pass forwarder.example !trusted-sealer
From: 佐藤花子 <sato@midori.example>

== quiet: our domain, authenticated
own: midori.example
dmarc: pass midori.example
From: 佐藤花子 <sato@midori.example>

== quiet: our signature holds, though we publish no DMARC
own: midori.example
dmarc: none midori.example
dkim: pass midori.example
spf: fail midori.example
From: 佐藤花子 <sato@midori.example>

== quiet: DNS did not answer for all
own: midori.example
dmarc: none midori.example
spf: unknown no-dns
From: 佐藤花子 <sato@midori.example>

== quiet: two senders, of whom ours passed
own: midori.example
dmarc: pass midori.example
spf: fail midori.example
From: 佐藤花子 <sato@midori.example>, 山田太郎 <yamada@partner.example>

== quiet: somebody else's domain failed
own: midori.example
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>

== quiet: nothing is known
own: midori.example
From: 佐藤花子 <sato@midori.example>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some(address) = input.sender().filter(|address| input.own.is_own_domain(address.domain())) else { return };
    if input.facts.sender.is_vouched_for() || input.is_from_own_service() {
        return;
    }
    let Some((grade, how)) = forged(input) else { return };
    let grade = match input.list() {
        List::None => grade,
        List::Announced => grade.min(Grade::Weak),
        List::Authenticated => Grade::Info,
    };
    let mut others: Vec<Value> = input.authenticated_domains().map(Value::address).collect();
    if others.is_empty() {
        others.push(Value::Word(Text::new("なし", "none")));
    }
    found.add_graded(grade, None, [("address", Value::address(address)), ("how", Value::Word(how)), ("others", Value::list(others))]);
}

/// How gravely the results speak against us as the sender, and why; `None` where they do not.
fn forged(input: &Input<'_>) -> Option<(Grade, Text)> {
    if input.identity() != Identity::NotAsContact {
        return None;
    }
    let is_about_us = |result: &&AuthResult| input.own.is_own_domain(&result.domain);
    match input.dmarc()?.known {
        Outcome::Fail => return Some((Grade::Strong, Text::new("DMARC 認証に失敗", "DMARC failed"))),
        // Ours and somebody else's address stand together as senders: that is told elsewhere.
        Outcome::Pass => return None,
        _ => {}
    }
    let spf = input.facts.sender.spf.known().filter(is_about_us).map(|result| result.known);
    Some(match spf {
        Some(Outcome::Fail) => (Grade::Strong, Text::new("当組織の SPF が認めていないサーバーです", "our SPF forbids the server")),
        Some(Outcome::Softfail) => (Grade::Weak, Text::new("当組織の SPF に載っていないサーバーです", "the server is not in our SPF")),
        _ if input.authenticated_domains().next().is_some() => (Grade::Weak, Text::new("別のドメインとして認証されています", "it is authenticated as another domain")),
        _ if input.signatures().filter(is_about_us).any(|result| result.known == Outcome::Fail) => {
            (Grade::Weak, Text::new("当組織の署名が壊れています", "a signature in our name is broken"))
        }
        _ => (Grade::Info, Text::new("当組織は送信元の認証を公表していないようです", "we seem to publish nothing to verify it by")),
    })
}

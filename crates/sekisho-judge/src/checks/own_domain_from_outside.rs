//! Our own domain as the sender, though authentication failed.

use sekisho_facts::Outcome;

use crate::{Check, Found, Grade, Input, Need, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "当組織のアドレスが偽られています",
        "Our own address is forged",
    ),
    says: Text::new(
        "差出人は当組織の {address} ですが、送信元の認証（DMARC）に失敗しています。",
        "The sender is our own {address}, but its authentication (DMARC) failed.",
    ),
    why: Text::new(
        "自分の組織のメールなら認証に通るはずです。失敗しているなら、よそから送られています。",
        "Our own mail passes authentication. What fails was sent from elsewhere.",
    ),
    misses: Text::new(
        "認証の結果が分からないメール（保存されたメールなど）は「確認できていない」とします。",
        "Mail whose authentication is not known (stored mail, for instance) is not looked at.",
    ),
    needs: &[Need::OwnDomains, Need::Sender],
    lists: &[],
    run,
    cases: r#"
== fires: our domain, authentication failed
own: midori.example
dmarc: fail midori.example
From: 佐藤花子 <sato@midori.example>

== quiet: our domain, authenticated
own: midori.example
dmarc: pass midori.example
From: 佐藤花子 <sato@midori.example>

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
    let failed = input.facts.sender.dmarc.known().is_some_and(|result| result.known == Outcome::Fail);
    if let Some(address) = input.sender().filter(|address| failed && input.own.is_own_domain(address.domain())) {
        found.add(None, [("address", Value::address(address))]);
    }
}

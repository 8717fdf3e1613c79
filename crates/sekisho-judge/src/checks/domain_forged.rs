//! A sender's domain that did not send the mail, though its owner asks that such mail is kept away (DMARC, RFC 9989).

use sekisho_facts::{AuthNote, AuthResult, Identity, Outcome};

use crate::authentication::List;
use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value, domain};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "差出人のドメインが騙られています",
        "The sender's domain is forged",
    ),
    says: Text::new(
        "差出人は {address} ですが、{domain} から送られたとは認められませんでした（DMARC 認証に失敗）。{wish}",
        "The sender is {address}, but the mail did not pass as sent by {domain} (DMARC failed). {wish}",
    ),
    why: Text::new(
        "差出人のアドレスは、誰でも好きに書けます。そこで多くの会社は、本物の送り方と「それ以外は受け取らないでほしい」という希望を公表しています。この希望に反するメールは、偽物と考えてください。",
        "Anybody can write any address as the sender. So many firms publish how their mail is truly sent, and that whatever else bears their name should not be accepted. Mail against that wish is most likely a forgery.",
    ),
    misses: Text::new(
        "認証の結果が分からないメールと、何も公表していないドメインは判断できません。希望を公表していない会社のものは弱い印です。投稿を配り直すメーリングリストと、信用する中継サーバーが本物と保証した転送（ARC）では認証が壊れるものなので、止めません。",
        "Nothing can be said where the results are not known or the domain publishes nothing. Without a published wish the sign is weak. Mailing lists that pass on what others wrote, and forwarding that a trusted server vouches for (ARC), break authentication honestly and are let through.",
    ),
    needs: &[Need::Sender],
    lists: &[ListName::Brands, ListName::Freemail],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: the domain asks for rejection
dmarc: fail partner.example !policy-reject
spf: fail partner.example
From: 山田太郎 <yamada@partner.example>

== fires: the domain asks to put it aside, and a stranger's signature passes
dmarc: fail partner.example !policy-quarantine
dkim: pass bulk.example
From: 山田太郎 <yamada@partner.example>

== fires: the policy of the organisation holds for a domain below
dmarc: fail partner.example !policy-reject
From: 山田太郎 <yamada@sales.partner.example>

== fires weak: the domain asks for nothing
dmarc: fail partner.example !policy-none
From: 山田太郎 <yamada@partner.example>

== fires weak: what the domain asks for is not known
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>

== fires: a brand's domain that asks for nothing, with a link that leads away
dmarc: fail amazon.co.jp !policy-none
spf: softfail amazon.co.jp
From: Amazon.co.jp <no-reply@amazon.co.jp>
Subject: お支払い方法の更新

https://unrelated.example/login で更新してください。

== fires weak: a brand's domain that asks for nothing, and links to the brand
dmarc: fail amazon.co.jp !policy-none
From: Amazon.co.jp <no-reply@amazon.co.jp>
Subject: 発送のお知らせ

https://www.amazon.co.jp/orders をご覧ください。

== fires weak: a private address at a telephone company, with a link
dmarc: fail ezweb.ne.jp !policy-none
From: 山田太郎 <yamada@ezweb.ne.jp>

https://unrelated.example/photo を見てください。

== fires weak: a brand's domain that asks for nothing, whose signature a forwarder broke
dmarc: fail amazon.co.jp !policy-none
dkim: fail amazon.co.jp !aligned !body-changed
From: Amazon.co.jp <no-reply@amazon.co.jp>
Subject: 発送のお知らせ

https://unrelated.example/ads をご覧ください。

== fires weak: a mailing list that nobody authenticates
dmarc: fail partner.example !policy-reject
spf: fail bounce.unrelated.example
From: 山田太郎 <yamada@partner.example>
List-Id: <kenkyu.lists.example>
List-Post: <mailto:kenkyu@lists.example>

== fires info: a mailing list, authenticated as itself, that keeps the author's address
dmarc: fail partner.example !policy-reject
dkim: fail partner.example !aligned !body-changed
spf: pass lists.example
From: 山田太郎 <yamada@partner.example>
List-Id: <kenkyu.lists.example>
List-Post: <mailto:kenkyu@lists.example>

== fires: a newsletter is no mailing list
dmarc: fail partner.example !policy-reject
spf: pass bulk.example
From: 山田太郎 <yamada@partner.example>
List-Id: <news.bulk.example>
List-Unsubscribe: <mailto:off@bulk.example>

== quiet: forwarded, and a trusted sealer says that it was authentic
dmarc: fail partner.example !policy-reject
spf: fail partner.example
arc: pass forwarder.example !trusted-sealer
From: 山田太郎 <yamada@partner.example>

== fires: forwarded, and the seal is a stranger's
dmarc: fail partner.example !policy-reject
arc: pass unrelated.example
From: 山田太郎 <yamada@partner.example>

== quiet: it passed
dmarc: pass partner.example !policy-reject
From: 山田太郎 <yamada@partner.example>

== quiet: nothing is published
dmarc: none partner.example
spf: fail partner.example
From: 山田太郎 <yamada@partner.example>

== quiet: DNS did not answer
dmarc: temperror partner.example
From: 山田太郎 <yamada@partner.example>

== quiet: nothing was asked
From: 山田太郎 <yamada@partner.example>

== quiet: the result is about another domain than the sender's
dmarc: fail unrelated.example !policy-reject
From: 山田太郎 <yamada@partner.example>

== quiet: signed by the domain itself, though the server says otherwise
dmarc: fail partner.example !policy-reject
dkim: pass partner.example !aligned
From: 山田太郎 <yamada@partner.example>

== quiet: our own domain is told by another check
own: midori.example
dmarc: fail midori.example !policy-reject
From: 佐藤花子 <sato@midori.example>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some(address) = input.sender().filter(|address| !input.own.is_own_domain(address.domain())) else { return };
    let about_it = |result: &&AuthResult| result.known == Outcome::Fail && domain::same_organisation(&result.domain, address.domain());
    let Some(result) = input.dmarc().filter(about_it) else { return };
    if input.identity() == Identity::AsContact || input.facts.sender.is_vouched_for() {
        return;
    }
    let is_wished = result.notes.iter().any(|note| matches!(note, AuthNote::PolicyReject | AuthNote::PolicyQuarantine));
    let grade = if is_wished || is_brand_abused(input, address.domain()) { Grade::Strong } else { Grade::Weak };
    let grade = match input.list() {
        List::None => grade,
        List::Announced => Grade::Weak,
        List::Authenticated => Grade::Info,
    };
    let values = [
        ("address", Value::address(address)),
        ("domain", Value::address(&result.domain)),
        ("wish", Value::Word(wish(&result.notes))),
    ];
    found.add_graded(grade, None, values);
}

/// Whether a brand's own domain, unsigned, leads elsewhere. Where the brand's signature is there and broken, somebody
/// on the way changed a true mail.
fn is_brand_abused(input: &Input<'_>, sender: &str) -> bool {
    let is_signed = input.signatures().any(|result| domain::same_organisation(&result.domain, sender));
    // Anybody may have an address at a telephone company's domain, though it is the company's.
    let freemail = &input.lists.freemail;
    let is_shared = freemail.holds(sender) || freemail.is_carrier(sender);
    let brand = input.lists.brands.owner_of(sender).filter(|_| !is_shared && !is_signed);
    brand.is_some_and(|brand| input.brings_beside(brand))
}

fn wish(notes: &[AuthNote]) -> Text {
    if notes.contains(&AuthNote::PolicyReject) {
        Text::new("このドメインの持ち主は、こうしたメールを受け取らないよう求めています。", "The owner of the domain asks that such mail is refused.")
    } else if notes.contains(&AuthNote::PolicyQuarantine) {
        Text::new("このドメインの持ち主は、こうしたメールを隔離するよう求めています。", "The owner of the domain asks that such mail is put aside.")
    } else {
        Text::new("こうしたメールをどう扱うか、持ち主の希望は示されていません。", "What its owner wants done with such mail is not known.")
    }
}

//! A mail that truly comes from where it says, under a name that belongs to somebody else.

use sekisho_facts::Identity;
use sekisho_mail::{Address, Mailbox};

use crate::authentication::List;
use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value, domain, named};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "名乗っている相手とは別のところから届いています",
        "Authenticated, but as somebody else than it claims",
    ),
    says: Text::new(
        "表示名 {shown} は {claimed} を名乗っていますが、確かめられた送信元は {authenticated} です。{note}",
        "The name {shown} claims to be {claimed}, but what could be verified as the origin is {authenticated}. {note}",
    ),
    why: Text::new(
        "送信元の認証は「どのドメインから来たか」だけを示します。乗っ取られたよその会社のアカウントや、誰でも作れるアドレスから送れば、偽物でも認証に通ります。表示名は好きに書けるので、名前ではなくアドレスを見てください。",
        "Authentication shows which domain a mail came from, and no more. From another firm's hijacked account, or an address that anybody can open, a forgery passes too. Names are free to choose: look at the address.",
    ),
    misses: Text::new(
        "一覧にない会社の名前は分かりません。自組織の名前で送る外部サービスは own_services に書いておくと対象外になります。知らない会社のドメインを名前に書いただけのもの、メーリングリスト、開くもののないメールは弱い印です。",
        "Firms that are not on the list are not known by name. Services that send in our own name are left out once own_services lists them. A stranger's domain in the name, mailing lists, and mail with nothing to open are weak.",
    ),
    needs: &[Need::Sender],
    lists: &[ListName::Brands, ListName::Freemail],
    silenced_by: SilencedBy::Exception,
    run,
    cases: r#"
== fires: our own address in the name, from a hijacked account elsewhere
own: midori.example
dmarc: pass unrelated.example
From: "sato@midori.example" <info@unrelated.example>

== fires: our own domain in the name
own: midori.example
dmarc: pass unrelated.example
From: "midori.example 管理者" <admin@unrelated.example>

== fires: our own name from a free mail address
own: midori.example
dmarc: pass gmail.com
From: みどり設計事務所 総務 <midori.soumu@gmail.com>

== fires: our own name, with a file
own: midori.example
dmarc: pass unrelated.example
From: みどり設計事務所 <info@unrelated.example>

ご確認ください。
--- attach 請求書.pdf as pdf

== fires weak: our own name from a service that we did not name
own: midori.example
dmarc: pass forms.example
From: みどり設計事務所 <noreply@forms.example>

お問い合わせを受け付けました。

== quiet: our own name from a service that we named
own: midori.example
own service: forms.example
dmarc: none forms.example
dkim: pass forms.example
From: みどり設計事務所 <noreply@forms.example>

お問い合わせを受け付けました。

== quiet: our own address under our own name
own: midori.example
dmarc: pass midori.example
From: みどり設計事務所 <info@midori.example>

== quiet: somebody writes to us by name
own: midori.example
dmarc: pass partner.example
From: みどり設計事務所 御中 <yamada@partner.example>

== fires: a brand's name, authenticated as somebody else, with a link
dmarc: pass unrelated.example
From: Amazon.co.jp <info@unrelated.example>
Subject: お支払い方法の更新

https://unrelated.example/login で更新してください。

== fires weak: a brand's name with nothing to open
dmarc: pass unrelated.example
From: Amazon.co.jp <info@unrelated.example>
Subject: ご連絡

よろしくお願いします。

== quiet: a brand that a service sends for, signed by the brand
dmarc: pass mail-service.example
dkim: pass mail-service.example
dkim: pass amazon.co.jp
From: Amazon.co.jp <amazon@mail-service.example>
Subject: 発送のお知らせ

https://mail-service.example/orders をご覧ください。

== quiet: the brand itself, by way of a newsletter service
dmarc: pass amazon.co.jp
dkim: pass mail-service.example
From: Amazon.co.jp <news@amazon.co.jp>
List-Unsubscribe: <https://mail-service.example/off>

https://mail-service.example/orders をご覧ください。

== fires weak: a stranger's domain in the name
dmarc: pass unrelated.example
From: "partner.example" <info@unrelated.example>

== quiet: the same word under another ending
dmarc: pass partner.test
From: "partner.example" <info@partner.test>

== quiet: the word within the domain it is sent from
dmarc: pass partner-mail.test
From: "partner.example ニュース" <news@partner-mail.test>

== quiet: its own address in the name, sent by a service
dmarc: none partner.example
dkim: pass bulk.example
From: "yamada@partner.example" <yamada@partner.example>

== quiet: the domain itself
dmarc: pass mail.partner.example
From: "partner.example" <news@mail.partner.example>

== fires weak: an address in the name, by a mailing list
own: midori.example
dmarc: pass lists.example
From: "sato@midori.example via 研究会" <kenkyu@lists.example>
List-Post: <mailto:kenkyu@lists.example>

== fires: what shows as the sender did not pass, and somebody else did
own: midori.example
dmarc: none unrelated.example
spf: pass bulk.example
From: "sato@midori.example" <info@unrelated.example>

== quiet: our own signature holds, by way of a list
own: midori.example
dmarc: none lists.example
dkim: pass midori.example
From: "sato@midori.example" <kenkyu@lists.example>

== quiet: nobody passed; that is for other checks
own: midori.example
dmarc: fail unrelated.example
spf: fail unrelated.example
From: "sato@midori.example" <info@unrelated.example>

== quiet: nothing is known
own: midori.example
From: "sato@midori.example" <info@unrelated.example>

== quiet: a person's name alone
own: midori.example
dmarc: pass gmail.com
From: 山田太郎 <yamada.taro@gmail.com>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    if input.is_from_own_service() {
        return;
    }
    for (mailbox, address) in input.senders().filter(|(_, address)| !input.own.is_own_address(address)) {
        let authenticated: Vec<&str> = match input.identity() {
            Identity::AsContact => std::iter::once(address.domain()).chain(input.authenticated_domains()).collect(),
            _ => input.authenticated_domains().collect(),
        };
        let Some(first) = authenticated.first() else { continue };
        let Some(claim) = claim(input, mailbox, address, &authenticated) else { continue };
        let is_free = input.lists.freemail.holds(first);
        let values = [
            ("shown", Value::foreign(&mailbox.name)),
            ("claimed", claim.what),
            ("authenticated", Value::address(first)),
            ("note", Value::Word(note(is_free))),
        ];
        let is_eased = input.list() != List::None || input.lists.brands.owner_of(first).is_some_and(|_| !is_free);
        found.add_graded(if is_eased { claim.grade.min(Grade::Weak) } else { claim.grade }, None, values);
    }
}

/// Whom a name claims to be.
struct Claim {
    what: Value,
    grade: Grade,
}

/// The gravest claim of the name that nothing authenticated bears out.
fn claim(input: &Input<'_>, mailbox: &Mailbox, address: &Address, authenticated: &[&str]) -> Option<Claim> {
    let shown = named::addresses_in(&mailbox.name).into_iter().map(|shown| shown.domain().to_owned());
    let addresses: Vec<String> = shown.collect();
    let domains = named::domains_in(&mailbox.name);
    let is_ours = |domain: &&String| input.own.is_own_domain(domain);
    if authenticated.iter().any(|passed| input.own.is_own_domain(passed)) {
        return None;
    }
    if let Some(own) = addresses.iter().chain(&domains).find(is_ours) {
        return Some(Claim { what: Value::address(own), grade: Grade::Strong });
    }
    if input.names_us(&mailbox.name) {
        let is_free = authenticated.first().is_some_and(|domain| input.lists.freemail.holds(domain));
        let grade = if is_free || input.has_attachment() { Grade::Strong } else { Grade::Weak };
        return Some(Claim { what: Value::Own(input.own.name.clone()), grade });
    }
    let brands = named::brands_in(&input.lists.brands, &mailbox.name);
    let is_borne_out = |domain: &&str| brands.iter().any(|mention| mention.brand.owns(domain));
    if authenticated.iter().any(is_borne_out) || is_borne_out(&address.domain()) {
        return None;
    }
    if let Some(mention) = brands.first() {
        return Some(Claim { what: Value::Own(mention.brand.shown().to_owned()), grade: input.grade_of_brand(mention.brand) });
    }
    // A name that holds the sender's own address claims nothing else, whoever sent it.
    let is_unrelated = |shown: &&String| authenticated.iter().chain([&address.domain()]).all(|known| !is_related(shown, known));
    if let Some(shown) = addresses.iter().find(is_unrelated) {
        return Some(Claim { what: Value::address(shown), grade: Grade::Strong });
    }
    let shown = domains.iter().find(is_unrelated)?;
    Some(Claim { what: Value::address(shown), grade: Grade::Weak })
}

/// Shorter labels are found in others by chance.
const LABEL_BYTES_MIN: usize = 4;

/// One organisation, or at least the same word in both names: firms register theirs under several endings, and for
/// their newsletters with words added.
fn is_related(shown: &str, passed: &str) -> bool {
    let label = |name: &str| {
        let registered = domain::registrable(name)?;
        registered.split_once('.').map(|(label, _)| label.to_owned())
    };
    let (Some(shown), Some(passed)) = (label(shown), label(passed)) else { return false };
    let holds = |long: &str, short: &str| short.len() >= LABEL_BYTES_MIN && long.contains(short);
    shown == passed || holds(&passed, &shown) || holds(&shown, &passed)
}

fn note(is_free: bool) -> Text {
    if is_free {
        Text::new("誰でも作れる無料のアドレスなので、認証に通っていても誰のものかは分かりません。", "Anybody can open an address there, so passing authentication does not say whose it is.")
    } else {
        Text::new("認証に通っていても、名乗っている相手だということにはなりません。", "Passing authentication does not make it the one that it claims to be.")
    }
}

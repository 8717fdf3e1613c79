//! The name shown holds an address that is not the sender's.

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, domain, named};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new("表示名に別のアドレスが書かれています", "The name holds another address"),
    says: Text::new(
        "表示名には {shown} と書かれていますが、実際の差出人アドレスは {address} です。",
        "The name says {shown}, but the sender's address is {address}.",
    ),
    why: Text::new(
        "多くのメールソフトは表示名だけを見せます。そこへ本物のアドレスを書いておけば、別の所から送っても本物に見えます。",
        "Many mail programs show the name only. With a true address written there, mail from elsewhere looks true.",
    ),
    misses: Text::new(
        "同じ組織のドメインどうし、メーリングリストや転送サービスが元の差出人を表示名に残したもの（List-Id があるもの）は対象外です。",
        "Addresses of the same registrable domain are not reported, nor are mailing lists (with a List-Id) that keep the author in the name.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Exception,
    run,
    cases: r#"
== fires: a partner's address in the name, sent from elsewhere
From: "yamada@partner.example" <info@unrelated.example>

== fires: name and address together in the name
From: "山田太郎 <yamada@partner.example>" <info@unrelated.example>

== fires: the address in full-width letters
From: "ｙａｍａｄａ＠partner.example" <info@unrelated.example>

== fires: letters that nobody sees in the address
From: "yama{U+200B}da@partner.example" <info@unrelated.example>

== fires: the address taken apart
From: "山田 yamada @ partner.example" <info@unrelated.example>

== fires: a word in brackets for the sign
From: "yamada [at] partner.example" <info@unrelated.example>

== quiet: the name is the address itself
From: "yamada@partner.example" <yamada@partner.example>

== quiet: another address of the same organisation
From: "yamada@sales.partner.example" <no-reply@partner.example>

== quiet: an at sign that is no address
From: "佐藤@みどり設計" <sato@partner.example>

== quiet: a place after the sign
From: "Hanako Sato @ Midori" <sato@partner.example>

== quiet: an address of the machine itself
From: "root@localhost" <backup@partner.example>

== quiet: the address's own domain signed it
dmarc: none service.example
dkim: pass partner.example
From: "yamada@partner.example" <no-reply@service.example>

== fires: a signature in its name is broken
dmarc: none service.example
dkim: fail partner.example !body-changed
From: "yamada@partner.example" <no-reply@service.example>

== quiet: a mailing list that keeps the author in the name
From: "yamada@partner.example via 建築研究会" <list@lists.example>
List-Id: <kenchiku.lists.example>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    if input.message.field("List-Id").is_some() {
        return;
    }
    for (mailbox, address) in input.senders() {
        let other = named::addresses_in(&mailbox.name).into_iter().find(|shown| {
            let is_related = |domain: &str| domain::same_organisation(shown.domain(), domain);
            !is_related(address.domain()) && !input.authenticated_domains().any(is_related)
        });
        if let Some(shown) = other {
            found.add(None, [("shown", Value::address(shown)), ("address", Value::address(address))]);
        }
    }
}

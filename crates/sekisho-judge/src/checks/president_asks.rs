//! Somebody in a leader's or colleague's name asks for a LINE group, a transfer, gift cards, or a changed account.

use sekisho_facts::Standing;

use crate::fold::{self, Folded};
use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "社内の方を名乗って、お金や連絡先を求めています",
        "In the name of one of us, it asks for money or contacts",
    ),
    says: Text::new(
        "{shown}（{address}）が{demands}を求めています。",
        "{shown} ({address}) asks for {demands}.",
    ),
    why: Text::new(
        "社長や上司を名乗り、LINEグループのQRコード、振込、ギフトカードなどを急いで求める詐欺です。本人に、電話など別の方法で確かめてください。",
        "It is a fraud: in the name of the president or a superior, it hurries people to a LINE group, a transfer or gift cards. Ask the person in another way.",
    ),
    misses: Text::new(
        "名簿の人の名前か、当組織の名前または名簿の人の姓に役職を付けて名乗るものだけが強い印です。お金の話をするだけのメールは対象外です。",
        "Only names on the list of people, or a leader's title with our own name or the surname of one of ours, make it strong. Mail that only speaks of money is left out.",
    ),
    needs: &[],
    lists: &[ListName::Lures],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: the president from a free address wants a LINE group
own: midori.example
person: 緑川 一郎 <midorikawa@midori.example>
From: 緑川一郎 <ceo.office@unrelated.example>
Subject: 業務連絡

お疲れ様です。新しい業務のため、LINEグループを作成し、QRコードをこのメールに返信してください。

== fires: a leader's title over our own name wants a transfer
own: midori.example
From: みどり設計事務所 代表取締役 <ceo@unrelated.example>
Subject: 至急

本日中に振込をお願いします。口座は追って連絡します。

== fires: the president's surname and title
own: midori.example
person: 緑川 一郎 <midorikawa@midori.example>
From: 緑川社長 <ceo.office@unrelated.example>
Subject: 業務連絡

新しい業務のため、LINEグループを作成し、QRコードをこのメールに返信してください。

== fires: title and full name in one word
own: midori.example
person: 緑川 一郎 <midorikawa@midori.example>
From: 代表取締役緑川一郎 <ceo.office@unrelated.example>
Subject: 業務連絡

新しい業務のため、LINEグループを作成し、QRコードをこのメールに返信してください。

== fires weak: a president of another name
own: midori.example
person: 緑川 一郎 <midorikawa@midori.example>
From: 山田社長 <ceo.office@unrelated.example>
Subject: 業務連絡

新しい業務のため、LINEグループを作成し、QRコードをこのメールに返信してください。

== fires weak: a bare title and a demand
From: 代表取締役社長 <ceo@unrelated.example>
Subject: 至急

至急、LINEグループを作成してください。

== quiet: the president's own address
own: midori.example
person: 緑川 一郎 <midorikawa@midori.example>
From: 緑川一郎 <midorikawa@midori.example>
Subject: 業務連絡

LINEグループを作成し、QRコードをこのメールに返信してください。

== fires: the president's own address, forged
own: midori.example
person: 緑川 一郎 <midorikawa@midori.example>
dmarc: fail midori.example
From: 緑川一郎 <midorikawa@midori.example>
Subject: 業務連絡

LINEグループを作成し、QRコードをこのメールに返信してください。

== quiet: the president's own address, authenticated
own: midori.example
person: 緑川 一郎 <midorikawa@midori.example>
dmarc: pass midori.example
From: 緑川一郎 <midorikawa@midori.example>
Subject: 業務連絡

LINEグループを作成し、QRコードをこのメールに返信してください。

== quiet: a service of ours that signs as itself
own: midori.example
own service: workflow.example
person: 緑川 一郎 <midorikawa@midori.example>
dmarc: pass workflow.example
dkim: pass workflow.example
From: 緑川一郎 <noreply@workflow.example>
Subject: 承認依頼

振込をお願いします。

== quiet: a namesake who asks for nothing
own: midori.example
person: 緑川 一郎 <midorikawa@midori.example>
From: 緑川一郎 <ichiro@unrelated.example>
Subject: 同窓会のご案内

秋の同窓会を開きます。ぜひお越しください。

== quiet: a partner who speaks of a transfer
own: midori.example
person: 緑川 一郎 <midorikawa@midori.example>
From: 山田太郎 <yamada@partner.example>
Subject: ご請求

月末までに振込をお願いします。
"#,
};

/// Titles of those who can order a payment.
const LEADERS: &[&str] = &["代表取締役", "社長", "会長", "理事長", "代表理事", "院長", "学長", "校長", "ceo", "president", "chairman", "managing director"];

fn run(input: &Input<'_>, found: &mut Found) {
    let Some((mailbox, address)) = input.senders().next().filter(|(_, address)| !input.is_ours(address) && !input.is_from_own_service()) else { return };
    let shown = Folded::new(&mailbox.name);
    let is_person = !input.own.people_named(&mailbox.name).is_empty();
    let is_leader = LEADERS.iter().any(|title| shown.as_str().contains(&fold::fold(title)));
    if !is_person && !is_leader {
        return;
    }
    let requests = input.lists.lures.requests_in(input.own_text_folded());
    let demands: Vec<Value> = requests
        .iter()
        .filter(|request| request.role.is_demand())
        .map(|request| Value::Word(Text { ja: request.ja.clone().into(), en: request.en.clone().into() }))
        .collect();
    if demands.is_empty() {
        return;
    }
    let own_name = fold::fold(&input.own.name);
    let is_known = input.relations().and_then(|relations| relations.sender.as_ref()).is_some_and(|contact| contact.standing > Standing::Met);
    let has_our_surname = || !is_known && input.own.is_surname_of_ours(&mailbox.name);
    let is_ours = is_person || (!own_name.is_empty() && shown.as_str().contains(&own_name)) || has_our_surname();
    let grade = if is_ours { Grade::Strong } else { Grade::Weak };
    let values = [("shown", Value::foreign(&mailbox.name)), ("address", Value::address(address)), ("demands", Value::list(demands))];
    found.add_graded(grade, None, values);
}

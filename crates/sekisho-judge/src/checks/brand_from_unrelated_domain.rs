//! A well-known brand's or office's name as the sender, over an unrelated domain, with something to follow or open.

use crate::fold::Folded;
use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, named};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "有名な会社や役所の名前を、関係のないアドレスが名乗っています",
        "A known name over an unrelated address",
    ),
    says: Text::new(
        "表示名 {shown} は{brand}を名乗っていますが、差出人アドレス {address} は{brand}のものではありません（本物は {domains} など）。",
        "The name {shown} claims to be {brand}, but the address {address} is not theirs (true ones end in {domains}).",
    ),
    why: Text::new(
        "銀行、カード会社、配送、通販、役所などの名前で偽のページへ誘うのは、いちばん多い詐欺です。リンクは開かず、いつも使うアプリやブックマークから確かめてください。",
        "Leading people to forged pages in the name of a bank, card, parcel service, shop or office is the commonest fraud. Do not follow the link; use the app or bookmark you always use.",
    ),
    misses: Text::new(
        "会社名が名前のごく一部であるものは対象外です。メーリングリストと、開くもののないメールは弱い印です。一覧にない会社は分かりません。",
        "Names of which the brand is only a small part are left out; mailing lists, and mail with nothing to open, are weak. Brands that are not on the list are not known.",
    ),
    needs: &[],
    lists: &[ListName::Brands],
    silenced_by: SilencedBy::Exception,
    run,
    cases: r#"
== fires: a brand's name over an unrelated address, with a link
From: Amazon.co.jp <info@unrelated.example>
Subject: お支払い方法の更新

https://unrelated.example/login で更新してください。

== fires: a bank, with an attached page
From: 三井住友カード <info@unrelated.example>
Subject: ご利用確認

添付をご確認ください。
--- attach 確認.html as html

== quiet: the brand's own domain
From: Amazon.co.jp <shipment-tracking@amazon.co.jp>
Subject: 発送のお知らせ

https://www.amazon.co.jp/orders をご覧ください。

== fires: the brand and the words of a service
From: Amazon.co.jp お客様サポートセンター <info@unrelated.example>
Subject: お支払い方法の更新

https://unrelated.example/login で更新してください。

== quiet: our own address that deals with the brand
own: midori.example
From: Amazon.co.jp <amazon-orders@midori.example>
Subject: 注文

https://unrelated.example/orders をご覧ください。

== quiet: sent by a service, and signed by the brand
dmarc: pass mail-service.example
dkim: pass amazon.co.jp
From: Amazon.co.jp <amazon@mail-service.example>
Subject: お支払い方法の更新

https://mail-service.example/login で更新してください。

== fires: the brand's signature is broken
dmarc: pass mail-service.example
dkim: fail amazon.co.jp !signature-wrong
From: Amazon.co.jp <amazon@mail-service.example>
Subject: お支払い方法の更新

https://mail-service.example/login で更新してください。

== fires: authenticated as somebody else
dmarc: pass unrelated.example
From: Amazon.co.jp <info@unrelated.example>
Subject: お支払い方法の更新

https://unrelated.example/login で更新してください。

== quiet: no brand
From: 山田商事 <info@partner.example>
Subject: 発送のお知らせ

https://partner.example/orders をご覧ください。

== fires weak: a mailing list about a brand
From: Amazon.co.jp <list@lists.example>
List-Id: <aws.lists.example>
Subject: 勉強会

https://lists.example/1 をご覧ください。

== quiet: a name of which the brand is a small part
From: 株式会社山田システム開発 Microsoft 365 導入支援担当 佐々木健太郎 <sasaki@partner.example>
Subject: ご提案

https://partner.example/m365 をご覧ください。

== fires weak: a delivery report of a mail server of that make
--- raw
From: Microsoft Outlook <postmaster@partner.example>
Subject: Undeliverable
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

See https://partner.example/help for help.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.partner.example
--b--

== fires weak: nothing to open
From: Amazon.co.jp <info@unrelated.example>
Subject: ご連絡

よろしくお願いします。

== fires weak: an address to write to is nothing to follow
From: Amazon.co.jp <info@unrelated.example>
Subject: ご連絡
--- html
<a href="mailto:info@unrelated.example">お問い合わせ</a>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some((mailbox, address)) = input.senders().next().filter(|(_, address)| !input.own.is_own_address(address)) else { return };
    let all = input.lists.brands.mentions(&Folded::new(&mailbox.name));
    let is_theirs = |domain: &str| all.iter().any(|mention| mention.brand.owns(domain));
    // What the brand itself signed, it sent, by whatever service.
    if is_theirs(address.domain()) || input.authenticated_domains().any(is_theirs) {
        return;
    }
    for mention in named::brands_in(&input.lists.brands, &mailbox.name) {
        let brand = mention.brand;
        let values = [
            ("shown", Value::foreign(&mailbox.name)),
            ("brand", Value::Own(brand.shown().to_owned())),
            ("address", Value::address(address)),
            ("domains", Value::list(brand.domains().take(DOMAINS_TOLD).map(Value::address))),
        ];
        found.add_graded(input.grade_of_brand(brand), None, values);
    }
}

/// How many of a brand's true domains are told.
const DOMAINS_TOLD: usize = 3;

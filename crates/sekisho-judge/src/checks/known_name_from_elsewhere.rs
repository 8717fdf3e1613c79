//! A known person's or organisation's name, over an address that was never known to be theirs.

use sekisho_facts::{NamePlace, Tie};

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "知っている方の名前ですが、いつもと違うアドレスです",
        "A name you know, from an address that is not theirs",
    ),
    says: Text::new(
        "差出人は {name} と名乗っていますが、アドレスは {address} です。いつものアドレスは {usual} です。{note}",
        "The sender shows the name {name}, but the address is {address}. The usual address is {usual}.{note}",
    ),
    why: Text::new(
        "本物の取引先の名前を、関係のないアドレスが名乗っています。盗まれたメールを使うウイルスメールや詐欺は、この形で届きます。返信せず、これまでの電話番号などで本人に確かめてください。新しいアドレスだと分かったら、管理担当者が登録すれば次からは出ません。",
        "The name is a true correspondent's, and the address has nothing to do with them. Mail made from stolen mail looks like this. Do not answer it: ask the person by a telephone number you already had. Once the address turns out to be a new one of theirs, the person in charge can register it.",
    ),
    misses: Text::new(
        "名字だけ、役職だけの名前は比べません。漢字でしか知らない方の名前をローマ字で名乗るものは、アドレスと同じつづりで、その方とのやり取りを引用したり、それに返信したりしたときにだけ分かります。学習する前に知り合った方、一度もこちらから書いたことのない方（弱い印）は確かではありません。組織の名前は、請求や案内の代行サービスが名乗ることも多いので、開かせるものがあるときだけ弱い印、誰でも作れるアドレスからなら、またその組織とのやり取りを引用していれば強い印です。添付・リンク・依頼のないメーリングリストが書き換えた差出人（組織の名前ならリンクがあっても）と、別の方とのやり取りを引用し、その方も宛先に入っているもの（同姓同名の方があとから加わったとみられるもの）は弱い印です。以前から何度もこちらから返事をしている問い合わせ窓口（質問ごとに別のアドレスから届くもの）が同じ名前を名乗るときと、その組織に書いたメールへ2時間以内に届き、認証され、添付・リンク・依頼のない返事は参考です。本人の認証されたメールや担当者の登録で新しいアドレスと分かったもの、同じ組織のアドレス、同姓同名と分かっている方は対象外です。",
        "Surnames and roles alone are not compared. A name in Latin letters of somebody known in kanji alone is told only where it is spelt as in their address and the mail quotes or answers a conversation with them. People met before anything was learned are not known, and those whom we never wrote to count weakly. Names of organisations are weak, and only with something to open, since services send bills and news in their names; from an address that anybody can open, or over words exchanged with that organisation, they are strong. Senders rewritten by a mailing list are weak while it brings no file, link or request (of an organisation's name, with links too), and so is a mail that goes on with somebody else's conversation and has that party among its receivers (a namesake who was brought in). Help desks whose answers in that name we have answered for a while, from several addresses, are information, and so is an answer to what we wrote to that organisation that comes within two hours, authenticates, and brings no file, link or request. Addresses that the person's own authenticated mail announced or a person confirmed, those of the same organisation, and known namesakes are left out.",
    ),
    needs: &[Need::Memory],
    lists: &[ListName::Brands, ListName::Freemail],
    silenced_by: SilencedBy::Exception,
    run,
    cases: r#"
== fires: a partner's name, an unrelated address that even authenticates
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
dmarc: pass unrelated.example
From: 山田太郎 <info@unrelated.example>

== fires: nothing is known of who sent it
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

== fires: the address used the name before, and nobody else says so
known: 山田太郎 <yamada@partner.example>
known: 山田太郎 <info@unrelated.example> standing=met sent=0
name: 山田太郎 of yamada@partner.example tie=disputed
dmarc: pass unrelated.example
From: 山田太郎 <info@unrelated.example>

== fires: we even answered that address once
known: 山田太郎 <yamada@partner.example>
known: 山田太郎 <info@unrelated.example> sent=1
name: 山田太郎 of yamada@partner.example tie=disputed
dmarc: pass unrelated.example
From: 山田太郎 <info@unrelated.example>

== fires: a known address in the place of the name
known: 山田太郎 <yamada@partner.example>
name: yamada@partner.example of yamada@partner.example kind=address
From: "yamada@partner.example" <info@unrelated.example>

== quiet: the new address was announced by the known one
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example tie=announced
dmarc: pass other.example
From: 山田太郎 <taro@other.example>

== fires weak: the announced address, forged
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example tie=announced
dmarc: fail other.example
From: 山田太郎 <taro@other.example>

== quiet: another address of the same organisation
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example tie=colleague
From: 山田太郎 <keiri@partner.example>

== fires: customers of one free mail service are no colleagues
known: 山田太郎 <yamada@gmail.com>
name: 山田太郎 of yamada@gmail.com tie=colleague
From: 山田太郎 <info8812@gmail.com>

== fires weak: somebody brought in by a partner, who is called like somebody else
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
quoted: 1200 parties=suzuki@kita.example,sato@midori.example
From: 山田太郎 <yamada@newfirm.example>
Cc: 鈴木次郎 <suzuki@kita.example>

== fires: the name is that of a party
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
quoted: 1200 parties=yamada@partner.example,suzuki@kita.example,sato@midori.example
From: 山田太郎 <yamada@newfirm.example>
Cc: 鈴木次郎 <suzuki@kita.example>

== fires: a stolen conversation of somebody else, and nobody of it among the receivers
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
quoted: 1200 parties=suzuki@kita.example,sato@midori.example
From: 山田太郎 <yamada@newfirm.example>

== fires: a name in Latin letters as the address of a party of the conversation quoted spells it
own: midori.example
known: 山田太郎 <yamada.t@partner.example>
quoted: 1200 parties=yamada.t@partner.example,sato@midori.example
dmarc: pass unrelated.example
From: Taro Yamada <info@unrelated.example>

== fires: such a name in an answer to the party's conversation
own: midori.example
known: 山田太郎 <yamada.t@partner.example>
answered: a@midori.example parties=yamada.t@partner.example,sato@midori.example
dmarc: pass unrelated.example
From: Taro Yamada <info@unrelated.example>

== quiet: another name over the same conversation
own: midori.example
known: 山田太郎 <yamada.t@partner.example>
quoted: 1200 parties=yamada.t@partner.example,sato@midori.example
dmarc: pass unrelated.example
From: Hanako Mori <info@unrelated.example>

== quiet: a first name that both have, and no Japanese one
own: midori.example
known: Jim Field <jim@partner.example>
quoted: 1200 parties=jim@partner.example,sato@midori.example
dmarc: pass unrelated.example
From: Jim Marlow <info@unrelated.example>

== quiet: such a name over a turn of phrase
own: midori.example
known: 山田太郎 <yamada.t@partner.example>
quoted: 440 parties=yamada.t@partner.example,sato@midori.example
dmarc: pass unrelated.example
From: Taro Yamada <info@unrelated.example>

== quiet: such a name from the firm of the party
own: midori.example
known: 山田太郎 <yamada.t@partner.example>
quoted: 1200 parties=yamada.t@partner.example,sato@midori.example
dmarc: pass partner.example
From: Jiro Yamada <jiro@partner.example>

== quiet: such a name, and the party among the receivers
own: midori.example
known: 山田太郎 <yamada.t@partner.example>
quoted: 1200 parties=yamada.t@partner.example,sato@midori.example
dmarc: pass unrelated.example
From: Jiro Yamada <jiro@unrelated.example>
Cc: 山田太郎 <yamada.t@partner.example>

== fires info: a namesake known just as well
known: 山田太郎 <yamada@partner.example>
known: 山田太郎 <yamada@bank.example> standing=historic
name: 山田太郎 of yamada@partner.example tie=namesake
From: 山田太郎 <yamada@bank.example>

== quiet: whoever bore the name only wrote once, and nothing proves it
known: 山田太郎 <yamada@partner.example> standing=met
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

== fires weak: whoever bore the name brought it along alone
known: 山田太郎 <yamada@partner.example> sent=0
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

== fires info: a help desk that answers what we wrote to him at once, and brings nothing
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
answered: a@midori.example parties=support@partner.example,sato@midori.example prompt=1
dmarc: pass desk.example
From: 山田太郎 <ticket-8812@desk.example>

お問い合わせを受け付けました。

== fires info: a help desk that quotes at once what we wrote to him, outside any thread
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
quoted: 1200 parties=support@partner.example,sato@midori.example prompt=1
dmarc: pass desk.example
From: 山田太郎 <ticket-8812@desk.example>

お問い合わせを受け付けました。

== fires: a help desk that shares no more than a phrase of it
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
quoted: 390 parties=support@partner.example,sato@midori.example prompt=1
dmarc: pass desk.example
From: 山田太郎 <ticket-8812@desk.example>

お問い合わせを受け付けました。

== fires: it asks for something
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
answered: a@midori.example parties=support@partner.example,sato@midori.example prompt=1
dmarc: pass desk.example
From: 山田太郎 <ticket-8812@desk.example>

振込先の口座が変わりました。新しい口座へお振り込みください。

== fires: it does not authenticate
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
answered: a@midori.example parties=support@partner.example,sato@midori.example prompt=1
From: 山田太郎 <ticket-8812@desk.example>

お問い合わせを受け付けました。

== fires: anybody can open the address
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
answered: a@midori.example parties=support@partner.example,sato@midori.example prompt=1
dmarc: pass gmail.com
From: 山田太郎 <info8812@gmail.com>

お問い合わせを受け付けました。

== fires: at once, but what we wrote to somebody else
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
answered: a@midori.example parties=support@other.example,sato@midori.example prompt=1
dmarc: pass desk.example
From: 山田太郎 <ticket-8812@desk.example>

お問い合わせを受け付けました。

== fires: a name of old correspondence
known: 山田太郎 <yamada@partner.example> sent=0 standing=historic
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

== quiet: the address is one of those that the name belongs to
known: 山田太郎 <yamada@partner.example>
known: 山田太郎 <taro@other.example>
name: 山田太郎 of yamada@partner.example,taro@other.example
From: 山田太郎 <taro@other.example>

== quiet: a name in the signature is told by another check
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature
From: 鈴木次郎 <suzuki@unrelated.example>

== quiet: our own person is told by another check
own: midori.example
person: 佐藤 花子 <sato@midori.example>
known: 佐藤花子 <sato@midori.example>
name: 佐藤花子 of sato@midori.example
From: 佐藤花子 <info@unrelated.example>

== fires: our own person, where there is no list of people
own: midori.example
known: 佐藤花子 <sato@midori.example>
name: 佐藤花子 of sato@midori.example
From: 佐藤花子 <info@unrelated.example>

== quiet: we ourselves wrote it
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <visitor@midori.example>

== fires weak: a mailing list that keeps the author's name
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: "山田太郎 via 研究会" <kenkyu@lists.example>
List-Post: <mailto:kenkyu@lists.example>

== fires: whoever calls their own server a list, with a file
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
dmarc: pass lists.example
spf: pass lists.example
From: "山田太郎 via 研究会" <kenkyu@lists.example>
List-Post: <mailto:kenkyu@lists.example>
--- attach 資料.pdf as pdf

== fires: a list in the header alone, that did not send it
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
spf: pass bulk.example
From: "山田太郎 via 研究会" <kenkyu@lists.example>
List-Post: <mailto:kenkyu@lists.example>

== fires info: a mailing list that we write to
known: 山田太郎 <yamada@partner.example>
known: 研究会 <kenkyu@lists.example> sent=12
name: 山田太郎 of yamada@partner.example
From: "山田太郎 via 研究会" <kenkyu@lists.example>
List-Post: <mailto:kenkyu@lists.example>

== fires weak: a well-known service that sends in a person's name
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <dse@docusign.net>

== fires weak: a service for bills that sends in a person's name
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
dmarc: pass misoca.jp
From: 山田太郎（北設計） <info@misoca.jp>

山田太郎様から書類が届いています。 https://app.misoca.jp/x

== fires: the same address, forged
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
dmarc: fail misoca.jp
From: 山田太郎（北設計） <info@misoca.jp>

山田太郎様から書類が届いています。 https://app.misoca.jp/x

== fires info: an organisation's name by a service
known: 北設計 <info@kita.example>
name: 北設計 of info@kita.example kind=organisation
From: 北設計 <noreply@billing.example>

ご請求のお知らせです。

== fires weak: an organisation's name with a file
known: 北設計 <info@kita.example>
name: 北設計 of info@kita.example kind=organisation
From: 北設計 <noreply@billing.example>

ご請求のお知らせです。
--- attach 請求書.pdf as pdf

== fires: an organisation's name with a file, from an address that anybody can open
known: 北設計 <info@kita.example>
name: 北設計 of info@kita.example kind=organisation
From: 北設計 <kitasekkei.info@gmail.com>

ご確認ください。
--- attach 請求書.pdf as pdf

== fires: an organisation's name over words exchanged with it
own: midori.example
known: 北設計 <info@kita.example>
name: 北設計 of info@kita.example kind=organisation
quoted: 600 parties=info@kita.example,sato@midori.example
From: 北設計 サポート <support@unrelated.example>

== fires info: the same through a help desk that we have been writing to
own: midori.example
known: 北設計 <info@kita.example>
known: 北設計 <reply+1@desk.example> sent=2
known: 北設計 <reply+2@desk.example> sent=3
name: 北設計 of info@kita.example kind=organisation
quoted: 600 parties=info@kita.example,sato@midori.example
From: 北設計 サポート <reply+3@desk.example>

== fires weak: somebody at a help desk that answers for the partner
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=may-know
From: 山田太郎 <reply+3@desk.example>

== fires info: the same person through a help desk that we have been writing to
own: midori.example
known: 山田太郎 <yamada@partner.example>
known: 山田太郎（北設計） <reply+1@desk.example> sent=2
known: 山田太郎（北設計） <reply+2@desk.example> sent=3
name: 山田太郎 of yamada@partner.example beside=2
From: 山田太郎（北設計） <reply+3@desk.example>

== fires: one address of the organisation showed the name before
own: midori.example
known: 山田太郎 <yamada@partner.example>
known: 山田太郎 <reply+1@desk.example> sent=5
name: 山田太郎 of yamada@partner.example beside=1
From: 山田太郎 <reply+3@desk.example>

== fires: we hardly wrote to the help desk
own: midori.example
known: 山田太郎 <yamada@partner.example>
known: 山田太郎 <reply+1@desk.example> sent=2
known: 山田太郎 <reply+2@desk.example> sent=1
name: 山田太郎 of yamada@partner.example beside=2
From: 山田太郎 <reply+3@desk.example>

== quiet: a well-known company is told by another check
known: 三井住友カード <info@smbc-card.com>
name: 三井住友カード of info@smbc-card.com kind=organisation
From: 三井住友カード <info@unrelated.example>
--- attach 明細.pdf as pdf
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some(address) = input.sender() else { return };
    let claimed = input.claimed_names(NamePlace::Sender);
    if let Some((name, usual)) = input.party_spelt_in_name().filter(|_| claimed.is_empty()) {
        let note = Text::new("引用や返信の元になったやり取りの相手の、アドレスと同じつづりです。", " It is spelt as in the address of somebody in the conversation that is quoted or answered.");
        let values = [
            ("name", Value::foreign(name)),
            ("address", Value::address(address)),
            ("usual", Value::list([Value::address(usual)])),
            ("note", Value::Word(note)),
        ];
        found.add_graded(Grade::Strong, None, values);
    }
    for claimed in claimed {
        let values = [
            ("name", Value::foreign(&claimed.shown.name)),
            ("address", Value::address(address)),
            ("usual", claimed.usual()),
            ("note", Value::Word(note(claimed.shown.tie))),
        ];
        found.add_graded(claimed.grade, None, values);
    }
}

fn note(tie: Tie) -> Text {
    match tie {
        Tie::None => Text::new("", ""),
        Tie::Disputed => Text::new(
            "以前にもこのアドレスから同じ名前で届いていますが、本人のものかどうかは確かめられていません。",
            " The address used the name before, but nobody other than itself says that it is theirs.",
        ),
        Tie::Announced => Text::new(
            "本人が知らせていたアドレスですが、このメールは認証に通っていません。",
            " The person had announced this address, but the mail did not authenticate as it.",
        ),
        Tie::Colleague => Text::new(
            "同じ組織のアドレスに見えますが、そう確かめられてはいません。",
            " The address looks like one of the same organisation, but nothing shows that it is.",
        ),
        Tie::Namesake => Text::new(
            "このアドレスとも以前から同じ名前でやり取りがあります。",
            " There is old correspondence with this address under the same name, too.",
        ),
    }
}

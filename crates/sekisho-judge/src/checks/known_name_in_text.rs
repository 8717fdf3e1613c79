//! A known person's name in the signature, the opening, the subject or a quotation of a mail from somebody else.

use sekisho_facts::{NameKey, NameKind, NamePlace};
use sekisho_mail::Address;

use crate::lists::ListName;
use crate::related::Claimed;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value, fold};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "署名などにある名前と、差出人のアドレスが合いません",
        "A name in the text does not go with the sender's address",
    ),
    says: Text::new(
        "{place}に {name} とありますが、差出人のアドレスは {address} です。{name} のいつものアドレスは {usual} です。",
        "{place} says {name}, but the sender's address is {address}. The usual address of {name} is {usual}.",
    ),
    why: Text::new(
        "差出人名を空けたり名字だけにしたりして、本文の署名で取引先の方を名乗る手口です。署名は誰でも書き写せます。",
        "The name shown is left out or cut to a surname, and the signature below the text speaks for a correspondent instead. Anybody can copy a signature.",
    ),
    misses: Text::new(
        "差出人が自分の氏名を別に名乗っているとき（代理の方、転送など）と、部署名などを名乗りお金や情報を求めていないときは、署名の方とのやり取りを引用していなければ弱い印です。署名に組織名やアドレスだけがあるときは、お金や情報を求めるメールでだけ弱い印です。本文の書き出しの名乗り（「〇〇の△△です」）は、添付・リンク・依頼のないときと組織名だけのときは弱い印です。件名や引用の中の名前と、差出人名で弱い印になっている名前の署名は参考に表示するだけです。",
        "Where the sender shows a full name of their own (assistants, people who forward), or a department's without asking for money or data, the sign is weak, unless it quotes words exchanged with whose signature it is. An organisation or an address alone in the signature is a weak sign, and only where money or data is asked for. Words by which it opens (“This is … from …”) are a weak sign without a file, link or request, or with an organisation alone. Names in the subject or a quotation, and a signature whose name is a weak sign in the sender's place already, are told as information only.",
    ),
    needs: &[Need::Memory],
    lists: &[ListName::Brands, ListName::Freemail],
    silenced_by: SilencedBy::Exception,
    run,
    cases: r#"
== fires: no name shown, and a partner's signature
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature
From: info@unrelated.example

== fires: the surname shown, and the whole name in the signature
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature
From: 山田 <info@unrelated.example>

== fires: the sender's name in the signature, and in the sender's place too
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature
From: 山田 太郎 <info@unrelated.example>

== fires info: a namesake whom a partner brought in, told of by the sender's name already
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
name: 山田太郎 of yamada@partner.example place=signature
quoted: 1200 parties=suzuki@kita.example,sato@midori.example
From: 山田太郎 <yamada@newfirm.example>
Cc: 鈴木次郎 <suzuki@kita.example>

== fires weak: an assistant under a name of their own
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature
From: 鈴木次郎 <suzuki@unrelated.example>

== fires weak: a department by whose mail nothing is asked for
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature
From: 経理部 <keiri@unrelated.example>

== fires: a department that tells of a changed account
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature
From: 経理部 <keiri@unrelated.example>

振込先の変更をお知らせします。

== fires: under another name, over words exchanged with whose signature it is
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature
quoted: 600 parties=yamada@partner.example,sato@midori.example
From: Taro Y. Yamada <info@unrelated.example>

== fires: the surname with the firm's name
known: 山田 太郎 <yamada@partner.example>
name: 山田 太郎 of yamada@partner.example place=signature
From: 株式会社山田商事 山田 <info@unrelated.example>

== fires: the surname in Latin letters, as it is read
known: 大野真由美 <ohno@partner.example>
name: 大野 真由美 of ohno@partner.example place=signature
From: Mayumi Ohno <info@unrelated.example>

== fires weak: a name in Latin letters that is not how the surname is read
known: 大野真由美 <ohno@partner.example>
name: 大野 真由美 of ohno@partner.example place=signature
From: Mayumi Suzuki <info@unrelated.example>

== fires weak: our own name, over words exchanged with us
own: midori.example
known: 佐藤花子 <sato@midori.example>
name: 佐藤花子 of sato@midori.example place=signature
quoted: 600 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@newfirm.example>

== fires weak: the name was only ever brought along
known: 山田太郎 <yamada@partner.example> sent=0
name: 山田太郎 of yamada@partner.example place=signature
From: info@unrelated.example

== quiet: an announced address
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature tie=announced
From: taro@other.example

== quiet: an organisation's name alone
known: 北設計 <info@kita.example>
name: 北設計 of info@kita.example place=signature kind=organisation
From: billing@service.example
--- attach 請求書.pdf as pdf

== fires weak: an organisation that tells of a changed account, from elsewhere
known: 北設計 <info@kita.example>
name: 北設計 of info@kita.example place=signature kind=organisation
From: 経理部 <keiri@unrelated.example>

振込先の変更をお知らせします。

== fires weak: the address of somebody known under a changed account
known: 山田太郎 <yamada@partner.example>
name: yamada@partner.example of yamada@partner.example place=signature kind=address
From: 経理部 <keiri@unrelated.example>

振込先の変更をお知らせします。

== quiet: an address to write to
known: 山田太郎 <yamada@partner.example>
name: yamada@partner.example of yamada@partner.example place=signature kind=address
From: 鈴木次郎 <suzuki@unrelated.example>

山田にもお知らせください。

== fires: it opens in somebody's name, and asks for money
known: 三浦健太郎 <miura@hokuto.example>
name: 北斗建設 三浦 of miura@hokuto.example place=opening
From: 経理部 <keiri@unrelated.example>

お世話になっております。北斗建設の三浦です。
振込先の変更をお知らせします。

== fires: the same without a name shown, with a file
known: 三浦健太郎 <miura@hokuto.example>
name: 北斗建設 三浦 of miura@hokuto.example place=opening
From: miura8812@unrelated.example

北斗建設の三浦です。見積書をお送りします。
--- attach 見積書.pdf as pdf

== fires: and with a link
known: Nora Field <nora@brightwater.example>
name: Nora Field (Brightwater Tools) of nora@brightwater.example place=opening
From: <office@unrelated.example>

This is Nora Field from Brightwater Tools. Please see https://unrelated.example/x

== fires weak: from a telephone, with nothing
known: 三浦健太郎 <miura@hokuto.example>
name: 北斗建設 三浦 of miura@hokuto.example place=opening
From: <miura.k@mobile.example>

北斗建設の三浦です。10分ほど遅れます。

== fires weak: under another name of their own
known: 三浦健太郎 <miura@hokuto.example>
name: 北斗建設 三浦 of miura@hokuto.example place=opening
From: 鈴木次郎 <suzuki@unrelated.example>

北斗建設の三浦です。
振込先の変更をお知らせします。

== fires weak: an organisation opens it, and tells of a changed account
known: 北斗建設 <info@hokuto.example>
name: 株式会社北斗建設 of info@hokuto.example place=opening kind=organisation
From: 経理部 <keiri@unrelated.example>

株式会社北斗建設でございます。
振込先の変更をお知らせします。

== quiet: an organisation opens it, and asks for nothing
known: 北斗建設 <info@hokuto.example>
name: 株式会社北斗建設 of info@hokuto.example place=opening kind=organisation
From: 経理部 <keiri@unrelated.example>

株式会社北斗建設でございます。
--- attach 資料.pdf as pdf

== quiet: a newcomer of the same firm
known: 三浦健太郎 <miura@hokuto.example>
name: 北斗建設 三浦 of miura@hokuto.example place=opening tie=colleague
From: 三浦次郎 <j.miura@hokuto.example>

北斗建設の三浦です。
--- attach 資料.pdf as pdf

== fires info: the subject names somebody
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=subject
From: info@unrelated.example

== fires info: a quotation of somebody
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=quotation
From: info@unrelated.example

== quiet: the name in the sender's place is told by another check
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some((mailbox, address)) = input.senders().next() else { return };
    // Who asks for money does it under a person's name of their own: a department's is nobody's.
    let asks = !input.demands().is_empty();
    let shown = if asks { NameKey::person(&mailbox.name) } else { NameKey::full(&mailbox.name) };
    let told = input.claimed_names(NamePlace::Sender);
    let brings = input.brings_or_asks() || !input.brought_links(&[]).is_empty();
    let signed = input.claimed_names(NamePlace::Signature);
    for place in [NamePlace::Signature, NamePlace::Opening, NamePlace::Subject, NamePlace::Quotation] {
        let all = input.claimed_names(place);
        let is_in_text = matches!(place, NamePlace::Signature | NamePlace::Opening);
        let names_a_person = all.iter().any(|claimed| claimed.shown.kind == NameKind::Person);
        for claimed in all {
            let is_person = claimed.shown.kind == NameKind::Person;
            if !is_person && (names_a_person || !is_in_text || !asks) {
                continue;
            }
            // Who shows a name, or signs with it, opens with it, too.
            let is_same = |other: &&Claimed<'_>| {
                let is_as_much = other.shown.kind == NameKind::Person || !is_person;
                is_as_much && other.usual_address() == claimed.usual_address()
            };
            if place == NamePlace::Opening && told.iter().chain(&signed).any(|other| is_same(&other)) {
                continue;
            }
            let has_own_name = shown.as_ref().is_some_and(|shown| !NameKey::shown(&claimed.shown.name).is(shown))
                && !bears_surname(&mailbox.name, &claimed.shown.name)
                && !NameKey::share_surname_read(&mailbox.name, &claimed.shown.name);
            // Our own names stand in what is quoted from us, wherever a program puts it.
            let is_ours = Address::parse(claimed.usual_address()).is_some_and(|usual| input.own.is_own_address(&usual));
            let is_anothers = has_own_name && (is_ours || !claimed.is_quoted(input));
            // Who shows a name signs with it, too: two weak signs of one name are one. A firm's name is none of a person in it.
            let is_told = told.iter().any(|other| {
                let is_same = other.shown.kind == claimed.shown.kind || !is_person;
                is_same && other.usual_address() == claimed.usual_address() && other.grade == Grade::Weak
            });
            let grade_max = match place {
                NamePlace::Signature if is_told => Grade::Info,
                NamePlace::Signature | NamePlace::Opening if is_anothers || !is_person => Grade::Weak,
                // From a telephone people write so, from addresses that we do not know.
                NamePlace::Opening if !brings => Grade::Weak,
                NamePlace::Signature | NamePlace::Opening => Grade::Strong,
                _ => Grade::Info,
            };
            let values = [
                ("place", Value::Word(words(place))),
                ("name", Value::foreign(&claimed.shown.name)),
                ("address", Value::address(address)),
                ("usual", claimed.usual()),
            ];
            found.add_graded(claimed.grade.min(grade_max), None, values);
        }
    }
}

/// Whether the name shown holds the first word of the name in the text: a surname with a firm's name is no other person.
fn bears_surname(shown: &str, name: &str) -> bool {
    let surname = name.split_whitespace().next().unwrap_or_default();
    surname.chars().count() > 1 && fold::fold(shown).contains(&fold::fold(surname))
}

fn words(place: NamePlace) -> Text {
    match place {
        NamePlace::Sender => Text::new("差出人名", "The sender's name"),
        NamePlace::Signature => Text::new("本文の署名", "The signature below the text"),
        NamePlace::Opening => Text::new("本文の書き出し", "The opening of the text"),
        NamePlace::Subject => Text::new("件名", "The subject"),
        NamePlace::Quotation => Text::new("引用部分", "A quotation"),
    }
}

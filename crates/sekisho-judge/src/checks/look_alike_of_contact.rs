//! Somebody new whose domain looks like that of somebody to whom we write.

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value};

use super::look_alike_domain::{shown, words};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "やり取りのある相手によく似た、別のドメインから届いています",
        "It comes from a domain that looks like a correspondent's",
    ),
    says: Text::new(
        "差出人のドメイン {domain} とはやり取りがなく、やり取りのある {usual} のドメインによく似ています（{how}）。",
        "There is no correspondence with the sender's domain {domain}, and it looks like that of {usual}, with whom there is ({how}).",
    ),
    why: Text::new(
        "取引先とのやり取りを盗み見た相手は、取引先のドメインに似せたドメインを用意して割り込みます。振込先の変更などは、これまでの電話番号で取引先に確かめてください。",
        "Whoever has read a correspondence registers a domain like the partner's and steps in. Ask about changed accounts and the like by the telephone number that you had before.",
    ),
    misses: Text::new(
        "こちらから書いている相手のドメインと一度に一か所だけ違うもの（紛らわしい文字、抜けや入れ替わり、ハイフン、付け足された言葉など）を見ます。五文字より短い名前、二か所以上違うもの、紛らわしくない文字に置き換えたもの、名前と末尾（.co.jp と .com など）の両方が違うものは分かりません。短い名前やローマ字の日本語どうしの一文字違いは別の会社のことが多いので弱い印、末尾だけが違うものと取引らしい言葉の付け足しは同じ会社のことが多いので参考です。よく知られた会社、当組織、設定の partners に似せたものは look-alike-domain が見ます。",
        "Domains are compared with those to which we write, for one difference at a time (letters alike, left out or swapped, hyphens, a word added). Names of fewer than five letters, two differences, a letter in the place of one that looks otherwise, and another name together with another ending (.co.jp and .com) are not seen. Short names and romanised Japanese names one letter apart are mostly other firms, so they are weak; another ending alone, or a word of trade added, is mostly the same firm, and information. Look-alikes of well-known firms, of ours and of the partners in the configuration are told by look-alike-domain.",
    ),
    needs: &[Need::Memory],
    lists: &[ListName::Brands, ListName::Freemail],
    silenced_by: SilencedBy::Exception,
    run,
    cases: r#"
== fires: one letter beside a correspondent's domain, under another name
known: 山田太郎 <yamada@kita-kensetsu.example>
name: kita-kensetzu.example of yamada@kita-kensetsu.example kind=domain
From: 経理部 <keiri@kita-kensetzu.example>

== fires: letters that look alike, under another ending
known: 山田太郎 <yamada@brightwater.example>
name: brlghtwater.test of yamada@brightwater.example kind=domain
dmarc: pass brlghtwater.test
From: Accounts <accounts@brlghtwater.test>

== fires: whoever only wrote before, and whom we answered once
known: 山田太郎 <yamada@kita-kensetsu.example>
known: 鈴木次郎 <suzuki@kita-kensetzu.example> standing=answered sent=1
name: kita-kensetzu.example of yamada@kita-kensetsu.example kind=domain
From: 鈴木次郎 <suzuki@kita-kensetzu.example>

== fires weak: romanised Japanese, one letter apart
known: 高橋一郎 <takahashi@takahashi.example>
name: takanashi.example of takahashi@takahashi.example kind=domain
From: 高梨次郎 <info@takanashi.example>

== fires info: the same name under another ending
known: 山田太郎 <yamada@kita-kensetsu.example>
name: kita-kensetsu.test of yamada@kita-kensetsu.example kind=domain
From: 鈴木次郎 <suzuki@kita-kensetsu.test>

== quiet: we write there, too
known: 山田太郎 <yamada@kita-kensetsu.example>
known: 鈴木次郎 <suzuki@kita-kensetzu.example>
name: kita-kensetzu.example of yamada@kita-kensetsu.example kind=domain
From: 鈴木次郎 <suzuki@kita-kensetzu.example>

== quiet: and to somebody else of it
known: 山田太郎 <yamada@kita-kensetsu.example>
known: 田中三郎 <tanaka@kita-kensetzu.example>
name: kita-kensetzu.example of yamada@kita-kensetsu.example kind=domain
From: 鈴木次郎 <suzuki@kita-kensetzu.example>

== quiet: it looks like none
known: 山田太郎 <yamada@kita-kensetsu.example>
name: nishi-shoji.example of yamada@kita-kensetsu.example kind=domain
From: 鈴木次郎 <suzuki@nishi-shoji.example>

== quiet: we never wrote to whom it looks like
known: 山田太郎 <yamada@kita-kensetsu.example> standing=met sent=0
name: kita-kensetzu.example of yamada@kita-kensetsu.example kind=domain
From: 鈴木次郎 <suzuki@kita-kensetzu.example>

== quiet: a partner of the configuration, told by another check
own: midori.example
partner: kita-kensetsu.example
known: 山田太郎 <yamada@kita-kensetsu.example>
name: kita-kensetzu.example of yamada@kita-kensetsu.example kind=domain
From: 鈴木次郎 <suzuki@kita-kensetzu.example>

== quiet: a partner of the configuration itself
own: midori.example
partner: kita-kensetzu.example
known: 山田太郎 <yamada@kita-kensetsu.example>
name: kita-kensetzu.example of yamada@kita-kensetsu.example kind=domain
From: 鈴木次郎 <suzuki@kita-kensetzu.example>

== quiet: our own domain
own: kita-kensetzu.example
known: 山田太郎 <yamada@kita-kensetsu.example>
name: kita-kensetzu.example of yamada@kita-kensetsu.example kind=domain
From: 鈴木次郎 <suzuki@kita-kensetzu.example>

== quiet: anybody's mail service
known: 山田太郎 <yamada@gmaill.example>
name: gmail.com of yamada@gmaill.example kind=domain
From: 鈴木次郎 <suzuki@gmail.com>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some((taken, address)) = input.taken_for().zip(input.sender()) else { return };
    let values = [
        ("domain", shown(address.domain())),
        ("usual", Value::address(&taken.contact.address)),
        ("how", Value::Word(words(taken.like.how))),
    ];
    found.add_graded(taken.grade, None, values);
}

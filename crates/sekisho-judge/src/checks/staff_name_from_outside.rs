//! The name of one of our own people over an address that is not ours.

use sekisho_facts::Person;

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value, words};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "社内の方の名前ですが、社外のアドレスです",
        "The name of one of us, from an outside address",
    ),
    says: Text::new(
        "表示名 {shown} は{whose}の名前ですが、差出人アドレスは {address} です。いつものアドレスは {usual} です。",
        "The name {shown} is that of {whose}, but the sender's address is {address}. The usual address is {usual}.",
    ),
    why: Text::new(
        "本物の名前と、関係のないアドレス。これが乗っ取られた会話を装うメールの姿です。本人かどうかは、電話など別の方法で確かめてください。",
        "A true name over an unrelated address is what these forgeries look like. Ask the person in another way, by telephone for instance.",
    ),
    misses: Text::new(
        "同姓同名の社外の方も対象になります。名字だけの名前は比べません。名簿にない人は分かりません。本人が社内のアドレスから知らせた私用アドレスや、以前から双方向のやり取りがあったと記憶しているアドレスと、こちらからも書いているか、添付・リンク・依頼のないメーリングリストは弱い印です。",
        "A namesake outside is reported too. Surnames alone are not compared; people who are not on the list are not known. A private address that the person announced from inside, or that the memory knows from old correspondence in both directions, is weak, and so is a mailing list that we write to or that brings no file, link or request.",
    ),
    needs: &[Need::OwnDomains, Need::OwnPeople],
    lists: &[ListName::Brands],
    silenced_by: SilencedBy::Exception,
    run,
    cases: r#"
== fires: a colleague's name from elsewhere
own: midori.example
person: 佐藤 花子 <sato@midori.example>
From: 佐藤花子 <info@unrelated.example>

== fires: the names turned round, with a title
own: midori.example
person: 佐藤 花子 <sato@midori.example>
From: "花子 佐藤 部長" <info@unrelated.example>

== quiet: the colleague's own address
own: midori.example
person: 佐藤 花子 <sato@midori.example>
From: 佐藤花子 <sato@midori.example>

== quiet: a private address that the list of people names
own: midori.example
person: 佐藤 花子 <hanako@private.example>
From: 佐藤花子 <hanako@private.example>

== quiet: the surname alone
own: midori.example
person: 佐藤 花子 <sato@midori.example>
From: 佐藤 <sato@partner.example>

== fires weak: a mailing list that keeps the author's name
own: midori.example
person: 佐藤 花子 <sato@midori.example>
From: "佐藤花子 via 研究会" <list@lists.example>
List-Id: <kenkyu.lists.example>

== fires: whoever calls their own server a list, with a link
own: midori.example
person: 佐藤 花子 <sato@midori.example>
From: "佐藤花子 via 研究会" <list@lists.example>
List-Id: <kenkyu.lists.example>

資料です。 https://files.lists.example/d/8471

== fires: whoever calls their own server a list, with a file
own: midori.example
person: 佐藤 花子 <sato@midori.example>
From: "佐藤花子 via 研究会" <list@lists.example>
List-Id: <kenkyu.lists.example>
--- attach 資料.pdf as pdf

== fires weak: a mailing list that keeps the author's name, with a link to ourselves
own: midori.example
person: 佐藤 花子 <sato@midori.example>
From: "佐藤花子 via 研究会" <list@lists.example>
List-Id: <kenkyu.lists.example>

https://www.midori.example/ をご覧ください。

== fires weak: a mailing list that we write to, with a link
own: midori.example
person: 佐藤 花子 <sato@midori.example>
known: 研究会 <list@lists.example> sent=12
From: "佐藤花子 via 研究会" <list@lists.example>
List-Id: <kenkyu.lists.example>

資料です。 https://files.lists.example/d/8471

== quiet: a service of ours that signs as itself
own: midori.example
own service: workflow.example
person: 佐藤 花子 <sato@midori.example>
dmarc: pass workflow.example
dkim: pass workflow.example
From: 佐藤花子 <noreply@workflow.example>

== quiet: by way of another address, and signed by us
own: midori.example
person: 佐藤 花子 <sato@midori.example>
dmarc: none lists.example
dkim: pass midori.example
From: "佐藤花子 via 研究会" <list@lists.example>

== fires: authenticated as somebody else
own: midori.example
person: 佐藤 花子 <sato@midori.example>
dmarc: pass unrelated.example
dkim: pass unrelated.example
From: 佐藤花子 <info@unrelated.example>

== fires weak: a private address that the person announced
own: midori.example
person: 佐藤 花子 <sato@midori.example>
known: 佐藤花子 <sato@midori.example>
name: 佐藤花子 of sato@midori.example tie=announced
From: 佐藤花子 <hanako@private.example>

== fires: the announced address, forged
own: midori.example
person: 佐藤 花子 <sato@midori.example>
known: 佐藤花子 <sato@midori.example>
name: 佐藤花子 of sato@midori.example tie=announced
dmarc: fail private.example
From: 佐藤花子 <hanako@private.example>

== fires: an address that used the name before, and nobody else says so
own: midori.example
person: 佐藤 花子 <sato@midori.example>
known: 佐藤花子 <sato@midori.example>
name: 佐藤花子 of sato@midori.example tie=disputed
From: 佐藤花子 <hanako@private.example>

== fires weak: a well-known service that sends in a person's name
own: midori.example
person: 佐藤 花子 <sato@midori.example>
From: "佐藤花子" <dse@docusign.net>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let is_ours = |domain: &str| input.own.is_own_domain(domain);
    if input.is_from_own_service() || input.authenticated_domains().any(is_ours) {
        return;
    }
    let is_list = input.is_harmless_list();
    for (mailbox, address) in input.senders().filter(|(_, address)| !input.own.is_own_address(address)) {
        let is_service = input.lists.brands.owner_of(address.domain()).is_some();
        for person in input.own.people_named(&mailbox.name) {
            let values = [
                ("shown", Value::foreign(&mailbox.name)),
                ("whose", Value::Word(whose(&mailbox.name, person))),
                ("address", Value::address(address)),
                ("usual", Value::address(&person.address)),
            ];
            let is_eased = is_list || is_service || input.is_known_to_be(person);
            found.add_graded(if is_eased { Grade::Weak } else { Grade::Strong }, None, values);
        }
    }
}

/// Whose name it is; whoever shows exactly a name of ours has told it.
fn whose(shown: &str, person: &Person) -> Text {
    let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    if letters(shown) == letters(&person.name) {
        return Text::new("当組織の方", "one of us");
    }
    let name = words::harmless(&person.name);
    Text { ja: format!("当組織の{name}さん").into(), en: format!("our {name}").into() }
}

#[cfg(test)]
mod tests {
    use sekisho_mail::Address;

    use super::*;

    #[test]
    fn a_name_is_not_told_twice() {
        let address = Address::parse("sato@midori.example").unwrap();
        let person = Person { name: "佐藤 花子".to_owned(), address, keys: Vec::new() };
        for (shown, ja, en) in [
            ("佐藤花子", "当組織の方", "one of us"),
            ("佐藤　花子", "当組織の方", "one of us"),
            ("花子 佐藤 部長", "当組織の佐藤 花子さん", "our 佐藤 花子"),
            ("佐藤花子 via 研究会", "当組織の佐藤 花子さん", "our 佐藤 花子"),
        ] {
            let told = whose(shown, &person);
            assert_eq!((told.ja.as_ref(), told.en.as_ref()), (ja, en), "{shown}");
        }
    }
}

//! Answers would go to an unrelated address.

use sekisho_mail::Address;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, domain};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "返信先が別の所になっています",
        "Answers are led elsewhere",
    ),
    says: Text::new(
        "差出人は {address} ですが、返信は {reply_to} に届きます。",
        "The sender is {address}, but an answer goes to {reply_to}.",
    ),
    why: Text::new(
        "差出人を偽った人が返事だけを受け取る仕掛けに使われます。代理の送信や問い合わせ窓口でもあることなので、弱い印です。",
        "Whoever forges a sender still wants the answers. Assistants and service desks do it honestly, so the sign is weak.",
    ),
    misses: Text::new(
        "メーリングリストや一斉配信（List-Id、List-Unsubscribe、Precedence のあるもの）は対象外です。名乗っている方ご本人の、以前から知っているアドレスだけに返信が届くもの（問い合わせフォームや代行サービスなど）は参考です。",
        "Mailing lists and newsletters (List-Id, List-Unsubscribe, Precedence) are left out. It is information where all answers go to known addresses of the very person whose name is shown, as with web forms and services.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: answers go to a stranger
From: 山田太郎 <yamada@partner.example>
Reply-To: yamada.partner@unrelated.example

== quiet: answers go to another address of the same organisation
From: 山田太郎 <yamada@partner.example>
Reply-To: sales@mail.partner.example

== quiet: answers go to a stranger and to the sender
From: 山田太郎 <yamada@partner.example>
Reply-To: helper@unrelated.example, yamada@partner.example

== quiet: a newsletter
From: 山田商事 <news@partner.example>
Reply-To: support@service.example
List-Unsubscribe: <mailto:off@service.example>

== quiet: no Reply-To
From: 山田太郎 <yamada@partner.example>

== fires info: a web form in a partner's name, and the partner gets the answer
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <form@service.example>
Reply-To: Yamada@partner.example

== fires info: the same, known from old correspondence, by the name in the signature
known: 山田太郎 <yamada@partner.example> standing=historic
name: 山田太郎 of yamada@partner.example place=signature
From: お問い合わせ <form@service.example>
Reply-To: yamada@partner.example

== fires: whoever is named was only answered
known: 山田太郎 <yamada@partner.example> standing=answered
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <form@service.example>
Reply-To: yamada@partner.example

== fires: a name in the subject is nobody who writes
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=subject
From: お問い合わせ <form@service.example>
Reply-To: yamada@partner.example

== fires: another address of the partner's domain
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <form@service.example>
Reply-To: sales@partner.example

== fires: somebody else gets the answer, too
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <form@service.example>
Reply-To: yamada@partner.example, helper@unrelated.example

== fires: the partner's name over another address
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <form@service.example>
Reply-To: 山田太郎 <yamada.partner@unrelated.example>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let is_mass = ["List-Id", "List-Unsubscribe", "Precedence", "Mailing-List"].iter().any(|name| input.message.field(name).is_some());
    let Some(sender) = input.sender().filter(|_| !is_mass) else { return };
    let is_related = |address: &Address| domain::same_organisation(address.domain(), sender.domain());
    let reply_to: Vec<&Address> = input.message.reply_to.iter().filter_map(|mailbox| mailbox.address.as_ref()).collect();
    if reply_to.iter().any(|address| is_related(address)) {
        return;
    }
    let is_strange = |address: &&&Address| !input.is_of_one_named(address);
    let stranger = reply_to.iter().find(is_strange);
    let grade = if stranger.is_some() { Grade::Weak } else { Grade::Info };
    if let Some(shown) = stranger.or(reply_to.first()) {
        found.add_graded(grade, None, [("address", Value::address(sender)), ("reply_to", Value::address(shown))]);
    }
}

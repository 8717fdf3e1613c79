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
        "メーリングリストや一斉配信（List-Id、List-Unsubscribe、Precedence のあるもの）は対象外です。",
        "Mailing lists and newsletters (List-Id, List-Unsubscribe, Precedence) are left out.",
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
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let is_mass = ["List-Id", "List-Unsubscribe", "Precedence", "Mailing-List"].iter().any(|name| input.message.field(name).is_some());
    let Some(sender) = input.sender().filter(|_| !is_mass) else { return };
    let is_related = |address: &Address| domain::same_organisation(address.domain(), sender.domain());
    let mut elsewhere = input.message.reply_to.iter().filter_map(|mailbox| mailbox.address.as_ref()).peekable();
    let all_elsewhere = elsewhere.peek().is_some() && !elsewhere.clone().any(is_related);
    if let Some(reply_to) = elsewhere.next().filter(|_| all_elsewhere) {
        found.add(None, [("address", Value::address(sender)), ("reply_to", Value::address(reply_to))]);
    }
}

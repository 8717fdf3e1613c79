//! A name that other mails of the last days used as well, from addresses that are not its owner's.

use sekisho_facts::NamePlace;

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "この方の名前を騙るメールが続けて届いています",
        "This name is being used by others these days",
    ),
    says: Text::new(
        "このところ {name} の名前で、本人のものではないアドレスからほかに {count} 通届いています。いつものアドレスは {usual} です。",
        "Lately {count} other mails bore the name {name} from addresses that are not theirs. The usual address is {usual}.",
    ),
    why: Text::new(
        "どこかで盗まれたメールがばらまきに使われているときの形です。名前を使われた方が感染元とは限りません。その方と、社内の皆さんに知らせてください。",
        "This is what it looks like when stolen mail is sent out in numbers. Whose name it is need not be whose PC was infected. Tell that person, and your colleagues.",
    ),
    misses: Text::new(
        "名前が同じものだけを数えます。本人が新しいアドレスから何度か書いた場合も数えます。",
        "Only mails with the same name are counted. Somebody who wrote several times from a new address of their own is counted too.",
    ),
    needs: &[Need::Memory],
    lists: &[ListName::Brands, ListName::Freemail],
    silenced_by: SilencedBy::Exception,
    run,
    cases: r#"
== fires: a wave
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example abused=3
From: 山田太郎 <info@unrelated.example>

== fires: a wave with the name in the signature
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature abused=9
From: info@unrelated.example

== quiet: one or two before
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example abused=2
From: 山田太郎 <info@unrelated.example>

== quiet: an announced address while there is a wave
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example tie=announced abused=9
From: 山田太郎 <taro@other.example>

== quiet: a namesake while there is a wave
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example tie=namesake abused=9
From: 山田太郎 <yamada@bank.example>
"#,
};

/// Other mails that make a wave.
const MAILS_MIN: u32 = 3;

fn run(input: &Input<'_>, found: &mut Found) {
    for place in [NamePlace::Sender, NamePlace::Signature] {
        let claimed = input.claimed_names(place).into_iter();
        for claimed in claimed.filter(|claimed| claimed.shown.abused_lately >= MAILS_MIN && claimed.grade >= Grade::Weak) {
            let values = [
                ("name", Value::foreign(&claimed.shown.name)),
                ("count", Value::Number(claimed.shown.abused_lately.into())),
                ("usual", claimed.usual()),
            ];
            found.add(None, values);
        }
    }
}

//! No sender, or a sender without an address.

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "差出人アドレスがありません",
        "There is no sender's address",
    ),
    says: Text::new(
        "差出人欄にアドレスがありません（{raw}）。",
        "The sender field has no address ({raw}).",
    ),
    why: Text::new(
        "差出人のないメールには返事も確認もできません。壊れたプログラムが送る通知にもあるので、弱い印です。",
        "Nobody can answer or check such a mail. Broken programs send some too, so the sign is weak.",
    ),
    misses: Text::new(
        "アドレスが一つでも読み取れれば対象外です。",
        "A field with any readable address is left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a name without an address
From: 山田太郎

== quiet: an address
From: yamada@partner.example
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    if input.sender().is_none() {
        found.add(None, [("raw", Value::foreign(input.message.field("From").unwrap_or_default()))]);
    }
}

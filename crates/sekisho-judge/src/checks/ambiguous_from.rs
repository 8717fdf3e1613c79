//! One `From` field from which mail programs take different addresses.

use sekisho_mail::DefectKind;

use crate::{Check, Found, Grade, Input, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "差出人欄がまぎらわしく書かれています",
        "The sender is written ambiguously",
    ),
    says: Text::new(
        "差出人欄 {raw} は、メールソフトによって読み取るアドレスが変わります（{addresses}）。",
        "Mail programs take different addresses from the sender field {raw} ({addresses}).",
    ),
    why: Text::new(
        "差出人を確かめる仕組みに見せるアドレスと、人に見せるアドレスを分けるための書き方です。",
        "It shows one address to the filters and another to people.",
    ),
    misses: Text::new(
        "表示名がアドレスと同じもの、読点やコンマを含むふつうの名前は対象外です。",
        "Names that equal the address, and ordinary names with commas, are left out.",
    ),
    needs: &[],
    lists: &[],
    run,
    cases: r#"
== fires: one address in the brackets and another behind them
From: yamada@partner.example <info@unrelated.example> <yamada@partner.example>

== quiet: the name is the address
From: yamada@partner.example <yamada@partner.example>

== quiet: a comma in the name
From: "Yamada, Taro" <yamada@partner.example>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some(defect) = input.message.defects.iter().find(|defect| defect.part.is_empty() && defect.kind == DefectKind::AmbiguousFrom) else {
        return;
    };
    let addresses = input.senders().map(|(_, address)| Value::address(address));
    found.add(None, [("raw", Value::foreign(&defect.seen)), ("addresses", Value::list(addresses))]);
}

//! One `From` field from which mail programs take different addresses.

use sekisho_mail::{Defect, DefectKind};

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, domain};

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
        "表示名がアドレスと同じもの、コンマを含むふつうの名前、同じ組織の人を並べたものは対象外です。",
        "Names that equal the address, ordinary names with commas, and several people of one organisation are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: one address in the brackets and another behind them
From: yamada@partner.example <info@unrelated.example> <yamada@partner.example>

== fires: brackets that hold two addresses in one
From: 山田太郎 <yamada@partner.example@unrelated.example>

== quiet: the name is the address
From: yamada@partner.example <yamada@partner.example>

== quiet: one field that properly lists two people
From: 山田太郎 <yamada@partner.example>, 鈴木一郎 <suzuki@partner.example>
Sender: yamada@partner.example

== quiet: a comma in the name
From: "Yamada, Taro" <yamada@partner.example>

== quiet: another disorder of the mail
--- raw
From: yamada@partner.example
Subject: test
Content-Type: text/plain

one
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let is_ambiguous = |defect: &Defect| defect.part.is_empty() && defect.kind == DefectKind::AmbiguousFrom;
    let mut addresses = input.senders().map(|(_, address)| address);
    let Some(first) = addresses.next() else { return };
    let are_colleagues = input.senders().count() > 1 && addresses.all(|other| domain::same_organisation(other.domain(), first.domain()));
    if are_colleagues || !input.message.defects.iter().any(is_ambiguous) {
        return;
    }
    let raw = Value::foreign(input.message.field("From").unwrap_or_default());
    let addresses = input.senders().map(|(_, address)| Value::address(address));
    found.add(None, [("raw", raw), ("addresses", Value::list(addresses))]);
}

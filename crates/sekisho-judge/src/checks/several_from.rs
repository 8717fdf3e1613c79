//! Several `From` fields with different addresses (RFC 5322 section 3.6 allows one).

use sekisho_mail::DefectKind;

use crate::{Check, Found, Grade, Input, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new("差出人が二通りに読めます", "The sender can be read in two ways"),
    says: Text::new(
        "差出人欄が、メールソフトによって {addresses} と別々に表示されます。",
        "Depending on the mail program, the sender is shown as {addresses}.",
    ),
    why: Text::new(
        "差出人を確かめる仕組みと、画面に表示される差出人とを食い違わせる手口です。正しいメールの差出人は一つだけです。",
        "It makes the address that is verified differ from the one that is shown. An honest mail has one sender.",
    ),
    misses: Text::new(
        "二つの差出人が同じアドレスなら何も言いません。一つの欄に複数の差出人を正しく書いたメールは対象外です。",
        "Two senders with one and the same address are not reported, nor is one field that properly lists several.",
    ),
    needs: &[],
    lists: &[],
    run,
    cases: r#"
== fires: two From fields with different addresses
From: 山田太郎 <yamada@partner.example>
From: info@unrelated.example

== quiet: the same field twice
From: 山田太郎 <yamada@partner.example>
From: 山田太郎 <yamada@partner.example>

== quiet: one field that properly lists two people
From: 山田太郎 <yamada@partner.example>, 鈴木一郎 <suzuki@partner.example>
Sender: yamada@partner.example
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    if !input.message.defects.iter().any(|defect| defect.part.is_empty() && defect.kind == DefectKind::SeveralFrom) {
        return;
    }
    let mut addresses: Vec<String> = input.senders().map(|(_, address)| address.to_string().to_lowercase()).collect();
    addresses.sort();
    addresses.dedup();
    if addresses.len() > 1 {
        found.add(None, [("addresses", Value::list(addresses.into_iter().map(Value::address)))]);
    }
}

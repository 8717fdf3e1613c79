//! Several senders of different organisations, in one `From` field or several (RFC 5322 section 3.6 allows one field).

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, domain};

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
        "同じ組織の差出人を並べたもの、同じアドレスの繰り返しは対象外です。",
        "Several people of one organisation, and one address repeated, are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: two From fields with different addresses
From: 山田太郎 <yamada@partner.example>
From: info@unrelated.example

== fires: one field that lists two organisations
From: 山田太郎 <yamada@partner.example>, info@unrelated.example

== quiet: the same field twice
From: 山田太郎 <yamada@partner.example>
From: 山田太郎 <yamada@partner.example>

== quiet: one field that lists two people of one organisation
From: 山田太郎 <yamada@partner.example>, 鈴木一郎 <suzuki@partner.example>
Sender: yamada@partner.example
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let mut addresses = input.senders().map(|(_, address)| address);
    let Some(first) = addresses.next() else { return };
    if addresses.all(|other| domain::same_organisation(other.domain(), first.domain())) {
        return;
    }
    let mut shown: Vec<String> = input.senders().map(|(_, address)| address.to_string().to_lowercase()).collect();
    shown.sort();
    shown.dedup();
    found.add(None, [("addresses", Value::list(shown.into_iter().map(Value::address)))]);
}

//! The server that handed the mail over gave a name that is none, or one of ours, or has none itself. Worth knowing, and no more.

use sekisho_facts::Identity;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Info,
    title: Text::new("送信サーバーの名乗りが不自然です", "The sending server gave an odd name"),
    says: Text::new(
        "送信サーバー {client} は {helo} と名乗りました（{how}）。",
        "The sending server {client} called itself {helo} ({how}).",
    ),
    why: Text::new(
        "乗っ取られたパソコンが送る迷惑メールによくありますが、設定の甘い正規のサーバーにもあります。これだけで怪しいとは言えません。",
        "PCs that were taken over send such mail, and so do honest servers that nobody set up with care. Alone it says nothing.",
    ),
    misses: Text::new(
        "送信サーバーを直接見られるとき（メールサーバーに組み込んだとき）だけ調べます。",
        "It looks only where the sending server is seen itself, as in a mail server.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: it takes our own name
own: midori.example
client: 203.0.113.9
helo: mail.midori.example

== fires: no name of a host
client: 203.0.113.9
helo: localhost

== fires: a bare address
client: 203.0.113.9
helo: 203.0.113.9

== quiet: a name of its own
own: midori.example
client: 203.0.113.9
helo: mx.partner.example

== fires: no name leads back to it
client: 203.0.113.9
helo: mx.partner.example
reverse: none

== quiet: a name leads back to it
client: 203.0.113.9
helo: mx.partner.example
reverse: mx.partner.example

== quiet: an address written as one
client: 203.0.113.9
helo: [203.0.113.9]

== quiet: our own server, which authenticated
own: midori.example
client: 203.0.113.9
helo: mail.midori.example
dmarc: pass midori.example
From: 佐藤花子 <sato@midori.example>

== quiet: who handed it over is not known
own: midori.example
helo: mail.midori.example

== quiet: it gave no name
client: 203.0.113.9
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let envelope = &input.facts.envelope;
    let (Some(client), Some(helo)) = (&envelope.client, &envelope.helo) else { return };
    let name = helo.trim_end_matches('.').to_lowercase();
    let is_ours = input.own.is_own_domain(&name);
    let how = if is_ours && input.identity() != Identity::AsContact {
        Text::new("当組織の名前です", "a name of ours")
    } else if name.parse::<std::net::IpAddr>().is_ok() {
        Text::new("名前ではなく番号です", "a number and no name")
    } else if !name.contains('.') && !name.starts_with('[') {
        Text::new("インターネット上の名前ではありません", "no name on the internet")
    } else if input.facts.sender.reverse.known().is_some_and(String::is_empty) {
        Text::new("この番号のサーバーには名前が登録されていません", "no name leads back to it")
    } else {
        return;
    };
    found.add(None, [("client", Value::address(client)), ("helo", Value::foreign(helo)), ("how", Value::Word(how))]);
}

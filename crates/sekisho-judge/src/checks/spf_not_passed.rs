//! The sender's server is not among those that the envelope's domain names (SPF, RFC 7208). Worth knowing, and no more.

use sekisho_facts::{AuthNote, Outcome};

use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Info,
    title: Text::new("送信サーバーが SPF に載っていません", "The sending server is not in the SPF record"),
    says: Text::new(
        "このメールを送ったサーバーは、{domain} が公表している送信サーバー（SPF）に{how}。",
        "The server that sent this mail {how} in the list of servers that {domain} publishes (SPF).",
    ),
    why: Text::new(
        "偽のメールでも起きますが、転送されたメールや、会社の設定漏れでも起きます。これだけで怪しいとは言えません。",
        "Forged mail shows it, and so do forwarded mail and firms that forgot a server in their record. Alone it says nothing.",
    ),
    misses: Text::new(
        "保存されたメールでは、信用するサーバーが残した結果だけを使います。",
        "For stored mail only the results that trusted servers left are used.",
    ),
    needs: &[Need::Sender],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: the record forbids it
dmarc: none partner.example
spf: fail partner.example

== fires: the record rather forbids it
dmarc: none partner.example
spf: softfail partner.example

== fires: the record cannot be read
dmarc: none partner.example
spf: permerror partner.example

== quiet: the record allows it
dmarc: pass partner.example
spf: pass partner.example

== quiet: there is none
dmarc: none partner.example
spf: none partner.example

== quiet: the record leaves it open
dmarc: none partner.example
spf: neutral partner.example

== quiet: DNS did not answer
dmarc: none partner.example
spf: unknown no-dns

== quiet: forwarded, and a trusted sealer vouches for it
dmarc: fail partner.example
spf: fail partner.example
arc: pass forwarder.example !trusted-sealer
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some(spf) = input.facts.sender.spf.known().filter(|_| !input.facts.sender.is_vouched_for()) else { return };
    let how = match spf.known {
        Outcome::Fail => Text::new("載っておらず、送信を認められていません", "is not, and is forbidden to send,"),
        Outcome::Softfail => Text::new("載っていません（おそらく認められていません）", "is not, and probably may not send,"),
        Outcome::Permerror if spf.notes.contains(&AuthNote::LimitReached) => {
            Text::new("載っているか分かりません（記録が大きすぎます）", "cannot be looked up, for the record is too large,")
        }
        Outcome::Permerror => Text::new("載っているか分かりません（記録が壊れています）", "cannot be looked up, for something is broken,"),
        Outcome::None | Outcome::Neutral | Outcome::Pass | Outcome::Temperror => return,
    };
    found.add(None, [("domain", Value::address(&spf.domain)), ("how", Value::Word(how))]);
}

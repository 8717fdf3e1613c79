//! Results of authentication in the name of one of our own servers, which somebody else wrote (RFC 8601 section 7.1).

use sekisho_facts::Identity;

use crate::authentication::List;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "当組織のサーバーの名前で、よそで書かれた認証結果があります",
        "Results in our own server's name, written elsewhere",
    ),
    says: Text::new(
        "当組織のサーバー {server} の名前で認証結果{claimed}が書かれていますが、このメールを受け取ったときに書いたものではありません。",
        "Results{claimed} stand there in the name of our server {server}, which did not write them when it received this mail.",
    ),
    why: Text::new(
        "受信サーバーは、認証の結果をメールの先頭に書きます。送る側が同じ形で「合格」と書いておけば、それを信じるソフトをだませます。",
        "Our server writes its results on top of a mail. A sender who writes “pass” there in the same form deceives programs that believe it.",
    ),
    misses: Text::new(
        "自組織のサーバーを一度通ったメールが転送などで戻ってくると、前の結果が残っていることがあります。そのため、結果と食い違うときだけ強い印とします。信用するサーバーの名前（trusted_authserv_ids）が設定されていなければ見つけられません。",
        "Mail that went through our server once and comes back may still bear the earlier results; it is strong only where they contradict what was found. Without trusted_authserv_ids in the configuration, nothing is found.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires strong: it says pass, and nothing passed
claims: mx.midori.example dmarc spf
dmarc: fail partner.example !policy-none
From: 山田太郎 <yamada@partner.example>

== fires: it says pass, and nothing is known
claims: mx.midori.example dmarc
From: 山田太郎 <yamada@partner.example>

== fires: it says pass, and that is true
claims: mx.midori.example dkim
dmarc: pass partner.example
From: 山田太郎 <yamada@partner.example>

== fires info: it says nothing that would help anybody
claims: mx.midori.example
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>

== fires info: our own mail, brought back by a mailing list
claims: mx.midori.example dkim
dmarc: fail midori.example
spf: pass lists.example
From: 佐藤花子 <sato@midori.example>
List-Id: <kenkyu.lists.example>
List-Post: <mailto:kenkyu@lists.example>

== fires: a list that nobody authenticates
claims: mx.midori.example dkim
dmarc: fail midori.example
spf: fail unrelated.example
From: 佐藤花子 <sato@midori.example>
List-Post: <mailto:kenkyu@lists.example>

== quiet: nobody wrote in our name
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>
"#,
};

/// Methods that are told by name; any other word is the stranger's own.
const METHODS: &[&str] = &["dmarc", "dkim", "spf", "arc", "iprev", "auth"];

fn run(input: &Input<'_>, found: &mut Found) {
    for claim in &input.facts.claims {
        let contradicts = input.identity() == Identity::NotAsContact;
        let grade = match input.list() {
            _ if claim.passes.is_empty() => Grade::Info,
            List::Authenticated => Grade::Info,
            List::None if contradicts => Grade::Strong,
            List::None | List::Announced => Grade::Weak,
        };
        let passes: Vec<&str> = METHODS.iter().copied().filter(|method| claim.passes.iter().any(|passed| passed == method)).collect();
        let claimed = match passes.join(", ") {
            none if none.is_empty() => Text::new("", ""),
            passes => Text { ja: format!("（{passes} は合格）").into(), en: format!(" ({passes}: pass)").into() },
        };
        let values = [("server", Value::Own(claim.id.clone())), ("claimed", Value::Word(claimed))];
        found.add_graded(grade, None, values);
    }
}

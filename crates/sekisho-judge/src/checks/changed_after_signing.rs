//! A mail that was signed by the sender's domain and changed, or added to, afterwards (DKIM, RFC 6376 section 8).

use sekisho_facts::{AuthNote, AuthResult, Identity, Outcome};
use sekisho_mail::LinkKind;

use crate::authentication::List;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value, domain};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "署名されたあとで書き換えられています",
        "Changed after it was signed",
    ),
    says: Text::new(
        "{domain} の電子署名がありますが、{how}。",
        "It bears a signature of {domain}, but {how}.",
    ),
    why: Text::new(
        "電子署名（DKIM）は、差出人の会社が送ったときの内容を守るものです。本物のメールに偽のリンクやファイルを継ぎ足して送り直す手口では、署名のない部分が偽物です。",
        "A signature (DKIM) protects what the sender's firm truly sent. Whoever sends a true mail again with a link or file of their own added leaves just that part unsigned.",
    ),
    misses: Text::new(
        "途中のウイルス対策装置や転送サービスが書き換えることもあるので、ふつうは弱い印です。署名のない部分にリンクやファイルがあるときだけ強い印とします。件名や末尾に書き足すメーリングリストと、別の方法で差出人を確かめられたメールは対象外です。",
        "Virus filters and forwarders change mail honestly, so the sign is weak as a rule. It is strong only where a link or file can stand in what is not signed. Mailing lists that add to subject and footer, and mail whose sender was verified in another way, are left out.",
    ),
    needs: &[Need::Signatures],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires strong: only a beginning is signed, and there is a file
dmarc: neutral partner.example !policy-none
dkim: pass partner.example !aligned !unsigned-tail
From: 山田太郎 <yamada@partner.example>

添付をご確認ください。
--- attach 請求書.pdf as pdf

== fires strong: only a beginning is signed, and there is a link
dmarc: fail partner.example
dkim: pass partner.example !aligned !unsigned-tail
From: 山田太郎 <yamada@partner.example>

https://unrelated.example/login をご覧ください。

== fires: only a beginning is signed, and there is nothing to open
dmarc: fail partner.example
dkim: pass partner.example !aligned !unsigned-tail
From: 山田太郎 <yamada@partner.example>

よろしくお願いします。

== fires strong: a second subject was added
dmarc: fail partner.example
dkim: pass partner.example !aligned !fields-uncovered
From: 山田太郎 <yamada@partner.example>
Subject: 至急お振込みください
Subject: ご連絡

== fires: a field could have been added, and none stands twice
dmarc: fail partner.example
dkim: pass partner.example !aligned !fields-uncovered
From: 山田太郎 <yamada@partner.example>
Subject: ご連絡

== fires: the text was changed
dmarc: fail partner.example
dkim: fail partner.example !aligned !body-changed
From: 山田太郎 <yamada@partner.example>

== fires: the header was changed
dmarc: fail partner.example
dkim: fail partner.example !aligned !signature-wrong
From: 山田太郎 <yamada@partner.example>

== quiet: it failed for want of a key
dmarc: fail partner.example
dkim: fail partner.example !aligned !no-key
From: 山田太郎 <yamada@partner.example>

== quiet: another signature of the same domain holds
dmarc: pass partner.example
dkim: fail partner.example !aligned !body-changed
dkim: pass partner.example !aligned
From: 山田太郎 <yamada@partner.example>

== quiet: it came straight from the sender's server
dmarc: pass partner.example
spf: pass partner.example !aligned
dkim: fail partner.example !aligned !body-changed
From: 山田太郎 <yamada@partner.example>

== quiet: a mailing list wrote into subject and footer
dmarc: fail partner.example
spf: pass lists.example
dkim: fail partner.example !aligned !body-changed
From: 山田太郎 <yamada@partner.example>
List-Id: <kenkyu.lists.example>
List-Post: <mailto:kenkyu@lists.example>
Subject: [kenkyu:00123] ご連絡

== fires: a mailing list that nobody authenticates is not believed, and not more than weak
dmarc: neutral partner.example
spf: fail unrelated.example
dkim: pass partner.example !aligned !unsigned-tail
From: 山田太郎 <yamada@partner.example>
List-Id: <kenkyu.lists.example>
List-Post: <mailto:kenkyu@lists.example>

https://unrelated.example/login をご覧ください。

== quiet: forwarded, and a trusted sealer says that it was whole
dmarc: fail partner.example
dkim: fail partner.example !aligned !body-changed
arc: pass forwarder.example !trusted-sealer
From: 山田太郎 <yamada@partner.example>

== quiet: the broken signature is a stranger's
dmarc: fail partner.example
dkim: fail bulk.example !body-changed
From: 山田太郎 <yamada@partner.example>

== fires: the text of a stored mail was changed, and nothing else is known
dmarc: unknown not-asked
dkim: fail partner.example !aligned !body-changed
From: 山田太郎 <yamada@partner.example>

== quiet: a stored mail of a list, of which nothing else is known
dmarc: unknown not-asked
dkim: fail partner.example !aligned !body-changed
From: 山田太郎 <yamada@partner.example>
List-Post: <mailto:kenkyu@lists.example>

== quiet: the signatures could not be looked at
dmarc: fail partner.example
dkim: unknown no-dns
From: 山田太郎 <yamada@partner.example>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let list = input.list();
    if input.identity() == Identity::AsContact || input.facts.sender.is_vouched_for() || list == List::Authenticated {
        return;
    }
    let Some(sender) = input.sender() else { return };
    let own_signatures = input.signatures().filter(|result| domain::same_organisation(&result.domain, sender.domain()));
    let changes = own_signatures.filter_map(|result| Some((change(input, result)?, &result.domain)));
    let Some(((grade, how), domain)) = changes.max_by_key(|((grade, _), _)| *grade) else { return };
    let grade = if list == List::Announced { grade.min(Grade::Weak) } else { grade };
    found.add_graded(grade, None, [("domain", Value::address(domain)), ("how", Value::Word(how))]);
}

/// What was changed, and how gravely that weighs in this mail.
fn change(input: &Input<'_>, result: &AuthResult) -> Option<(Grade, Text)> {
    let strong_if = |is: bool| if is { Grade::Strong } else { Grade::Weak };
    let has = |note: AuthNote| result.notes.contains(&note);
    match result.known {
        Outcome::Pass if has(AuthNote::UnsignedTail) => {
            let how = Text::new("署名が守るのは本文の始めだけで、その後ろに書き足されています", "the signature covers only a beginning of the text, and more was added behind it");
            Some((strong_if(brings(input)), how))
        }
        Outcome::Pass if has(AuthNote::FieldsUncovered) => {
            let how = Text::new("件名や宛先など、署名が守っていない項目を書き足せる状態です", "fields that a reader sees, such as the subject, are not covered and could be added");
            Some((strong_if(shows_a_field_twice(input)), how))
        }
        Outcome::Fail if has(AuthNote::BodyChanged) => {
            Some((Grade::Weak, Text::new("署名されたあとで本文か添付が変わっています", "text or files were changed after signing")))
        }
        Outcome::Fail if has(AuthNote::SignatureWrong) => {
            Some((Grade::Weak, Text::new("署名されたあとで件名や宛先などが変わったか、署名そのものが偽物です", "subject, receivers or other fields were changed after signing, or the signature is forged")))
        }
        _ => None,
    }
}

/// Something to follow or to open: what is worth adding to a true mail.
fn brings(input: &Input<'_>) -> bool {
    let leads = input.links().iter().any(|link| link.is_web() && link.link.kind != LinkKind::Loaded);
    leads || input.has_attachment()
}

/// Fields of which a mail has one, and of which programs show either.
fn shows_a_field_twice(input: &Input<'_>) -> bool {
    let count = |name: &str| input.message.fields.iter().filter(|field| field.is(name)).count();
    ["From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Content-Type"].into_iter().any(|name| count(name) > 1)
}

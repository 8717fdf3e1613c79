//! The subject says reply, but the mail refers to no older one.

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "返信のように見えますが、元のメールがありません",
        "It looks like a reply, but to nothing",
    ),
    says: Text::new(
        "件名 {subject} は返信の形ですが、元のメールへのつながり（References など）がありません。",
        "The subject {subject} is that of a reply, but the mail refers to no older one.",
    ),
    why: Text::new(
        "「Re:」を付けるだけで、やり取りの続きのように見せられます。つながりを残さないメールソフトもあるので、弱い印です。",
        "With “Re:” alone, a mail looks like part of a conversation. Some programs drop the reference honestly, so the sign is weak.",
    ),
    misses: Text::new(
        "転送（Fwd:）は対象外です。引用が本物のやり取りかどうか、つながりの先を本当に受け取った人かどうかは、記憶を使う別の検査が見ます。",
        "Forwards are left out. Whether a quotation is of a true conversation, and whether the sender ever got what it answers, is asked by the checks that use the memory.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: Re: without anything behind it
Subject: Re: 請求書の件

ご確認ください。

== quiet: a reference to an older mail
Subject: Re: 請求書の件
In-Reply-To: <a@midori.example>

ご確認ください。

== fires: a quotation alone is no thread
Subject: Re: 請求書の件

承知しました。

> 請求書をお送りします。
> ご確認ください。

== quiet: a forward
Subject: Fwd: 請求書の件

ご確認ください。

== quiet: no reply
Subject: 請求書の件

ご確認ください。

== quiet: the older mails are listed
Subject: Re: 請求書の件
References: <a@midori.example>

ご確認ください。

== quiet: Outlook's own mark of a thread
Subject: Re: 請求書の件
Thread-Index: AQHbPqrstuvw

ご確認ください。
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let message = input.message;
    let is_linked = !message.in_reply_to.is_empty() || !message.references.is_empty() || message.field("Thread-Index").is_some();
    if sekisho_mail::is_reply_subject(&message.subject) && !is_linked {
        found.add(None, [("subject", Value::foreign(&message.subject))]);
    }
}

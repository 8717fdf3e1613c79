//! A correspondent's own address, whose mail suddenly comes in other ways than always.

use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "いつもの相手ですが、届き方がいつもと違います",
        "A correspondent's address, but not the usual ways",
    ),
    says: Text::new(
        "{address} からのいつものメールと、次の点が違います：{ways}（いつもは {usual}、今回は {now}）。",
        "It differs from the usual mail of {address} in this: {ways} (usual: {usual}; now: {now}).",
    ),
    why: Text::new(
        "アドレスが騙られたり、相手のアカウントが乗っ取られたりすると、送信元やメールソフトが急に変わります。引っ越しや機器の入れ替えでも変わるので、いつも通っていた認証に通らないときだけ強く疑います。転送されただけのメールもそうなるため、開かせるものも依頼もなければ弱い印です。",
        "When an address is forged or an account taken over, servers and programs change all at once. They also change when somebody moves or buys a new PC, so it is only strong where mail that always authenticated does not any more. What was merely forwarded looks like that, too, so it stays weak while it brings and asks nothing.",
    ),
    misses: Text::new(
        "10通以上（認証に通らなくなったときは5通以上）を見た相手だけを、本物と確かめられたメールの習慣と比べます。ネットワークだけの違いは参考で、ほかの一つだけの違い（認証を除く）は数えません。カレンダーのサービスが自分の署名を付けて送り、招待のほかに何もないものは弱い印です。乗っ取られた相手のパソコンからいつもどおりに送られたものは分かりません。",
        "Only correspondents with ten mails or more (five where authentication is what fails) are compared, by the habits of mail that was proven theirs. Another network alone is information, and any other single difference but authentication does not count. An invitation that a calendar's service signs as itself, with nothing else in it, is weak. Mail sent in the usual way from a PC that was taken over is not seen.",
    ),
    needs: &[Need::Memory],
    lists: &[],
    silenced_by: SilencedBy::Exception,
    run,
    cases: r#"
== fires: another network and another program
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:11 mailers=becky!:12 languages=ja:12
dmarc: pass partner.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2

== fires strong: it always authenticated, does not now, and comes from elsewhere with a file
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: softfail partner.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
--- attach 見積書.pdf as pdf

== fires weak: the same without anything, as what was forwarded
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: softfail partner.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>

== fires strong: the same, and from another program
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12 mailers=becky!:12
dmarc: none partner.example
spf: softfail partner.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2

== fires strong: from the usual network, and from another program
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12 mailers=becky!:12
dmarc: none partner.example
spf: softfail partner.example
client: 203.0.113.9
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2

== fires: it always authenticated, and does not now
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: softfail partner.example
client: 203.0.113.9
From: 山田太郎 <yamada@partner.example>

== quiet: it never authenticated
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 networks=203.0.113:12
dmarc: none partner.example
spf: softfail partner.example
client: 203.0.113.9
From: 山田太郎 <yamada@partner.example>

== quiet: it did not always authenticate before
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=20 domains=partner.example:18 networks=203.0.113:20
dmarc: none partner.example
spf: softfail partner.example
client: 203.0.113.9
From: 山田太郎 <yamada@partner.example>

== fires info: a mailing list broke the signature
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12
dmarc: fail partner.example
spf: pass lists.example
From: 山田太郎 <yamada@partner.example>
List-Post: <mailto:kenkyu@lists.example>

== fires weak: a list in the header, which anybody can write, and a file
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: fail partner.example
spf: pass lists.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
List-Post: <mailto:kenkyu@lists.example>
--- attach 見積書.pdf as pdf

== fires weak: five mails always authenticated, and this one does not
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=5 domains=partner.example:5
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>

== fires strong: the same, and it comes from elsewhere with a link
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=5 domains=partner.example:5 networks=203.0.113:5
dmarc: fail partner.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>

資料です。 https://unrelated.example/x

== quiet: four mails authenticated, and this one does not
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=4 domains=partner.example:4 networks=203.0.113:4
dmarc: fail partner.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>

== quiet: five mails authenticated, and it cannot be said of this one
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=5 domains=partner.example:5 networks=203.0.113:5 mailers=becky!:5
dmarc: unknown no-dns
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2

== fires info: another network alone, as our own server wrote it
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 networks=203.0.113:12
From: 山田太郎 <yamada@partner.example>
Received: from mail.elsewhere.example (mail.elsewhere.example [198.51.100.7]) by mx.midori.example with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0900

== quiet: the usual network, as our own server wrote it
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 networks=203.0.113:12
From: 山田太郎 <yamada@partner.example>
Received: from mail.partner.example (mail.partner.example [203.0.113.7]) by mx.midori.example with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0900

== quiet: a network beside the usual one
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 networks=203.0.113:12
client: 203.0.9.7
From: 山田太郎 <yamada@partner.example>

== quiet: a provider of many networks, each of which came up once
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 networks=203.0.113:6,192.0.2:1,192.5.4:1,192.6.4:1,192.7.4:1,192.8.4:1,192.9.4:1
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>

== quiet: another program alone
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 mailers=becky!:12
dmarc: pass partner.example
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2

== quiet: two ways, and neither was a habit
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 networks=203.0.113:6 mailers=becky!:5
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2

== quiet: one of the usual programs, and a host of the usual network
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 networks=203.0:12 mailers=becky!:9,foxmail:3
client: 203.0.114.7
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2

== quiet: too few mails for a habit
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=9 networks=203.0.113:9 mailers=becky!:9
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2

== quiet: nothing proves that it was ever theirs
known: 山田太郎 <yamada@partner.example> standing=met
habits: yamada@partner.example mails=12 networks=203.0.113:12 mailers=becky!:12
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2

== fires: another language and another program
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 mailers=becky!:12 languages=ja:12
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2

Please see the attached document and let me know what you think about it.

== fires: another domain authenticated it, and another network sent it
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dkim: pass bulk.example
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>

== quiet: a colleague at home
own: midori.example
known: 佐藤花子 <sato@midori.example>
habits: sato@midori.example mails=12 networks=203.0.113:12 mailers=becky!:12
client: 198.51.100.7
From: 佐藤花子 <sato@midori.example>
X-Mailer: Foxmail 7.2

== fires weak: an invitation by a calendar's service, signed by itself
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
dkim: pass google.com
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <calendar-notification@google.com>

予定への招待があります。 https://calendar.google.com/calendar/event?eid=abc
--- attach invite.ics as ics

== fires strong: the same without the service's signature
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <calendar-notification@google.com>

予定への招待があります。 https://calendar.google.com/calendar/event?eid=abc
--- attach invite.ics as ics

== fires strong: the same, signed by another
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
dkim: pass unrelated.example
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <calendar-notification@google.com>

予定への招待があります。 https://calendar.google.com/calendar/event?eid=abc
--- attach invite.ics as ics

== fires strong: the same, and the signature is broken
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
dkim: fail google.com !body-changed
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <calendar-notification@google.com>

予定への招待があります。 https://calendar.google.com/calendar/event?eid=abc
--- attach invite.ics as ics

== fires strong: another sender with the same signature
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
dkim: pass google.com
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <forms@google.com>

予定への招待があります。 https://calendar.google.com/calendar/event?eid=abc
--- attach invite.ics as ics

== fires strong: an invitation with a link elsewhere
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
dkim: pass google.com
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <calendar-notification@google.com>

予定への招待があります。 https://calendar.google.com.unrelated.example/event
--- attach invite.ics as ics

== fires strong: a link to pages of the service's owner that anybody makes
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
dkim: pass google.com
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <calendar-notification@google.com>

予定への招待があります。 https://www.google.com/amp/s/unrelated.example
--- attach invite.ics as ics

== fires strong: an invitation with another file
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
dkim: pass google.com
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <calendar-notification@google.com>

予定への招待があります。 https://calendar.google.com/calendar/event?eid=abc
--- attach invite.ics as ics
--- attach 資料.pdf as pdf

== fires strong: an entry under another name
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
dkim: pass google.com
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <calendar-notification@google.com>

予定への招待があります。 https://calendar.google.com/calendar/event?eid=abc
--- attach invite.html as ics

== fires strong: a file that only bears the name of an entry
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
dkim: pass google.com
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <calendar-notification@google.com>

予定への招待があります。 https://calendar.google.com/calendar/event?eid=abc
--- attach invite.ics as pdf

== fires strong: an entry that leads elsewhere
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
dkim: pass google.com
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <calendar-notification@google.com>

予定への招待があります。 https://calendar.google.com/calendar/event?eid=abc
--- attach invite.ics as ics
deed: link harmless | https://unrelated.example/a
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some((grade, address)) = input.grade_of_ways().zip(input.sender()) else { return };
    let differences = input.unusual_ways();
    let usual = differences.iter().map(|difference| Value::foreign(&difference.usual));
    let now = differences.iter().map(|difference| match difference.now.as_str() {
        "" => Value::Word(Text::new("認証なし", "not authenticated")),
        now => Value::foreign(now),
    });
    let values = [
        ("address", Value::address(address)),
        ("ways", Value::list(differences.iter().map(|difference| Value::Word(difference.way.words())))),
        ("usual", Value::list(usual)),
        ("now", Value::list(now)),
    ];
    found.add_graded(grade, None, values);
}

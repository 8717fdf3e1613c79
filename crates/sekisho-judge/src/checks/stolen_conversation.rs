//! A mail that quotes a conversation of ours, from somebody who took no part in it.

use jiff::Timestamp;

use sekisho_facts::{HeldBy, Quoted, Region};

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "こちらのやり取りが、加わっていたと確かめられない相手から引用されています",
        "A conversation of ours, quoted by somebody of whom nothing shows that they took part in it",
    ),
    says: Text::new(
        "{region}に、{when}のやり取り（{parties}）の文面 {excerpt} などが入っています。差出人 {address} は{tie}。",
        "{region} holds words ({excerpt} and more) of {when} ({parties}). The sender {address} {tie}.",
    ),
    why: Text::new(
        "ウイルスに感染したパソコンから盗まれたメールは、そのまま「返信」の形で使われます。本物のやり取りが引用されていても、本物の相手とは限りません。正しく転送された方や、あとから加わった方のこともあるので、知っている相手に確かめてください。",
        "Mail stolen from an infected PC is used again as the quotation of a “reply”. A true conversation does not make the sender true. It may also have been forwarded honestly, to somebody who joined later: ask the person you know.",
    ),
    misses: Text::new(
        "記憶する前のやり取り、短い引用、書き換えられた引用は分かりません。かな27字・英字24字ほどから参考として、かな60字・漢字36字・英字90字ほどから強い印として扱います（引用の形になっていない文中では、強い印とするのはその倍から）。宛先に元の相手が入っているとき、多くの人に届いたもの、添付・リンク・依頼のないメーリングリスト、よく知られたサービスからのもの、こちらから何度か返事をした相手は弱い印、以前からやり取りを続けている相手とその同僚、書いたメールへ2時間以内に届き、認証され、添付・リンク・依頼のない返事と、こちらから送ったメールをそのまま返すだけの配送エラーの通知は参考です（送って7日以内のメールなら、ふつうの文書や画像の添付ごと返っていても。ただし添付の中身がこちらの送ったものかどうかは分かりません）。加わっていた方のアドレスでも、いつも通っていた認証に通らず、添付・リンク・依頼のあるメールは強い印です（そのほか DMARC に失敗したものは弱い印）。同じ組織の方、本人が知らせたアドレス、転送を確かめられた方は対象外です。",
        "Conversations before anything was learned, short quotations and rewritten ones are not known. From about 24 Latin letters or 27 kana it is information, from 90 Latin letters, 60 kana or 36 kanji strong (twice that where the words are not set as a quotation). It is weak where another party of the conversation is among the receivers, where many people received it, from mailing lists that bring no file, link or request, well-known services and people whom we answered a few times; information where we have been writing to them or their colleagues for a while, and in an answer to that mail of ours that comes within two hours, authenticates, and brings no file, link or request, and in a delivery report that does no more than return a mail of ours (with documents or pictures attached only within 7 days of our sending it to those receivers; whether the files are those that we sent is not known). A party's own address is no excuse where the mail does not authenticate as all before did: strong with a file, link or request; weak where it only fails DMARC. Colleagues of a party, announced addresses and forwarding that we saw are left out.",
    ),
    needs: &[Need::Memory],
    lists: &[ListName::Brands, ListName::Freemail],
    silenced_by: SilencedBy::Exception,
    run,
    cases: r#"
== fires: a stranger who even authenticates
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
dmarc: pass unrelated.example
From: 鈴木次郎 <info@unrelated.example>

== fires: nothing is known of who sent it
own: midori.example
quoted: 900 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <info@unrelated.example>

== fires weak: a shorter quotation
own: midori.example
quoted: 890 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <info@unrelated.example>

== fires info: a sentence
own: midori.example
quoted: 440 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <info@unrelated.example>

== fires info: a help desk that answers at once what we wrote, and brings nothing
own: midori.example
quoted: 1200 parties=support@partner.example,sato@midori.example
answered: a@midori.example parties=support@partner.example,sato@midori.example prompt=1
dmarc: pass desk.example
From: 窓口 <ticket-8812@desk.example>

お問い合わせを受け付けました。

== fires info: a help desk that quotes at once what we wrote, outside any thread
own: midori.example
quoted: 1200 parties=support@partner.example,sato@midori.example prompt=1
dmarc: pass desk.example
From: 窓口 <ticket-8812@desk.example>

お問い合わせを受け付けました。

== fires: at once, outside any thread, with a link
own: midori.example
quoted: 1200 parties=support@partner.example,sato@midori.example prompt=1
dmarc: pass desk.example
From: 窓口 <ticket-8812@desk.example>

お問い合わせを受け付けました。https://desk.example/t/8812

== fires: at once, and it quotes another conversation
own: midori.example
quoted: 1200 parties=yamada@other.example,sato@midori.example
answered: a@midori.example parties=support@partner.example,sato@midori.example prompt=1
dmarc: pass desk.example
From: 窓口 <ticket-8812@desk.example>

お問い合わせを受け付けました。

== quiet: a turn of phrase
own: midori.example
quoted: 390 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <info@unrelated.example>

== fires info: a sentence in Latin letters, which has fewer
own: midori.example
quoted: 240 parties=yamada@partner.example,sato@midori.example script=latin
From: 鈴木次郎 <info@unrelated.example>

== quiet: a turn of phrase in Latin letters
own: midori.example
quoted: 230 parties=yamada@partner.example,sato@midori.example script=latin
From: 鈴木次郎 <info@unrelated.example>

== fires: much of it among the mail's own words
own: midori.example
quoted: 1800 parties=yamada@partner.example,sato@midori.example region=unmarked
From: 鈴木次郎 <info@unrelated.example>

== fires weak: some of it among the mail's own words
own: midori.example
quoted: 1790 parties=yamada@partner.example,sato@midori.example region=unmarked
From: 鈴木次郎 <info@unrelated.example>

== fires info: a sentence among the mail's own words
own: midori.example
quoted: 990 parties=yamada@partner.example,sato@midori.example region=unmarked
From: 鈴木次郎 <info@unrelated.example>

== quiet: a turn of phrase among the mail's own words
own: midori.example
quoted: 390 parties=yamada@partner.example,sato@midori.example region=unmarked
From: 鈴木次郎 <info@unrelated.example>

== quiet: a sentence among the own words of somebody whom we answered
own: midori.example
known: 鈴木次郎 <suzuki@other.example> sent=3
quoted: 990 parties=yamada@partner.example,sato@midori.example region=unmarked
From: 鈴木次郎 <suzuki@other.example>

== fires weak: more than a sentence there
own: midori.example
known: 鈴木次郎 <suzuki@other.example> sent=3
quoted: 1000 parties=yamada@partner.example,sato@midori.example region=unmarked
From: 鈴木次郎 <suzuki@other.example>

== fires: one of several conversations is not the sender's
own: midori.example
quoted: 2400 parties=suzuki@kita.example,sato@midori.example sender=party
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@kita.example>

== fires: a conversation of somebody else in the organisation
own: midori.example
quoted: 1200 parties=yamada@partner.example,ito@midori.example held=others
From: 鈴木次郎 <info@unrelated.example>

== quiet: the sender took part
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
From: 山田太郎 <yamada@partner.example>

== quiet: the sender is among the parties, told or not
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 山田太郎 <yamada@partner.example>

== fires: the sender is among the parties, always authenticated, and does not now
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=5 domains=partner.example:5
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: none partner.example
spf: softfail partner.example
From: 山田太郎 <yamada@partner.example>
--- attach 回答書.docx as office-word-ooxml

== fires: the same with a link
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=5 domains=partner.example:5
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: none partner.example
spf: softfail partner.example
From: 山田太郎 <yamada@partner.example>

資料です。 https://unrelated.example/x

== fires weak: the same, and it brings nothing, as what somebody forwards
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=5 domains=partner.example:5
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: none partner.example
spf: softfail partner.example
From: 山田太郎 <yamada@partner.example>

承知しました。

== fires weak: a party who failed the domain's own policy, after few mails
own: midori.example
known: 山田太郎 <yamada@partner.example> received=3 authenticated=3
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>
--- attach 回答書.docx as office-word-ooxml

== quiet: a party of whom nothing was ever authenticated
own: midori.example
known: 山田太郎 <yamada@partner.example> received=9 authenticated=0
habits: yamada@partner.example mails=9
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>
--- attach 回答書.docx as office-word-ooxml

== quiet: a party whose domain publishes nothing, after few mails
own: midori.example
known: 山田太郎 <yamada@partner.example> received=3 authenticated=3
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: none partner.example
spf: none partner.example
From: 山田太郎 <yamada@partner.example>
--- attach 回答書.docx as office-word-ooxml

== quiet: a party who often does not authenticate
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=20 domains=partner.example:14
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: none partner.example
spf: softfail partner.example
From: 山田太郎 <yamada@partner.example>
--- attach 回答書.docx as office-word-ooxml

== quiet: a party who always authenticated, and nothing was found out now
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: unknown no-dns
From: 山田太郎 <yamada@partner.example>
--- attach 回答書.docx as office-word-ooxml

== quiet: a party whose mail was forwarded, as a trusted sealer vouches
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: fail partner.example
arc: pass forwarder.example !trusted-sealer
From: 山田太郎 <yamada@partner.example>
--- attach 回答書.docx as office-word-ooxml

== fires weak: a party's post to a list that breaks signatures
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
dmarc: fail partner.example
spf: pass lists.example
From: 山田太郎 <yamada@partner.example>
List-Post: <mailto:kenkyu@lists.example>

私も同じ意見です。

== quiet: a colleague who answers for another
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=party
From: 田中三郎 <tanaka@partner.example>

== fires: a customer of the same free mail service is no colleague
own: midori.example
quoted: 1200 parties=yamada@gmail.com,sato@midori.example sender=party
From: 田中三郎 <tanaka8812@gmail.com>

== quiet: a free mail address that took part
own: midori.example
quoted: 1200 parties=yamada@gmail.com,sato@midori.example sender=party
From: 山田太郎 <yamada@gmail.com>

== quiet: the sender may know it
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=may-know
From: 鈴木次郎 <suzuki@other.example>

== fires: who may know it, forged
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example sender=may-know
dmarc: fail other.example
From: 鈴木次郎 <suzuki@other.example>

== quiet: we ourselves wrote it
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 伊藤四郎 <ito@midori.example>

== fires weak: somebody brought in, with the partner among the receivers
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@other.example>
To: 佐藤花子 <sato@midori.example>
Cc: 山田太郎 <yamada@partner.example>

== fires: only our own people are among the receivers
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example,ito@midori.example
From: 鈴木次郎 <suzuki@other.example>
To: 佐藤花子 <sato@midori.example>
Cc: 伊藤四郎 <ito@midori.example>

== fires: who is outside is not known
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@other.example>
To: 佐藤花子 <sato@midori.example>

== fires weak: a notice that many received
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example total=31
From: 鈴木次郎 <suzuki@other.example>

== fires info: somebody known from old correspondence
own: midori.example
known: 鈴木次郎 <suzuki@other.example> standing=historic
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@other.example>

== fires: somebody known from old correspondence, forged
own: midori.example
known: 鈴木次郎 <suzuki@other.example> standing=historic
quoted: 1200 parties=yamada@partner.example,sato@midori.example
dmarc: fail other.example
From: 鈴木次郎 <suzuki@other.example>

== fires info: somebody to whom we have been writing
own: midori.example
known: 鈴木次郎 <suzuki@other.example> sent=5
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@other.example>

== fires info: a colleague of somebody to whom we have been writing
own: midori.example
known: 田中三郎 <tanaka@other.example> sent=5
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@other.example>

== fires: such a colleague, forged
own: midori.example
known: 田中三郎 <tanaka@other.example> sent=5
quoted: 1200 parties=yamada@partner.example,sato@midori.example
dmarc: fail other.example
From: 鈴木次郎 <suzuki@other.example>

== fires: a customer of the mail service of somebody to whom we have been writing
own: midori.example
known: 田中三郎 <tanaka@gmail.com> sent=5
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki8812@gmail.com>

== fires info: it quotes at greater length what it was told by us
own: midori.example
quoted: 2400 parties=kita@kita.example,sato@midori.example sender=may-know
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@other.example>

== fires: it quotes a little of what it was told by us
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
quoted: 700 parties=kita@kita.example,sato@midori.example sender=may-know
From: 鈴木次郎 <suzuki@other.example>

== fires weak: somebody whom we answered
own: midori.example
known: 鈴木次郎 <suzuki@other.example> sent=3
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@other.example>

== fires: somebody whom we answered a few times
own: midori.example
known: 鈴木次郎 <suzuki@other.example> sent=2
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@other.example>

== fires: somebody who wrote often, and nothing more
own: midori.example
known: 鈴木次郎 <suzuki@other.example> standing=met received=200 sent=9
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@other.example>

== fires weak: a mailing list
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@other.example>
List-Post: <mailto:kenkyu@lists.example>

== fires: whoever calls their own server a list, with a link
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
dmarc: pass other.example
From: 鈴木次郎 <suzuki@other.example>
List-Post: <mailto:a@other.example>
List-Archive: <https://files.other.example/>

資料です。
-----
https://files.other.example/d/8471

== fires weak: the footer of a list whose mail has come for long
own: midori.example
known: 研究会 <kenkyu@lists.example> standing=met sent=0 authenticated=10
quoted: 1200 parties=yamada@partner.example,sato@midori.example
dmarc: pass lists.example
From: "鈴木次郎 via 研究会" <kenkyu@lists.example>
List-Post: <mailto:kenkyu@lists.example>
List-Unsubscribe: <https://www.lists.example/options/kenkyu>

私も同じ意見です。
_______________________________________________
研究会
https://www.lists.example/listinfo/kenkyu

== fires: the same list, with a link above the footer
own: midori.example
known: 研究会 <kenkyu@lists.example> standing=met sent=0 authenticated=10
quoted: 1200 parties=yamada@partner.example,sato@midori.example
dmarc: pass lists.example
From: "鈴木次郎 via 研究会" <kenkyu@lists.example>
List-Post: <mailto:kenkyu@lists.example>
List-Unsubscribe: <https://www.lists.example/options/kenkyu>

資料です。 https://www.lists.example/a
_______________________________________________
https://www.lists.example/listinfo/kenkyu

== fires: the same list, with a link to elsewhere in the footer
own: midori.example
known: 研究会 <kenkyu@lists.example> standing=met sent=0 authenticated=10
quoted: 1200 parties=yamada@partner.example,sato@midori.example
dmarc: pass lists.example
From: "鈴木次郎 via 研究会" <kenkyu@lists.example>
List-Post: <mailto:kenkyu@lists.example>
List-Unsubscribe: <https://www.lists.example/options/kenkyu>

資料です。
_______________________________________________
https://unrelated.example/listinfo/kenkyu

== fires weak: a mailing list, with a link to a party
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@other.example>
List-Post: <mailto:kenkyu@lists.example>

https://www.partner.example/ にもあります。

== fires info: a server's report that returns our own mail
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
--- raw
From: Mail Delivery System <mailer-daemon@mail.hosting.example>
To: sato@midori.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

Your message could not be delivered.
--x
Content-Type: message/delivery-status

Final-Recipient: rfc822; yamada@partner.example
Action: failed
--x
Content-Type: message/rfc822

From: sato@midori.example
To: yamada@partner.example

The drawings that we spoke about on Monday are nearly done.
--x--

== fires: the same with a link
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
--- raw
From: Mail Delivery System <mailer-daemon@mail.hosting.example>
To: sato@midori.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

Your message could not be delivered. https://unrelated.example/a
--x
Content-Type: message/delivery-status

Final-Recipient: rfc822; yamada@partner.example
Action: failed
--x
Content-Type: message/rfc822

From: sato@midori.example
To: yamada@partner.example

The drawings that we spoke about on Monday are nearly done.
--x--

== fires info: a server's report that returns our own mail with its document
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
answered: a@midori.example parties=yamada@partner.example,sato@midori.example
--- raw
From: Mail Delivery System <mailer-daemon@mail.hosting.example>
To: sato@midori.example
Date: Tue, 1 Sep 2026 01:00:00 +0000
In-Reply-To: <a@midori.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

Your message could not be delivered.
--x
Content-Type: message/delivery-status

Final-Recipient: rfc822; yamada@partner.example
Action: failed
--x
Content-Type: message/rfc822

From: sato@midori.example
To: yamada@partner.example
Message-ID: <a@midori.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=y

--y
Content-Type: text/plain

The drawings that we spoke about on Monday are nearly done.
--y
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="a.pdf"

%PDF-1.4
1 0 obj<</Type/Catalog>>endobj
trailer<</Root 1 0 R>>
%%EOF
--y--
--x--

== fires: such a report of what we sent months ago
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
answered: a@midori.example parties=yamada@partner.example,sato@midori.example
--- raw
From: Mail Delivery System <mailer-daemon@mail.hosting.example>
To: sato@midori.example
Date: Sun, 1 Nov 2026 01:00:00 +0000
In-Reply-To: <a@midori.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

Your message could not be delivered.
--x
Content-Type: message/delivery-status

Final-Recipient: rfc822; yamada@partner.example
Action: failed
--x
Content-Type: message/rfc822

From: sato@midori.example
To: yamada@partner.example
Message-ID: <a@midori.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=y

--y
Content-Type: text/plain

The drawings that we spoke about on Monday are nearly done.
--y
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="a.pdf"

%PDF-1.4
1 0 obj<</Type/Catalog>>endobj
trailer<</Root 1 0 R>>
%%EOF
--y--
--x--

== fires: such a report with a script
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
answered: a@midori.example parties=yamada@partner.example,sato@midori.example
--- raw
From: Mail Delivery System <mailer-daemon@mail.hosting.example>
To: sato@midori.example
Date: Tue, 1 Sep 2026 01:00:00 +0000
In-Reply-To: <a@midori.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

Your message could not be delivered.
--x
Content-Type: message/delivery-status

Final-Recipient: rfc822; yamada@partner.example
Action: failed
--x
Content-Type: message/rfc822

From: sato@midori.example
To: yamada@partner.example
Message-ID: <a@midori.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=y

--y
Content-Type: text/plain

The drawings that we spoke about on Monday are nearly done.
--y
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="a.js"

var a = 1;
--y--
--x--
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some((stolen, address)) = input.stolen_conversation().zip(input.sender()) else { return };
    let quoted = stolen.quoted;
    let values = [
        ("region", Value::Word(region(quoted.region))),
        ("when", Value::Word(when(input, quoted))),
        ("parties", input.parties_told(quoted.held_by, &quoted.parties)),
        ("excerpt", Value::foreign(&quoted.excerpt)),
        ("address", Value::address(address)),
        ("tie", Value::Word(tie(stolen.is_forged))),
    ];
    found.add_graded(stolen.grade, None, values);
}

fn tie(is_forged: bool) -> Text {
    if is_forged {
        Text::new(
            "そのやり取りに加わっていた方のアドレスですが、このメールが本当にそこから送られたとは確かめられません",
            "is the address of somebody who took part in it, but nothing proves that this mail came from there",
        )
    } else {
        Text::new("そのやり取りに加わっていません", "took no part in it")
    }
}

fn region(region: Region) -> Text {
    match region {
        Region::Quotation => Text::new("引用部分", "A quotation"),
        Region::Unmarked => Text::new("本文", "The text"),
    }
}

/// The month, where the receiver may be told.
fn when(input: &Input<'_>, quoted: &Quoted) -> Text {
    let last = Timestamp::from_second(quoted.until_at).ok().filter(|_| quoted.held_by == HeldBy::Receiver);
    let Some(day) = last.map(|at| input.zone.to_datetime(at).date()) else { return Text::new("過去", "an earlier conversation") };
    Text { ja: format!("{}年{}月", day.year(), day.month()).into(), en: day.strftime("a conversation of %B %Y").to_string().into() }
}

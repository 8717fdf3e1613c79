//! A mail whose sender is in doubt brings a file, a link or a password.

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value, domain, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "差出人に疑いのあるメールが、何かを開かせようとしています",
        "Its sender is in doubt, and it brings something to open",
    ),
    says: Text::new(
        "差出人の疑わしいこのメールには、次のものがあります: {what}。",
        "The sender of this mail is in doubt, and it brings {what}.",
    ),
    why: Text::new(
        "名前や会話を騙るメールの目的は、添付を開かせること、リンクを押させることです。差出人を確かめるまで開かないでください。",
        "What mail in another's name or conversation wants is that a file is opened or a link followed. Do not open anything before the sender is certain.",
    ),
    misses: Text::new(
        "差出人や会話に疑いのあるメールだけを見ます。当組織と、名前を使われた方のドメインへのリンク、引用部分のリンク、電子署名と予定のファイルは数えません。リンクだけのものは参考です。",
        "Only mail whose sender or conversation is in doubt is looked at. Links to us and to the domain of whoever's name is used, links in quotations, signature files and calendar entries do not count. A link alone is information.",
    ),
    needs: &[Need::Memory],
    lists: &[ListName::LinkWrappers],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a file under a known name
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

ご確認ください。
--- attach 見積書.pdf as pdf

== fires info: a link under a known name
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

https://unrelated.example/a をご確認ください。

== fires: a password under a known name
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

先ほどの資料のパスワードは k3m9xQ2v です。

== fires: a file with a stolen conversation
quoted: 1200 parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <info@unrelated.example>
--- attach 見積書.pdf as pdf

== fires: a file with a borrowed reply
answered: a@midori.example parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <info@unrelated.example>
In-Reply-To: <a@midori.example>
--- attach 見積書.pdf as pdf

== fires: a file with a partner's signature
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example place=signature
From: info@unrelated.example
--- attach 見積書.pdf as pdf

== fires: a file from a partner who came another way
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 networks=203.0.113:12 mailers=becky!:12
client: 198.51.100.7
From: 山田太郎 <yamada@partner.example>
X-Mailer: Foxmail 7.2
--- attach 見積書.pdf as pdf

== fires: a file in a colleague's name
own: midori.example
person: 伊藤 四郎 <ito@midori.example>
mailbox: enough
From: 伊藤四郎 <info@unrelated.example>
To: sato@midori.example
--- attach 見積書.pdf as pdf

== quiet: a file that somebody sends to themselves
own: midori.example
person: 佐藤 花子 <sato@midori.example>
mailbox: enough
From: 佐藤花子 <hanako@private.example>
To: sato@midori.example
--- attach 写真.pdf as pdf

== quiet: a file from somebody in no doubt
mailbox: enough
From: 鈴木次郎 <suzuki@other.example>
--- attach 見積書.pdf as pdf

== quiet: nothing to open
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

明日はよろしくお願いします。

== quiet: links to us and to the firm whose name is used
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

https://www.midori.example/ と https://www.partner.example/ をご覧ください。

== quiet: a link that was quoted
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

承知しました。明日そちらへ伺います。

> 会場の地図です。
> https://maps.elsewhere.example/x

== fires info: a link in a quotation, and nothing else
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

> 資料です。
> https://unrelated.example/x

== quiet: an electronic signature
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>
Content-Type: multipart/mixed; boundary=x
--- raw
From: =?utf-8?B?5bGx55Sw5aSq6YOO?= <info@unrelated.example>
To: sato@midori.example
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

OK.
--x
Content-Type: application/pgp-signature; name="signature.asc"
Content-Disposition: attachment; filename="signature.asc"

-----BEGIN PGP SIGNATURE-----
--x--

== quiet: an invitation by a calendar's service, signed by itself
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

== fires: the same without the service's signature
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <calendar-notification@google.com>

予定への招待があります。 https://calendar.google.com/calendar/event?eid=abc
--- attach invite.ics as ics

== fires: an invitation with a link elsewhere
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12 networks=203.0.113:12
dmarc: none partner.example
spf: pass google.com
dkim: pass google.com
client: 209.85.220.73
From: 山田太郎 <yamada@partner.example>
Sender: Google Calendar <calendar-notification@google.com>

予定への招待があります。 https://unrelated.example/a
--- attach invite.ics as ics
"#,
};

/// Files and links that are named.
const NAMED_MAX: usize = 3;

fn run(input: &Input<'_>, found: &mut Found) {
    if !input.is_questioned() {
        return;
    }
    let claimed: Vec<_> = input.claimed_anywhere().collect();
    let known: Vec<&str> = claimed.iter().filter_map(|claimed| domain_of(claimed.usual_address())).filter(|name| !input.lists.freemail.holds(name)).collect();
    let brought = input.brought_files();
    let links = input.brought_links(&known);
    let tells_password = input.tells_password();
    let grade = if brought.is_empty() && !tells_password { Grade::Info } else { Grade::Weak };
    let mut what = Vec::new();
    what.extend(brought.iter().take(NAMED_MAX).map(|part| files::name(part)));
    what.extend(tells_password.then(|| Value::Word(Text::new("パスワード", "a password"))));
    what.extend(links.iter().take(NAMED_MAX).map(|link| Value::url(&link.target)));
    if !what.is_empty() {
        found.add_graded(grade, None, [("what", Value::list(what))]);
    }
}

fn domain_of(address: &str) -> Option<&str> {
    let name = address.rsplit_once('@')?.1;
    domain::registrable(name)
}

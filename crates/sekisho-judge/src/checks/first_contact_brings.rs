//! A file or a link from somebody with whom there is no correspondence yet.

use sekisho_facts::Standing;

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "やり取りのない相手から、添付やリンクが届いています",
        "A file or link from somebody you have no correspondence with",
    ),
    says: Text::new(
        "差出人 {address} とは、これまでのやり取りがありません。このメールには、次のものがあります: {what}。",
        "There is no correspondence with the sender {address} so far, and the mail brings {what}.",
    ),
    why: Text::new(
        "はじめての相手からの添付やリンクは、用件に心当たりがあるときだけ開いてください。はじめての問い合わせや営業でもあることなので、弱い印です。",
        "Open files and links of somebody new only where you know what they are about. First enquiries are like that too, so the sign is weak.",
    ),
    misses: Text::new(
        "相手から何度届いていても、こちらから書いたことがなく本人と確かめられてもいなければ、やり取りとは数えません。同じ組織の別の方とやり取りがあるもの、一斉配信（List-Id、List-Unsubscribe など）は対象外です。リンクだけのものは参考です。",
        "Mail that only ever came, unproven and unanswered, is no correspondence, however much of it there was. Colleagues of people known and bulk mail (List-Id, List-Unsubscribe) are left out. A link alone is information.",
    ),
    needs: &[Need::Memory, Need::Mailbox],
    lists: &[ListName::LinkWrappers],
    silenced_by: SilencedBy::Exception,
    run,
    cases: r#"
== fires: a file from somebody new
mailbox: enough
From: 鈴木次郎 <suzuki@other.example>
--- attach 見積書.pdf as pdf

== fires info: a link from somebody new
mailbox: enough
From: 鈴木次郎 <suzuki@other.example>

https://other.example/ をご覧ください。

== fires: somebody who wrote before, and nothing more
known: 鈴木次郎 <suzuki@other.example> standing=met
From: 鈴木次郎 <suzuki@other.example>
--- attach 見積書.pdf as pdf

== quiet: a correspondent
known: 鈴木次郎 <suzuki@other.example>
From: 鈴木次郎 <suzuki@other.example>
--- attach 見積書.pdf as pdf

== quiet: a colleague of a correspondent
known: 田中三郎 <tanaka@other.example>
From: 鈴木次郎 <suzuki@other.example>
--- attach 見積書.pdf as pdf

== fires: a customer of the same free mail service
known: 田中三郎 <tanaka@gmail.com>
From: 鈴木次郎 <suzuki8812@gmail.com>
--- attach 見積書.pdf as pdf

== quiet: the mailbox has learned too little
mailbox: too-little
From: 鈴木次郎 <suzuki@other.example>
--- attach 見積書.pdf as pdf

== quiet: our own colleague
own: midori.example
mailbox: enough
From: 伊藤四郎 <ito@midori.example>
--- attach 見積書.pdf as pdf

== quiet: a newsletter
mailbox: enough
From: 鈴木次郎 <news@other.example>
List-Unsubscribe: <mailto:off@other.example>
--- attach 見積書.pdf as pdf

== quiet: nothing to open
mailbox: enough
From: 鈴木次郎 <suzuki@other.example>

はじめてご連絡いたします。
"#,
};

/// Files and links that are named.
const NAMED_MAX: usize = 2;

fn run(input: &Input<'_>, found: &mut Found) {
    let Some((relations, address)) = input.relations().zip(input.sender()) else { return };
    let is_bulk = ["List-Id", "List-Unsubscribe", "Precedence", "Mailing-List"].iter().any(|name| input.message.field(name).is_some());
    let is_known = relations.sender.as_ref().is_some_and(|contact| contact.standing >= Standing::Historic);
    if is_bulk || is_known || input.knows_a_colleague() || input.is_from_us() {
        return;
    }
    let brought = input.brought_files();
    let links = input.brought_links(&[]);
    let what: Vec<Value> = match brought.as_slice() {
        [] => links.iter().take(NAMED_MAX).map(|link| Value::url(&link.target)).collect(),
        some => some.iter().take(NAMED_MAX).map(|part| files::name(part)).collect(),
    };
    if !what.is_empty() {
        let grade = if brought.is_empty() { Grade::Info } else { Grade::Weak };
        found.add_graded(grade, None, [("address", Value::address(address)), ("what", Value::list(what))]);
    }
}

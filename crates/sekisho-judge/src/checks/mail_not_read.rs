//! The whole mail could not be read: it ended its reader.

use sekisho_content::Unread;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "このメールは読み取れませんでした",
        "This mail could not be read",
    ),
    says: Text::new(
        "このメールは{why}ため、本文も添付も確認していません。",
        "Neither text nor attachments of this mail were looked at: {why}.",
    ),
    why: Text::new(
        "ふつうのメールでは起きません。検査を止めるために作られたものかもしれないので、開く前に担当者に渡してください。",
        "This does not happen with ordinary mail. It may be made to stop the check, so let the person in charge see it first.",
    ),
    misses: Text::new(
        "一部だけ読めなかったメールは、別の検査で示します。",
        "A mail of which only a part could not be read is told by another check.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a mail that ended its reader
ended: damaged
Subject: 資料

ご確認ください。

== fires: a mail that took too long
ended: out-of-time
Subject: 資料

ご確認ください。

== quiet: a mail inside of which something is locked
Subject: 資料

ご確認ください。
--- attach 資料.zip locked zip

== quiet: a mail that is a forwarded mail
--- raw
From: yamada@partner.example
Content-Type: message/rfc822
MIME-Version: 1.0

From: sato@midori.example
Subject: 資料

ご確認ください。
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    if let Some(why) = input.message.why_not_read() {
        found.add(None, [("why", Value::Word(words(why)))]);
    }
}

fn words(why: Unread) -> Text {
    match why {
        Unread::OutOfTime => Text::new("読み取りに時間がかかりすぎた", "it took too long"),
        Unread::TooLarge | Unread::TooDeep => {
            Text::new("読み取りに必要なメモリが多すぎた", "it took too much memory")
        }
        Unread::Locked | Unread::Damaged | Unread::Unsupported => {
            Text::new("読み取りの途中で異常が起きた", "its reading failed")
        }
    }
}

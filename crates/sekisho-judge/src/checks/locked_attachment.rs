//! An attachment is locked with a password: it was not looked into.

use sekisho_content::Unread;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "パスワード付きの添付です",
        "The attachment is locked",
    ),
    says: Text::new(
        "添付 {name} はパスワードで守られていて、中を確かめていません。",
        "The attachment {name} is locked with a password; its inside was not checked.",
    ),
    why: Text::new(
        "パスワード付きのファイルはウイルス検査を素通りします。日本ではふつうの送り方でもあるので、これだけでは疑いません。心当たりのないものは開かずに確かめてください。",
        "Locked files pass virus scanners unseen. It is also an ordinary habit in Japan, so it is no reason by itself. Ask before opening one that you do not expect.",
    ),
    misses: Text::new(
        "同じメールに書かれたパスワードでは開いて確かめます。別のメールで届くパスワードは、まだ使いません。",
        "A password that stands in the same mail is tried. One that comes in another mail is not used yet.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a ZIP with a password
Subject: 資料送付

パスワードは別途お送りします。
--- attach 資料.zip locked zip

== quiet: a ZIP without one
Subject: 資料送付

ご確認ください。
--- attach 資料.zip as zip

== quiet: a mail about passwords
Subject: 資料送付

パスワード付きZIPは廃止しました。
--- attach 資料.pdf as pdf
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.files().filter(|part| part.unread == Some(Unread::Locked)) {
        found.add(Some(&part.path), [("name", files::name(part))]);
    }
}

//! A locked file was opened with a password that stood in the mail.

use sekisho_mail::FoundIn;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Info,
    title: Text::new(
        "メールに書かれたパスワードで開いて確かめました",
        "Opened with the password in the mail",
    ),
    says: Text::new(
        "添付 {name} は、{place}にあったパスワードで開き、中を確かめました。",
        "The attachment {name} was opened with a password found in {place}, and looked into.",
    ),
    why: Text::new(
        "パスワードが同じメールにあるなら、盗み見を防ぐ役には立ちません。ウイルスメールは検査を避けるために同じことをします。",
        "A password in the same mail protects nothing. Malicious mail does the same to get past scanners.",
    ),
    misses: Text::new(
        "別のメールで届くパスワードは、まだ合わせて使いません。",
        "A password that comes in another mail is not used yet.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: the password stood in the text
Subject: 資料

ご確認ください。
--- attach 資料.zip as zip
opened with: text

== quiet: the password was given by the person in charge
Subject: 資料

ご確認ください。
--- attach 資料.zip as zip
opened with: given

== quiet: nothing was locked
Subject: 資料

ご確認ください。
--- attach 資料.zip as zip
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.files() {
        if let Some(place) = part.opened_with.and_then(place) {
            found.add(Some(&part.path), [("name", files::name(part)), ("place", Value::Word(place))]);
        }
    }
}

/// Where a password stood in the mail, in words.
fn place(found_in: FoundIn) -> Option<Text> {
    Some(match found_in {
        FoundIn::Subject => Text::new("件名", "the subject"),
        FoundIn::Text | FoundIn::Html => Text::new("本文", "the text"),
        FoundIn::Signature => Text::new("署名の電話番号", "a telephone number of the signature"),
        FoundIn::Date => Text::new("日付", "the date"),
        FoundIn::Given => return None,
    })
}

//! A harmless extension stands before the one that counts, or the one that counts is pushed out of sight.

use sekisho_content::{NameTrick, plain_name_tricks};

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "本当の拡張子が隠されています",
        "The true extension is hidden",
    ),
    says: Text::new(
        "添付 {name} は {seen} のように見えますが、本当の拡張子は「.{real}」です。",
        "The attachment {name} looks like a {seen}, but its true extension is “.{real}”.",
    ),
    why: Text::new(
        "Windows は最後の拡張子だけで開き方を決め、しかもそれを表示しないことがあります。文書に見せかけてプログラムを開かせる手口です。",
        "Windows decides by the last extension alone and often does not show it. What looks like a document is opened as a program.",
    ),
    misses: Text::new(
        "最後の拡張子が文書や画像であれば、点がいくつあっても対象外です。",
        "Names whose last extension is a document or picture are left out, however many dots they have.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a program behind .pdf
Subject: 請求書

ご確認ください。
--- attach 請求書.pdf.exe as windows-program

== fires: the extension is pushed away by spaces
Subject: 請求書

ご確認ください。
--- attach 請求書.pdf                                                  .exe as windows-program

== quiet: two extensions, both harmless
Subject: 請求書

ご確認ください。
--- attach 見積書.xlsx.pdf as pdf

== quiet: dots that belong to a date
Subject: 請求書

ご確認ください。
--- attach 注文.2020.09.23.doc as office-word-97

== fires: an extension out of sight, with no other before it
Subject: 請求書

ご確認ください。
--- attach 請求書                                                  .exe as windows-program
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.files() {
        for name in &part.names {
            for trick in plain_name_tricks(&name.value).tricks {
                let (seen, real) = match trick {
                    NameTrick::DoubleExtension { seen, real } => (Value::foreign(&format!(".{seen}")), real),
                    NameTrick::Distance { real, .. } => (Value::foreign(name.value.trim_end_matches(&format!(".{real}")).trim_end()), real),
                    _ => continue,
                };
                found.add(Some(&part.path), [("name", Value::foreign(&name.value)), ("seen", seen), ("real", Value::Address(real))]);
            }
        }
    }
}

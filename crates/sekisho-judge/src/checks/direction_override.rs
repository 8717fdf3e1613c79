//! A character in the file's name turns the writing direction, so that it reads backwards.

use sekisho_content::{NameTrick, plain_name_tricks};

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "ファイル名の向きが逆転しています",
        "The file's name is turned round",
    ),
    says: Text::new(
        "添付は {shown} と表示されますが、本当の拡張子は「.{real}」です。",
        "The attachment is shown as {shown}, but its true extension is “.{real}”.",
    ),
    why: Text::new(
        "文字の並ぶ向きを変える見えない文字で、プログラムを文書に見せかける手口です。日本語のファイル名にこの文字は要りません。",
        "An invisible character changes the direction of writing and makes a program look like a document. Japanese names never need it.",
    ),
    misses: Text::new(
        "アラビア語やヘブライ語の名前で、拡張子の見え方が変わらないものは対象外です。",
        "Arabic and Hebrew names whose extension looks the same are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: an override turns the extension round
Subject: 資料

ご確認ください。
--- attach 資料{U+202E}fdp.exe as windows-program

== quiet: a Hebrew name with an ordinary extension
Subject: 資料

ご確認ください。
--- attach {U+05E9}{U+05DC}{U+05D5}{U+05DD}.pdf as pdf

== quiet: a name that only looks odd
Subject: 資料

ご確認ください。
--- attach fdp.exe.txt text
名前の例
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.files() {
        for name in &part.names {
            let tricks = plain_name_tricks(&name.value);
            for trick in &tricks.tricks {
                if let NameTrick::DirectionOverride { real, .. } = trick {
                    found.add(Some(&part.path), [("shown", Value::foreign(&tricks.shown)), ("real", Value::address(real))]);
                }
            }
        }
    }
}

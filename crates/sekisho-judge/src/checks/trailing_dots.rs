//! Dots, spaces, invisible or full-width letters at the end of a file's name, which Windows drops or folds.

use sekisho_content::{NameTrick, Opening, claim, plain_name_tricks};

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "ファイル名の末尾に細工があります",
        "The end of the file's name is doctored",
    ),
    says: Text::new(
        "添付 {name} の名前には、取り除かれると拡張子が「.{real}」になる文字が付いています。",
        "The name {name} ends in characters that are dropped, which leaves “.{real}” as its extension.",
    ),
    why: Text::new(
        "検査する仕組みには別の拡張子に見え、受け取った人の Windows では本当の拡張子で開きます。プログラムであれば強い印です。",
        "Filters see another extension than the receiver's Windows will take. Where that is a program, the sign is strong.",
    ),
    misses: Text::new(
        "名前の途中の点や空白は対象外です。",
        "Dots and spaces inside a name are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a document with a dot at its end
Subject: 資料

ご確認ください。
--- attach 資料.pdf. as pdf

== quiet: a name with dots inside
Subject: 資料

ご確認ください。
--- attach 第1.2版 資料.pdf as pdf

== fires strong: a program with a dot at its end
Subject: 資料

ご確認ください。
--- attach 資料.exe. as windows-program
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.files() {
        for name in &part.names {
            let tricks = plain_name_tricks(&name.value);
            let is_doctored = |trick: &NameTrick| matches!(trick, NameTrick::TrailingDotsOrSpaces { .. } | NameTrick::WideExtension { .. });
            if !tricks.tricks.iter().any(is_doctored) {
                continue;
            }
            let runs = claim(&name.value).and_then(|claim| claim.opening()) == Some(Opening::Runs);
            let grade = if runs { Grade::Strong } else { Grade::Weak };
            found.add_graded(grade, Some(&part.path), [("name", Value::foreign(&name.value)), ("real", Value::address(&tricks.extension))]);
        }
    }
}

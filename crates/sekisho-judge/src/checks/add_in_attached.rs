//! An add-in is attached: an office program loads and runs it.

use sekisho_content::Family;

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new("アドインやヘルプファイルが添付されています", "An add-in or help file is attached"),
    says: Text::new("添付 {name} の中身は{kind}です。", "The attachment {name} is a {kind}."),
    why: Text::new(
        "Excel や Word に組み込まれて動くプログラム、または命令を実行できるヘルプファイルです。表や文書ではありません。",
        "It is a program that Excel or Word loads, or a help file that can run commands; not a table or a document.",
    ),
    misses: Text::new(
        "開けなかった圧縮ファイルの中は分かりません。",
        "What lies inside archives that could not be opened is not known.",
    ),
    needs: &[],
    lists: &[ListName::Kinds],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: an Excel add-in
Subject: 集計表

ご確認ください。
--- attach 集計.xll as xll

== fires: a workbook that its name makes an add-in
Subject: 集計表

ご確認ください。
--- attach 集計.xlam as office-excel-ooxml

== fires: a compiled help file
Subject: 手引き

ご確認ください。
--- attach 手引き.chm as chm

== quiet: a workbook
Subject: 集計表

ご確認ください。
--- attach 集計.xlsx as office-excel-ooxml
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.files() {
        let Some(file) = part.file() else { continue };
        let is_one = matches!(file.kind.family(), Family::AddIn | Family::Help);
        // Office loads a workbook or library as an add-in when its name says so, whatever is in it.
        let claimed = file.claim.as_ref().and_then(|claim| claim.kinds.first()).filter(|_| files::is_named(input, file, "add-in"));
        let kind = if is_one { Some(&file.kind) } else { claimed };
        if let Some(kind) = kind {
            let words = Value::Word(Text::new(kind.label().ja, kind.label().en));
            found.add(Some(&part.path), [("name", files::name(part)), ("kind", words)]);
        }
    }
}

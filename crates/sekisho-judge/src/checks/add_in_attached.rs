//! An add-in is attached: an office program loads and runs it.

use sekisho_content::Family;

use crate::{Check, Found, Grade, Input, Text, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new("アドインやヘルプファイルが添付されています", "An add-in or help file is attached"),
    says: Text::new("添付 {name} の中身は{kind}です。", "The attachment {name} is a {kind}."),
    why: Text::new(
        "Excel や Word に組み込まれて動くプログラム、または命令を実行できるヘルプファイルです。表や文書ではありません。",
        "It is a program that Excel or Word loads, or a help file that can run commands; not a table or a document.",
    ),
    misses: Text::new(
        "圧縮ファイルの中はまだ見ていません。",
        "What lies inside archives is not looked at yet.",
    ),
    needs: &[],
    lists: &[],
    run,
    cases: r#"
== fires: an Excel add-in
Subject: 集計表

ご確認ください。
--- attach 集計.xll as xll

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
    for (part, file) in files::of_families(input, &[Family::AddIn, Family::Help]) {
        found.add(Some(&part.path), [("name", files::name(part)), ("kind", files::kind_words(file))]);
    }
}

//! A file in the old Office formats (.doc, .xls, .ppt), where macros hide best.

use sekisho_content::Kind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "古い形式のWord・Excelファイルです",
        "A file in the old Word or Excel format",
    ),
    says: Text::new(
        "添付 {name} は{kind}です。今はほとんど使われない古い形式です。",
        "The attachment {name} is a {kind}, an old format that is hardly used any more.",
    ),
    why: Text::new(
        "古い形式は、名前を見てもマクロ（自動で動く命令）が入っているか分かりません。ウイルスメールがよく使う形式ですが、今も使う取引先はあるので、これだけでは疑いません。",
        "The old formats do not tell by their name whether they hold macros. Malicious mail likes them; some partners still use them honestly, so it is no reason by itself.",
    ),
    misses: Text::new(
        "マクロの中身は、別の検査で確かめます。",
        "What its macros do is told by a check of its own.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: an old Word document
Subject: 注文

ご確認ください。
--- attach 注文.doc as office-word-97

== fires: an old workbook under a new name
Subject: 注文

ご確認ください。
--- attach 注文.xlsx as office-excel-97

== quiet: a new Word document
Subject: 注文

ご確認ください。
--- attach 注文.docx as office-word-ooxml

== quiet: RTF stored as .doc
Subject: 注文

ご確認ください。
--- attach 注文.doc as rtf
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.files() {
        let Some(file) = part.file() else { continue };
        if matches!(file.kind, Kind::OfficeWord97 | Kind::OfficeExcel97 | Kind::OfficePowerPoint97 | Kind::OfficeWord2 | Kind::OfficeExcelOld) {
            found.add(Some(&part.path), [("name", files::name(part)), ("kind", files::kind_words(file))]);
        }
    }
}

//! A program is attached: machine code, an installer, or something else that runs as one.

use sekisho_content::Family;

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new("プログラムが添付されています", "A program is attached"),
    says: Text::new("添付 {name} の中身は{kind}です。", "The attachment {name} is a {kind}."),
    why: Text::new(
        "開くとパソコンの上で何でもできます。仕事のやり取りでプログラムをメールで送ることは、まずありません。",
        "Once opened it can do anything on the PC. Programs are hardly ever sent by mail at work.",
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
== fires: a Windows program under its own name
Subject: 資料

ご確認ください。
--- attach setup.exe as windows-program

== fires: a Windows program with the name of a document
Subject: 資料

ご確認ください。
--- attach 見積書.pdf as windows-program

== fires: an installer
Subject: 資料

ご確認ください。
--- attach update.msi as msi

== quiet: a document
Subject: 資料

ご確認ください。
--- attach 見積書.pdf as pdf

== quiet: a text that only has a program's name
Subject: setup.exe について

setup.exe の件です。
--- attach note.txt text
setup.exe を入れました。
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for (part, file) in files::of_families(input, &[Family::Program, Family::Installer], "program") {
        found.add(Some(&part.path), [("name", files::name(part)), ("kind", files::kind_words(file))]);
    }
}

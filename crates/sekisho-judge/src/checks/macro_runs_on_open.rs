//! A macro starts by itself or reaches out of its document; strong where it does both to a harmful end.

use sekisho_content::DeedKind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, deeds};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "マクロ（自動で動く命令）が入っています",
        "It holds macros that act",
    ),
    says: Text::new(
        "添付 {name} のマクロは、{starts}で動き始め、{does}を使います。",
        "A macro in {name} starts with {starts} and uses {does}.",
    ),
    why: Text::new(
        "マクロは文書の中のプログラムです。開いただけで動き、外からウイルスを取ってくるものが、なりすましメールの本体です。「コンテンツの有効化」を押さずに、送り主に電話で確かめてください。",
        "A macro is a program inside a document. One that starts on opening and fetches something is what these mails are sent for. Do not enable content; ask the sender by telephone.",
    ),
    misses: Text::new(
        "書類を作るだけのマクロや、ボタンを押して初めて動き外に働きかけないマクロは疑いません。",
        "Macros that only work on their own document, or wait for a button and reach nowhere, are not told.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: starts by itself and runs a command
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.doc as office-word-97
deed: macro dangerous AutoOpen > Shell

== fires weak: starts by itself, and does nothing harmful
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.doc as office-word-97
deed: macro active Workbook_Open > SaveAs

== quiet: works on its own document
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.doc as office-word-97
deed: macro harmless > Range.Copy

== quiet: another kind of deed
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.doc as office-word-97
deed: external-object active > image
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    deeds::add(input, found, DeedKind::Macro);
}

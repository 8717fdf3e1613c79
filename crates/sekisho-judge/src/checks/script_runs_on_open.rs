//! A script runs when the file is opened: in PDF, SVG, help files, or as a script file.

use sekisho_content::DeedKind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, deeds};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "開くとスクリプトが動くファイルです",
        "A script in it runs when it is opened",
    ),
    says: Text::new(
        "添付 {name} のスクリプトは、{starts}で動き始め、{does}を使います。",
        "A script in {name} starts with {starts} and uses {does}.",
    ),
    why: Text::new(
        "文書や画像に見えても、中の命令が動きます。",
        "It may look like a document or picture, but commands in it run.",
    ),
    misses: Text::new(
        "画面の見た目を変えるだけのスクリプトは疑いません。",
        "Scripts that only change how a page looks are not told.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: fetches and runs something
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.pdf as pdf
deed: script dangerous OpenAction > exportDataObject

== fires weak: starts by itself
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.pdf as pdf
deed: script active OpenAction > app.alert

== quiet: checks a form's fields
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.pdf as pdf
deed: script harmless > AFNumber_Format

== quiet: a command
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.pdf as pdf
deed: command dangerous open > Launch
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    deeds::add(input, found, DeedKind::Script);
}

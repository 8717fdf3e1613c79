//! Opening it, or one click in it, starts a program or command.

use sekisho_content::DeedKind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, deeds};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "開くとプログラムを起動します",
        "It starts a program when it is opened",
    ),
    says: Text::new(
        "添付 {name} は、{starts}で{does}を起動します。",
        "{name} starts {does} with {starts}.",
    ),
    why: Text::new(
        "文書やショートカットに見えて、パソコンの命令を実行します。",
        "It looks like a document or shortcut, and runs commands on the PC.",
    ),
    misses: Text::new(
        "社内のファイルを開くだけのショートカットは疑いません。",
        "Shortcuts that only open a file of one's own network are not told.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a program behind a button
Subject: ご確認ください

添付をご確認ください。
--- attach 資料.one as onenote
deed: command dangerous click > cmd.exe

== fires weak: a program without arguments
Subject: ご確認ください

添付をご確認ください。
--- attach 資料.one as onenote
deed: command active open > calc.exe

== quiet: opens a document
Subject: ご確認ください

添付をご確認ください。
--- attach 資料.one as onenote
deed: command harmless open > 資料.xlsx

== quiet: a script
Subject: ご確認ください

添付をご確認ください。
--- attach 資料.one as onenote
deed: script dangerous open > WScript.Shell
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    deeds::add(input, found, DeedKind::Command);
}

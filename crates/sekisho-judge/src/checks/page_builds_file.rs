//! A page or script builds a file on the reader's PC.

use sekisho_content::DeedKind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, deeds};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "開くとパソコンの中でファイルを作るページです",
        "It is a page that builds a file",
    ),
    says: Text::new(
        "添付 {name} は、開くとパソコンの中でファイルを作って渡します（{does}）。",
        "{name} builds a file on the PC when it is opened, and hands it over ({does}).",
    ),
    why: Text::new(
        "メールの検査を通り抜けるために、危険なファイルをページの中に隠して運ぶ手口です。",
        "It is a way to carry a dangerous file past mail scanners, hidden in a page.",
    ),
    misses: Text::new(
        "表や画像を保存するだけのページは、弱い手がかりとして扱います。",
        "Pages that only save a table or picture weigh little.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: builds an archive
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.html as html
deed: builds-file dangerous open > createObjectURL

== fires weak: builds something
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.html as html
deed: builds-file active click > download

== quiet: builds nothing that leaves the page
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.html as html
deed: builds-file harmless > Blob

== quiet: a script
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.html as html
deed: script dangerous open > eval
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    deeds::add(input, found, DeedKind::BuildsFile);
}

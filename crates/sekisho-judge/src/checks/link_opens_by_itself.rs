//! A link is followed by itself, or covers the whole page.

use sekisho_content::DeedKind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, deeds};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "開くと勝手に別の場所へ移るファイルです",
        "It leads elsewhere by itself",
    ),
    says: Text::new(
        "添付 {name} は、{starts}で別の場所へ移ります: {links}",
        "{name} leads elsewhere with {starts}: {links}",
    ),
    why: Text::new(
        "ページ全体がリンクになった文書や、開くと自動で移るページは、偽の画面へ導くために作られます。",
        "Documents that are one large link, and pages that move on by themselves, are made to lead to forged screens.",
    ),
    misses: Text::new(
        "本文の中のふつうのリンクは疑いません。",
        "Ordinary links in a text are not told here.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: followed on opening
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.pdf as pdf
deed: link dangerous OpenAction > URI | https://files.example/a

== fires weak: covers the page
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.pdf as pdf
deed: link active click > URI | https://files.example/a

== quiet: an ordinary link
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.pdf as pdf
deed: link harmless > URI | https://www.example/

== quiet: a script
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.pdf as pdf
deed: script dangerous OpenAction > exportDataObject
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    deeds::add(input, found, DeedKind::Link);
}

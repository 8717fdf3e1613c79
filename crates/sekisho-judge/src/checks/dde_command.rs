//! A field or formula starts a program (DDE).

use sekisho_content::DeedKind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, deeds};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "表や文書の式がプログラムを起動します",
        "A field or formula starts a program",
    ),
    says: Text::new(
        "添付 {name} の式が{does}を起動しようとします。",
        "A formula in {name} wants to start {does}.",
    ),
    why: Text::new(
        "DDE という古い仕組みで、マクロなしにプログラムを動かせます。警告が出ても「はい」を押さないでください。",
        "DDE is an old way to start programs without macros. Do not answer its question with yes.",
    ),
    misses: Text::new(
        "ほかの表を参照するだけの式は疑いません。",
        "Formulas that only refer to other tables are not told.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a formula that starts a program
Subject: ご確認ください

添付をご確認ください。
--- attach 名簿.csv as csv
deed: dde dangerous open > cmd

== fires weak: a formula that asks another program
Subject: ご確認ください

添付をご確認ください。
--- attach 名簿.csv as csv
deed: dde active open > Excel

== quiet: a harmless reference
Subject: ご確認ください

添付をご確認ください。
--- attach 名簿.csv as csv
deed: dde harmless > Excel

== quiet: a macro
Subject: ご確認ください

添付をご確認ください。
--- attach 名簿.csv as csv
deed: macro dangerous Auto_Open > Shell
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    deeds::add(input, found, DeedKind::Dde);
}

//! Excel 4 macros that act: an old language that hides in sheets.

use sekisho_content::DeedKind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, deeds};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "Excel 4.0 マクロが入っています",
        "It holds Excel 4 macros",
    ),
    says: Text::new(
        "添付 {name} に Excel 4.0 マクロがあり、{starts}で動き始め、{does}を使います。",
        "{name} holds an Excel 4 macro that starts with {starts} and uses {does}.",
    ),
    why: Text::new(
        "1992年の古いマクロで、今の仕事で使うことはまずありません。ウイルス検査に見つかりにくいため、攻撃に使われます。",
        "A macro language of 1992 that work hardly uses any more. Attackers like it because scanners see little of it.",
    ),
    misses: Text::new(
        "何も起動しない計算だけのシートは疑いません。",
        "Sheets that only calculate are not told.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: starts by itself and runs a program
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.xls as office-excel-97
deed: excel4-macro dangerous Auto_Open > EXEC

== fires weak: starts by itself and only moves about
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.xls as office-excel-97
deed: excel4-macro active Auto_Open > ALERT

== quiet: only calculates
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.xls as office-excel-97
deed: excel4-macro harmless > SUM

== quiet: a VBA macro
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.xls as office-excel-97
deed: macro dangerous Auto_Open > Shell
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    deeds::add(input, found, DeedKind::Excel4Macro);
}

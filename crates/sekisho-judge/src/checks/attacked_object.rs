//! It holds an object of a class that is known to be attacked.

use sekisho_content::DeedKind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, deeds};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "弱点を突く部品が入っています",
        "It holds an object that attacks a weakness",
    ),
    says: Text::new(
        "添付 {name} に、弱点の知られた部品{does}が入っています。",
        "{name} holds {does}, whose weaknesses are known and used.",
    ),
    why: Text::new(
        "開いただけでパソコンを乗っ取られる部品です。更新していないWordやExcelで特に危険です。",
        "Opening it can be enough to lose the PC, most of all where Word or Excel are not up to date.",
    ),
    misses: Text::new(
        "古い数式など、形の正しい部品は疑いません。",
        "Objects of sound shape, such as old equations, are not told.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: an equation made to overflow
Subject: ご確認ください

添付をご確認ください。
--- attach 論文.doc as office-word-97
deed: attacked-object dangerous open > Equation.3

== fires weak: a doubtful object
Subject: ご確認ください

添付をご確認ください。
--- attach 論文.doc as office-word-97
deed: attacked-object active > Equation.3

== quiet: an ordinary equation
Subject: ご確認ください

添付をご確認ください。
--- attach 論文.doc as office-word-97
deed: attacked-object harmless > Equation.3

== quiet: a control
Subject: ご確認ください

添付をご確認ください。
--- attach 論文.doc as office-word-97
deed: active-x dangerous open > Shell.Explorer
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    deeds::add(input, found, DeedKind::AttackedObject);
}

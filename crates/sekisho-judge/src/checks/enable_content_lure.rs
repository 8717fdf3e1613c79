//! A document asks to "enable content"; strong where it also holds macros that act.

use sekisho_content::{Danger, DeedKind};
use sekisho_mail::Part;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, deeds, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "「コンテンツの有効化」を求める文書です",
        "It asks to enable content",
    ),
    says: Text::new(
        "添付 {name} は、「コンテンツの有効化」や「編集を有効にする」を押すよう求めています: {words}",
        "{name} asks to press “Enable Content” or “Enable Editing”: {words}",
    ),
    why: Text::new(
        "押すとマクロが動き出します。「古い形式なので」「保護されているので」などの説明は、押させるための口実です。",
        "Pressing it starts the macro. That the file is “protected” or “of an earlier version” is the pretext.",
    ),
    misses: Text::new(
        "絵の中に描かれた文字は読みません。マクロを使う業務用の表も同じ案内を書くことがあるので、動くマクロがなければ弱い手がかりです。",
        "Words painted in a picture are not read. Honest workbooks with macros say it too, so without a macro that acts it weighs little.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a document that asks for it
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.docx as office-word-ooxml
deed: enable-content-lure active

== fires strong: and the macro that waits for it
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.doc as office-word-97
deed: enable-content-lure active
deed: macro dangerous AutoOpen > Shell

== fires strong: and an Excel 4 macro
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.xls as office-excel-97
deed: enable-content-lure active
deed: excel4-macro active Auto_Open > ALERT

== fires: with a macro that does no harm
Subject: ご確認ください

添付をご確認ください。
--- attach 計算表.xls as office-excel-97
deed: enable-content-lure active
deed: macro harmless > Range.Copy

== quiet: a macro without the words
Subject: ご確認ください

添付をご確認ください。
--- attach 請求書.doc as office-word-97
deed: macro dangerous AutoOpen > Shell
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for (part, deed) in deeds::of_kind(input, DeedKind::EnableContentLure) {
        let grade = if holds_acting_macro(part) { Grade::Strong } else { Grade::Weak };
        let words = deed.strings.iter().map(|words| crate::Value::foreign(words));
        found.add_graded(
            grade,
            Some(&part.path),
            [("name", files::name(part)), ("words", crate::Value::list(words))],
        );
    }
}

fn holds_acting_macro(part: &Part) -> bool {
    let is_macro = |kind| matches!(kind, DeedKind::Macro | DeedKind::Excel4Macro);
    part.deeds.iter().any(|deed| is_macro(deed.kind) && deed.danger >= Danger::Active)
}

//! An ActiveX control acts when the document is opened.

use sekisho_content::DeedKind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, deeds};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "動く部品（ActiveX）が入っています",
        "It holds an active control (ActiveX)",
    ),
    says: Text::new(
        "添付 {name} に動く部品があり、{does}を使います。",
        "{name} holds a control that uses {does}.",
    ),
    why: Text::new(
        "文書の中の部品が、マクロの開始や外部のページの表示に使われます。",
        "Controls in documents are used to start macros or to show pages from elsewhere.",
    ),
    misses: Text::new(
        "ボタンやチェック欄などのふつうの部品は疑いません。",
        "Ordinary buttons and check boxes are not told.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a control that shows pages
Subject: ご確認ください

添付をご確認ください。
--- attach 申込書.docx as office-word-ooxml
deed: active-x dangerous open > Shell.Explorer

== fires weak: a control that can start a macro
Subject: ご確認ください

添付をご確認ください。
--- attach 申込書.docx as office-word-ooxml
deed: active-x active open > InkEdit

== quiet: a check box
Subject: ご確認ください

添付をご確認ください。
--- attach 申込書.docx as office-word-ooxml
deed: active-x harmless > CheckBox

== quiet: an attacked object
Subject: ご確認ください

添付をご確認ください。
--- attach 申込書.docx as office-word-ooxml
deed: attacked-object dangerous open > Equation.3
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    deeds::add(input, found, DeedKind::ActiveX);
}

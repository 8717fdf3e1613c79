//! A template is loaded from elsewhere when the document is opened.

use sekisho_content::DeedKind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, deeds};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "外部のひな形を読み込む文書です",
        "It loads a template from elsewhere",
    ),
    says: Text::new(
        "添付 {name} は、開くと外部からひな形を読み込みます: {links}",
        "{name} loads a template from elsewhere when it is opened: {links}",
    ),
    why: Text::new(
        "文書そのものにはマクロがなくても、読み込んだひな形のマクロが動きます。検査をすり抜けるための仕掛けです。",
        "The document holds no macro, but the template that it fetches may. It is a way round scanners.",
    ),
    misses: Text::new(
        "自分のパソコンや社内の共有にあるひな形は疑いません。",
        "Templates on one's own PC are not told.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a template from the web
Subject: ご確認ください

添付をご確認ください。
--- attach 契約書.docx as office-word-ooxml
deed: external-template dangerous open > attachedTemplate | https://files.example/a.dotm

== fires weak: a template from a share
Subject: ご確認ください

添付をご確認ください。
--- attach 契約書.docx as office-word-ooxml
deed: external-template active open > attachedTemplate | file://server/a.dotm

== quiet: a template on the own PC
Subject: ご確認ください

添付をご確認ください。
--- attach 契約書.docx as office-word-ooxml
deed: external-template harmless open > attachedTemplate

== quiet: a picture from elsewhere
Subject: ご確認ください

添付をご確認ください。
--- attach 契約書.docx as office-word-ooxml
deed: external-object dangerous open > image | https://files.example/a.png
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    deeds::add(input, found, DeedKind::ExternalTemplate);
}

//! An object, frame or picture is loaded from elsewhere when the document is opened.

use sekisho_content::DeedKind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, deeds};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "外部の部品を読み込む文書です",
        "It loads something from elsewhere",
    ),
    says: Text::new(
        "添付 {name} は、開くと外部から部品を読み込みます（{does}）: {links}",
        "{name} loads something from elsewhere when it is opened ({does}): {links}",
    ),
    why: Text::new(
        "開いただけで外部のファイルが動いたり、パスワードの元になる情報が送られたりします。",
        "Opening it is enough to run a file from elsewhere, or to send out what passwords are made of.",
    ),
    misses: Text::new(
        "ウェブの画像へのふつうのリンクは疑いません。",
        "Ordinary links to pictures on the web are not told.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: an object by a link that runs
Subject: ご確認ください

添付をご確認ください。
--- attach 契約書.docx as office-word-ooxml
deed: external-object dangerous open > oleObject | https://files.example/a.hta

== fires weak: a picture on a foreign share
Subject: ご確認ください

添付をご確認ください。
--- attach 契約書.docx as office-word-ooxml
deed: external-object active open > image | file://203.0.113.5/a.png

== quiet: a picture on the web
Subject: ご確認ください

添付をご確認ください。
--- attach 契約書.docx as office-word-ooxml
deed: external-object harmless open > image | https://www.example/logo.png

== quiet: a template
Subject: ご確認ください

添付をご確認ください。
--- attach 契約書.docx as office-word-ooxml
deed: external-template dangerous open > attachedTemplate | https://files.example/a.dotm
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    deeds::add(input, found, DeedKind::ExternalObject);
}

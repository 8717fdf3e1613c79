//! A shortcut is attached: it leads to a program, a command or a server.

use sekisho_content::Family;

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new("ショートカットが添付されています", "A shortcut is attached"),
    says: Text::new("添付 {name} の中身は{kind}です。", "The attachment {name} is a {kind}."),
    why: Text::new(
        "ショートカットは、開いた人のパソコンで命令を実行したり、外のサーバーを開いたりします。書類として送られるものではありません。",
        "A shortcut runs a command or opens a server elsewhere. Nobody sends one as a document.",
    ),
    misses: Text::new(
        "開けなかった圧縮ファイルの中は分かりません。",
        "What lies inside archives that could not be opened is not known.",
    ),
    needs: &[],
    lists: &[ListName::Kinds],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a Windows shortcut with the name of a document
Subject: 書類

ご確認ください。
--- attach 書類.pdf.lnk as lnk

== fires: an internet shortcut
Subject: 書類

ご確認ください。
--- attach 開く.url as url-shortcut

== quiet: a picture of a document
Subject: 書類

ご確認ください。
--- attach 書類.jpg as jpeg
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for (part, file) in files::of_families(input, &[Family::Shortcut], "shortcut") {
        found.add(Some(&part.path), [("name", files::name(part)), ("kind", files::kind_words(file))]);
    }
}

//! The content is something else than the name claims.

use sekisho_content::{Claim, Family, File, Fit, Opening};

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "中身と名前が食い違っています",
        "Content and name do not agree",
    ),
    says: Text::new(
        "添付 {name} は名前では「.{claims}」ですが、中身は{kind}です。",
        "The attachment {name} claims “.{claims}”, but is a {kind}.",
    ),
    why: Text::new(
        "名前で安心させて別のものを開かせる手口です。中身がプログラムのように動くものであれば強い印になります。設定の違いで食い違うこともあるので、それ以外は弱い印です。",
        "The name reassures while something else is opened. Where the content runs, the sign is strong; other mismatches also come from careless programs and are weak.",
    ),
    misses: Text::new(
        "画像どうし、文書どうしなど、開いた人に違いのない取り違えは対象外です。",
        "Mix-ups that make no difference to the reader (one picture format for another) are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: an archive with the name of a PDF
Subject: 資料

ご確認ください。
--- attach 資料.pdf as zip

== quiet: RTF under .doc, as Word itself stores it
Subject: 資料

ご確認ください。
--- attach 資料.doc as rtf

== quiet: one picture format for another
Subject: 写真

ご確認ください。
--- attach 写真.jpg as png

== quiet: a plain text under another name
Subject: メモ

ご確認ください。
--- attach メモ.pdf text
打ち合わせのメモです。

== quiet: the content is what the name says
Subject: 資料

ご確認ください。
--- attach 資料.pdf as pdf

== quiet: an unknown extension
Subject: 資料

ご確認ください。
--- attach 資料.abc123 as pdf

== fires strong: a program with the name of a document
Subject: 資料

ご確認ください。
--- attach 資料.pdf as windows-program

== quiet: one document format for another
Subject: 資料

ご確認ください。
--- attach 資料.pdf as rtf

== fires: one archive format for another
Subject: 資料

ご確認ください。
--- attach 資料.zip as 7z
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.files() {
        let Some(file) = part.file() else { continue };
        let Some(claim) = &file.claim else { continue };
        if claim.fit(file.kind) != Fit::Contrary || is_same_to_the_reader(claim, file) {
            continue;
        }
        let hides = file.kind.opening() == Opening::Runs && claim.opening() == Some(Opening::Shows);
        let grade = if hides { Grade::Strong } else { Grade::Weak };
        let values = [("name", files::name(part)), ("claims", Value::address(&claim.extension)), ("kind", files::kind_words(file))];
        found.add_graded(grade, Some(&part.path), values);
    }
}

/// Another format of the same family, or plain text: nothing is hidden from who opens it.
fn is_same_to_the_reader(claim: &Claim, file: &File) -> bool {
    let family = file.kind.family();
    family == Family::Text || (family != Family::Archive && claim.kinds.iter().any(|kind| kind.family() == family))
}

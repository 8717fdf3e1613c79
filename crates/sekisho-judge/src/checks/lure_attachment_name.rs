//! An attachment named as machines name it: a beginning cut off, a translated word, a bare noun.

use crate::lists::{AttachmentSign, ListName};
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "添付ファイルの名前が不自然です",
        "The attachment's name is odd",
    ),
    says: Text::new(
        "添付 {name} の名前は、{how}。",
        "The name of the attachment {name} {how}.",
    ),
    why: Text::new(
        "機械が作るウイルスメールは、言葉の切れ端や一般的な単語だけの名前を付けます（からの変更20-09.doc、ビル.doc など）。",
        "Mail made by machines names its files with scraps of words or a bare noun (からの変更20-09.doc, ビル.doc).",
    ),
    misses: Text::new(
        "相手や案件の名前が入ったもの、マクロも別のファイルも入れられない形式は対象外です。",
        "Names that say for whom or for what, and formats that carry neither macros nor files, are left out.",
    ),
    needs: &[],
    lists: &[ListName::Lures],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a beginning cut off
Subject: ご連絡

ご確認ください。
--- attach からの変更20-09.doc as office-word-97

== fires: a word that a machine translated
Subject: ご連絡

ご確認ください。
--- attach 契約する.doc as office-word-97

== fires: a bare noun with a date
Subject: ご連絡

ご確認ください。
--- attach 注文2020-09-23.doc as office-word-97

== quiet: a name that says for whom
Subject: ご連絡

ご確認ください。
--- attach みどり設計様_見積書_本館改修.doc as office-word-97

== quiet: a format that carries no macros
Subject: ご連絡

ご確認ください。
--- attach 注文.pdf as pdf
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.files() {
        let Some(lure) = part.names.iter().find_map(|name| input.lists.lures.attachment_name(&name.value)) else { continue };
        let how = match lure.sign {
            AttachmentSign::CutBeginning => Text::new("言葉の途中から始まっています", "begins in the middle of a phrase"),
            AttachmentSign::TranslatedWord => Text::new("人が付けない言葉です", "is a word that nobody gives a file"),
            AttachmentSign::BareNoun => Text::new("ありふれた言葉だけで、何についての書類か分かりません", "is a bare noun that does not say what it is about"),
        };
        found.add(Some(&part.path), [("name", files::name(part)), ("how", Value::Word(how))]);
    }
}

//! An HTML or SVG page is attached: it opens in the browser, outside every mail filter.

use sekisho_content::Kind;
use sekisho_mail::Role;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "ウェブページが添付されています",
        "A web page is attached",
    ),
    says: Text::new(
        "添付 {name} は、ブラウザーで開く{kind}です。",
        "The attachment {name} is a {kind}, which opens in the browser.",
    ),
    why: Text::new(
        "添付のウェブページは、偽のログイン画面を見せたり、開いた人のパソコンの中でファイルを作ったりするのに使われます。請求書や見積書の形式ではありません。",
        "Attached pages show forged log-in screens or build a file on the reader's PC. They are no format for invoices.",
    ),
    misses: Text::new(
        "メール本文としてのHTMLは対象外です。",
        "HTML that is the mail's own text is left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: an HTML file
Subject: 請求書

ご確認ください。
--- attach 請求書.html as html

== quiet: HTML as the mail's text
Subject: お知らせ
--- html
<p>こんにちは</p>

== quiet: a text that holds marks of a page
Subject: 手順書

ご確認ください。
--- attach 手順.txt text
<b>と書いた所を太字にしてください。

== quiet: a PDF
Subject: 請求書

ご確認ください。
--- attach 請求書.pdf as pdf
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.files().filter(|part| part.role == Role::Attachment) {
        let Some(file) = part.file() else { continue };
        // The browser opens what is named a page; a text or table that holds marks of one stays what it is.
        let is_named_so = file.claim.as_ref().is_none_or(|claim| claim.kinds.is_empty() || claim.kinds.iter().any(is_page));
        if is_page(&file.kind) && is_named_so && !part.name().is_empty() {
            found.add(Some(&part.path), [("name", files::name(part)), ("kind", files::kind_words(file))]);
        }
    }
}

fn is_page(kind: &Kind) -> bool {
    matches!(kind, Kind::Html | Kind::Svg)
}

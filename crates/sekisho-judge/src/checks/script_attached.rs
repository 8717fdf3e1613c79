//! A script is attached that runs when it is opened.

use sekisho_content::{Danger, Family, Hold, Kind};
use sekisho_mail::Part;

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new("スクリプトが添付されています", "A script is attached"),
    says: Text::new("添付 {name} の中身は{kind}です。", "The attachment {name} is a {kind}."),
    why: Text::new(
        "ダブルクリックで命令が実行されます。文書のように見えても、動くのはプログラムです。",
        "A double click runs its commands. It may look like a document, but it is a program.",
    ),
    misses: Text::new(
        "Windows がそのままでは実行しない言語（Python など）は対象外です。ウェブサイトの部品としてまとめて送られた JavaScript は、弱い手がかりとして扱います。",
        "Languages that Windows does not run by itself (Python and the like) are left out. JavaScript in an archive of many files, as web sites are sent, weighs little.",
    ),
    needs: &[],
    lists: &[ListName::Kinds],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: JavaScript under its own name
Subject: 請求書

ご確認ください。
--- attach 請求書.js text
var a = 1;

== fires: VBScript by content, without a name that tells
Subject: 請求書

ご確認ください。
--- attach 請求書.vbs as vbscript

== quiet: a text about scripts
Subject: 手順書

ご確認ください。
--- attach 手順.txt text
function と書かれた行を直してください。

== quiet: a document
Subject: 手順書

ご確認ください。
--- attach 手順.pdf as pdf

== quiet: a language that Windows does not run, by name
Subject: 集計

ご確認ください。
--- attach build.py text
total = 1

== quiet: a language that Windows does not run, by content
Subject: 集計

ご確認ください。
--- attach build as python
"#,
};

/// Languages that an ordinary Windows PC does not run by a double click; developers send them to each other.
const NOT_RUN_BY_ITSELF: &[Kind] = &[Kind::ShellScript, Kind::Python, Kind::Perl, Kind::Ruby, Kind::Php, Kind::Asp, Kind::Xslt];

/// An archive of so many things is a web site or a project, whose JavaScript a browser runs.
const MEMBERS_OF_A_PROJECT_MIN: usize = 10;

fn run(input: &Input<'_>, found: &mut Found) {
    for (part, file) in files::of_families(input, &[Family::Script], "script") {
        let claimed = file.claim.as_ref().and_then(|claim| claim.kinds.first());
        let is_tame = NOT_RUN_BY_ITSELF.contains(&file.kind) || claimed.is_some_and(|kind| NOT_RUN_BY_ITSELF.contains(kind));
        if !is_tame {
            let grade = if is_of_a_project(input, part, file.kind) { Grade::Weak } else { Grade::Strong };
            let arguments = [("name", files::name(part)), ("kind", files::kind_words(file))];
            found.add_graded(grade, Some(&part.path), arguments);
        }
    }
}

fn is_of_a_project(input: &Input<'_>, part: &Part, kind: Kind) -> bool {
    let acts = part.deeds.iter().any(|deed| deed.danger >= Danger::Active);
    let is_candidate = kind == Kind::JavaScript && part.hold == Some(Hold::Archived) && !acts;
    is_candidate && files::held_together(input, part) >= MEMBERS_OF_A_PROJECT_MIN
}

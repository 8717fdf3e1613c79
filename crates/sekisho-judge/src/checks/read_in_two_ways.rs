//! The mail is built so that two programs see different parts or names.

use sekisho_mail::DefectKind;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "メールの作りが二通りに読めます",
        "The mail can be read in two ways",
    ),
    says: Text::new(
        "メールの作りに、ソフトによって読み方が変わる所があります（{what}）。",
        "The mail's structure is read differently by different programs ({what}).",
    ),
    why: Text::new(
        "検査する仕組みと受け取る人のメールソフトに、別のものを見せる手口です。壊れた送信プログラムにもあるので、弱い印です。",
        "A filter is shown one thing and the receiver another. Broken programs do it too, so the sign is weak.",
    ),
    misses: Text::new(
        "行の終わり方やMIME-Versionの欠落など、見えるものが変わらない乱れは対象外です。",
        "Disorder that changes nothing of what is seen (line ends, a missing MIME-Version) is left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: two Content-Type fields
--- raw
From: yamada@partner.example
Subject: test
MIME-Version: 1.0
Content-Type: text/plain
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

one
--b--

== quiet: an ordinary multipart
--- raw
From: yamada@partner.example
Subject: test
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

one
--b--

== quiet: disorder that changes nothing
--- raw
From: yamada@partner.example
Subject: test
Content-Type: text/plain

one
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let mut ids: Vec<&str> = input.message.defects.iter().filter(|defect| changes_what_is_seen(defect.kind)).map(|defect| defect.kind.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    if !ids.is_empty() {
        let values = ids.into_iter().map(|id| Value::Own(id.to_owned()));
        found.add(None, [("what", Value::list(values))]);
    }
}

fn changes_what_is_seen(kind: DefectKind) -> bool {
    matches!(
        kind,
        DefectKind::SeveralContentTypes
            | DefectKind::SeveralBoundaries
            | DefectKind::BoundaryDoubtful
            | DefectKind::PartOutsideBoundary
            | DefectKind::NamesDiffer
            | DefectKind::TransferEncodingDoubtful
    )
}

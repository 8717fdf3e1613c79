//! A file of a kind that this correspondent never sent.

use sekisho_content::{Family, File, Kind};

use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "この相手から届いたことのない種類の添付です",
        "A kind of file that this correspondent never sent",
    ),
    says: Text::new(
        "{address} からこれまで届いた添付に、{kind}はありません。今回の添付は {name} です（これまでは{usual}）。",
        "{address} never sent a file of the kind {kind} before. This one is {name} (so far: {usual}).",
    ),
    why: Text::new(
        "いつもPDFを送ってくる方から急に古いWord文書やZIPが届いたら、アドレスが騙られているか、相手のパソコンが感染しているかもしれません。",
        "When somebody who always sends PDF sends an old Word document or a ZIP, their address may be forged, or their PC infected.",
    ),
    misses: Text::new(
        "10通以上を見て、添付がよくある相手だけを比べます。写真や音声、PDFのように開いても動かないものは参考です。",
        "Only correspondents with ten mails or more, who often attach files, are compared. Pictures, sound and PDF, which only show something, are information.",
    ),
    needs: &[Need::Memory],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: an old Word document from somebody who sends PDF
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 files=pdf:9
From: 山田太郎 <yamada@partner.example>
--- attach 見積書.doc as office-word-97

== fires: a ZIP from somebody who sends PDF
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 files=pdf:9
From: 山田太郎 <yamada@partner.example>
--- attach 見積書.zip as zip

== fires info: a PDF from somebody who sends Word documents
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 files=office-word-ooxml:9
From: 山田太郎 <yamada@partner.example>
--- attach 見積書.pdf as pdf

== quiet: what they always send
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 files=pdf:9,zip:1
From: 山田太郎 <yamada@partner.example>
--- attach 見積書.zip as zip

== quiet: somebody who hardly ever attaches anything
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 files=pdf:2
From: 山田太郎 <yamada@partner.example>
--- attach 見積書.zip as zip

== quiet: too few mails for a habit
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=9 files=pdf:9
From: 山田太郎 <yamada@partner.example>
--- attach 見積書.zip as zip

== quiet: nothing is attached
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 files=pdf:9
From: 山田太郎 <yamada@partner.example>

添付はありません。
"#,
};

/// Attached files that make a habit.
const FILES_MIN: u32 = 3;

fn run(input: &Input<'_>, found: &mut Found) {
    let Some((contact, address)) = input.contact_with_habits().zip(input.sender()) else { return };
    let before = &contact.habits.files;
    if before.iter().map(|habit| habit.mails).fold(0, u32::saturating_add) < FILES_MIN {
        return;
    }
    let usual = before.iter().filter_map(|habit| Kind::by_id(&habit.value)).map(|kind| Value::Word(Text::new(kind.label().ja, kind.label().en)));
    let usual = Value::list(usual.take(KINDS_TOLD_MAX));
    // Members of an archive are the archive's: what was learned counts files as they were attached.
    for part in input.brought_files().into_iter().filter(|part| part.hold.is_none()) {
        let Some(file) = part.file().filter(|file| !before.iter().any(|habit| habit.value == file.kind.id())) else { continue };
        let values = [
            ("address", Value::address(address)),
            ("kind", files::kind_words(file)),
            ("name", files::name(part)),
            ("usual", usual.clone()),
        ];
        found.add_graded(if only_shows(file) { Grade::Info } else { Grade::Weak }, Some(&part.path), values);
    }
}

/// Usual kinds that are told.
const KINDS_TOLD_MAX: usize = 3;

fn only_shows(file: &File) -> bool {
    matches!(file.kind, Kind::Pdf | Kind::Text) || matches!(file.kind.family(), Family::Image | Family::Audio | Family::Video)
}

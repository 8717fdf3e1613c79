//! A Japanese subject that ends in mid-sentence.

use crate::fold::Folded;
use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "件名が途中で切れています",
        "The subject ends in mid-sentence",
    ),
    says: Text::new(
        "件名 {subject} は文の途中で終わっています。",
        "The subject {subject} ends in mid-sentence.",
    ),
    why: Text::new(
        "盗んだメールから件名を機械的に切り取ったものは、「を」「の」「お」などで終わります。",
        "Subjects that a machine cut out of stolen mail end in a particle or half a word.",
    ),
    misses: Text::new(
        "「…」で終わるもの、「について」「にて」のように自然に終わるもの、短い件名は対象外です。",
        "Subjects that end in an ellipsis or naturally (「について」), and short ones, are left out.",
    ),
    needs: &[],
    lists: &[ListName::Lures],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a subject that ends in a particle
Subject: お手伝いいただける日程について、アンケートを

== fires: a subject that ends in half a word
Subject: お手伝いいただける日程について、アンケートwお

== fires: the same behind a reply mark
Subject: RE: お手伝いいただける日程について、アンケートを

== quiet: an ordinary ending
Subject: お手伝いいただける日程について

== quiet: an ellipsis says that it goes on
Subject: お手伝いいただける日程のアンケートを…

== quiet: a short subject
Subject: これを

== quiet: an English subject
Subject: Meeting on Friday, please bring the
"#,
};

/// Shorter subjects are titles rather than sentences.
const SUBJECT_CHARS_MIN: usize = 8;

fn run(input: &Input<'_>, found: &mut Found) {
    let subject = sekisho_mail::without_prefixes(&input.message.subject);
    let is_sentence = subject.chars().count() >= SUBJECT_CHARS_MIN;
    if is_sentence && input.lists.lures.is_cut(&Folded::new(subject)) {
        found.add(None, [("subject", Value::foreign(&input.message.subject))]);
    }
}

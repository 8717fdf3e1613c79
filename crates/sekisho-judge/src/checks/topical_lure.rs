//! A subject that rides on the news or the season, with something to open.

use sekisho_mail::Role;

use crate::fold::Folded;
use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "時事や季節の話題で開かせようとする件名かもしれません",
        "The subject rides on the news or the season",
    ),
    says: Text::new(
        "件名 {subject} は話題（{topics}）に乗っていて、開くもの（添付かリンク）が付いています。",
        "The subject {subject} rides on a topic of the day ({topics}) and brings something to open.",
    ),
    why: Text::new(
        "賞与、年末調整、災害、荷物の不在連絡など、誰もが気にする話題で急いで開かせる手口です。本物の案内にも多いので、弱い印です。",
        "Bonuses, taxes, disasters, missed parcels: what concerns everybody is opened in haste. Honest notices use them too, so the sign is weak.",
    ),
    misses: Text::new(
        "添付もリンクもないメール、本文だけに話題があるものは対象外です。季節のある話題は、その季節だけ見ます。",
        "Mail with neither attachment nor link, and topics in the text alone, are left out. Topics of a season count in that season only.",
    ),
    needs: &[],
    lists: &[ListName::Lures],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a topic and an attachment
Subject: 【重要】マイナンバーの提出について

ご確認ください。
--- attach 資料.pdf as pdf

== fires: a topic of the season in its season
now: 2026-12-10
Subject: 年末調整のお願い

https://partner.example/nencho をご覧ください。

== quiet: the topic out of its season
now: 2026-07-10
Subject: 年末調整のお願い

https://partner.example/nencho をご覧ください。

== quiet: nothing to open
Subject: 【重要】マイナンバーの提出について

ご確認ください。

== quiet: no topic
Subject: 打ち合わせの件

ご確認ください。
--- attach 資料.pdf as pdf
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let has_file = input.files().any(|part| part.role == Role::Attachment);
    if !has_file && !input.links().iter().any(|link| link.is_web()) {
        return;
    }
    let month = u8::try_from(input.today.month()).unwrap_or(0);
    let topics = input.lists.lures.topics_in(&Folded::new(&input.message.subject));
    let current: Vec<Value> = topics
        .iter()
        .filter(|topic| topic.months.is_empty() || topic.months.contains(&month))
        .map(|topic| Value::Word(Text { ja: topic.ja.clone().into(), en: topic.en.clone().into() }))
        .collect();
    if !current.is_empty() {
        found.add(None, [("subject", Value::foreign(&input.message.subject)), ("topics", Value::list(current))]);
    }
}

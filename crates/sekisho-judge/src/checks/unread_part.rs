//! A part of the mail was not looked at; the reason is said.

use sekisho_content::Unread;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Info,
    title: Text::new(
        "確認できていない部分があります",
        "A part was not looked at",
    ),
    says: Text::new(
        "{name} は、{why}ため中身を確認していません。",
        "{name} was not looked into: {why}.",
    ),
    why: Text::new(
        "確認できなかったものを「問題なし」とは言いません。届いた覚えのないものなら、開く前に送り主に確かめてください。",
        "What could not be looked at is never called clean. If you do not expect it, ask the sender before you open it.",
    ),
    misses: Text::new(
        "理由は一つだけ示します。",
        "One reason is given for each part.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: an archive whose inside is not read
Subject: 資料

ご確認ください。
--- attach 資料.ace as ace

== fires weak: a piece of a mail sent in several
--- raw
From: yamada@partner.example
Content-Type: message/partial; id="a@partner.example"; number=2; total=3
MIME-Version: 1.0

a piece

== quiet: a picture, in which nothing can hide
Subject: 写真

ご確認ください。
--- attach 写真.png as png

== fires: a locked archive
Subject: 資料

ご確認ください。
--- attach 資料.zip locked zip
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.message.parts_all() {
        let Some(unread) = part.unread else { continue };
        // Formats that are simply not opened yet are told, but are no sign; a broken or overlong part may be made so.
        let is_piece = part.media_type.starts_with("message/");
        let grade = match unread {
            Unread::Unsupported if !is_piece => Grade::Info,
            Unread::Locked => Grade::Info,
            _ => Grade::Weak,
        };
        let name = if part.name().is_empty() { Value::foreign(&part.media_type) } else { files::name(part) };
        found.add_graded(grade, Some(&part.path), [("name", name), ("why", Value::Word(words(unread)))]);
    }
}

fn words(unread: Unread) -> Text {
    match unread {
        Unread::Locked => Text::new("鍵がかかっている", "it is locked"),
        Unread::Damaged => Text::new("壊れている", "it is damaged"),
        Unread::TooDeep => Text::new("入れ子が深すぎる", "it is nested too deep"),
        Unread::TooLarge => Text::new("大きすぎる", "it is too large"),
        Unread::OutOfTime => Text::new("時間がかかりすぎる", "it took too long"),
        Unread::Unsupported => Text::new("まだ読めない形式である", "its format is not read yet"),
    }
}

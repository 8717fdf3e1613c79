//! Japanese that nobody writes: marks of machine translation, Chinese forms of characters, mixed scripts.

use crate::lists::{ListName, OddSign, is_kana};
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "日本語に不自然な所があります",
        "The Japanese is odd",
    ),
    says: Text::new(
        "本文に不自然な日本語（{marks}）があります。",
        "The text has odd Japanese ({marks}).",
    ),
    why: Text::new(
        "機械翻訳や、日本語を使わない人の作った文面の印です。最近の手口は自然な日本語を使うので、これがないから安全とは言えません。",
        "It is a mark of machine translation, or of somebody who does not write Japanese. Newer attacks write it well: its absence proves nothing.",
    ),
    misses: Text::new(
        "引用された会話と、中国語や英語のメールは対象外です。",
        "Quoted conversations and mail in Chinese or English are left out.",
    ),
    needs: &[],
    lists: &[ListName::OddJapanese],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a phrase of translation programs
Subject: お知らせ

親愛なるお客様、あなたのアカウントを確認してください。

== fires: Chinese forms of characters
Subject: お知らせ

ご利用の账户に问题がありました。ご確認をお願いします。

== quiet: ordinary Japanese
Subject: お知らせ

お客様のアカウントについてお知らせします。ご確認をお願いします。

== quiet: a text in Chinese
Subject: 通知

您好，请查看您的账户信息，谢谢。
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let text = input.own_text();
    // Folding costs more than this look, and most mail of the world has no kana.
    if !text.contains(is_kana) {
        return;
    }
    let marks = input.lists.odd_japanese.marks_in(text, input.own_text_folded());
    let forms = marks.iter().filter(|mark| mark.sign == OddSign::ChineseForm).count();
    // One Chinese letter may be a name; two are a text.
    let told: Vec<Value> = marks
        .iter()
        .filter(|mark| mark.sign != OddSign::ChineseForm || forms >= CHINESE_FORMS_MIN)
        .map(|mark| Value::foreign(&mark.what))
        .collect();
    if !told.is_empty() {
        found.add(None, [("marks", Value::list(told))]);
    }
}

/// Fewer different Chinese letters than this may belong to a name.
const CHINESE_FORMS_MIN: usize = 2;

//! The text opens with an address to everybody: 「協力会社各位」, 「お取引先各位」.

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "「協力会社各位」などで始まる一斉送信の文面です",
        "It is addressed to “all partners”",
    ),
    says: Text::new(
        "本文が「各位」あての {opening} で始まっています。",
        "The text opens with {opening}, an address to everybody.",
    ),
    why: Text::new(
        "受け取る人の名前を知らなくても送れる書き出しです。2020年からのEmotetに多く使われました。本物の一斉連絡にもあるので、弱い印です。",
        "It can be sent without knowing the receiver's name, and Emotet used it much from 2020 on. Honest circulars use it too, so the sign is weak.",
    ),
    misses: Text::new(
        "本文の始まりだけを見ます。引用された会話の中は対象外です。",
        "Only the beginning of the text is looked at; quoted conversations are left out.",
    ),
    needs: &[],
    lists: &[ListName::Lures],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: the classic opening
Subject: ご連絡

協力会社各位

お世話になっております。

== fires: another address to everybody
Subject: ご連絡

お取引先各位

お世話になっております。

== quiet: a receiver by name
Subject: ご連絡

佐藤様

お世話になっております。

== quiet: the words inside a sentence at the beginning
Subject: ご連絡

先日の「協力会社各位」で始まる通知の件でご連絡します。

== quiet: an address to one's own staff
Subject: ご連絡

社員各位

来週の清掃当番をお知らせします。

== quiet: the words further down
Subject: ご連絡

佐藤様

お世話になっております。先日お送りいただいた書類を確認いたしました。数量と単価に誤りはございませんでしたので、このまま手続きを進めさせていただきます。納期は来月の十日頃を見込んでおります。
なお、同じ内容を協力会社各位にもお送りしております。
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    if let Some(opening) = input.lists.lures.opening_of(input.own_text()) {
        found.add(None, [("opening", Value::foreign(opening))]);
    }
}

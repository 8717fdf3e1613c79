//! The plain text and the HTML of one mail say different things.

use std::collections::HashSet;

use sekisho_mail::Source;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "文字だけの本文とHTMLの本文が違います",
        "The plain text and the HTML differ",
    ),
    says: Text::new(
        "文字だけの本文は {plain} と始まりますが、HTMLの本文は {html} と始まる別の文章です。",
        "The plain text begins {plain}, the HTML begins {html}: they are different texts.",
    ),
    why: Text::new(
        "検査する仕組みには無難な文章を、人には別の文章を見せる手口です。手抜きの広告メールにもあるので、弱い印です。",
        "Filters are shown a harmless text, people another one. Careless newsletters do it too, so the sign is weak.",
    ),
    misses: Text::new(
        "短い本文、「HTMLで見てください」だけの本文、片方にしかない案内や署名は対象外です。",
        "Short texts, texts that only point to the HTML, and notes or signatures on one side are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: two different texts
Subject: お知らせ

先日の会議の議事録をお送りします。次回は来月の第二火曜日に本社の会議室で開く予定です。出欠を今週中に総務までお知らせください。よろしくお願いいたします。
--- html
<p>あなたの銀行口座は停止されました。二十四時間以内に下のボタンから本人確認を完了しない場合、すべての取引が永久に凍結され、残高は没収されます。</p>

== quiet: the same text twice
Subject: お知らせ

先日の会議の議事録をお送りします。次回は来月の第二火曜日に本社の会議室で開く予定です。出欠を今週中に総務までお知らせください。
--- html
<p>先日の会議の議事録をお送りします。</p><p>次回は来月の第二火曜日に本社の会議室で開く予定です。</p><p>出欠を今週中に総務までお知らせください。</p>

== quiet: a short text that points to the HTML
Subject: お知らせ

このメールはHTML形式です。
--- html
<p>先日の会議の議事録をお送りします。次回は来月の第二火曜日に本社の会議室で開く予定です。出欠を今週中に総務までお知らせください。</p>

== quiet: a short HTML beside a long text
Subject: お知らせ

先日の会議の議事録をお送りします。次回は来月の第二火曜日に本社の会議室で開く予定です。出欠を今週中に総務までお知らせください。よろしくお願いいたします。
--- html
<p>詳しくは本文へ</p>

== quiet: two texts that are no alternatives
--- raw
From: yamada@partner.example
Subject: test
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="m"

--m
Content-Type: text/plain; charset=utf-8

先日の会議の議事録をお送りします。次回は来月の第二火曜日に本社の会議室で開く予定です。出欠を今週中に総務までお知らせください。よろしくお願いいたします。
--m
Content-Type: multipart/related; boundary="r"

--r
Content-Type: text/html; charset=utf-8

<p>あなたの銀行口座は停止されました。二十四時間以内に下のボタンから本人確認を完了しない場合、すべての取引が永久に凍結され、残高は没収されます。</p>
--r--
--m--
"#,
};

/// Texts shorter than this say too little to be compared.
const LETTERS_MIN: usize = 40;

/// Two texts share less than this of their neighbouring letter pairs when they are about different things.
const SHARED_MAX: f64 = 0.4;

fn run(input: &Input<'_>, found: &mut Found) {
    let texts: Vec<_> = input.message.texts().collect();
    for pair in texts.windows(2) {
        let [(_, plain), (part, html)] = pair else { continue };
        if (plain.source, html.source) != (Source::Plain, Source::Html) || !are_alternatives(&pair[0].0.path, &part.path) {
            continue;
        }
        let (left, right) = (pairs(&plain.text), pairs(&html.text));
        if left.len() < LETTERS_MIN || right.len() < LETTERS_MIN {
            continue;
        }
        let shared = left.intersection(&right).count() as f64 / left.len().min(right.len()) as f64;
        if shared < SHARED_MAX {
            found.add(Some(&part.path), [("plain", beginning(&plain.text)), ("html", beginning(&html.text))]);
        }
    }
}

/// Neighbours under the same container.
fn are_alternatives(a: &str, b: &str) -> bool {
    let above = |path: &str| path.rsplit_once('.').map(|(above, _)| above.to_owned());
    above(a) == above(b)
}

fn pairs(text: &str) -> HashSet<(char, char)> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).take(LETTERS_READ_MAX).collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// The beginning tells what a text is about.
const LETTERS_READ_MAX: usize = 4_000;

fn beginning(text: &str) -> Value {
    Value::foreign(&text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(30).collect::<String>())
}

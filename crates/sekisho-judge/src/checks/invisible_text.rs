//! Text that is there but cannot be seen: invisible letters inside words, or long passages without size or colour.

use std::cell::OnceCell;

use sekisho_mail::{HiddenBy, View};

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, fold};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "見えない文字が埋め込まれています",
        "Invisible text is hidden in it",
    ),
    says: Text::new(
        "目に見えない文字が {count} 文字分、{how}で埋め込まれています。",
        "{count} characters that nobody sees are hidden in it, {how}.",
    ),
    why: Text::new(
        "言葉の途中に見えない文字を挟んだり、白い文字で別の文章を混ぜたりして、検査をかわす手口です。",
        "Words are broken up by invisible letters, or another text is mixed in white on white, to slip past filters.",
    ),
    misses: Text::new(
        "広告メールの前書き（表示しない設定の短い文）、絵文字の結合文字は対象外です。",
        "Newsletters' preheaders (short, set not to be displayed) and joined emoji are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: invisible letters inside words
Subject: お知らせ
--- html
<p>ア{U+200B}カ{U+200B}ウ{U+200B}ン{U+200B}ト{U+200B}の{U+200B}確{U+200B}認{U+200B}を{U+200B}お{U+200B}願{U+200B}いします</p>

== fires: a long passage in white on white
Subject: お知らせ
--- html
<p>ご確認ください。</p><div style="color:#ffffff;background:#ffffff">春の日の午後、川べりの道を歩いていると、遠くの寺の鐘が聞こえてきた。古い橋の上では子どもたちが魚を探し、老人がそれを眺めて笑っている。やがて日が傾き、山の影が町の屋根の上に長く伸びた。人々は家路を急ぎ、店の灯りが一つまた一つとともっていく。夜の風は少し冷たく、どこからか夕餉の匂いが流れてくる。私は立ち止まり、もう一度川の音に耳を澄ませた。遠い昔に聞いた物語の続きを、水の流れが静かに語っているようだった。そして誰もいない道を、ゆっくりと歩き出した。</div>

== quiet: a preheader that is not displayed
Subject: お知らせ
--- html
<div style="display:none">今週のお得な情報をお届けします。</div><p>こんにちは。</p>

== quiet: the same words for large and small screens
Subject: お知らせ
--- html
<p>春の新作をお届けします。軽くて丈夫な素材を使い、毎日の通勤から週末の外出までお使いいただけます。色は五色、大きさは三種類です。店頭でもお試しいただけますので、お近くの店舗へお越しください。</p><div style="display:none">春の新作をお届けします。軽くて丈夫な素材を使い、毎日の通勤から週末の外出までお使いいただけます。色は五色、大きさは三種類です。店頭でもお試しいただけますので、お近くの店舗へお越しください。</div>

== quiet: one zero-width character
Subject: お知らせ
--- html
<p>お得な{U+200B}情報です。</p>

== fires: a long passage that is not displayed and stands nowhere else
Subject: お知らせ
--- html
<p>ご確認ください。</p><div style="display:none">春の日の午後、川べりの道を歩いていると、遠くの寺の鐘が聞こえてきた。古い橋の上では子どもたちが魚を探し、老人がそれを眺めて笑っている。やがて日が傾き、山の影が町の屋根の上に長く伸びた。人々は家路を急ぎ、店の灯りが一つまた一つとともっていく。夜の風は少し冷たく、どこからか夕餉の匂いが流れてくる。私は立ち止まり、もう一度川の音に耳を澄ませた。遠い昔に聞いた物語の続きを、水の流れが静かに語っているようだった。そして誰もいない道を、ゆっくりと歩き出した。</div>
"#,
};

/// Fewer invisible letters than this inside words come from editors and line breaking.
const LETTERS_MIN: usize = 8;

/// Shorter passages without size or colour are preheaders and spacers.
const PASSAGE_CHARS_MIN: usize = 200;

fn run(input: &Input<'_>, found: &mut Found) {
    for (part, view) in input.message.texts() {
        let of = |by: &[HiddenBy]| -> usize { view.hidden.iter().filter(|hidden| by.contains(&hidden.by)).map(|hidden| hidden.text.chars().count()).sum() };
        let letters = of(&[HiddenBy::Invisible]);
        let passage = of(&[HiddenBy::Size, HiddenBy::Colour, HiddenBy::Position]) + not_displayed(view);
        if letters >= LETTERS_MIN {
            let how = Text::new("言葉の途中の見えない文字", "as invisible letters inside words");
            found.add(Some(&part.path), [("count", Value::Number(letters as u64)), ("how", Value::Word(how))]);
        }
        if passage >= PASSAGE_CHARS_MIN {
            let how = Text::new("表示しない設定や背景と同じ色など", "not displayed, in the colour of the background or too small to see");
            found.add(Some(&part.path), [("count", Value::Number(passage as u64)), ("how", Value::Word(how))]);
        }
    }
}

/// Characters of text set not to be displayed that the visible text does not have as well: newsletters carry the same
/// words twice, for large and for small screens.
fn not_displayed(view: &View) -> usize {
    let hidden = view.hidden.iter().filter(|hidden| hidden.by == HiddenBy::Display);
    let visible = OnceCell::new();
    let is_shown_too = |text: &str| visible.get_or_init(|| fold::fold(&view.text)).contains(&fold::fold(text));
    hidden.filter(|hidden| !is_shown_too(&hidden.text)).map(|hidden| hidden.text.chars().filter(|c| c.is_alphanumeric()).count()).sum()
}

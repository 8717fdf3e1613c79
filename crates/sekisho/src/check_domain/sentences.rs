//! Points → sentences. Values that others chose (text and names out of DNS) are quoted, cut and made harmless.

use sekisho_judge::{Arguments, Lang, Text, Value as Shown, render};
use sekisho_sender::health::{How, Item, NotADomain, State, Value, Words};

use crate::words::{either, harmless};

/// The words in a language.
pub fn of(words: Words, lang: Lang) -> &'static str {
    either(lang, words.ja, words.en)
}

/// What was found, with its values.
pub fn says(item: &Item, lang: Lang) -> String {
    render(of(item.topic.says, lang), &arguments(item), lang)
}

/// Why it matters; empty where nothing is to be said.
pub fn why(item: &Item, lang: Lang) -> String {
    render(of(item.topic.why, lang), &arguments(item), lang)
}

/// What to do; empty where nothing is to be done.
pub fn fix(item: &Item, lang: Lang) -> String {
    render(of(item.topic.fix, lang), &arguments(item), lang)
}

fn arguments(item: &Item) -> Arguments {
    let shown = |value: &Value| match value {
        Value::Foreign(text) => Shown::foreign(text),
        Value::Name(text) => Shown::address(text),
        Value::Names(names) => Shown::list(names.iter().map(Shown::address)),
        Value::Number(number) => Shown::Number(*number),
        Value::Word(words) => Shown::Word(Text::new(words.ja, words.en)),
    };
    item.arguments.iter().map(|(name, value)| ((*name).to_owned(), shown(value))).collect()
}

/// How something stands, in one word; all of a language equally wide on the screen.
pub fn state(state: State, lang: Lang) -> &'static str {
    match state {
        State::Pass => either(lang, "良好  ", "pass   "),
        State::Note => either(lang, "参考  ", "note   "),
        State::Warn => either(lang, "注意  ", "warn   "),
        State::Unknown => either(lang, "未確認", "unknown"),
        State::Fail => either(lang, "要対応", "fail   "),
    }
}

/// What is done with a record.
pub fn how(how: How, lang: Lang) -> &'static str {
    match how {
        How::Add => either(lang, "登録するレコード", "record to publish"),
        How::Replace => {
            either(lang, "いまのレコードと置き換えるもの", "record to put in the place of the present one")
        }
    }
}

/// A value to copy: as it is, but for what would act on a terminal.
pub fn copyable(text: &str) -> String {
    text.chars().map(|c| if c == ' ' || c.is_ascii_graphic() { c } else { '?' }).collect()
}

/// Why what was typed is no domain, and the way out.
pub fn not_a_domain(typed: &str, why: &NotADomain, lang: Lang) -> String {
    let typed = harmless(&typed.chars().take(80).collect::<String>());
    let inside = |text: &str| harmless(&text.chars().take(80).collect::<String>());
    if lang == Lang::En {
        return format!("{typed}: {}", harmless(&why.to_string()));
    }
    let way_out = match why {
        NotADomain::Empty => "ドメインが空です".to_owned(),
        NotADomain::Address(domain) => {
            format!("メールアドレスです。@ より後ろのドメインを指定してください: {}", inside(domain))
        }
        NotADomain::Page(host) => {
            format!("ウェブページのアドレスです。ドメインだけを指定してください: {}", inside(host))
        }
        NotADomain::Ip => {
            "IP アドレスです。メールアドレスの @ より後ろにあたるドメインを指定してください".to_owned()
        }
        NotADomain::PublicSuffix => {
            "誰もがその下に登録する名前（co.jp など）です。自分のドメイン全体を指定してください".to_owned()
        }
        NotADomain::OneLabel => {
            "点のない一語です。ドメインには点が一つ以上あります（例: midori.example）".to_owned()
        }
        NotADomain::Broken => {
            "ドメインとして使えない文字か長さです（英数字とハイフン、点の間は 63 文字、全体で 253 文字まで）"
                .to_owned()
        }
    };
    format!("{typed}: {way_out}")
}

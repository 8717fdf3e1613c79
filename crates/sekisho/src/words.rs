//! The language of the person, and the words that several commands share. Each command keeps its own words beside it.

use std::error::Error;
use std::fmt;

use sekisho_judge::{Action, Arguments, Grade, Lang, Need, Value, render};

pub use sekisho_judge::harmless;

/// The first of two in Japanese, the second in English.
pub fn either<T>(lang: Lang, ja: T, en: T) -> T {
    match lang {
        Lang::Ja => ja,
        Lang::En => en,
    }
}

/// A line in both languages, for where it is not known yet which one the person speaks. As an error it is in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bilingual {
    /// In Japanese.
    pub ja: String,
    /// In English.
    pub en: String,
}

impl fmt::Display for Bilingual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

impl Error for Bilingual {}

/// The language that the environment asks for: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides
/// (POSIX, section 8.2). Japanese where it begins with `ja`, English otherwise.
pub fn language_of_environment(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()));
    match set {
        Some(locale) if locale.to_lowercase().starts_with("ja") => Lang::Ja,
        _ => Lang::En,
    }
}

/// A stranger's address, without anything that acts on a terminal.
pub fn harmless_address(text: &str) -> String {
    shown(Value::address(text))
}

/// A link nobody can click, cut to 80 characters.
pub fn harmless_link(text: &str) -> String {
    shown(Value::url(text))
}

/// A size as people say it.
pub fn size(bytes: u64) -> String {
    shown(Value::Bytes(bytes))
}

fn shown(value: Value) -> String {
    render("{value}", &Arguments::from([("value".to_owned(), value)]), Lang::En)
}

/// What is done with a mail, in one word.
pub fn action(action: Action, lang: Lang) -> &'static str {
    match action {
        Action::Deliver => either(lang, "通過", "deliver"),
        Action::Warn => either(lang, "注意", "warn"),
        Action::Hold => either(lang, "保留", "hold"),
        Action::Reject => either(lang, "拒否", "reject"),
    }
}

/// How much a finding weighs, in words.
pub fn grade(grade: Grade, lang: Lang) -> &'static str {
    match grade {
        Grade::Info => either(lang, "参考", "info"),
        Grade::Weak => either(lang, "弱い手がかり", "weak"),
        Grade::Strong => either(lang, "強い手がかり", "strong"),
    }
}

/// What was not looked at, in words: a need of checks, or the word of the JSON.
pub fn not_looked_at(what: &str, lang: Lang) -> String {
    let need = Need::ALL.into_iter().find(|need| need.id() == what);
    need.map_or_else(|| what.to_owned(), |need| lang.of(&need.label()).to_owned())
}

/// Why something was not looked at, in words; the word of the JSON where it is a new one.
pub fn why_not(why: &str, lang: Lang) -> String {
    let (ja, en) = match why {
        "locked" => ("パスワードで保護", "locked with a password"),
        "damaged" => ("破損", "damaged"),
        "too-deep" => ("入れ子が深すぎる", "nested too deeply"),
        "too-large" => ("大きすぎる", "too large"),
        "out-of-time" => ("時間切れ", "out of time"),
        "unsupported" => ("まだ読めない形式", "format not read yet"),
        "not-asked" => (
            "ファイルのメールでは、--dns か受信サーバーの記録があるときだけ調べます",
            "for mail from files only with --dns or what your server recorded",
        ),
        "no-envelope" => (
            "保存されたメールには、どこから渡されたかの記録がないため（SPF）",
            "a stored mail does not say who handed it over (SPF)",
        ),
        "no-dns" => ("DNS の答えがない", "no answer from DNS"),
        "not-configured" => ("設定がない", "not configured"),
        "nothing-learned" => ("まだ十分に学習していない", "too little learned yet"),
        "no-database" => {
            ("学習した内容のデータベースを使えない", "the database of what was learned cannot be used")
        }
        other => return other.to_owned(),
    };
    either(lang, ja, en).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let environment = |pairs: &'static [(&str, &str)]| {
            language_of_environment(|name| {
                pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(environment(&[("LANG", "ja_JP.UTF-8")]), Lang::Ja);
        assert_eq!(environment(&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "C")]), Lang::En);
        assert_eq!(environment(&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "")]), Lang::Ja);
        assert_eq!(environment(&[]), Lang::En);
    }

    #[test]
    fn nothing_acts_on_a_terminal() {
        assert_eq!(harmless("a\u{1b}[2J\nb\u{202e}"), "a<U+001B>[2J b<U+202E>");
        assert_eq!(harmless_link("https://evil.example/a"), "hxxps://evil[.]example/a");
    }
}

//! Values → words for people. A stranger's text never speaks in our voice: it is cut, defanged, stripped of what
//! moves a cursor or turns the writing direction, isolated and visibly quoted.

use crate::{Arguments, Text, Value, domain};

/// The language a person reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

impl Lang {
    /// The words in this language.
    pub fn of(self, text: &Text) -> &str {
        match self {
            Lang::Ja => &text.ja,
            Lang::En => &text.en,
        }
    }
}

/// Fills `{argument}`s into a sentence. An argument that is not there shows as nothing.
pub fn render(template: &str, arguments: &Arguments, lang: Lang) -> String {
    let mut out = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        rest = after;
        if let Some(value) = arguments.get(name) {
            let words = value_words(value, lang);
            if words.is_empty()
                && let Some((before, after)) = without_brackets(&out, rest)
            {
                out.truncate(before);
                rest = after;
                continue;
            }
            // Japanese puts no spaces around its quotation marks; templates have them for Latin values.
            if words.starts_with('「') && out.ends_with(' ') {
                out.pop();
            }
            if words.ends_with('」') {
                rest = rest.strip_prefix(' ').unwrap_or(rest);
            }
            out.push_str(&words);
        }
    }
    out.push_str(rest);
    out
}

/// Where a sentence ends and goes on when the brackets around nothing are left out.
fn without_brackets<'t>(out: &str, rest: &'t str) -> Option<(usize, &'t str)> {
    let pairs = [("（", "）"), (" (", ")")];
    pairs
        .into_iter()
        .find_map(|(open, close)| Some((out.strip_suffix(open)?.len(), rest.strip_prefix(close)?)))
}

/// A stranger's text as it may be shown: one line, harmless, quoted in the language's own quotation marks.
pub fn foreign(text: &str, lang: Lang) -> String {
    let (open, close) = match lang {
        Lang::Ja => ('「', '」'),
        Lang::En => ('“', '”'),
    };
    let mut inside = harmless(&defang_links(text));
    // Quotation marks inside must not end ours.
    inside = match lang {
        Lang::Ja => inside.replace('「', "『").replace('」', "』"),
        Lang::En => inside.replace(['“', '”'], "'"),
    };
    format!("{open}{}{close}", isolate(inside))
}

/// Text in which nobody can click a link: each is shown as `hxxps://evil[.]example/…`, the words around it stay.
pub(crate) fn defang_links(text: &str) -> String {
    if !text.contains("://") && !text.to_ascii_lowercase().contains("www.") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut in_host = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("://") {
            let scheme_at = out
                .rfind(|c: char| !c.is_ascii_alphanumeric())
                .map_or(0, |at| at + out[at..].chars().next().map_or(1, char::len_utf8));
            let scheme = out[scheme_at..].to_ascii_lowercase();
            if scheme.starts_with("http") {
                out.replace_range(scheme_at.., &scheme.replacen("tt", "xx", 1));
            }
            out.push_str("://");
            in_host = true;
            rest = after;
            continue;
        }
        if !in_host && rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) {
            in_host = true;
        }
        if in_host && c == '.' {
            out.push_str("[.]");
        } else {
            in_host &= c.is_alphanumeric() || matches!(c, '-' | '_' | '@' | ':' | '[' | ']' | '%' | '~');
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Text without anything that acts on a terminal or turns the writing direction: such characters are shown by number.
pub fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if acts(c) => out.push_str(&format!("<U+{:04X}>", c as u32)),
            c => out.push(c),
        }
    }
    out
}

/// Whether a character acts instead of showing: controls, bidi marks, invisible letters, tags, private use.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Puts text with right-to-left letters into an isolate, so that it cannot reorder the words around it.
fn isolate(text: String) -> String {
    let turns = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    if text.chars().any(turns) { format!("\u{2068}{text}\u{2069}") } else { text }
}

fn value_words(value: &Value, lang: Lang) -> String {
    match value {
        Value::Foreign(text) => foreign(text, lang),
        Value::Address(text) => isolate(harmless(text).replace(' ', "")),
        Value::Url(text) => isolate(harmless(&domain::defang(text))),
        Value::Own(text) => harmless(text),
        Value::Number(number) => number.to_string(),
        Value::Bytes(bytes) => size(*bytes),
        Value::Word(text) => lang.of(text).to_owned(),
        Value::List(values) => {
            let words: Vec<String> = values.iter().map(|value| value_words(value, lang)).collect();
            words.join(if lang == Lang::Ja { "、" } else { ", " })
        }
    }
}

/// A size as people say it: `540 B`, `1.2 kB`, `35 MB`.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1000.0;
    let mut unit = UNITS[0];
    for next in &UNITS[1..] {
        if value < 1000.0 {
            break;
        }
        value /= 1000.0;
        unit = next;
    }
    if value < 10.0 { format!("{value:.1} {unit}") } else { format!("{value:.0} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_never_speaks_in_our_voice() {
        for (text, ja) in [
            ("安全です」と確認しました", "「安全です』と確認しました」"),
            ("\u{1b}[2J\u{1b}[1;1H安全です", "「<U+001B>[2J<U+001B>[1;1H安全です」"),
            ("cod.exe\u{202e}", "「cod.exe<U+202E>」"),
            ("二行\n目", "「二行 目」"),
            ("見て https://evil.example/a.b", "「見て hxxps://evil[.]example/a.b」"),
            ("www.evil.example です", "「www[.]evil[.]example です」"),
        ] {
            assert_eq!(foreign(text, Lang::Ja), ja);
        }
        assert_eq!(foreign("say “ok”", Lang::En), "“say 'ok'”");
        assert!(foreign("שלום", Lang::Ja).starts_with("「\u{2068}"));
    }

    #[test]
    fn sentences_are_filled_by_name() {
        let arguments = Arguments::from([
            ("name".to_owned(), Value::foreign("山田様")),
            ("address".to_owned(), Value::address("info@evil.example")),
            ("size".to_owned(), Value::Bytes(35_400_000)),
        ]);
        assert_eq!(
            render(
                "表示名は{name}ですが、差出人アドレスは {address} です（{size}）{none}。",
                &arguments,
                Lang::Ja
            ),
            "表示名は「山田様」ですが、差出人アドレスは info@evil.example です（35 MB）。"
        );
        assert_eq!(render("a {broken", &arguments, Lang::En), "a broken");
    }

    #[test]
    fn brackets_around_nothing_are_left_out() {
        let arguments = Arguments::from([
            ("none".to_owned(), Value::list([])),
            ("one".to_owned(), Value::list([Value::address("yamada@partner.example")])),
        ]);
        for (template, lang, words) in [
            ("過去のやり取り（{none}）の文面", Lang::Ja, "過去のやり取りの文面"),
            ("of March 2026 ({none}).", Lang::En, "of March 2026."),
            ("過去のやり取り（{one}）の文面", Lang::Ja, "過去のやり取り（yamada@partner.example）の文面"),
            ("of March 2026 ({one}).", Lang::En, "of March 2026 (yamada@partner.example)."),
            ("（{none}、{one}）", Lang::Ja, "（、yamada@partner.example）"),
        ] {
            assert_eq!(render(template, &arguments, lang), words);
        }
    }
}

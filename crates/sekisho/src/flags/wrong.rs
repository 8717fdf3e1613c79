//! A command line that cannot be used, as clap tells it in English → the same in Japanese.
//!
//! What clap knows of it (which argument, which value, what is near) is taken from the error; a kind that is not known here stays in English.

use std::error::Error as _;
use std::num::{IntErrorKind, ParseIntError};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error};

use super::Flags;
use crate::words::{Bilingual, harmless};

/// The whole text in Japanese, with a line end; `None` where there are no words of ours for it.
pub fn in_japanese(error: &Error) -> Option<String> {
    let mut text = format!("エラー: {}{}\n", what(error)?, tips(error));
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        // Further lines stand below the first one.
        let usage = usage.to_string().replace("\n       ", "\n        ");
        text.push_str(&format!("\n使い方: {}\n", usage.trim_start_matches("Usage: ").trim_end()));
    }
    text.push_str("\n詳しくは --help を付けて実行してください。\n");
    Some(text)
}

fn what(error: &Error) -> Option<String> {
    let one = |kind| one(error, kind);
    let argument = || one(ContextKind::InvalidArg);
    Some(match error.kind() {
        ErrorKind::UnknownArgument => match argument()? {
            option if option.starts_with('-') => format!("「{option}」というオプションはありません"),
            word => format!("「{word}」は余分です"),
        },
        ErrorKind::InvalidSubcommand => {
            format!("「{}」というコマンドはありません", one(ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::MissingSubcommand => {
            let program = Flags::command();
            let is_hidden =
                |name: &String| program.find_subcommand(name).is_some_and(clap::Command::is_hide_set);
            let mut commands = several(error, ContextKind::ValidSubcommand);
            commands.retain(|name| !is_hidden(name));
            let commands = commands.join("、");
            format!(
                "「{}」のあとにコマンドを書いてください（{commands}）",
                one(ContextKind::InvalidSubcommand)?
            )
        }
        ErrorKind::MissingRequiredArgument => {
            format!("必要な指定がありません: {}", several(error, ContextKind::InvalidArg).join("、"))
        }
        ErrorKind::InvalidValue => {
            let possible = several(error, ContextKind::ValidValue).join("、");
            let possible =
                if possible.is_empty() { possible } else { format!("（使える値: {possible}）") };
            match one(ContextKind::InvalidValue)? {
                value if value.is_empty() => format!("「{}」に値がありません{possible}", argument()?),
                value => format!("「{}」の値「{value}」は使えません{possible}", argument()?),
            }
        }
        ErrorKind::ValueValidation => {
            let value = one(ContextKind::InvalidValue)?;
            format!("「{}」の値「{value}」は使えません。{}", argument()?, why_not(error))
        }
        ErrorKind::TooManyValues => {
            format!("「{}」に余分な値「{}」があります", argument()?, one(ContextKind::InvalidValue)?)
        }
        ErrorKind::ArgumentConflict => {
            let argument = argument()?;
            match several(error, ContextKind::PriorArg) {
                others if others.is_empty() => format!("「{argument}」は、ほかの指定と一緒には使えません"),
                others if others == [argument.as_str()] => format!("「{argument}」は一度しか指定できません"),
                others => format!("「{argument}」は「{}」と一緒には使えません", others.join("」「")),
            }
        }
        _ => return None,
    })
}

/// Why a value was refused.
fn why_not(error: &Error) -> String {
    let Some(source) = error.source() else { return "書き方を確かめてください".to_owned() };
    if let Some(words) = source.downcast_ref::<Bilingual>() {
        return words.ja.clone();
    }
    match source.downcast_ref::<ParseIntError>().map(ParseIntError::kind) {
        Some(IntErrorKind::Zero) => "1 以上の数を書いてください".to_owned(),
        Some(IntErrorKind::PosOverflow | IntErrorKind::NegOverflow) => "数が大きすぎます".to_owned(),
        Some(_) => "数字で書いてください".to_owned(),
        None => harmless(&source.to_string()),
    }
}

/// What was perhaps meant.
fn tips(error: &Error) -> String {
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near: Vec<String> = near.into_iter().flat_map(|kind| several(error, kind)).collect();
    let mut text = String::new();
    if !near.is_empty() {
        text.push_str(&format!("。「{}」のことですか", near.join("」「")));
    }
    let Some(ContextValue::StyledStrs(more)) = error.get(ContextKind::Suggested) else { return text };
    for tip in more.iter().map(|tip| harmless(&tip.to_string())) {
        // 'contacts --limit' exists / to pass '-x' as a value, use '-- -x'
        let quoted: Vec<&str> = tip.split('\'').skip(1).step_by(2).collect();
        match quoted.as_slice() {
            [there] => text.push_str(&format!("。「{there}」ならあります")),
            [value, so] => {
                text.push_str(&format!("。「{value}」を値として渡すときは「{so}」と書いてください"))
            }
            _ => {}
        }
    }
    text
}

fn one(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(harmless(text)),
        _ => None,
    }
}

fn several(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![harmless(text)],
        Some(ContextValue::Strings(texts)) => texts.iter().map(|text| harmless(text)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::flags::Flags;

    fn first_line(arguments: &[&str]) -> String {
        let error = Flags::parsed(["sekisho"].iter().chain(arguments).map(Into::into)).unwrap_err();
        let text = super::in_japanese(&error).unwrap_or_else(|| error.to_string());
        text.lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn what_is_wrong_is_said_in_japanese() {
        for (arguments, expected) in [
            (&["scan", "--jsn", "x"][..], "「--jsn」というオプションはありません。「--json」のことですか"),
            (
                &["scan", "-x"],
                "「-x」というオプションはありません。「-x」を値として渡すときは「-- -x」と書いてください",
            ),
            (&["explain", "a", "b"], "「b」は余分です"),
            (&["contacts", "confim", "a@b.example"], "「a@b.example」は余分です。「confirm」のことですか"),
            (&["skan", "x"], "「skan」というコマンドはありません。「scan」のことですか"),
            (&["scan"], "必要な指定がありません: <PATH>..."),
            (&["contacts", "confirm", "a@b.example"], "必要な指定がありません: --by <WHO>"),
            (
                &["scan", "--profile", "loud", "x"],
                "「--profile <PROFILE>」の値「loud」は使えません（使える値: watch、balanced、strict）",
            ),
            (&["scan", "--mailbox"], "「--mailbox <ADDRESS>」に値がありません"),
            (
                &["scan", "--as-of", "2026-13-01", "x"],
                "「--as-of <YYYY-MM-DD>」の値「2026-13-01」は使えません。日付は 2026-11-01 のように書いてください",
            ),
            (
                &["reports", "--since", "1", "x"],
                "「--since <YYYY-MM-DD>」の値「1」は使えません。日付は 2026-11-01 のように書いてください",
            ),
            (
                &["learn", "--mailbox", "sato", "x"],
                "「--mailbox <ADDRESS>」の値「sato」は使えません。メールアドレスは yamada@partner.example のように書いてください",
            ),
            (
                &["exceptions", "add", "--sender", "x"],
                "「--sender <ADDRESS>」の値「x」は使えません。yamada@partner.example か @partner.example のように書いてください",
            ),
            (
                &["scan", "--threads", "0", "x"],
                "「--threads <NUMBER>」の値「0」は使えません。1 以上の数を書いてください",
            ),
            (
                &["exceptions", "withdraw", "\u{1b}[2J"],
                "「<NUMBER>」の値「<U+001B>[2J」は使えません。数字で書いてください",
            ),
            (
                &["contacts", "--limit", "0"],
                "「--limit <NUMBER>」の値「0」は使えません。多くても何件まで出すかを、1 以上の数で書いてください",
            ),
            (
                &["conversations", "--limit", "-1"],
                "「--limit <NUMBER>」の値「-1」は使えません。多くても何件まで出すかを、1 以上の数で書いてください",
            ),
            (&["scan", "--json=1", "x"], "「--json」に余分な値「1」があります"),
            (&["import", "--staff", "--partners", "x"], "「--staff」は「--partners」と一緒には使えません"),
            (&["contacts", "--limit", "1", "--limit", "2"], "「--limit <NUMBER>」は一度しか指定できません"),
            (
                &["contacts", "--json", "legal-holds"],
                "「--json」は「contacts legal-holds」と一緒には使えません。「contacts legal-holds --json」ならあります",
            ),
            (
                &["contacts", "--limit", "1", "legal-holds"],
                "「--limit <NUMBER>」は「contacts legal-holds」と一緒には使えません",
            ),
        ] {
            assert_eq!(first_line(arguments), format!("エラー: {expected}"));
        }
    }
}

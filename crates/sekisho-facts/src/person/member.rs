//! Somebody shown by surname and organisation: 「菅原@北医院」, 「佐藤（みどり設計）」. Together they name one; alone each names many.

use super::organisation::{self, folded};
use super::{NameKey, is_letter_of_cjk};

/// Letters of a surname: 1 (森) to 4 (勅使河原).
const SURNAME_LETTERS_MAX: usize = 4;

impl NameKey {
    /// How somebody is written for comparison who is shown by surname and organisation alone, in whatever order and with or without the
    /// organisation's legal form; `None` where a name is not of that shape. Never equal to a spelling of a full name.
    pub fn member(name: &str) -> Option<String> {
        let name = folded(name);
        let (one, other) = apart(&name)?;
        let pair = |surname: &str, organisation: &str| {
            let surname = surname_of(surname)?;
            let organisation = organisation_of(organisation, name.contains('@'))?;
            Some(format!("{surname}@{organisation}"))
        };
        pair(one, other).or_else(|| pair(other, one))
    }
}

/// The two sides of the sign that stands between them, or of the space.
fn apart(name: &str) -> Option<(&str, &str)> {
    let name = name.trim();
    if let Some((before, after)) = name.split_once('@') {
        // A domain behind it makes it an address.
        return (!after.contains(['@', '.'])).then_some((before, after));
    }
    if let Some(sides) = name.split_once(['/', '|']) {
        return Some(sides);
    }
    let (open, close) = (['[', '【', '<', '〔', '「', '『'], [']', '】', '>', '〕', '」', '』']);
    if let Some((before, inside)) = name.split_once(open) {
        let (inside, after) = inside.split_once(close)?;
        return Some(if before.is_empty() { (inside, after) } else { (before, inside) });
    }
    // In round brackets the form 「(株)」 stands too, which divides nothing.
    let brackets = name.match_indices('(').filter_map(|(at, _)| name.split_at_checked(at));
    let divides = |(_, rest): &(&str, &str)| !organisation::begins_with_form(rest);
    match brackets.into_iter().find(divides) {
        Some((before, rest)) => Some((before, rest.strip_prefix('(')?.strip_suffix(')')?)),
        None => name.split_once(char::is_whitespace),
    }
}

fn surname_of(part: &str) -> Option<String> {
    let key = NameKey::shown(part);
    let [word] = key.words.as_slice() else { return None };
    let is_name = word.chars().all(is_letter_of_cjk) && word.chars().count() <= SURNAME_LETTERS_MAX;
    let is_full = NameKey::person(word).is_some();
    (is_name && !is_full && !organisation::is_no_person(word)).then(|| word.clone())
}

/// Behind an 「@」 everything is an organisation; elsewhere a remark may stand there (「佐藤（スマホ）」).
fn organisation_of(part: &str, is_behind_at: bool) -> Option<String> {
    let is_one = is_behind_at || organisation::is_organisation(part);
    is_one.then(|| organisation::of_shown(part)).flatten().map(|key| key.joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surname_and_organisation_name_one_however_they_stand() {
        for name in [
            "菅原@みどり設計",
            "菅原＠株式会社みどり設計",
            "菅原（みどり設計）",
            "菅原（（株）みどり設計）",
            "菅原様（㈱みどり設計）",
            "菅原/みどり設計",
            "【みどり設計】菅原",
            "みどり設計 菅原",
            "みどり設計（株） 菅原部長",
            "ミドリ設計　菅原",
        ] {
            assert_eq!(NameKey::member(name).as_deref(), Some("菅原@みどり設計"), "{name}");
        }
    }

    #[test]
    fn what_names_nobody_or_somebody_otherwise_is_left() {
        for name in [
            "",
            "菅原",
            "みどり設計",
            "みどり設計株式会社",
            "菅原 太郎",
            "菅原太郎（みどり設計）",
            "菅原（スマホ）",
            "菅原（経理担当）",
            "経理@みどり設計",
            "サポート（みどり設計）",
            "営業部 みどり設計",
            "菅原@営業部",
            "sugawara@midori.example",
            "菅原 sugawara@midori.example",
            "@",
            "（",
            "（株）",
        ] {
            assert_eq!(NameKey::member(name), None, "{name}");
        }
    }
}

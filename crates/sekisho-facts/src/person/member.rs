//! Somebody shown by surname and organisation: 「菅原@北医院」, 「佐藤（みどり設計）」. Together they name one; alone each names many.

use super::forms::{begins_with_form, without_form_words};
use super::glued::without_remark;
use super::organisation::{self, folded};
use super::roles::{is_department_word, is_no_person, is_organisation_word};
use super::{NameKey, is_letter_of_cjk, surnames};

/// Letters of a surname: 1 (森) to 4 (勅使河原).
const SURNAME_LETTERS_MAX: usize = 4;

/// Words of a shown name that surname and organisation may be.
const WORDS_MAX: usize = 4;

/// Letters of a name in Latin letters that stands for its owner beside a firm's.
const LATIN_LETTERS_MIN: usize = 4;

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

impl NameKey {
    /// How somebody whose full name and organisation are known would be written by surname and organisation alone, as [`NameKey::member`]
    /// writes it. A full name without a space has the surnames that may begin it.
    pub fn membership(person: &str, organisation: &str) -> Vec<String> {
        let Some(person) = NameKey::person(person) else { return Vec::new() };
        let Some(organisation) = organisation_of(&folded(organisation), false) else { return Vec::new() };
        let surnames: Vec<&str> = match person.words.as_slice() {
            // In Latin letters nobody knows which of them is the surname, and either may be shown.
            words if !person.is_cjk() => {
                words.iter().map(String::as_str).filter(|word| is_latin_name(word)).collect()
            }
            [family, _] => vec![family.as_str()],
            [whole] => surnames::beginning(whole).collect(),
            _ => Vec::new(),
        };
        surnames.into_iter().map(|surname| format!("{surname}@{organisation}")).collect()
    }

    /// The members that a shown name may be of, whatever stands between surname and organisation and however the organisation is called:
    /// to be looked up, for a remark stands in the same places (「佐藤（スマホ）」).
    pub fn members_in(name: &str) -> Vec<String> {
        let shown = NameKey::shown(&without_form_words(&folded(name)));
        let is_department =
            |word: &&str| is_department_word(word) && !before_departments(word).any(is_organisation_word);
        let words: Vec<&str> =
            shown.words.iter().map(|word| behind_no(word)).filter(|word| !is_department(word)).collect();
        let mut found = Vec::new();
        match words.as_slice() {
            [] => {}
            [whole] => found.extend(glued(whole)),
            [first, .., last] if words.len() <= WORDS_MAX => {
                let without = |side: &[&str]| side.join(" ");
                found.extend(pairs(first, &without(words.get(1..).unwrap_or_default())));
                found.extend(pairs(last, &without(words.get(..words.len() - 1).unwrap_or_default())));
                // 「北斗建設 パラリーガル 三浦」: what stands between is no part of the firm's name.
                if surnames::is_surname(last) {
                    found.extend(pairs(last, first));
                }
            }
            _ => {}
        }
        found
    }
}

/// Of the organisation as it stands there, and of what stands before a department in the same word (「北斗建設工事部」).
fn pairs(surname: &str, organisation: &str) -> Vec<String> {
    let latin = || is_latin_name(surname).then(|| surname.to_owned());
    let whole = organisation::of_shown(organisation);
    let (Some(surname), Some(whole)) = (surname_of(surname).or_else(latin), whole) else { return Vec::new() };
    let firms = before_departments(&whole.joined).chain([whole.joined.as_str()]);
    firms.map(|firm| format!("{surname}@{firm}")).collect()
}

/// What may be an organisation and stands before a department in one word.
fn before_departments(word: &str) -> impl Iterator<Item = &str> {
    let parts = word.char_indices().filter_map(|(at, _)| word.split_at_checked(at));
    let before = parts.filter(|(_, behind)| is_department_word(behind)).map(|(firm, _)| firm);
    before.filter(|firm| organisation::of_shown(firm).is_some())
}

/// 「の三浦」, behind a legal form.
fn behind_no(word: &str) -> &str {
    word.strip_prefix('の').filter(|behind| surnames::is_surname(behind)).unwrap_or(word)
}

/// 「北斗建設三浦」, 「北斗建設の三浦」
fn glued(word: &str) -> Vec<String> {
    let word = without_remark(word).unwrap_or(word);
    let ends = word.char_indices().map(|(at, _)| at).filter_map(|at| word.split_at_checked(at));
    let sides = ends.filter(|(_, surname)| surnames::is_surname(surname));
    sides.flat_map(|(firm, surname)| pairs(surname, firm.trim_end_matches('の'))).collect()
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
    let divides = |(_, rest): &(&str, &str)| !begins_with_form(rest);
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
    (is_name && !is_full && !is_no_person(word)).then(|| word.clone())
}

/// Whether a word in Latin letters may be somebody's name; shorter ones are too many words.
fn is_latin_name(word: &str) -> bool {
    word.len() >= LATIN_LETTERS_MIN && word.chars().all(|c| c.is_ascii_alphabetic()) && !is_no_person(word)
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
    fn a_known_member_is_found_however_surname_and_organisation_are_shown() {
        for (person, organisation, shown) in [
            ("三浦 健太郎", "株式会社北斗建設", "株式会社北斗建設 三浦"),
            ("三浦 健太郎", "株式会社北斗建設", "三浦（株式会社北斗建設）"),
            ("三浦 健太郎", "株式会社北斗建設", "三浦（北斗建設）"),
            ("三浦 健太郎", "株式会社北斗建設", "株式会社北斗建設／三浦"),
            ("三浦 健太郎", "株式会社北斗建設", "三浦＠北斗建設"),
            ("三浦 健太郎", "株式会社北斗建設", "㈱北斗建設　工事部　三浦様"),
            ("三浦 健太郎", "株式会社北斗建設", "三浦（株式会社北斗建設 工事部）"),
            ("三浦 健太郎", "㈱北斗建設", "【北斗建設】三浦"),
            ("三浦 健太郎", "㈱北斗建設", "北斗建設三浦"),
            ("三浦 健太郎", "㈱北斗建設", "北斗建設の三浦です"),
            ("三浦 健太郎", "㈱北斗建設", "株式会社北斗建設の三浦"),
            ("三浦 健太郎", "㈱北斗建設", "北斗建設工事部の三浦"),
            ("三浦 健太郎", "㈱北斗建設", "三浦（北斗建設第二営業部）"),
            ("三浦 健太郎", "㈱北斗建設", "株式会社北斗建設大阪支店 三浦"),
            ("三浦 健太郎", "㈱北斗建設", "北斗建設工事部 三浦"),
            ("三浦 健太郎", "㈱北斗建設", "北斗建設総務部総務課 三浦"),
            ("三浦 健太郎", "北斗建設株式会社", "北斗建設株式会社の三浦"),
            ("三浦 健太郎", "北斗建設株式会社", "北斗建設株式会社 DTP 三浦"),
            ("服部 智也", "株式会社北斗建設", "北斗建設 服部部長"),
            ("三浦健太郎", "㈱北斗建設", "北斗建設 三浦"),
            ("長谷川恵", "㈱北斗建設", "北斗建設 長谷川"),
            ("服部 智也", "楓ソフトウェア株式会社", "楓ソフトウェア 服部"),
            ("服部 智也", "楓ソフトウェア株式会社", "服部（楓ソフトウェア）"),
            ("秋山 文子", "清涼法律事務所", "清涼法律事務所 秋山"),
            ("鱸 健太郎", "株式会社北斗建設", "北斗建設 鱸"),
            ("服部 智也", "Kaede Software株式会社", "Kaede Software株式会社 服部"),
            ("Nora Field", "Brightwater Ltd", "Field (Brightwater Ltd)"),
            ("Nora Field", "Brightwater Tools Ltd", "Nora, Brightwater Tools"),
        ] {
            let known = NameKey::membership(person, organisation);
            let found = NameKey::members_in(shown);
            assert!(known.iter().any(|known| found.contains(known)), "{shown}: {known:?} {found:?}");
        }
    }

    #[test]
    fn another_surname_or_organisation_is_no_member() {
        let known = NameKey::membership("三浦 健太郎", "株式会社北斗建設");
        assert_eq!(known, ["三浦@北斗建設"]);
        for shown in [
            "三浦",
            "北斗建設",
            "株式会社北斗建設",
            "北斗建設 大野",
            "三浦（南斗建設）",
            "三浦 次郎（北斗建設）",
            "北斗建設 三浦 次郎",
            "北斗建設 工事部",
            "三浦（スマホ）",
            "三浦半島北斗建設",
            "",
        ] {
            let found = NameKey::members_in(shown);
            assert!(!known.iter().any(|known| found.contains(known)), "{shown}: {found:?}");
        }
        for (person, organisation) in
            [("三浦", "株式会社北斗建設"), ("三浦 健太郎", "工事部"), ("三浦 健太郎", "スマホ")]
        {
            assert!(NameKey::membership(person, organisation).is_empty(), "{person} {organisation}");
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

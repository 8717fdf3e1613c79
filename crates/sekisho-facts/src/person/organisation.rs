//! Names of organisations: their legal form taken off, generic words refused, and told from names of people.

use sekisho_mail::{is_institution, is_latin_institution};
use unicode_normalization::UnicodeNormalization;

use super::firm::behind_departments;
use super::forms::{is_latin_form, without_forms};
use super::roles::{is_organisation_word, is_role_alone};
use super::{NameKey, WORDS_MAX};
use crate::look_alikes::is_invisible;

/// An organisation's name without its form must have so many letters: 「緑」 stands in too many other names.
const LETTERS_CJK_MIN: usize = 3;

/// As for Latin letters.
const LETTERS_LATIN_MIN: usize = 5;

/// Longer names are sentences.
const LETTERS_MAX: usize = 40;

impl NameKey {
    /// The key of an organisation's name that bears its legal form (「株式会社みどり設計」, "Midori Inc.") or names an institution
    /// (「清涼法律事務所」, "Brightwater Law Office"); `None` where neither stands in it, or what remains is too short or generic to name
    /// anybody.
    pub fn organisation(name: &str) -> Option<Self> {
        let folded = folded(name);
        match without_forms(&behind_departments(&folded)) {
            Some(bare) => of_bare(&bare),
            None => of_bare(institution(&folded)?),
        }
    }

    /// The spellings of all organisations' names that may stand in a shown name, with or without their form.
    pub fn organisations_in(name: &str) -> Vec<String> {
        let folded = folded(name);
        let bare = without_forms(&folded).unwrap_or(folded);
        let shown = Self::shown(&bare);
        let words = shown.words.get(..WORDS_MAX.min(shown.words.len())).unwrap_or_default();
        // A name of more words than are looked up is found where it stands alone.
        let mut found: Vec<String> = Self::organisation(name).into_iter().map(|key| key.joined).collect();
        for length in 1..=3.min(words.len()) {
            for run in words.windows(length) {
                found.extend(of_bare(&run.join(" ")).map(|key| key.joined));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// How an organisation's name is written for comparison.
    pub fn spelling(&self) -> &str {
        &self.joined
    }
}

/// Whether a name, folded, is recognised as an organisation's by its form or its ending.
pub(super) fn is_organisation(folded: &str) -> bool {
    without_forms(folded).is_some()
        || NameKey::shown(folded).words.last().is_some_and(|word| is_organisation_word(word))
}

/// A name without what stands in brackets behind it: 「佐藤花子（みどり設計）」, "Sato (via list)". Brackets at the beginning stay out too.
pub(super) fn without_brackets(name: &str) -> String {
    let name: String = name.nfkc().collect();
    let mut depth = 0_u32;
    let mut bare = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '(' | '[' | '【' | '<' | '〔' | '{' | '「' | '『' => {
                depth += 1;
                bare.push(' ');
            }
            ')' | ']' | '】' | '>' | '〕' | '}' | '」' | '』' => depth = depth.saturating_sub(1),
            // 佐藤花子/みどり設計, 佐藤花子@みどり設計, 佐藤花子|みどり設計
            '/' | '|' if depth == 0 => break,
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// The key of a name, folded, of which it is known that it is an organisation's.
pub(super) fn of_shown(folded: &str) -> Option<NameKey> {
    of_bare(&without_forms(folded).unwrap_or_else(|| folded.to_owned()))
}

/// The institution that a name, folded, is of: its department or one of its people may stand beside it.
fn institution(folded: &str) -> Option<&str> {
    if folded.contains(|c| c >= '\u{3040}') {
        let words = folded.split(|c: char| c.is_whitespace() || "()[]【】「」『』<>/|,、・:".contains(c));
        let untitled = |word: &'_ str| word.strip_suffix("御中").unwrap_or(word).len();
        return words.filter_map(|word| word.get(..untitled(word))).find(|word| is_institution(word));
    }
    let is_one = |part: &&str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        is_latin_institution(&words)
    };
    folded.split(['(', ')', '[', ']', '<', '>', '/', '|', ',']).map(str::trim).find(is_one)
}

fn of_bare(bare: &str) -> Option<NameKey> {
    let shown = NameKey::shown(bare);
    let words: Vec<String> = shown.words.into_iter().filter(|word| !is_latin_form(word)).collect();
    let is_generic = words.iter().all(|word| is_role_alone(word));
    let joined = words.concat();
    let letters = joined.chars().count();
    let least = if joined.chars().any(|c| c >= '\u{3040}') { LETTERS_CJK_MIN } else { LETTERS_LATIN_MIN };
    let is_number = joined.chars().all(char::is_numeric);
    (!is_generic && !is_number && (least..=LETTERS_MAX).contains(&letters))
        .then_some(NameKey { words, joined })
}

pub(super) fn folded(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|c| !is_invisible(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_are_one_however_their_form_is_written() {
        let key = NameKey::organisation("株式会社みどり設計").unwrap();
        for name in [
            "みどり設計株式会社",
            "㈱みどり設計",
            "（株）ミドリ設計",
            "(株) みどり設計 営業部",
            "株式会社 みどり設計 佐藤花子",
            "営業部 みどり設計㈱",
            "みどり設計（株）御中",
        ] {
            assert_eq!(
                NameKey::organisation(name).as_ref().map(NameKey::spelling),
                Some(key.spelling()),
                "{name}"
            );
        }
        let latin = NameKey::organisation("Midori Design Inc.").unwrap();
        for name in [
            "MIDORI DESIGN, INC.",
            "Midori Design Co., Ltd.",
            "Midori Design Corporation",
            "Midori Design K.K.",
        ] {
            assert_eq!(
                NameKey::organisation(name).as_ref().map(NameKey::spelling),
                Some(latin.spelling()),
                "{name}"
            );
        }
    }

    #[test]
    fn institutions_bear_no_form() {
        for (name, expected) in [
            ("清涼法律事務所", "清涼法律事務所"),
            ("弁護士法人清涼法律事務所", "清涼法律事務所"),
            ("清涼法律事務所 経理部", "清涼法律事務所"),
            ("秋山文子（清涼法律事務所）", "清涼法律事務所"),
            ("清涼法律事務所　秋山 文子", "清涼法律事務所"),
            ("清涼法律事務所御中", "清涼法律事務所"),
            ("ワカバ歯科クリニック", "わかば歯科くりにっく"),
            ("青葉大学 学生課", "青葉大学"),
            ("すみれ印刷 森", "すみれ印刷"),
            ("【北川町役場】総務課", "北川町役場"),
            ("Brightwater Law Office", "brightwaterlawoffice"),
            ("Nora Field, Brightwater Law Office", "brightwaterlawoffice"),
            ("Field & Partners", "fieldpartners"),
            ("Brightwater University", "brightwateruniversity"),
        ] {
            let found = NameKey::organisation(name);
            assert_eq!(found.as_ref().map(NameKey::spelling), Some(expected), "{name}");
            assert!(NameKey::organisations_in(name).contains(&expected.to_owned()), "{name}");
        }
        for name in [
            "法律事務所",
            "東京事務所",
            "総合病院",
            "清涼法律事務所の件",
            "Head Office",
            "General Hospital",
            "Our University",
            "Brightwater",
        ] {
            assert_eq!(NameKey::organisation(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_short_or_generic_names_no_organisation() {
        for name in [
            "みどり設計",
            "株式会社",
            "㈱緑",
            "株式会社 営業部",
            "サポート(株)",
            "Co., Ltd.",
            "Info Inc.",
            "12345 Inc.",
            "佐藤花子",
        ] {
            assert_eq!(NameKey::organisation(name), None, "{name}");
        }
    }

    #[test]
    fn organisations_are_found_in_what_is_shown() {
        for shown in [
            "みどり設計 サポート",
            "【みどり設計】ご請求",
            "みどり設計株式会社",
            "ミドリ設計(株) 経理部",
            "佐藤（みどり設計）",
        ] {
            assert!(NameKey::organisations_in(shown).contains(&"みどり設計".to_owned()), "{shown}");
        }
        assert!(!NameKey::organisations_in("みどり設備").contains(&"みどり設計".to_owned()));
        assert!(NameKey::organisations_in("営業部 サポート").is_empty());
    }
}

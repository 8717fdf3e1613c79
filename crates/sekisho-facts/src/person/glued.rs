//! A word → the full names that may stand in it with an office, a department, an organisation or a remark: 「代表取締役中島誠」,
//! 「足柄運輸桑原みどり」, 「三浦健太郎携帯」. They are compared with the names of people who are known.
//!
//! 「長谷川恵」 is not 谷川恵, and 「中島誠司」 not 中島誠: what stands beside a name must be something that does.

use sekisho_mail::OFFICES;

use super::is_letter_of_cjk;
use super::roles::is_no_person;

/// Letters of a full name.
const NAME_LETTERS_MIN: usize = 3;
const NAME_LETTERS_MAX: usize = 8;

/// Letters of the longest word that is looked at.
const WORD_LETTERS_MAX: usize = 32;

/// Letters before a name that are an organisation, whatever it is called: no surname is so long.
const ORGANISATION_LETTERS_MIN: usize = 4;

/// What is written behind a name, folded.
const REMARKS: &[&str] =
    &["すまほ", "携帯", "個人", "代理", "本人", "私用", "より", "から", "です", "宛", "拝"];

/// These names.
pub(super) fn names_in(word: &str) -> impl Iterator<Item = &str> {
    let letters = word.chars().count();
    let is_looked_at =
        letters > NAME_LETTERS_MIN && letters <= WORD_LETTERS_MAX && word.chars().all(is_letter_of_cjk);
    let starts = word.char_indices().map(|(at, _)| at).filter(move |_| is_looked_at);
    starts
        .filter_map(|at| word.split_at_checked(at))
        .filter(|(before, _)| before.is_empty() || stands_before(before))
        .flat_map(|(before, name)| {
            let whole = Some(name).filter(|_| !before.is_empty());
            whole.into_iter().chain(without_behind(name))
        })
        .filter(|name| (NAME_LETTERS_MIN..=NAME_LETTERS_MAX).contains(&name.chars().count()))
}

/// A word without the remark behind it.
pub(super) fn without_remark(word: &str) -> Option<&str> {
    REMARKS.iter().find_map(|remark| word.strip_suffix(remark))
}

fn stands_before(before: &str) -> bool {
    before.ends_with('の')
        || before.chars().count() >= ORGANISATION_LETTERS_MIN
        || is_no_person(before)
        || OFFICES.iter().any(|office| before.ends_with(office))
}

/// What stands before a remark or a department.
fn without_behind(name: &str) -> impl Iterator<Item = &str> {
    let ends = name.char_indices().map(|(at, _)| at).skip(NAME_LETTERS_MIN).take(NAME_LETTERS_MAX);
    let ends = ends.filter_map(|at| name.split_at_checked(at));
    let departments = ends.filter(|(_, behind)| is_no_person(behind)).map(|(name, _)| name);
    without_remark(name).into_iter().chain(departments)
}

#[cfg(test)]
mod tests {
    use crate::NameKey;

    #[test]
    fn a_full_name_is_known_in_one_word_with_what_it_stands_beside() {
        let is_held = |shown: &str, name: &str| {
            let (shown, key) = (NameKey::shown(shown), NameKey::full(name).unwrap());
            let is_run = key.spellings().iter().any(|spelling| shown.runs().contains(spelling));
            assert_eq!(shown.holds(&key), is_run, "{name}");
            is_run
        };
        for (shown, name) in [
            ("代表取締役中島誠", "中島 誠"),
            ("代表取締役社長中島誠", "中島 誠"),
            ("会長中島誠", "中島 誠"),
            ("足柄運輸桑原みどり", "桑原 みどり"),
            ("株式会社北斗建設三浦健太郎", "三浦 健太郎"),
            ("㈱北斗建設三浦健太郎", "三浦 健太郎"),
            ("工事部三浦健太郎", "三浦 健太郎"),
            ("担当三浦健太郎", "三浦 健太郎"),
            ("今村鉄男配車係", "今村 鉄男"),
            ("北斗建設の三浦健太郎です", "三浦 健太郎"),
            ("三浦健太郎（携帯）", "三浦 健太郎"),
            ("三浦健太郎携帯", "三浦 健太郎"),
            ("三浦健太郎より", "三浦 健太郎"),
            ("関ロ太ー", "関口 太一"),
            ("\u{202e}郎太健浦三", "三浦 健太郎"),
            ("Маkоtо Nаkаjіmа", "Makoto Nakajima"),
        ] {
            assert!(is_held(shown, name), "{shown}");
        }
        for (shown, name) in [
            ("中島誠司", "中島 誠"),
            ("長谷川恵", "谷川 恵"),
            ("西中島誠", "中島 誠"),
            ("大森一郎", "森 一郎"),
            ("三浦健太郎太", "三浦 健太郎"),
            ("中島誠一郎です", "中島 誠"),
            ("北斗建設三浦", "三浦 健太郎"),
            ("中島", "中島 誠"),
        ] {
            assert!(!is_held(shown, name), "{shown}");
        }
    }
}

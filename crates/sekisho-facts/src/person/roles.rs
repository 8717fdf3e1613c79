//! Words of departments, roles and trades: no part of a person's name, and alone no organisation's.

use std::collections::HashSet;
use std::sync::LazyLock;

use sekisho_mail::INSTITUTIONS;

use super::fold_letter;
use super::forms::{has_form, is_latin_form};
use super::surnames::is_surname;

/// Endings of departments and roles: such a word names no person, and alone no organisation either.
const ROLE_ENDINGS: &[&str] = &[
    "営業部",
    "窓口",
    "担当",
    "担当者",
    "受付",
    "事務局",
    "編集部",
    "人事",
    "総務",
    "経理",
    "営業",
    "広報",
    "法務",
    "購買",
    "調達",
    "採用",
    "管理者",
    "代表",
    "本社",
    "支社",
    "支店",
    "営業所",
    "さぽーと",
    "せんたー",
    "でくす",
    "ちーむ",
    "ぐるーぷ",
    "お客様",
    "お問い合わせ",
    "お問合せ",
    "問い合わせ",
    "お知らせ",
    "通知",
    "自動配信",
    "配信専用",
    "送信専用",
    "めーるまがじん",
    "めるまが",
    "にゅーす",
    "御中",
    "各位",
    "関係者",
    "皆様",
];

/// Endings of organisations' names besides those of [`INSTITUTIONS`]: their trade or what they are. Such a word names no person, and alone no
/// organisation either.
const ORGANISATION_ENDINGS: &[&str] = &[
    "設計",
    "建設",
    "建築",
    "工業",
    "工房",
    "商事",
    "製造",
    "製薬",
    "産業",
    "物産",
    "興業",
    "小学校",
    "中学校",
    "ほてる",
    "研究会",
    "委員会",
    "役場",
    "保険",
    "証券",
    "運輸",
    "運送",
    "物流",
    "電機",
    "電気",
    "電力",
    "不動産",
    "会計",
    "法律",
    "印刷",
    "出版",
    "農園",
    "社",
    "ほーるでぃんぐす",
    "しすてむ",
    "しすてむず",
    "さーびす",
];

/// Endings of departments that surnames have too: 営業部 is one, 服部 is not.
const DEPARTMENT_ENDINGS: &[char] = &['部', '課', '係', '室', '局', '班'];

/// Latin words of roles and services.
const ROLE_WORDS: &[&str] = &[
    "info",
    "support",
    "sales",
    "team",
    "service",
    "services",
    "noreply",
    "reply",
    "no",
    "admin",
    "administrator",
    "office",
    "help",
    "helpdesk",
    "desk",
    "customer",
    "center",
    "centre",
    "contact",
    "news",
    "newsletter",
    "notification",
    "notifications",
    "alert",
    "alerts",
    "billing",
    "accounting",
    "accounts",
    "hr",
    "mail",
    "mailer",
    "daemon",
    "postmaster",
    "webmaster",
    "system",
    "the",
    "via",
    "department",
    "dept",
    "group",
    "list",
    "ml",
    "bot",
    "account",
    "security",
    "marketing",
    "order",
    "orders",
    "shop",
    "store",
    "online",
    "japan",
    "tokyo",
    "osaka",
    "co",
    "jp",
    "com",
];

/// A shorter word is a surname's (服部) rather than a department's.
const DEPARTMENT_LETTERS_MIN: usize = 3;

/// Whether a word, folded, is an organisation's, a department's or a role's, and no part of a person's name.
pub(super) fn is_no_person(word: &str) -> bool {
    has_form(word) || is_latin_form(word) || is_role(word)
}

/// Whether a word, folded, is a department's or a role's and no trade.
pub(super) fn is_department_word(word: &str) -> bool {
    is_role(word) && !is_organisation_word(word)
}

/// Whether a word, folded, ends as organisations' names do.
pub(super) fn is_organisation_word(word: &str) -> bool {
    ends_in(word, &ORGANISATIONS)
}

fn is_role(word: &str) -> bool {
    let is_department = word.ends_with(DEPARTMENT_ENDINGS)
        && word.chars().count() >= DEPARTMENT_LETTERS_MIN
        && !is_surname(word);
    if is_department {
        return true;
    }
    ROLE_WORDS.contains(&word) || ends_in(word, &ROLES) || is_organisation_word(word)
}

/// Whether one of the endings ends a word.
fn ends_in(word: &str, endings: &HashSet<String>) -> bool {
    let starts = word.char_indices().rev().take(ENDING_LETTERS_MAX);
    starts.filter_map(|(at, _)| word.get(at..)).any(|ending| endings.contains(ending))
}

/// Whether a word is nothing but a role, a department or a trade.
pub(super) fn is_role_alone(word: &str) -> bool {
    if word.ends_with(DEPARTMENT_ENDINGS) && word.chars().count() <= 4 {
        return true;
    }
    ROLE_WORDS.contains(&word) || ROLES.contains(word) || ORGANISATIONS.contains(word)
}

/// Letters of the longest ending.
const ENDING_LETTERS_MAX: usize = 12;

/// Endings, folded.
static ROLES: LazyLock<HashSet<String>> = LazyLock::new(|| folded(ROLE_ENDINGS.iter()));
static ORGANISATIONS: LazyLock<HashSet<String>> =
    LazyLock::new(|| folded(ORGANISATION_ENDINGS.iter().chain(INSTITUTIONS)));

fn folded<'e>(endings: impl Iterator<Item = &'e &'e str>) -> HashSet<String> {
    endings.map(|ending| ending.chars().map(fold_letter).collect()).collect()
}

#[test]
fn no_ending_is_longer_than_is_looked_at() {
    let all = ROLES.iter().chain(ORGANISATIONS.iter());
    assert!(all.map(|ending| ending.chars().count()).max() <= Some(ENDING_LETTERS_MAX));
}

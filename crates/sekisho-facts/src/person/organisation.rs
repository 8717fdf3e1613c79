//! Names of organisations: their legal form taken off, generic words refused, and told from names of people.

use sekisho_mail::is_trade;
use unicode_normalization::UnicodeNormalization;

use super::firm::behind_departments;
use super::surnames::is_surname;
use super::{NameKey, WORDS_MAX, fold_letter, is_invisible};

/// Legal forms, as NFKC and lower case write them; the longer ones first. ㈱ is （株） there.
pub(super) const FORMS: &[&str] = &[
    "特定非営利活動法人",
    "地方独立行政法人",
    "独立行政法人",
    "国立大学法人",
    "社会福祉法人",
    "一般社団法人",
    "公益社団法人",
    "一般財団法人",
    "公益財団法人",
    "税理士法人",
    "弁護士法人",
    "司法書士法人",
    "行政書士法人",
    "社会医療法人",
    "医療法人社団",
    "医療法人財団",
    "医療法人",
    "学校法人",
    "宗教法人",
    "npo法人",
    "協同組合",
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "(株)",
    "(有)",
    "(合)",
    "(社)",
    "(財)",
    "(福)",
    "(医)",
    "(学)",
    "kabushiki kaisha",
    "kabushiki-kaisha",
    "co., ltd.",
    "co.,ltd.",
    "co., ltd",
    "co.,ltd",
    "co ltd",
    "corporation",
    "incorporated",
    "limited",
];

/// Legal forms that are whole words at an end of the name.
pub(super) const FORM_WORDS: &[&str] = &[
    "inc", "ltd", "llc", "llp", "corp", "co", "kk", "gmbh", "kg", "ag", "sa", "bv", "nv", "oy", "ab", "plc",
    "pte", "pty", "srl", "sarl",
];

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

/// Endings of organisations' names: their trade or what they are. Such a word names no person, and alone no organisation either.
const ORGANISATION_ENDINGS: &[&str] = &[
    "事務所",
    "設計",
    "建設",
    "建築",
    "工業",
    "工務店",
    "工房",
    "商事",
    "商会",
    "商店",
    "製作所",
    "製造",
    "製薬",
    "産業",
    "物産",
    "興業",
    "銀行",
    "信用金庫",
    "病院",
    "医院",
    "歯科",
    "くりにっく",
    "診療所",
    "薬局",
    "大学",
    "高校",
    "学校",
    "小学校",
    "中学校",
    "幼稚園",
    "保育園",
    "こども園",
    "学園",
    "学院",
    "図書館",
    "美術館",
    "博物館",
    "旅館",
    "ほてる",
    "協会",
    "学会",
    "組合",
    "財団",
    "研究会",
    "研究所",
    "委員会",
    "連盟",
    "連合会",
    "商工会",
    "商工会議所",
    "市役所",
    "区役所",
    "役場",
    "県庁",
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

/// An organisation's name without its form must have so many letters: 「緑」 stands in too many other names.
const LETTERS_CJK_MIN: usize = 3;

/// As for Latin letters.
const LETTERS_LATIN_MIN: usize = 5;

/// Longer names are sentences.
const LETTERS_MAX: usize = 40;

impl NameKey {
    /// The key of an organisation's name that bears its legal form (「株式会社みどり設計」, "Midori Inc."); `None` where no form stands in it,
    /// or what remains is too short or generic to name anybody.
    pub fn organisation(name: &str) -> Option<Self> {
        let folded = folded(name);
        let bare = without_forms(&behind_departments(&folded))?;
        of_bare(&bare)
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

/// Whether a word, folded, is an organisation's, a department's or a role's, and no part of a person's name.
pub(super) fn is_no_person(word: &str) -> bool {
    let has_form = FORMS.iter().any(|form| word.contains(form));
    has_form || FORM_WORDS.contains(&word) || is_role(word)
}

/// A name, folded, without the legal forms in it.
pub(super) fn without_form_words(folded: &str) -> String {
    FORMS.iter().fold(folded.to_owned(), |name, form| name.replace(form, " "))
}

/// Whether a word, folded, is a department's or a role's and no trade.
pub(super) fn is_department_word(word: &str) -> bool {
    is_role(word) && !ends_in(word, ORGANISATION_ENDINGS)
}

/// Whether a text, folded, begins with a legal form.
pub(super) fn begins_with_form(folded: &str) -> bool {
    FORMS.iter().any(|form| folded.starts_with(form))
}

/// Whether a name, folded, is recognised as an organisation's by its form or its ending.
pub(super) fn is_organisation(folded: &str) -> bool {
    without_forms(folded).is_some()
        || NameKey::shown(folded).words.last().is_some_and(|word| ends_in(word, ORGANISATION_ENDINGS))
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

fn of_bare(bare: &str) -> Option<NameKey> {
    let shown = NameKey::shown(bare);
    let words: Vec<String> =
        shown.words.into_iter().filter(|word| !FORM_WORDS.contains(&word.as_str())).collect();
    let is_generic = words.iter().all(|word| is_role_alone(word));
    let joined = words.concat();
    let letters = joined.chars().count();
    let least = if joined.chars().any(|c| c >= '\u{3040}') { LETTERS_CJK_MIN } else { LETTERS_LATIN_MIN };
    let is_number = joined.chars().all(char::is_numeric);
    (!is_generic && !is_number && (least..=LETTERS_MAX).contains(&letters))
        .then_some(NameKey { words, joined })
}

/// What stands beside the legal form: behind it (「株式会社みどり設計」) or before it (「みどり設計株式会社」); departments and people that follow
/// after a space are left out. `None` where there is no form.
fn without_forms(folded: &str) -> Option<String> {
    if let Some((before, after)) = around_form(folded, |_| true) {
        let form = folded.get(before.len()..folded.len() - after.len()).unwrap_or_default();
        let is_latin = form.is_ascii() && !form.starts_with('(');
        let is_touched = touches(before);
        let (before, after) = (before.trim(), after.trim());
        let before_name = if is_latin { Some(before) } else { last_name(before) };
        // A word that ends where the form begins belongs to it.
        return match before_name {
            Some(name) if is_touched || after.is_empty() || is_latin => Some(name.to_owned()),
            _ => first_name(after).map(str::to_owned),
        };
    }
    let words: Vec<&str> =
        folded.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let form = words
        .iter()
        .position(|word| FORM_WORDS.contains(&word.trim_end_matches('.').replace('.', "").as_str()))?;
    (form > 0).then(|| words.get(..form).unwrap_or_default().join(" "))
}

/// What stands before and behind the first of the legal forms that are asked for.
pub(super) fn around_form(folded: &str, is_asked_for: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let forms = FORMS.iter().filter(|form| is_asked_for(form));
    let (form, at) = forms
        .filter_map(|form| Some((*form, folded.find(form)?)))
        .min_by_key(|(form, at)| (*at, usize::MAX - form.len()))?;
    Some((folded.get(..at)?, folded.get(at + form.len()..)?))
}

/// Whether what stands before a legal form goes on in it.
pub(super) fn touches(before: &str) -> bool {
    !before.is_empty() && !before.ends_with(char::is_whitespace)
}

/// The last word, with the word before it where it is no more than a trade: 「Acme Tools㈱」.
fn last_name(before: &str) -> Option<&str> {
    let last = before.split_whitespace().next_back()?;
    let rest = before.strip_suffix(last)?.trim_end();
    match rest.split_whitespace().next_back() {
        Some(word) if is_trade(last) => before.get(rest.len() - word.len()..),
        _ => Some(last),
    }
}

/// The first word, with the trades that follow it: 「㈱Acme Tools」.
fn first_name(after: &str) -> Option<&str> {
    let first = after.split_whitespace().next()?;
    let mut end = first.len();
    for word in after.split_whitespace().skip(1).take_while(|word| is_trade(word)) {
        end = after.get(end..)?.find(word)? + end + word.len();
    }
    after.get(..end)
}

pub(super) fn folded(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|c| !is_invisible(*c)).collect()
}

fn is_role(word: &str) -> bool {
    let is_department =
        word.ends_with(DEPARTMENT_ENDINGS) && word.chars().count() >= LETTERS_CJK_MIN && !is_surname(word);
    if is_department {
        return true;
    }
    ROLE_WORDS.contains(&word) || ends_in(word, ROLE_ENDINGS) || ends_in(word, ORGANISATION_ENDINGS)
}

fn ends_in(word: &str, endings: &[&str]) -> bool {
    let is_end = |ending: &&str| {
        let mut letters = word.chars().rev();
        ending.chars().rev().all(|letter| letters.next() == Some(fold_letter(letter)))
    };
    endings.iter().any(is_end)
}

/// Whether a word is nothing but a role, a department or a trade.
fn is_role_alone(word: &str) -> bool {
    if word.ends_with(DEPARTMENT_ENDINGS) && word.chars().count() <= 4 {
        return true;
    }
    let is_ending = |ending: &&str| ending.chars().map(fold_letter).eq(word.chars());
    ROLE_WORDS.contains(&word) || ROLE_ENDINGS.iter().chain(ORGANISATION_ENDINGS).any(is_ending)
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

    #[test]
    fn people_are_told_from_what_stands_beside_them() {
        for (name, expected) in [
            ("佐藤 花子", "佐藤花子"),
            ("佐藤花子（みどり設計）", "佐藤花子"),
            ("株式会社みどり設計 佐藤花子", "佐藤花子"),
            ("みどり設計　営業部　佐藤 花子 様", "佐藤花子"),
            ("佐藤花子/みどり設計", "佐藤花子"),
            ("【みどり設計】佐藤花子", "佐藤花子"),
            ("Hanako Sato (Midori)", "hanako sato"),
            ("Satō Hanako", "hanako sato"),
            ("Sato, Hanako", "hanako sato"),
            ("Nora Field, Brightwater Tools Ltd", "field nora"),
            ("Support, Nora Field", "field nora"),
            ("Sam Field", "field sam"),
            ("Ann Wood", "ann wood"),
            ("株式会社みどり設計 Hanako Sato", "hanako sato"),
            ("Brightwater Tools Ltd", ""),
            ("Brightwater Tools, Inc.", ""),
            ("Oakfield Precision, Inc.", ""),
            ("Oakfield Precision GmbH", ""),
            ("Oakfield Precision Co., Ltd.", ""),
            ("Oakfield Precision Limited", ""),
            ("Field & Moore LLP", ""),
            ("Field & Moore", ""),
            ("Support, Brightwater Tools Ltd", ""),
            ("Brightwater Tools", ""),
            ("Riverside Precision Group", ""),
            ("株式会社 Acme Forge", ""),
            ("㈱Acme Forge", ""),
            ("Acme Forge 株式会社", ""),
            ("服部 太郎", "服部太郎"),
            ("長谷部 花子", "長谷部花子"),
            ("佐藤", ""),
            ("営業部", ""),
            ("みどり設計", ""),
            ("お客様サポート", ""),
            ("Sales Team", ""),
            ("Hanako", ""),
            ("sato@midori.example", ""),
            ("", ""),
        ] {
            let found = NameKey::person(name).and_then(|key| key.spellings().into_iter().next());
            assert_eq!(found.unwrap_or_default(), expected, "{name}");
        }
    }

    #[test]
    fn every_spelling_of_a_known_name_is_a_run_of_what_shows_it() {
        for (known, shown) in [
            ("佐藤 花子", "花子 佐藤"),
            ("佐藤花子", "【重要】佐藤 花子 様"),
            ("佐藤 花子", "みどり設計事務所 佐藤花子"),
            ("Hanako Sato", "RE: SATO Hanako (Midori)"),
            ("髙橋 眞一", "高橋真一"),
        ] {
            let spellings = NameKey::person(known).unwrap().spellings();
            let runs = NameKey::shown(shown).runs();
            assert!(spellings.iter().any(|spelling| runs.contains(spelling)), "{known} in {shown}: {runs:?}");
        }
        let runs = NameKey::shown("伊佐藤花子 からの連絡").runs();
        assert!(!runs.contains(&"佐藤花子".to_owned()), "{runs:?}");
    }
}

//! Institutions and firms that bear no legal form, told by what their names end in.

/// What the names of institutions, and of firms by their trade, end in.
pub const INSTITUTIONS: &[&str] = &[
    "事務所",
    "病院",
    "医院",
    "歯科",
    "診療所",
    "クリニック",
    "薬局",
    "大学",
    "学校",
    "高校",
    "学園",
    "学院",
    "幼稚園",
    "保育園",
    "こども園",
    "図書館",
    "美術館",
    "博物館",
    "市役所",
    "区役所",
    "県庁",
    "協会",
    "学会",
    "組合",
    "財団",
    "連盟",
    "連合会",
    "商工会",
    "商工会議所",
    "研究所",
    "工務店",
    "製作所",
    "商店",
    "商会",
    "旅館",
    "銀行",
    "信用金庫",
    "役場",
    "代理店",
    "設計室",
    "印刷",
    "建設",
    "工業",
    "運輸",
    "運送",
    "商事",
    "物産",
    "興業",
    "電機",
    "製薬",
    "不動産",
    "農園",
    "工房",
];

/// The ending of a firm's branch, too: it is an institution's only behind one of [`PROFESSIONS`].
const OFFICE: &str = "事務所";

/// Whose offices bear a name of their own.
const PROFESSIONS: &[&str] = &[
    "法律",
    "会計",
    "会計士",
    "税理士",
    "税務",
    "司法書士",
    "行政書士",
    "労務士",
    "社労士",
    "労務",
    "労務管理",
    "特許",
    "商標",
    "弁理士",
    "設計",
    "建築",
    "建築士",
    "技術士",
    "測量",
    "登記",
    "調査士",
    "鑑定",
    "デザイン",
];

/// What many institutions of a kind have before their ending: alone it names none of them.
const COMMON: &[&str] = &[
    "総合",
    "中央",
    "国際",
    "全国",
    "日本",
    "国立",
    "公立",
    "私立",
    "市立",
    "県立",
    "都立",
    "府立",
    "区立",
    "町立",
    "村立",
    "市民",
    "県民",
    "市",
    "県",
    "大学",
    "短期",
    "附属",
    "付属",
    "医科",
    "歯科",
    "動物",
    "第一",
    "第二",
    "第三",
    "小",
    "中",
    "高等",
    "専門",
    "技術",
    "科学",
    "観光",
    "商工",
    "管理",
    "労働",
    "協同",
    "共済",
    "健康保険",
    "生活",
    "生命",
    "損害",
    "火災",
    "自動車",
    "保険",
    "広告",
    "旅行",
    "販売",
    "構造",
    "町",
    "村",
    "カラー",
    "モノクロ",
    "両面",
    "片面",
    "ネット",
    "オンライン",
    "即日",
    "格安",
    "土木",
    "大手",
    "軽",
    "重",
    "貨物",
    "精密",
    "再",
    "新規",
    "請求書",
    "資料",
    "事業",
    "一級",
    "公認",
    "社会保険",
    "土地家屋",
    "不動産",
    "調剤",
    "認定",
];

/// Letters of an institution's own that its name has besides.
const OWN_LETTERS_MIN: usize = 2;

/// Words, in lower case, that the names of institutions in Latin letters end in.
const LATIN: &[&[&str]] = &[
    &["law", "office"],
    &["law", "offices"],
    &["law", "firm"],
    &["patent", "office"],
    &["accounting", "office"],
    &["&", "partners"],
    &["and", "partners"],
    &["&", "associates"],
    &["and", "associates"],
    &["university"],
    &["hospital"],
    &["clinic"],
    &["foundation"],
    &["institute"],
    &["association"],
    &["architects"],
    &["accountants"],
    &["solicitors"],
];

/// As [`COMMON`] in Latin letters, in lower case.
const LATIN_COMMON: &[&str] = &[
    "animal",
    "central",
    "chartered",
    "city",
    "community",
    "dental",
    "district",
    "family",
    "general",
    "free",
    "heart",
    "county",
    "international",
    "linux",
    "medical",
    "memorial",
    "national",
    "open",
    "our",
    "public",
    "research",
    "royal",
    "software",
    "state",
    "technical",
    "teaching",
    "this",
    "university",
    "your",
];

/// Letters of a word of an institution's own in Latin letters.
const LATIN_LETTERS_MIN: usize = 4;

/// Whether a word names an institution that has a name of its own: 「清涼法律事務所」, and neither 「東京事務所」 nor 「中央病院」.
pub fn is_institution(word: &str) -> bool {
    let endings = INSTITUTIONS.iter().filter_map(|ending| Some((*ending, word.strip_suffix(ending)?)));
    let Some((ending, before)) = endings.max_by_key(|(ending, _)| ending.len()) else { return false };
    let own = match (ending == OFFICE, without(before, PROFESSIONS)) {
        (true, own) if own == before => return false,
        (true, own) => own,
        (false, _) => before,
    };
    without(without(own, COMMON), PROFESSIONS).chars().count() >= OWN_LETTERS_MIN
}

/// Whether words in Latin letters, in lower case, name one: "brightwater law office", and neither "head office" nor "general hospital".
pub fn is_latin_institution(words: &[&str]) -> bool {
    let own = match words {
        ["university" | "institute" | "association", "of", own @ ..] => own,
        _ => {
            let before = LATIN.iter().filter_map(|ending| words.strip_suffix(*ending));
            before.min_by_key(|before| before.len()).unwrap_or_default()
        }
    };
    let is_own = |word: &&str| {
        let is_common = LATIN_COMMON.contains(word) || super::is_department(word);
        word.chars().count() >= LATIN_LETTERS_MIN && !is_common
    };
    own.iter().any(is_own)
}

/// What is left of a name when words at its ends are taken off.
fn without<'n>(name: &'n str, words: &[&str]) -> &'n str {
    let mut rest = name;
    // With one letter surnames begin, too: 小林, 中川. Each turn shortens it.
    let is_long = |word: &&&str| word.chars().count() > 1;
    while let Some(shorter) = words
        .iter()
        .find_map(|word| rest.strip_suffix(word))
        .or_else(|| words.iter().filter(is_long).find_map(|word| rest.strip_prefix(word)))
    {
        rest = shorter;
    }
    rest
}

#[test]
fn institutions_have_a_name_of_their_own() {
    for (word, expected) in [
        ("清涼法律事務所", true),
        ("秋山会計事務所", true),
        ("みどり設計事務所", true),
        ("若葉社会保険労務士事務所", true),
        ("青葉病院", true),
        ("わかば歯科", true),
        ("青葉大学", true),
        ("青葉大学附属病院", true),
        ("日本北斗協会", true),
        ("やまと商店", true),
        ("三浦工務店", true),
        ("中川病院", true),
        ("小林商店", true),
        ("法律事務所", false),
        ("国際特許事務所", false),
        ("東京事務所", false),
        ("すみれ印刷", true),
        ("みのり保険代理店", true),
        ("なぎさ構造設計室", true),
        ("北川町役場", true),
        ("北斗建設工業", true),
        ("カラー印刷", false),
        ("両面印刷", false),
        ("損害保険代理店", false),
        ("町役場", false),
        ("資料印刷", false),
        ("土木工業", false),
        ("現場事務所", false),
        ("総合病院", false),
        ("市民病院", false),
        ("中央図書館", false),
        ("第一小学校", false),
        ("管理組合", false),
        ("日本協会", false),
        ("事務所", false),
        ("清涼法律", false),
        ("", false),
    ] {
        assert_eq!(is_institution(word), expected, "{word}");
    }
    for (words, expected) in [
        ("brightwater law office", true),
        ("field & partners", true),
        ("smith field and associates", true),
        ("brightwater university", true),
        ("brightwater general hospital", true),
        ("university of brightwater", true),
        ("university of technology", false),
        ("law office", false),
        ("head office", false),
        ("tokyo office", false),
        ("general hospital", false),
        ("sales partners", false),
        ("& partners", false),
        ("brightwater", false),
        ("", false),
    ] {
        let words: Vec<&str> = words.split_whitespace().collect();
        assert_eq!(is_latin_institution(&words), expected, "{words:?}");
    }
}

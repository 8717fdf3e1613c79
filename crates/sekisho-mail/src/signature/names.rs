//! A line of a signature → the people and organisations that it names.

use super::lines::narrow;
use super::offices::OFFICES;

/// Letters of a Japanese full name.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=7;
/// Words of a Latin full name.
const WORDS: std::ops::RangeInclusive<usize> = 2..=4;

/// People and organisations, as written.
pub(super) fn of(line: &str) -> (Vec<String>, Vec<String>) {
    let line = undrawn(line);
    let mut people = Vec::new();
    let mut organisations = Vec::new();
    if line.is_empty() || line.contains(['@', '。', '！', '？']) || line.contains("://") {
        return (people, organisations);
    }
    if let Some(name) = latin_organisation(line) {
        organisations.push(name);
    } else {
        let (latin, line) = beside_japanese(line);
        let (organisation, rest) = japanese_organisation(&line);
        organisations.extend(organisation);
        people.extend(person(&rest));
        people.extend(latin);
    }
    (people, organisations)
}

/// Whether the line names an organisation.
pub(super) fn is_organisation(line: &str) -> bool {
    let line = undrawn(line);
    latin_organisation(line).is_some() || japanese_organisation(line).0.is_some()
}

/// Without what is drawn around it.
fn undrawn(line: &str) -> &str {
    line.trim_matches(|c: char| {
        c.is_whitespace() || "-‐–—―─━=＝_＿*＊~～〜+＋#＃◆◇□■☆★○●◎▽△▼▲|｜┃│･・<>＜＞【】[]".contains(c)
    })
}

const LEGAL_FORMS: &[&str] = &[
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "一般社団法人",
    "公益社団法人",
    "一般財団法人",
    "公益財団法人",
    "社会福祉法人",
    "医療法人",
    "学校法人",
    "独立行政法人",
    "特定非営利活動法人",
    "NPO法人",
    "税理士法人",
    "弁護士法人",
    "（株）",
    "(株)",
    "㈱",
    "（有）",
    "(有)",
    "㈲",
];

/// What an organisation's name ends in, where it has no legal form.
const ENDINGS: &[&str] = &[
    "事務所",
    "大学",
    "病院",
    "銀行",
    "市役所",
    "区役所",
    "県庁",
    "協会",
    "財団",
    "協同組合",
    "研究所",
    "工務店",
    "製作所",
    "商店",
    "商会",
    "クリニック",
    "信用金庫",
    "商工会",
    "商工会議所",
    "設計室",
];

/// What divides an organisation from those who work there.
fn pieces(line: &str) -> Vec<&str> {
    line.split(['　', '／', '/', '|', '｜', '\t'])
        .flat_map(|piece| piece.split("  "))
        .map(str::trim)
        .collect()
}

/// An organisation in a Japanese line, and the line without it.
fn japanese_organisation(line: &str) -> (Option<String>, String) {
    if !line.contains(is_japanese) {
        return (None, line.to_owned());
    }
    let words: Vec<&str> =
        pieces(line).into_iter().flat_map(|piece| piece.split(' ')).filter(|word| !word.is_empty()).collect();
    let formal = |word: &str| LEGAL_FORMS.iter().find(|form| word.contains(**form)).copied();
    let mut found = None;
    let mut rest = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        if found.is_none() {
            if let Some(form) = formal(word) {
                // `株式会社 みどり設計`: the form alone stands before its name.
                let next = words.get(at).filter(|_| *word == form);
                found = Some(next.map_or_else(|| (*word).to_owned(), |name| format!("{word} {name}")));
                at += usize::from(next.is_some());
                continue;
            }
            if ENDINGS.iter().any(|ending| word.ends_with(ending))
                && word.chars().count() > 3
                && !word.contains(':')
            {
                found = Some((*word).to_owned());
                continue;
            }
        }
        rest.push(*word);
    }
    (found, rest.join(" "))
}

const LATIN_FORMS: &[&str] = &[
    "inc",
    "ltd",
    "llc",
    "llp",
    "corp",
    "corporation",
    "company",
    "gmbh",
    "k.k",
    "limited",
    "plc",
    "university",
    "foundation",
    "institute",
    "laboratories",
    "bank",
    "hospital",
    "association",
    "ag",
    "s.a",
    "b.v",
    "office",
    "architects",
    "consulting",
];

/// An organisation in a Latin line: up to its legal form.
fn latin_organisation(line: &str) -> Option<String> {
    if line.contains(is_japanese) {
        return None;
    }
    let first = line.split(['|', '/']).map(str::trim).find(|piece| has_form(piece))?;
    let digits = first.chars().filter(char::is_ascii_digit).count();
    let words = first.split_whitespace().count();
    let starts_large = first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (digits <= 2 && (2..=8).contains(&words) && starts_large).then(|| first.to_owned())
}

fn has_form(piece: &str) -> bool {
    piece
        .split([' ', ','])
        .skip(1)
        .any(|word| LATIN_FORMS.contains(&word.trim_matches('.').to_lowercase().as_str()))
}

/// Labels before a name; like offices, they are no part of it.
const LABELS: &[&str] = &["担当", "秘書"];

/// What a word of a department, a place or a label ends in.
const NO_NAME_ENDINGS: &[&str] = &[
    "部",
    "課",
    "係",
    "室",
    "局",
    "科",
    "支店",
    "支社",
    "本社",
    "本店",
    "営業所",
    "センター",
    "グループ",
    "チーム",
    "本部",
    "委員会",
    "ビル",
    "丁目",
    "市",
    "区",
    "町",
    "村",
    "県",
    "府",
    "都",
    "道",
    "会社",
    "時間",
    "定休日",
    "休業",
    "番",
    "号",
    "階",
    "館",
    "店",
    "所",
    "学部",
    "研究科",
    "専攻",
    "株",
    "以上",
    "各位",
];

/// How a Japanese name beside it is read (「Ryo Suzuki / 鈴木 亮」, 「鈴木 亮（Ryo Suzuki）」), and the line without that.
fn beside_japanese(line: &str) -> (Option<String>, String) {
    let pieces = || line.split(['/', '／', '|', '｜', '(', ')', '（', '）']).map(str::trim);
    let reading = pieces().find_map(|piece| Some((piece, latin_person(piece)?)));
    match reading {
        Some((piece, name)) if line.contains(is_japanese) => (Some(name), line.replacen(piece, " ", 1)),
        _ => (None, line.to_owned()),
    }
}

fn person(line: &str) -> Option<String> {
    let plain = without_brackets(line);
    let plain = plain.split([':', '：']).next_back().unwrap_or_default().trim();
    if plain.contains(is_japanese) { japanese_person(plain) } else { latin_person(plain) }
}

fn japanese_person(line: &str) -> Option<String> {
    let words: Vec<&str> = pieces(line)
        .into_iter()
        .flat_map(|piece| piece.split(' '))
        .map(untitled)
        .filter(|word| !word.is_empty() && !is_no_name(word))
        .collect();
    let is_letters = |word: &&str| word.chars().all(is_name_letter);
    let name = match words.as_slice() {
        [one] if is_letters(one) && one.chars().count() >= *LETTERS.start() && one.contains(is_kanji) => {
            (*one).to_owned()
        }
        [family, given] if is_letters(family) && is_letters(given) => format!("{family} {given}"),
        // A reading behind it.
        [family, given, ..] if is_letters(family) && is_letters(given) && words.len() <= 4 => {
            format!("{family} {given}")
        }
        _ => return None,
    };
    let letters = name.chars().filter(|c| *c != ' ').count();
    LETTERS.contains(&letters).then_some(name)
}

fn untitled(word: &str) -> &str {
    let mut word = word;
    while let Some(shorter) = OFFICES
        .iter()
        .chain(LABELS)
        .find_map(|title| word.strip_prefix(title).or_else(|| word.strip_suffix(title)))
    {
        word = shorter;
    }
    word
}

fn is_no_name(word: &str) -> bool {
    let ends = NO_NAME_ENDINGS.iter().any(|ending| word.ends_with(ending) && word.chars().count() > 2);
    ends || NO_NAME_ENDINGS.contains(&word) || OFFICES.contains(&word) || LABELS.contains(&word)
}

/// Words that stand in Latin signatures with capitals and are no names.
const LATIN_NO_NAMES: &[&str] = &[
    "department",
    "division",
    "team",
    "sales",
    "manager",
    "director",
    "engineer",
    "street",
    "avenue",
    "road",
    "floor",
    "tokyo",
    "osaka",
    "japan",
    "building",
    "bldg",
    "tel",
    "fax",
    "phone",
    "mobile",
    "email",
    "mail",
    "web",
    "office",
    "officer",
    "president",
    "chief",
    "head",
    "group",
    "the",
    "and",
    "of",
    "for",
    "from",
    "your",
    "this",
    "support",
    "accounting",
    "marketing",
    "customer",
    "service",
    "suite",
    "regards",
    "thanks",
    "best",
    "sent",
    "please",
    "senior",
    "junior",
    "assistant",
    "general",
    "affairs",
    "dept",
    "research",
    "development",
    "vice",
    "professor",
    "mr",
    "new",
    "york",
    "london",
    "san",
    "united",
    "kingdom",
    "states",
    "software",
    "systems",
    "design",
    "studio",
    "confidential",
    "dear",
    "hi",
];

fn latin_person(line: &str) -> Option<String> {
    let first = line
        .split(['|', ',', '/', '(', ';'])
        .next()
        .unwrap_or_default()
        .split(" - ")
        .next()
        .unwrap_or_default()
        .trim();
    let words: Vec<&str> = first.split_whitespace().collect();
    let is_word = |word: &&str| {
        let bare = word.trim_end_matches('.');
        bare.starts_with(char::is_uppercase)
            && bare.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'' || c == '’')
            && !LATIN_NO_NAMES.contains(&bare.to_lowercase().as_str())
    };
    let long = words.iter().filter(|word| word.chars().count() > 2).count();
    (WORDS.contains(&words.len()) && words.iter().all(is_word) && long >= 1).then(|| words.join(" "))
}

/// A line without readings and remarks in brackets.
fn without_brackets(line: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in line.chars().map(narrow_bracket) {
        match c {
            '(' | '[' | '〔' => depth += 1,
            ')' | ']' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn narrow_bracket(c: char) -> char {
    match c {
        '（' | '）' | '［' | '］' | '\u{3000}' => narrow(c),
        other => other,
    }
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '㈱' | '㈲' | '\u{20000}'..='\u{2ffff}')
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}' | '々')
}

fn is_name_letter(c: char) -> bool {
    is_japanese(c) || c == '々'
}

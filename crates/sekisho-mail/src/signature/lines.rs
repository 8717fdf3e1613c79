//! A line at the end of a text → what it looks like: a frame, a sentence, a closing, or a way to reach somebody.

use crate::Address;

/// A line, where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// The byte at which it begins.
    pub(super) start: usize,
    /// Its text, without the line end.
    pub(super) text: &'a str,
}

/// Columns of a line of a signature; one longer is a sentence or an advertisement.
const COLUMNS_MAX: usize = 76;
/// Signs that make a frame.
const FRAME_SIGNS_MIN: usize = 4;
/// Signs that make a frame where all are one and the same (`===`).
const RULE_SIGNS_MIN: usize = 3;
/// What such short ones are drawn with.
const RULE_SIGNS: &[char] = &['=', '＝', '-', '_', '─', '━'];
/// Kinds of signs in a frame (`＋‥‥＋`, `*・゜゜・*`).
const FRAME_KINDS_MAX: usize = 3;
/// Columns of a wish that closes a letter.
const WISH_COLUMNS_MAX: usize = 52;
/// The same of a request behind its opening.
const REQUEST_COLUMNS_MAX: usize = 44;
/// The bit of [`Line::signals`] for a role.
const ROLE: u32 = 1 << 4;
/// Words of a Latin line that ends in a full stop and is a sentence.
const SENTENCE_WORDS_MIN: usize = 5;

/// What frames are drawn with.
const FRAME_SIGNS: &str =
    "-‐‑–—―─━ーｰ=＝_＿*＊~～〜+＋#＃・.。‥…◆◇□■☆★○●◎▽△▼▲∴:：;|｜┏┓┗┛┌┐└┘┃│╋╂゜°｡`'’<>＜＞/／\\^＾";

/// The last lines of a text: blank ones at the end left out.
pub(super) fn last(text: &str, lines_max: usize) -> Vec<Line<'_>> {
    let end = text.trim_end().len();
    let mut lines = Vec::new();
    let mut until = end;
    let body = text.get(..end).unwrap_or_default();
    for line in body.rsplit('\n') {
        if lines.len() >= lines_max {
            break;
        }
        let start = until - line.len();
        lines.push(Line { start, text: line.strip_suffix('\r').unwrap_or(line) });
        until = start.saturating_sub(1);
    }
    lines.reverse();
    lines
}

impl Line<'_> {
    /// The mail addresses in it, however wide they are written.
    pub(super) fn addresses(&self) -> Vec<Address> {
        let narrow: String = self.text.chars().map(narrow).collect();
        words(&narrow).filter(|word| word.contains('@')).filter_map(Address::parse).collect()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether it is drawn, with or without a name in the middle.
    pub(super) fn is_frame(&self) -> bool {
        let text = self.text.trim();
        let drawn = |c: &char| FRAME_SIGNS.contains(*c);
        let before = text.chars().take_while(drawn).count();
        let all = text.chars().count();
        if before == all {
            let mut kinds: Vec<char> = text.chars().collect();
            kinds.sort_unstable();
            kinds.dedup();
            let is_rule = all >= RULE_SIGNS_MIN && kinds.len() == 1 && text.starts_with(RULE_SIGNS);
            return is_rule || (all >= FRAME_SIGNS_MIN && kinds.len() <= FRAME_KINDS_MAX);
        }
        let after = text.chars().rev().take_while(drawn).count();
        before >= FRAME_SIGNS_MIN && after >= FRAME_SIGNS_MIN
    }

    pub(super) fn is_short(&self) -> bool {
        columns(self.text.trim()) <= COLUMNS_MAX
    }

    /// Whether somebody wrote it as a sentence.
    pub(super) fn is_sentence(&self) -> bool {
        let text = self.text.trim();
        let ends = ['。', '！', '？', '♪'].iter().any(|mark| text.contains(*mark));
        let polite = !text.is_ascii() && ends_politely(text);
        let words = text.split_whitespace().count();
        let latin =
            words >= SENTENCE_WORDS_MIN && text.ends_with(['.', '?', '!', ',']) && !ends_in_short_form(text);
        let many_words = words >= 12 && !text.contains(['|', ':', '@']);
        (ends || polite || latin || many_words) && !self.is_frame()
    }

    /// Whether it closes a letter.
    pub(super) fn is_closing(&self) -> bool {
        let text = self.text.trim().trim_end_matches(['.', ',', '!', '、', '。', '-', ' ']).to_lowercase();
        CLOSINGS.contains(&text.as_str()) || is_wish(&text)
    }

    /// Whether it closes a letter by asking for what letters ask for: 「以上、ご確認のほどお願いいたします」「取り急ぎご連絡まで」.
    pub(super) fn closes_with_request(&self) -> bool {
        let text = self.text.trim().trim_end_matches(['。', '.', '！', '!', ' ']);
        let rest = CLOSING_OPENINGS.iter().find_map(|opening| text.strip_prefix(opening));
        let rest = rest.map(|rest| rest.trim_start_matches(['、', ',', ' ', '　', 'は']));
        rest.is_some_and(|rest| {
            let is_polite = rest.starts_with(['ご', '御', 'お']);
            let ends = (rest.contains("願い") && rest.ends_with("ます")) || rest.ends_with("まで");
            let has_day = rest.contains("までに") || rest.contains(char::is_numeric);
            is_polite && ends && !has_day && columns(rest) <= REQUEST_COLUMNS_MAX
        })
    }

    /// Whether it says that something follows below it.
    pub(super) fn announces(&self) -> bool {
        let text = self.text.trim().trim_end_matches(['。', '.']);
        let lower = text.to_lowercase();
        text.ends_with([':', '：', '、'])
            || ["次の", "下記", "以下の", "following", "below"].iter().any(|word| lower.contains(word))
    }

    /// Whether it greets somebody: the beginning of a letter and never a part of its end.
    pub(super) fn is_greeting(&self) -> bool {
        let text = self.text.trim().trim_end_matches([',', '、', ':', '：', '!', '！']);
        let lower = text.to_lowercase();
        let opens = ["dear ", "hi ", "hello ", "hello", "hi", "to:", "from:", "date:", "subject:", "cc:"];
        ["様", "殿", "御中", "各位", "さん", "さま", "先生"].iter().any(|title| text.ends_with(title))
            || opens.iter().any(|word| {
                lower == word.trim_end() || (word.ends_with([' ', ':']) && lower.starts_with(word))
            })
    }

    /// Whether it names any of them other than a role: people speak of roles, too.
    pub(super) fn reaches(&self) -> bool {
        self.signals() & !ROLE != 0
    }

    /// The ways to reach somebody that it names, one bit each.
    pub(super) fn signals(&self) -> u32 {
        let text = self.text.trim();
        if text.is_empty() || self.is_sentence() || !self.is_short() {
            return 0;
        }
        let folded: String = text.chars().map(narrow).flat_map(char::to_lowercase).collect();
        let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        let telephone = is_telephone(&folded, has(TELEPHONE));
        let postal =
            folded.contains('〒') || (has(&["zip"]) && folded.contains(|c: char| c.is_ascii_digit()));
        let place = is_place(&folded);
        let mail = is_mail(&folded);
        let web = has(&["http://", "https://", "www."]);
        let role = has(ROLES);
        [telephone, postal || place, mail, web, role]
            .iter()
            .enumerate()
            .fold(0, |bits, (at, is_there)| bits | (u32::from(*is_there) << at))
            | (u32::from(super::names::is_organisation(text)) << 5)
    }
}

/// Whether it, or one of its clauses, ends as polite sentences do.
fn ends_politely(text: &str) -> bool {
    text.split('、').any(|clause| POLITE.iter().any(|ending| clause.ends_with(ending)))
}

/// 「何卒よろしくお願い申し上げます」
fn is_wish(text: &str) -> bool {
    let begins = text.contains("よろしく") || text.contains("宜しく");
    begins && columns(text) <= WISH_COLUMNS_MAX && text.contains("願い") && text.ends_with("ます")
}

const POLITE: &[&str] = &[
    "ます",
    "です",
    "ました",
    "でした",
    "ません",
    "ください",
    "下さい",
    "致します",
    "でしょうか",
    "ますか",
    "ですか",
    "願います",
    "ございます",
    "ませ",
    "おります",
];

/// How closing requests begin.
const CLOSING_OPENINGS: &[&str] =
    &["以上", "何卒", "なにとぞ", "どうぞ", "取り急ぎ", "取急ぎ", "まずは", "引き続き", "今後とも"];

const CLOSINGS: &[&str] = &[
    "best regards",
    "kind regards",
    "warm regards",
    "warmest regards",
    "regards",
    "best",
    "sincerely",
    "yours sincerely",
    "sincerely yours",
    "yours faithfully",
    "yours truly",
    "best wishes",
    "with best regards",
    "with kind regards",
    "many thanks",
    "thanks",
    "thank you",
    "thanks and regards",
    "cheers",
    "敬具",
    "草々",
    "かしこ",
    "以上",
    "以上です",
    "以上となります",
    "以上でございます",
    "謹白",
    "敬白",
    "どうぞよろしくお願いいたします",
    "よろしくお願いいたします",
    "よろしくお願い致します",
    "宜しくお願い致します",
    "宜しくお願いいたします",
    "よろしくお願いします",
];

const TELEPHONE: &[&str] = &[
    "tel", "fax", "phone", "mobile", "cell", "direct", "電話", "携帯", "直通", "代表", "内線", "℡", "☎",
    "📞", "ph:", "t:", "m:", "f:",
];

const ROLES: &[&str] = &[
    "部長",
    "課長",
    "係長",
    "主任",
    "所長",
    "社長",
    "取締役",
    "店長",
    "室長",
    "次長",
    "支店長",
    "担当",
    "営業部",
    "総務部",
    "経理部",
    "設計部",
    "業務部",
    "工事部",
    "事業部",
    "人事部",
    "技術部",
    "開発部",
    "企画部",
    "課",
    "manager",
    "director",
    "engineer",
    "department",
    "division",
    "president",
    "officer",
    "sales",
    "accountant",
    "professor",
    "assistant",
    "head of",
];

fn is_mail(folded: &str) -> bool {
    words(folded).any(is_address)
}

/// Whether a word is written as mail addresses are.
pub(super) fn is_address(word: &str) -> bool {
    word.split_once(['@', '＠'])
        .is_some_and(|(local, domain)| !local.is_empty() && domain.contains(['.', '．']))
}

/// What may be an address, and what stands beside it.
pub(super) fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| c.is_whitespace() || "：:<>＜＞()（）[]|/,、;".contains(c))
}

/// A telephone number: of nine digits and more with signs between, or fewer behind a word for it.
fn is_telephone(folded: &str, is_called_so: bool) -> bool {
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let signs = folded.chars().filter(|c| "-()+. ".contains(*c)).count();
    let others = folded.chars().filter(|c| c.is_alphabetic()).count();
    let is_bare = (9..=15).contains(&digits)
        && signs >= 2
        && others <= 6
        && !folded.contains(['/', '年', '円', '¥', '$']);
    (is_called_so && digits >= 4) || is_bare
}

fn is_place(folded: &str) -> bool {
    let digit = folded.contains(|c: char| c.is_ascii_digit());
    let prefecture = ["都", "道", "府", "県", "市", "区", "町", "丁目", "番地", "ビル"];
    let japanese = prefecture.iter().filter(|word| folded.contains(**word)).count() >= 2 && digit;
    let latin = [
        "street", "avenue", " road", " ave", " st.", " st,", " blvd", " suite", "floor", "-ku", "-shi",
        "-ken", "-cho", "-ward", "p.o. box",
    ];
    japanese || (digit && latin.iter().any(|word| folded.contains(word)))
}

/// `Ltd.`, `Inc.` and `Co.` end a name and no sentence.
fn ends_in_short_form(text: &str) -> bool {
    let last = text.trim_end_matches(['.', ',']).rsplit([' ', ',']).next().unwrap_or_default().to_lowercase();
    ["ltd", "inc", "co", "corp", "bldg", "st", "ave", "jr", "sr", "llc", "k.k"].contains(&last.as_str())
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

/// Full-width letters, digits and signs in their narrow forms.
pub(super) fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '‐' | '‑' | '–' | '−' | 'ー' => '-',
        other => other,
    }
}

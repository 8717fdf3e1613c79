//! The beginning of a mail's own text → who says there that they write it: 「北斗建設の三浦です」, "This is Nora Field from Brightwater Tools".
//!
//! Only whole sentences count that say nothing else: who speaks of somebody (「弊社の三浦が伺います」, 「先日三浦様より」) or names them politely
//! (「北斗建設の三浦様です」) is not that person.

use super::offices::OFFICES;

/// Lines looked at, blank ones left out: whom it is to, a greeting, and then who writes.
const LINES_MAX: usize = 8;
/// Sentences looked at.
const SENTENCES_MAX: usize = 6;
/// Letters of a sentence that says who writes.
const CHARS_MAX: usize = 60;
/// Names taken.
const NAMES_MAX: usize = 4;
/// Letters of whoever works at an organisation: a surname or a full name.
const PERSON_CHARS_MAX: usize = 8;
/// Words of a full name in Latin letters.
const LATIN_WORDS: std::ops::RangeInclusive<usize> = 2..=3;
/// Words of an organisation's name in Latin letters.
const LATIN_FIRM_WORDS_MAX: usize = 6;

/// What ends a sentence in which somebody says who they are, the longest first.
const SELF: &[&str] = &["と申します", "でございます", "です"];
/// How others are called, and nobody calls themselves.
const POLITE: &[&str] = &["様", "さま", "さん", "殿", "氏", "先生", "御中", "各位"];
/// With what somebody says that they have to do with others, and are not of them.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "紹介", "推薦", "依頼", "請け", "請負", "下請", "委託", "協力会社", "協力業者", "取引", "元社員", "元職員", "以前", "かつて", "隣", "向かい", "近く", "知人", "友人", "仲介",
    "代わって", "代わりに", "代理",
];
/// What links somebody named politely to what is said further.
const LINKS: &[&str] = &["から", "より", "の", "に", "と", "へ", "を", "が"];
/// What a clause ends in that says of what the next one speaks.
const PARTICLES: &[char] = &['は', 'も', 'に', 'へ', 'を', 'と'];
/// How a sentence begins in which somebody says who they are, in lower case.
const LATIN_SELF: &[&str] = &["this is ", "my name is ", "i am ", "i'm "];
/// What stands between somebody and the organisation that they are of.
const OF: &[&str] = &["from", "of", "at", "with"];

/// The names in the first sentences of a mail's own text by which its writer says who they are, as a name would be shown: 「北斗建設 三浦」,
/// "Nora Field (Brightwater Tools)". Each once.
pub fn opening(text: &str) -> Vec<String> {
    let written = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES_MAX);
    let sentences = written.flat_map(sentences).take(SENTENCES_MAX);
    let mut found = Vec::new();
    super::add(
        &mut found,
        sentences.filter_map(|sentence| japanese(sentence).or_else(|| latin(sentence))).collect(),
    );
    found.truncate(NAMES_MAX);
    found
}

fn sentences(line: &str) -> impl Iterator<Item = &str> {
    line.split_inclusive(['。', '！', '．']).flat_map(|part| part.split_inclusive(". ")).map(str::trim)
}

/// 「いつもお世話になっております、北斗建設の三浦です。」 → 「北斗建設 三浦」
fn japanese(sentence: &str) -> Option<String> {
    let narrow = sentence.trim_end_matches(['。', '！', '!', '．', '.', ' ', '　']);
    let said = SELF.iter().find_map(|ending| narrow.strip_suffix(ending))?;
    let said = alone(said)?;
    if said.is_empty()
        || said.chars().count() > CHARS_MAX
        || said.contains(['「', '」', '@', '＠', ':', '：'])
    {
        return None;
    }
    let (firm, person) = match said.rsplit_once('の') {
        Some((firm, person)) if (1..=PERSON_CHARS_MAX).contains(&person.chars().count()) => {
            (firm.trim(), person.trim())
        }
        _ => ("", said),
    };
    let is_polite = POLITE.iter().chain(OFFICES).any(|title| person.ends_with(title));
    (!is_polite && !is_beside_others(said)).then(|| format!("{firm} {person}").trim().to_owned())
}

/// 「北斗建設の三浦様からご紹介いただいた秋山」
fn is_beside_others(said: &str) -> bool {
    let behind =
        |title: &'static str| said.match_indices(title).filter_map(|(at, _)| said.get(at + title.len()..));
    let goes_on = |rest: &str| LINKS.iter().any(|link| rest.starts_with(link));
    BESIDE.iter().any(|word| said.contains(word)) || POLITE.iter().copied().flat_map(behind).any(goes_on)
}

/// The last clause of a sentence, with the firm before it (「株式会社北斗建設、三浦です」), behind a greeting. `None` where the clause before it
/// goes on in it: 「担当は、三浦健太郎です」 speaks of somebody.
fn alone(said: &str) -> Option<&str> {
    let (before, last) = said.rsplit_once(['、', '，', ',']).unwrap_or(("", said));
    let clause = before.rsplit(['、', '，', ',']).next()?.trim();
    let is_firm = !clause.is_empty() && !clause.contains(|c| matches!(c, '\u{3041}'..='\u{309f}'));
    match () {
        () if clause.ends_with(PARTICLES) => None,
        () if is_firm => said.get(said.rfind(clause)?..),
        () => Some(last.trim()),
    }
}

/// "This is Nora Field from Brightwater Tools." → "Nora Field (Brightwater Tools)"
fn latin(sentence: &str) -> Option<String> {
    let lower = sentence.to_ascii_lowercase();
    let begin = LATIN_SELF.iter().find(|begin| lower.starts_with(**begin))?;
    let said = sentence.get(begin.len()..)?.split(['.', ',', ';', '!', '(', '–']).next()?;
    let words: Vec<&str> = said.split_whitespace().collect();
    let at = words.iter().position(|word| OF.contains(word)).unwrap_or(words.len());
    let (name, firm) = (words.get(..at)?, words.get(at + 1..).unwrap_or_default());
    let is_word = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
    };
    if !LATIN_WORDS.contains(&name.len()) || !name.iter().all(is_word) {
        return None;
    }
    let firm: Vec<&str> = firm
        .iter()
        .copied()
        .skip_while(|word| *word == "the")
        .take_while(|word| is_firms(word))
        .take(LATIN_FIRM_WORDS_MAX)
        .collect();
    Some(if firm.is_empty() { name.join(" ") } else { format!("{} ({})", name.join(" "), firm.join(" ")) })
}

fn is_firms(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || word == "&" || word == "and"
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn writers_say_who_they_are() {
        for (text, expected) in [
            ("北斗建設の三浦です。", "北斗建設 三浦"),
            (
                "佐藤様\n\nいつもお世話になっております。\n北斗建設の三浦でございます。\n\n振込先が変わりました。",
                "北斗建設 三浦",
            ),
            ("お世話になっております、北斗建設の三浦です。", "北斗建設 三浦"),
            ("お世話になっております。株式会社北斗建設 工事部の三浦です。", "株式会社北斗建設 工事部 三浦"),
            ("突然のご連絡失礼いたします。清涼法律事務所の秋山文子と申します。", "清涼法律事務所 秋山文子"),
            ("株式会社北斗建設 三浦です！", "株式会社北斗建設 三浦"),
            ("三浦健太郎です。", "三浦健太郎"),
            ("北斗建設の氏家です。", "北斗建設 氏家"),
            ("株式会社北斗建設、三浦です。", "株式会社北斗建設、三浦"),
            ("株式会社北斗建設でございます。", "株式会社北斗建設"),
            ("佐藤様\r\n\r\n北斗建設の三浦です。\r\n", "北斗建設 三浦"),
            (
                "Hello,\n\nThis is Nora Field from Brightwater Tools. Our account has changed.",
                "Nora Field (Brightwater Tools)",
            ),
            ("My name is Nora Field, and I write for the first time.", "Nora Field"),
            ("I'm Nora Field with the Field & Partners team", "Nora Field (Field & Partners)"),
        ] {
            assert_eq!(opening(text).join("; "), expected, "{text}");
        }
    }

    #[test]
    fn who_speaks_of_somebody_is_not_that_person() {
        for text in [
            "明日は弊社の三浦が伺います。",
            "先日三浦様よりお電話をいただきました。",
            "こちらは北斗建設の三浦様です。",
            "ご紹介します。北斗建設の三浦さんです。",
            "担当は北斗建設の三浦部長です。",
            "お伺いする担当者は、三浦健太郎です。",
            "三浦様は「北斗建設の三浦です」とお電話で名乗られました。",
            "北斗建設の三浦様からご紹介いただいた秋山です。",
            "株式会社北斗建設の三浦様より工事を請け負っております秋山です。",
            "北斗建設の三浦さんの知り合いの秋山です。",
            "北斗建設の協力会社の秋山です。",
            "株式会社北斗建設の下請けをしている秋山と申します。",
            "北斗建設のご依頼で伺いました秋山です。",
            "北斗建設の元社員の秋山です。",
            "北斗建設の隣に事務所がある秋山です。",
            "I am writing on behalf of Nora Field.",
            "This is Nora Field's report.",
            "This is what Nora Field asked for.",
            "I am at Brightwater Tools today.",
            "",
        ] {
            assert!(opening(text).is_empty(), "{text}: {:?}", opening(text));
        }
    }

    #[test]
    fn only_the_beginning_is_looked_at() {
        let long = format!("{}北斗建設の三浦です。", "資料をお送りします。\n".repeat(8));
        assert!(!opening(&long).contains(&"北斗建設 三浦".to_owned()));
    }
}

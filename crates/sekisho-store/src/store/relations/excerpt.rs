//! A stretch of a text → the words of it that are shown.

use std::ops::Range;

use sekisho_facts::is_cjk;

/// A stretch found so near the beginning of a text is taken to begin there.
const NEAR_LETTERS: usize = 24;

/// A line of so many characters is taken to be wrapped.
const FULL_LINE_CHARS: usize = 24;

/// Characters shown of a stretch.
const EXCERPT_CHARS: usize = 80;

/// The end of a sentence says something from so many letters on.
const END_LETTERS_MIN: usize = 6;

/// What mail programs set before quoted lines.
const MARKS: &[char] = &['>', '＞', '|', '》'];

/// Words of a stretch.
#[derive(Debug)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// Whether they begin with no more than what closes letters, which tells nobody which letter it was.
    pub(super) is_closing: bool,
}

/// The text from about the first of these letters on, on one line, without quote marks: a stretch is found some letters behind its beginning.
/// It begins with a word where one begins nearby, and with something else than a closing where the stretch has that.
pub(super) fn excerpt(text: &str, letters: &Range<usize>) -> Excerpt {
    let start = if letters.start <= NEAR_LETTERS { 0 } else { letters.start };
    let rest = at_letter(text, start);
    let before = text.strip_suffix(rest).unwrap_or_default();
    let is_inside = before.ends_with(char::is_alphanumeric);
    let begins = rest.char_indices().take(NEAR_LETTERS).find(|(_, c)| !c.is_alphanumeric());
    let whole = begins.filter(|_| is_inside).and_then(|(at, _)| rest.get(at..));
    let whole = whole.map(|rest| rest.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let shown = whole.filter(|rest| !rest.is_empty()).unwrap_or(rest);
    let closing = closing(shown);
    let below = shown.get(closing..).unwrap_or_default();
    let (shown, is_closing) = match closing {
        0 => (shown, false),
        // What was passed over to begin with a word.
        _ if letters_of(rest) >= letters_of(shown) + END_LETTERS_MIN => (rest, false),
        _ if says_more(text, below, letters.end) => (below, false),
        _ => (shown, true),
    };
    Excerpt { text: on_one_line(shown), is_closing }
}

/// The text from a letter on; the whole where it has fewer.
fn at_letter(text: &str, letter: usize) -> &str {
    let mut all = text.char_indices().filter(|(_, c)| c.is_alphanumeric());
    all.nth(letter).and_then(|(at, _)| text.get(at..)).unwrap_or(text)
}

fn letters_of(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// The bytes at the beginning that close a letter; 0 where it begins with something else.
fn closing(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = text.get(end..).unwrap_or_default();
        let begins = rest.find(|c: char| !c.is_whitespace() && !MARKS.contains(&c)).unwrap_or(rest.len());
        let words = rest.get(begins..).unwrap_or_default();
        let line = words.lines().next().unwrap_or_default();
        let sentence = line.split_inclusive('。').next().unwrap_or_default();
        if sentence.is_empty() || !sekisho_mail::is_closing(sentence) {
            return end;
        }
        end += begins + sentence.len();
    }
}

/// Whether what stands below a closing is still of the stretch, which ends with letter `end` of the text, and no signature.
fn says_more(text: &str, below: &str, end: usize) -> bool {
    let at = letters_of(text) - letters_of(below);
    let starts = text.len() - below.len();
    let is_signature = sekisho_mail::signature(text).is_some_and(|signature| {
        below.find(char::is_alphanumeric).is_none_or(|first| signature.range.contains(&(starts + first)))
    });
    at + NEAR_LETTERS <= end && !is_signature
}

/// The beginning of a text without line breaks and quote marks. What was wrapped between two letters that have no space between them has none
/// here either, also where each program that quoted it wrapped it again and set another mark before the rest.
fn on_one_line(text: &str) -> String {
    let is_mark = |word: &&str| word.chars().all(|c| MARKS.contains(&c));
    let mut all = String::new();
    let (mut chars, mut is_full, mut depth_before) = (0, false, 0);
    for line in text.lines() {
        let words = line.trim_start_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
        let marks = line.strip_suffix(words).unwrap_or_default();
        let depth = marks.chars().filter(|c| MARKS.contains(c)).count();
        let mut is_rest = false;
        for (at, word) in words.split_whitespace().filter(|word| !is_mark(word)).enumerate() {
            let is_wrapped = at == 0 && is_full && has_no_space(&all, word);
            is_rest |= is_wrapped;
            if !all.is_empty() && !is_wrapped {
                all.push(' ');
            }
            all.push_str(word);
            chars += word.chars().count();
        }
        is_full = line.chars().count() >= FULL_LINE_CHARS
            || (is_rest && depth != depth_before && !all.ends_with('。'));
        depth_before = depth;
        if chars >= EXCERPT_CHARS {
            break;
        }
    }
    all.chars().take(EXCERPT_CHARS).collect()
}

/// Whether a line and what it was wrapped from go together without a space: Japanese letters, and the digits of one number among them.
fn has_no_space(before: &str, word: &str) -> bool {
    let is_number =
        before.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit());
    let is_among = before.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(is_cjk);
    (before.ends_with(is_cjk) && word.starts_with(is_cjk)) || (is_number && is_among)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_begins_with_a_word_and_stands_on_one_line() {
        let head = "山田様\n\nお世話になっております。みどり設計の佐藤です。先日お送りいただいた、旧館の";
        for (text, start, shown) in [
            ("> 佐藤様\n> お世話になっております。", 3, "佐藤様 お世話になっております。"),
            (
                &format!("{head}耐震診断の結果を、\n拝見しました。"),
                30,
                "旧館の耐震診断の結果を、 拝見しました。",
            ),
            (
                "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十もう一\n度見ます",
                2,
                "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十もう一度見ます",
            ),
            (
                "Hello Nora, the reading desks for the conference room could be made of oak. Thanks",
                28,
                "conference room could be made of oak. Thanks",
            ),
            ("", 0, ""),
        ] {
            assert_eq!(excerpt(text, &(start..usize::MAX)).text, shown, "{text}");
        }
    }

    #[test]
    fn words_wrapped_by_each_who_quoted_them_are_read_as_written() {
        for (text, shown) in [
            (
                "背の高い検査室の方も手が空きますから、英語のラベルの校正紙をその\n>と\n>>き渡します。\n>>よろしく。",
                "背の高い検査室の方も手が空きますから、英語のラベルの校正紙をそのとき渡します。 よろしく。",
            ),
            (
                "> 滝沢の牧場の床に、赤い札のモッツァレラ百グラムの箱が2\n>>0\n>>>0枚ほど積んであります。",
                "滝沢の牧場の床に、赤い札のモッツァレラ百グラムの箱が200枚ほど積んであります。",
            ),
            (
                "＞いつもの前任の方から古い冷却水の配管図を預かったので、三番の\n＞棚に入れてあります。",
                "いつもの前任の方から古い冷却水の配管図を預かったので、三番の棚に入れてあります。",
            ),
            (
                "Good morning Sho,\n>We never had it fail like this:\n>> the lamp",
                "Good morning Sho, We never had it fail like this: the lamp",
            ),
            // What is no mark stays, and so does a space that was meant.
            ("値が a > b のとき、x->y です", "値が a b のとき、x->y です"),
            ("> 佐藤様\n>> お世話になっております。", "佐藤様 お世話になっております。"),
            (
                "The parts for the lamp of the boiler: 12\n40 screws",
                "The parts for the lamp of the boiler: 12 40 screws",
            ),
        ] {
            assert_eq!(on_one_line(text), shown);
        }
    }

    #[test]
    fn a_closing_is_shown_only_where_there_is_nothing_else() {
        let letter =
            "山田様\n\n先日お送りいただいた耐震診断の結果を拝見しました。遠心分離機の部品も直します。\n";
        let found = |text: &str, start: &str, end: &str| {
            let at = |part: &str| letters_of(&text[..text.find(part).unwrap()]);
            let shown = excerpt(text, &(at(start)..at(end) + letters_of(end)));
            (shown.text, shown.is_closing)
        };
        let closed = format!(
            "{letter}以上、ご確認のほどお願いいたします。\n\n--\n佐藤 花子\nみどり設計\nTEL 03-0000-0000\n"
        );
        // The end of the sentence before.
        assert_eq!(
            found(&closed, "分離機の部品", "いたします"),
            ("分離機の部品も直します。 以上、ご確認のほどお願いいたします。 -- 佐藤 花子 みどり設計 TEL 03-0000-0000".to_owned(), false)
        );
        // There is nothing else but the signature.
        assert!(found(&closed, "以上、", "0000").1);
        let below = format!(
            "{letter}何卒よろしくお願い申し上げます。\n\n追伸、図面の三枚目だけは金曜の朝に現場へ直接お持ちすることにいたしました。\n"
        );
        assert_eq!(
            found(&below, "何卒", "いたしました"),
            ("追伸、図面の三枚目だけは金曜の朝に現場へ直接お持ちすることにいたしました。".to_owned(), false)
        );
        // It is not of the stretch.
        assert!(found(&below, "何卒", "申し上げます").1);
        // No closing, though it begins like one.
        let asked = format!("{letter}以上の三点を、金曜までに工場へお送りいただくようお願いいたします。\n");
        assert_eq!(
            found(&asked, "以上の", "いたします").0,
            "以上の三点を、金曜までに工場へお送りいただくようお願いいたします。"
        );
        assert!(!found(&asked, "以上の", "いたします").1);
    }
}

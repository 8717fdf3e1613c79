//! One line → words in which scripts or widths are mixed as no input method does.

use super::{OddMark, OddSign};

/// Kanji that look like katakana or the long-vowel mark, and stand inside katakana words only by deceit or error.
const LOOK_LIKE_KATAKANA: &[char] = &['一', '口', '卜', '夕'];
/// Katakana that count things after a numeral: プラン一カ月.
const COUNTERS: &[char] = &['ヵ', 'ヶ', 'カ', 'ケ', 'コ', 'ツ', 'キ', 'メ', 'パ', 'セ', 'ミ'];

/// Whether the character is hiragana or katakana of any width.
pub(crate) fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}') || is_katakana(c) || is_half_width(c)
}

/// The odd words of a line.
pub(super) fn in_line(line: &str) -> Vec<OddMark> {
    let mut marks = Vec::new();
    for word in words(line, |c| is_katakana(c) || LOOK_LIKE_KATAKANA.contains(&c)) {
        if has_kanji_inside(word) {
            marks.push(OddMark { sign: OddSign::ScriptMix, what: word.to_owned() });
        }
    }
    for word in words(line, |c| is_katakana(c) || is_half_width(c)) {
        if changes_width_twice(word) {
            marks.push(OddMark { sign: OddSign::WidthMix, what: word.to_owned() });
        }
    }
    marks
}

/// Whether a look-alike stands between two katakana; 一 not after a long vowel (コーナー一カ所) nor before a counter.
fn has_kanji_inside(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(3).any(|window| match window {
        ['ー', ..] => false,
        [before, '一', after] => is_katakana(*before) && is_katakana(*after) && !COUNTERS.contains(after),
        [before, '口' | '卜' | '夕', after] => is_katakana(*before) && is_katakana(*after),
        _ => false,
    })
}

/// Full, half and full again: no program that converts widths leaves that.
fn changes_width_twice(word: &str) -> bool {
    let widths: Vec<bool> = word.chars().filter(|c| *c != 'ー').map(is_half_width).collect();
    widths.windows(2).filter(|pair| matches!(pair, [a, b] if a != b)).count() > 1
}

fn words(line: &str, belongs: fn(char) -> bool) -> impl Iterator<Item = &str> {
    line.split(move |c| !belongs(c)).filter(|word| !word.is_empty())
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー')
}

fn is_half_width(c: char) -> bool {
    matches!(c, '\u{ff66}'..='\u{ff9f}')
}

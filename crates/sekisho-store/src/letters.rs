//! A text → the letters that survive a conversation: what charsets, widths, wrapping, marks and mail programs change is gone.
//!
//! Only letters and digits are kept, in compatibility form (Unicode NFKC), without marks and in lower case, and what is read as Latin as Latin. A quotation that was wrapped anew, marked
//! with `>`, sent as ISO-2022-JP and back, or set in full width has the same letters as its original.

mod forms;

use std::ops::Range;

use sekisho_facts::{is_cjk, latin_look_alike, letter_weight};
use unicode_normalization::UnicodeNormalization;

/// Letters looked at of one text; a mail that somebody wrote has some thousands.
pub const LETTERS_MAX: usize = 64 * 1024;

/// A Latin word longer than this is a key, a hash or an address.
const WORD_LETTERS_MAX: usize = 22;

/// The letters of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    letters: Vec<Letter>,
    /// What all letters up to each weigh, and those in language: stretches are weighed again and again.
    sums: Vec<[u32; 2]>,
}

/// One letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The letter, normalised.
    pub letter: char,
    /// Whether it stands in language that people write, and not in an address, a path, a number or a log line.
    pub is_language: bool,
}

impl Letters {
    /// The letters of `text`, at most [`LETTERS_MAX`].
    pub fn of(text: &str) -> Self {
        let mut letters = Vec::with_capacity(text.len().min(LETTERS_MAX));
        let words = forms::lines(text)
            .into_iter()
            .flat_map(|(line, is_form)| line.split_whitespace().map(move |word| (word, is_form)));
        for (word, is_form) in words {
            let room = LETTERS_MAX.saturating_sub(letters.len());
            if room == 0 {
                break;
            }
            let is_technical = is_technical(word);
            let of = |letter: char| Letter {
                letter,
                is_language: !is_form && if is_technical { is_cjk(letter) } else { !letter.is_numeric() },
            };
            if is_normal(word) {
                let kept = word.chars().filter(|letter| is_letter(*letter)).take(room);
                letters.extend(kept.map(|letter| of(letter.to_ascii_lowercase())));
            } else {
                letters.extend(normal(word).take(room).map(of));
            }
        }
        let sums = letters.iter().scan([0, 0], |[all, language], letter| {
            let weight = letter_weight(letter.letter);
            *all += weight;
            *language += if letter.is_language { weight } else { 0 };
            Some([*all, *language])
        });
        Self { sums: sums.collect(), letters }
    }

    /// The letters in order.
    pub fn all(&self) -> &[Letter] {
        &self.letters
    }

    /// How much a stretch of letters says, in tenths of a Latin letter: a kana 15, a kanji 25.
    pub fn weight(&self, range: Range<usize>) -> u32 {
        self.between(range, |[all, _]| all)
    }

    /// As [`Letters::weight`], of the letters in language alone.
    pub fn weight_of_language(&self, range: Range<usize>) -> u32 {
        self.between(range, |[_, language]| language)
    }

    /// A range that is not all in the text weighs nothing.
    fn between(&self, range: Range<usize>, which: fn([u32; 2]) -> u32) -> u32 {
        let until =
            |end: usize| end.checked_sub(1).map_or(Some(0), |at| self.sums.get(at).copied().map(which));
        let both = until(range.start).zip(until(range.end));
        both.map_or(0, |(before, all)| all.saturating_sub(before))
    }
}

/// Letters and digits in compatibility form and lower case. Marks that could not be composed are dropped: programs differ in them.
fn normal(word: &str) -> impl Iterator<Item = char> + '_ {
    // Half-width kana that were sent as ISO-2022-JP have their voicing marks as letters of their own.
    let joined = word.chars().map(|letter| match letter {
        '\u{309b}' => '\u{3099}',
        '\u{309c}' => '\u{309a}',
        other => other,
    });
    joined.nfkc().flat_map(as_read).filter(|letter| letter.is_alphanumeric())
}

/// A letter in lower case, and in Latin where it is read as Latin: whoever steals words may write some of them in Cyrillic.
fn as_read(letter: char) -> impl Iterator<Item = char> {
    let latin = latin_look_alike(letter);
    latin.into_iter().chain(letter.to_lowercase().filter(move |_| latin.is_none()))
}

/// Whether a text is in compatibility form, and in lower case but for Latin capitals: nearly all mail is, and the tables for the rest take
/// most of the time.
fn is_normal(text: &str) -> bool {
    let stays =
        |letter: char| letter.is_ascii() || matches!(letter, '\u{3001}'..='\u{3011}') || is_plain_cjk(letter);
    text.chars().all(stays)
}

/// Kana and kanji that every normal form leaves alone, but for marks behind them.
fn is_plain_cjk(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}' | '\u{4e00}'..='\u{9fff}')
}

/// As [`char::is_alphanumeric`], without its tables for what mail has most of.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || is_plain_cjk(letter) || (!letter.is_ascii() && letter.is_alphanumeric())
}

/// A text in compatibility form and lower case.
fn folded(text: &str) -> String {
    if is_normal(text) {
        text.to_ascii_lowercase()
    } else {
        text.nfkc().flat_map(char::to_lowercase).collect()
    }
}

/// Whether a word is an address, a path, a number, an identifier: what strangers share without ever having met.
fn is_technical(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let mut letters = 0;
    let mut last = None;
    for c in word.chars() {
        if is_cjk(c) {
            // Japanese is written without spaces: the word is a whole sentence.
            return false;
        }
        let joins =
            matches!(c, '@' | '/' | '\\' | '_' | '=' | ':' | '.' | '%' | '#' | '~' | '+' | '|' | '<' | '>');
        if c.is_numeric() || (joins && last.is_some_and(char::is_alphanumeric)) {
            return true;
        }
        letters += usize::from(c.is_alphabetic());
        last = Some(c);
    }
    letters > WORD_LETTERS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn letters(text: &str) -> String {
        Letters::of(text).all().iter().map(|letter| letter.letter).collect()
    }

    #[test]
    fn what_mail_programs_change_is_gone() {
        for (original, quoted) in [
            ("明日10時に伺います。", "> 明日１０時に\n> 伺います。"),
            ("ﾒｰﾙありがとうございます", "メールありがとうございます"),
            ("見積書(㈱みどり)を〜添付〜します", "見積書（(株)みどり）を～添付～します"),
            ("Thank you – see you on Monday.", "| THANK YOU -- see\r\n| you on Monday ."),
            ("①まず", "1まず"),
            ("がぎぐ", "か\u{3099}き\u{3099}く\u{3099}"),
            ("ﾃﾞｰﾀﾍﾞｰｽのﾊﾟｽ", "テ゛ータヘ゛ースのハ゜ス"),
            ("Please send the drawings to Renée", "Рlеаsе sеnd thе drаwіngs tо Rеnеe"),
            ("см. чертёж", "СМ. ЧЕРТЁЖ"),
        ] {
            assert_eq!(letters(original), letters(quoted), "{original}");
        }
        assert_ne!(letters("明日伺います"), letters("昨日伺います"));
    }

    #[test]
    fn language_is_told_from_what_machines_write() {
        let language = |text: &str| -> String {
            Letters::of(text)
                .all()
                .iter()
                .filter(|letter| letter.is_language)
                .map(|letter| letter.letter)
                .collect()
        };
        assert_eq!(language("Please call (me) back, Hanako."), "pleasecallmebackhanako");
        assert_eq!(language("see https://www.midori.example/a.html and /etc/fstab or a_b=3"), "seeandor");
        assert_eq!(language("error 0x80070005 at 12:30:55 in v2.4.1"), "erroratin");
        assert_eq!(
            language(
                "> 差出人: 山田 太郎 <yamada@partner.example>\n> 佐藤様\n> TEL 03-5555-0100\n明日伺います"
            ),
            "明日伺います"
        );
        assert_eq!(language("Tell me more, please"), "tellmemoreplease");
        assert_eq!(
            language(
                "> 伺います。\n> -- \n> ■ 大樫空調株式会社 ■\n> 代表 中野 沙織\n> 〒680-0000 東京都千代田区中央30-19\n> TEL：03-5555-0100\n> \n> 現場の件"
            ),
            "伺います現場の件"
        );
        assert_eq!(language("2026/08/17 10:11、竹内健一 のメール:\n> 承知しました"), "承知しました");
        assert_eq!(
            language(
                "See you.\n\nBest,\nOliver Carver\nExport Sales\nPhone +44 20 5555 0100\n\nOn 3 May 2026, Hanako wrote:"
            ),
            "seeyou"
        );
        assert_eq!(language("田中です。\n電話 03-5555-0100 に\nお願いします"), "田中ですお願いします");
        assert_eq!(language("見積書はABC社の2026年分です"), "見積書はabc社の年分です");
    }

    proptest! {
        #[test]
        fn what_needs_no_tables_is_the_same_with_them(word in "[!-~\\u{3001}-\\u{3011}ぁ-ゖァ-ヺー一-鿿]{0,40}") {
            prop_assert!(is_normal(&word));
            let plain: String = word.chars().filter(|letter| is_letter(*letter)).map(|letter| letter.to_ascii_lowercase()).collect();
            prop_assert_eq!(plain, normal(&word).collect::<String>());
            prop_assert_eq!(folded(&word), word.nfkc().flat_map(char::to_lowercase).collect::<String>());
        }
    }

    #[test]
    fn a_text_of_any_size_costs_its_limit() {
        assert_eq!(Letters::of(&"あ".repeat(LETTERS_MAX * 3)).all().len(), LETTERS_MAX);
        assert_eq!(Letters::of(&"ab ".repeat(LETTERS_MAX)).all().len(), LETTERS_MAX);
    }
}

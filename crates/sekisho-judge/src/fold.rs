//! Text → text for comparing: NFKC, lower case, without white space and without characters that nobody sees.
//!
//! A brand's name or a lure is the same whether it is written in full or half width, with a space or a zero-width
//! joiner inside. Where white space stood is kept apart, because a Latin word ends there.

use sekisho_facts::{is_invisible, latin_look_alike};
use unicode_normalization::UnicodeNormalization;

/// Text beyond this is not compared: no lure needs a mebibyte, and folding costs time on every mail.
pub const FOLD_BYTES_MAX: usize = 1 << 20;

/// Folded text, with the places at which white space was taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// Byte offsets into `text`, ascending, before which white space stood.
    gaps: Vec<usize>,
}

/// Folds without keeping the gaps.
pub fn fold(text: &str) -> String {
    Folded::new(text).text
}

impl Folded {
    /// Folds the first [`FOLD_BYTES_MAX`] bytes of `text`.
    pub fn new(text: &str) -> Folded {
        let text = cut(text, FOLD_BYTES_MAX);
        let mut folded = Folded { text: String::with_capacity(text.len()), gaps: Vec::new() };
        if text.is_ascii() {
            text.chars().for_each(|c| folded.push(c));
        } else {
            text.nfkc().for_each(|c| folded.push(c));
        }
        folded
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether white space stood just before this byte offset of the folded text.
    pub fn gap_before(&self, offset: usize) -> bool {
        self.gaps.binary_search(&offset).is_ok()
    }

    /// The same text with Greek and Cyrillic letters that look Latin made Latin (`Аmazon`), where it mixes these
    /// alphabets; `None` where it does not. Whole words of Greek or Cyrillic in a text without Latin stay alone.
    pub fn as_latin(&self) -> Option<Folded> {
        let is_foreign = |c: char| matches!(c, '\u{370}'..='\u{52f}');
        if !self.text.contains(is_foreign) || !self.text.contains(|c: char| c.is_ascii_lowercase()) {
            return None;
        }
        let mut latin = Folded::default();
        for (at, c) in self.text.char_indices() {
            if self.gap_before(at) {
                latin.gaps.push(latin.text.len());
            }
            latin.text.push(latin_look_alike(c).filter(|_| is_foreign(c)).unwrap_or(c));
        }
        if self.gap_before(self.text.len()) {
            latin.gaps.push(latin.text.len());
        }
        Some(latin)
    }

    /// The gaps strictly inside `start..end`.
    pub(crate) fn gaps_inside(&self, start: usize, end: usize) -> &[usize] {
        let from = self.gaps.partition_point(|&gap| gap <= start);
        let to = self.gaps.partition_point(|&gap| gap < end).max(from);
        self.gaps.get(from..to).unwrap_or_default()
    }

    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            if self.gaps.last() != Some(&self.text.len()) {
                self.gaps.push(self.text.len());
            }
        } else if c.is_ascii_graphic() {
            self.text.push(c.to_ascii_lowercase());
        } else if !c.is_control() && !is_invisible(c) {
            match c {
                '\u{2018}' | '\u{2019}' => self.text.push('\''),
                _ => self.text.extend(c.to_lowercase()),
            }
        }
    }
}

/// At most `bytes_max` bytes of `text`, ending at a character.
pub(crate) fn cut(text: &str, bytes_max: usize) -> &str {
    let end = (0..=bytes_max.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_width_case_space_and_unseen_characters() {
        for (text, folded) in [
            ("Ａｍａｚｏｎ", "amazon"),
            ("ﾔﾏﾄ運輸 ｶﾞｽ", "ヤマト運輸ガス"),
            ("A\u{200b}ma\u{ad}zon\u{feff}", "amazon"),
            ("三井 住友　カード", "三井住友カード"),
            ("㈱みどり", "(株)みどり"),
            ("McDonald’s", "mcdonald's"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn keeps_where_white_space_stood() {
        let folded = Folded::new(" a  b\u{3000}cd");
        assert_eq!((folded.as_str(), folded.gaps.as_slice()), ("abcd", &[0, 1, 2][..]));
        assert!(folded.gap_before(1) && !folded.gap_before(3));
        assert_eq!(folded.gaps_inside(0, 4), [1, 2]);
        assert_eq!(folded.gaps_inside(1, 2), [0usize; 0]);
    }

    #[test]
    fn makes_mixed_alphabets_latin() {
        let latin = |text: &str| Folded::new(text).as_latin().map(|latin| latin.text);
        assert_eq!(latin("Аm а zon"), Some("amazon".to_owned()));
        assert_eq!(Folded::new("Аm а zon").as_latin().map(|latin| latin.gaps), Some(vec![2, 3]));
        assert_eq!(latin("Москва"), None);
        assert_eq!(latin("Amazon"), None);
    }

    #[test]
    fn cuts_at_a_character() {
        assert_eq!(cut("あい", 4), "あ");
        assert_eq!(cut("あい", 6), "あい");
        assert_eq!(cut("あい", 2), "");
        assert_eq!(fold(&"あ".repeat(FOLD_BYTES_MAX)).len(), FOLD_BYTES_MAX / 3 * 3);
    }
}

//! Marks of a Japanese that nobody writes: translated phrases, Chinese forms of characters, scripts mixed in a word.
//!
//! All of these are weak: people paste, mistype and have Chinese colleagues.

use std::collections::HashSet;

use serde::Deserialize;
use toml::Spanned;

use super::phrases::PhraseSet;
use super::source::{Dated, ListError, Source};
use crate::fold::{Folded, cut};

mod mixes;

pub(crate) use mixes::is_kana;

/// The text looked at, in bytes.
const TEXT_BYTES_MAX: usize = 256 * 1024;
/// Marks reported of one text; more say nothing new.
const MARKS_MAX: usize = 20;

/// All marks.
#[derive(Debug)]
pub struct OddJapanese {
    pub(super) dated: Dated,
    spelt: Vec<String>,
    phrases: PhraseSet,
    chinese_forms: HashSet<char>,
}

/// A mark found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddMark {
    /// What is odd.
    pub sign: OddSign,
    /// The phrase, character or word that is.
    pub what: String,
}

/// What can be odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OddSign {
    /// A phrase that translation programs make: 親愛なるお客様.
    Phrase,
    /// A character that only Chinese writes, in a sentence with kana.
    ChineseForm,
    /// Characters of another script that look like the right ones: メ一ル with the kanji for one.
    ScriptMix,
    /// Half-width and full-width kana in one word.
    WidthMix,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    date: Spanned<String>,
    stale_after_days: Option<u16>,
    phrases: Vec<String>,
    chinese_forms: Vec<String>,
}

impl OddJapanese {
    pub(super) fn read(source: Source) -> Result<OddJapanese, ListError> {
        let raw: Raw = source.parse()?;
        Ok(OddJapanese {
            dated: source.dated(&raw.date, raw.stale_after_days)?,
            phrases: PhraseSet::new(raw.phrases.iter().enumerate().map(|(at, phrase)| (at, phrase.as_str()))),
            spelt: raw.phrases,
            chinese_forms: raw.chinese_forms.iter().flat_map(|row| row.chars()).collect(),
        })
    }

    /// The marks in a text that has kana, at most twenty, each once. `folded` is the same text folded.
    pub fn marks_in(&self, text: &str, folded: &Folded) -> Vec<OddMark> {
        let phrase = |at: usize| Some(OddMark { sign: OddSign::Phrase, what: self.spelt.get(at)?.clone() });
        let mut marks: Vec<OddMark> = self.phrases.owners(folded).into_iter().filter_map(phrase).collect();
        for line in cut(text, TEXT_BYTES_MAX).lines() {
            if marks.len() >= MARKS_MAX {
                break;
            }
            if line.contains(is_kana) {
                marks.extend(self.chinese_forms_in(line));
                marks.extend(mixes::in_line(line));
            }
        }
        let mut seen = HashSet::new();
        marks.retain(|mark| seen.insert((mark.sign, mark.what.clone())));
        marks.truncate(MARKS_MAX);
        marks
    }

    fn chinese_forms_in(&self, line: &str) -> impl Iterator<Item = OddMark> {
        let forms = line.chars().filter(|c| self.chinese_forms.contains(c));
        forms.map(|c| OddMark { sign: OddSign::ChineseForm, what: c.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::Lists;

    fn marks(text: &str) -> Vec<(OddSign, String)> {
        let marks = Lists::built_in().odd_japanese.marks_in(text, &Folded::new(text));
        marks.into_iter().map(|mark| (mark.sign, mark.what)).collect()
    }

    #[test]
    fn names_what_is_odd() {
        use OddSign::*;
        for (text, sign, what) in [
            ("親愛なる お客様", Phrase, "親愛なるお客様"),
            ("您のアカウントを確認してください", ChineseForm, "您"),
            ("账户が停止されました", ChineseForm, "账"),
            ("メ一ルを確認", ScriptMix, "メ一ル"),
            ("サ一ビス", ScriptMix, "サ一ビス"),
            ("ログﾛｸﾞイン", WidthMix, "ログﾛｸﾞイン"),
        ] {
            assert!(marks(text).contains(&(sign, what.to_owned())), "{text} {:?}", marks(text));
        }
    }

    #[test]
    fn is_quiet_about_what_people_write() {
        for text in [
            "いつもお世話になっております。請求書をお送りいたします。",
            "您的账户已被冻结,请确认。",
            "ユーザー一覧とコーナー一カ所、プラン一ヶ月",
            "ﾃﾞｰﾀ を送ります ｶﾌﾞｼｷｶﾞｲｼｬ",
            "Dear customer",
            "髙橋様 﨑山様 戸籍 神様 龍 辻󠄀",
            "",
        ] {
            assert_eq!(marks(text), [], "{text}");
        }
    }

    #[test]
    fn chinese_forms_are_not_japanese_ones() {
        let forms = &Lists::built_in().odd_japanese.chinese_forms;
        for c in "亜井円会学気国区県参実写図体台単団点当内弁万予与両来礼画戸宝区昼".chars()
        {
            assert!(!forms.contains(&c), "{c}");
        }
        assert!(forms.len() > 500, "{}", forms.len());
    }
}

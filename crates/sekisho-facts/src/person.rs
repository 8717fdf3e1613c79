//! Names of people, compared as a reader would: width, kana, kanji variants, spaces, titles and order do not matter.

mod firm;
mod forms;
mod glued;
mod member;
mod organisation;
mod roles;
mod romaji;
mod surnames;
#[cfg(test)]
mod tests;
mod variants;

use sekisho_mail::{OFFICES, as_shown, is_trade};
use unicode_normalization::UnicodeNormalization;

use crate::look_alikes::{self, is_invisible, latin_look_alike};

/// A name, normalised for comparison.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NameKey {
    /// The words of the name in lower case, titles removed.
    words: Vec<String>,
    /// The words joined.
    joined: String,
}

/// Forms of address: like offices ([`OFFICES`]), they are no part of a name.
const POLITE: &[&str] = &[
    "先生", "各位", "御中", "さん", "さま", "様", "殿", "氏", "mr", "mrs", "ms", "dr", "prof", "sir", "san",
    "sama", "esq", "phd",
];

/// Neighbouring words that a name looked for may have.
const RUN_WORDS_MAX: usize = 4;

/// Words of a shown name that are looked at.
const WORDS_MAX: usize = 24;

/// Letters that a person's full name may have: longer ones are sentences or organisations.
const PERSON_LETTERS_CJK_MAX: usize = 14;

/// Words of a name in an address have so many letters: `t.yamada` says less than a name.
const LOCAL_WORD_MIN: usize = 3;

/// A full name in kanji or kana must have this many letters before it is compared: shorter ones are surnames.
const LETTERS_CJK_MIN: usize = 3;

impl NameKey {
    /// The key of a full name as configured; `None` for a surname or role alone, which bind nobody.
    pub fn full(name: &str) -> Option<Self> {
        let key = Self::shown(name);
        let enough =
            if key.is_cjk() { key.joined.chars().count() >= LETTERS_CJK_MIN } else { key.words.len() >= 2 };
        (enough && !surnames::is_surname(&key.joined)).then_some(key)
    }

    /// The key of a name as a mail shows it.
    pub fn shown(name: &str) -> Self {
        let words: Vec<String> = folded(name)
            .split(|c: char| !(c.is_alphanumeric() || c == 'ー' || c == '々'))
            .map(without_titles)
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let words = without_last_remark(words);
        let joined = words.concat();
        let words = if is_spaced_out(&words) { vec![joined.clone()] } else { words };
        Self { words, joined }
    }

    /// The key of a person's full name in a shown name: organisations beside it, roles and bracketed remarks left out (「みどり設計（株）
    /// 佐藤花子」). `None` where no full name of one person stands there.
    pub fn person(name: &str) -> Option<Self> {
        let name = &as_shown(name);
        let bare = firm::without_firms(&organisation::without_brackets(name));
        let shown = Self::shown(&bare);
        if shown.words.len() > WORDS_MAX || bare.contains('@') {
            return None;
        }
        let is_firm = shown.words.iter().any(|word| is_trade(word)) || firm::has_form_beside_latin(name);
        let words: Vec<String> = shown.words.into_iter().filter(|word| !roles::is_no_person(word)).collect();
        let key = Self { joined: words.concat(), words };
        let letters = key.joined.chars().count();
        let is_name = if key.is_cjk() {
            let is_japanese = key.words.iter().all(|word| word.chars().all(is_letter_of_cjk));
            is_japanese
                && key.words.len() <= 2
                && !surnames::is_surname(&key.joined)
                && (LETTERS_CJK_MIN..=PERSON_LETTERS_CJK_MAX).contains(&letters)
        } else {
            let is_latin = key.joined.chars().all(char::is_alphabetic);
            is_latin
                && !is_firm
                && (2..=RUN_WORDS_MAX).contains(&key.words.len())
                && key.words.iter().any(|word| word.len() > 1)
        };
        is_name.then_some(key)
    }

    /// The full name that the local part of an address spells (`taro.yamada`, `yamada_taro`); `None` where it spells none, or initials.
    pub fn local_part(local: &str) -> Option<Self> {
        let words: Vec<&str> = local.split(['.', '_', '-']).collect();
        let is_name =
            |word: &&str| word.len() >= LOCAL_WORD_MIN && word.chars().all(|c| c.is_ascii_alphabetic());
        let is_full = words.len() == 2 && words.iter().all(is_name);
        is_full.then(|| Self::person(&words.join(" "))).flatten().filter(|key| key.words.len() == 2)
    }

    /// Whether it is in Latin letters.
    pub fn is_latin(&self) -> bool {
        !self.is_cjk()
    }

    /// Whether both have a word in common.
    pub fn shares_word(&self, other: &NameKey) -> bool {
        self.words.iter().any(|word| other.words.contains(word))
    }

    /// Whether a part of a domain is nothing but this name: `brightwater-tools.example`.
    pub fn is_part_of(&self, domain: &str) -> bool {
        domain.to_lowercase().split('.').any(|part| part.replace('-', "") == self.joined)
    }

    /// How the name may be written, one text for each: what is kept of a known name. In both orders, and without spaces where it is
    /// Japanese; in one order of the alphabet where it is Latin.
    pub fn spellings(&self) -> Vec<String> {
        if !self.is_cjk() {
            return vec![alphabetical(&self.words)];
        }
        let reversed: String = self.words.iter().rev().map(String::as_str).collect();
        let mut all = vec![self.joined.clone(), reversed];
        all.dedup();
        all
    }

    /// The spellings of all names that may stand in this shown name: runs of neighbouring words, as [`NameKey::spellings`] writes them.
    pub fn runs(&self) -> Vec<String> {
        let words = self.words.get(..WORDS_MAX.min(self.words.len())).unwrap_or_default();
        let mut runs = Vec::new();
        for length in 1..=RUN_WORDS_MAX.min(words.len()) {
            for run in words.windows(length) {
                let key = Self { words: run.to_vec(), joined: run.concat() };
                let enough =
                    if key.is_cjk() { key.joined.chars().count() >= LETTERS_CJK_MIN } else { length >= 2 };
                if enough {
                    runs.extend(key.spellings());
                }
            }
        }
        runs.extend(self.glued().map(str::to_owned));
        runs.sort_unstable();
        runs.dedup();
        runs
    }

    /// Whether this shown name holds the full name `key`: the same words side by side in either order (Latin), or the
    /// same letters beginning at a word's start and ending at a word's end, in either order of its words (Japanese).
    pub fn holds(&self, key: &NameKey) -> bool {
        if key.words.is_empty() {
            return false;
        }
        let reversed: Vec<String> = key.words.iter().rev().cloned().collect();
        if self.has_run(&key.words) || self.has_run(&reversed) {
            return true;
        }
        let reversed = reversed.concat();
        let is_spelt = |letters: &str| self.spells(letters) || self.glued().any(|glued| glued == letters);
        key.is_cjk() && (is_spelt(&key.joined) || (key.words.len() > 1 && is_spelt(&reversed)))
    }

    /// Whether this shown name is nothing but the surname of a full name, titles left out: 「中島社長」.
    pub fn is_surname_of(&self, full: &NameKey) -> bool {
        match full.words.as_slice() {
            [family, _] if full.is_cjk() => self.joined == *family,
            [whole] => surnames::beginning(whole).any(|surname| surname == self.joined),
            _ => false,
        }
    }

    /// Whether both are the same name, in either order of its words.
    pub fn is(&self, other: &NameKey) -> bool {
        self.holds(other) && self.joined.chars().count() == other.joined.chars().count()
    }

    /// Whether neighbouring words are exactly `run`.
    fn has_run(&self, run: &[String]) -> bool {
        self.words.windows(run.len()).any(|window| window == run)
    }

    /// Whether neighbouring words, joined, are exactly `letters`.
    fn spells(&self, letters: &str) -> bool {
        (0..self.words.len()).any(|start| {
            let mut rest = letters;
            for word in &self.words[start..] {
                match rest.strip_prefix(word.as_str()) {
                    Some("") => return true,
                    Some(after) => rest = after,
                    None => return false,
                }
            }
            false
        })
    }

    /// The full names that may be part of its words: 「代表取締役中島誠」.
    fn glued(&self) -> impl Iterator<Item = &str> {
        let words = self.words.get(..WORDS_MAX.min(self.words.len())).unwrap_or_default();
        words.iter().flat_map(|word| glued::names_in(word))
    }

    fn is_cjk(&self) -> bool {
        self.joined.chars().next().is_some_and(|c| c >= '\u{3040}')
    }
}

fn alphabetical(words: &[String]) -> String {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.join(" ")
}

/// 「三浦 健太郎より」 is 三浦 健太郎.
fn without_last_remark(mut words: Vec<String>) -> Vec<String> {
    if let [.., family, given] = words.as_mut_slice()
        && surnames::is_surname(family)
        && let Some(bare) = glued::without_remark(given).filter(|bare| !bare.is_empty())
    {
        *given = bare.to_owned();
    }
    words
}

/// 「三 浦 健 太 郎」
fn is_spaced_out(words: &[String]) -> bool {
    let is_letter = |word: &String| word.chars().count() == 1 && word.chars().all(is_letter_of_cjk);
    words.len() >= LETTERS_CJK_MIN && words.iter().all(is_letter)
}

fn is_letter_of_cjk(c: char) -> bool {
    c.is_alphabetic() && c >= '\u{3005}'
}

fn without_titles(word: &str) -> &str {
    let mut word = word;
    // A title may follow a title (部長様); each turn shortens the word, so it ends.
    while let Some(shorter) = untitled(word) {
        // Williams is no Willia, Ms.
        if shorter.is_empty() || (word.is_ascii() && shorter.chars().all(|c| c.is_ascii_alphanumeric())) {
            return if OFFICES.contains(&word) || POLITE.contains(&word) { "" } else { word };
        }
        word = shorter;
    }
    word
}

/// A word without the title behind it, if there is one. 「坂本部長」 is 坂本 and no 本部長.
fn untitled(word: &str) -> Option<&str> {
    let shorter = || OFFICES.iter().chain(POLITE).filter_map(|title| word.strip_suffix(title));
    shorter().find(|rest| surnames::is_surname(rest)).or_else(|| shorter().next())
}

/// A name as it is read, for comparing.
fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let read: String = as_shown(name).nfkc().filter(|c| !is_invisible(*c)).collect();
    look_alikes::as_read(&read).chars().flat_map(fold).collect()
}

/// A letter for comparing.
fn fold(letter: char) -> impl Iterator<Item = char> {
    // Satō is written Sato just as well, and Саtо read as it.
    let latin = latin_look_alike(letter);
    latin.into_iter().chain(letter.to_lowercase().filter(move |_| latin.is_none())).map(fold_letter)
}

/// Variants of kanji are one letter, and so are both kana: ヤマダ and やまだ are one name.
fn fold_letter(letter: char) -> char {
    match letter {
        'ァ'..='ヶ' => char::from_u32(letter as u32 - 0x60).unwrap_or(letter),
        _ => variants::usual(letter),
    }
}

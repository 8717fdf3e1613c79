//! A name in Latin letters and one in kanji: whether they share a surname. Only known readings say so; how a given name is read, nobody knows.

use super::{NameKey, roles, surnames};

impl NameKey {
    /// Whether one of two shown names is in Latin letters and has a word that is a usual reading of the surname in the other, which is in
    /// kanji: "Mayumi Ohno" and 「大野 真由美」.
    pub fn share_surname_read(one: &str, other: &str) -> bool {
        let (one, other) = (Self::shown(one), Self::shown(other));
        reads(&one, &other) || reads(&other, &one)
    }
}

fn reads(latin: &NameKey, kanji: &NameKey) -> bool {
    let said: Vec<String> =
        latin.words.iter().filter(|word| word.is_ascii()).map(|word| plain(word)).collect();
    let named = kanji.words.iter().filter(|word| !roles::is_no_person(word)).find_map(|word| {
        let whole = Some(word.as_str()).filter(|word| surnames::is_surname(word));
        whole.or_else(|| surnames::beginning(word).last())
    });
    named.is_some_and(|surname| surnames::readings(surname).any(|reading| said.contains(&plain(reading))))
}

/// Kunrei spellings, in the order in which they are replaced by Hepburn's.
const KUNREI: &[(&str, &str)] = &[
    ("sy", "sh"),
    ("ty", "ch"),
    ("zy", "j"),
    ("jy", "j"),
    ("si", "shi"),
    ("ti", "chi"),
    ("tu", "tsu"),
    ("zi", "ji"),
    ("dzu", "zu"),
    ("mb", "nb"),
    ("mp", "np"),
    ("mm", "nm"),
    ("tch", "cch"),
];

/// A reading without what writers of romaji differ in: long vowels (Ohno, Oono, Ono), Kunrei, and m before lips (Honma, Homma).
fn plain(reading: &str) -> String {
    let mut word = reading.to_owned();
    for (kunrei, hepburn) in KUNREI {
        word = word.replace(kunrei, hepburn);
    }
    if let Some(rest) = word.strip_prefix("hu") {
        word = format!("fu{rest}");
    }
    for long in ["ou", "oo"] {
        word = word.replace(long, "o");
    }
    word = word.replace("uu", "u");
    without_oh(&word)
}

/// Without an h that only makes an o long: Ohta, Satoh.
fn without_oh(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let is_vowel = |at: usize| letters.get(at).is_some_and(|letter| "aiueo".contains(*letter));
    let is_long = |at: usize| at > 0 && letters.get(at - 1) == Some(&'o') && !is_vowel(at + 1);
    letters
        .iter()
        .enumerate()
        .filter(|(at, letter)| **letter != 'h' || !is_long(*at))
        .map(|(_, letter)| letter)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_are_shared_where_a_reading_is_known() {
        for (latin, kanji) in [
            ("Mayumi Ohno", "大野 真由美"),
            ("Mayumi Ono", "大野 真由美"),
            ("OONO Mayumi", "大野真由美"),
            ("Mayumi Ōno", "大野 真由美"),
            ("M. Ohno", "大野 真由美"),
            ("Yuka Huzii", "藤井 由香"),
            ("Kenta Homma", "本間 健太"),
            ("T. Satoh", "佐藤 太郎"),
            ("Ken Yamasaki", "山崎 健"),
            ("Ken Yamazaki", "山﨑 健"),
            ("Ken Ito", "伊藤 健"),
            ("Mayumi Ohno", "株式会社北斗建設 大野 真由美"),
        ] {
            assert!(NameKey::share_surname_read(latin, kanji), "{latin} {kanji}");
            assert!(NameKey::share_surname_read(kanji, latin), "{kanji} {latin}");
        }
    }

    #[test]
    fn others_and_what_nobody_knows_share_none() {
        for (latin, kanji) in [
            ("Mayumi Suzuki", "大野 真由美"),
            ("Mayumi Ohnishi", "大野 真由美"),
            ("Mayumi", "大野 真由美"),
            ("Mayumi Ohno", "鱸 真由美"),
            ("Mayumi Ohno", "Mayumi Ohno"),
            ("大野 真由美", "大野 真由美"),
            ("", "大野 真由美"),
            ("Mayumi Ohno", ""),
        ] {
            assert!(!NameKey::share_surname_read(latin, kanji), "{latin} {kanji}");
        }
    }
}

//! Names of people, compared as a reader would: width, kana, kanji variants, spaces, titles and order do not matter.

use unicode_normalization::UnicodeNormalization;

/// A name, normalised for comparison.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NameKey {
    /// The words of the name in lower case, titles removed.
    words: Vec<String>,
    /// The words joined.
    joined: String,
}

/// Titles and forms of address that are no part of a name.
const TITLES: &[&str] = &[
    "代表取締役社長",
    "代表取締役",
    "取締役",
    "代表理事",
    "理事長",
    "専務",
    "常務",
    "社長",
    "会長",
    "部長",
    "次長",
    "課長",
    "係長",
    "主任",
    "所長",
    "支店長",
    "店長",
    "院長",
    "先生",
    "御中",
    "さん",
    "さま",
    "様",
    "殿",
    "氏",
    "mr",
    "mrs",
    "ms",
    "dr",
    "san",
];

/// Pairs of kanji that are the same letter in names; the first is written for the second.
const VARIANTS: &[(char, char)] = &[
    ('斉', '斎'),
    ('斉', '齋'),
    ('斉', '齊'),
    ('辺', '邊'),
    ('辺', '邉'),
    ('高', '髙'),
    ('崎', '﨑'),
    ('崎', '嵜'),
    ('吉', '𠮷'),
    ('沢', '澤'),
    ('浜', '濱'),
    ('島', '嶋'),
    ('島', '嶌'),
    ('富', '冨'),
    ('国', '國'),
    ('広', '廣'),
    ('桜', '櫻'),
    ('竜', '龍'),
    ('恵', '惠'),
    ('真', '眞'),
    ('滝', '瀧'),
    ('関', '關'),
    ('栄', '榮'),
    ('万', '萬'),
    ('徳', '德'),
    ('隆', '隆'),
    ('瀬', '瀨'),
    ('塚', '塚'),
    ('宝', '寶'),
    ('学', '學'),
];

/// A full name in kanji or kana must have this many letters before it is compared: shorter ones are surnames.
const LETTERS_CJK_MIN: usize = 3;

impl NameKey {
    /// The key of a full name as configured; `None` for a surname or role alone, which bind nobody.
    pub fn full(name: &str) -> Option<Self> {
        let key = Self::shown(name);
        let enough =
            if key.is_cjk() { key.joined.chars().count() >= LETTERS_CJK_MIN } else { key.words.len() >= 2 };
        enough.then_some(key)
    }

    /// The key of a name as a mail shows it.
    pub fn shown(name: &str) -> Self {
        let folded: String =
            name.nfkc().flat_map(char::to_lowercase).filter(|c| !is_invisible(*c)).map(fold_letter).collect();
        let words: Vec<String> = folded
            .split(|c: char| !(c.is_alphanumeric() || c == 'ー' || c == '々'))
            .map(without_titles)
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let joined = words.concat();
        Self { words, joined }
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
        key.is_cjk() && (self.spells(&key.joined) || (key.words.len() > 1 && self.spells(&reversed.concat())))
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

    fn is_cjk(&self) -> bool {
        self.joined.chars().next().is_some_and(|c| c >= '\u{3040}')
    }
}

fn without_titles(word: &str) -> &str {
    let mut word = word;
    // A title may follow a title (部長様); each turn shortens the word, so it ends.
    while let Some(shorter) = TITLES.iter().find_map(|title| word.strip_suffix(title)) {
        if shorter.is_empty() || shorter.chars().all(|c| c.is_ascii_alphanumeric()) {
            return if TITLES.contains(&word) { "" } else { word };
        }
        word = shorter;
    }
    word
}

fn fold_letter(c: char) -> char {
    if let Some((folded, _)) = VARIANTS.iter().find(|(_, variant)| *variant == c) {
        return *folded;
    }
    // Katakana to hiragana, so that ヤマダ and やまだ are one name.
    match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::NameKey;

    #[test]
    fn full_names_are_found_however_they_are_written() {
        let key = NameKey::full("佐藤 花子").unwrap();
        for shown in [
            "佐藤花子",
            "佐藤　花子",
            "花子 佐藤",
            "佐藤 花子 様",
            "佐藤花子部長",
            "佐藤花子（みどり設計）",
            "みどり設計事務所 佐藤花子",
            "【重要】佐藤 花子",
            "佐藤 花子 <sato@midori.example>",
            "佐藤\u{200b}花子",
            "佐藤花子さん",
        ] {
            assert!(NameKey::shown(shown).holds(&key), "{shown}");
        }
        for shown in ["佐藤", "花子", "佐藤花", "佐藤 花子夫", "伊佐藤花子", "佐藤 一郎", "加藤 花子", ""]
        {
            assert!(!NameKey::shown(shown).holds(&key), "{shown}");
        }
    }

    #[test]
    fn latin_names_need_both_words_side_by_side() {
        let key = NameKey::full("Hanako Sato").unwrap();
        assert!(NameKey::shown("SATO Hanako (Midori)").holds(&key));
        assert!(NameKey::shown("Mr. Hanako Sato").holds(&key));
        assert!(!NameKey::shown("Sato and Hanako").holds(&key));
        assert!(!NameKey::shown("Hanako Satoh").holds(&key));
    }

    #[test]
    fn variants_are_one_letter_and_short_names_bind_nobody() {
        assert!(NameKey::shown("髙橋 眞一").holds(&NameKey::full("高橋真一").unwrap()));
        assert!(NameKey::shown("ヤマダ タロウ").holds(&NameKey::full("やまだ たろう").unwrap()));
        assert_eq!(NameKey::full("佐藤"), None);
        assert_eq!(NameKey::full("経理"), None);
        assert_eq!(NameKey::full("Info"), None);
    }
}

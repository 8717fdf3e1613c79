//! A label → whether it reads as Japanese in Latin letters (Hepburn and Kunrei).
//!
//! Japanese surnames and trade words lie close together when they are romanised: one letter makes Takahashi into
//! Takanashi and Nishikawa into Nishizawa. Between two such words, one letter is no sign of a forgery.

/// What may stand before a vowel.
const ONSETS: &[&str] = &[
    "", "k", "s", "t", "n", "h", "m", "y", "r", "w", "g", "z", "d", "b", "p", "f", "j", "sh", "ch", "ts",
    "ky", "gy", "ny", "hy", "my", "ry", "by", "py", "sy", "ty", "zy", "jy", "dy", "kk", "ss", "tt", "pp",
    "ssh", "tch", "tts", "kky", "tty", "ssy", "ppy",
];

/// Whether every syllable of the label is one of Japanese; hyphens divide words.
pub(crate) fn is_romaji(label: &str) -> bool {
    !label.is_empty() && label.split('-').all(is_word)
}

fn is_word(word: &str) -> bool {
    let mut rest = word;
    // Each turn takes at least one letter.
    while !rest.is_empty() {
        let vowel = rest.find(['a', 'i', 'u', 'e', 'o']);
        // An n, or m before b and p, ends a syllable.
        let closed = match rest.as_bytes() {
            [b'n', next, ..] => !b"aiueoy".contains(next),
            [b'n'] => true,
            [b'm', b'b' | b'p', ..] => true,
            _ => false,
        };
        let taken = match vowel {
            _ if closed => 1,
            Some(at) if rest.get(..at).is_some_and(|onset| ONSETS.contains(&onset)) => at + 1,
            // An h after o only lengthens it: Ohno.
            _ if rest.starts_with('h') && word.len() > rest.len() && before(word, rest).ends_with('o') => 1,
            _ => return false,
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    !word.is_empty()
}

fn before<'w>(word: &'w str, rest: &str) -> &'w str {
    word.get(..word.len() - rest.len()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::is_romaji;

    #[test]
    fn tells_japanese_from_other_words() {
        for word in [
            "takahashi",
            "takanashi",
            "nishizawa",
            "hattori",
            "shimbashi",
            "ohno",
            "satou",
            "midori-sekkei",
            "kenchiku",
            "kyoto",
            "ippai",
            "itchome",
            "jimusho",
            "honda",
            "amazon",
        ] {
            assert!(is_romaji(word), "{word}");
        }
        for word in [
            "google",
            "mercari",
            "amazzon",
            "smbc",
            "partner",
            "midoribank",
            "a1",
            "",
            "-",
            "みどり",
            "sekkel",
        ] {
            assert!(!is_romaji(word), "{word}");
        }
    }
}

//! Text decoded from doubtful bytes → whether there are words in it, or only what a file looks like when it is shown as text.

/// Characters of a stretch that is judged at a time: a line or two of words.
const STRETCH_CHARS: usize = 60;
/// A shorter text says as much as a stretch does.
const STRETCH_CHARS_MIN: usize = 12;
/// Hundredths of the neighbouring pairs that are of one script in words; of random bytes it is a quarter.
const PAIRS_SHARE_MIN: usize = 50;

/// Whether some stretch of `text` is made of words: neighbouring letters of one script.
pub(super) fn has_words(text: &str) -> bool {
    let mut pairs = 0_usize;
    let mut alike = 0_usize;
    let mut last = Script::None;
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        let script = Script::of(character);
        pairs += 1;
        alike += usize::from(script != Script::None && script == last);
        last = script;
        if pairs == STRETCH_CHARS {
            if is_words(pairs, alike) {
                return true;
            }
            (pairs, alike) = (0, 0);
        }
    }
    pairs >= STRETCH_CHARS_MIN && is_words(pairs, alike)
}

fn is_words(pairs: usize, alike: usize) -> bool {
    alike * 100 >= pairs * PAIRS_SHARE_MIN
}

/// Scripts, as far as words keep to one of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    None,
    Digit,
    Latin,
    Western,
    EastAsian,
    Other,
}

impl Script {
    fn of(character: char) -> Self {
        match character {
            '0'..='9' => Self::Digit,
            'a'..='z' | 'A'..='Z' => Self::Latin,
            'ー' | '\u{3005}'..='\u{3007}' => Self::EastAsian,
            '\u{3041}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' => Self::EastAsian,
            '\u{20000}'..='\u{3FFFF}' => Self::EastAsian,
            '\u{370}'..='\u{52F}' if character.is_alphabetic() => Self::Western,
            '\u{530}'..='\u{1FFF}' if character.is_alphabetic() => Self::Other,
            // The letters of Western Europe stand one by one in words, and in rows in what is none.
            _ => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::has_words;

    #[test]
    fn words_are_told_from_bytes() {
        assert!(has_words("GIF89a お世話になっております。先日の件、資料をお送りします。"));
        assert!(has_words("%PDF-1.4 Please find the new bank details below."));
        assert!(has_words("PK Привет, отправляю вам счёт за октябрь."));
        assert!(!has_words("GIF89a"));
        let random: String = (0_u32..4_000)
            .map(|n| char::from((n.wrapping_mul(2_654_435_761) >> 13 & 0xff) as u8))
            .filter(|c| !c.is_control())
            .collect();
        assert!(!has_words(&random));
    }

    #[test]
    fn words_before_or_behind_much_else_are_words() {
        let noise = "\u{FFFD}x%\u{E9}7~".repeat(500);
        let words = "先日の件につきまして、資料をお送りいたしますのでご確認ください。".repeat(4);
        assert!(!has_words(&noise));
        assert!(has_words(&format!("{noise}{words}")));
        assert!(has_words(&format!("{words}{noise}")));
    }
}

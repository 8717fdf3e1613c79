//! Letters → of which script, and how much each says.

/// How much a letter says, in tenths of a Latin letter: a kanji stands for half a word, a kana for a syllable. So one threshold serves
/// every script.
pub fn letter_weight(letter: char) -> u32 {
    match letter {
        '\u{3041}'..='\u{30ff}' => 15,
        _ if is_cjk(letter) => 25,
        _ => 10,
    }
}

/// Whether a letter is of Chinese, Japanese or Korean, in full or half width.
pub fn is_cjk(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

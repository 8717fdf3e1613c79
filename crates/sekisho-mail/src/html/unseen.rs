//! Characters that are there but not seen: without width, tags, direction controls, control letters.
//!
//! What shapes a visible neighbour stays in the text: variation selectors behind kanji and symbols (葛󠄀, ☎️), the
//! joiners of emoji and of scripts that need them (Arabic, Indic).

/// Whether a character is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unseen {
    /// It is seen, or shapes the one before it.
    No,
    /// It is not.
    Yes,
}

/// Whether `character` is seen behind `before`.
pub(crate) fn of(character: char, before: Option<char>) -> Unseen {
    let unseen = match character {
        '\u{20}'..='\u{7E}' | '\u{A0}'..='\u{AC}' => false,
        // Control letters; those that divide words or lines are white space, NUL and backspace are left out by whoever asks.
        '\u{1}'..='\u{7}' | '\u{B}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}' => true,
        '\u{FFF9}'..='\u{FFFB}' => true,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' => true,
        '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{200E}' | '\u{200F}' => true,
        '\u{200C}' | '\u{200D}' => !before.is_some_and(is_joined),
        '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' => true,
        '\u{FE00}'..='\u{FE0F}' => !before.is_some_and(|before| is_symbol(before) || is_kanji(before)),
        '\u{E0100}'..='\u{E01EF}' => !before.is_some_and(is_kanji),
        '\u{E0000}'..='\u{E0FFF}' | '\u{1D173}'..='\u{1D17A}' => true,
        _ => false,
    };
    if unseen { Unseen::Yes } else { Unseen::No }
}

/// Whether a character is a Unicode tag: text that no program shows, but that machines read.
pub(crate) fn is_tag(character: char) -> bool {
    matches!(character, '\u{E0000}'..='\u{E007F}')
}

fn is_joined(before: char) -> bool {
    is_symbol(before)
        || matches!(before, '\u{600}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{FB50}'..='\u{FDFF}')
}

fn is_symbol(before: char) -> bool {
    matches!(before, '#' | '*' | '0'..='9' | '©' | '®' | '\u{203C}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}')
        || matches!(before, '\u{3297}' | '\u{3299}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

fn is_kanji(before: char) -> bool {
    matches!(before, '\u{2E80}'..='\u{2FDF}' | '\u{3000}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}')
        || matches!(before, '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::{Unseen, of};

    #[test]
    fn shapes_stay_and_the_rest_is_unseen() {
        assert_eq!(of('\u{E0100}', Some('葛')), Unseen::No);
        assert_eq!(of('\u{FE0F}', Some('☎')), Unseen::No);
        assert_eq!(of('\u{200D}', Some('👩')), Unseen::No);
        assert_eq!(of('\u{200D}', Some('a')), Unseen::Yes);
        assert_eq!(of('\u{FE0F}', Some('a')), Unseen::Yes);
        assert_eq!(of('\u{E0061}', Some('葛')), Unseen::Yes);
        assert_eq!(of('\u{AD}', None), Unseen::Yes);
        assert_eq!(of('ー', None), Unseen::No);
        assert_eq!(of('\u{1}', Some('a')), Unseen::Yes);
        assert_eq!(of('\u{9B}', Some('あ')), Unseen::Yes);
        assert_eq!(of('\t', Some('a')), Unseen::No);
        assert_eq!(of('\u{85}', Some('a')), Unseen::No);
    }
}

//! A folded text and phrases → whether, and where, a phrase stands in it as words.
//!
//! A Latin phrase begins and ends where words do; one that ends in `*` may go on (`impersonat*`). Japanese has no such boundary.

/// Whether one of the phrases stands in the text.
pub(super) fn has(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| ends(text, phrase).next().is_some())
}

/// Whether one of `then` stands behind one of `first`, inside the next `chars_max` characters.
pub(super) fn near(text: &str, first: &[&str], then: &[&str], chars_max: usize) -> bool {
    let behind = |at: usize| head(text.get(at..).unwrap_or_default(), chars_max);
    first.iter().any(|phrase| ends(text, phrase).any(|at| has(behind(at), then)))
}

/// As [`near`], in either order.
pub(super) fn together(text: &str, one: &[&str], other: &[&str], chars_max: usize) -> bool {
    near(text, one, other, chars_max) || near(text, other, one, chars_max)
}

/// The byte offsets behind each place where a phrase stands.
pub(super) fn ends<'a>(text: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    let stem = phrase.strip_suffix('*');
    let goes_on = stem.is_some();
    let words = stem.unwrap_or(phrase);
    // Most phrases stand nowhere, and that is sooner known than where they stand.
    let text = if text.contains(words) { text } else { "" };
    text.match_indices(words).filter_map(move |(at, found)| {
        let end = at + found.len();
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(end..).and_then(|after| after.chars().next());
        let begins = !is_inside_word(before, words.chars().next());
        let stops = goes_on || !is_inside_word(words.chars().next_back(), after);
        (begins && stops).then_some(end)
    })
}

/// The first `chars_max` characters.
pub(super) fn head(text: &str, chars_max: usize) -> &str {
    let end = text.char_indices().nth(chars_max).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// The last `chars_max` characters.
pub(super) fn tail(text: &str, chars_max: usize) -> &str {
    let skipped = text.chars().count().saturating_sub(chars_max);
    let start = text.char_indices().nth(skipped).map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

fn is_inside_word(left: Option<char>, right: Option<char>) -> bool {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    is_latin(left) && is_latin(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_phrases_are_words_and_japanese_ones_stand_anywhere() {
        for (text, phrase, stands) in [
            ("use it", "use", true),
            ("because", "use", false),
            ("used", "use", false),
            ("used", "use*", true),
            ("新しいアドレス", "アドレス", true),
            ("メールはmailで", "mail", true),
            ("", "use", false),
        ] {
            assert_eq!(has(text, &[phrase]), stands, "{phrase} in {text}");
        }
    }

    #[test]
    fn nearness_is_counted_in_characters() {
        assert!(near("アドレスを昨日変更", &["アドレス"], &["変更"], 5));
        assert!(!near("アドレスを昨日変更", &["アドレス"], &["変更"], 4));
        assert!(!near("変更したアドレス", &["アドレス"], &["変更"], 9));
        assert!(together("変更したアドレス", &["アドレス"], &["変更"], 9));
        assert_eq!((head("あいう", 2), tail("あいう", 2), tail("あ", 2)), ("あい", "いう", "あ"));
    }
}

//! Plain text → what is seen of it: lines divided by `\n`, characters without width kept apart.

use crate::Hidden;
use crate::bidi::{Overrides, Turns};
use crate::html::unseen::{self, Unseen};

/// Hidden runs kept of one text.
const HIDDEN_MAX: usize = 1_000;
/// Characters kept of one hidden run, as [`Hidden`] promises.
const HIDDEN_CHARS_MAX: usize = 4_000;

/// The text as seen, and what is not. Text beyond `bytes_max` is left out (the caller marks the part `too-large`).
pub(super) fn seen(raw: &str, bytes_max: usize) -> (String, Vec<Hidden>) {
    let mut end = raw.len().min(bytes_max);
    while !raw.is_char_boundary(end) {
        end -= 1;
    }
    let (raw, _) = raw.split_at(end);
    let mut text = String::with_capacity(raw.len());
    let mut hidden = Vec::new();
    let mut run = String::new();
    let mut run_chars = 0;
    let mut overrides = Overrides::default();
    let mut characters = raw.chars().peekable();
    while let Some(character) = characters.next() {
        overrides.meet(character, text.len());
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' => text.push('\n'),
            // The one is noted as a defect, and a text in a wide charset that was taken for a narrow one is full of them; the other stands
            // in what programs drew on a terminal.
            '\0' | '\u{8}' => {}
            _ if unseen::of(character, text.chars().next_back()) == Unseen::No => text.push(character),
            _ => {
                if run_chars < HIDDEN_CHARS_MAX {
                    run.push(character);
                    run_chars += 1;
                }
                let goes_on = characters
                    .peek()
                    .is_some_and(|next| unseen::of(*next, text.chars().next_back()) == Unseen::Yes);
                if goes_on {
                    continue;
                }
                let run = std::mem::take(&mut run);
                run_chars = 0;
                let between = text.ends_with(|c: char| !c.is_whitespace())
                    && characters.peek().is_some_and(|next| !next.is_whitespace());
                if (between || run.chars().any(unseen::is_tag)) && hidden.len() < HIDDEN_MAX {
                    hidden.push(Hidden { text: run, by: crate::HiddenBy::Invisible, at: text.len() });
                }
            }
        }
    }
    let turns = Turns::of(overrides.finish(text.len()), &mut text);
    if !turns.is_empty() {
        for hidden in &mut hidden {
            hidden.at = turns.place(hidden.at, &text);
        }
        hidden.sort_by_key(|hidden| hidden.at);
    }
    (text, hidden)
}

#[cfg(test)]
mod tests {
    use super::seen;

    #[test]
    fn lines_and_unseen_characters() {
        let (text, hidden) = seen("a\u{200B}b\r\nc\rd\u{200B} \u{E0041}", 100);
        assert_eq!(text, "ab\nc\nd ");
        let drawn: Vec<_> = hidden.iter().map(|hidden| (hidden.text.as_str(), hidden.at)).collect();
        assert_eq!(drawn, [("\u{200B}", 1), ("\u{E0041}", 7)]);
        assert_eq!(seen("ああ", 4).0, "あ");
        let (text, hidden) = seen("振\u{1}込\0先\u{7F}\u{8}です\u{C}\t次", 100);
        assert_eq!((text.as_str(), hidden.len()), ("振込先です\u{C}\t次", 2));
    }

    #[test]
    fn what_is_overridden_stands_as_it_is_shown() {
        assert_eq!(seen("a \u{202E}先込振\u{202C} b\n\u{202E}cba\nc", 100).0, "a 振込先 b\nabc\nc");
        assert_eq!(seen("\u{202E}先込振\u{202A}x\u{202C}y", 100).0, "yx振込先");
        assert_eq!(seen("\u{202B}先込振\u{202C}", 100).0, "先込振");
        let (text, hidden) = seen("\u{202E}c\u{200B}ba", 100);
        assert_eq!((text.as_str(), hidden.len(), hidden[0].at), ("abc", 1, 2));
    }
}

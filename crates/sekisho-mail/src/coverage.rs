//! Two texts → how much of one does not stand in the other, whatever divides their lines and words.

use std::collections::HashSet;

/// Neighbouring letters that are compared as one; the words of a language share shorter runs with any other text.
const WINDOW_LETTERS: usize = 6;
/// Windows kept of the texts compared with: hundreds of pages.
const WINDOWS_MAX: usize = 400_000;

/// Bits of a letter in a window.
const LETTER_BITS: u32 = 21;

/// Neighbouring letters, one behind the other in one number.
type Window = u128;

/// What stands in some texts.
#[derive(Debug, Default)]
pub(crate) struct Covered {
    windows: HashSet<Window>,
}

impl Covered {
    /// Adds the letters of a text.
    pub(crate) fn add(&mut self, text: &str) {
        for window in windows(text) {
            if self.windows.len() >= WINDOWS_MAX {
                return;
            }
            self.windows.insert(window);
        }
    }

    /// How many letters of `text` stand in none of the texts, counted to `most`. Addresses of pages are passed over: a page shows their words, and a
    /// plain text the addresses.
    pub(crate) fn missing(&self, text: &str, most: usize) -> usize {
        let mut missing = 0;
        // Letters behind the last one that is known to be covered.
        let mut pending = 0_usize;
        let mut all = 0_usize;
        for window in windows(text) {
            all += 1;
            pending += 1;
            if self.windows.contains(&window) {
                // A window covers its letters; those before them that no window covers are missing.
                missing += pending.saturating_sub(1 + if all == pending { 0 } else { WINDOW_LETTERS - 1 });
                pending = 0;
            }
            if missing + pending.saturating_sub(WINDOW_LETTERS - 1) >= most {
                return most;
            }
        }
        if all == 0 {
            return letters(text).count().min(most);
        }
        let last = if all == pending { pending + WINDOW_LETTERS - 1 } else { pending };
        (missing + last).min(most)
    }
}

/// Runs of neighbouring letters, each beginning one letter further.
fn windows(text: &str) -> impl Iterator<Item = Window> + '_ {
    const ALL: Window = (1 << (LETTER_BITS * WINDOW_LETTERS as u32)) - 1;
    let mut window = 0;
    let ending_at = letters(text).map(move |letter| {
        window = (window << LETTER_BITS | Window::from(u32::from(letter))) & ALL;
        window
    });
    ending_at.skip(WINDOW_LETTERS - 1)
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.split_whitespace()
        .filter(|word| !word.contains("://"))
        .flat_map(str::chars)
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::Covered;

    fn missing(of: &str, in_texts: &[&str]) -> usize {
        let mut covered = Covered::default();
        in_texts.iter().for_each(|text| covered.add(text));
        covered.missing(of, 100)
    }

    #[test]
    fn letters_that_stand_nowhere_else_are_counted() {
        let shown = "いつもお世話になっております。Please see below.";
        assert_eq!(missing("いつもお世話に\nなっており ます PLEASE see *below*", &[shown]), 0);
        assert_eq!(missing("", &[shown]), 0);
        assert_eq!(missing("口座", &[shown]), 2);
        assert_eq!(missing("口座が変わりました", &[shown]), 9);
        assert_eq!(missing("口座が変わりました いつもお世話になっております", &[shown]), 9);
        assert_eq!(missing("いつもお世話になっております 口座が変わりました", &[shown]), 9);
        assert_eq!(missing("いつもお世話に口座が変わりましたなっております", &[shown]), 9);
        assert_eq!(missing("Please see below. https://a.example/averylongaddress", &[shown]), 0);
        assert_eq!(missing(&"別の文章".repeat(100), &[shown]), 100);
    }
}

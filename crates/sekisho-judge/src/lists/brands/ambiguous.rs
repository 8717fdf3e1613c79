//! A name that is an ordinary word → whether it stands for the brand here.
//!
//! "Apple Support" is the company, "Apple pie recipes" is not: the name counts if nothing else stands there than
//! words with which services sign, or if it opens the text in brackets 【…】 as Japanese subjects do.

use std::ops::Range;

use crate::fold::{Folded, fold};

/// A longer text is no signature.
const BESIDES_BYTES_MAX: usize = 120;

/// Legal forms, folded: what follows the name without a space there is of the firm's own name (「株式会社弥生システム」).
const FORMS: &[&str] = &["株式会社", "有限会社", "合同会社", "(株)", "(有)"];

/// Words with which services sign, folded, the longest first.
#[derive(Debug)]
pub(super) struct ServiceWords(Vec<String>);

impl ServiceWords {
    pub(super) fn new(words: &[String]) -> ServiceWords {
        let mut words: Vec<String> =
            words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        ServiceWords(words)
    }

    /// Whether the name at `range` is all there is besides service words, or opens the text in brackets.
    pub(super) fn are_all_besides(&self, text: &Folded, range: &Range<usize>) -> bool {
        let all = text.as_str();
        let (Some(before), Some(after)) = (all.get(..range.start), all.get(range.end..)) else {
            return false;
        };
        let bracketed = matches!((before, after.chars().next()), ("【", Some('】')) | ("[", Some(']')));
        if bracketed {
            return true;
        }
        let is_longer = after.chars().next().is_some_and(char::is_alphabetic);
        if is_longer && FORMS.iter().any(|form| before.ends_with(form) || after.contains(form)) {
            return false;
        }
        before.len() + after.len() <= BESIDES_BYTES_MAX && self.are_all(before) && self.are_all(after)
    }

    fn are_all(&self, mut rest: &str) -> bool {
        // Each turn takes at least one byte, and the caller has bounded them.
        while let Some(first) = rest.chars().next() {
            let word = self.0.iter().find_map(|word| rest.strip_prefix(word.as_str()));
            rest = match word {
                Some(after) => after,
                None if !first.is_alphabetic() && first != '@' => {
                    rest.get(first.len_utf8()..).unwrap_or_default()
                }
                None => return false,
            };
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_only_with_service_words() {
        let words = ServiceWords::new(&["support".to_owned(), "サポート".to_owned(), "sup".to_owned()]);
        for (text, expected) in [
            ("box", true),
            ("Box Support", true),
            ("<Box> サポート 24", true),
            ("【Box】今月の大切なお話", true),
            ("今月の【Box】", false),
            ("Box office", false),
            ("blue box", false),
            ("box@24", false),
            ("株式会社Boxサポート", false),
            ("Boxサポート株式会社", false),
            ("Boxサポート", true),
        ] {
            let folded = Folded::new(text);
            let at = folded.as_str().find("box").unwrap();
            assert_eq!(words.are_all_besides(&folded, &(at..at + 3)), expected, "{text}");
        }
        let long = Folded::new(&format!("box {}", "support ".repeat(20)));
        assert!(!words.are_all_besides(&long, &(0..3)));
    }
}

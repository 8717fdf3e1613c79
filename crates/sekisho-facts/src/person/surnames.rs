//! Usual Japanese surnames, as names are compared: which words they are, and how each is read.

use std::collections::HashMap;
use std::sync::LazyLock;

use sekisho_mail::surnames;

use super::fold_letter;

/// Letters of a surname at most.
const LETTERS_MAX: usize = 4;

/// Surnames, folded, with their readings.
static READINGS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    surnames().map(|(surname, readings)| (surname.chars().map(fold_letter).collect(), readings)).collect()
});

/// Whether a word, folded, is a surname and nothing else.
pub(super) fn is_surname(word: &str) -> bool {
    READINGS.contains_key(word)
}

/// How a surname, folded, may be read.
pub(super) fn readings(surname: &str) -> impl Iterator<Item = &'static str> {
    READINGS.get(surname).into_iter().flat_map(|readings| readings.split('/'))
}

/// The usual surnames that begin a word, folded, and leave something of it; the shortest first.
pub(super) fn beginning(word: &str) -> impl Iterator<Item = &str> {
    let ends = word.char_indices().map(|(at, _)| at).skip(1).take(LETTERS_MAX);
    ends.filter_map(|at| word.get(..at)).filter(|start| is_surname(start))
}

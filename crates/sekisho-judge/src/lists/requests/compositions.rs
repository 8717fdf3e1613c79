//! Classes of words and a folded text → the sentences in which words of several classes stand together.
//!
//! Nobody can list all sentences that say that an account has changed; but a word for the account and a word for the change stand in each.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::fold::Folded;
use crate::lists::phrases::{Hit, PhraseSet};
use crate::lists::source::{ListError, Source};
use crate::nearest::nearest;

/// How far behind the words a denial may begin: eight kana.
const DENIED_BEHIND_BYTES: usize = 24;

/// No denial in the list is longer.
const WORD_BYTES_MAX: usize = 120;

/// Words by the name of their class, as the list has them.
pub(in crate::lists) type RawWords = BTreeMap<String, Vec<String>>;

/// Classes that make a request where they stand together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Composition {
    /// A word of each of these classes, in any order.
    pub of: Vec<Spanned<String>>,
    /// Characters, without white space, from the beginning of the first word to the end of the last.
    pub within: usize,
    /// With a word of one of these in the sentence it is something else.
    #[serde(default)]
    pub unless: Vec<Spanned<String>>,
    /// A word of one of these among the words, or close behind, denies them: 変更はございません.
    #[serde(default)]
    pub denied_by: Vec<Spanned<String>>,
    /// Whether the words may stand in several sentences.
    #[serde(default)]
    pub across: bool,
}

/// All compositions, ready for searching.
#[derive(Debug)]
pub(super) struct Compositions {
    words: PhraseSet,
    compositions: Vec<Prepared>,
}

/// A composition with its classes as numbers.
#[derive(Debug)]
struct Prepared {
    owner: usize,
    of: Vec<usize>,
    unless: Vec<usize>,
    denied_by: Vec<usize>,
    within: usize,
    across: bool,
}

impl Compositions {
    /// `compositions` come with the numbers of their owners.
    pub(super) fn new<'a>(
        source: Source<'_>,
        words: &RawWords,
        compositions: impl IntoIterator<Item = (usize, &'a Composition)>,
    ) -> Result<Compositions, ListError> {
        let number = |class: &Spanned<String>| {
            let name = class.get_ref();
            let at = words.keys().position(|known| known == name);
            at.ok_or_else(|| source.invalid(class, unknown(name, words)))
        };
        let numbers = |classes: &[Spanned<String>]| classes.iter().map(number).collect::<Result<Vec<_>, _>>();
        let prepared = |(owner, it): (usize, &Composition)| {
            let (of, unless, denied_by) = (numbers(&it.of)?, numbers(&it.unless)?, numbers(&it.denied_by)?);
            Ok(Prepared { owner, of, unless, denied_by, within: it.within, across: it.across })
        };
        let compositions = compositions.into_iter().map(prepared).collect::<Result<Vec<_>, _>>()?;
        let classes = words.values().enumerate();
        let words = classes.flat_map(|(at, words)| words.iter().map(move |word| (at, word.as_str())));
        Ok(Compositions { words: PhraseSet::new(words), compositions })
    }

    /// The owners of all compositions in `text`; some more than once.
    pub(super) fn owners(&self, text: &Folded) -> Vec<usize> {
        let hits: Vec<Hit> = self.words.hits(text).collect();
        let in_sentences = |composition: &Prepared, hits: &[Hit]| composition.is_in(text, hits);
        let mut owners = Vec::new();
        for sentence in by_sentence(text, &hits) {
            let found = self.compositions.iter().filter(|it| !it.across && in_sentences(it, sentence));
            owners.extend(found.map(|it| it.owner));
        }
        let found = self.compositions.iter().filter(|it| it.across && in_sentences(it, &hits));
        owners.extend(found.map(|it| it.owner));
        owners
    }
}

impl Prepared {
    /// Whether a word of each class stands among `hits`, near enough, and nothing denies them.
    fn is_in(&self, text: &Folded, hits: &[Hit]) -> bool {
        let mut last: Vec<Option<usize>> = vec![None; self.of.len()];
        let mut is_found = false;
        for hit in hits.iter().filter(|hit| self.of.contains(&hit.owner)) {
            for (class, start) in self.of.iter().zip(&mut last) {
                if *class == hit.owner {
                    *start = Some(hit.range.start);
                }
            }
            let start =
                last.iter().copied().try_fold(hit.range.start, |least, at| at.map(|at| least.min(at)));
            let span = start.map(|start| start..hit.range.end);
            let span = span.filter(|span| is_within(text, span.clone(), self.within));
            is_found = is_found || span.is_some_and(|span| !self.is_denied(&span, hits));
        }
        is_found && !hits.iter().any(|hit| self.unless.contains(&hit.owner))
    }

    fn is_denied(&self, span: &Range<usize>, hits: &[Hit]) -> bool {
        // In the order of their ends; so a text of nothing but such words costs no more than its length.
        let from = hits.partition_point(|hit| hit.range.end <= span.start);
        let end = span.end.saturating_add(DENIED_BEHIND_BYTES);
        let near = hits.iter().skip(from).take_while(|hit| hit.range.end <= end + WORD_BYTES_MAX);
        near.filter(|hit| hit.range.start <= end).any(|hit| self.denied_by.contains(&hit.owner))
    }
}

fn unknown(name: &str, words: &RawWords) -> String {
    match nearest(name, words.keys().map(String::as_str)) {
        Some(near) => format!("unknown class of words \"{name}\"; did you mean \"{near}\"?"),
        None => format!("unknown class of words \"{name}\"; known are those under [request_words]"),
    }
}

fn is_within(text: &Folded, range: Range<usize>, chars_max: usize) -> bool {
    text.as_str().get(range).is_some_and(|span| span.chars().nth(chars_max).is_none())
}

/// The hits, sentence by sentence.
fn by_sentence<'h>(text: &Folded, hits: &'h [Hit]) -> Vec<&'h [Hit]> {
    let mut sentences = Vec::new();
    let mut rest = hits;
    for (at, c) in text.as_str().char_indices() {
        if rest.is_empty() {
            break;
        }
        let end = at + c.len_utf8();
        if ends_sentence(text, c, end) {
            let (sentence, behind) = rest.split_at(rest.partition_point(|hit| hit.range.end <= end));
            sentences.extend((!sentence.is_empty()).then_some(sentence));
            rest = behind;
        }
    }
    sentences.extend((!rest.is_empty()).then_some(rest));
    sentences
}

/// A full stop inside a name (kita.example) ends nothing.
fn ends_sentence(text: &Folded, c: char, end: usize) -> bool {
    matches!(c, '。' | '!' | '?' | ';') || (c == '.' && text.gap_before(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compositions(text: &str) -> Result<Compositions, ListError> {
        #[derive(Deserialize)]
        struct Raw {
            words: RawWords,
            composed: Vec<Composition>,
        }
        let source = Source { name: "lures", text };
        let raw: Raw = source.parse()?;
        Compositions::new(source, &raw.words, raw.composed.iter().enumerate())
    }

    #[test]
    fn words_stand_together_in_a_sentence() {
        let rules = "composed = [{ of = [\"a\", \"b\"], within = 8, unless = [\"c\"], denied_by = [\"d\"] }, { of = [\"a\", \"b\"], within = 8, across = true }]\n\
            [words]\na = [\"口座\", \"account\"]\nb = [\"変更\", \"new\"]\nc = [\"なし\"]\nd = [\"変更はない\"]";
        let rules = compositions(rules).unwrap();
        for (text, owners) in [
            ("口座の変更", vec![0, 1]),
            ("変更した口座", vec![0, 1]),
            ("口 座\nの変\n更", vec![0, 1]),
            ("口座は別。変更", vec![1]),
            ("口座の変更はなし", vec![1]),
            ("口座については来週にも変更", vec![]),
            ("口座、口座をすぐ変更", vec![0, 1]),
            ("変更。口座、変更", vec![0, 1]),
            ("口座の変更はない", vec![1]),
            ("住所の変更はないが、口座は変更", vec![0, 1]),
            ("口座", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(rules.owners(&Folded::new(text)), owners, "{text}");
        }
    }

    #[test]
    fn a_text_of_nothing_but_such_words_ends_soon() {
        let lures = &crate::lists::Lists::built_in().lures;
        for words in [
            "振込先に変更はございません",
            "口座",
            "ourbankdetails have not changed ",
            "。",
            "至急お支払い済み",
        ] {
            let text = Folded::new(&words.repeat((1 << 20) / words.len()));
            assert!(lures.requests_in(&text).len() < 8, "{words}");
        }
    }

    #[test]
    fn an_unknown_class_is_refused_with_the_nearest() {
        let rules = "composed = [{ of = [\"acount\"], within = 8 }]\n[words]\naccount = [\"口座\"]";
        let error = compositions(rules).unwrap_err().to_string();
        assert_eq!(error, "lists/lures.toml:1: unknown class of words \"acount\"; did you mean \"account\"?");
    }
}

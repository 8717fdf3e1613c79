//! Many phrases and one folded text → which phrases stand in it, as words.
//!
//! A Latin phrase must begin and end where a word does; a short katakana phrase must not be part of a longer
//! katakana word (イオン in ライオン); kanji and hiragana have no word boundary and match anywhere.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::fold::Folded;

/// Hits looked at in one text: a text made of nothing but hits must not cost more than any other.
const HITS_MAX: usize = 20_000;

/// A katakana phrase of this many characters may stand inside a longer katakana word (アマゾンジャパン).
const KATAKANA_ALONE_CHARS: usize = 4;

/// Phrases made ready for searching, each with the number that its owner gave it.
#[derive(Debug)]
pub(crate) struct PhraseSet {
    automaton: AhoCorasick,
    phrases: Vec<Phrase>,
}

#[derive(Debug)]
struct Phrase {
    folded: Folded,
    owner: usize,
    katakana_alone: bool,
}

/// A phrase found as a word of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The number given with the phrase.
    pub(crate) owner: usize,
    /// Where it stands in the folded text, in bytes.
    pub(crate) range: Range<usize>,
}

impl PhraseSet {
    /// Empty phrases are left out.
    pub(crate) fn new<'a>(phrases: impl IntoIterator<Item = (usize, &'a str)>) -> PhraseSet {
        let phrases: Vec<Phrase> = phrases
            .into_iter()
            .map(|(owner, text)| {
                let folded = Folded::new(text);
                let katakana_alone = folded.as_str().chars().count() < KATAKANA_ALONE_CHARS;
                Phrase { folded, owner, katakana_alone }
            })
            .filter(|phrase| !phrase.folded.as_str().is_empty())
            .collect();
        // The lists are a few thousand short phrases; the builder fails only beyond 2³¹ states.
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(phrases.iter().map(|phrase| phrase.folded.as_str()))
            .expect("a list is far smaller than the automaton's limit");
        PhraseSet { automaton, phrases }
    }

    /// Every phrase in `text`, in the order of their ends.
    pub(crate) fn hits<'a>(&'a self, text: &'a Folded) -> impl Iterator<Item = Hit> + 'a {
        self.automaton.find_overlapping_iter(text.as_str()).take(HITS_MAX).filter_map(|found| {
            let phrase = self.phrases.get(found.pattern().as_usize())?;
            let range = found.range();
            phrase.stands_alone(text, &range).then_some(Hit { owner: phrase.owner, range })
        })
    }

    /// The owners of all phrases in `text`, each once, ascending.
    pub(crate) fn owners(&self, text: &Folded) -> Vec<usize> {
        let mut owners: Vec<usize> = self.hits(text).map(|hit| hit.owner).collect();
        owners.sort_unstable();
        owners.dedup();
        owners
    }
}

impl Phrase {
    fn stands_alone(&self, text: &Folded, range: &Range<usize>) -> bool {
        let (phrase, all) = (self.folded.as_str(), text.as_str());
        let before = all.get(..range.start).and_then(|before| before.chars().next_back());
        let after = all.get(range.end..).and_then(|after| after.chars().next());
        let starts = text.gap_before(range.start) || self.parts(before, phrase.chars().next());
        let ends = text.gap_before(range.end) || self.parts(phrase.chars().next_back(), after);
        starts && ends && self.allows_gaps(text, range)
    }

    /// Whether a word can end between these two characters.
    fn parts(&self, left: Option<char>, right: Option<char>) -> bool {
        let (Some(left), Some(right)) = (left, right) else { return true };
        match (Script::of(left), Script::of(right)) {
            (Script::Latin, Script::Latin) | (Script::Digit, Script::Digit) => false,
            (Script::Katakana, Script::Katakana) => !self.katakana_alone,
            _ => true,
        }
    }

    /// Inside a Latin phrase white space stands where the phrase has it, or between all letters ("A m a z o n").
    fn allows_gaps(&self, text: &Folded, range: &Range<usize>) -> bool {
        let gaps = text.gaps_inside(range.start, range.end);
        let phrase = self.folded.as_str();
        if gaps.is_empty() || !phrase.is_ascii() {
            return true;
        }
        let everywhere = gaps.len() + 1 == phrase.len() && phrase.len() >= 5;
        everywhere || gaps.iter().all(|gap| self.folded.gap_before(gap - range.start))
    }
}

#[derive(PartialEq)]
enum Script {
    Latin,
    Digit,
    Katakana,
    Other,
}

impl Script {
    fn of(c: char) -> Script {
        match c {
            '0'..='9' => Script::Digit,
            'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{52f}' => Script::Latin,
            '\u{30a1}'..='\u{30fa}' | 'ー' => Script::Katakana,
            _ => Script::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_and_not_their_parts() {
        let phrases = ["amazon", "au one", "イオン", "アマゾン", "三井住友", "7-eleven", "ups"];
        let set = PhraseSet::new(phrases.iter().copied().enumerate());
        for (text, owners) in [
            ("Amazon.co.jp", vec![0]),
            ("amazonas", vec![]),
            ("プリAmazonです", vec![0]),
            ("A m a z o n", vec![0]),
            ("ama zon", vec![]),
            ("AU  ONE", vec![1]),
            ("auone", vec![1]),
            ("イオンより", vec![2]),
            ("ライオン", vec![]),
            ("イオン カード", vec![2]),
            ("アマゾンジャパン", vec![3]),
            ("株式会社三井 住友", vec![4]),
            ("7-Eleven", vec![5]),
            ("17-Eleven", vec![]),
            ("start-ups", vec![6]),
            ("cups", vec![]),
            ("it is up so", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(set.owners(&Folded::new(text)), owners, "{text}");
        }
    }

    #[test]
    fn an_empty_set_finds_nothing() {
        assert_eq!(PhraseSet::new([(0, " ")]).owners(&Folded::new("text")), [0usize; 0]);
    }
}

//! Text under an override of its direction (U+202E, `<bdo dir=rtl>`) → the order in which it is shown (UAX #9, rules X4 to X7, L2 to L4).
//!
//! Letters that are written from the right anyway stand in the order in which they are read: a stretch with such letters is left as it is.

use std::borrow::Cow;
use std::ops::Range;

/// U+202E: what follows is shown from the right to the left.
pub(crate) const OVERRIDE: char = '\u{202E}';
/// U+202C: the last embedding or override ends.
pub(crate) const POP: char = '\u{202C}';

/// Whether `character` begins an embedding or override.
pub(crate) fn embeds(character: char) -> bool {
    matches!(character, '\u{202A}' | '\u{202B}' | '\u{202D}' | OVERRIDE)
}

/// A text of its own, as a name, in the order in which it is shown; without the signs that turn it.
pub fn as_shown(text: &str) -> Cow<'_, str> {
    if !text.contains(OVERRIDE) {
        return Cow::Borrowed(text);
    }
    let (mut shown, mut overrides) = (String::with_capacity(text.len()), Overrides::default());
    for character in text.chars() {
        overrides.meet(character, shown.len());
        shown.extend(Some(character).filter(|character| !embeds(*character) && *character != POP));
    }
    Turns::of(overrides.finish(shown.len()), &mut shown);
    Cow::Owned(shown)
}

/// Where a text is under an override of its direction: from U+202E to where it ends, or to the end of the line.
#[derive(Default)]
pub(crate) struct Overrides {
    stretches: Vec<Range<usize>>,
    start: Option<usize>,
    depth: usize,
}

impl Overrides {
    /// Meets the next character of the text.
    pub(crate) fn meet(&mut self, character: char, at: usize) {
        match character {
            '\n' | '\r' | '\u{85}' | '\u{2029}' => self.end(at),
            OVERRIDE if self.start.is_none() => (self.start, self.depth) = (Some(at), 1),
            POP if self.depth == 1 => self.end(at),
            POP => self.depth = self.depth.saturating_sub(1),
            _ if self.start.is_some() && embeds(character) => self.depth += 1,
            _ => {}
        }
    }

    fn end(&mut self, at: usize) {
        self.depth = 0;
        self.stretches.extend(self.start.take().map(|start| start..at).filter(|range| !range.is_empty()));
    }

    /// The stretches, where the text ends.
    pub(crate) fn finish(mut self, at: usize) -> Vec<Range<usize>> {
        self.end(at);
        self.stretches
    }
}

/// Stretches of a text that are turned round, in order and apart from one another. Offsets stay offsets: each character keeps its bytes.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    stretches: Vec<Range<usize>>,
}

impl Turns {
    /// Turns those `stretches` of `text` that are to be turned.
    pub(crate) fn of(stretches: Vec<Range<usize>>, text: &mut String) -> Self {
        let mut turns = Self::default();
        if stretches.is_empty() {
            return turns;
        }
        let mut turned = String::with_capacity(text.len());
        for stretch in stretches {
            let Some(inside) = text.get(stretch.clone()).filter(|inside| !inside.contains(is_from_right))
            else {
                continue;
            };
            turned.push_str(text.get(turned.len()..stretch.start).unwrap_or_default());
            turn(inside, &mut turned);
            turns.stretches.push(stretch);
        }
        turned.push_str(text.get(turned.len()..).unwrap_or_default());
        *text = turned;
        turns
    }

    /// Whether nothing was turned.
    pub(crate) fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// Where a place of the text before stands in `text` now.
    pub(crate) fn place(&self, at: usize, text: &str) -> usize {
        match self.around(at) {
            Some(stretch) => text.floor_char_boundary(stretch.start + stretch.end - at),
            None => at,
        }
    }

    /// Where a range of the text before stands in `text` now; the whole of a stretch that it holds a part of and more than it.
    pub(crate) fn range(&self, range: &Range<usize>, text: &str) -> Range<usize> {
        let (first, last) = (self.around(range.start), self.around(range.end));
        let holds = |stretch: &Range<usize>| stretch.start <= range.start && range.end <= stretch.end;
        if let Some(stretch) = first.or(last).filter(|stretch| holds(stretch)) {
            let turned = |at: usize| text.floor_char_boundary(stretch.start + stretch.end - at);
            return turned(range.end)..turned(range.start);
        }
        first.map_or(range.start, |stretch| stretch.start)..last.map_or(range.end, |stretch| stretch.end)
    }

    /// The stretch inside which a place is.
    fn around(&self, at: usize) -> Option<&Range<usize>> {
        let next = self.stretches.partition_point(|stretch| stretch.end <= at);
        self.stretches.get(next).filter(|stretch| stretch.start < at)
    }
}

/// Turns a stretch round: marks stay behind their letters, and brackets open to the other side.
fn turn(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(last) = rest.char_indices().rev().find(|(_, c)| !is_mark(*c)) {
        let (before, letter) = rest.split_at(last.0);
        let mut characters = letter.chars();
        into.extend(characters.next().map(mirrored));
        into.extend(characters);
        rest = before;
    }
    into.push_str(rest);
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn is_from_right(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}')
}

fn mirrored(character: char) -> char {
    const PAIRS: &str = "()[]{}<>«»‹›（）［］｛｝＜＞「」『』【】〔〕〈〉《》";
    match PAIRS.chars().position(|known| known == character) {
        Some(at) => PAIRS.chars().nth(at ^ 1).unwrap_or(character),
        None => character,
    }
}

#[cfg(test)]
mod tests {
    use super::{Turns, as_shown};

    #[test]
    fn names_stand_as_they_are_shown() {
        for (text, shown) in [
            ("\u{202e}郎太健 浦三", "三浦 健太郎"),
            ("Re: \u{202e}cba\u{202c} d", "Re: abc d"),
            ("\u{202e}（部業営）浦三", "三浦（営業部）"),
            ("\u{202a}三浦\u{202c}", "\u{202a}三浦\u{202c}"),
            ("三浦", "三浦"),
            ("\u{202e}", ""),
        ] {
            assert_eq!(as_shown(text), shown);
        }
    }

    fn turned(stretch: std::ops::Range<usize>, text: &mut String) -> Turns {
        Turns::of(std::iter::once(stretch).collect(), text)
    }

    fn turned_whole(text: &mut String) -> Turns {
        turned(0..text.len(), text)
    }

    #[test]
    fn stretches_are_turned_and_places_with_them() {
        let mut text = "ab先込振(9)cd".to_owned();
        let turns = turned(2..14, &mut text);
        assert_eq!(text, "ab(9)振込先cd");
        assert_eq!(turns.range(&(2..5), &text), 11..14);
        assert_eq!(turns.range(&(0..5), &text), 0..14);
        assert_eq!(turns.range(&(0..16), &text), 0..16);
        assert_eq!(turns.range(&(14..16), &text), 14..16);
        assert_eq!((turns.place(1, &text), turns.place(5, &text), turns.place(2, &text)), (1, 11, 2));
    }

    #[test]
    fn marks_follow_their_letters_and_hebrew_stays() {
        let mut text = "か\u{3099}あ".to_owned();
        turned_whole(&mut text);
        assert_eq!(text, "あか\u{3099}");
        let mut text = "שלום 12".to_owned();
        assert!(turned_whole(&mut text).is_empty());
        assert_eq!(text, "שלום 12");
    }
}

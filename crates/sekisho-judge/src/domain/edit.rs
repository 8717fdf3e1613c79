//! Two labels → whether exactly one slip lies between them, and how easily an eye passes over it.

use std::collections::BTreeSet;

/// One slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EditKind {
    /// A letter doubled or no longer double, two neighbours swapped, or a letter of much the same shape.
    Slip,
    /// Another letter inside.
    Letter,
    /// A letter added or left out at the end: plurals and numbered names.
    End,
    /// A letter of much the same shape at the beginning, where people look first.
    First,
    /// Another Japanese word in Latin letters, or the same in another spelling: Takahashi and Takanashi, Sato and Satou.
    Spelling,
}

/// Digits that are written for letters.
const DIGITS: &[(char, char)] = &[
    ('a', '4'),
    ('b', '6'),
    ('b', '8'),
    ('e', '3'),
    ('g', '6'),
    ('g', '9'),
    ('q', '9'),
    ('s', '5'),
    ('t', '7'),
    ('z', '2'),
];

/// The mark of a long vowel; the second is what UTS #39 makes of it.
const LONG_VOWELS: &[char] = &['ー', '一'];

/// Pairs that differ by little on a screen.
const SIMILAR: &[(char, char)] = &[
    ('i', 'l'),
    ('i', 'j'),
    ('u', 'v'),
    ('n', 'm'),
    ('c', 'e'),
    ('g', 'q'),
    ('v', 'y'),
    ('o', 'e'),
    ('o', 'q'),
    ('t', 'f'),
    ('h', 'n'),
    ('r', 'n'),
];

/// The letters with which a protected label may begin that lies one slip away from a strange one: the same one, one of much the same
/// shape, or the second where the two were swapped.
pub(super) fn first_letters(strange: &[char]) -> BTreeSet<char> {
    let Some(first) = strange.first() else { return BTreeSet::new() };
    let similar = SIMILAR.iter().filter_map(|(a, b)| match (a == first, b == first) {
        (true, _) => Some(*b),
        (_, true) => Some(*a),
        _ => None,
    });
    strange.iter().take(2).copied().chain(similar).collect()
}

/// The one slip between a protected and a strange label, or `None` where it is none or more. The first letter must
/// stay, as people read it; and numbers that differ are another name, not a slip.
pub(super) fn edit_between(protected: &[char], strange: &[char]) -> Option<EditKind> {
    let prefix = protected.iter().zip(strange).take_while(|(a, b)| a == b).count();
    let most = protected.len().min(strange.len()) - prefix;
    let ends = protected.iter().rev().zip(strange.iter().rev());
    let suffix = ends.take_while(|(a, b)| a == b).count().min(most);
    let left = protected.get(prefix..protected.len() - suffix)?;
    let right = strange.get(prefix..strange.len() - suffix)?;
    let at_end = suffix == 0;
    match (left, right) {
        ([a, b], [c, d]) if (a, b) == (d, c) => Some(EditKind::Slip),
        ([a], [b]) if prefix == 0 => is_in(SIMILAR, *a, *b).then_some(EditKind::First),
        _ if prefix == 0 => None,
        ([a], [b]) if a.is_ascii_digit() || b.is_ascii_digit() => {
            (is_in(DIGITS, *a, *b) && !at_end).then_some(EditKind::Slip)
        }
        ([a], [b]) if is_in(SIMILAR, *a, *b) => Some(EditKind::Slip),
        ([_], [_]) => Some(EditKind::Letter),
        ([one], []) | ([], [one]) => {
            let neighbour = protected.get(prefix - 1);
            Some(match () {
                () if one.is_ascii_digit() => return None,
                () if neighbour == Some(one) || LONG_VOWELS.contains(one) => EditKind::Slip,
                () if at_end => EditKind::End,
                () => EditKind::Letter,
            })
        }
        _ => None,
    }
}

fn is_in(pairs: &[(char, char)], a: char, b: char) -> bool {
    pairs.contains(&(a, b)) || pairs.contains(&(b, a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_slips_apart() {
        use EditKind::*;
        for (protected, strange, expected) in [
            ("mercari", "mercari", None),
            ("mercari", "merrcari", Some(Slip)),
            ("google", "gogle", Some(Slip)),
            ("mercari", "emrcari", Some(Slip)),
            ("mercari", "mercarl", Some(Slip)),
            ("mercari", "mercori", Some(Letter)),
            ("mercari", "merari", Some(Letter)),
            ("mercari", "mercarix", Some(End)),
            ("mercari", "mercar", Some(End)),
            ("mercari", "nercari", Some(First)),
            ("mercari", "bercari", None),
            ("mercari", "m3rcari", Some(Slip)),
            ("mercari", "mer9ari", None),
            ("mercaris", "mercari5", None),
            ("サーバ銀行", "サーバー銀行", Some(Slip)),
            ("mercari", "xmercari", None),
            ("mercari", "mercari2", None),
            ("line2go", "line3go", None),
            ("mercari", "marceri", None),
            ("mercari", "", None),
            ("", "", None),
        ] {
            let letters = |text: &str| text.chars().collect::<Vec<char>>();
            assert_eq!(
                edit_between(&letters(protected), &letters(strange)),
                expected,
                "{protected} {strange}"
            );
            let first = protected.chars().next().filter(|_| expected.is_some());
            let listed = first_letters(&letters(strange));
            assert!(first.is_none_or(|first| listed.contains(&first)), "{protected} {strange}: {listed:?}");
        }
    }
}

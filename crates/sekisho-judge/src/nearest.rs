//! A misspelt word and the known ones → the one that was probably meant.

/// Words longer than this are not compared: the cost grows with the square.
const WORD_CHARS_MAX: usize = 64;

/// The candidate with the fewest edits from `word`, where these are few for its length.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let enough = word.chars().count() / 3 + 1;
    let scored = candidates.into_iter().map(|candidate| (edits(word, candidate), candidate));
    scored
        .filter(|(edits, _)| *edits <= enough)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// Insertions, deletions, substitutions and swaps of neighbours between two words (optimal string alignment).
/// Words over [`WORD_CHARS_MAX`] characters count as unrelated.
pub(crate) fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() > WORD_CHARS_MAX || b.len() > WORD_CHARS_MAX {
        return usize::MAX;
    }
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &from) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, &to) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(from != to)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && from == b[j - 1] && a[i - 1] == to {
                best = best.min(before[j - 1] + 1);
            }
            row[j + 1] = best;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_edits() {
        for (a, b, count) in
            [("", "", 0), ("a", "", 1), ("abc", "acb", 1), ("amazon", "amazom", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(edits(a, b), count, "{a} {b}");
        }
    }

    #[test]
    fn names_the_nearest_or_nothing() {
        assert_eq!(nearest("naems", ["names", "domains"]), Some("names"));
        assert_eq!(nearest("colour", ["names", "domains"]), None);
    }
}

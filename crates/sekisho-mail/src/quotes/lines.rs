//! A text as numbered lines.

/// A line of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Where it begins (byte offset).
    pub(super) start: usize,
    /// Where it ends, the line end left out.
    pub(super) end: usize,
    /// What stands in it, without white space around.
    pub(super) text: &'a str,
    /// The same with its indentation.
    pub(super) indented: &'a str,
}

impl Line<'_> {
    /// Whether nothing is seen in it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// The lines of a text, in order.
pub(super) fn of(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    text.split('\n')
        .map(|raw| {
            let line = Line { start, end: start + raw.len(), text: raw.trim(), indented: raw };
            start += raw.len() + 1;
            line
        })
        .collect()
}

/// The next line that is not blank from `from` on, at most `blanks_max` blank ones before it.
pub(super) fn next_words(lines: &[Line<'_>], from: usize, blanks_max: usize) -> Option<usize> {
    (from..lines.len()).take(blanks_max + 1).find(|at| lines.get(*at).is_some_and(|line| !line.is_blank()))
}

/// Where the last words before line `until` end, not before line `from`.
pub(super) fn end_of_words(lines: &[Line<'_>], from: usize, until: usize) -> Option<usize> {
    let line = lines.get(from..until)?.iter().rev().find(|line| !line.is_blank())?;
    Some(line.start + line.indented.trim_end().len())
}

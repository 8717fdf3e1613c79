//! A rendered page → its quoted regions: those that its elements mark, and those that only its text shows.

use std::ops::Range;

use super::lines::{self, Line};
use super::{block, fields, head, introductions};
use crate::html::Marked;
use crate::{Quote, QuoteStyle};

/// Blank lines between a container and the introduction above it.
const BLANKS_ABOVE_MAX: usize = 2;
/// Lines of an introduction above a container.
const LINES_ABOVE_MAX: usize = 3;
/// Lines of a marked header block without labels that we know.
const UNKNOWN_BLOCK_LINES_MAX: usize = 8;

/// Finds quoted regions in a rendered page, in order, not overlapping.
pub(crate) fn find(text: &str, marked: &Marked) -> Vec<Quote> {
    let lines = lines::of(text);
    let found = super::find(text);
    let mut blocks: Vec<Quote> =
        marked.quotes.iter().filter_map(|range| container(&lines, range, text)).collect();
    let heads = marked.heads.first().and_then(|start| below_head(&lines, *start));
    let to_the_end: Vec<Quote> = found
        .iter()
        .filter(|quote| matches!(quote.style, QuoteStyle::HeaderBlock | QuoteStyle::Divider))
        .cloned()
        .chain(heads)
        .collect();
    // Below a header block everything is quoted, containers too; otherwise a container knows best where it ends.
    blocks.retain(|quote| {
        !to_the_end
            .iter()
            .any(|outer| outer.range.start < quote.range.start && outer.range.end >= quote.range.end)
    });
    let mut quotes = Vec::with_capacity(blocks.len() + found.len());
    for quote in blocks.into_iter().chain(to_the_end).chain(found) {
        let overlaps =
            |other: &Quote| other.range.start < quote.range.end && quote.range.start < other.range.end;
        if !quotes.iter().any(overlaps) {
            quotes.push(quote);
        }
    }
    quotes.sort_by_key(|quote| quote.range.start);
    quotes
}

/// The quotation in a container, its introduction inside or above it.
fn container(lines: &[Line<'_>], range: &Range<usize>, text: &str) -> Option<Quote> {
    let first = line_of(lines, range.start)?;
    let last = line_of(lines, range.end.saturating_sub(1))?;
    let inside = lines.get(..=last)?;
    let end = range.start + text.get(range.clone())?.trim_end().len();
    let mut quote = Quote {
        range: range.start..end,
        words: range.start..end,
        style: QuoteStyle::Block,
        author: String::new(),
    };
    if let Some(head) = head(inside, first) {
        quote.author = head.author;
        let words = lines::next_words(inside, head.end, BLANKS_ABOVE_MAX).and_then(|at| lines.get(at));
        // A container that holds only the head says nothing about where the words end.
        quote.words.start = words.filter(|line| line.start < end)?.start.max(range.start);
    } else if let Some((start, author)) = above(lines, first) {
        quote.range.start = start;
        quote.author = author;
    }
    Some(quote)
}

/// The introduction that ends above line `first`: where it begins, and whom it names.
fn above(lines: &[Line<'_>], first: usize) -> Option<(usize, String)> {
    let last = (first.saturating_sub(BLANKS_ABOVE_MAX + 1)..first)
        .rev()
        .find(|at| lines.get(*at).is_some_and(|line| !line.is_blank()))?;
    let until = lines.get(..first)?;
    for start in (0..=last).rev().take(LINES_ABOVE_MAX) {
        if let Some(found) = introductions::at(until, start).filter(|found| found.end == last + 1) {
            return Some((lines.get(start)?.start, found.author));
        }
        if lines.get(start).is_none_or(Line::is_blank) {
            break;
        }
    }
    None
}

/// What follows a header block that the page marks as one, also in a language whose labels we do not know.
fn below_head(lines: &[Line<'_>], start: usize) -> Option<Quote> {
    let at = line_of(lines, start)?;
    let (end, author) = match block(lines, at) {
        Some(head) => (head.end, head.author),
        None => {
            let count = lines
                .iter()
                .skip(at)
                .take(UNKNOWN_BLOCK_LINES_MAX)
                .take_while(|line| line.text.contains([':', '：']))
                .count();
            (at + count, fields::first_value(lines, at))
        }
    };
    let words = lines.get(lines::next_words(lines, end, BLANKS_ABOVE_MAX)?)?;
    let end = lines::end_of_words(lines, at, lines.len())?;
    let range = lines.get(at)?.start..end;
    let words = words.start.min(end)..end;
    Some(Quote { range, words, style: QuoteStyle::HeaderBlock, author })
}

fn line_of(lines: &[Line<'_>], offset: usize) -> Option<usize> {
    lines.partition_point(|line| line.start <= offset).checked_sub(1)
}

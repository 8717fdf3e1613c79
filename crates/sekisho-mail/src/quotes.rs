//! Text → its quoted regions, in the shapes that mail programs write.
//!
//! One pass over the lines. A region is what an introduction and marks bound together; below a header block, a
//! dividing line or a sure introduction without marks, everything to the end is quoted. Quotations inside a region
//! are part of it.

mod dates;
mod dividers;
mod fields;
mod introductions;
mod lines;
mod marks;
mod page;

pub(crate) use page::find as find_in_page;

use crate::{Quote, QuoteStyle};
use introductions::Strength;
use lines::Line;

/// Regions kept of one text; an answer between the lines of a long mail has some dozens.
const REGIONS_MAX: usize = 2_000;
/// Blank lines between an introduction and what it introduces.
const BLANKS_MAX: usize = 3;

/// The head of a quotation: what stands above the quoted words.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Head {
    /// The line behind its last.
    end: usize,
    style: QuoteStyle,
    author: String,
    /// Whether unmarked words below it are quoted.
    is_sure: bool,
}

/// Finds quoted regions in plain text, in order, not overlapping.
pub(crate) fn find(text: &str) -> Vec<Quote> {
    let lines = lines::of(text);
    let mut quotes = Vec::new();
    let mut at = 0;
    while at < lines.len() && quotes.len() < REGIONS_MAX {
        match region(&lines, at) {
            Some((quote, end)) => {
                quotes.push(quote);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    quotes
}

/// The region that begins at line `from`, and the line behind it.
fn region(lines: &[Line<'_>], from: usize) -> Option<(Quote, usize)> {
    if lines.get(from)?.is_blank() {
        return None;
    }
    if let Some(end) = marks::region(lines, from) {
        return marked(lines, from, from, end, String::new());
    }
    let head = head(lines, from)?;
    let words = lines::next_words(lines, head.end, BLANKS_MAX)?;
    if let Some(end) = marks::region(lines, words) {
        return marked(lines, from, words, end, head.author);
    }
    if let Some(end) =
        marks::region_of_own_mark(lines, words).filter(|_| head.style == QuoteStyle::Introduced)
    {
        return marked(lines, from, words, end, head.author);
    }
    if !head.is_sure {
        return None;
    }
    let closing =
        (words..lines.len()).find(|at| lines.get(*at).is_some_and(|line| dividers::closes(line.text)));
    let until = closing.unwrap_or(lines.len());
    let words_end = lines::end_of_words(lines, words, until)?;
    let end = closing.and_then(|at| lines.get(at)).map_or(words_end, |line| line.end);
    let range = lines.get(from)?.start..end;
    let words = lines.get(words)?.start..words_end;
    Some((
        Quote { range, words, style: head.style, author: head.author },
        closing.map_or(lines.len(), |at| at + 1),
    ))
}

/// A region of marked lines `words..end`, with its head from line `from` on. The first marked line may itself be
/// the introduction, as Apple Mail writes it.
fn marked(
    lines: &[Line<'_>],
    from: usize,
    words: usize,
    end: usize,
    author: String,
) -> Option<(Quote, usize)> {
    let mut words_line = lines.get(words)?;
    let mut author = author;
    if author.is_empty() && from == words {
        let inside = lines.get(words..end)?;
        if let Some((found, count)) = introductions::in_marks(inside) {
            author = found.author;
            words_line = inside.get(count).unwrap_or(words_line);
        }
    }
    let words_end = lines::end_of_words(lines, words, end)?;
    let range = lines.get(from)?.start..words_end;
    let words = words_line.start.min(words_end)..words_end;
    Some((Quote { range, words, style: QuoteStyle::Marked, author }, end))
}

/// The head that begins at line `from`: a dividing line, a header block with or without a ruler, an introduction.
fn head(lines: &[Line<'_>], from: usize) -> Option<Head> {
    let line = lines.get(from)?.text;
    if dividers::opens(line) {
        let below = lines::next_words(lines, from + 1, BLANKS_MAX).and_then(|at| below_divider(lines, at));
        let (end, author) = below.map_or((from + 1, String::new()), |below| (below.end, below.author));
        return Some(Head { end, style: QuoteStyle::Divider, author, is_sure: true });
    }
    if dividers::is_ruler(line) {
        let below = lines::next_words(lines, from + 1, 1)?;
        return block(lines, below);
    }
    block_or_introduction(lines, from)
}

fn below_divider(lines: &[Line<'_>], at: usize) -> Option<Head> {
    block_or_introduction(lines, at).or_else(|| fields::loose_block(lines, at).map(of_block))
}

fn block_or_introduction(lines: &[Line<'_>], at: usize) -> Option<Head> {
    block(lines, at).or_else(|| {
        let found = introductions::at(lines, at)?;
        let is_sure = found.strength == Strength::Sure;
        Some(Head { end: found.end, style: QuoteStyle::Introduced, author: found.author, is_sure })
    })
}

fn block(lines: &[Line<'_>], at: usize) -> Option<Head> {
    fields::block(lines, at).or_else(|| fields::notes(lines, at)).map(of_block)
}

fn of_block(block: fields::Block) -> Head {
    Head { end: block.end, style: QuoteStyle::HeaderBlock, author: block.author, is_sure: true }
}

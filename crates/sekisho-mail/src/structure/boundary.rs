//! A multipart's body and one boundary → delimiter lines and the pieces between them (RFC 2046 section 5.1.1), both
//! as the standard has it and as tolerant programs do.

use std::collections::HashSet;
use std::ops::Range;

use memchr::memmem;

use super::look::begins_with_mime_field;

/// A line that divides parts.
pub(super) struct Delimiter {
    /// Where the content before it ends: its line's beginning without the line end that belongs to it.
    content_end: usize,
    /// Where the next content begins.
    after: usize,
    /// `--boundary--`.
    closes: bool,
    /// Whether every program takes it as one.
    sure: bool,
}

/// A body divided by one boundary.
#[derive(Default)]
pub(super) struct Division {
    /// The pieces that are entities, in order; a piece read in two lengths stands twice.
    pub(super) pieces: Vec<Range<usize>>,
    /// What stands before the first delimiter and after closing ones.
    pub(super) outside: Vec<Range<usize>>,
    /// Some delimiter is one for a part of the programs only.
    pub(super) doubtful: bool,
    /// There is no closing delimiter at the end.
    pub(super) not_closed: bool,
    /// Delimiters follow a closing one.
    pub(super) goes_on: bool,
    /// There are more delimiters than may be.
    pub(super) too_many: bool,
}

/// Finds the delimiters of `boundary` in `body`, at most `max`, and divides it. `None` where the boundary never occurs.
pub(super) fn divide(body: &[u8], boundary: &str, max: usize) -> Option<Division> {
    let delimiters = find(body, boundary, max);
    if delimiters.is_empty() {
        return None;
    }
    let mut division = pieces(delimiters.iter().filter(|delimiter| delimiter.sure), body.len());
    if delimiters.iter().any(|delimiter| !delimiter.sure) {
        let tolerant = pieces(delimiters.iter(), body.len());
        let has_none = division.pieces.is_empty();
        division.pieces.extend(tolerant.pieces);
        division.goes_on |= tolerant.goes_on;
        division.doubtful = true;
        if has_none {
            division.outside = tolerant.outside;
            division.not_closed = tolerant.not_closed;
        }
    }
    division.too_many = delimiters.len() >= max;
    division.pieces.sort_by_key(|piece| (piece.start, std::cmp::Reverse(piece.end)));
    division.pieces.dedup();
    division
        .pieces
        .retain(|piece| body.get(piece.clone()).is_some_and(|bytes| !bytes.trim_ascii().is_empty()));
    Some(division)
}

/// A boundary that nobody declared: the first line that looks like a delimiter and is followed by a MIME field.
pub(super) fn stray(text: &[u8]) -> Option<&[u8]> {
    // RFC 2046 allows 70 characters; programs take more.
    const BOUNDARY_BYTES_MAX: usize = 200;
    let mut at = 0;
    while let Some(hit) = memmem::find(text.get(at..)?, b"--").map(|hit| at + hit) {
        let starts_line = hit == 0 || matches!(text.get(hit - 1), Some(b'\n' | b'\r'));
        let from = text.get(hit + 2..)?;
        // A row of dashes is passed in one step, or it would be searched again from each of them.
        let dashes = from.iter().position(|byte| *byte != b'-').unwrap_or(from.len());
        at = hit + 2 + dashes;
        if !starts_line {
            continue;
        }
        let window = from.get(dashes..from.len().min(dashes + BOUNDARY_BYTES_MAX))?;
        let Some(end) = window.iter().position(|byte| matches!(byte, b'\r' | b'\n')) else { continue };
        let (line, next) = from.split_at_checked(dashes + end)?;
        let line = line.trim_ascii_end();
        if line.len() > dashes && !line.ends_with(b"--") && begins_with_mime_field(after_line_end(next)) {
            return Some(line);
        }
    }
    None
}

fn find(body: &[u8], boundary: &str, max: usize) -> Vec<Delimiter> {
    let needle = [b"--", boundary.as_bytes()].concat();
    let mut declared: Option<HashSet<&[u8]>> = None;
    let mut delimiters = Vec::new();
    for hit in memmem::find_iter(body, &needle) {
        if delimiters.len() >= max {
            break;
        }
        let before = body.get(..hit).unwrap_or_default();
        let from = body.get(hit + needle.len()..).unwrap_or_default();
        let Some(line) = Line::of(before, from) else { continue };
        let sure = line.start == LineStart::Sure && line.trailing.is_empty() && line.end_is_sure;
        if !sure && !line.is_plausible() {
            continue;
        }
        let opens_though_closing = line.closes && begins_with_mime_field(line.next);
        if !line.trailing.is_empty() || opens_though_closing {
            // `--boundary1` belongs to another multipart where `boundary1` is declared further inside; so does
            // `--boundary--` where `boundary--` is.
            let longer = declared.get_or_insert_with(|| declared_longer(body, boundary.as_bytes()));
            let tail = if line.closes { [b"--", line.trailing].concat() } else { line.trailing.to_vec() };
            let tail = tail.trim_ascii_end();
            if longer.contains(tail) || tail.strip_suffix(b"--").is_some_and(|tail| longer.contains(tail)) {
                continue;
            }
        }
        let after = hit + needle.len() + line.length;
        delimiters.push(Delimiter {
            content_end: hit - line.end_before,
            after,
            closes: line.closes && (line.trailing.is_empty() || !begins_with_mime_field(line.next)),
            sure,
        });
    }
    delimiters
}

/// How the place before a delimiter looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineStart {
    /// After a line feed, or at the very beginning.
    Sure,
    /// After a bare carriage return.
    BareCr,
    /// In the middle of a line.
    Middle,
}

/// The surroundings of one occurrence of `--boundary`.
struct Line<'a> {
    start: LineStart,
    /// Bytes of the line end before it.
    end_before: usize,
    closes: bool,
    /// What else stands on the line.
    trailing: &'a [u8],
    /// Whether the line ends in a way that all programs take as an end.
    end_is_sure: bool,
    /// Bytes from the boundary's end to the next line's beginning.
    length: usize,
    /// What follows.
    next: &'a [u8],
}

impl<'a> Line<'a> {
    /// `None` where the occurrence is part of a longer row of dashes or line.
    fn of(before: &[u8], from: &'a [u8]) -> Option<Self> {
        // Nobody's delimiter lines are longer; the bound keeps many occurrences on one line linear.
        const TRAILING_BYTES_MAX: usize = 256;
        let (start, end_before) = match before {
            [] => (LineStart::Sure, 0),
            [.., b'\r', b'\n'] => (LineStart::Sure, 2),
            [.., b'\n'] => (LineStart::Sure, 1),
            [.., b'\r'] => (LineStart::BareCr, 1),
            [.., b'-'] => return None,
            _ => (LineStart::Middle, 0),
        };
        let window = from.get(..TRAILING_BYTES_MAX).unwrap_or(from);
        let end = window.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        if end.is_none() && window.len() < from.len() {
            return None;
        }
        let end = end.unwrap_or(window.len());
        let (text, rest) = from.split_at(end);
        let closes = text.starts_with(b"--");
        let trailing = if closes { text.get(2..).unwrap_or_default() } else { text };
        let next = after_line_end(rest);
        let end_is_sure = !rest.starts_with(b"\r") || rest.starts_with(b"\r\n") || rest.len() == 1;
        let trailing = if trailing.trim_ascii().is_empty() { &[] } else { trailing };
        let length = from.len() - next.len();
        Some(Self { start, end_before, closes, trailing, end_is_sure, length, next })
    }

    /// Whether a tolerant program would take it as a delimiter, and a part begins or ends there.
    fn is_plausible(&self) -> bool {
        let begins_line = self.start != LineStart::Middle;
        begins_with_mime_field(self.next) || (self.closes && (self.trailing.is_empty() || begins_line))
    }
}

/// What stands after `boundary` where a parameter in `body` declares a longer one.
fn declared_longer<'a>(body: &'a [u8], boundary: &[u8]) -> HashSet<&'a [u8]> {
    const TRAILING_BYTES_MAX: usize = 256;
    memmem::find_iter(body, boundary)
        .filter(|&hit| hit > 0 && matches!(body.get(hit - 1), Some(b'"' | b'=')))
        .filter_map(|hit| {
            let from = body.get(hit + boundary.len()..)?;
            let window = from.get(..TRAILING_BYTES_MAX).unwrap_or(from);
            let end = window.iter().position(|byte| matches!(byte, b'"' | b';' | b'\r' | b'\n'))?;
            window.get(..end).filter(|trailing| !trailing.is_empty())
        })
        .collect()
}

fn pieces<'a>(delimiters: impl Iterator<Item = &'a Delimiter>, length: usize) -> Division {
    let mut division = Division::default();
    let mut open = None;
    let mut outside_from = 0;
    let mut closed = false;
    for delimiter in delimiters {
        match open.take() {
            Some(start) => division.pieces.push(start..delimiter.content_end.max(start)),
            None => division.outside.push(outside_from..delimiter.content_end.max(outside_from)),
        }
        if delimiter.closes {
            closed = true;
            outside_from = delimiter.after;
        } else {
            division.goes_on |= closed;
            open = Some(delimiter.after);
        }
    }
    match open {
        Some(start) => {
            division.pieces.push(start..length);
            division.not_closed = true;
        }
        None => division.outside.push(outside_from..length),
    }
    division
}

fn after_line_end(rest: &[u8]) -> &[u8] {
    match rest {
        [b'\r', b'\n', next @ ..] | [b'\n' | b'\r', next @ ..] => next,
        _ => rest,
    }
}

//! A mail's own text → the signature block below it, and the names in it.
//!
//! A block stands at the end: behind `-- ` (RFC 3676 section 4.3), inside the frames that Japanese mail programs draw (`────`, `＝＝＝`, `***`),
//! behind a closing (`Best regards,`), or without any mark, where its lines say how to reach somebody. What its sender wrote as sentences is
//! no signature.

mod forms;
mod institutions;
mod lines;
mod names;
mod offices;
mod opening;
mod surnames;
#[cfg(test)]
mod tests;
mod trades;

use std::ops::Range;

use crate::Address;
pub use forms::LATIN_FORMS;
pub use institutions::{INSTITUTIONS, is_institution, is_latin_institution};
use lines::Line;
pub use offices::OFFICES;
pub use opening::opening;
pub use surnames::surnames;
pub use trades::{is_department, is_trade};

/// A signature block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Where it stands in the text, its frame or `-- ` included; to the end of the text.
    pub range: Range<usize>,
    /// Full names of people in it, as written, without titles; each once.
    pub people: Vec<String>,
    /// Names of organisations in it, as written; each once.
    pub organisations: Vec<String>,
    /// Mail addresses in it; each once.
    pub addresses: Vec<Address>,
}

/// Lines that are looked at, from the end of a text. Signatures with advertising have some twenty.
const LINES_MAX: usize = 30;
/// Lines of a block without any mark.
const UNMARKED_LINES_MAX: usize = 14;
/// Lines behind a closing, where none says how to reach anybody.
const BARE_LINES_MAX: usize = 4;
/// Sentences that a marked block may have: a disclaimer, a motto.
const SENTENCES_MAX: usize = 2;
/// Lines of a last paragraph that has no mark and says who wrote.
const ALONE_LINES_MAX: usize = 4;
/// Ways to reach somebody that make lines without any mark a signature.
const SIGNALS_MIN: u32 = 2;
/// Greetings looked at: a thread that quotes itself without marks has some dozens.
const GREETINGS_MAX: usize = 16;
/// Names and addresses taken from a block, of each kind.
const NAMES_MAX: usize = 4;

/// Finds the signature block of a mail's own text ([`crate::View::own_text`]: quoted regions left out).
pub fn signature(text: &str) -> Option<Signature> {
    let lines = lines::last(text, LINES_MAX);
    let start = begin(&lines).or_else(|| alone(&lines))?;
    let block = lines.get(start..)?;
    let mut found = Signature { range: block.first()?.start..text.len(), ..Signature::default() };
    for line in block {
        let (people, organisations) = names::of(line.text);
        add(&mut found.people, people);
        add(&mut found.organisations, organisations);
        add(&mut found.addresses, line.addresses());
    }
    Some(found)
}

/// Whether a sentence is no more than what closes letters: 「以上、ご確認のほどお願いいたします。」, “Kind regards,”.
pub fn is_closing(sentence: &str) -> bool {
    let line = Line { start: 0, text: sentence };
    line.is_closing() || line.closes_with_request()
}

/// Where a block begins that is surely one.
fn begin(lines: &[Line<'_>]) -> Option<usize> {
    behind_dashes(lines)
        .or_else(|| framed(lines))
        .or_else(|| behind_closing(lines))
        .or_else(|| unmarked(lines))
}

/// Where, in a mail's own text, another letter begins below the signature of the first: some programs set off what they quote by nothing.
/// It begins as letters do, with whom it is to.
pub fn letter_below(text: &str) -> Option<usize> {
    let (mut at, mut paragraph, mut looked) = (0, 0, 0);
    for whole in text.split_inclusive('\n') {
        let line = Line { start: at, text: whole.trim_end() };
        at += whole.len();
        if line.is_blank() {
            paragraph = at;
        } else if paragraph > 0 && looked < GREETINGS_MAX && line.is_greeting() && !line.is_sentence() {
            looked += 1;
            let above = lines::last(text.get(..paragraph).unwrap_or_default(), LINES_MAX);
            if begin(&above).is_some() {
                return Some(paragraph);
            }
        }
    }
    None
}

/// Whether a line says how to reach somebody (a telephone, an address, a page) or names an organisation. Sentences do not.
pub fn is_contact_line(line: &str) -> bool {
    Line { start: 0, text: line }.reaches()
}

fn add<T: PartialEq>(known: &mut Vec<T>, new: Vec<T>) {
    for name in new {
        if known.len() < NAMES_MAX && !known.contains(&name) {
            known.push(name);
        }
    }
}

/// `-- ` or, where little stands below it, `--`.
fn behind_dashes(lines: &[Line<'_>]) -> Option<usize> {
    let at = lines.iter().rposition(|line| matches!(line.text, "-- " | "--" | "—" | "--\u{3000}"))?;
    let below = lines.get(at + 1..)?;
    let is_something = below.iter().any(|line| !line.is_blank());
    (is_something && sentences(below) <= SENTENCES_MAX).then_some(at)
}

/// From the first frame on, below which nothing but a signature stands.
fn framed(lines: &[Line<'_>]) -> Option<usize> {
    let frames = (0..lines.len()).filter(|at| lines.get(*at).is_some_and(Line::is_frame));
    frames.into_iter().find(|at| {
        let block = lines.get(*at..).unwrap_or_default();
        let is_named = block.iter().any(|line| names_any(line.text));
        sentences(block) <= SENTENCES_MAX && signals(block) + u32::from(is_named) >= SIGNALS_MIN
    })
}

/// Short lines behind the closing of a letter.
fn behind_closing(lines: &[Line<'_>]) -> Option<usize> {
    let at = lines.iter().rposition(Line::is_closing)?;
    let from = (at + 1..lines.len()).find(|at| lines.get(*at).is_some_and(|line| !line.is_blank()))?;
    let block = lines.get(from..)?;
    let written = block.iter().filter(|line| !line.is_blank()).count();
    let is_plain = sentences(block) == 0 && block.iter().all(Line::is_short);
    let is_signed = block.first().is_some_and(|line| names_any(line.text)) && written <= BARE_LINES_MAX;
    let reaches = signals(block) > 0 && written <= UNMARKED_LINES_MAX;
    (is_plain && (is_signed || reaches)).then_some(from)
}

/// Lines at the end that say how to reach somebody.
fn unmarked(lines: &[Line<'_>]) -> Option<usize> {
    let mut from = lines.len();
    let mut written = 0;
    while let Some(line) = from.checked_sub(1).and_then(|at| lines.get(at)) {
        if line.is_blank() {
            // Above a gap only lines that are surely of a signature belong to it.
            let above = from.checked_sub(2).and_then(|at| lines.get(at));
            let goes_on = above.is_some_and(|line| line.signals() > 0 || names_any(line.text));
            if !goes_on {
                break;
            }
        } else if line.is_sentence() || !line.is_short() || line.is_closing() || line.is_greeting() {
            break;
        } else {
            written += 1;
        }
        if written > UNMARKED_LINES_MAX {
            return None;
        }
        from -= 1;
    }
    let block = lines.get(from..)?;
    let is_named = block.iter().any(|line| names_any(line.text));
    let first_is_blank = block.first().is_some_and(Line::is_blank);
    let enough = written >= 2 && is_named && signals(block) >= SIGNALS_MIN;
    enough.then_some(from + usize::from(first_is_blank))
}

/// The last paragraph, where it has nothing but somebody's full name, with or without the organisation and how to reach them. Lists end
/// in names, too, and letters in good wishes.
fn alone(lines: &[Line<'_>]) -> Option<usize> {
    let gap = lines.iter().rposition(Line::is_blank)?;
    let above = lines.get(..gap)?.iter().rfind(|line| !line.is_blank())?;
    let block = lines.get(gap + 1..)?;
    let is_plain = |line: &Line<'_>| line.is_short() && !line.is_sentence() && !line.is_greeting();
    if above.announces() || block.len() > ALONE_LINES_MAX || !block.iter().all(is_plain) {
        return None;
    }
    let named: Vec<(Vec<String>, Vec<String>)> = block.iter().map(|line| names::of(line.text)).collect();
    let people: Vec<&String> = named.iter().flat_map(|(people, _)| people).collect();
    let is_person = !people.is_empty() && people.iter().all(|name| names::is_clear(name));
    // Names one below the other are a list.
    let is_one = named.iter().filter(|(people, _)| !people.is_empty()).count() == 1;
    let says_who = |(line, (people, organisations)): (&Line<'_>, &(Vec<String>, Vec<String>))| {
        line.signals() > 0 || names::is_calling(line.text) || !people.is_empty() || !organisations.is_empty()
    };
    (is_person && is_one && block.iter().zip(&named).all(says_who)).then_some(gap + 1)
}

fn names_any(line: &str) -> bool {
    let (people, organisations) = names::of(line);
    !people.is_empty() || !organisations.is_empty()
}

fn sentences(lines: &[Line<'_>]) -> usize {
    lines.iter().filter(|line| line.is_sentence()).count()
}

/// Different ways to reach somebody.
fn signals(lines: &[Line<'_>]) -> u32 {
    lines.iter().fold(0, |all, line| all | line.signals()).count_ones()
}

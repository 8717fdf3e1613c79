//! The lines of a text → which are parts of a form that every mail has: a header block, a salutation, who wrote what is quoted, a signature
//! block. Threads share these without sharing anything that was said.

use super::folded;

/// Labels with which lines of a quoted header block begin, and of a signature block.
const LABELS: &[&str] = &[
    "from:",
    "to:",
    "cc:",
    "sent:",
    "date:",
    "subject:",
    "差出人:",
    "宛先:",
    "送信者:",
    "送信日時:",
    "日時:",
    "件名:",
    "〒",
    "e-mail",
    "email:",
];

/// Labels that ordinary words begin with, too: digits must stand behind them.
const LABELS_WITH_DIGITS: &[&str] = &["tel", "fax", "mobile", "電話", "携帯"];

/// How whoever is written to is called.
const TITLES: &[&str] = &["様", "さま", "御中", "各位", "殿"];

/// With what a line ends that says who wrote the words below it.
const WROTE: &[&str] = &["のメール:", "wrote:", "書きました:", "writes:", "メッセージ:"];

/// A line longer than this is more than an address or a label with its value, in characters.
const FORM_CHARS_MAX: usize = 60;

/// A line longer than this is more than a salutation, in characters.
const SALUTATION_CHARS_MAX: usize = 20;

/// A line of a signature that says no more than a name or a department, in characters.
const NAME_CHARS_MAX: usize = 24;

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// It may say something.
    Words,
    Blank,
    /// A part of a form.
    Form,
    /// Says how to reach its writer: a signature stands around it.
    Reaches,
}

/// The lines, and whether each is a part of a form.
pub(super) fn lines(text: &str) -> Vec<(&str, bool)> {
    let mut lines: Vec<(&str, Line)> = text.lines().map(|line| (line, kind(line))).collect();
    // A signature grows from the lines that say how to reach somebody, up and down to the next blank line or sentence.
    for at in 1..lines.len() {
        grow(&mut lines, at - 1, at);
    }
    for at in (1..lines.len()).rev() {
        grow(&mut lines, at, at - 1);
    }
    lines.into_iter().map(|(line, kind)| (line, matches!(kind, Line::Form | Line::Reaches))).collect()
}

fn grow(lines: &mut [(&str, Line)], from: usize, to: usize) {
    if lines.get(from).is_some_and(|(_, kind)| *kind == Line::Reaches)
        && let Some((line, kind)) = lines.get_mut(to)
        && *kind == Line::Words
        && is_name(bare(line))
    {
        *kind = Line::Reaches;
    }
}

fn kind(line: &str) -> Line {
    let line = bare(line);
    if line.is_empty() {
        return Line::Blank;
    }
    let chars = line.chars().take(FORM_CHARS_MAX + 1).count();
    if chars > FORM_CHARS_MAX {
        return Line::Words;
    }
    let folded = folded(line);
    let has_digit = folded.contains(|c: char| c.is_ascii_digit());
    let begins = |labels: &[&str]| labels.iter().any(|label| folded.starts_with(label));
    let is_labelled = begins(LABELS) || (has_digit && begins(LABELS_WITH_DIGITS));
    let is_salutation = chars <= SALUTATION_CHARS_MAX && TITLES.iter().any(|title| folded.ends_with(title));
    let says_who = WROTE.iter().any(|end| folded.ends_with(end));
    // Hardly any way to reach somebody has no digit, and looking closer costs more than all the rest.
    let may_reach = has_digit || folded.contains(['@', '〒']) || folded.contains("://");
    let reaches = may_reach && !ends_like_a_sentence(line) && sekisho_mail::is_contact_line(line);
    match (reaches, is_labelled || is_salutation || says_who) {
        (true, _) => Line::Reaches,
        (false, true) => Line::Form,
        (false, false) => Line::Words,
    }
}

/// Whether a line may name somebody or their department.
fn is_name(line: &str) -> bool {
    line.chars().count() <= NAME_CHARS_MAX && !ends_like_a_sentence(line) && !line.contains('。')
}

/// A line of a sentence, or a wrapped part of one, mostly ends in kana.
fn ends_like_a_sentence(line: &str) -> bool {
    line.ends_with(|c| matches!(c, '\u{3041}'..='\u{3096}' | '、' | '。' | '，' | '．' | '！' | '？'))
}

fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '|' | '*' | '■' | '・' | '、' | ','))
}

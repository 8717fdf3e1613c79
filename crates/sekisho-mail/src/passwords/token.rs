//! Characters → a value that may be a password: quoted, or a run of Latin letters, digits and signs.

use super::line::{Glyph, begins, trimmed};
use super::vocabulary::{AFTER_VALUE, NO_VALUES};

/// A value and what stands behind it.
pub(super) struct Token<'g> {
    /// The value.
    pub(super) value: String,
    /// Whether it stood in quotation marks or brackets.
    pub(super) is_quoted: bool,
    /// What follows it.
    pub(super) rest: &'g [Glyph],
}

/// Lengths of passwords that are believed, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=64;

/// Pairs of marks around a value.
const MARKS: &[(char, char)] = &[
    ('「', '」'),
    ('『', '』'),
    ('"', '"'),
    ('“', '”'),
    ('”', '”'),
    ('\'', '\''),
    ('‘', '’'),
    ('`', '`'),
    ('【', '】'),
    ('[', ']'),
    ('〔', '〕'),
    ('<', '>'),
    ('《', '》'),
    ('〈', '〉'),
    ('(', ')'),
    ('*', '*'),
];

/// The value that `glyphs` begin with.
pub(super) fn first(glyphs: &[Glyph]) -> Option<Token<'_>> {
    let glyphs = trimmed(glyphs);
    quoted(glyphs).or_else(|| bare(glyphs))
}

/// The value in marks that `glyphs` begin with.
pub(super) fn quoted(glyphs: &[Glyph]) -> Option<Token<'_>> {
    let open = glyphs.first()?.c;
    for (_, close) in MARKS.iter().filter(|(mark, _)| *mark == open) {
        let inside = glyphs.get(1..)?;
        let end = inside.iter().take(*LENGTHS.end() + 8).position(|glyph| glyph.c == *close);
        let Some(end) = end else { continue };
        let value: String = inside.get(..end)?.iter().map(|glyph| glyph.c).collect();
        let value = value.trim().to_owned();
        if is_typed(&value) && !is_no_value(&value) {
            return Some(Token { value, is_quoted: true, rest: inside.get(end + 1..)? });
        }
    }
    None
}

/// The value without marks that `glyphs` begin with.
pub(super) fn bare(glyphs: &[Glyph]) -> Option<Token<'_>> {
    let stops = |glyph: &Glyph| {
        !glyph.c.is_ascii_graphic() || (glyph.is_wide && "()[]{}<>\"',.:;=!?/|".contains(glyph.c))
    };
    let end = glyphs.iter().take(*LENGTHS.end() + 1).position(stops);
    let mut end = end.unwrap_or(glyphs.len().min(*LENGTHS.end() + 1));
    let run = glyphs.get(..end)?;
    // A remark in Japanese may stand in narrow brackets right behind the value.
    if let Some(at) = run.iter().position(|glyph| glyph.c == '(')
        && at > 0
        && !run.iter().any(|glyph| glyph.c == ')')
    {
        end = at;
    }
    let mut value: String = glyphs.get(..end)?.iter().map(|glyph| glyph.c).collect();
    while value.ends_with(['.', ',', ';', ':', '"', '\'', '>'])
        || (value.ends_with(')') && !value.contains('('))
    {
        value.pop();
        end = end.checked_sub(1)?;
    }
    (is_typed(&value) && !is_no_value(&value)).then_some(Token {
        value,
        is_quoted: false,
        rest: glyphs.get(end..)?,
    })
}

/// The value that `glyphs` end with.
pub(super) fn last(glyphs: &[Glyph]) -> Option<String> {
    let end = glyphs.iter().rposition(|glyph| !glyph.c.is_whitespace())? + 1;
    let glyphs = glyphs.get(..end)?;
    let close = glyphs.last()?.c;
    for (open, _) in MARKS.iter().filter(|(_, mark)| *mark == close) {
        let inside = glyphs.get(..glyphs.len() - 1)?;
        if let Some(at) = inside.iter().rposition(|glyph| glyph.c == *open)
            && let Some(token) = quoted(glyphs.get(at..)?)
        {
            return Some(token.value);
        }
    }
    let from = glyphs.iter().rposition(|glyph| !glyph.c.is_ascii_graphic()).map_or(0, |at| at + 1);
    let token = bare(glyphs.get(from..)?)?;
    is_mixed(&token.value).then_some(token.value)
}

/// Whether what follows a bare value is what follows one in a sentence, or nothing.
pub(super) fn ends_well(rest: &[Glyph]) -> bool {
    let rest = trimmed(rest);
    rest.is_empty() || is_remark(rest) || AFTER_VALUE.iter().any(|word| begins(rest, word))
}

/// Whether nothing but a remark in brackets or a full stop follows.
pub(super) fn stands_alone(rest: &[Glyph]) -> bool {
    let rest = trimmed(rest);
    rest.is_empty()
        || is_remark(rest)
        || rest.iter().all(|glyph| !glyph.c.is_alphanumeric())
        || ["です", "でございます", "となります", "になります"].iter().any(|word| begins(rest, word))
}

fn is_remark(rest: &[Glyph]) -> bool {
    rest.first().is_some_and(|glyph| glyph.c == '(' || glyph.c == '※' || glyph.c == '〔' || glyph.c == '/')
}

/// Whether letters and digits, or signs too, come together: hardly a word of the language.
pub(super) fn is_mixed(value: &str) -> bool {
    let has = |is: fn(&char) -> bool| value.chars().any(|c| is(&c));
    let (digits, letters) = (has(char::is_ascii_digit), has(char::is_ascii_alphabetic));
    let signs = value.chars().any(|c| "!@#$%^&*+?_~".contains(c));
    let cases = has(char::is_ascii_uppercase)
        && value.chars().skip(1).any(|c| c.is_ascii_uppercase())
        && has(char::is_ascii_lowercase);
    (digits && letters) || (signs && (digits || letters)) || cases
}

/// Whether it could be typed as a password at all.
fn is_typed(value: &str) -> bool {
    let mut others = value.chars();
    let one = others.next();
    LENGTHS.contains(&value.chars().count())
        && value.chars().all(|c| c.is_ascii_graphic())
        && value.chars().any(|c| c.is_ascii_alphanumeric())
        // Stars, crosses and dots stand where somebody blotted it out.
        && (!others.all(|c| Some(c) == one) || one.is_some_and(|c| c.is_ascii_digit() && c != '0'))
}

/// Whether it is something else that stands in such places: links, addresses, file names, dates, numbers of telephones.
fn is_no_value(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    if lower.contains("://") || lower.starts_with("www.") || NO_VALUES.contains(&lower.as_str()) {
        return true;
    }
    if let Some((_, domain)) = lower.split_once('@')
        && domain.contains('.')
    {
        return true;
    }
    const ENDINGS: &[&str] = &[
        ".zip", ".pdf", ".xls", ".xlsx", ".xlsm", ".doc", ".docx", ".ppt", ".pptx", ".csv", ".txt", ".exe",
        ".7z", ".rar", ".html", ".htm", ".jpg", ".png", ".lzh",
    ];
    if ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
        return true;
    }
    let pieces: Vec<&str> = lower.split(['-', '/', '.']).collect();
    let is_numbers = pieces.len() >= 3
        && pieces.iter().all(|piece| !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_digit()));
    is_numbers && pieces.len() == 3
}

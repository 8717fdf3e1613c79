//! Text with the structure of data: JSON, CSV, drawings in text form.

use super::head::Head;
use crate::Kind;

/// The kind of a data text, `None` if it has no such structure.
pub(crate) fn kind(head: &Head) -> Option<Kind> {
    if is_dxf(head) {
        return Some(Kind::Dxf);
    }
    if is_json(head) {
        return Some(Kind::Json);
    }
    is_csv(head).then_some(Kind::Csv)
}

/// Pairs of lines, group code and value; comments have code 999.
fn is_dxf(head: &Head) -> bool {
    let mut lines = head.lines();
    for _ in 0..COMMENTS_MAX {
        match (lines.next(), lines.next()) {
            (Some("999"), Some(_)) => {}
            (Some("0"), Some("SECTION")) => return true,
            _ => return false,
        }
    }
    false
}

const COMMENTS_MAX: usize = 16;

/// An object or array whose first tokens are those of JSON (RFC 8259): a key with a colon, or a value with a comma.
fn is_json(head: &Head) -> bool {
    let text = head.text.trim_start();
    let Some(inside) = text.strip_prefix('{') else {
        return text.strip_prefix('[').is_some_and(|inside| is_json_array(inside.trim_start()));
    };
    let inside = inside.trim_start();
    if inside.starts_with('}') {
        return inside.trim_end() == "}";
    }
    after_string(inside).is_some_and(|rest| {
        let value = rest.trim_start().strip_prefix(':').map(str::trim_start);
        value.is_some_and(|value| {
            value.starts_with(|c: char| {
                matches!(c, '"' | '{' | '[' | '-' | 't' | 'f' | 'n') || c.is_ascii_digit()
            })
        })
    })
}

fn is_json_array(inside: &str) -> bool {
    let after = match inside.chars().next() {
        Some('"') => after_string(inside),
        Some('{') => return is_json_object_start(inside),
        Some('[') => return is_json_array_start(inside),
        Some(c) if c == '-' || c.is_ascii_digit() => Some(
            inside
                .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E')),
        ),
        _ => None,
    };
    after.is_some_and(|rest| rest.trim_start().starts_with([',', ']']))
}

fn is_json_object_start(text: &str) -> bool {
    let inside = text.trim_start_matches(['{', '[']).trim_start();
    after_string(inside).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

fn is_json_array_start(text: &str) -> bool {
    let inside = text.trim_start_matches(['[', ' ', '\n', '\r', '\t']);
    inside.starts_with(|c: char| matches!(c, '"' | '{' | '-') || c.is_ascii_digit())
}

/// What stands behind the string that `text` begins with.
fn after_string(text: &str) -> Option<&str> {
    let mut escaped = false;
    let inside = text.strip_prefix('"')?;
    let end = inside.char_indices().find(|(_, c)| {
        let closes = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    })?;
    inside.get(end.0 + 1..)
}

/// At least three rows with one and the same number of commas, semicolons or tabs, two or more. Sentences vary.
fn is_csv(head: &Head) -> bool {
    const ROWS_MIN: usize = 3;
    let mut rows: Vec<&str> = head.lines().collect();
    if rows.len() > ROWS_MIN {
        // The last one may be cut.
        rows.pop();
    }
    [',', '\t', ';'].iter().any(|separator| {
        let mut counts = rows.iter().map(|row| separators(row, *separator));
        let first = counts.next().unwrap_or(0);
        rows.len() >= ROWS_MIN && first >= 2 && counts.all(|count| count == first)
    })
}

/// How many separators stand outside quotes.
fn separators(row: &str, separator: char) -> usize {
    let mut quoted = false;
    row.chars()
        .filter(|c| {
            quoted ^= *c == '"';
            *c == separator && !quoted
        })
        .count()
}

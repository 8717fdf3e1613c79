//! Quoted-printable (RFC 2045 section 6.7) → bytes; an escape that is none stays as it stands.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use super::Decoded;
use crate::DefectKind;

/// Decodes `raw`. White space at line ends goes, as the standard demands.
pub(super) fn decode(raw: &[u8]) -> Decoded<'_> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut broken = false;
    let mut rest = raw;
    while let Some(at) = memchr2(b'=', b'\n', rest) {
        let (before, from) = rest.split_at(at);
        if from.first() == Some(&b'\n') {
            push_line_end(&mut bytes, before);
            rest = from.get(1..).unwrap_or_default();
            continue;
        }
        bytes.extend_from_slice(before);
        let after = from.get(1..).unwrap_or_default();
        if let Some(byte) = escape(after) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else if let Some(length) = soft_break(after) {
            rest = after.get(length..).unwrap_or_default();
        } else {
            broken = true;
            bytes.push(b'=');
            rest = after;
        }
    }
    bytes.extend_from_slice(rest);
    let defect = broken.then_some(DefectKind::QuotedPrintableBroken);
    Decoded { bytes: Cow::Owned(bytes), others: Vec::new(), defect }
}

/// Writes the end of a line without the white space before its CR LF or LF. Only what stands since the last escape
/// can be stripped: an escaped space is meant.
fn push_line_end(bytes: &mut Vec<u8>, before: &[u8]) {
    let (line, end): (&[u8], &[u8]) = match before.strip_suffix(b"\r") {
        Some(line) => (line, b"\r\n"),
        None => (before, b"\n"),
    };
    let kept = line.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')).map_or(0, |last| last + 1);
    bytes.extend_from_slice(line.get(..kept).unwrap_or_default());
    bytes.extend_from_slice(end);
}

fn escape(after: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (high, low) = (digit(*after.first()?)?, digit(*after.get(1)?)?);
    u8::try_from(high << 4 | low).ok()
}

/// The length of a soft line break after `=`: white space, then a line end or the end of everything.
fn soft_break(after: &[u8]) -> Option<usize> {
    // Nobody pads a soft break with more than a line's worth of white space; a bound keeps this linear.
    const PADDING_MAX: usize = 1024;
    let window = after.get(..PADDING_MAX).unwrap_or(after);
    let spaces = window.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r')).unwrap_or(window.len());
    match after.get(spaces) {
        Some(b'\n') => Some(spaces + 1),
        None => Some(spaces),
        Some(_) => memchr(b'\r', window.get(..spaces)?).map(|at| at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(raw: &str) -> (String, bool) {
        let decoded = decode(raw.as_bytes());
        (String::from_utf8_lossy(&decoded.bytes).into_owned(), decoded.defect.is_some())
    }

    #[test]
    fn escapes_soft_breaks_and_trailing_space() {
        assert_eq!(text("a=3Db=\r\nc  \r\nd=e3=81=82"), ("a=bc\r\ndあ".into(), false));
        assert_eq!(text("x= \t\r\ny="), ("xy".into(), false));
        assert_eq!(text("a=20\r\nb"), ("a \r\nb".into(), false));
        assert_eq!(text("a=\rb"), ("ab".into(), false));
    }

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(text("1=1 =ZZ =4"), ("1=1 =ZZ =4".into(), true));
    }
}

//! The bytes of a mail → header fields and body as they were signed (RFC 5322 section 2.1, RFC 6376 section 3.4).
//!
//! Signatures are over CRLF lines: mail from disks, with LF alone, is given them back. Where this strict view is not the
//! one that the reader took of the same bytes, what is signed is not what is shown, and [`Letter::shows`] says so.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memchr;
use sekisho_mail::Message;

use super::limits;

/// A header field as signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field<'b> {
    /// What stands before the colon, white space before it included.
    pub name: &'b [u8],
    /// What stands behind the colon, folding and the final CRLF included.
    pub value: &'b [u8],
}

impl Field<'_> {
    /// The name without white space.
    pub(crate) fn bare_name(&self) -> &[u8] {
        self.name.trim_ascii()
    }

    pub(crate) fn is(&self, name: &str) -> bool {
        self.bare_name().eq_ignore_ascii_case(name.as_bytes())
    }
}

/// A mail taken apart for verification.
#[derive(Debug)]
pub(crate) struct Letter<'b> {
    /// The fields in order.
    pub fields: Vec<Field<'b>>,
    /// The body.
    pub body: &'b [u8],
    /// Places of the fields by name in lower case, in order.
    places: HashMap<Vec<u8>, Vec<usize>>,
    /// Whether the header holds what no signer and no reader agree on.
    is_broken: bool,
}

/// The bytes with CRLF at the end of every line.
pub(crate) fn with_crlf(raw: &[u8]) -> Cow<'_, [u8]> {
    let bare = memchr::memchr_iter(b'\n', raw)
        .any(|at| at.checked_sub(1).and_then(|before| raw.get(before)) != Some(&b'\r'));
    if !bare {
        return Cow::Borrowed(raw);
    }
    let mut lines = Vec::with_capacity(raw.len() + raw.len() / 32);
    let mut rest = raw;
    while let Some(end) = memchr(b'\n', rest) {
        let (line, after) = rest.split_at(end);
        lines.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
        lines.extend_from_slice(b"\r\n");
        rest = after.get(1..).unwrap_or_default();
    }
    lines.extend_from_slice(rest);
    Cow::Owned(lines)
}

impl<'b> Letter<'b> {
    /// Takes bytes with CRLF line ends apart.
    pub(crate) fn parse(bytes: &'b [u8]) -> Self {
        let mut letter = Self { fields: Vec::new(), body: &[], places: HashMap::new(), is_broken: false };
        let mut at = 0;
        // A mbox file's own line is no part of the mail.
        if bytes.starts_with(b"From ") || bytes.starts_with(b">From ") {
            at = line_end(bytes, 0);
        }
        loop {
            let end = line_end(bytes, at);
            let line = bytes.get(at..end).unwrap_or_default();
            if line.is_empty() || line == b"\r\n" {
                letter.body = bytes.get(end..).unwrap_or_default();
                return letter;
            }
            let end = field_end(bytes, end);
            letter.take(bytes.get(at..end).unwrap_or_default());
            if letter.fields.len() >= limits::FIELDS_MAX || end > limits::HEADER_BYTES_MAX {
                letter.is_broken = true;
                return letter;
            }
            at = end;
        }
    }

    fn take(&mut self, field: &'b [u8]) {
        let ends = memchr::memchr_iter(b'\n', field).count();
        self.is_broken |= memchr::memchr_iter(b'\r', field).count() != ends;
        let first_line = field.get(..line_end(field, 0)).unwrap_or(field);
        match memchr(b':', first_line) {
            Some(colon) if colon > 0 && !matches!(field.first(), Some(b' ' | b'\t')) => {
                let (name, value) = field.split_at(colon);
                let field = Field { name, value: value.get(1..).unwrap_or_default() };
                let place = self.fields.len();
                self.places.entry(field.bare_name().to_ascii_lowercase()).or_default().push(place);
                self.fields.push(field);
            }
            _ => self.is_broken = true,
        }
    }

    /// Whether the reader took the same fields from the same bytes.
    pub(crate) fn shows(&self, message: &Message) -> bool {
        !self.is_broken
            && self.fields.len() == message.fields.len()
            && self.fields.iter().zip(&message.fields).all(|(signed, shown)| signed.is(&shown.name))
    }

    /// Fields of a name (in lower case), in order.
    pub(crate) fn named(&self, name: &str) -> impl DoubleEndedIterator<Item = Field<'b>> {
        let places = self.places.get(name.as_bytes()).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|&place| self.fields.get(place).copied())
    }
}

/// Where the line that begins at `at` ends, its line end included.
fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    memchr(b'\n', rest).map_or(bytes.len(), |end| at + end + 1)
}

/// Where the field whose first line ends at `at` ends.
fn field_end(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t')) {
        at = line_end(bytes, at);
    }
    at
}

#[cfg(test)]
mod tests {
    use sekisho_mail::{Limits, read};

    use super::*;

    #[test]
    fn mail_from_disk_gets_its_line_ends_back() {
        assert!(matches!(with_crlf(b"a: b\r\n\r\nc"), Cow::Borrowed(_)));
        assert_eq!(with_crlf(b"a: b\n\nc\n").as_ref(), b"a: b\r\n\r\nc\r\n");
        assert_eq!(with_crlf(b"a: b\r\n\nc\rd").as_ref(), b"a: b\r\n\r\nc\rd");
    }

    #[test]
    fn fields_keep_their_folding() {
        let letter = Letter::parse(b"From x\r\nA : b\r\n\tc \r\nD:e\r\n\r\nbody\r\n");
        let fields: Vec<(&[u8], &[u8])> =
            letter.fields.iter().map(|field| (field.name, field.value)).collect();
        assert_eq!(fields, [(&b"A "[..], &b" b\r\n\tc \r\n"[..]), (b"D", b"e\r\n")]);
        assert_eq!(letter.body, b"body\r\n");
        assert!(!letter.is_broken);
    }

    #[test]
    fn what_is_signed_is_what_the_reader_shows() {
        for (raw, expected) in [
            ("From: a@b.example\r\nSubject: x\r\n\r\ny", true),
            ("From: a@b.example\nSubject: x\n y\n\nz", true),
            ("From a@b.example Thu\nFrom: a@b.example\n\nz", true),
            ("From: a@b.example\r\nno field\r\nSubject: x\r\n\r\ny", false),
            ("From: a@b.example\rSubject: x\r\n\r\ny", false),
            ("From: a@b.example\r\n \r\nX: body\r\n\r\ny", false),
        ] {
            let bytes = with_crlf(raw.as_bytes());
            let message = read(raw.as_bytes(), &Limits::default());
            assert_eq!(Letter::parse(&bytes).shows(&message), expected, "{raw:?}");
        }
    }
}

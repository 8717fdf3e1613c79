//! Fields and body → the bytes that are hashed (RFC 6376 section 3.4).

use memchr::memchr;

use super::letter::Field;

/// How much white space may change on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Canonical {
    /// Nothing may.
    Simple,
    /// Runs of white space count as one space.
    Relaxed,
}

impl Canonical {
    /// `c=`: of the header, of the body.
    pub(crate) fn parse_pair(text: &str) -> Option<(Self, Self)> {
        let one = |word: &str| match word.trim().to_ascii_lowercase().as_str() {
            "simple" => Some(Self::Simple),
            "relaxed" => Some(Self::Relaxed),
            _ => None,
        };
        match text.split_once('/') {
            Some((header, body)) => Some((one(header)?, one(body)?)),
            None => Some((one(text)?, Self::Simple)),
        }
    }

    /// Adds a field to what is hashed.
    pub(crate) fn add_field(self, field: Field<'_>, hashed: &mut Vec<u8>) {
        match self {
            Self::Simple => {
                hashed.extend_from_slice(field.name);
                hashed.push(b':');
                hashed.extend_from_slice(field.value);
                if !field.value.ends_with(b"\r\n") {
                    hashed.extend_from_slice(b"\r\n");
                }
            }
            Self::Relaxed => {
                hashed.extend(field.bare_name().iter().map(u8::to_ascii_lowercase));
                hashed.push(b':');
                push_relaxed(field.value, hashed);
                hashed.extend_from_slice(b"\r\n");
            }
        }
    }

    /// The body as it is hashed.
    pub(crate) fn body(self, body: &[u8]) -> Vec<u8> {
        let mut hashed = Vec::with_capacity(body.len() + 2);
        let mut rest = body;
        while !rest.is_empty() {
            let end = crlf(rest);
            let (line, after) = (rest.get(..end).unwrap_or(rest), rest.get(end + 2..).unwrap_or_default());
            match self {
                Self::Simple => hashed.extend_from_slice(line),
                Self::Relaxed => push_relaxed_line(line, &mut hashed),
            }
            hashed.extend_from_slice(b"\r\n");
            rest = after;
        }
        while hashed.ends_with(b"\r\n\r\n") {
            hashed.truncate(hashed.len() - 2);
        }
        match self {
            Self::Simple if hashed.is_empty() => b"\r\n".to_vec(),
            Self::Relaxed if hashed == b"\r\n" => Vec::new(),
            _ => hashed,
        }
    }
}

/// Where the first CRLF stands, else the end.
fn crlf(bytes: &[u8]) -> usize {
    memchr::memmem::find(bytes, b"\r\n").unwrap_or(bytes.len())
}

/// A field's value unfolded, runs of white space as one space, none at either end.
fn push_relaxed(value: &[u8], hashed: &mut Vec<u8>) {
    let is_space = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let mut words = value.split(|b| is_space(b)).filter(|word| !word.is_empty());
    if let Some(first) = words.next() {
        hashed.extend_from_slice(first);
    }
    for word in words {
        hashed.push(b' ');
        hashed.extend_from_slice(word);
    }
}

/// A body's line, runs of white space as one space, none at its end.
fn push_relaxed_line(line: &[u8], hashed: &mut Vec<u8>) {
    let kept = line.len() - line.iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let mut in_space = false;
    for &byte in line.get(..kept).unwrap_or(line) {
        let is_space = matches!(byte, b' ' | b'\t');
        if !is_space {
            hashed.push(byte);
        } else if !in_space {
            hashed.push(b' ');
        }
        in_space = is_space;
    }
}

/// The field of a signature with the value of `b=` taken out, and without its final line end (section 3.7).
pub(crate) fn without_signature(value: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(value.len());
    for (place, entry) in value.split(|&b| b == b';').enumerate() {
        if place > 0 {
            kept.push(b';');
        }
        match memchr(b'=', entry) {
            Some(at) if entry.get(..at).is_some_and(|name| name.trim_ascii() == b"b") => {
                kept.extend_from_slice(entry.get(..=at).unwrap_or_default());
            }
            _ => kept.extend_from_slice(entry),
        }
    }
    while kept.ends_with(b"\r\n") {
        kept.truncate(kept.len() - 2);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_bodies_as_in_the_standard() {
        let fields =
            [Field { name: b"A", value: b" X\r\n" }, Field { name: b"B ", value: b" Y\t\r\n\tZ  \r\n" }];
        for (canonical, header, body) in [
            (Canonical::Simple, "A: X\r\nB : Y\t\r\n\tZ  \r\n", " C \r\nD \t E\r\n"),
            (Canonical::Relaxed, "a:X\r\nb:Y Z\r\n", " C\r\nD E\r\n"),
        ] {
            let mut hashed = Vec::new();
            fields.iter().for_each(|field| canonical.add_field(*field, &mut hashed));
            assert_eq!(String::from_utf8_lossy(&hashed), header);
            assert_eq!(String::from_utf8_lossy(&canonical.body(b" C \r\nD \t E\r\n\r\n\r\n")), body);
        }
    }

    #[test]
    fn empty_bodies() {
        for body in [&b""[..], b"\r\n", b"\r\n\r\n"] {
            assert_eq!(Canonical::Simple.body(body), b"\r\n");
            assert_eq!(Canonical::Relaxed.body(body), b"");
        }
        assert_eq!(Canonical::Relaxed.body(b" \t\r\n"), b"");
        assert_eq!(Canonical::Simple.body(b"a"), b"a\r\n");
        assert_eq!(Canonical::Relaxed.body(b"a\rb \nc"), b"a\rb \nc\r\n");
    }

    #[test]
    fn only_the_signature_itself_is_taken_out() {
        let value = b" a=x; b=AA\r\n BB ; bh=CC; d=b=c\r\n";
        assert_eq!(String::from_utf8_lossy(&without_signature(value)), " a=x; b=; bh=CC; d=b=c");
        assert_eq!(String::from_utf8_lossy(&without_signature(b" a=x;\r\n\tb = AA\r\n")), " a=x;\r\n\tb =");
    }
}

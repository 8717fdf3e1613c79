//! CMS (RFC 5652) in `smime.p7m` → the entity that is signed, or why it cannot be read. Signatures are not checked here.

/// What a CMS file is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Cms {
    /// Signed: the content within.
    Signed(Vec<u8>),
    /// Encrypted for somebody.
    Enveloped,
    /// Compressed, or another type that is not read.
    Other,
    /// A signature or certificates without content.
    Empty,
}

/// The arcs `1.2.840.113549.1.7` and `1.2.840.113549.1.9.16.1` of object identifiers.
const PKCS7: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07";
const SMIME_CONTENT: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01";

const TAG_OCTETS: u8 = 0x04;
const TAG_OBJECT: u8 = 0x06;
const TAG_SEQUENCE: u8 = 0x30;
const TAG_OCTETS_CONSTRUCTED: u8 = 0x24;
const TAG_EXPLICIT: u8 = 0xa0;
/// Nesting that is followed. Signed mail needs 6; each level costs stack.
const DEPTH_MAX: usize = 24;

/// Reads one; `None` where the bytes are no CMS.
pub(crate) fn read(bytes: &[u8]) -> Option<Cms> {
    let outer = Element::first(bytes, 0)?.expect(TAG_SEQUENCE)?;
    let mut members = Members { rest: outer.content };
    let object = members.next()?.expect(TAG_OBJECT)?;
    if let Some(kind) = object.content.strip_prefix(SMIME_CONTENT) {
        return (!kind.is_empty()).then_some(Cms::Other);
    }
    match object.content.strip_prefix(PKCS7)? {
        [2] => {}
        [3 | 4] => return Some(Cms::Enveloped),
        [_] => return Some(Cms::Other),
        _ => return None,
    }
    let explicit = members.next()?.expect(TAG_EXPLICIT)?;
    let signed = Element::first(explicit.content, 0)?.expect(TAG_SEQUENCE)?;
    let mut members = Members { rest: signed.content };
    members.next()?;
    members.next()?;
    let encapsulated = members.next()?.expect(TAG_SEQUENCE)?;
    let mut members = Members { rest: encapsulated.content };
    members.next()?.expect(TAG_OBJECT)?;
    let Some(explicit) = members.next() else { return Some(Cms::Empty) };
    let mut content = Vec::new();
    octets(explicit.expect(TAG_EXPLICIT)?.content, &mut content, 0);
    Some(Cms::Signed(content))
}

/// Puts octet strings together, whole or in pieces.
fn octets(bytes: &[u8], into: &mut Vec<u8>, depth: usize) {
    for element in (Members { rest: bytes }) {
        match element.tag {
            TAG_OCTETS => into.extend_from_slice(element.content),
            TAG_OCTETS_CONSTRUCTED if depth < DEPTH_MAX => octets(element.content, into, depth + 1),
            _ => return,
        }
    }
}

/// One tag-length-value.
struct Element<'a> {
    tag: u8,
    content: &'a [u8],
    /// Bytes it takes with its header and end.
    length: usize,
}

impl<'a> Element<'a> {
    /// The first element of `bytes`. A length beyond the end is cut: the beginning of a file cut off is still read.
    fn first(bytes: &'a [u8], depth: usize) -> Option<Self> {
        let (&tag, rest) = bytes.split_first()?;
        let (&first, rest) = rest.split_first()?;
        if tag & 0x1f == 0x1f || depth > DEPTH_MAX {
            return None;
        }
        if first == 0x80 {
            let inner = indefinite(rest, depth)?;
            let content = rest.get(..inner)?;
            return Some(Self { tag, content, length: (2 + inner + 2).min(bytes.len()) });
        }
        let (size, header) = if first < 0x80 {
            (usize::from(first), 2)
        } else {
            let digits = usize::from(first & 0x7f);
            if digits > 4 {
                return None;
            }
            let size = rest.get(..digits)?.iter().fold(0usize, |size, digit| size << 8 | usize::from(*digit));
            (size, 2 + digits)
        };
        let body = bytes.get(header..)?;
        let content = body.get(..size).unwrap_or(body);
        Some(Self { tag, content, length: header + content.len() })
    }

    fn expect(self, tag: u8) -> Option<Self> {
        (self.tag == tag).then_some(self)
    }
}

/// The length of content that ends with two zero bytes.
fn indefinite(bytes: &[u8], depth: usize) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        if rest.is_empty() || rest.starts_with(&[0, 0]) {
            return Some(at);
        }
        at += Element::first(rest, depth + 1)?.length.max(1);
    }
}

struct Members<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Members<'a> {
    type Item = Element<'a>;
    fn next(&mut self) -> Option<Element<'a>> {
        let element = Element::first(self.rest, 0)?;
        self.rest = self.rest.get(element.length.max(1)..).unwrap_or_default();
        Some(element)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Signed data with indefinite lengths and the content in two pieces, as streaming programs write it.
    const IN_PIECES: &[u8] = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80\
        \x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x80\x24\x80\x04\x02ab\x04\x01c\0\0\0\0\0\0\0\0\0\0\0\0";

    #[test]
    fn content_in_pieces_is_put_together() {
        assert_eq!(read(IN_PIECES), Some(Cms::Signed(b"abc".to_vec())));
    }

    #[test]
    fn any_beginning_and_any_changed_byte_is_survived() {
        for end in 0..IN_PIECES.len() {
            let _ = read(&IN_PIECES[..end]);
        }
        for at in 0..IN_PIECES.len() {
            for byte in 0..=255u8 {
                let mut bytes = IN_PIECES.to_vec();
                bytes[at] = byte;
                let _ = read(&bytes);
            }
        }
    }

    #[test]
    fn deep_nesting_ends() {
        assert_eq!(read(&b"\x30\x80".repeat(100_000)), None);
    }

    #[test]
    fn encrypted_is_told() {
        let enveloped = b"\x30\x0f\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03\xa0\x02\x30\x00";
        assert_eq!(read(enveloped), Some(Cms::Enveloped));
    }
}

//! Scripts and pages → the constants in them that may stand for something else.

use std::io::Read;

/// A constant: one string, or several that are put together in order.
#[derive(Clone, Debug)]
pub(super) struct Constant<'t> {
    pub(super) pieces: Vec<&'t str>,
    /// Whether it is the list of numbers between two brackets.
    pub(super) is_list: bool,
}

impl Constant<'_> {
    pub(super) fn len(&self) -> usize {
        self.pieces.iter().map(|piece| piece.len()).sum()
    }

    /// The characters as written.
    pub(super) fn bytes(&self) -> impl DoubleEndedIterator<Item = u8> {
        self.pieces.iter().flat_map(|piece| piece.bytes())
    }
}

/// Constants shorter than this hold no file and no page.
pub(super) const CONSTANT_BYTES_MIN: usize = 40;

/// Pieces that are put together are at least this long, in two tries.
const PIECE_BYTES_MIN: [usize; 2] = [48, 8];

/// What stands between two pieces that are put together: `", "`, `"; x += "`.
const GAP_BYTES_MAX: usize = 64;

/// The numbers of a list before it counts as one.
const NUMBERS_MIN: usize = 24;

/// Strings of a script, in order: joined where a `+` joins them.
pub(super) fn strings(script: &str) -> Vec<Constant<'_>> {
    let mut strings: Vec<Constant<'_>> = Vec::new();
    let mut last_end = 0;
    for (start, end) in literals(script) {
        let Some(text) = script.get(start..end) else { continue };
        let gap = script.get(last_end..start).unwrap_or_default();
        // Both quotes, and a plus between them.
        let is_joined = gap.len() < GAP_BYTES_MAX
            && gap.contains('+')
            && gap.chars().all(|c| c.is_whitespace() || matches!(c, '+' | '"' | '\'' | '`'));
        last_end = end;
        match strings.last_mut().filter(|_| is_joined) {
            Some(before) => before.pieces.push(text),
            None => strings.push(Constant { pieces: vec![text], is_list: false }),
        }
    }
    strings
}

/// Long constants of a script: strings, strings that follow each other closely, taken together, and lists of numbers.
pub(super) fn constants(script: &str) -> Vec<Constant<'_>> {
    let strings = strings(script);
    let mut constants = Vec::new();
    // Names and other words may stand between long pieces, or the pieces be short.
    for piece_bytes_min in PIECE_BYTES_MIN {
        constants.extend(groups(script, &strings, piece_bytes_min));
    }
    constants.extend(strings);
    constants.extend(lists(script));
    constants.retain(|constant| constant.len() >= CONSTANT_BYTES_MIN);
    constants
}

/// Strings of some length that follow each other closely.
fn groups<'t>(script: &str, strings: &[Constant<'t>], piece_bytes_min: usize) -> Vec<Constant<'t>> {
    let place = |piece: &str| (piece.as_ptr() as usize).saturating_sub(script.as_ptr() as usize);
    let mut groups: Vec<Constant<'t>> = Vec::new();
    let mut end = None;
    for string in strings {
        let is_piece =
            string.len() >= piece_bytes_min && string.bytes().all(|byte| !byte.is_ascii_whitespace());
        if !is_piece {
            continue;
        }
        let start = string.pieces.first().map_or(0, |piece| place(piece));
        let is_near = end.is_some_and(|end| start.saturating_sub(end) <= GAP_BYTES_MAX);
        match groups.last_mut().filter(|_| is_near) {
            Some(group) => group.pieces.extend(&string.pieces),
            None => groups.push(string.clone()),
        }
        end = string.pieces.last().map(|piece| place(piece) + piece.len());
    }
    groups.retain(|group| group.pieces.len() > 1);
    groups
}

/// Lists of numbers: `77, 90, 144`.
fn lists(script: &str) -> Vec<Constant<'_>> {
    let mut lists = Vec::new();
    let is_part = |byte: &u8| {
        byte.is_ascii_hexdigit() || byte.is_ascii_whitespace() || matches!(byte, b',' | b'x' | b'X' | b'-')
    };
    let bytes = script.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| is_part(byte)).count();
        let commas = rest.get(..length).unwrap_or_default().iter().filter(|byte| **byte == b',').count();
        if commas >= NUMBERS_MIN
            && let Some(piece) = script.get(at..at + length)
        {
            lists.push(Constant { pieces: vec![piece], is_list: true });
        }
        at += length.max(1);
    }
    lists
}

/// Where the strings of a script stand, quotes not counted. Comments and regular expressions are passed over.
fn literals(script: &str) -> Vec<(usize, usize)> {
    let bytes = script.as_bytes();
    let mut literals = Vec::new();
    let mut before = b'(';
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let next = bytes.get(at + 1).copied();
        let end_of = |end: &[u8], from: usize| {
            bytes
                .get(from..)
                .and_then(|rest| memchr::memmem::find(rest, end))
                .map_or(bytes.len(), |found| from + found)
        };
        match byte {
            b'"' | b'\'' | b'`' => {
                let end = string_end(bytes, at + 1, byte);
                literals.push((at + 1, end));
                at = end + 1;
                before = byte;
                continue;
            }
            b'/' if next == Some(b'/') => at = end_of(b"\n", at),
            b'/' if next == Some(b'*') => at = end_of(b"*/", at + 2) + 1,
            b'/' if matches!(
                before,
                b'(' | b',' | b'=' | b':' | b'[' | b'!' | b'&' | b'|' | b'?' | b'{' | b';'
            ) =>
            {
                at = expression_end(bytes, at + 1);
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
        at += 1;
    }
    literals
}

/// A string in one or two quotes ends with its line, too, so that a lone quote hides nothing behind it.
fn string_end(bytes: &[u8], from: usize, quote: u8) -> usize {
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if quote != b'`' => break,
            byte if *byte == quote => break,
            _ => {}
        }
        at += 1;
    }
    at.min(bytes.len())
}

fn expression_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    let mut is_in_class = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'[' => is_in_class = true,
            b']' => is_in_class = false,
            b'\n' => return from,
            b'/' if !is_in_class => return at,
            _ => {}
        }
        at += 1;
    }
    from
}

/// Base64 being read, leniently: white space and other marks are passed over, both alphabets are known (RFC 4648).
pub(crate) struct Base64<I> {
    from: I,
    ready: [u8; 3],
    count: usize,
    at: usize,
}

impl<I: Iterator<Item = u8>> Base64<I> {
    pub(crate) fn new(from: I) -> Self {
        Self { from, ready: [0; 3], count: 0, at: 0 }
    }

    fn group(&mut self) {
        let mut bits = 0_u32;
        let mut count = 0_usize;
        while count < 4 {
            let Some(byte) = self.from.next() else { break };
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' | b'-' => 62,
                b'/' | b'_' => 63,
                _ => continue,
            };
            bits = bits << 6 | u32::from(value);
            count += 1;
        }
        let [_, ready @ ..] = (bits << (6 * (4 - count))).to_be_bytes();
        (self.ready, self.count, self.at) = (ready, count.saturating_sub(1), 0);
    }
}

impl<I: Iterator<Item = u8>> Iterator for Base64<I> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.at >= self.count {
            self.group();
        }
        let byte = self.ready.get(self.at).copied().filter(|_| self.at < self.count)?;
        self.at += 1;
        Some(byte)
    }
}

/// Bytes one by one, as a stream.
pub(crate) struct Stream<I>(pub(crate) I);

impl<I: Iterator<Item = u8>> Read for Stream<I> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut filled = 0;
        for (place, byte) in buffer.iter_mut().zip(&mut self.0) {
            *place = byte;
            filled += 1;
        }
        Ok(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_in_both_alphabets() {
        let cases: [(&str, &[u8]); 4] =
            [("aGVsbG8=", b"hello"), ("aGVs\r\nbG8", b"hello"), ("", b""), ("_-8", &[0xff, 0xef])];
        for (text, plain) in cases {
            assert_eq!(Base64::new(text.bytes()).collect::<Vec<u8>>(), plain, "{text}");
        }
    }

    #[test]
    fn strings_joined_and_expressions_passed_over() {
        let script =
            "a = 'one' + \"two\"; // it's\nb = s.replace(/['\"]/g, ''); /* ' */ c = `three`; d = 1 / 2 / '4'";
        let strings: Vec<String> = strings(script).iter().map(|string| string.pieces.concat()).collect();
        assert_eq!(strings, ["onetwo", "", "three", "4"]);
    }

    #[test]
    fn pieces_that_follow_each_other_are_one_constant() {
        let chunk = "TVqQAAMAAAAEAAAA";
        let script = format!("var a = ['{chunk}', '{chunk}',\n '{chunk}'].join('');");
        assert_eq!(constants(&script)[0].len(), 3 * chunk.len());
        let numbers: Vec<String> = (0..30).map(|number| number.to_string()).collect();
        assert!(constants(&format!("[{}]", numbers.join(", ")))[0].is_list);
    }
}

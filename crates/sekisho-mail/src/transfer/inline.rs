//! Files written into a text: uuencode (POSIX) and yEnc 1.3 → their names and bytes.

use memchr::memmem;

/// A file found in a text.
pub(crate) struct Inline {
    /// The name on its first line.
    pub name: Vec<u8>,
    /// Its decoded bytes.
    pub bytes: Vec<u8>,
    /// Whether its last line (`end`, `=yend`) is there.
    pub closed: bool,
}

/// Finds at most `max` files in `text`. A first line counts only where a line of data follows it: people write
/// "begin 2026 with …" too.
pub(crate) fn find(text: &[u8], max: usize) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut at = 0;
    // A yEnc file ends with its last line; without one further on, none needs to be tried, however many begin.
    let yend_last = memmem::rfind(text, b"=yend");
    while found.len() < max {
        let Some(hit) = memmem::find(text.get(at..).unwrap_or_default(), b"begin ").map(|hit| at + hit)
        else {
            break;
        };
        let before = text.get(..hit).unwrap_or_default();
        let file = match before.strip_suffix(b"=y") {
            Some(line) if starts_line(line) && yend_last.is_some_and(|last| last > hit) => {
                yenc(text.get(hit - 2..).unwrap_or_default()).map(|(file, length)| (file, length - 2))
            }
            None if starts_line(before) => uuencode(text.get(hit..).unwrap_or_default()),
            _ => None,
        };
        at = hit + file.as_ref().map_or(6, |(_, length)| (*length).max(6));
        found.extend(file.map(|(file, _)| file));
    }
    found
}

fn starts_line(before: &[u8]) -> bool {
    matches!(before.last(), None | Some(b'\n' | b'\r'))
}

/// Reads `begin MODE NAME`, data lines, `end`; gives the file and the length read.
fn uuencode(text: &[u8]) -> Option<(Inline, usize)> {
    let mut lines = Lines { rest: text, taken: 0 };
    let first = lines.next()?.strip_prefix(b"begin ")?.trim_ascii();
    let mode_end = first.iter().position(|byte| *byte == b' ')?;
    let (mode, name) = first.split_at(mode_end);
    if !(3..=4).contains(&mode.len()) || !mode.iter().all(|byte| matches!(byte, b'0'..=b'7')) {
        return None;
    }
    let mut bytes = Vec::new();
    let mut closed = false;
    let mut length = lines.taken;
    while let Some(line) = lines.next() {
        if line.trim_ascii_end() == b"end" {
            closed = true;
            length = lines.taken;
            break;
        }
        if !uu_line(line, &mut bytes) {
            break;
        }
        length = lines.taken;
    }
    (!bytes.is_empty()).then(|| (Inline { name: name.trim_ascii().to_vec(), bytes, closed }, length))
}

/// Decodes one data line; false where it is none. Lines cut short (their trailing spaces lost) are filled up.
fn uu_line(line: &[u8], bytes: &mut Vec<u8>) -> bool {
    let Some((&count, data)) = line.split_first() else { return true };
    if !(b' '..=b'`').contains(&count) {
        return false;
    }
    let count = usize::from(count.wrapping_sub(b' ') & 63);
    let needed = count.div_ceil(3) * 4;
    // One or two characters more are checksums that some encoders add.
    if data.len() > needed + 2 || data.iter().any(|byte| !(b' '..=b'`').contains(byte)) {
        return false;
    }
    let value = |at: usize| u32::from(data.get(at).copied().unwrap_or(b' ').wrapping_sub(b' ') & 63);
    let mut left = count;
    for group in (0..needed).step_by(4) {
        let held = value(group) << 18 | value(group + 1) << 12 | value(group + 2) << 6 | value(group + 3);
        let three = [(held >> 16) as u8, (held >> 8) as u8, held as u8];
        bytes.extend_from_slice(three.get(..left.min(3)).unwrap_or(&three));
        left = left.saturating_sub(3);
    }
    true
}

/// Reads `=ybegin … name=NAME`, data, `=yend`; gives the file and the length read.
fn yenc(text: &[u8]) -> Option<(Inline, usize)> {
    let mut lines = Lines { rest: text, taken: 0 };
    let first = lines.next()?;
    let name = first.get(memmem::find(first, b" name=")? + 6..)?.trim_ascii();
    let mut bytes = Vec::new();
    let mut closed = false;
    while let Some(line) = lines.next() {
        if line.starts_with(b"=yend") {
            closed = true;
            break;
        }
        if line.starts_with(b"=ypart ") {
            continue;
        }
        let mut escaped = false;
        for &byte in line {
            if escaped {
                bytes.push(byte.wrapping_sub(64).wrapping_sub(42));
                escaped = false;
            } else if byte == b'=' {
                escaped = true;
            } else {
                bytes.push(byte.wrapping_sub(42));
            }
        }
    }
    (closed && !bytes.is_empty()).then(|| (Inline { name: name.to_vec(), bytes, closed }, lines.taken))
}

/// Lines without their ends (LF, CR LF), and how many bytes they took.
struct Lines<'a> {
    rest: &'a [u8],
    taken: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', self.rest).map_or(self.rest.len(), |at| at + 1);
        let (line, rest) = self.rest.split_at(end);
        self.rest = rest;
        self.taken += end;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuencoded_file_in_a_text() {
        let found = find(b"Hello\nbegin 644 cat.txt\n#0V%T\n`\nend\nbegin with\n", 9);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].name.as_slice(), found[0].bytes.as_slice()), (&b"cat.txt"[..], &b"Cat"[..]));
        assert!(found[0].closed);
        assert!(find(b"begin 644 nothing\n\nwords in lower case follow\n", 9).is_empty());
    }

    #[test]
    fn yenc_file_in_a_text() {
        let found = find(b"=ybegin line=128 size=3 name=a b.bin\r\nkl=}\r\n=yend size=3\r\n", 9);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].name.as_slice(), found[0].bytes.as_slice()), (&b"a b.bin"[..], &b"AB\x13"[..]));
    }
}

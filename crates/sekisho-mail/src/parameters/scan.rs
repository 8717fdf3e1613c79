//! A structured value → its word and raw parameters, each value in every reading of its quotes and comments.

use crate::{DefectKind, words};

/// One parameter as it was found.
pub(super) struct Raw {
    /// The name in lower case, with RFC 2231 marks.
    pub(super) name: String,
    /// The value's readings, the likeliest first; at least one.
    pub(super) readings: Vec<Vec<u8>>,
}

/// Takes `raw` apart. `label` is the charset its 8-bit bytes are in: the second byte of a Shift_JIS character may
/// look like a backslash, those of ISO-2022-JP like anything.
pub(super) fn scan(
    raw: &[u8],
    label: &str,
    parameters_max: usize,
    defects: &mut Vec<DefectKind>,
) -> (String, Vec<Raw>) {
    let mut scanner = Scanner { units: units(raw, label), at: 0, doubtful: false };
    let word = scanner.word();
    let mut found = Vec::new();
    while scanner.at < scanner.units.len() {
        if found.len() >= parameters_max {
            words::add(defects, DefectKind::LimitReached);
            break;
        }
        if let Some(raw) = scanner.parameter() {
            found.push(raw);
        }
    }
    if scanner.doubtful {
        words::add(defects, DefectKind::ParameterDoubtful);
    }
    (word, found)
}

/// A character of the value: its bytes, and the byte it counts as in the grammar (0x80 for anything that has no
/// meaning there).
struct Unit<'a> {
    bytes: &'a [u8],
    mark: u8,
}

const OPAQUE: u8 = 0x80;

fn units<'a>(raw: &'a [u8], label: &str) -> Vec<Unit<'a>> {
    let mut units = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(&byte) = rest.first() {
        let (length, mark) = match (byte, rest) {
            (0x1b, [_, b'$', tail @ ..]) => {
                let end = tail.iter().position(|&b| b == 0x1b).unwrap_or(tail.len());
                let closing = if tail.get(end + 1) == Some(&b'(') { 3 } else { 0 };
                (2 + end + closing, OPAQUE)
            }
            (0x1b, [_, b'(', _, ..]) => (3, OPAQUE),
            (0x81..=0x9f | 0xe0..=0xfc, [_, 0x40..=0x7e | 0x80..=0xfc, ..]) if label == "shift_jis" => {
                (2, OPAQUE)
            }
            (0x80.., _) => (1, OPAQUE),
            _ => (1, byte),
        };
        let (bytes, tail) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        units.push(Unit { bytes, mark });
        rest = tail;
    }
    units
}

struct Scanner<'a> {
    units: Vec<Unit<'a>>,
    at: usize,
    doubtful: bool,
}

impl Scanner<'_> {
    /// The word before the first parameter, comments and white space left out. Where a `;` was forgotten, the word
    /// ends before what looks like `name=`.
    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(mark) = self.mark() {
            match mark {
                b';' => {
                    self.at += 1;
                    break;
                }
                b'(' => self.skip_comment(),
                b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                    self.at += 1;
                    if !word.is_empty() && self.name_and_equals_follow() {
                        self.doubtful = true;
                        break;
                    }
                }
                b'=' => {
                    // No word at all: the first parameter stands in its place.
                    self.at = 0;
                    self.doubtful = true;
                    return String::new();
                }
                _ => {
                    word.push(char::from(mark.to_ascii_lowercase() & 0x7f));
                    self.at += 1;
                }
            }
        }
        word.trim_matches(|c| matches!(c, '"' | '\'')).to_owned()
    }

    fn parameter(&mut self) -> Option<Raw> {
        let name = self.name()?;
        let start = self.at;
        let commented = self.skip_space();
        self.doubtful |= commented;
        let mut readings = if self.mark() == Some(b'"') { self.quoted() } else { self.bare() };
        if commented {
            // Programs that know no comments take the whole.
            readings.push(trimmed(&self.bytes(start, self.at)));
            if matches!(readings.last().map(Vec::as_slice), Some([.., b';'])) {
                readings.last_mut().map(Vec::pop);
            }
        }
        Some(Raw { name, readings })
    }

    /// The name before a `=`; `None` where there is none up to the next `;`.
    fn name(&mut self) -> Option<String> {
        let mut name = String::new();
        let mut gap = false;
        while let Some(mark) = self.mark() {
            match mark {
                b';' => {
                    self.at += 1;
                    self.doubtful |= !name.is_empty();
                    return None;
                }
                b'=' => {
                    self.at += 1;
                    return (!name.is_empty()).then_some(name);
                }
                b'(' => {
                    self.skip_comment();
                    self.doubtful = true;
                }
                b' ' | b'\t' | b'\r' | b'\n' => {
                    gap = !name.is_empty();
                    self.at += 1;
                }
                _ => {
                    if gap {
                        // `foo name=x`: what stood before is no part of the name.
                        self.doubtful = true;
                        name.clear();
                        gap = false;
                    }
                    name.push(char::from(mark.to_ascii_lowercase()));
                    self.at += 1;
                }
            }
        }
        self.doubtful |= !name.is_empty();
        None
    }

    /// A value that begins with a quote; takes the `;` behind it too.
    fn quoted(&mut self) -> Vec<Vec<u8>> {
        let opening = self.at;
        self.at += 1;
        let (mut plain, mut kept) = (Vec::new(), Vec::new());
        let mut closed = false;
        while let Some(unit) = self.units.get(self.at) {
            match unit.mark {
                b'"' => {
                    closed = true;
                    self.at += 1;
                    break;
                }
                b'\\' if self.at + 1 < self.units.len() => {
                    self.at += 1;
                    let Some(escaped) = self.units.get(self.at) else { break };
                    if !matches!(escaped.mark, b'"' | b'\\') {
                        kept.push(b'\\');
                    }
                    plain.extend_from_slice(escaped.bytes);
                    kept.extend_from_slice(escaped.bytes);
                    self.at += 1;
                }
                _ => {
                    plain.extend_from_slice(unit.bytes);
                    kept.extend_from_slice(unit.bytes);
                    self.at += 1;
                }
            }
        }
        if !closed {
            return self.unclosed(opening, plain);
        }
        let behind = self.at;
        let mut readings = vec![plain.clone(), kept];
        self.skip_to_semicolon();
        let rest = self.without_comments(behind, self.at);
        if !rest.is_empty() {
            // `"a.txt".exe` or `"a" b"`: some take it all, some only what the quotes hold.
            self.doubtful = true;
            let mut whole = plain;
            whole.extend(rest.iter().filter(|&&b| b != b'"'));
            readings.push(whole);
        }
        self.at += 1;
        readings
    }

    /// A quote that never ends: up to the next `;`, or all of it.
    fn unclosed(&mut self, opening: usize, whole: Vec<u8>) -> Vec<Vec<u8>> {
        self.doubtful = true;
        self.at = opening + 1;
        self.skip_to_semicolon();
        let cut = trimmed(&self.bytes(opening + 1, self.at));
        self.at += 1;
        vec![cut, whole]
    }

    /// A value without quotes, up to the `;`. File names hold spaces and parentheses; a strict program stops at the
    /// space and leaves comments out.
    fn bare(&mut self) -> Vec<Vec<u8>> {
        let start = self.at;
        self.skip_to_semicolon();
        let whole = trimmed(&self.bytes(start, self.at));
        let uncommented = self.without_comments(start, self.at);
        self.at += 1;
        let word = uncommented.split(|b| matches!(b, b' ' | b'\t')).next().unwrap_or_default().to_vec();
        let encoded = words::word_at(&whole).is_some();
        let mut readings = vec![whole.clone()];
        if !encoded && (uncommented != whole || word != whole) {
            self.doubtful = true;
            readings.push(uncommented);
            readings.push(word);
        }
        if let [b'\'', inner @ .., b'\''] = whole.as_slice() {
            readings.push(inner.to_vec());
        }
        readings
    }

    /// Moves to the next `;` that is not inside quotes that close before the end, or to the end. A missing `;` is
    /// forgiven where ` name="` follows.
    fn skip_to_semicolon(&mut self) {
        while let Some(mark) = self.mark() {
            if mark == b';' {
                return;
            }
            self.at += 1;
            if matches!(mark, b' ' | b'\t') && self.known_name_follows() {
                self.doubtful = true;
                self.at -= 1;
                return;
            }
        }
    }

    /// Whether one of the names that matter and a `=` stand here.
    fn known_name_follows(&self) -> bool {
        const NAMES: &[&[u8]] = &[b"name", b"filename", b"boundary", b"charset", b"type"];
        NAMES.iter().any(|name| {
            let marks = self.units.get(self.at..).unwrap_or_default().iter().map(|unit| unit.mark);
            let mut after = marks.clone().skip(name.len());
            let same =
                marks.zip(name.iter()).filter(|(mark, b)| mark.eq_ignore_ascii_case(b)).count() == name.len();
            same && matches!(after.next(), Some(b'=' | b'*'))
        })
    }

    fn name_and_equals_follow(&self) -> bool {
        let rest = self.units.get(self.at..).unwrap_or_default();
        let name = rest.iter().take(NAME_MAX).take_while(|unit| is_name_mark(unit.mark)).count();
        name > 0 && rest.get(name).is_some_and(|unit| unit.mark == b'=')
    }

    /// Skips white space and comments; says whether there were comments.
    fn skip_space(&mut self) -> bool {
        let mut commented = false;
        while let Some(mark) = self.mark() {
            match mark {
                b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                b'(' if self.comment_end(self.at).is_some() => {
                    // A bare name may begin with a parenthesis: it is a comment only where something follows.
                    let end = self.comment_end(self.at).unwrap_or(self.at);
                    let next = self.units.get(end..).unwrap_or_default().iter().map(|unit| unit.mark);
                    if next.clone().find(|mark| !matches!(mark, b' ' | b'\t')) != Some(b'"') {
                        return commented;
                    }
                    commented = true;
                    self.at = end;
                }
                _ => break,
            }
        }
        commented
    }

    fn skip_comment(&mut self) {
        self.at = self.comment_end(self.at).unwrap_or(self.at + 1);
    }

    /// Where the comment that begins at `from` ends, nested ones included.
    fn comment_end(&self, from: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let mut escaped = false;
        for (offset, unit) in self.units.get(from..)?.iter().take(COMMENT_MAX).enumerate() {
            match unit.mark {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'(' => depth += 1,
                b')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(from + offset + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }

    fn without_comments(&self, start: usize, end: usize) -> Vec<u8> {
        let mut out = Vec::new();
        let mut at = start;
        while at < end {
            let Some(unit) = self.units.get(at) else { break };
            match self.comment_end(at).filter(|&close| unit.mark == b'(' && close <= end) {
                Some(close) => at = close,
                None => {
                    out.extend_from_slice(unit.bytes);
                    at += 1;
                }
            }
        }
        trimmed(&out)
    }

    fn bytes(&self, start: usize, end: usize) -> Vec<u8> {
        let end = end.min(self.units.len());
        self.units
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .flat_map(|unit| unit.bytes.iter().copied())
            .collect()
    }

    fn mark(&self) -> Option<u8> {
        self.units.get(self.at).map(|unit| unit.mark)
    }
}

/// Longest comment in characters that is looked for; bounds the search for a `)` that is not there.
const COMMENT_MAX: usize = 200;
/// Longest parameter name that is looked for, in characters.
const NAME_MAX: usize = 64;

fn is_name_mark(mark: u8) -> bool {
    mark.is_ascii_alphanumeric() || matches!(mark, b'-' | b'_' | b'*' | b'.')
}

fn trimmed(bytes: &[u8]) -> Vec<u8> {
    bytes.trim_ascii().to_vec()
}

//! Header text → what a person sees: encoded words (RFC 2047, 2231), raw 8-bit, characters split over two words.
//!
//! More is taken than the RFC allows, as mail programs do: words without white space around them, inside quotes,
//! with spaces in them, without padding. Neighbours of one charset are joined as bytes before they are decoded, so
//! that characters split over two words come whole. What is no word after all stays as it is written.

use std::borrow::Cow;

use crate::{DefectKind, charset};

/// Longest `charset*language` of an encoded word, in bytes.
const LABEL_BYTES_MAX: usize = 80;
/// Longest encoded word that counts as one unit of a structured field, in bytes. The standard allows 75, programs
/// that do not break theirs write some hundreds.
const WORD_BYTES_MAX: usize = 4096;

/// Decodes an unfolded field value. The defects found are added to `defects`. Linear in `raw`; control characters
/// are left out (NUL with a defect), tabs and line ends become spaces.
pub(crate) fn decode(raw: &[u8], defects: &mut Vec<DefectKind>) -> String {
    let plain = raw.iter().all(|&b| (b' '..=b'~').contains(&b));
    if plain && !raw.windows(2).any(|pair| pair == b"=?") {
        return raw.iter().map(|&b| char::from(b)).collect();
    }
    let label = charset::detect(raw);
    if !raw.is_ascii() || label == "iso-2022-jp" {
        add(defects, DefectKind::RawHeader);
    }
    let mut text = String::with_capacity(raw.len());
    let mut pending = Pending::default();
    for piece in Pieces::of(raw) {
        match piece {
            Piece::Word(word) => pending.take(word, &mut text, defects),
            Piece::Text(bytes) => {
                // White space between two words is no text; whether a word follows is known later.
                if pending.run.is_some() && bytes.iter().all(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n')) {
                    pending.space = bytes;
                    continue;
                }
                pending.flush(&mut text, defects);
                push_raw(bytes, label, &mut text, defects);
            }
        }
    }
    pending.flush(&mut text, defects);
    cleaned(&text, defects)
}

/// The encoded word at the start of `bytes`, by its length; longer ones than [`WORD_BYTES_MAX`] are not seen.
pub(crate) fn word_at(bytes: &[u8]) -> Option<usize> {
    let bytes = bytes.get(..WORD_BYTES_MAX).unwrap_or(bytes);
    let (word, _) = Word::at(bytes, None).ok()?;
    Some(word.length)
}

/// Adds a defect once.
pub(crate) fn add(defects: &mut Vec<DefectKind>, kind: DefectKind) {
    if !defects.contains(&kind) {
        defects.push(kind);
    }
}

/// Words read but not yet decoded, because the next may belong to the same character.
#[derive(Default)]
struct Pending<'a> {
    run: Option<Run>,
    space: &'a [u8],
}

/// The bytes of neighbouring words with one label.
struct Run {
    label: String,
    bytes: Vec<u8>,
    /// Whether its first word is no whole text by itself.
    split: bool,
}

impl<'a> Pending<'a> {
    fn take(&mut self, word: Word<'a>, text: &mut String, defects: &mut Vec<DefectKind>) {
        let label = String::from_utf8_lossy(word.label).to_ascii_lowercase();
        let bytes = word.decoded(defects);
        self.space = &[];
        match &mut self.run {
            Some(run) if run.label == label => {
                // Each word is looked at alone: to look at all that is joined again and again would be quadratic.
                if run.split || charset::is_split(&bytes, &label) {
                    add(defects, DefectKind::EncodedWordBroken);
                }
                run.bytes.extend_from_slice(&bytes);
            }
            Some(_) => {
                self.flush(text, defects);
                self.begin(label, bytes);
            }
            None => self.begin(label, bytes),
        }
    }

    fn begin(&mut self, label: String, bytes: Vec<u8>) {
        let split = charset::is_split(&bytes, &label);
        self.run = Some(Run { label, bytes, split });
    }

    fn flush(&mut self, text: &mut String, defects: &mut Vec<DefectKind>) {
        if let Some(run) = self.run.take() {
            let decoded = charset::decode(&run.bytes, Some(&run.label));
            if decoded.text.contains(char::REPLACEMENT_CHARACTER) {
                // Cut off inside a character, most often: the label is not to blame.
                add(defects, DefectKind::EncodedWordBroken);
            } else if let Some(defect) = decoded.defect {
                add(defects, defect);
            }
            text.push_str(&decoded.text);
        }
        text.push_str(&String::from_utf8_lossy(self.space));
        self.space = &[];
    }
}

fn push_raw(bytes: &[u8], label: &str, text: &mut String, defects: &mut Vec<DefectKind>) {
    if bytes.is_ascii() && label != "iso-2022-jp" {
        text.extend(bytes.iter().map(|&b| char::from(b)));
    } else {
        text.push_str(&charset::decode(bytes, Some(label)).text);
    }
    if bytes.windows(2).any(|pair| pair == b"=?") && bytes.windows(3).any(is_word_middle) {
        add(defects, DefectKind::EncodedWordBroken);
    }
}

/// `?B?` or `?Q?`: what looks like a word meant to be one.
fn is_word_middle(bytes: &[u8]) -> bool {
    matches!(bytes, [b'?', b'b' | b'B' | b'q' | b'Q', b'?'])
}

/// Text without control characters; tabs and line ends become spaces.
pub(crate) fn cleaned(text: &str, defects: &mut Vec<DefectKind>) -> String {
    if text.contains('\0') {
        add(defects, DefectKind::Nul);
    }
    text.chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// A piece of a header value.
enum Piece<'a> {
    Text(&'a [u8]),
    Word(Word<'a>),
}

/// Takes a value apart into words and what stands between them.
struct Pieces<'a> {
    rest: &'a [u8],
    /// A word found behind text that was handed out first.
    next: Option<Word<'a>>,
    /// Bytes left, counted from the end, when the next `?=` was last found; `Some(0)` where there is none.
    end_left: Option<usize>,
}

impl<'a> Pieces<'a> {
    fn of(raw: &'a [u8]) -> Self {
        Self { rest: raw, next: None, end_left: None }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(word) = self.next.take() {
            return Some(Piece::Word(word));
        }
        let whole = self.rest;
        let mut at = 0;
        while let Some(rest) = whole.get(at..).filter(|rest| !rest.is_empty()) {
            match rest {
                // In the two-byte state of raw ISO-2022-JP, `=?` is no mark.
                [0x1b, b'$', ..] => {
                    at += 2 + rest
                        .iter()
                        .skip(2)
                        .position(|&b| b == 0x1b)
                        .unwrap_or(rest.len().saturating_sub(2));
                }
                [b'=', b'?', ..] => match Word::at(rest, self.end_left) {
                    Ok((word, end_left)) => {
                        self.end_left = Some(end_left);
                        self.rest = rest.get(word.length..).unwrap_or_default();
                        let before = whole.get(..at).unwrap_or_default();
                        if before.is_empty() {
                            return Some(Piece::Word(word));
                        }
                        self.next = Some(word);
                        return Some(Piece::Text(before));
                    }
                    Err(end_left) => {
                        self.end_left = end_left.or(self.end_left);
                        at += 2;
                    }
                },
                _ => at += 1,
            }
        }
        self.rest = &[];
        (!whole.is_empty()).then_some(Piece::Text(whole))
    }
}

/// One encoded word.
struct Word<'a> {
    label: &'a [u8],
    encoding: Encoding,
    text: &'a [u8],
    length: usize,
}

#[derive(Clone, Copy)]
enum Encoding {
    B,
    Q,
}

impl<'a> Word<'a> {
    /// The word at the start of `bytes`, with the bytes left from its `?=` on. `end_left` is where an earlier
    /// search found the next `?=`: searching anew for each `=?` would be quadratic.
    fn at(bytes: &'a [u8], end_left: Option<usize>) -> Result<(Self, usize), Option<usize>> {
        let rest = bytes.strip_prefix(b"=?").ok_or(None)?;
        let window = rest.get(..LABEL_BYTES_MAX).unwrap_or(rest);
        let label_bytes = window.iter().position(|&b| b == b'?').ok_or(None)?;
        let (label, rest) = rest.split_at_checked(label_bytes).ok_or(None)?;
        if label.is_empty() || label.iter().any(|&b| b <= b' ' || b > b'~' || b == b'=') {
            return Err(None);
        }
        let (encoding, text) = match rest {
            [b'?', b'b' | b'B', b'?', text @ ..] => (Encoding::B, text),
            [b'?', b'q' | b'Q', b'?', text @ ..] => (Encoding::Q, text),
            _ => return Err(None),
        };
        let left = match end_left {
            Some(left) if left <= text.len() => left,
            _ => memchr::memmem::find(text, b"?=").map_or(0, |end| text.len() - end),
        };
        let end = text.len().checked_sub(left).filter(|_| left > 0).ok_or(Some(0))?;
        let text = text.get(..end).ok_or(None)?;
        // Another word begins inside: this one lost its end.
        if memchr::memmem::find(text, b"=?")
            .is_some_and(|inner| word_begins(text.get(inner..).unwrap_or_default()))
        {
            return Err(Some(left));
        }
        let length = 2 + label_bytes + 3 + end + 2;
        Ok((Self { label, encoding, text, length }, left))
    }

    fn decoded(&self, defects: &mut Vec<DefectKind>) -> Vec<u8> {
        match self.encoding {
            Encoding::B => base64(self.text, defects),
            Encoding::Q => quoted(self.text, defects),
        }
    }
}

/// Whether `=?label?B?` or `=?label?Q?` stands at the start.
fn word_begins(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"=?") else { return false };
    let window = rest.get(..LABEL_BYTES_MAX).unwrap_or(rest);
    let middle = window.iter().position(|&b| b == b'?').and_then(|at| rest.get(at..at + 3));
    middle.is_some_and(is_word_middle)
}

/// Base64 as it comes: foreign characters are skipped, padding may be missing or stand between pieces that were
/// encoded one by one.
fn base64(text: &[u8], defects: &mut Vec<DefectKind>) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4 + 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                (bits, count) = (0, 0);
                continue;
            }
            b' ' | b'\t' => continue,
            _ => {
                add(defects, DefectKind::EncodedWordBroken);
                continue;
            }
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from((bits >> count) & 0xff).unwrap_or_default());
            bits &= (1 << count) - 1;
        }
    }
    if count == 6 {
        add(defects, DefectKind::EncodedWordBroken);
    }
    out
}

/// The Q encoding: `_` is a space, `=` without two digits stays.
fn quoted(text: &[u8], defects: &mut Vec<DefectKind>) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'_', _) => out.push(b' '),
            (b'=', [high, low, tail @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                out.push((hex(*high).unwrap_or_default() << 4) | hex(*low).unwrap_or_default());
                rest = tail;
            }
            (b'=', _) => {
                add(defects, DefectKind::EncodedWordBroken);
                out.push(byte);
            }
            _ => out.push(byte),
        }
    }
    out
}

/// A hexadecimal digit's value.
pub(crate) fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// A value as text with its encoded words left as they are: only raw 8-bit and escapes are decoded.
pub(crate) fn raw_text<'a>(raw: &'a [u8], defects: &mut Vec<DefectKind>) -> Cow<'a, str> {
    let label = charset::detect(raw);
    match std::str::from_utf8(raw) {
        Ok(text) if label != "iso-2022-jp" => {
            if !raw.is_ascii() {
                add(defects, DefectKind::RawHeader);
            }
            Cow::Borrowed(text)
        }
        _ => {
            add(defects, DefectKind::RawHeader);
            Cow::Owned(charset::decode(raw, Some(label)).text)
        }
    }
}

#[cfg(test)]
mod tests;

//! Compressed RTF of Outlook ([MS-OXRTFCP]) → RTF → the HTML or text that it encapsulates ([MS-OXRTFEX]), or its
//! plain words.

use crate::mapi::narrow;

/// What an RTF body holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Words {
    /// HTML that was wrapped into RTF.
    Html(String),
    /// Text.
    Plain(String),
}

/// Decompresses `bytes`, at most to `bytes_max`; `None` where they are not compressed RTF.
pub(crate) fn decompress(bytes: &[u8], bytes_max: usize) -> Option<Vec<u8>> {
    let number = |at: usize| crate::ole::u32_at(bytes, at);
    let (raw_bytes, mark) = (number(4)? as usize, bytes.get(8..12)?);
    let body = bytes.get(16..)?;
    if mark == b"MELA" {
        return Some(body.get(..raw_bytes.min(bytes_max)).unwrap_or(body).to_vec());
    }
    if mark != b"LZFu" {
        return None;
    }
    let mut ring = [b' '; 4096];
    for (place, byte) in ring.iter_mut().zip(DICTIONARY) {
        *place = *byte;
    }
    let mut write = DICTIONARY.len();
    let mut out = Vec::new();
    let mut input = body.iter().copied();
    let most = raw_bytes.min(bytes_max);
    while let Some(control) = input.next() {
        for bit in 0..8 {
            if out.len() >= most {
                return Some(out);
            }
            if control >> bit & 1 == 0 {
                let Some(byte) = input.next() else { return Some(out) };
                out.push(byte);
                ring[write] = byte;
                write = (write + 1) % 4096;
                continue;
            }
            let (Some(high), Some(low)) = (input.next(), input.next()) else { return Some(out) };
            let offset = usize::from(high) << 4 | usize::from(low) >> 4;
            let length = usize::from(low & 15) + 2;
            if offset == write {
                return Some(out);
            }
            for step in 0..length.min(most - out.len()) {
                let byte = ring[(offset + step) % 4096];
                out.push(byte);
                ring[write] = byte;
                write = (write + 1) % 4096;
            }
        }
    }
    Some(out)
}

/// The words of an RTF text.
pub(crate) fn words(rtf: &[u8]) -> Words {
    let mut reading = Reading::new();
    let mut rest = rtf;
    while let Some((&first, after)) = rest.split_first() {
        rest = match first {
            b'{' => {
                reading.open();
                after
            }
            b'}' => {
                reading.close();
                after
            }
            b'\\' => reading.control(after),
            b'\r' | b'\n' => after,
            byte => {
                reading.byte(byte);
                after
            }
        };
    }
    reading.settle();
    if reading.is_html { Words::Html(reading.text) } else { Words::Plain(reading.text) }
}

/// [MS-OXRTFCP] section 2.1.3.1: what the dictionary holds at the beginning.
const DICTIONARY: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
    \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Groups that hold no words.
const SILENT: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "footer",
    "listtable",
    "listoverridetable",
    "generator",
    "themedata",
    "datastore",
    "latentstyles",
    "xmlnstbl",
];

#[derive(Clone, Copy, Default)]
struct Group {
    is_silent: bool,
    is_htmltag: bool,
    /// Inside `\htmlrtf`: meant for programs that show the RTF.
    is_for_rtf: bool,
}

struct Reading {
    text: String,
    /// Bytes of the code page that are not decoded yet.
    waiting: Vec<u8>,
    group: Group,
    above: Vec<Group>,
    /// Groups beyond the depth that is kept.
    lost: usize,
    codepage: u32,
    is_html: bool,
    /// `\*` was read: an unknown group is silent.
    is_optional: bool,
    /// Characters to pass over after `\u`, by `\uc`.
    substitutes: usize,
    skip: usize,
}

impl Reading {
    fn new() -> Self {
        Self {
            text: String::new(),
            waiting: Vec::new(),
            group: Group::default(),
            above: Vec::new(),
            lost: 0,
            codepage: 0,
            is_html: false,
            is_optional: false,
            // `\uc1` is what holds where nothing is said.
            substitutes: 1,
            skip: 0,
        }
    }

    fn open(&mut self) {
        const DEPTH_MAX: usize = 1_000;
        if self.above.len() < DEPTH_MAX {
            self.above.push(self.group);
        } else {
            self.lost += 1;
        }
    }

    fn close(&mut self) {
        self.is_optional = false;
        if self.lost > 0 {
            self.lost -= 1;
        } else if let Some(group) = self.above.pop() {
            self.group = group;
        }
    }

    fn is_shown(&self) -> bool {
        !self.group.is_silent && !self.group.is_for_rtf
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_shown() {
            self.waiting.push(byte);
        }
    }

    fn character(&mut self, character: char) {
        if self.is_shown() {
            self.settle();
            self.text.push(character);
        }
    }

    fn settle(&mut self) {
        if !self.waiting.is_empty() {
            self.text.push_str(&narrow(&self.waiting, self.codepage));
            self.waiting.clear();
        }
    }

    /// Reads what follows a backslash and gives the rest.
    fn control<'a>(&mut self, after: &'a [u8]) -> &'a [u8] {
        let Some((&first, rest)) = after.split_first() else { return after };
        if !first.is_ascii_alphabetic() {
            match first {
                b'\'' => {
                    let digits = rest.get(..2).and_then(|two| std::str::from_utf8(two).ok());
                    if let Some(byte) = digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
                        self.byte(byte);
                    }
                    return rest.get(2..).unwrap_or_default();
                }
                b'*' => self.is_optional = true,
                b'{' | b'}' | b'\\' => self.byte(first),
                b'~' => self.character('\u{a0}'),
                b'\r' | b'\n' => self.character('\n'),
                _ => {}
            }
            return rest;
        }
        // Words have at most 32 letters and numbers 10 digits in real RTF; longer ones are cut into pieces.
        const WORD_BYTES_MAX: usize = 40;
        let window = after.get(..WORD_BYTES_MAX).unwrap_or(after);
        let letters = window.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(window.len());
        let (word, tail) = after.split_at(letters);
        let digits_window = tail.get(..12).unwrap_or(tail);
        let digits = digits_window
            .iter()
            .enumerate()
            .take_while(|(at, byte)| byte.is_ascii_digit() || (*at == 0 && **byte == b'-'))
            .count();
        let (number, tail) = tail.split_at(digits);
        let number = std::str::from_utf8(number).ok().and_then(|text| text.parse::<i64>().ok());
        self.word(std::str::from_utf8(word).unwrap_or_default(), number);
        tail.strip_prefix(b" ").unwrap_or(tail)
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        let is_optional = std::mem::take(&mut self.is_optional);
        match word {
            "fromhtml" => self.is_html = true,
            "ansicpg" => self.codepage = number.and_then(|page| u32::try_from(page).ok()).unwrap_or(0),
            "uc" => {
                self.substitutes = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).min(8)
            }
            "htmltag" => {
                self.group.is_htmltag = true;
                self.group.is_silent = false;
            }
            "htmlrtf" => self.group.is_for_rtf = number != Some(0),
            "u" => {
                let unit = number.map(|number| (number & 0xffff) as u32).unwrap_or(0xfffd);
                self.character(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
                self.skip = self.substitutes;
            }
            "par" | "line" if !self.group.is_htmltag => self.character('\n'),
            "tab" => self.character('\t'),
            "lquote" => self.character('‘'),
            "rquote" => self.character('’'),
            "ldblquote" => self.character('“'),
            "rdblquote" => self.character('”'),
            "bullet" => self.character('•'),
            "endash" => self.character('–'),
            "emdash" => self.character('—'),
            _ if is_optional || SILENT.contains(&word) => self.group.is_silent = true,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification_is_decompressed() {
        // [MS-OXRTFCP] section 4.1.1.
        let compressed: &[u8] = b"\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\
            \x31\x32\x35\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0";
        let rtf = decompress(compressed, 1_000).unwrap();
        assert_eq!(rtf, b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
        assert_eq!(words(&rtf), Words::Plain("hello world".to_owned()));
    }

    #[test]
    fn html_is_taken_out_of_its_wrapping() {
        let rtf = br"{\rtf1\ansi\ansicpg932\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 \'82\'a0\u12354 ?{\*\htmltag84 <b>}x\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}}";
        assert_eq!(words(rtf), Words::Html("<p>ああ<b>x</p>".to_owned()));
    }

    #[test]
    fn any_bytes_end() {
        for bytes in [&b"\\"[..], b"{{{{", b"}}}}", b"\\'", b"\\u-99999999999999", b"\\'8"] {
            words(bytes);
        }
        assert_eq!(decompress(b"", 10), None);
        assert_eq!(decompress(b"aaaabbbbLZFucccc\xff\xff\xff", 10).map(|out| out.len()), Some(10));
    }
}

//! Bytes of rich text → groups, control words, escaped bytes and text ([MS-RTF] "Conventions of an RTF reader").

use std::borrow::Cow;

use crate::number::slice;

/// A piece of rich text.
pub(super) enum Symbol<'b> {
    Open,
    Close,
    /// `\*`: who does not know the next word passes the group over.
    Star,
    /// A control word and its number.
    Word(&'b [u8], Option<i32>),
    /// A byte in hexadecimal or behind a backslash.
    Escaped(u8),
    Text(&'b [u8]),
}

/// Walks through rich text once.
pub(super) struct Symbols<'b> {
    rest: &'b [u8],
}

impl<'b> Symbols<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Raw bytes.
    pub(super) fn bite(&mut self, count: usize) -> &'b [u8] {
        let taken = slice(self.rest, 0, count);
        self.rest = self.rest.get(taken.len()..).unwrap_or_default();
        taken
    }

    /// What has not been read.
    pub(super) fn rest(&self) -> &'b [u8] {
        self.rest
    }

    fn while_is(&mut self, passes: impl Fn(u8) -> bool) -> &'b [u8] {
        let length = self.rest.iter().position(|byte| !passes(*byte)).unwrap_or(self.rest.len());
        self.bite(length)
    }

    /// What follows a backslash.
    fn control(&mut self) -> Symbol<'b> {
        let word = self.while_is(|byte| byte.is_ascii_alphabetic());
        if !word.is_empty() {
            let number = self.number();
            if self.rest.first() == Some(&b' ') {
                self.bite(1);
            }
            return Symbol::Word(word, number);
        }
        match self.bite(1) {
            b"*" => Symbol::Star,
            b"'" => {
                let digits = self.bite(2);
                let text = std::str::from_utf8(digits).unwrap_or_default();
                Symbol::Escaped(u8::from_str_radix(text, 16).unwrap_or(b'?'))
            }
            b"\r" | b"\n" => Symbol::Word(b"par", None),
            b"~" => Symbol::Escaped(b' '),
            [byte @ (b'\\' | b'{' | b'}')] => Symbol::Escaped(*byte),
            _ => Symbol::Word(b"", None),
        }
    }

    /// Digits beyond what a number holds are read and forgotten.
    fn number(&mut self) -> Option<i32> {
        let negative = self.rest.first() == Some(&b'-') && self.rest.get(1).is_some_and(u8::is_ascii_digit);
        if negative {
            self.bite(1);
        }
        let digits = self.while_is(|byte| byte.is_ascii_digit());
        if digits.is_empty() {
            return None;
        }
        let number = std::str::from_utf8(digits).ok()?.parse::<i32>().unwrap_or(i32::MAX);
        Some(if negative { -number } else { number })
    }
}

impl<'b> Iterator for Symbols<'b> {
    type Item = Symbol<'b>;

    fn next(&mut self) -> Option<Symbol<'b>> {
        let symbol = match self.rest.first()? {
            b'{' => {
                self.bite(1);
                Symbol::Open
            }
            b'}' => {
                self.bite(1);
                Symbol::Close
            }
            b'\\' => {
                self.bite(1);
                self.control()
            }
            _ => Symbol::Text(self.while_is(|byte| !matches!(byte, b'{' | b'}' | b'\\'))),
        };
        Some(symbol)
    }
}

/// Whether the words behind this control word are not shown.
pub(super) fn is_aside(word: &[u8]) -> bool {
    matches!(
        word,
        b"fonttbl"
            | b"colortbl"
            | b"stylesheet"
            | b"info"
            | b"pict"
            | b"listtable"
            | b"listoverridetable"
            | b"sn"
            | b"revtbl"
            | b"rsidtbl"
            | b"themedata"
            | b"colorschememapping"
            | b"datastore"
            | b"latentstyles"
            | b"generator"
            | b"xmlnstbl"
            | b"filetbl"
            | b"userprops"
    )
}

/// Destinations behind `\*` that hold words, or groups with words: text boxes and shapes.
pub(super) fn is_known_aside_text(word: &[u8]) -> bool {
    matches!(
        word,
        b"shpinst" | b"shptxt" | b"shppict" | b"background" | b"do" | b"dptxbxtext" | b"pn" | b"ud" | b""
    )
}

/// Text in the code page of the document. Where that is Western, Japanese that a font's own charset brings still tells.
pub(super) fn decoded(bytes: &[u8], code_page: i32) -> Cow<'_, str> {
    if bytes.is_ascii() {
        return String::from_utf8_lossy(bytes);
    }
    let encoding = match code_page {
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        65001 => encoding_rs::UTF_8,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        _ => {
            let (text, wrong) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes);
            if !wrong && bytes.len() >= 4 {
                return text;
            }
            encoding_rs::WINDOWS_1252
        }
    };
    encoding.decode_without_bom_handling(bytes).0
}

//! Fields of a text document, as their pieces come → the instructions that start programs or load from elsewhere
//! ([ECMA-376] part 1, 17.16; the same in RTF's `\field` and Word 97's characters 0x13 to 0x15).
//!
//! Instructions may be cut over many runs, and other fields may stand in them: `QUOTE` with the numbers of characters,
//! `SET` and `REF` with a bookmark. They are put together as Word does.

use std::collections::BTreeMap;

use super::dde;
use super::target::{Reach, reach};
use super::told::{Sign, tell};
use crate::open::Opened;
use crate::{Danger, DeedKind};

/// Fields nested deeper than this count as text of the outer one. Word itself stops at 20.
const DEPTH_MAX: usize = 64;

/// Bytes kept of one instruction: a command line has 32 KiB at most.
const CODE_BYTES_MAX: usize = 32 * 1024;

/// Bookmarks kept.
const BOOKMARKS_MAX: usize = 1024;

/// The fields of one document.
#[derive(Default)]
pub(crate) struct Fields {
    open: Vec<Field>,
    bookmarks: BTreeMap<String, String>,
}

#[derive(Default)]
struct Field {
    code: String,
    result: String,
    half: Half,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Half {
    #[default]
    Code,
    Result,
}

impl Fields {
    /// A field begins.
    pub(crate) fn begin(&mut self) {
        if self.open.len() < DEPTH_MAX {
            self.open.push(Field::default());
        }
    }

    /// Words of an instruction, or of a result where the innermost field has come to it.
    pub(crate) fn push(&mut self, text: &str) {
        let Some(field) = self.open.last_mut() else { return };
        let half = if field.half == Half::Code { &mut field.code } else { &mut field.result };
        if half.len() + text.len() <= CODE_BYTES_MAX {
            half.push_str(text);
        }
    }

    /// The instruction ends, the result begins.
    pub(crate) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut() {
            field.half = Half::Result;
        }
    }

    /// The innermost field ends.
    pub(crate) fn end(&mut self, place: &str, opened: &mut Opened) {
        let Some(field) = self.open.pop() else { return };
        let value = self.value(&field);
        judge(&field.code, place, opened);
        self.push(&value);
    }

    /// The document ends: what is still open is judged as it is.
    pub(crate) fn finish(&mut self, place: &str, opened: &mut Opened) {
        while !self.open.is_empty() {
            self.end(place, opened);
        }
    }

    /// What a field becomes inside another one.
    fn value(&mut self, field: &Field) -> String {
        let words = words(&field.code);
        let mut words = words.iter().map(String::as_str);
        let first = words.next().unwrap_or_default().to_ascii_uppercase();
        match first.as_str() {
            "QUOTE" => words.map(quoted).collect(),
            "SET" => {
                let name = words.next().unwrap_or_default().to_lowercase();
                let value = words.collect::<Vec<_>>().join(" ");
                if self.bookmarks.len() < BOOKMARKS_MAX {
                    self.bookmarks.insert(name, value);
                }
                String::new()
            }
            "REF" => self.bookmark(words.next().unwrap_or_default()).unwrap_or_else(|| field.result.clone()),
            _ => self.bookmark(&first).unwrap_or_else(|| field.result.clone()),
        }
    }

    fn bookmark(&self, name: &str) -> Option<String> {
        self.bookmarks.get(&name.to_lowercase()).cloned()
    }
}

/// A number is a character, anything else is itself.
fn quoted(word: &str) -> String {
    let number = match word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => word.parse(),
    };
    match number.ok().and_then(char::from_u32) {
        Some(character) => character.to_string(),
        None => word.to_owned(),
    }
}

/// Words of an instruction: divided by white space, quoted ones whole, `\\` in quotes a single backslash.
fn words(code: &str) -> Vec<String> {
    const WORDS_MAX: usize = 8192;
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    let mut characters = code.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' | '“' | '”' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c if !quoted && (c.is_whitespace() || c.is_control()) => words.extend(word.take()),
            '\\' if characters.peek() == Some(&'\\') => {
                characters.next();
                word.get_or_insert_default().push('\\');
            }
            c => word.get_or_insert_default().push(c),
        }
        if words.len() >= WORDS_MAX {
            break;
        }
    }
    words.extend(word);
    words
}

fn judge(code: &str, place: &str, opened: &mut Opened) {
    let words = words(code);
    let Some((first, rest)) = words.split_first() else { return };
    let name = first.to_ascii_uppercase();
    match name.as_str() {
        "DDE" | "DDEAUTO" => {
            let server = rest.first().map(String::as_str).unwrap_or_default();
            let topic = rest.get(1..).unwrap_or_default().join(" ");
            if !server.is_empty() {
                let start = if name == "DDEAUTO" { "Open" } else { "Update" };
                dde::judge(place, start, server, &topic, opened);
            }
        }
        "INCLUDEPICTURE" => loads(&name, "image", rest, place, opened),
        "INCLUDETEXT" | "INCLUDE" | "IMPORT" | "LINK" | "RD" => {
            loads(&name, "oleobject", rest, place, opened)
        }
        _ => {}
    }
}

/// The first word of an instruction that leads out of the document.
fn loads(name: &str, role: &str, words: &[String], place: &str, opened: &mut Opened) {
    let Some(target) = words.iter().find(|word| reach(word) > Reach::Near) else { return };
    let Some((_, danger)) = super::package::grade(role, target) else { return };
    let sign = Sign {
        kind: DeedKind::ExternalObject,
        danger: danger.min(Danger::Dangerous),
        place,
        start: "Update",
        does: name,
        link: target,
        string: "",
    };
    tell(opened, &sign);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{` begins a field, `|` divides it, `}` ends it.
    fn deeds(text: &str) -> String {
        let (mut fields, mut opened) = (Fields::default(), Opened::default());
        for character in text.chars() {
            match character {
                '{' => fields.begin(),
                '|' => fields.separate(),
                '}' => fields.end("a", &mut opened),
                c => fields.push(c.encode_utf8(&mut [0; 4])),
            }
        }
        fields.finish("a", &mut opened);
        let deeds = opened
            .deeds
            .iter()
            .map(|deed| format!("{:?} {:?} {}", deed.kind, deed.danger, deed.strings.concat()));
        deeds.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn instructions_are_put_together() {
        let cases = [
            (
                "{ DDEAUTO c:\\\\windows\\\\cmd.exe \"/k calc\" |no data}",
                "Dde Dangerous c:\\windows\\cmd.exe /k calc",
            ),
            ("{ dde {QUOTE 99 109 100} \"/c\"}", "Dde Dangerous cmd /c"),
            ("{SET a \"cmd\"}{DDEAUTO {REF a} x}", "Dde Dangerous cmd x"),
            ("{ {QUOTE 68 68 69}AUTO cmd x", "Dde Dangerous cmd x"),
            (
                "{DDE Excel.Sheet.8 \"C:\\\\a.xls\" Sheet1!R1C1 \\a \\r}",
                "Dde Harmless Excel.Sheet.8 C:\\a.xls Sheet1!R1C1 \\a \\r",
            ),
            ("{INCLUDEPICTURE \"https://a.example/b.png\" \\d}", "ExternalObject Harmless "),
            ("{INCLUDEPICTURE \"\\\\\\\\203.0.113.1\\\\a\\\\b.png\" \\d}", "ExternalObject Active "),
            ("{INCLUDETEXT \"http://a.example/b.docx\"}", "ExternalObject Dangerous "),
            ("{LINK Excel.Sheet.12 \"C:\\\\a.xlsx\" \"\" \\a}", ""),
            ("{HYPERLINK \"https://a.example\"|a}{PAGE}{TOC \\o}{MERGEFIELD cmd}", ""),
            ("DDEAUTO cmd", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(deeds(text), expected, "{text}");
        }
        let _ = deeds(&"{".repeat(100_000));
    }
}

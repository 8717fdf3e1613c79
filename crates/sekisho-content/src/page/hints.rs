//! The scripts of a page → what they do with their constants: which calls build, write, run, decode and mix.

use super::constants::{Base64, strings};
use crate::javascript::joined;

/// What the scripts of a page call.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// Makes a file of bytes.
    pub(super) builds: Vec<&'static str>,
    /// Hands a file to the reader.
    pub(super) hands: Vec<&'static str>,
    /// Writes a page.
    pub(super) writes: Vec<&'static str>,
    /// Runs text as a script.
    pub(super) runs: Vec<&'static str>,
    /// Undoes an encoding.
    pub(super) decodes: Vec<&'static str>,
    /// Starts programs of the machine, in browsers that let it.
    pub(super) controls: Vec<&'static str>,
    /// Whether strings are turned round.
    pub(super) reverses: bool,
    /// Whether marks are taken out of strings.
    pub(super) strips: bool,
    /// Whether bytes are mixed with a key.
    pub(super) mixes: bool,
    /// Keys that stand there.
    pub(super) keys: Vec<Vec<u8>>,
    /// Numbers that are taken from each letter.
    pub(super) differences: Vec<u8>,
}

const BUILDS: &[&str] = &[
    "Blob(",
    "Blob ",
    "BlobBuilder",
    "new File(",
    "new Blob",
    "data:application/",
    "data:text/",
    "application/octet-stream",
    "octet/stream",
    "ADODB.Stream",
    "CreateTextFile",
    "SaveToFile",
    "\"Blob\"",
    "'Blob'",
];

const HANDS: &[&str] = &[
    "createObjectURL",
    "msSaveOrOpenBlob",
    "msSaveBlob",
    ".download",
    "'download'",
    "\"download\"",
    "saveAs(",
    "showSaveFilePicker",
    "navigator.share",
    "SaveToFile",
    "CreateTextFile",
    "location.href=\"data:",
    "location.href = \"data:",
    "location=\"data:",
    "location = \"data:",
    "location='data:",
    "location.href='data:",
    "location.href = 'data:",
    "window.open('data:",
    "window.open(\"data:",
];

const WRITES: &[&str] = &[
    "document.write",
    "document.open",
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "srcdoc",
    "createContextualFragment",
    "parseFromString",
    ".html(",
    "$.parseHTML",
];

const RUNS: &[&str] = &[
    "eval(",
    "eval (",
    "Function(",
    "execScript",
    "setTimeout(",
    "setInterval(",
    "ExecuteGlobal",
    "Execute(",
];

const DECODES: &[&str] = &[
    "atob",
    "unescape",
    "fromCharCode",
    "fromCodePoint",
    "decodeURI",
    "parseInt(",
    "TextDecoder",
    "Uint8Array",
    "charCodeAt",
    "CryptoJS",
    "crypto.subtle",
    "inflate",
    "ungzip",
    "DecompressionStream",
    "FromBase64",
    "bin.base64",
    "Chr(",
    "CByte(",
];

const CONTROLS: &[&str] = &[
    "WScript.Shell",
    "Shell.Application",
    "Scripting.FileSystemObject",
    "ADODB.Stream",
    "Wscript.shell",
    "WScript.shell",
    "ms-msdt:",
    "search-ms:",
    "ms-officecmd:",
    "ms-appinstaller:",
];

/// Strings and numbers tried as keys.
const KEYS_MAX: usize = 48;

/// Calls near which numbers are looked for.
const CALLS_MAX: usize = 64;

/// Short strings that are decoded in search of hidden words.
const WORDS_MAX: usize = 4_096;

impl Hints {
    /// What the scripts, put together, call.
    pub(super) fn of(script: &str) -> Self {
        let mut text = joined(script);
        text.push_str(&hidden_words(script));
        let found = |words: &[&'static str]| {
            words.iter().copied().filter(|word| text.contains(word)).collect::<Vec<_>>()
        };
        let mixes = text.contains('^') || text.contains(" Xor ");
        let mut hints = Self {
            builds: found(BUILDS),
            hands: found(HANDS),
            writes: found(WRITES),
            runs: found(RUNS),
            decodes: found(DECODES),
            controls: found(CONTROLS),
            reverses: text.contains("reverse") || text.contains("StrReverse"),
            strips: text.contains(".replace") || text.contains(".split") || text.contains("Replace("),
            mixes,
            ..Self::default()
        };
        if mixes {
            hints.keys = numbers_behind(&text, '^').into_iter().map(|key| vec![key]).collect();
            let words = strings(script).into_iter().filter(|word| (2..=64).contains(&word.len()));
            hints.keys.extend(words.take(KEYS_MAX).map(|word| word.bytes().collect()));
        }
        for call in text.split("fromCharCode").skip(1).take(CALLS_MAX) {
            let near: String = call.chars().take(40).collect();
            hints.differences.extend(numbers_behind(&near, '-'));
            hints.differences.extend(numbers_behind(&near, '+').into_iter().map(u8::wrapping_neg));
        }
        hints.differences.sort_unstable();
        hints.differences.dedup();
        hints.differences.truncate(KEYS_MAX);
        hints
    }

    /// Whether a file can be built here and handed to the reader.
    pub(super) fn hands_files(&self) -> bool {
        !self.builds.is_empty() && !self.hands.is_empty()
    }

    /// The calls, in the words of the script.
    pub(super) fn words(&self) -> Vec<String> {
        let all = [&self.controls, &self.builds, &self.hands, &self.writes, &self.runs, &self.decodes];
        let mut words: Vec<String> = Vec::new();
        for word in all.into_iter().flatten() {
            let word = word.trim_matches(['(', ' ', '.', '"', '\'']).to_owned();
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }
}

/// Small numbers that stand behind a mark: `^ 0x2a`, `-3`.
fn numbers_behind(text: &str, mark: char) -> Vec<u8> {
    let mut numbers = Vec::new();
    for behind in text.split(mark).skip(1).take(WORDS_MAX) {
        let word: String = behind
            .trim_start_matches([' ', '=', '('])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(6)
            .collect();
        let number = match word.strip_prefix("0x") {
            Some(digits) => u8::from_str_radix(digits, 16).ok(),
            None => word.parse().ok(),
        };
        if let Some(number) = number.filter(|number| *number > 0 && !numbers.contains(number)) {
            numbers.push(number);
        }
        if numbers.len() >= KEYS_MAX {
            break;
        }
    }
    numbers
}

/// What short strings say that are base64: the names of calls are hidden so.
fn hidden_words(script: &str) -> String {
    let mut words = String::new();
    for string in strings(script).iter().filter(|string| (8..=64).contains(&string.len())).take(WORDS_MAX) {
        let plain: Vec<u8> = Base64::new(string.bytes()).collect();
        if plain.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ') {
            words.push('\n');
            words.push_str(&String::from_utf8_lossy(&plain));
        }
    }
    words
}

//! Strings → links and commands worth showing, and what was hidden in them: backwards, in hexadecimal digits or base64.

use crate::base64;
use crate::office::vba::fold::Said;

/// What the strings of macros show.
#[derive(Default)]
pub(super) struct Revealed {
    pub(super) links: Vec<String>,
    pub(super) strings: Vec<String>,
    /// Telling words that only decoding shows.
    pub(super) hidden: Vec<&'static str>,
}

const SHOWN_MAX: usize = 20;
const SHOWN_CHARACTERS_MAX: usize = 200;

/// Literals are decoded up to this length; longer ones are data.
const DECODED_BYTES_MAX: usize = 64 * 1024;

/// Looks through all strings.
pub(super) fn revealed(said: &Said) -> Revealed {
    let mut revealed = Revealed::default();
    for text in &said.literals {
        revealed.show(text);
        if text.len() < 8 || text.len() > DECODED_BYTES_MAX {
            continue;
        }
        let backwards: String = text.chars().rev().collect();
        for decoded in [Some(backwards), hexadecimal(text), from_base64(text)].into_iter().flatten() {
            revealed.hide(&decoded, &[]);
        }
    }
    for text in &said.kept {
        revealed.show(text);
        // A link on a form is for people; a program's name there is for the macro.
        revealed.hide(text, &["http://", "https://"]);
    }
    let mut in_the_open = TELLING.to_vec();
    // A word that stands whole in one literal was not hidden by joining.
    in_the_open
        .retain(|word| said.literals.iter().any(|literal| literal.to_ascii_lowercase().contains(word)));
    for text in &said.folded {
        revealed.show(text);
        revealed.hide(text, &in_the_open);
    }
    revealed
}

impl Revealed {
    fn show(&mut self, text: &str) {
        let lower = text.to_ascii_lowercase();
        let cut = || text.chars().take(SHOWN_CHARACTERS_MAX).collect::<String>();
        for scheme in ["http://", "https://", "ftp://"] {
            if let Some(link) = lower.find(scheme).and_then(|at| text.get(at..)) {
                let link =
                    link.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | '<' | '>'));
                let link = link.take(1).collect::<String>();
                if self.links.len() < SHOWN_MAX && !self.links.contains(&link) {
                    self.links.push(link);
                }
            }
        }
        if COMMANDS.iter().any(|command| lower.contains(command)) && self.strings.len() < SHOWN_MAX {
            self.strings.push(cut());
        }
    }

    fn hide(&mut self, text: &str, in_the_open: &[&str]) {
        let lower = text.to_ascii_lowercase();
        let hidden = TELLING.iter().filter(|word| !in_the_open.contains(word) && lower.contains(**word));
        let hidden: Vec<&'static str> = hidden.copied().collect();
        if hidden.is_empty() {
            return;
        }
        self.show(text);
        for word in hidden {
            if !self.hidden.contains(&word) {
                self.hidden.push(word);
            }
        }
    }
}

const COMMANDS: &[&str] = &[
    "powershell",
    "cmd.exe",
    "cmd /",
    "mshta",
    "rundll32",
    "regsvr32",
    "certutil",
    "bitsadmin",
    "wscript",
    "cscript",
    "schtasks",
    "msbuild",
    "installutil",
    "curl ",
    "wmic",
    ".exe",
    ".dll",
    "xmlhttp",
    "adodb.stream",
];

const TELLING: &[&str] = &[
    "http://",
    "https://",
    "powershell",
    "cmd.exe",
    "cmd /c",
    "mshta",
    "rundll32",
    "regsvr32",
    "certutil",
    "wscript.shell",
    "shell.application",
    "xmlhttp",
    "winhttp",
    "adodb.stream",
    "scripting.filesystemobject",
    "winmgmts",
    "schtasks",
    "win32_process",
];

fn hexadecimal(text: &str) -> Option<String> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    if digits.len() % 2 == 1 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let pairs = (0..digits.len()).step_by(2).filter_map(|at| digits.get(at..at + 2));
    let bytes: Vec<u8> = pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect();
    Some(readable(&bytes))
}

fn from_base64(text: &str) -> Option<String> {
    let plain = text.trim_end_matches('=');
    let of_alphabet = plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    (plain.len() >= 12 && of_alphabet).then(|| readable(&base64::decode(plain.as_bytes())))
}

/// Bytes as text; the zeros of UTF-16 left out.
fn readable(bytes: &[u8]) -> String {
    bytes.iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)).collect()
}

//! Base64 (RFC 4648, section 4) inside commands → the text that it hides: `-EncodedCommand` and `FromBase64String` of
//! PowerShell, which mean UTF-16.

use crate::base64::{decode, digit};

/// Encoded texts looked at in one command.
const ENCODED_MAX: usize = 8;

/// Shorter words of the alphabet are ordinary names.
const ENCODED_BYTES_MIN: usize = 24;

/// Texts that are encoded in a command: the word behind `-EncodedCommand` or any of its shorter forms, and long words
/// of the alphabet whose bytes read as text.
pub(crate) fn hidden(command: &str) -> Vec<String> {
    let mut decoded = Vec::new();
    let mut encoded_next = false;
    let separators = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | ')' | ',' | ';' | '|');
    for word in command.split(separators).filter(|word| !word.is_empty()) {
        let long = word.len() >= ENCODED_BYTES_MIN;
        if (encoded_next || long) && decoded.len() < ENCODED_MAX && is_encoded(word) {
            decoded.extend(readable(&decode(word.as_bytes())));
        }
        encoded_next = is_switch(word);
    }
    decoded
}

/// PowerShell takes every beginning of `-EncodedCommand` that is not ambiguous, and `-ec`.
fn is_switch(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let Some(name) = word.strip_prefix(['-', '/', '\u{2013}', '\u{2014}']) else { return false };
    name == "ec" || (!name.is_empty() && "encodedcommand".starts_with(name))
}

fn is_encoded(word: &str) -> bool {
    word.trim_end_matches('=').bytes().all(|byte| digit(byte).is_some())
}

/// Bytes as text, if they read as one: UTF-16 where every second byte is zero, else UTF-8.
pub(crate) fn readable(bytes: &[u8]) -> Option<String> {
    let units = || bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
    let wide = units().filter(|pair| pair.last() == Some(&0)).count() * 4 > bytes.len();
    let text = if wide {
        String::from_utf16_lossy(&units().map(u16::from_le_bytes).collect::<Vec<_>>())
    } else {
        String::from_utf8(bytes.to_vec()).ok()?
    };
    let odd = text.chars().filter(|c| c.is_control() && !c.is_whitespace() || *c == '\u{fffd}').count();
    (text.len() >= 3 && odd * 20 <= text.chars().count()).then_some(text)
}

/// Encodes, for tests that build commands.
#[cfg(test)]
pub(crate) fn encode(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let joined = group.iter().fold(0_u32, |joined, byte| joined << 8 | u32::from(*byte))
            << (8 * (3 - group.len()));
        for place in 0..4 {
            let shown = place <= group.len();
            let value = (joined >> (18 - 6 * place) & 63) as usize;
            text.push(if shown { char::from(ALPHABET[value]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_and_near_misses() {
        for text in ["a", "ab", "abc", "漢字かな"] {
            assert_eq!(decode(&encode(text.as_bytes()).into_bytes()), text.as_bytes());
        }
        assert!(hidden("app.exe -e report -end 2026").is_empty());
        assert!(hidden("app.exe /Documents/ProjectNumberOneHundredAndOne").is_empty());
        assert_eq!(hidden("powershell -e ZABpAHIA"), ["dir"]);
    }
}

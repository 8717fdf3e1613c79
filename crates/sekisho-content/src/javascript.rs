//! JavaScript → what of it runs by itself, and its text with the simplest disguises off (ECMA-262).

use std::collections::BTreeSet;

/// The functions that a script declares by name, with their bodies, and the script without them.
pub(crate) fn functions(source: &str) -> (Vec<(String, String)>, String) {
    let mut functions = Vec::new();
    let mut top = String::new();
    let mut rest = source;
    while let Some(at) = rest.find("function ").filter(|_| functions.len() < FUNCTIONS_MAX) {
        let (before, declaration) = rest.split_at(at);
        let body = declaration.find('{').and_then(|open| Some((open, closing(declaration.get(open..)?)?)));
        let name = declaration
            .strip_prefix("function ")
            .and_then(|name| name.split('(').next())
            .map(str::trim)
            .unwrap_or_default();
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
        // `x = function f() {…}` and `(function f() {…})()` may run at once.
        let is_statement = before.trim_end().ends_with([';', '}', '{', '\n', '/'])
            || before.trim().is_empty()
            || before.ends_with(['\n', '\r']);
        let (Some((open, length)), true, true) = (body, is_name, is_statement) else {
            let (word, behind) = declaration.split_at("function ".len());
            top.push_str(before);
            top.push_str(word);
            rest = behind;
            continue;
        };
        top.push_str(before);
        let end = open.saturating_add(length);
        functions.push((name.to_owned(), declaration.get(open..end).unwrap_or_default().to_owned()));
        rest = declaration.get(end..).unwrap_or_default();
    }
    top.push_str(rest);
    (functions, top)
}

/// Functions told apart in one script; with more, the rest is read as running.
const FUNCTIONS_MAX: usize = 500;

/// Bytes of one function; what is longer is read as running.
const FUNCTION_BYTES_MAX: usize = 64 * 1024;

/// Searches for calls, in bytes; beyond this everything is read as running.
const CALL_SEARCH_BYTES_MAX: usize = 32 * 1024 * 1024;

/// What of a script runs: all outside functions, and the declared functions that are called from there.
pub(crate) fn live(source: &str, declared: &[(String, String)]) -> String {
    if source.len().saturating_mul(declared.len()) > CALL_SEARCH_BYTES_MAX {
        return source.to_owned();
    }
    let (_, mut text) = functions(source);
    let mut called = BTreeSet::new();
    // Each round adds what the last one called; what is deeper is read with the whole source.
    for _ in 0..4 {
        let fresh: Vec<usize> = declared
            .iter()
            .enumerate()
            .filter(|(at, (name, _))| !called.contains(at) && text.contains(name.as_str()))
            .map(|(at, _)| at)
            .collect();
        if fresh.is_empty() {
            return text;
        }
        for at in fresh {
            called.insert(at);
            text.push('\n');
            text.push_str(declared.get(at).map_or("", |(_, body)| body));
        }
    }
    text.push_str(source);
    text
}

/// The length of a block in braces at the beginning of `text`. Braces in strings are counted like others: what is
/// judged wrongly for them is judged as running.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().take(FUNCTION_BYTES_MAX) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The script with its escapes undone and its joined strings joined: `"ev" + 'al'` is `eval`.
pub(crate) fn joined(source: &str) -> String {
    let plain = unescaped(source);
    let mut out = String::with_capacity(plain.len());
    let mut rest = plain.as_str();
    while let Some(at) = rest.find(['"', '\'']) {
        let (before, quoted) = rest.split_at(at);
        out.push_str(before);
        let behind = quoted.get(1..).unwrap_or_default();
        let next = behind.trim_start().strip_prefix('+').map(str::trim_start);
        match next.filter(|next| next.starts_with(['"', '\''])) {
            Some(next) => rest = next.get(1..).unwrap_or_default(),
            None => {
                out.push_str(quoted.get(..1).unwrap_or_default());
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    // `app["launchURL"]` calls the same as `app.launchURL`.
    for quote in ['"', '\''] {
        out = out.replace(&format!("[{quote}"), ".").replace(&format!("{quote}]"), "");
    }
    out
}

/// `\x65` and `\u0065` are `e`, in strings and, the second, in names.
pub(crate) fn unescaped(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let digits = match escape.as_bytes().get(1) {
            Some(b'x') => escape.get(2..4),
            Some(b'u') => escape.get(2..6),
            _ => None,
        };
        let letter = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        match (letter, digits) {
            (Some(letter), Some(digits)) => {
                out.push(letter);
                rest = escape.get(2 + digits.len()..).unwrap_or_default();
            }
            _ => {
                out.push('\\');
                rest = escape.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

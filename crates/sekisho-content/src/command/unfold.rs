//! A command with its disguise taken off, as `cmd` and PowerShell read it: `^` and backticks inside words, quotes inside
//! words, joined strings (`'a'+'b'`), and variables of `cmd` with their cuts (`%name:~1,3%`) and replacements.

use std::collections::BTreeMap;

use crate::limits::{COMMAND_BYTES_MAX, COMMAND_VARIABLES_MAX};

/// Variables of `cmd` that are known without running: those of every Windows, and those that were set.
#[derive(Default)]
pub(crate) struct Variables {
    set: BTreeMap<String, String>,
}

/// `cmd` takes no longer line, and so no longer value.
const VALUE_BYTES_MAX: usize = 8191;

impl Variables {
    fn value(&self, name: &str) -> Option<&str> {
        let name = name.to_ascii_lowercase();
        self.set.get(&name).map(String::as_str).or_else(|| {
            let known = EVERYWHERE.iter().find(|(known, _)| *known == name);
            known.map(|(_, value)| *value)
        })
    }

    fn put(&mut self, name: &str, value: &str) {
        if self.set.len() < COMMAND_VARIABLES_MAX && !name.is_empty() && value.len() <= VALUE_BYTES_MAX {
            self.set.insert(name.trim().to_ascii_lowercase(), value.to_owned());
        }
    }

    /// What stands between two marks: a name, a cut or a replacement.
    fn expanded(&self, inside: &str) -> Option<String> {
        let Some((name, change)) = inside.split_once(':') else {
            return self.value(inside).map(str::to_owned);
        };
        let value = self.value(name)?;
        if let Some(places) = change.strip_prefix('~') {
            let (from, length) = places.split_once(',').unwrap_or((places, ""));
            return Some(cut(value, from.trim().parse().ok()?, length.trim().parse().ok()));
        }
        let (old, new) = change.split_once('=')?;
        let changed = if old.is_empty() { value.to_owned() } else { value.replace(old, new) };
        (changed.len() <= VALUE_BYTES_MAX).then_some(changed)
    }
}

/// Values that are the same on every Windows.
const EVERYWHERE: &[(&str, &str)] = &[
    ("comspec", "C:\\Windows\\System32\\cmd.exe"),
    ("systemroot", "C:\\Windows"),
    ("windir", "C:\\Windows"),
    ("systemdrive", "C:"),
    ("programdata", "C:\\ProgramData"),
    ("allusersprofile", "C:\\ProgramData"),
    ("programfiles", "C:\\Program Files"),
    ("public", "C:\\Users\\Public"),
    ("os", "Windows_NT"),
    ("pathext", ".COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC"),
];

/// A part of a value; negative numbers count from its end.
fn cut(value: &str, from: i64, length: Option<i64>) -> String {
    let characters: Vec<char> = value.chars().collect();
    let count = i64::try_from(characters.len()).unwrap_or(i64::MAX);
    let from = if from < 0 { count.saturating_add(from) } else { from }.clamp(0, count);
    let end = match length {
        Some(length) if length < 0 => count.saturating_add(length),
        Some(length) => from.saturating_add(length),
        None => count,
    };
    let place = |number: i64| usize::try_from(number.clamp(from, count)).unwrap_or(0);
    characters.get(place(from)..place(end)).unwrap_or_default().iter().collect()
}

/// The command as it is run; variables that it sets are kept for later lines.
pub(crate) fn plain(text: &str, variables: &mut Variables) -> String {
    let text = without_signs(text);
    let mut out = String::new();
    for statement in text.split_inclusive(['&', '|', '\n']) {
        let expanded = expand(&expand(statement, '%', variables), '!', variables);
        remember(&expanded, variables);
        out.push_str(&expanded);
        if out.len() > COMMAND_BYTES_MAX {
            break;
        }
    }
    joined(&out)
}

/// Without carets, backticks inside words, and quotes inside words.
fn without_signs(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = |index: usize| characters.get(index).copied().unwrap_or(' ');
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while let Some(c) = characters.get(index).copied() {
        let before = out.chars().next_back().unwrap_or(' ');
        let inside = |before: char, after: char| before.is_alphanumeric() && after.is_alphanumeric();
        match c {
            '^' => {
                index += 1;
                // A line that ends in a caret goes on in the next one.
                match at(index) {
                    '\r' if at(index + 1) == '\n' => index += 1,
                    '\n' => {}
                    next if index < characters.len() => out.push(next),
                    _ => {}
                }
            }
            '`' if inside(before, at(index + 1)) => {}
            '"' if inside(before, at(index + 1)) => {}
            '"' | '\'' if at(index + 1) == c && inside(before, at(index + 2)) => index += 1,
            c => out.push(c),
        }
        index += 1;
    }
    out
}

/// Replaces what stands between two marks by its value.
fn expand(statement: &str, mark: char, variables: &Variables) -> String {
    let mut out = String::with_capacity(statement.len());
    let mut rest = statement;
    while let Some((before, behind)) = rest.split_once(mark) {
        out.push_str(before);
        let Some((inside, after)) = behind.split_once(mark) else {
            out.push(mark);
            rest = behind;
            continue;
        };
        // What nobody set is empty; that matters only inside a word, where it serves to break it up.
        let breaks_word = out.ends_with(|c: char| c.is_ascii_alphabetic())
            && after.starts_with(|c: char| c.is_ascii_alphabetic())
            && !inside.is_empty()
            && inside.chars().all(|c| c.is_alphanumeric() || c == '_');
        match variables.expanded(inside) {
            Some(value) => out.push_str(&value),
            None if breaks_word => {}
            None => {
                out.push(mark);
                rest = behind;
                continue;
            }
        }
        rest = after;
        if out.len() > COMMAND_BYTES_MAX {
            return out;
        }
    }
    out.push_str(rest);
    out
}

/// `set name=value`, wherever in the statement `set` begins it.
fn remember(statement: &str, variables: &mut Variables) {
    let lower = statement.to_ascii_lowercase();
    let Some((at, _)) = lower.match_indices("set ").find(|(at, _)| {
        let before = lower.get(..*at).unwrap_or_default();
        before.is_empty() || before.ends_with([' ', '"', '@', '(', '\t'])
    }) else {
        return;
    };
    let rest = statement.get(at + 4..).unwrap_or_default().trim_start();
    let rest = rest.trim_end_matches(['&', '|', '\n', '\r']);
    let (rest, quoted) = rest.strip_prefix('"').map_or((rest, false), |rest| (rest, true));
    let Some((name, value)) = rest.split_once('=') else { return };
    let value = if quoted { value.rsplit_once('"').map_or(value, |(value, _)| value) } else { value };
    variables.put(name, value);
}

/// Strings of one sort of quote joined by `+` are one string.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'']) {
        let (before, from_quote) = rest.split_at(at);
        out.push_str(before);
        let mut characters = from_quote.chars();
        let quote = characters.next().unwrap_or(' ');
        let behind = characters.as_str();
        let next = behind.trim_start().strip_prefix('+').map(str::trim_start);
        match next.and_then(|next| next.strip_prefix(quote)) {
            Some(after) => rest = after,
            None => {
                out.push(quote);
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_cmd_reads_it() {
        for (text, wanted) in [
            ("p^ower^^shell", "power^shell"),
            ("%COMSPEC% /c dir", "C:\\Windows\\System32\\cmd.exe /c dir"),
            ("set x=abcdef&echo %x:~1,3%%x:~-1%", "set x=abcdef&echo bcdf"),
            ("set \"x=a b\"&echo %x:a=c%", "set \"x=a b\"&echo c b"),
            ("po%nobody%wer", "power"),
            ("100% of 20%", "100% of 20%"),
            ("%~dp0run.bat %1", "%~dp0run.bat %1"),
            ("'ab'+'cd' + 'e'", "'abcde'"),
            ("\"C:\\a b\\c.exe\" \"d\"", "\"C:\\a b\\c.exe\" \"d\""),
            ("it's 5 o'clock", "it's 5 o'clock"),
        ] {
            assert_eq!(plain(text, &mut Variables::default()), wanted, "{text}");
        }
    }
}

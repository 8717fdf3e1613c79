//! A line of a signature → the people and organisations that it names.

mod japanese;
mod latin;
#[cfg(test)]
mod tests;

use super::lines::{is_address, narrow, words};

/// People and organisations, as written.
pub(super) fn of(line: &str) -> (Vec<String>, Vec<String>) {
    let has_address = line.contains('@');
    let line = without_addresses(line);
    let line = undrawn(&line);
    // "Acked-by: Nora Field <nora@brightwater.example>" speaks of somebody.
    if has_address && line.contains(':') {
        return (Vec::new(), Vec::new());
    }
    if line.is_empty() || line.contains(['@', '。', '！', '？']) || line.contains("://") {
        return (Vec::new(), Vec::new());
    }
    if line.contains(is_japanese) { japanese::of(line) } else { latin::of(line) }
}

/// Whether the line names an organisation.
pub(super) fn is_organisation(line: &str) -> bool {
    let line = undrawn(line);
    if line.contains(is_japanese) { japanese::has_organisation(line) } else { latin::has_organisation(line) }
}

/// Whether a line says what somebody is or where they work, and nothing else: 「営業部　課長」, "Logistics".
pub(super) fn is_calling(line: &str) -> bool {
    let line = undrawn(line);
    if line.contains(is_japanese) { japanese::is_calling(line) } else { latin::is_calling(line) }
}

/// Whether a name that stands alone is surely a person's full name: no greeting, no heading.
pub(super) fn is_clear(name: &str) -> bool {
    if name.contains(is_japanese) { japanese::is_clear(name) } else { latin::is_clear(name) }
}

/// 「三浦 健太郎 <miura@kita.example>」 → 「三浦 健太郎」
fn without_addresses(line: &str) -> String {
    if !line.contains('@') {
        return line.to_owned();
    }
    let mut left = line.to_owned();
    for word in words(line).filter(|word| is_address(word)) {
        left = left.replace(word, " ");
    }
    left.replace(['<', '>', '＜', '＞'], " ")
}

/// Without what is drawn around it.
fn undrawn(line: &str) -> &str {
    // 「（三浦 健太郎）」; in Latin letters, remarks stand so.
    let inside = line.trim().strip_prefix(['(', '（']).and_then(|line| line.strip_suffix([')', '）']));
    let is_name = |inside: &&str| inside.contains(is_japanese) && !inside.contains(['(', '（']);
    inside.filter(is_name).unwrap_or(line).trim_matches(|c: char| {
        c.is_whitespace() || "-‐–—―─━=＝_＿*＊~～〜+＋#＃◆◇□■☆★○●◎▽△▼▲|｜┃│･・<>＜＞【】[]".contains(c)
    })
}

/// A line without readings and remarks in brackets.
fn without_brackets(line: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in line.chars().map(narrow_bracket) {
        match c {
            '(' | '[' | '〔' => depth += 1,
            ')' | ']' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn narrow_bracket(c: char) -> char {
    match c {
        '（' | '）' | '［' | '］' | '\u{3000}' => narrow(c),
        other => other,
    }
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '㈱' | '㈲' | '\u{20000}'..='\u{2ffff}')
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}' | '々')
}

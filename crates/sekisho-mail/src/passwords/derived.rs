//! Lines that tell a rule for the password → what the rule gives: the end of a telephone number, the day of the mail.

use crate::{Date, Message};

use super::FoundIn;
use super::line::Line;
use super::near::has_word;

/// A rule told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// The last so many digits of a telephone number.
    TelephoneEnd(usize),
    /// The day in so many digits; every usual way where none is told.
    Day(Option<usize>),
}

/// Rules are as plain as a value in the same line.
const RANK_RULE: u8 = 1;
/// Telephone numbers of one mail that are tried.
const TELEPHONES_MAX: usize = 8;
/// Bytes of each text in which telephone numbers are looked for.
const TEXT_BYTES_MAX: usize = 64 * 1024;

/// The rules that stand in lines with a word for password, or in the line below one.
pub(super) fn rules(lines: &[Line]) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut is_near = false;
    for line in lines {
        let has_word = has_word(line);
        if has_word || is_near {
            rules.extend(rule(&line.lower()));
        }
        is_near = has_word || (is_near && line.is_blank());
    }
    rules.dedup();
    rules
}

/// What the rules give for this mail.
pub(super) fn follow(rules: &[Rule], message: &Message) -> Vec<(String, FoundIn, u8)> {
    let mut values = Vec::new();
    for rule in rules.iter().take(8) {
        match *rule {
            Rule::TelephoneEnd(digits) => {
                for number in telephones(message) {
                    let from = number.len().checked_sub(digits);
                    if let Some(end) = from.and_then(|from| number.get(from..)) {
                        values.push((end.to_owned(), FoundIn::Signature, RANK_RULE));
                    }
                }
            }
            Rule::Day(digits) => {
                let days = message.date.map(days).unwrap_or_default();
                let ways = days.into_iter().filter(|day| digits.is_none_or(|digits| digits == day.len()));
                values.extend(ways.map(|day| (day, FoundIn::Date, RANK_RULE)));
            }
        }
    }
    values
}

fn rule(line: &str) -> Option<Rule> {
    let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
    let ends = has(&["下", "末尾", "後ろ", "最後の", "last "]);
    if ends
        && has(&["電話", "携帯", "tel", "fax", "phone", "ﾃﾞﾝﾜ", "代表番号"])
        && let Some(digits) = digits_told(line)
    {
        return Some(Rule::TelephoneEnd(digits));
    }
    let day = has(&[
        "今日",
        "本日",
        "送信日",
        "送付日",
        "発信日",
        "配信日",
        "当日",
        "today",
        "date of this",
        "sending date",
        "送信年月日",
    ]);
    let shape = if has(&["yyyymmdd", "西暦8", "年月日8"]) {
        Some(8)
    } else if has(&["yymmdd"]) {
        Some(6)
    } else if has(&["mmdd"]) {
        Some(4)
    } else {
        digits_told(line)
    };
    let is_day = (day && (shape.is_some() || has(&["日付", "年月日", "date"])))
        || (has(&["日付", "date"]) && shape.is_some());
    is_day.then_some(Rule::Day(shape))
}

/// The number of digits that a line tells: 「下4桁」「下四ケタ」 `last 4 digits`.
fn digits_told(line: &str) -> Option<usize> {
    for unit in ["桁", "ケタ", "けた", "digit", "文字"] {
        let Some((before, _)) = line.split_once(unit) else { continue };
        let told = before.trim_end_matches([' ', '-']).chars().next_back();
        let number = match told {
            Some(c @ '3'..='8') => c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()),
            Some('三') => Some(3),
            Some('四') => Some(4),
            Some('六') => Some(6),
            Some('八') => Some(8),
            _ if before.trim_end().ends_with("four") => Some(4),
            _ if before.trim_end().ends_with("eight") => Some(8),
            _ => None,
        };
        if number.is_some() {
            return number;
        }
    }
    None
}

/// The telephone numbers in the mail's texts, digits only.
fn telephones(message: &Message) -> Vec<String> {
    let mut numbers: Vec<String> = Vec::new();
    for (_, view) in message.texts() {
        let mut end = view.text.len().min(TEXT_BYTES_MAX);
        while !view.text.is_char_boundary(end) {
            end -= 1;
        }
        for line in view.text.get(..end).unwrap_or_default().lines() {
            let line: String = Line::of(line).glyphs.iter().map(|glyph| glyph.c).collect();
            for number in in_line(&line) {
                if numbers.len() < TELEPHONES_MAX && !numbers.contains(&number) {
                    numbers.push(number);
                }
            }
        }
    }
    numbers
}

fn in_line(line: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_digit() || "-()+. ‐−–ー".contains(c);
    line.split(|c: char| !is_part(c))
        .filter_map(|run| {
            let digits: String = run.chars().filter(char::is_ascii_digit).collect();
            let is_one = (10..=13).contains(&digits.len())
                && (digits.starts_with('0') || run.trim_start().starts_with('+'));
            is_one.then_some(digits)
        })
        .collect()
}

/// The mail's day as it is typed: 20261124, 1124, 261124; in the sender's zone, and in Japan's where that differs.
fn days(date: Date) -> Vec<String> {
    const JAPAN_MINUTES: i16 = 9 * 60;
    let mut days: Vec<String> = Vec::new();
    for offset_minutes in [date.offset_minutes, JAPAN_MINUTES] {
        let text = Date { offset_minutes, ..date }.rfc3339();
        let day: String = text.chars().take(10).filter(char::is_ascii_digit).collect();
        for way in [day.as_str(), day.get(4..).unwrap_or_default(), day.get(2..).unwrap_or_default()] {
            if !way.is_empty() && !days.iter().any(|known| known == way) {
                days.push(way.to_owned());
            }
        }
    }
    days
}

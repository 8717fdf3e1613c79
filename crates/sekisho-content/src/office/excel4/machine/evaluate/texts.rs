//! Functions of texts.

use encoding_rs::WINDOWS_1252;

use crate::limits::EXCEL_TEXT_CHARACTERS_MAX;
use crate::office::excel4::book::{Value, number_text};

/// The value of a function; `None` where the name is none of theirs or an argument is not known.
pub(super) fn call(name: &str, values: &[Value]) -> Option<Value> {
    let text = |at: usize| values.get(at).and_then(Value::text);
    let number = |at: usize| values.get(at).and_then(Value::number);
    let count = |at: usize, missing: usize| match values.get(at) {
        None | Some(Value::Empty) => Some(missing),
        Some(value) => value.number().filter(|count| *count >= 0.0).map(|count| count as usize),
    };
    let value = match name {
        "CHAR" | "UNICHAR" => Value::Text(letter(number(0)?, name == "UNICHAR")?.to_string()),
        "CODE" | "UNICODE" => Value::Number(code(text(0)?.chars().next()?, name == "UNICODE")),
        "LEN" => Value::Number(text(0)?.encode_utf16().count() as f64),
        "MID" => Value::Text(part(&text(0)?, count(1, 1)?.saturating_sub(1), count(2, 0)?)),
        "LEFT" => Value::Text(part(&text(0)?, 0, count(1, 1)?)),
        "RIGHT" => {
            let (text, wanted) = (text(0)?, count(1, 1)?);
            let skipped = text.chars().count().saturating_sub(wanted);
            Value::Text(part(&text, skipped, wanted))
        }
        "UPPER" => Value::Text(text(0)?.to_uppercase()),
        "LOWER" => Value::Text(text(0)?.to_lowercase()),
        "TRIM" => {
            Value::Text(text(0)?.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
        }
        "CLEAN" => Value::Text(text(0)?.chars().filter(|c| !c.is_control()).collect()),
        "EXACT" => Value::Bool(text(0)? == text(1)?),
        "REPT" => {
            let (text, times) = (text(0)?, count(1, 0)?);
            Value::Text(text.repeat(times.min(EXCEL_TEXT_CHARACTERS_MAX / text.len().max(1) + 1)))
        }
        "SUBSTITUTE" => substituted(&text(0)?, &text(1)?, &text(2)?, count(3, 0)?),
        "REPLACE" => {
            let (text, from, taken, with) =
                (text(0)?, count(1, 1)?.saturating_sub(1), count(2, 0)?, text(3)?);
            let behind = part(&text, from.saturating_add(taken), usize::MAX);
            Value::Text(format!("{}{with}{behind}", part(&text, 0, from)))
        }
        "FIND" | "SEARCH" => found(name, &text(0)?, &text(1)?, count(2, 1)?.saturating_sub(1)),
        "TEXT" | "FIXED" | "DOLLAR" => match values.get(1).and_then(Value::text).as_deref() {
            None | Some("" | "0" | "@" | "General" | "general") => Value::Text(text(0)?),
            _ => Value::Unknown,
        },
        "HEX2DEC" => Value::Number(i64::from_str_radix(text(0)?.trim(), 16).ok()? as f64),
        "DEC2HEX" => Value::Text(format!("{:X}", number(0)? as i64)),
        "BASE" => based(number(0)?, number(1)?)?,
        "DECIMAL" => Value::Number(i64::from_str_radix(text(0)?.trim(), radix(number(1)?)?).ok()? as f64),
        _ => return None,
    };
    Some(value)
}

/// A letter by its number in the writer's code page, for want of better the Western one.
fn letter(number: f64, is_unicode: bool) -> Option<char> {
    let number = number.trunc();
    if is_unicode {
        return (0.0..=1_114_111.0).contains(&number).then(|| char::from_u32(number as u32))?;
    }
    let byte = (1.0..256.0).contains(&number).then_some(number as u8)?;
    if byte.is_ascii() {
        return Some(char::from(byte));
    }
    WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()
}

fn code(letter: char, is_unicode: bool) -> f64 {
    if is_unicode || letter.is_ascii() {
        return f64::from(u32::from(letter));
    }
    let letter = letter.to_string();
    let (bytes, _, unmappable) = WINDOWS_1252.encode(&letter);
    f64::from(if unmappable { b'?' } else { bytes.first().copied().unwrap_or(b'?') })
}

fn part(text: &str, from: usize, count: usize) -> String {
    text.chars().skip(from).take(count).collect()
}

fn substituted(text: &str, old: &str, new: &str, which: usize) -> Value {
    if old.is_empty() {
        return Value::Text(text.to_owned());
    }
    // A short text put in for every letter must not grow without end.
    let many = text.matches(old).count().saturating_mul(new.len()) > EXCEL_TEXT_CHARACTERS_MAX;
    if many {
        return Value::Unknown;
    }
    if which == 0 {
        return Value::Text(text.replace(old, new));
    }
    match text.match_indices(old).nth(which - 1) {
        None => Value::Text(text.to_owned()),
        Some((at, _)) => {
            let before = text.get(..at).unwrap_or_default();
            Value::Text(format!("{before}{new}{}", text.get(at + old.len()..).unwrap_or_default()))
        }
    }
}

fn found(name: &str, wanted: &str, text: &str, from: usize) -> Value {
    let fold = |text: &str| if name == "SEARCH" { text.to_lowercase() } else { text.to_owned() };
    let rest: String = fold(text).chars().skip(from).collect();
    match rest.split_once(&fold(wanted)) {
        Some((before, _)) => Value::Number((before.chars().count() + from + 1) as f64),
        None => Value::Error,
    }
}

fn radix(number: f64) -> Option<u32> {
    (2.0..=36.0).contains(&number).then_some(number as u32)
}

fn based(number: f64, base: f64) -> Option<Value> {
    let base = u64::from(radix(base)?);
    let mut rest = if (0.0..9e15).contains(&number) { number as u64 } else { return None };
    if rest == 0 {
        return Some(Value::Text(number_text(0.0)));
    }
    let mut digits = Vec::new();
    while rest > 0 {
        digits.push(char::from_digit((rest % base) as u32, base as u32)?.to_ascii_uppercase());
        rest /= base;
    }
    Some(Value::Text(digits.iter().rev().collect()))
}

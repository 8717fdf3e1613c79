//! Values of script expressions, as far as they are known without running, and what functions make of them.

use crate::base64;
use crate::command::readable;
use crate::limits::{SCRIPT_LIST_MAX, SCRIPT_TEXT_BYTES_MAX};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A string; `…` stands in it for what is not known.
    Text(String),
    Number(i64),
    List(Vec<Value>),
    Unknown,
}

/// Stands for a part that only running would tell.
const UNKNOWN_PART: char = '\u{2026}';

impl Value {
    pub(super) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// As a string, if it can be one.
    fn shown(&self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Bytes or letters that it costs to copy.
    pub(super) fn weight(&self) -> u64 {
        match self {
            Value::Text(text) => text.len() as u64 + 1,
            Value::List(values) => {
                values.iter().map(|value| value.text().map_or(1, str::len) as u64 + 1).sum()
            }
            _ => 1,
        }
    }

    fn limited(text: String) -> Value {
        if text.len() > SCRIPT_TEXT_BYTES_MAX { Value::Unknown } else { Value::Text(text) }
    }
}

/// Two values joined.
pub(super) fn join(left: Value, right: Value, adds: bool) -> Value {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) if adds => Value::Number(a.saturating_add(b)),
        (Value::Unknown, Value::Unknown) => Value::Unknown,
        (Value::List(mut a), Value::List(b)) if a.len() + b.len() <= SCRIPT_LIST_MAX => {
            a.extend(b);
            Value::List(a)
        }
        (Value::Unknown, Value::Number(_)) | (Value::Number(_), Value::Unknown) => Value::Unknown,
        (left, right) => {
            let part = |value: &Value| value.shown().unwrap_or_else(|| UNKNOWN_PART.to_string());
            let (a, b) = (part(&left), part(&right));
            if a.ends_with(UNKNOWN_PART) && b.starts_with(UNKNOWN_PART) && b.chars().count() == 1 {
                return Value::limited(a);
            }
            Value::limited(a + &b)
        }
    }
}

/// Arithmetic of numbers.
pub(super) fn compute(left: &Value, sign: char, right: &Value) -> Value {
    let (Some(a), Some(b)) = (left.number(), right.number()) else { return Value::Unknown };
    let result = match sign {
        '-' => a.checked_sub(b),
        '*' => a.checked_mul(b),
        '/' => a.checked_div(b),
        '%' => a.checked_rem(b),
        '^' => Some(a ^ b),
        _ => None,
    };
    result.map_or(Value::Unknown, Value::Number)
}

/// What a function or method gives. `receiver` stands in front of the point.
pub(super) fn apply(name: &str, receiver: Option<&Value>, arguments: &[Value]) -> Value {
    // Methods and functions differ only in where the first value stands.
    let values: Vec<&Value> =
        receiver.filter(|value| **value != Value::Unknown).into_iter().chain(arguments).collect();
    let first = || values.first().and_then(|value| value.text());
    let at = |index: usize| values.get(index).copied();
    let text = |made: Option<String>| made.map_or(Value::Unknown, Value::limited);
    match name {
        "fromcharcode" | "chr" | "chrw" | "chrb" | "char" => text(characters(arguments)),
        "unescape" | "decodeuri" | "decodeuricomponent" | "urldecode" | "rawurldecode" | "unquote" => {
            text(first().map(unescaped))
        }
        "atob" | "frombase64string" | "base64_decode" | "b64decode" | "decode64" => text(
            arguments.first().and_then(Value::text).map(|text| decoded(&base64::decode(text.as_bytes()))),
        ),
        "replace" => replaced(&values),
        "str_replace" | "str_ireplace" => {
            replaced(&[at(2), at(0), at(1)].into_iter().flatten().collect::<Vec<_>>())
        }
        "split" => split(first(), at(1)),
        "join" => joined(receiver, arguments),
        "reverse" | "strreverse" | "strrev" => match values.first() {
            Some(Value::List(values)) => Value::List(values.iter().rev().cloned().collect()),
            Some(Value::Text(known)) => Value::Text(known.chars().rev().collect()),
            _ => Value::Unknown,
        },
        "substr" | "mid" => text(first().and_then(|known| {
            let from = at(1)?.number()?.saturating_sub(i64::from(name == "mid"));
            part(known, from, at(2).and_then(Value::number))
        })),
        "substring" | "slice" => text(first().and_then(|known| {
            let from = at(1)?.number()?;
            part(known, from, at(2).and_then(Value::number).map(|end| end.saturating_sub(from)))
        })),
        "left" => text(first().and_then(|known| part(known, 0, at(1)?.number().map(Some)?))),
        "right" => text(first().and_then(|known| {
            let length = at(1)?.number()?;
            part(known, i64::try_from(known.chars().count()).ok()?.saturating_sub(length), None)
        })),
        "charat" => text(first().and_then(|known| part(known, at(1)?.number()?, Some(1)))),
        "charcodeat" | "asc" | "ascw" | "ord" => {
            let place = at(1).and_then(Value::number).and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
            first()
                .and_then(|known| known.chars().nth(place))
                .map_or(Value::Unknown, |c| Value::Number(i64::from(u32::from(c))))
        }
        "tolowercase" | "lcase" | "tolower" => text(first().map(str::to_lowercase)),
        "touppercase" | "ucase" | "toupper" => text(first().map(str::to_uppercase)),
        "trim" | "tostring" | "getstring" | "getbytes" | "cstr" | "string" | "decode" | "valueof"
        | "tochararray" => values.first().map_or(Value::Unknown, |value| (*value).clone()),
        "concat" => values.into_iter().cloned().reduce(|a, b| join(a, b, false)).unwrap_or(Value::Unknown),
        "array" => Value::List(arguments.to_vec()),
        "parseint" | "cint" | "clng" | "cbyte" | "int" | "number" | "val" => integer(&values),
        _ => Value::Unknown,
    }
}

fn integer(values: &[&Value]) -> Value {
    let radix = values
        .get(1)
        .and_then(|radix| radix.number())
        .and_then(|radix| u32::try_from(radix).ok())
        .unwrap_or(10);
    let parsed = match values.first() {
        Some(Value::Number(number)) => Some(*number),
        Some(Value::Text(text)) if (2..=36).contains(&radix) => {
            let text = text.trim();
            let hexadecimal = text
                .strip_prefix("0x")
                .or_else(|| text.strip_prefix("&H"))
                .or_else(|| text.strip_prefix("&h"));
            match hexadecimal {
                Some(digits) => i64::from_str_radix(digits, 16).ok(),
                None => i64::from_str_radix(text, radix).ok(),
            }
        }
        _ => None,
    };
    parsed.map_or(Value::Unknown, Value::Number)
}

/// Letters of numbers, lists taken in.
fn characters(values: &[Value]) -> Option<String> {
    let mut made = String::new();
    for value in values {
        match value {
            Value::List(inner) => {
                for value in inner {
                    made.push(character(value)?);
                }
            }
            value => made.push(character(value)?),
        }
    }
    (!made.is_empty()).then_some(made)
}

fn character(value: &Value) -> Option<char> {
    // Negative ones and those beyond 16 bits wrap, as they do in Windows.
    value.number().and_then(|number| u32::try_from(number & 0xffff).ok()).and_then(char::from_u32)
}

/// `%41` and `%u0041`.
pub(super) fn unescaped(text: &str) -> String {
    let mut bytes_run: Vec<u8> = Vec::new();
    let mut out = String::new();
    let mut rest = text;
    let flush = |run: &mut Vec<u8>, out: &mut String| {
        if !run.is_empty() {
            match std::str::from_utf8(run) {
                Ok(text) => out.push_str(text),
                Err(_) => out.extend(run.iter().map(|byte| char::from(*byte))),
            }
            run.clear();
        }
    };
    while let Some(c) = rest.chars().next() {
        let wide =
            rest.strip_prefix("%u").or_else(|| rest.strip_prefix("%U")).and_then(|behind| behind.get(..4));
        if let Some(value) =
            wide.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32)
        {
            flush(&mut bytes_run, &mut out);
            out.push(value);
            rest = rest.get(6..).unwrap_or_default();
            continue;
        }
        let narrow = rest.strip_prefix('%').and_then(|behind| behind.get(..2));
        if let Some(byte) = narrow.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes_run.push(byte);
            rest = rest.get(3..).unwrap_or_default();
            continue;
        }
        flush(&mut bytes_run, &mut out);
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    flush(&mut bytes_run, &mut out);
    out
}

fn decoded(bytes: &[u8]) -> String {
    readable(bytes).unwrap_or_else(|| bytes.iter().map(|byte| char::from(*byte)).collect())
}

fn replaced(values: &[&Value]) -> Value {
    let [Value::Text(text), Value::Text(old), rest @ ..] = values else { return Value::Unknown };
    let new = match rest.first() {
        Some(Value::Text(new)) => new.as_str(),
        None => "",
        Some(_) => return Value::Unknown,
    };
    // Patterns are known only as far as they are plain.
    let old = old.strip_prefix('\\').filter(|old| old.chars().count() == 1).unwrap_or(old);
    let grows = new.len() > old.len() && text.len().saturating_mul(new.len()) > SCRIPT_TEXT_BYTES_MAX;
    if old.is_empty() || grows {
        (*values.first().unwrap_or(&&Value::Unknown)).clone()
    } else {
        Value::Text(text.replace(old, new))
    }
}

fn split(text: Option<&str>, by: Option<&Value>) -> Value {
    let Some(text) = text else { return Value::Unknown };
    let parts: Vec<Value> = match by.and_then(Value::text) {
        Some("") => text.chars().take(SCRIPT_LIST_MAX).map(|c| Value::Text(c.into())).collect(),
        Some(by) => text.split(by).take(SCRIPT_LIST_MAX).map(|part| Value::Text(part.to_owned())).collect(),
        None => {
            text.split_whitespace().take(SCRIPT_LIST_MAX).map(|part| Value::Text(part.to_owned())).collect()
        }
    };
    Value::List(parts)
}

/// `list.join(by)`, `by.join(list)`, `Join(list, by)`, `[string]::Join(by, list)`.
fn joined(receiver: Option<&Value>, arguments: &[Value]) -> Value {
    let values: Vec<&Value> = receiver.into_iter().chain(arguments).collect();
    let list = values.iter().find_map(|value| if let Value::List(list) = value { Some(list) } else { None });
    let by = values.iter().find_map(|value| value.text()).unwrap_or_default();
    let Some(list) = list else { return Value::Unknown };
    let mut text = String::new();
    for (number, value) in list.iter().enumerate() {
        if number > 0 {
            text.push_str(by);
        }
        text.push_str(&value.shown().unwrap_or_else(|| UNKNOWN_PART.to_string()));
        if text.len() > SCRIPT_TEXT_BYTES_MAX {
            return Value::Unknown;
        }
    }
    Value::Text(text)
}

fn part(text: &str, from: i64, length: Option<i64>) -> Option<String> {
    let count = i64::try_from(text.chars().count()).ok()?;
    let from = if from < 0 { count.saturating_add(from).max(0) } else { from };
    let length = length.unwrap_or(count).max(0);
    let skip = usize::try_from(from).ok()?;
    Some(text.chars().skip(skip).take(usize::try_from(length).ok()?).collect())
}

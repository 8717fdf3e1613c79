//! The functions and operators of VBA that only turn values into values ([MS-VBAL] 5.6.9, 6.1.2).

use super::Value;

/// A folded string is not made longer than this.
pub(super) const TEXT_BYTES_MAX: usize = 64 * 1024;

/// Elements of an array that a function gives.
const ELEMENTS_MAX: usize = 65_536;

/// What a value costs to hold, in units of work.
pub(super) fn length(value: &Value) -> u64 {
    match value {
        Value::Text(text) => 1 + text.len() as u64 / 16,
        Value::List(list) => 1 + list.len() as u64 / 4,
        Value::Number(_) | Value::Empty | Value::Unknown => 1,
    }
}

/// A value as text, where it has one.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Empty => Some(String::new()),
        Value::List(_) | Value::Unknown => None,
    }
}

/// Names of the language that stand for a value.
pub(super) fn constant(name: &str) -> Option<Value> {
    Some(match name {
        "true" => Value::Number(-1),
        "false" | "vbbinarycompare" | "vbhide" => Value::Number(0),
        "vbtextcompare" | "vbuppercase" => Value::Number(1),
        "vblowercase" => Value::Number(2),
        "vbunicode" => Value::Number(64),
        "vbfromunicode" => Value::Number(128),
        "vbnullstring" => Value::Text(String::new()),
        "vbcrlf" | "vbnewline" => Value::Text("\r\n".into()),
        "vbcr" => Value::Text("\r".into()),
        "vblf" => Value::Text("\n".into()),
        "vbtab" => Value::Text("\t".into()),
        "vbnullchar" => Value::Text("\0".into()),
        _ => return None,
    })
}

/// An operator; an unknown part of a joined string is left out.
pub(super) fn operate(operator: &str, left: Value, right: Value) -> Value {
    use Value::{Empty, List, Number, Text, Unknown};
    match (operator, left, right) {
        ("&" | "+", Text(a), Text(b)) => join(a, &b),
        ("&", Unknown | List(_), Unknown | List(_)) => Unknown,
        ("&", a, b) => join(text(&a).unwrap_or_default(), &text(&b).unwrap_or_default()),
        ("+", Text(a), Unknown | Empty) | ("+", Unknown | Empty, Text(a)) => Text(a),
        ("+", Empty, b) => b,
        ("=" | "<>" | "<" | ">" | "<=" | ">=", a, b) => compare(operator, &a, &b).map_or(Unknown, truth),
        (_, Unknown | List(_), _) | (_, _, Unknown | List(_)) => Unknown,
        (_, a, b) => match (a.number(), b.number()) {
            (Some(a), Some(b)) => number(operator, a, b).map_or(Unknown, Number),
            _ => Unknown,
        },
    }
}

fn truth(holds: bool) -> Value {
    Value::Number(if holds { -1 } else { 0 })
}

fn compare(operator: &str, left: &Value, right: &Value) -> Option<bool> {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let order = match (left, right) {
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Text(a), Value::Empty) => a.as_str().cmp(""),
        (Value::Empty, Value::Text(b)) => "".cmp(b.as_str()),
        (a, b) => a.number()?.cmp(&b.number()?),
    };
    Some(match operator {
        "=" => order == Equal,
        "<>" => order != Equal,
        "<" => order == Less,
        ">" => order == Greater,
        "<=" => order != Greater,
        _ => order != Less,
    })
}

fn join(mut a: String, b: &str) -> Value {
    if a.len() + b.len() > TEXT_BYTES_MAX {
        return Value::Unknown;
    }
    a.push_str(b);
    Value::Text(a)
}

fn number(operator: &str, a: i64, b: i64) -> Option<i64> {
    match operator {
        "+" => a.checked_add(b),
        "-" => a.checked_sub(b),
        "*" => a.checked_mul(b),
        "/" | "\\" => a.checked_div(b),
        "mod" => a.checked_rem(b),
        "^" => a.checked_pow(u32::try_from(b).ok()?),
        "xor" => Some(a ^ b),
        "and" => Some(a & b),
        "or" => Some(a | b),
        _ => None,
    }
}

/// A function by its name in lower case, with or without its library in front.
pub(super) fn call(name: &str, arguments: &[Value]) -> Value {
    let name = name.strip_prefix("vba.").unwrap_or(name);
    let name = ["strings.", "conversion.", "math.", "interaction."]
        .iter()
        .find_map(|library| name.strip_prefix(library))
        .unwrap_or(name);
    folded(name, arguments).unwrap_or(Value::Unknown)
}

fn folded(name: &str, arguments: &[Value]) -> Option<Value> {
    let text = |at: usize| arguments.get(at).and_then(text);
    let number = |at: usize| arguments.get(at).and_then(Value::number);
    let count = |at: usize| number(at).and_then(|number| usize::try_from(number).ok());
    let found = match name {
        "chr" | "chrw" | "chrb" => {
            Value::Text(u32::try_from(number(0)? & 0xffff).ok().and_then(char::from_u32)?.to_string())
        }
        "asc" | "ascw" | "ascb" => Value::Number(i64::from(u32::from(text(0)?.chars().next()?))),
        "strreverse" => Value::Text(text(0)?.chars().rev().collect()),
        "lcase" => Value::Text(text(0)?.to_lowercase()),
        "ucase" => Value::Text(text(0)?.to_uppercase()),
        "trim" => Value::Text(text(0)?.trim().to_owned()),
        "ltrim" => Value::Text(text(0)?.trim_start().to_owned()),
        "rtrim" => Value::Text(text(0)?.trim_end().to_owned()),
        "cstr" | "cvar" | "str" => Value::Text(text(0)?),
        "val" | "cint" | "clng" | "cbyte" | "cdbl" | "clnglng" | "int" | "fix" => Value::Number(number(0)?),
        "abs" => Value::Number(number(0)?.checked_abs()?),
        "sgn" => Value::Number(number(0)?.signum()),
        "len" => Value::Number(i64::try_from(text(0)?.chars().count()).ok()?),
        "lenb" => Value::Number(i64::try_from(text(0)?.encode_utf16().count() * 2).ok()?),
        "space" => Value::Text(" ".repeat(count(0)?.min(TEXT_BYTES_MAX))),
        "string" => {
            Value::Text(text(1)?.chars().next()?.to_string().repeat(count(0)?.min(TEXT_BYTES_MAX / 4)))
        }
        "hex" => Value::Text(format!("{:X}", number(0)?)),
        "oct" => Value::Text(format!("{:o}", number(0)?)),
        "environ" => Value::Text(format!("%{}%", text(0)?)),
        "left" => Value::Text(text(0)?.chars().take(count(1)?).collect()),
        "right" => {
            let text = text(0)?;
            let skipped = text.chars().count().saturating_sub(count(1)?);
            Value::Text(text.chars().skip(skipped).collect())
        }
        "mid" => {
            let (start, taken) = (count(1)?.saturating_sub(1), count(2).unwrap_or(usize::MAX));
            Value::Text(middle(arguments.first()?, start, taken)?)
        }
        "instr" => in_string(arguments)?,
        "iif" => arguments.get(if number(0)? == 0 { 2 } else { 1 })?.clone(),
        "choose" => arguments.get(count(0).filter(|choice| *choice > 0)?)?.clone(),
        "switch" => {
            let hit = arguments.chunks(2).find(|pair| pair.first().and_then(Value::number) != Some(0))?;
            hit.first()?.number()?;
            hit.get(1)?.clone()
        }
        _ => return of_parts(name, arguments),
    };
    Some(found)
}

fn middle(value: &Value, start: usize, taken: usize) -> Option<String> {
    match value {
        // Loops take letter by letter from long strings.
        Value::Text(text) if text.is_ascii() => {
            let rest = text.get(start..).unwrap_or_default();
            Some(rest.get(..taken).unwrap_or(rest).to_owned())
        }
        value => Some(text(value)?.chars().skip(start).take(taken).collect()),
    }
}

/// `InStr([start,] text, sought)`: the place in characters, from 1.
fn in_string(arguments: &[Value]) -> Option<Value> {
    let numbered = arguments.len() > 2 && matches!(arguments.first(), Some(Value::Number(_)));
    let start = if numbered { arguments.first()?.number()?.max(1) - 1 } else { 0 };
    let skipped = usize::try_from(start).ok()?;
    let at = usize::from(numbered);
    let (text, sought) = (text(arguments.get(at)?)?, text(arguments.get(at + 1)?)?);
    let rest: String = text.chars().skip(skipped).collect();
    let found = rest.find(&sought).and_then(|at| rest.get(..at)).map(|before| before.chars().count());
    Some(Value::Number(found.map_or(0, |at| i64::try_from(at + skipped + 1).unwrap_or(0))))
}

/// Functions that take strings apart and put them together.
fn of_parts(name: &str, arguments: &[Value]) -> Option<Value> {
    let text = |at: usize| arguments.get(at).and_then(text);
    let found = match name {
        "replace" => {
            let (from, to) = (text(1)?, text(2).unwrap_or_default());
            let text = text(0)?;
            let longest = text.len().checked_mul(to.len() + 1)?;
            if from.is_empty() || longest > TEXT_BYTES_MAX * 16 {
                return None;
            }
            Value::Text(text.replace(&from, &to))
        }
        // An array of arrays could double with every line.
        "array" if arguments.iter().any(|value| matches!(value, Value::List(_))) => return None,
        "array" => Value::List(arguments.to_vec()),
        "split" => {
            let by = text(1).filter(|by| !by.is_empty()).unwrap_or_else(|| " ".to_owned());
            let parts =
                text(0)?.split(&by).take(ELEMENTS_MAX).map(|part| Value::Text(part.to_owned())).collect();
            Value::List(parts)
        }
        "join" => joined(arguments.first()?, &text(1).unwrap_or_else(|| " ".to_owned()))?,
        "strconv" => converted(arguments.first()?, arguments.get(1)?.number()?)?,
        "ubound" => match arguments.first()? {
            Value::List(list) => Value::Number(i64::try_from(list.len()).ok()? - 1),
            _ => return None,
        },
        "lbound" => match arguments.first()? {
            Value::List(_) => Value::Number(0),
            _ => return None,
        },
        _ => return None,
    };
    Some(found)
}

fn joined(list: &Value, by: &str) -> Option<Value> {
    let Value::List(list) = list else { return None };
    let mut joined = String::new();
    for (at, part) in list.iter().enumerate() {
        if joined.len() > TEXT_BYTES_MAX {
            return None;
        }
        if at > 0 {
            joined.push_str(by);
        }
        joined.push_str(&text(part).unwrap_or_default());
    }
    Some(Value::Text(joined))
}

/// `StrConv` between bytes and text, and of case.
fn converted(value: &Value, how: i64) -> Option<Value> {
    Some(match (value, how) {
        (Value::List(bytes), 64) => {
            let letters =
                bytes.iter().filter_map(Value::number).filter_map(|byte| u8::try_from(byte & 0xff).ok());
            Value::Text(letters.map(char::from).take(TEXT_BYTES_MAX / 2).collect())
        }
        (Value::Text(text), 128) => {
            Value::List(text.bytes().take(ELEMENTS_MAX).map(|byte| Value::Number(i64::from(byte))).collect())
        }
        (Value::Text(text), 1) => Value::Text(text.to_uppercase()),
        (Value::Text(text), 2) => Value::Text(text.to_lowercase()),
        (value, _) => value.clone(),
    })
}

/// `Val`: a decimal number, or a hexadecimal or octal one behind `&H` or `&O`.
pub(super) fn val(text: &str) -> Option<i64> {
    let text = text.trim();
    let prefix = |mark: char| {
        text.strip_prefix('&').and_then(|rest| rest.strip_prefix([mark, mark.to_ascii_lowercase()]))
    };
    if let Some(digits) = prefix('H') {
        return i64::from_str_radix(digits.trim_end_matches('&'), 16).ok();
    }
    if let Some(digits) = prefix('O') {
        return i64::from_str_radix(digits.trim_end_matches('&'), 8).ok();
    }
    text.parse().ok()
}

//! The functions and operators of VBA that only turn values into values ([MS-VBAL] 6.1.2).

use super::Value;

/// A folded string is not made longer than this.
const TEXT_BYTES_MAX: usize = 64 * 1024;

/// What a value costs to hold.
pub(super) fn length(value: &Value) -> u64 {
    match value {
        Value::Text(text) => text.len() as u64,
        Value::List(list) => list.iter().map(length).sum(),
        Value::Number(_) | Value::Unknown => 1,
    }
}

/// An operator; an unknown part of a joined string is left out.
pub(super) fn operate(operator: &str, left: Value, right: Value) -> Value {
    use Value::{Number, Text, Unknown};
    let joins = operator == "&" || operator == "+";
    match (left, right) {
        (Number(a), Number(b)) if operator != "&" => number(operator, a, b).map_or(Unknown, Number),
        (Text(a), Text(b)) if joins => join(a, &b),
        (Text(a), Number(b)) if operator == "&" => join(a, &b.to_string()),
        (Number(a), Text(b)) if operator == "&" => join(a.to_string(), &b),
        (Number(a), Number(b)) => join(a.to_string(), &b.to_string()),
        (Text(a), Unknown) | (Unknown, Text(a)) if joins => Text(a),
        _ => Unknown,
    }
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
        "xor" => Some(a ^ b),
        _ => None,
    }
}

/// A function by its name in lower case, with or without `vba.` in front.
pub(super) fn call(name: &str, arguments: &[Value]) -> Value {
    let name = name.strip_prefix("vba.").unwrap_or(name);
    let name = name.strip_prefix("strings.").unwrap_or(name);
    folded(name, arguments).unwrap_or(Value::Unknown)
}

fn folded(name: &str, arguments: &[Value]) -> Option<Value> {
    let text = |at: usize| text_at(arguments, at);
    let number = |at: usize| match arguments.get(at) {
        Some(Value::Number(number)) => Some(*number),
        Some(Value::Text(text)) => val(text),
        _ => None,
    };
    let count = |at: usize| number(at).and_then(|number| usize::try_from(number).ok());
    let found = match name {
        "chr" | "chrw" | "chrb" => {
            Value::Text(u32::try_from(number(0)? & 0xffff).ok().and_then(char::from_u32)?.to_string())
        }
        "asc" | "ascw" => Value::Number(i64::from(u32::from(text(0)?.chars().next()?))),
        "strreverse" => Value::Text(text(0)?.chars().rev().collect()),
        "lcase" => Value::Text(text(0)?.to_lowercase()),
        "ucase" => Value::Text(text(0)?.to_uppercase()),
        "trim" => Value::Text(text(0)?.trim().to_owned()),
        "ltrim" => Value::Text(text(0)?.trim_start().to_owned()),
        "rtrim" => Value::Text(text(0)?.trim_end().to_owned()),
        "cstr" => Value::Text(text(0)?),
        "val" | "cint" | "clng" | "cbyte" => Value::Number(number(0)?),
        "len" => Value::Number(i64::try_from(text(0)?.chars().count()).ok()?),
        "space" => Value::Text(" ".repeat(count(0)?.min(TEXT_BYTES_MAX))),
        "hex" => Value::Text(format!("{:X}", number(0)?)),
        "environ" => Value::Text(format!("%{}%", text(0)?)),
        "left" => Value::Text(text(0)?.chars().take(count(1)?).collect()),
        "right" => {
            let text = text(0)?;
            let skipped = text.chars().count().saturating_sub(count(1)?);
            Value::Text(text.chars().skip(skipped).collect())
        }
        "mid" => {
            let taken = count(2).unwrap_or(usize::MAX);
            Value::Text(text(0)?.chars().skip(count(1)?.saturating_sub(1)).take(taken).collect())
        }
        _ => return of_parts(name, arguments),
    };
    Some(found)
}

/// Functions that take strings apart and put them together.
fn of_parts(name: &str, arguments: &[Value]) -> Option<Value> {
    let text = |at: usize| text_at(arguments, at);
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
            let by = text(1).unwrap_or_else(|| " ".to_owned());
            let text = text(0)?;
            if by.is_empty() {
                return None;
            }
            Value::List(text.split(&by).map(|part| Value::Text(part.to_owned())).collect())
        }
        "join" => {
            let Some(Value::List(list)) = arguments.first() else { return None };
            let by = text(1).unwrap_or_else(|| " ".to_owned());
            let mut joined = String::new();
            for part in list {
                if joined.len() > TEXT_BYTES_MAX {
                    return None;
                }
                if let Value::Text(part) = part {
                    joined.push_str(part);
                    joined.push_str(&by);
                }
            }
            Value::Text(joined)
        }
        _ => return None,
    };
    Some(found)
}

fn text_at(arguments: &[Value], at: usize) -> Option<String> {
    match arguments.get(at) {
        Some(Value::Text(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    }
}

/// `Val`: a decimal number, or a hexadecimal one behind `&H`.
fn val(text: &str) -> Option<i64> {
    let text = text.trim();
    let hex = text.strip_prefix("&H").or_else(|| text.strip_prefix("&h"));
    hex.map_or_else(|| text.parse().ok(), |digits| i64::from_str_radix(digits, 16).ok())
}

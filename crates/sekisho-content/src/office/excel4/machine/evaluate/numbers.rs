//! Functions and operators of numbers.

use crate::office::excel4::book::Value;

/// Two values under an operator other than `&`.
pub(super) fn joined(sign: &str, left: &Value, right: &Value) -> Value {
    if matches!(sign, "<" | "<=" | "=" | ">=" | ">" | "<>") {
        return compared(sign, left, right);
    }
    let (Some(left), Some(right)) = (left.number(), right.number()) else { return Value::Unknown };
    let number = match sign {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" if right != 0.0 => left / right,
        "^" => left.powf(right),
        _ => return Value::Error,
    };
    finite(number)
}

fn compared(sign: &str, left: &Value, right: &Value) -> Value {
    use std::cmp::Ordering;
    let order = match (left, right) {
        (Value::Text(left), Value::Text(right)) => Some(left.to_lowercase().cmp(&right.to_lowercase())),
        // Any text is greater than any number.
        (Value::Text(_), Value::Number(_)) => Some(Ordering::Greater),
        (Value::Number(_), Value::Text(_)) => Some(Ordering::Less),
        _ => left.number().zip(right.number()).and_then(|(left, right)| left.partial_cmp(&right)),
    };
    order.map_or(Value::Unknown, |order| {
        Value::Bool(match sign {
            "<" => order.is_lt(),
            "<=" => order.is_le(),
            "=" => order.is_eq(),
            ">=" => order.is_ge(),
            ">" => order.is_gt(),
            _ => order.is_ne(),
        })
    })
}

/// Functions over all cells of their arguments.
pub(super) fn over_all(name: &str, cells: &[Value]) -> Value {
    if name == "COUNTA" {
        return Value::Number(cells.iter().filter(|cell| **cell != Value::Empty).count() as f64);
    }
    if matches!(name, "AND" | "OR") {
        let truths: Vec<Option<bool>> = cells.iter().map(Value::truth).collect();
        // One part that is known can decide alone.
        let deciding = Some(name == "OR");
        if truths.contains(&deciding) {
            return Value::Bool(name == "OR");
        }
        return if truths.contains(&None) { Value::Unknown } else { Value::Bool(name == "AND") };
    }
    let known = |cell: &&Value| !matches!(cell, Value::Empty | Value::Text(_));
    let numbers: Option<Vec<f64>> = cells.iter().filter(known).map(Value::number).collect();
    let Some(numbers) = numbers else { return Value::Unknown };
    let fold = |start: f64, with: fn(f64, f64) -> f64| numbers.iter().copied().fold(start, with);
    finite(match name {
        "SUM" => fold(0.0, |sum, number| sum + number),
        "PRODUCT" => fold(1.0, |product, number| product * number),
        "MIN" if numbers.is_empty() => 0.0,
        "MAX" if numbers.is_empty() => 0.0,
        "MIN" => fold(f64::INFINITY, f64::min),
        "MAX" => fold(f64::NEG_INFINITY, f64::max),
        _ => fold(0.0, |sum, number| sum + number) / numbers.len() as f64,
    })
}

/// Functions of single numbers; `None` where the name is none of theirs.
pub(super) fn call(name: &str, values: &[Value]) -> Option<Value> {
    if matches!(name, "TRUE" | "FALSE" | "PI") {
        return Some(match name {
            "TRUE" => Value::Bool(true),
            "FALSE" => Value::Bool(false),
            _ => Value::Number(std::f64::consts::PI),
        });
    }
    if name == "NOT" {
        return Some(values.first()?.truth().map_or(Value::Unknown, |truth| Value::Bool(!truth)));
    }
    let one: fn(f64) -> f64 = match name {
        "INT" => f64::floor,
        "ABS" => f64::abs,
        "SQRT" => f64::sqrt,
        "SIGN" => |number| if number == 0.0 { 0.0 } else { number.signum() },
        "EXP" => f64::exp,
        "LN" => f64::ln,
        "LOG10" => f64::log10,
        "EVEN" => |number| (number / 2.0).ceil() * 2.0,
        "VALUE" => |number| number,
        _ => return two(name, values),
    };
    Some(values.first()?.number().map_or(Value::Unknown, |number| finite(one(number))))
}

fn two(name: &str, values: &[Value]) -> Option<Value> {
    let number = |at: usize| values.get(at).unwrap_or(&Value::Empty).number();
    let digits = |digits: f64| 10_f64.powf(digits.trunc().clamp(-15.0, 15.0));
    let with: fn(f64, f64) -> f64 = match name {
        "MOD" => |number, by| number - by * (number / by).floor(),
        "QUOTIENT" => |number, by| (number / by).trunc(),
        "POWER" => f64::powf,
        "BITXOR" => |left, right| (left as u64 ^ right as u64) as f64,
        "BITAND" => |left, right| (left as u64 & right as u64) as f64,
        "BITOR" => |left, right| (left as u64 | right as u64) as f64,
        "ROUND" | "ROUNDUP" | "ROUNDDOWN" | "TRUNC" => {
            let (Some(number), Some(places)) = (number(0), number(1)) else { return Some(Value::Unknown) };
            let scaled = number * digits(places);
            let whole = match name {
                "ROUND" => scaled.round(),
                "ROUNDUP" => scaled.abs().ceil() * scaled.signum(),
                _ => scaled.trunc(),
            };
            return Some(finite(whole / digits(places)));
        }
        _ => return None,
    };
    Some(match (number(0), number(1)) {
        (Some(left), Some(right)) => finite(with(left, right)),
        _ => Value::Unknown,
    })
}

fn finite(number: f64) -> Value {
    if number.is_finite() { Value::Number(number) } else { Value::Error }
}

//! UTF-16 and UTF-32 → text (RFC 2781): the order by mark, label or, failing both, by where the zero bytes are.

use super::label::Order;

/// A byte order mark at the start: bytes a unit, order, length of the mark. UTF-8's mark is not meant.
pub(super) fn byte_order_mark(bytes: &[u8]) -> Option<(usize, Order, usize)> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => Some((4, Order::Little, 4)),
        [0, 0, 0xfe, 0xff, ..] => Some((4, Order::Big, 4)),
        [0xff, 0xfe, ..] => Some((2, Order::Little, 2)),
        [0xfe, 0xff, ..] => Some((2, Order::Big, 2)),
        _ => None,
    }
}

/// The charset's name.
pub(super) fn name(unit_bytes: usize, order: Order) -> &'static str {
    match (unit_bytes, order) {
        (2, Order::Big) => "utf-16be",
        (2, Order::Little) => "utf-16le",
        (_, Order::Big) => "utf-32be",
        (_, Order::Little) => "utf-32le",
    }
}

/// Whether the bytes are 7-bit text without a single NUL, which no text of these charsets with a line end is.
pub(super) fn looks_narrow(bytes: &[u8]) -> bool {
    bytes.len() > 3
        && !bytes.contains(&0)
        && (bytes.is_ascii() || std::str::from_utf8(bytes).is_ok() || bytes.contains(&b'\n'))
}

/// The order in which more units are those of ordinary text.
pub(super) fn likely_order(bytes: &[u8], unit_bytes: usize) -> Order {
    match byte_order_mark(bytes) {
        Some((_, order, _)) => order,
        None => {
            let low = bytes.chunks_exact(unit_bytes).filter(|unit| unit.first() != Some(&0)).count();
            let high = bytes.chunks_exact(unit_bytes).filter(|unit| unit.last() != Some(&0)).count();
            if low > high { Order::Little } else { Order::Big }
        }
    }
}

/// Decodes; says whether every unit had a meaning.
pub(super) fn decode(bytes: &[u8], unit_bytes: usize, order: Order) -> (String, bool) {
    let bytes = match byte_order_mark(bytes) {
        Some((unit, marked, length)) if unit == unit_bytes && marked == order => {
            bytes.get(length..).unwrap_or_default()
        }
        _ => bytes,
    };
    let units = bytes.chunks_exact(unit_bytes);
    let mut whole = units.remainder().is_empty();
    let values = units.map(|unit| value(unit, order));
    let text = if unit_bytes == 2 {
        let narrow = values.map(|value| u16::try_from(value).unwrap_or_default());
        char::decode_utf16(narrow).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    } else {
        values.map(|value| char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    whole &= !text.contains(char::REPLACEMENT_CHARACTER);
    (text, whole)
}

fn value(unit: &[u8], order: Order) -> u32 {
    let join = |sum: u32, byte: &u8| (sum << 8) | u32::from(*byte);
    match order {
        Order::Big => unit.iter().fold(0, join),
        Order::Little => unit.iter().rev().fold(0, join),
    }
}

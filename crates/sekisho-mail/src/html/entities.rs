//! Character references (`&amp;`, `&#x41;`, `&nbsp`) → characters, as browsers decode them (WHATWG HTML, 13.2.5.72).

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// The longest name of the standard's table has 32 characters.
const NAME_BYTES_MAX: usize = 33;

/// Where a reference stands: in an attribute, `&copy=` stays as it is, because old addresses are written so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Between tags.
    Text,
    /// In the value of an attribute.
    Attribute,
}

/// Decodes every reference of `raw`. Linear in its length.
pub(super) fn decode(raw: &str, place: Place) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        let used = if from.as_bytes().get(1) == Some(&b'#') {
            numeric(from, &mut text)
        } else {
            named(from, place, &mut text)
        };
        if used == 0 {
            text.push('&');
        }
        rest = &from[used.max(1)..];
    }
    text.push_str(rest);
    text
}

/// Reads `&#…;` at the start of `from`; gives the bytes used, 0 where it is none.
fn numeric(from: &str, text: &mut String) -> usize {
    let bytes = from.as_bytes();
    let (radix, start) = match bytes.get(2) {
        Some(b'x' | b'X') => (16, 3),
        _ => (10, 2),
    };
    let mut value = 0_u32;
    let mut end = start;
    while let Some(digit) = bytes.get(end).and_then(|byte| char::from(*byte).to_digit(radix)) {
        value = value.saturating_mul(radix).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return 0;
    }
    text.push(scalar(value));
    end + usize::from(bytes.get(end) == Some(&b';'))
}

/// Numbers that are no characters become U+FFFD; 0x80 to 0x9F mean Windows-1252, as pages were written.
fn scalar(value: u32) -> char {
    if let Some(replacement) = value
        .checked_sub(0x80)
        .and_then(|index| C1_REPLACEMENTS.get(usize::try_from(index).unwrap_or(usize::MAX)))
        .copied()
        .flatten()
    {
        return replacement;
    }
    match value {
        0 => '\u{FFFD}',
        _ => char::from_u32(value).unwrap_or('\u{FFFD}'),
    }
}

/// Reads `&name;` at the start of `from`; gives the bytes used, 0 where no name fits.
fn named(from: &str, place: Place, text: &mut String) -> usize {
    let bytes = from.as_bytes();
    let mut best: Option<(usize, (u32, u32))> = None;
    let mut end = 1;
    while end < bytes.len() && end <= NAME_BYTES_MAX && bytes[end].is_ascii() {
        // The table holds every prefix of a name, with 0 for those that are not names themselves.
        let Some(&found) = NAMED_ENTITIES.get(&from[1..=end]) else { break };
        end += 1;
        if found.0 != 0 {
            best = Some((end, found));
        }
    }
    let Some((used, (first, second))) = best else { return 0 };
    let next = bytes.get(used).copied();
    let closed = bytes.get(used - 1) == Some(&b';');
    if !closed
        && place == Place::Attribute
        && next.is_some_and(|byte| byte == b'=' || byte.is_ascii_alphanumeric())
    {
        return 0;
    }
    text.extend(char::from_u32(first));
    if second != 0 {
        text.extend(char::from_u32(second));
    }
    used
}

#[cfg(test)]
mod tests {
    use super::{Place, decode};

    #[test]
    fn references() {
        for (raw, text) in [
            ("a &amp; b", "a & b"),
            ("&ampx", "&x"),
            ("&#12354;&#x3042;&#X3042", "あああ"),
            ("&#0;&#xD800;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("&#128;", "€"),
            ("&notit;&notin;", "¬it;∉"),
            ("& &; &# &#x; &unknown;", "& &; &# &#x; &unknown;"),
            ("&あ", "&あ"),
            ("&NotEqualTilde;", "≂̸"),
            ("&nbsp", "\u{A0}"),
        ] {
            assert_eq!(decode(raw, Place::Text), text, "{raw}");
        }
        assert_eq!(decode("?a=1&copy=2&lt;&reg", Place::Attribute), "?a=1&copy=2<®");
    }
}
